"""Pictures and things to deliver: are the files there?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text, options_of
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean


def missing_file(subject: Subject) -> Iterator[Finding]:
    """An image or something to deliver is named, and no such file is in the site."""
    files = subject.site.files
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            for number, thing in enumerate(offer.deliver):
                if thing.file and f"downloads/{thing.file}" not in files:
                    known = [f.removeprefix("downloads/") for f in files if f.startswith("downloads/")]
                    span = offer.places.at(f"deliver.{number}")
                    help = did_you_mean(thing.file, known, otherwise="put it there")
                    yield found(f"there is no file downloads/{thing.file}", span, help)
            yield from _image(subject, offer.image, offer.places.at("image"))
    for copy in (*subject.site.copy.values(), *subject.site.pages.values()):
        yield from _image(subject, copy.front.image, copy.front.places.at("image"))
        for block in copy.blocks:
            for option in ("image", "poster"):
                path = block.options.get(option, "")
                place = options_of(copy, block)
                text = Text(path, place, "", subject.sources, role=option, about=copy.front)
                yield from _image(subject, path, text.at(0, len(path)))


def _image(subject: Subject, path: str | None, span: Span | None) -> Iterator[Finding]:
    if path and path not in subject.site.files:
        known = [f for f in subject.site.files if f.startswith("assets/")]
        help = did_you_mean(path, known, otherwise="put it into assets/, and write the path from the site's folder")
        yield found(f"there is no file {path}", span, help)
