"""The bytes that a visitor's phone waits for: what every page weighs, in every theme."""

from __future__ import annotations

import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli
from bench_build import print_table

from tests.browser.sites import EXAMPLE, THEMES, build_into, dress, write_shop
from tests.browser.studio import write_studio

# What a phone gets in its first round trips: ten TCP segments.
CRITICAL_PATH_LIMIT = 14_000
SCRIPT_LIMIT = 1_500
FONTS_LIMIT = 60_000
COLUMNS = ("site", "theme", "pages", "heaviest", "critical path", "median", "script", "fonts")


class PageParts(HTMLParser):
    """What a page asks for: the stylesheets and scripts that block it, and all its scripts, inline ones included."""

    def __init__(self, html: str) -> None:
        """Reads the page."""
        super().__init__()
        self.blocking: list[str] = []
        self.scripts: list[str] = []
        self.inline_script = ""
        self._in_script = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes a stylesheet or a script."""
        attributes = dict(attrs)
        if tag == "link" and "stylesheet" in (attributes.get("rel") or "").split():
            self.blocking.append(attributes.get("href") or "")
        elif tag == "script":
            source, kind = attributes.get("src"), attributes.get("type") or ""
            # Structured data and speculation rules are data: no browser runs them.
            self._in_script = source is None and kind in ("", "module", "text/javascript")
            if source:
                self.scripts.append(source)
                if not {"async", "defer"} & attributes.keys() and kind != "module":
                    self.blocking.append(source)

    def handle_endtag(self, tag: str) -> None:
        """Notes a script's end."""
        if tag == "script":
            self._in_script = False

    def handle_data(self, data: str) -> None:
        """Collects inline script."""
        if self._in_script:
            self.inline_script += data


def compressed(content: bytes) -> int:
    """The size with Brotli, at the quality of hosts that compress while they send (4 to 6 of 11)."""
    return len(brotli.compress(content, quality=5)) if content else 0


def own_file(dist: Path, page: Path, address: str) -> Path | None:
    """The file of the built site that an address in a page names, or None where it names none."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    path = unquote(parts.path)
    file = dist / path.lstrip("/") if path.startswith("/") else page.parent / path
    return file if file.is_file() else None


def files_of(dist: Path, page: Path, addresses: Sequence[str]) -> list[Path]:
    """The files of the built site that addresses name, each once."""
    found = (own_file(dist, page, address) for address in dict.fromkeys(addresses))
    return [file for file in found if file is not None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weight:
    """What one page weighs, in bytes: critical path and script with Brotli, fonts as they are."""

    page: str
    critical: int
    script: int
    fonts: int


def weigh_page(dist: Path, page: Path) -> Weight:
    """Weighs one built page. Critical are the HTML, with its inlined CSS, and whatever else blocks rendering."""
    markup = page.read_text(encoding="utf-8")
    parts = PageParts(markup)
    blocking = files_of(dist, page, parts.blocking)
    text = markup + "".join(file.read_text(encoding="utf-8") for file in blocking if file.suffix == ".css")
    fonts = files_of(dist, page, re.findall(r"""[^\s"'()=]+\.woff2""", text))
    scripts = files_of(dist, page, parts.scripts)
    return Weight(
        page="/" + page.relative_to(dist).as_posix().removesuffix("index.html"),
        critical=compressed(markup.encode()) + sum(compressed(file.read_bytes()) for file in blocking),
        script=compressed(parts.inline_script.encode()) + sum(compressed(file.read_bytes()) for file in scripts),
        fonts=sum(file.stat().st_size for file in fonts),
    )


def bench_bytes(work: Path) -> None:
    """Weighs every page of the example and of the two other sites of the browser tests, in every theme."""
    sources = {
        "the example": EXAMPLE,
        "a small shop, three bumps": write_shop(work / "shop", bumps=3),
        "much of everything": write_studio(work / "studio"),
    }
    limits = ["to stay under", "", "", "", f"{CRITICAL_PATH_LIMIT:,}", "", f"{SCRIPT_LIMIT:,}", f"{FONTS_LIMIT:,}"]
    print("Bytes: HTML with its CSS and whatever else blocks, and script, with Brotli (quality 5); fonts as they are\n")
    print_table(
        COLUMNS,
        [*_rows(work, sources), limits],
    )


def _rows(work: Path, sources: dict[str, Path]) -> Iterator[Sequence[str]]:
    for number, (name, source) in enumerate(sources.items()):
        for theme in THEMES:
            dressed = dress(source, work / f"weighed-{number}-{theme}", theme)
            dist = build_into(dressed, work / f"weighed-{number}-{theme}-dist").folder
            yield row_of(name, theme, dist)


def row_of(name: str, theme: str, dist: Path) -> Sequence[str]:
    """The heaviest page of a built site and the one in the middle, its script and its fonts."""
    weights = [weigh_page(dist, page) for page in sorted(dist.rglob("*.html"))]
    if not weights:
        sys.exit(f"{dist} holds no page")
    heaviest = max(weights, key=lambda weight: weight.critical)
    return [
        name,
        theme,
        f"{len(weights)}",
        f"`{heaviest.page}`",
        f"{heaviest.critical:,}",
        f"{statistics.median_high(weight.critical for weight in weights):,}",
        f"{max(weight.script for weight in weights):,}",
        f"{max(weight.fonts for weight in weights):,}",
    ]
