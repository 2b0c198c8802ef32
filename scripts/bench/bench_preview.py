"""Measures the preview: how long it is from a save to the new page, and whether memory stays where it is.

- served: from the end of the save until the new HTML has been received by a client that asks for it;
- repainted: until a browser that has the page open has painted it (the second frame after the page was changed);
- style: the same for a rule of `theme/site.css`, template: for a section's template, both served;
- memory: of the process, over many rebuilds, in equal parts.

The process is the installed `funnelgen serve`; the client and the browser are on the same machine, as a creator's are.
"""

from __future__ import annotations

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from bench_build import FUNNELGEN, print_table
from generate import generate_site

SIZES = {10: 0, 100: 70, 1000: 970}
"""About how many pages, and how many are added to the example for that; the smallest site has no glossary."""

SMALLEST = Path(__file__).resolve().parents[2] / "tests" / "golden" / "site"
PAUSE = 0.4  # seconds between saves: a creator's next save is not in a row with the last
LONGEST = 60  # seconds; what takes longer will never be
PAGE, COPY = "/checkout/", "copy/checkout.md"
TEMPLATE = "templates/sections/bump.html"


class Preview:
    """A running `funnelgen serve`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [str(FUNNELGEN), "serve", str(folder), "--port", "0"], stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.origin = self.process.stdout.readline().split()[0].rstrip("/")
        self.connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=60)

    def line(self) -> str:
        """What it says of the next rebuild."""
        assert self.process.stdout
        return self.process.stdout.readline()

    def get(self, address: str) -> bytes:
        """A page, over a connection that stays open, as a browser's does."""
        self.connection.request("GET", address)
        return self.connection.getresponse().read()

    def megabytes(self) -> float:
        """Memory of the process: what it shares with nobody and what it does (Linux)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def processor(self) -> float:
        """Processor time of the process in seconds (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def previewing(folder: Path) -> Iterator[Preview]:
    """A preview of the site, which has made all of its pages."""
    preview = Preview(folder)
    try:
        preview.get("/sitemap.xml")
        time.sleep(3)
        yield preview
    finally:
        preview.process.terminate()
        preview.process.wait()


def served(preview: Preview, save: Callable[[str], None], *, rounds: int) -> list[float]:
    """Seconds from each save until the new page was received."""
    taken = []
    for number in range(rounds + 2):
        word = f"mark{number:06}"
        time.sleep(PAUSE)
        save(word)
        begin = time.perf_counter()
        while word.encode() not in preview.get(PAGE):
            if time.perf_counter() - begin > LONGEST:
                sys.exit(f"a save has not been seen after {LONGEST} seconds")
        taken.append(time.perf_counter() - begin)
        preview.line()
    return taken[2:]


def repainted(preview: Preview, save: Callable[[str], None], *, rounds: int) -> list[float]:
    """Seconds from each save until a browser has painted the new page."""
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("FUNNELGEN_BROWSER"),
            args=["--no-sandbox", "--disable-background-networking"],
        )
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(preview.origin + PAGE)
        page.evaluate(
            """() => { window.painted = []; document.addEventListener('funnelgen:shown', () => requestAnimationFrame(
            () => requestAnimationFrame(() => window.painted.push([Date.now(), document.body.textContent])))) }"""
        )
        for number in range(rounds + 2):
            word = f"mark{number:06}"
            time.sleep(PAUSE)
            save(word)
            begin = time.time()
            at = None
            while at is None and time.time() - begin < LONGEST:
                time.sleep(0.02)  # a question takes the browser's time
                at = page.evaluate(
                    "word => (window.painted.find(([, text]) => text.includes(word)) ?? [null])[0]", word
                )
            if at is None:
                sys.exit(f"a save has not been painted after {LONGEST} seconds")
            taken.append(at / 1000 - begin)
        browser.close()
    return taken[2:]


def bench_preview(work: Path, *, rounds: int, rebuilds: int) -> None:
    """Prints how long a save takes to be seen at every size, and memory over many rebuilds."""
    rows = []
    for size, added in SIZES.items():
        folder = work / f"previewed-{size}"
        if added:
            generate_site(folder, pages=added, terms=0)
        else:
            shutil.copytree(SMALLEST, folder, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
        rows.append([f"{size:,}", *_row(folder, rounds)])
    print(f"Preview: milliseconds from a save to the new page, medians of {rounds} (slowest)\n")
    print_table(
        ["pages", "copy, served", "copy, repainted", "style, served", "template, served", "processor, a copy"], rows
    )
    if rebuilds:
        _bench_memory(work / f"previewed-{min(SIZES)}", rebuilds)


def _row(folder: Path, rounds: int) -> list[str]:
    copy = folder / COPY
    words, template = copy.read_text(), folder / "theme" / TEMPLATE
    section = Path(__file__).resolve().parents[2] / "themes/base" / TEMPLATE
    template.parent.mkdir(parents=True, exist_ok=True)
    template.write_text(section.read_text())
    style = folder / "theme/site.css"
    style.write_text("p {}")
    with previewing(folder) as preview:

        def save_copy(word: str) -> None:
            copy.write_text(f"{words}\n\n{word}\n")

        before = preview.processor()
        of_copy = served(preview, save_copy, rounds=rounds)
        processor = (preview.processor() - before) / (rounds + 2)
        painted = repainted(preview, save_copy, rounds=rounds)
    with previewing(folder) as preview:
        of_style = served(preview, lambda word: _save(style, f".{word} {{ color: red }}"), rounds=rounds)
        of_template = served(
            preview, lambda word: _save(template, f"{section.read_text()}<!--{word}-->"), rounds=rounds
        )
    copy.write_text(words)
    return [*(_shown(taken) for taken in (of_copy, painted, of_style, of_template)), f"{processor * 1000:.0f}"]


def _save(path: Path, text: str) -> None:
    path.write_text(text)


def _shown(taken: list[float]) -> str:
    return f"{statistics.median(taken) * 1000:.0f} ({max(taken) * 1000:.0f})"


def _bench_memory(folder: Path, rebuilds: int) -> None:
    """Saves in turns in several files, as fast as they are rebuilt: a very long day.

    A thousand new words come up again and again: what is kept of each word ever written has a limit, but a high one.
    """
    files = sorted((folder / "copy").glob("*.md"))
    texts = {path: path.read_text() for path in files}
    rows = []
    with previewing(folder) as preview:
        for number in range(rebuilds):
            path = files[number % len(files)]
            path.write_text(f"{texts[path]}\n\nmark{number % 1000:06}\n")
            preview.line()
            if number % (rebuilds // 10) == 0:
                rows.append([f"{number:,}", f"{preview.megabytes():.1f}"])
        rows.append([f"{rebuilds:,}", f"{preview.megabytes():.1f}"])
    for path, text in texts.items():
        path.write_text(text)
    print(f"\nMemory of the preview over {rebuilds:,} rebuilds of the smallest site, megabytes\n")
    print_table(["rebuilds", "memory"], rows)


if __name__ == "__main__":
    sys.exit("this is run by scripts/bench/run preview")
