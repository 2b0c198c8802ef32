"""Files that come with the site: are pictures light, and is everything used?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Allowing, Text, options_of
from funnelgen.diagnostics import Span

HEAVIEST = 300_000  # bytes of a picture
_ICON = "assets/favicon.svg"
_SHOWN = 3  # names in one finding; a folder full of originals is one finding, not two hundred


def heavy_image(subject: Subject) -> Iterator[Finding]:
    """A picture is heavier than any page needs: more than 300 KB.

    Pictures are published as they are. Over a slow phone connection (1.6 Mbit/s) 300 KB take a second and a half,
    and a photo straight from a camera half a minute, paid from the visitor's data. A photo as wide as a large
    screen, saved for the web, stays well below the limit, which is a rule of thumb.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    ```

    ```size assets/cover.jpg
    1200000 bytes
    ```

    ```markdown copy/sales.md
    ---
    image: assets/cover.jpg
    alt: The six workbooks of the course
    ---
    What the course is.
    ```

    Mended:

    ```size assets/cover.jpg
    90000 bytes
    ```
    """
    uses: dict[str, list[_Use]] = {}
    for use in _uses(subject):
        file = subject.site.files.get(use.path)
        if use.is_picture and file and file.size > HEAVIEST:
            uses.setdefault(use.path, []).append(use)
    for path, places in uses.items():
        size = subject.site.files[path].size
        shown = f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{-(-size // 1000)} KB"
        message = f"`{path}` has {shown}, {HEAVIEST // 1000} KB is plenty for a picture"
        help = "save it for the web: at most 1600 pixels wide, as WebP, or as JPEG of medium quality"
        yield found(message, places[0].place(), help, *(use.about for use in places))


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
    used = {_ICON, *(use.path for use in _uses(subject))}
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


class _Use(Struct, frozen=True):
    """A file that is named somewhere: its path, by what, and whether it is shown there as a picture.

    `place` looks up where that is: only a finding needs to know.
    """

    path: str
    about: Allowing
    is_picture: bool
    place: Callable[[], Span | None]


def _uses(subject: Subject) -> Iterator[_Use]:
    site = subject.site
    for stack in site.stacks:
        for offer in stack.offers.values():
            for number, thing in enumerate(offer.deliver):
                if thing.file:
                    yield _Use(f"downloads/{thing.file}", offer, False, partial(offer.places.at, f"deliver.{number}"))
            if offer.image:
                yield _Use(offer.image, offer, True, partial(offer.places.at, "image"))
    for copy in (*site.copy.values(), *site.pages.values()):
        if copy.front.image:
            yield _Use(copy.front.image, copy.front, True, partial(copy.front.places.at, "image"))
        for block in copy.blocks:
            for option in ("image", "poster"):
                path = block.options.get(option)
                if path:
                    text = Text(path, options_of(copy, block), "", subject.sources, role=option, about=copy.front)
                    yield _Use(path, copy.front, True, partial(text.at, 0, len(path)))
    for text, start, link, target in subject.links:
        path = target.href.partition("#")[0].removeprefix("/")
        if path.startswith("assets/"):
            yield _Use(path, text.about, shows(text, start), partial(text.at, start, len(link)))


def shows(text: Text, start: int) -> bool:
    """Whether the link that begins at `start` is a picture: `![…](…)`."""
    words = text.text.rfind("[", 0, start)
    return words > 0 and text.text[words - 1] == "!"
