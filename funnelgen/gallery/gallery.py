"""The gallery: every kind of page in every theme, light and dark, as miniatures on one page.

What is shown are the pages of a site as `funnelgen build` makes them. Only their addresses are other ones, so that the
folder can be opened without a server; what pages have in common (fonts, pictures, downloads) lies in it once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from funnelgen.funnel import compile_funnel
from funnelgen.gallery import frame
from funnelgen.gallery.addresses import readdressed
from funnelgen.gallery.wardrobe import SCHEMES, built, specimens, wearing
from funnelgen.pages.themes import Listed
from funnelgen.pipeline import Failed, Output
from funnelgen.site import Site

Progress = Callable[[int, int], None]

KINDS: Mapping[str, str] = {
    "hub": "Hub",
    "lead-magnet": "Lead magnet",
    "tripwire": "Tripwire",
    "sales": "Sales page",
    "membership": "Membership",
    "checkout": "Checkout",
    "oto": "One-time offer",
    "downsell": "Downsell",
    "thank-you": "Thank-you page",
    "free": "Free page",
    "glossary": "Glossary",
    "term": "Glossary term",
    "legal": "Legal page",
    "404": "Page not found",
    "demo": "Simulated payment",
}
"""Every kind of page, in the order in which a visitor meets them, with its name."""

SAMPLES: Mapping[str, str] = {
    "hub": "/",
    "lead-magnet": "/ample/",
    "tripwire": "/ample/tripwire/",
    "sales": "/ample/sales/",
    "membership": "/bare/sales/",
    "checkout": "/ample/checkout/",
    "oto": "/ample/oto/",
    "downsell": "/ample/downsell/",
    "thank-you": "/ample/thank-you/",
    "free": "/about/",
    "glossary": "/glossary/",
    "term": "/glossary/bisque/",
    "legal": "/terms/",
    "404": "/404.html",
    "demo": "/demo/ample/checkout/",
}
"""Where the pottery school has a page of the kind, for sites that have none."""

ALL = frozenset({"lead-magnet", "tripwire", "sales", "membership", "checkout", "oto", "downsell", "thank-you"})
"""Of these kinds a site's pages are shown all, of the others the first."""


class Miniature(Struct, frozen=True, kw_only=True):
    """One page in one theme and scheme."""

    theme: str
    scheme: str
    file: str


class Row(Struct, frozen=True, kw_only=True):
    """One page in all themes."""

    id: str
    kind: str
    name: str
    title: str
    sample: bool  # from the pottery school, since the site has no such page
    miniatures: tuple[Miniature, ...]


class Gallery(Struct, frozen=True, kw_only=True):
    """The gallery's files by path, `index.html` among them, and the themes that the site's own `theme/` breaks."""

    files: Mapping[str, bytes]
    rows: tuple[Row, ...]
    failed: Mapping[str, Failed]


def gallery(site: Site, themes: tuple[Listed, ...], *, cache: Path | None, progress: Progress) -> Gallery:
    """Build `site` in every theme and scheme.

    Raises pipeline.Failed where the site fails in the theme that it names itself; in another one it is only left out.
    """
    pottery = specimens("pottery")
    wanted = {kind: address for kind, address in SAMPLES.items() if kind not in _kinds(site)}
    files: dict[str, bytes] = {"frames.js": frame.text("frames.js").encode()}
    pages: dict[str, list[tuple[str, str, str]]] = {}
    failed: dict[str, Failed] = {}
    looks = [(theme, scheme) for theme in themes for scheme in SCHEMES]
    for done, (theme, scheme) in enumerate(looks):
        progress(done, len(looks))
        try:
            own = built(wearing(site, site, theme=theme.id, scheme=scheme), cache=cache)
            samples = built(wearing(pottery, site, theme=theme.id, scheme=scheme), cache=cache) if wanted else None
        except Failed as error:
            if theme.id == site.config.theme:
                raise
            failed[theme.id] = error
            continue
        files |= _laid_out(own, f"{theme.id}/{scheme}/")
        pages = pages or _own_pages(site, own)
        if samples:
            files |= _laid_out(samples, f"{theme.id}/{scheme}/samples/")
    shown = [theme for theme in themes if theme.id not in failed]
    rows = tuple(_rows(pages, wanted, [(theme.id, scheme) for theme in shown for scheme in SCHEMES]))
    files["index.html"] = frame.page(
        "gallery", name=site.config.name, brand=site.config.brand or "", themes=shown, rows=rows, own=site.config.theme
    ).encode()
    progress(len(looks), len(looks))
    return Gallery(files=dict(sorted(files.items())), rows=rows, failed=failed)


