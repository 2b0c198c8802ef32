"""Pictures and things to deliver: are the files there?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import normalize

from msgspec import Struct

from funnelgen.checks.rule import Finding, Subject, found, misspelt
from funnelgen.checks.texts import Text, options_of
from funnelgen.diagnostics import Edit, Note, Span

MOST_NAMED = 5  # files in a message
FEW = 2  # where more are missing from one list, a name that is only near to another explains nothing


class _Shelf(Struct, frozen=True):
    """The files that a key can name: by their names as the key writes them, and by what those look like."""

    folder: str
    names: tuple[str, ...]
    alike: Mapping[str, str]


def missing_file(subject: Subject) -> Iterator[Finding]:
    """A picture or something to deliver is named, and no such file is in the site.

    A buyer would find a download that does not open, a visitor a page with a hole in it. What buyers receive lies in
    downloads/ and is named from there (`workbook.pdf`); pictures lie in assets/ and are named with it
    (`assets/cover.jpg`). Capitals count: a file that opens on your computer may not be found on the host.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, deliver: coarse.pdf}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, deliver: coarse.pdf}
    +   course: {name: The Course, price: 97, deliver: course.pdf}
    ```
    """
    files = subject.site.files
    downloads = _shelf(
        "downloads/", (path.removeprefix("downloads/") for path in files if path.startswith("downloads/"))
    )
    assets = _shelf("assets/", (path for path in files if path.startswith("assets/")))
    for stack in subject.site.stacks:
        for offer in stack.offers.values():
            wanted = [(thing.file, thing.places.at("file")) for thing in offer.deliver if thing.file]
            yield from _missing([w for w in wanted if f"downloads/{w[0]}" not in files], downloads)
            yield from _missing(_unseen(subject, offer.image, offer.places.at("image")), assets)
    for copy in (*subject.site.copy.values(), *subject.site.pages.values()):
        yield from _missing(_unseen(subject, copy.front.image, copy.front.places.at("image")), assets)
        for block in copy.blocks:
            for option in ("image", "poster"):
                path = block.options.get(option)
                if not path or path in files:
                    continue
                text = Text(path, options_of(copy, block), "", subject.sources, role=option, about=copy.front)
                yield from _missing([(path, text.at(0, len(path)))], assets)


def _unseen(subject: Subject, path: str | None, span: Span | None) -> list[tuple[str, Span | None]]:
    return [(path, span)] if path and path not in subject.site.files else []


def _missing(wanted: Sequence[tuple[str, Span | None]], shelf: _Shelf) -> Iterator[Finding]:
    """A finding for each file of a list that is there under another name, and one for all the others."""
    others = []
    for name, span in wanted:
        help, fix = _remedy(name, span, shelf)
        if help and (fix or len(wanted) <= FEW):
            yield found(f"there is no file `{_whole(name, shelf)}`", span, help, fix=fix)
        else:
            others.append((name, span))
    if len(others) == 1:
        name, span = others[0]
        help = f"put it into {shelf.folder}"
        if not _whole(name, shelf).startswith(shelf.folder):
            help += f", and write `{shelf.folder}{name}`"
        yield found(f"there is no file `{_whole(name, shelf)}`", span, help)
    elif others:
        listed = ", ".join(f"`{_whole(name, shelf)}`" for name, _ in others[:MOST_NAMED])
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        notes = tuple(Note(span, "and this one") for _, span in others[1:] if span)
        message = f"{len(others)} files are not there: {listed}{more}"
        yield found(message, others[0][1], f"put them into {shelf.folder}", notes=notes)


def _remedy(name: str, span: Span | None, shelf: _Shelf) -> tuple[str, tuple[Edit, ...]]:
    """The help for a name that is not there, with its fix; empty where nothing like it is there."""
    there = shelf.alike.get(_looks(name))
    if there and normalize("NFC", there) == normalize("NFC", name):
        return "the file's name looks the same, and has its accents stored apart: rename the file", ()
    if there:
        return f"did you mean `{there}`? capitals count in a file's name", (Edit(span, name, there),) if span else ()
    otherwise = (name.removeprefix(shelf.folder), f"{shelf.folder}{name}")
    there = next((shelf.alike[_looks(other)] for other in otherwise if _looks(other) in shelf.alike), None)
    if there:
        return f"write `{there}`", (Edit(span, name, there),) if span else ()
    help, fix = misspelt(name, shelf.names, span, _NOTHING)
    return ("" if help == _NOTHING else help), fix


def _shelf(folder: str, names: Iterable[str]) -> _Shelf:
    names = tuple(names)
    return _Shelf(folder, names, {_looks(name): name for name in names})


def _looks(name: str) -> str:
    return normalize("NFC", name).casefold()


def _whole(name: str, shelf: _Shelf) -> str:
    return name if shelf.folder == "assets/" else f"{shelf.folder}{name}"


_NOTHING = "nothing like it is there"
