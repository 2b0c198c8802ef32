"""The style guide of one theme: every section in every state, cut out of pages that the ordinary build made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import groupby, product
from pathlib import Path

from msgspec import Struct

from funnelgen.gallery import frame
from funnelgen.gallery.addresses import readdressed
from funnelgen.gallery.cutting import Marked, cut_out, mark, place_of, read_marked
from funnelgen.gallery.specimens import ARRANGING, GROUPS, Specimen
from funnelgen.gallery.wardrobe import SCHEMES, built, specimens, wearing
from funnelgen.pages.strings import read_mapping
from funnelgen.site import Site

SITES = {"pottery": "", "yen": "yen:"}
"""The specimens' sites, and what their pages' addresses begin with here."""

Progress = Callable[[int, int], None]


class Frame(Struct, frozen=True, kw_only=True):
    """One specimen as the page shows it: a file for each scheme; none where the theme's page has no such section."""

    state: str
    files: Mapping[str, str]


class Shown(Struct, frozen=True, kw_only=True):
    """One section with its states."""

    name: str
    frames: tuple[Frame, ...]


class Group(Struct, frozen=True, kw_only=True):
    """Sections that belong together."""

    id: str
    title: str
    sections: tuple[Shown, ...]


def preview(look: Site | None, theme: str, *, cache: Path | None, progress: Progress) -> dict[str, bytes]:
    """Return the files of the style guide, `index.html` among them, by path.

    `look` is the site whose brand and own `theme/` are worn. Raises pipeline.Failed where a template is at fault.
    """
    files: dict[str, bytes] = {"frames.js": frame.text("frames.js").encode()}
    pages: dict[str, dict[str, Marked]] = {}
    sites = list(product(SCHEMES, SITES.items()))
    for done, (scheme, (name, prefix)) in enumerate(sites):
        progress(done, len(sites))
        output = built(wearing(specimens(name), look, theme=theme, scheme=scheme), cache=cache, mark=mark)
        files |= {path: data for path, data in output.files.items() if path.startswith("assets/")}
        for page in output.manifest.pages:
            pages.setdefault(scheme, {})[prefix + page.address] = read_marked(output.files[page.file].decode())
    groups = tuple(_groups(pages, files))
    name = look.config.name if look else ""
    files["index.html"] = frame.page(
        "preview", theme=_title(look, theme), site=name, groups=groups, schemes=SCHEMES
    ).encode()
    progress(len(sites), len(sites))
    return dict(sorted(files.items()))


def _title(look: Site | None, theme: str) -> str:
    """What a theme calls itself, if it is the site's own; else the word that it is chosen by."""
    own = look.config.own_theme if look and look.config.theme == theme else None
    name = read_mapping(look.folder / own / "theme.yaml").get("name") if look and own else None
    return str(name) if name else theme.removeprefix("./").capitalize()


def _groups(pages: Mapping[str, Mapping[str, Marked]], files: dict[str, bytes]) -> Iterator[Group]:
    groups = {**GROUPS, "Of this theme": tuple(_unlisted(pages["light"]))}
    for number, (title, listed) in enumerate(groups.items(), 1):
        sections = [
            Shown(name=name, frames=tuple(_frame(specimen, pages, files) for specimen in states))
            for name, states in groupby(listed, key=lambda specimen: specimen.section)
        ]
        if sections:
            yield Group(id=f"group-{number}", title=title, sections=tuple(sections))


def _unlisted(pages: Mapping[str, Marked]) -> Iterator[Specimen]:
    """Sections that only this theme has: each where it is used first."""
    known = {specimen.section for listed in GROUPS.values() for specimen in listed} | ARRANGING
    for address, page in pages.items():
        for name, _, _ in page.sections:
            if name not in known:
                known.add(name)
                yield Specimen(name, f"on {address}", address)


def _frame(specimen: Specimen, pages: Mapping[str, Mapping[str, Marked]], files: dict[str, bytes]) -> Frame:
    slug = re.sub(r"[^a-z0-9]+", "-", f"{specimen.section} {specimen.state}".lower()).strip("-")
    shown = {}
    for scheme, of_scheme in pages.items():
        html = _document(specimen, of_scheme[specimen.page])
        if html:
            files[f"{scheme}/{slug}.html"] = html.encode()
            shown[scheme] = f"{scheme}/{slug}.html" + (f"#{specimen.fragment}" if specimen.fragment else "")
    return Frame(state=specimen.state, files=shown)


def _document(specimen: Specimen, page: Marked) -> str:
    """The specimen's own document; empty where its section is not on the page."""
    beside = specimen.beside
    wanted = [(specimen.section, specimen.number), *((name, beside[:at].count(name)) for at, name in enumerate(beside))]
    places = [place_of(page, name, number) for name, number in wanted]
    if places[0] is None:
        return ""
    style, ending = page.style, '<script src="../frames.js"></script>'
    if specimen.change == "without-has":
        style = style.replace(":has(", ":unknown-to-this-browser(")
    if specimen.change == "invalid":
        style = style.replace(":user-invalid", ":invalid")
    title = f"{specimen.section}, {specimen.state}"
    html = cut_out(page, filter(None, places), title=title, style=style, ending=ending)
    if specimen.change == "ticked":
        html = html.replace('type="checkbox" id="bump-', 'type="checkbox" checked id="bump-')
    if specimen.change == "invalid":
        html = html.replace('type="email"', 'type="email" value="ada.example.com" aria-invalid="true"')
    return readdressed(html, _nowhere)


def _nowhere(address: str) -> str:
    """Pictures, scripts and parts of drawings are found; links stay where they are, since no page is around them."""
    if address.startswith("/assets/"):
        return f"..{address}"
    return address if address.startswith(("..", "#", "data:")) else "#"