def _kinds(site: Site) -> set[str]:
    """The kinds of page that a site has without being built, as far as that differs from site to site."""
    funnel = compile_funnel(site)
    nodes = funnel.nodes.values()
    legal = {getattr(site.config.legal, field) for field in site.config.legal.__struct_fields__}
    kinds = {"membership" if node.kind == "sales" and node.offer and node.offer.every else node.kind for node in nodes}
    kinds |= {"hub" if name == "index" else "legal" if name in legal else "free" for name in site.pages}
    return kinds | {"404", *(("glossary", "term") if site.glossary else ()), *(("demo",) if funnel.buttons else ())}


def _own_pages(site: Site, output: Output) -> dict[str, list[tuple[str, str, str]]]:
    """The pages to show by kind: (address, file, title) of each."""
    nodes = compile_funnel(site).nodes
    found: dict[str, list[tuple[str, str, str]]] = {}
    for page in output.manifest.pages:
        node = nodes.get(page.node or "")
        recurring = page.kind == "sales" and node and node.offer and node.offer.every
        of_kind = found.setdefault("membership" if recurring else page.kind, [])
        if page.kind in ALL or not of_kind:
            of_kind.append((page.address, page.file, page.title))
    return found


def _rows(
    pages: Mapping[str, list[tuple[str, str, str]]], wanted: Mapping[str, str], looks: list[tuple[str, str]]
) -> Iterator[Row]:
    for kind, name in KINDS.items():
        of_kind = pages.get(kind, [])
        sample = not of_kind and kind in wanted
        if sample:
            of_kind = [(wanted[kind], _file(wanted[kind]), "")]
        for number, (_, file, title) in enumerate(of_kind, 1):
            yield Row(
                id=f"{kind}-{number}",
                kind=kind,
                name=name,
                title=title,
                sample=sample,
                miniatures=tuple(
                    Miniature(theme=theme, scheme=scheme, file=f"{theme}/{scheme}/{'samples/' if sample else ''}{file}")
                    for theme, scheme in looks
                ),
            )


def _file(address: str) -> str:
    return address.strip("/") if address.endswith(".html") else f"{address.strip('/')}/index.html".lstrip("/")


SHARED = ("assets/", "files/")
"""Published under names with their content's hash, so that they may lie in one folder for all themes."""


def _laid_out(output: Output, folder: str) -> dict[str, bytes]:
    """The files of a build in the gallery: pages in a folder of their own, what they share beside it."""
    pages = {page.address: page.file for page in output.manifest.pages}
    files = {path: data for path, data in output.files.items() if path.startswith(SHARED)}
    for page in output.manifest.pages:
        html = output.files[page.file].decode()
        files[folder + page.file] = readdressed(html, partial(_moved, pages, folder, page.file)).encode()
    return files


def _moved(pages: Mapping[str, str], folder: str, file: str, address: str) -> str:
    """Where an address of the site's leads from the page `file`, seen from there."""
    if not address.startswith("/") or address.startswith("//"):
        return address
    cut = min((at for at in map(address.find, "?#") if at >= 0), default=len(address))
    path, rest = address[:cut], address[cut:]
    up = "../" * file.count("/")
    if path.startswith(tuple(f"/{name}" for name in SHARED)):
        return "../" * folder.count("/") + up + path[1:] + rest
    return (up + pages[path] + rest) if path in pages else "#"
