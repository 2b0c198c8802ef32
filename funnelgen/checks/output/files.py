"""Files that come with the site: where they are used, and is everything?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Allowing, Text, items_of, options_of
from funnelgen.diagnostics import Span
from funnelgen.site.writing import Copy

_ICON = "assets/favicon.svg"
_SHOWN = 3  # names in one finding; a folder full of originals is one finding, not two hundred


def unused_file(subject: Subject) -> Iterator[Finding]:
    """A file in assets/ or downloads/ belongs to no page and no offer, so nobody ever gets it.

    Only what a page refers to is published, so it does no harm; but a workbook that was to be delivered may be missing
    from its offer, and a picture from its page. What is no longer needed only makes the folder harder to understand.

    Fires:

    ```text downloads/bonus.pdf
    PDF
    ```

    Mended:

    ```remove downloads/bonus.pdf
    ```
    """
    if subject.broken:
        return  # a file may only be waiting for the name of it to be mended
    used = {_ICON, *(use.path for use in uses_of(subject))}
    for folder, by, remedy in (
        ("assets/", "is on no page", "name it where it belongs (`image:`, or `![…](assets/…)` in copy), or remove it"),
        ("downloads/", "belongs to no offer", "add it to the `deliver:` of an offer, or remove it"),
    ):
        idle = [path for path in subject.site.files if path.startswith(folder) and path not in used]
        if idle:
            names = ", ".join(f"`{path}`" for path in idle[:_SHOWN])
            more = f" and {len(idle) - _SHOWN} more files" if len(idle) > _SHOWN else ""
            verb = by if len(idle) == 1 else by.replace("is", "are", 1).replace("belongs", "belong")
            yield found(f"{names}{more} {verb}", Span(idle[0]), remedy, subject.site.config)


class Use(Struct, frozen=True):
    """A file that is named somewhere: its path, by what, and whether it is shown there as a picture.

    `place` looks up where that is: only a finding needs to know.
    """

    path: str
    about: Allowing
    is_picture: bool
    place: Callable[[], Span | None]


def uses_of(subject: Subject) -> Iterator[Use]:
    """Every place where a file of the site is named."""
    site = subject.site
    for stack in site.stacks:
        for offer in stack.offers.values():
            for number, thing in enumerate(offer.deliver):
                if thing.file:
                    yield Use(f"downloads/{thing.file}", offer, False, partial(offer.places.at, f"deliver.{number}"))
            if offer.image:
                yield Use(offer.image, offer, True, partial(offer.places.at, "image"))
    for item in items_of(site):
        if isinstance(item, Copy) and item.front.image:
            yield Use(item.front.image, item.front, True, partial(item.front.places.at, "image"))
        for block in item.blocks:
            for option in ("image", "poster"):
                path = block.options.get(option)
                if path:
                    text = Text(path, options_of(item, block), "", subject.sources, role=option, about=item.front)
                    yield Use(path, item.front, True, partial(text.at, 0, len(path)))
    for text, start, link, target in subject.links:
        path = target.href.partition("#")[0].removeprefix("/")
        if path.startswith("assets/"):
            yield Use(path, text.about, shows(text, start), partial(text.at, start, len(link)))


def shows(text: Text, start: int) -> bool:
    """Whether the link that begins at `start` is a picture: `![…](…)`."""
    words = text.text.rfind("[", 0, start)
    return words > 0 and text.text[words - 1] == "!"
