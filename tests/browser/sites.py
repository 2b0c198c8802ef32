"""The sites that the browser tests look at, built through funnelgen's public functions."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from funnelgen.funnel import Funnel
from funnelgen.funnel.manifest import Manifest, ManifestButton, ManifestNode, ManifestPage, Mode
from funnelgen.output import write_output
from funnelgen.pipeline import build, check
from funnelgen.site import Site, load_site

from .server import Host, hosting

EXAMPLE = Path(__file__).parents[2] / "sites" / "launch-your-course"

THEMES = ("daybreak", "stillwater", "upbeat")
STEP_KINDS = "lead-magnet tripwire sales checkout oto downsell thank-you".split()
PAGE_KINDS = (*STEP_KINDS, *"hub free legal glossary term 404 demo".split())
FULL_PAGES = ("full-sales", "full-free", "full-thank-you")
"""Pages of the site that has much of everything, by their kinds."""
PAGES = (*PAGE_KINDS, *FULL_PAGES)
NO_SUCH_PAGE = "/no/such/page/"


class Built(NamedTuple):
    """A built site: what it was made from, what is true of it, where it lies."""

    site: Site
    funnel: Funnel
    manifest: Manifest
    folder: Path


class Served(NamedTuple):
    """A built site on a host."""

    built: Built
    host: Host

    def __repr__(self) -> str:
        """Short, since pytest prints it with every failure."""
        return f"<{self.manifest.site.name} on {self.host.origin}>"

    @property
    def manifest(self) -> Manifest:
        """What is true of it."""
        return self.built.manifest

    def url(self, address: str) -> str:
        """The whole address of a page."""
        return self.host.origin + address

    def button(self, id: str) -> ManifestButton:
        """A charge, by its id."""
        return next(button for button in self.manifest.buttons if button.id == id)

    def node(self, id: str) -> ManifestNode:
        """A step, by its id."""
        return next(node for node in self.manifest.nodes if node.id == id)

    def pages(self, kind: str) -> list[ManifestPage]:
        """The pages of a kind."""
        return [page for page in self.manifest.pages if page.kind == kind]


def read(source: Path) -> tuple[Site, Funnel]:
    """A site that has no errors, and its funnel."""
    checked = check(load_site(source), "demo")
    assert checked.can_build, [f"{d.code} {d.message} ({d.span})" for d in checked.diagnostics]
    assert checked.site is not None
    assert checked.funnel is not None
    return checked.site, checked.funnel


def build_into(
    source: Path, folder: Path, mode: Mode = "demo", *, sink: str | None = None, cache: Path | None = None
) -> Built:
    """Build the site in `source` into `folder`; `sink` takes the events of a demonstration.

    `cache` keeps templates and fonts for the next build.
    """
    site, funnel = read(source)
    output = build(site, funnel, mode, sink=sink, cache=cache)
    write_output(output.files, folder, site=source)
    return Built(site, funnel, output.manifest, folder)


@contextmanager
def serving(
    source: Path, folder: Path, mode: Mode = "demo", *, sink: str | None = None, cache: Path | None = None
) -> Iterator[Served]:
    """A site, built into `folder` and on a host until the block is left."""
    built = build_into(source, folder, mode, sink=sink, cache=cache)
    with hosting(built.folder) as host:
        yield Served(built, host)


class Dressed(NamedTuple):
    """The three sites in one theme."""

    theme: str
    example: Served
    shop: Served
    studio: Served

    def with_kind(self, kind: str) -> Served:
        """The example where it has a page of that kind, else the small shop."""
        return self.example if self.example.pages(kind) else self.shop

    def address(self, name: str) -> str:
        """Where one of the PAGES is served."""
        kind = name.removeprefix("full-")
        served = self.with_kind(kind) if name == kind else self.studio
        return served.url(NO_SUCH_PAGE if kind == "404" else served.pages(kind)[0].address)


def dress(source: Path, folder: Path, theme: str) -> Path:
    """A copy of a site in another theme."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    settings = folder / "site.yaml"
    text = re.sub(r"(?m)^theme:.*\n", "", settings.read_text(encoding="utf-8"))
    settings.write_text(f"{text}theme: {theme}\n", encoding="utf-8")
    return folder


def write_files(folder: Path, files: Mapping[str, str]) -> Path:
    """Write text files into a new folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def write_shop(folder: Path, *, bumps: int, copy: bool = True) -> Path:
    """A small site with what the example has not: a tripwire, an amount with cents, several bumps on one checkout."""
    names = ", ".join(list(BUMPS)[:bumps])
    files = {name: text for name, text in SHOP.items() if copy or not name.startswith("copy/")}
    return write_files(folder, {**files, "stack.yaml": SHOP_STACK.replace("BUMPS", names)})


BUMPS = {"worksheet": "5.50", "recording": "12", "checklist-pack": "27"}
"""Amounts of which no two combinations have the same sum."""

SHOP = {
    "site.yaml": """\
name: Small Shop
url: https://small-shop.example
locale: en-IE
currency: EUR
tax: included
seller: {name: Small Shop, address: 2 Example Road, email: help@small-shop.example, country: IE}
legal: {terms: terms, privacy: privacy, refunds: refunds}
""",
    "pages/terms.md": "---\nheadline: Terms\n---\nWhat you buy is yours.\n",
    "pages/privacy.md": "---\nheadline: Privacy\n---\nWe keep your address to send you what you asked for.\n",
    "pages/refunds.md": "---\nheadline: Refunds\n---\nWrite to us within 30 days.\n",
    "copy/lead-magnet.md": "---\naccept: Send me the guide\n---\n",
    "copy/yours.md": "---\naccept: On to the course\n---\n",
    "copy/checkout.md": "---\naccept: Continue to payment\n---\n",
    "copy/sales.md": """\
---
headline: A course with an order bump
accept: Get the course
---
## What an order bump is

Write `order bump` in the search field, or read [about an order bump](page:terms). An order bump is a box to tick,
and one order bump is enough. An ORDER BUMP in capitals is the same thing.

### More on the order bump

Nothing about a downsell until here: a downsell is smaller.
""",
    "glossary/order-bump.md": "---\nterm: Order bump\ndefinition: An extra on the checkout.\n---\nA box to tick.\n",
    "glossary/downsell.md": "---\nterm: Downsell\ndefinition: A smaller alternative.\n---\nLess, for less.\n",
    "downloads/worksheet.txt": "Worksheet\n",
    "downloads/checklist-pack.txt": "Checklists\n",
}
SHOP_STACK = """\
audience: people who test shops

offers:
  guide:
    name: The Short Guide
    promise: Know where to begin.
    deliver: [{url: "https://members.small-shop.example/guide", label: Read the guide}]
  starter:
    name: Starter Kit
    category: kit
    price: 7
    promise: Begin today.
    shape: One video of an hour.
    access: Starts at once.
    refund: Full refund within 30 days.
    deliver: [{url: "https://members.small-shop.example/starter", label: Open the kit}]
  course:
    name: The Course
    category: course
    price: 97.50
    promise: A finished thing in four weeks.
    shape: Four modules.
    includes: [Four modules, A workbook]
    access: Lifetime access, starts at once.
    refund: Full refund within 30 days.
    deliver: [{url: "https://members.small-shop.example/course", label: Open the course}]
  worksheet:
    name: Worksheet
    category: template
    price: 5.50
    pitch: One page to print.
    deliver: [worksheet.txt]
  recording:
    name: Live Recording
    category: video
    price: 12
    pitch: Watch one group go through it.
    deliver: [{url: "https://members.small-shop.example/recording", label: Watch the recording}]
  checklist-pack:
    name: Checklist Pack
    category: checklist
    price: 27
    pitch: Every list in one file.
    deliver: [checklist-pack.txt]

steps:
  - lead-magnet: guide
  - tripwire: starter
  - thank-you:
    id: yours
  - sales: course
  - checkout: course
    bump: [BUMPS]
  - thank-you:
"""
