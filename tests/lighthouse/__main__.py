"""Asks Lighthouse about every kind of page in every theme, on a phone and a desktop. Prints a Markdown table.

python -m tests.lighthouse [--node PATH] [--runs N] [--theme NAME] [--kind NAME]

The example is built as it would be published, with payment links; what it has not comes from the other two sites of
the browser tests, and the simulated checkout from a build in demo mode. A host of our own serves them with their
headers, and text as Brotli. Exits 1 where a score is below 100.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from msgspec import Struct

from funnelgen.funnel.manifest import ManifestPage, Mode
from tests.browser.chromium import installed_browser
from tests.browser.sites import EXAMPLE, PAGE_KINDS, THEMES, Served, dress, read, serving, write_shop
from tests.browser.studio import write_studio

JUDGE = Path(__file__).with_name("judge.mjs")
BEST = 100
FULL = {
    "sales, with photos and a video": "sales",
    "free, with a wide table": "free",
    "thank-you, with nine things": "thank-you",
}
"""Pages of the site that has much of everything: what they are called in the table, and their kinds."""


class Wish(Struct, frozen=True):
    """A page to be judged, and the audits that are not asked about it."""

    url: str
    skip: list[str]


class Costing(Struct, frozen=True):
    """An audit that cost points."""

    category: str
    id: str
    score: float
    says: str


class Verdict(Struct, frozen=True):
    """What Lighthouse says of a page on a device: scores of 100, milliseconds, bytes with headers."""

    url: str
    device: str
    run: int
    scores: dict[str, int]
    lcp: float
    cls: float
    tbt: float
    bytes: int
    costing: list[Costing]


class Asked(Struct, frozen=True):
    """A page of a theme, with where it is served."""

    theme: str
    name: str
    wish: Wish


def main() -> int:
    """Build, serve, ask, and print what was said."""
    arguments = _arguments()
    with TemporaryDirectory(prefix="funnelgen-lighthouse-") as folder, ExitStack() as stack:
        asked = [
            page
            for theme in arguments.theme or THEMES
            for page in pages_in(theme, Path(folder) / theme, stack)
            if not arguments.kind or page.name.partition(",")[0] in arguments.kind
        ]
        verdicts = ask(asked, node=arguments.node, runs=arguments.runs)
    print_table(asked, verdicts)
    worst = [v for v in verdicts if min(v.scores.values()) < BEST]
    for verdict in worst:
        for cost in verdict.costing:
            print(
                f"{verdict.url} ({verdict.device}): {cost.category}: {cost.id} {cost.score} {cost.says}",
                file=sys.stderr,
            )
    return 1 if worst or len(verdicts) < 2 * len(asked) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/lighthouse", description="ask Lighthouse about every kind of page")
    parser.add_argument("--node", default="node", help=argparse.SUPPRESS)
    parser.add_argument(
        "--runs", type=int, default=3, help="how often at most a page is asked again whose speed is below 100"
    )
    parser.add_argument("--theme", action="append", choices=THEMES, help="only this theme; may be given again")
    parser.add_argument("--kind", action="append", choices=PAGE_KINDS, help="only this kind; may be given again")
    return parser.parse_args()


def pages_in(theme: str, folder: Path, stack: ExitStack) -> Iterator[Asked]:
    """One page of every kind in a theme, built into `folder` and served while `stack` is open."""

    def serve(name: str, source: Path, mode: Mode = "live") -> Served:
        dressed = dress(source, folder / name, theme)
        sell(dressed)
        return stack.enter_context(serving(dressed, folder / f"{name}-dist", mode))

    folder.mkdir()
    example, demo = serve("example", EXAMPLE), serve("demo", EXAMPLE, "demo")
    shop = serve("shop", write_shop(folder / "shop-source", bumps=2))
    studio = serve("studio", write_studio(folder / "studio-source"))
    for kind in PAGE_KINDS:
        served = demo if kind == "demo" else example if example.pages(kind) else shop
        yield Asked(theme, kind, wish(served, served.pages(kind)[0]))
    for name, kind in FULL.items():
        yield Asked(theme, name, wish(studio, studio.pages(kind)[0]))


def sell(source: Path) -> None:
    """Give every charge of a site a payment link, so that it can be built as it would be published."""
    _, funnel = read(source)
    links = "".join(f"  {button}: https://buy.stripe.com/{n:08}\n" for n, button in enumerate(sorted(funnel.buttons)))
    (source / "links.yaml").write_text(f"live:\n{links}", encoding="utf-8")


def wish(served: Served, page: ManifestPage) -> Wish:
    """What to ask about a page. One that search engines are told to leave out is not asked about their lists."""
    return Wish(served.url(page.address), [] if page.indexed else ["is-crawlable", "meta-description"])


def ask(asked: Sequence[Asked], *, node: str, runs: int) -> list[Verdict]:
    """What Lighthouse says of the pages, as far as it comes."""
    wishes = {"chrome": _browser(), "runs": runs, "pages": [page.wish for page in asked]}
    process = subprocess.Popen([node, JUDGE], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdin.write(msgspec.json.encode(wishes))
    process.stdin.close()
    verdicts = []
    for line in process.stdout:
        verdicts.append(msgspec.json.decode(line, type=Verdict, strict=False))
        if sys.stderr.isatty():
            print(f"\r{len(verdicts)} of {2 * len(asked)}", end="", file=sys.stderr)
    process.wait()
    return verdicts


def _browser() -> str:
    """The browser that is named, else one that is installed."""
    return os.environ.get("FUNNELGEN_BROWSER") or installed_browser() or sys.exit("there is no browser to drive")


def print_table(asked: Sequence[Asked], verdicts: Sequence[Verdict]) -> None:
    """A row for each page and theme: the lowest score of the eight, LCP on both devices, the worse shift, bytes."""
    by_url = {(v.url, v.device): v for v in verdicts}
    print("| page | theme | phone | desktop | LCP phone | LCP desktop | layout shift | bytes |")
    print("|---|---|---|---|---:|---:|---:|---:|")
    for page in asked:
        both = [by_url.get((page.wish.url, device)) for device in ("phone", "desktop")]
        if None in both:
            print(f"| {page.name} | {page.theme} | could not be judged | | | | | |")
            continue
        phone, desktop = (v for v in both if v)
        scores = (" ".join(map(str, v.scores.values())) for v in (phone, desktop))
        figures = f"{phone.lcp / 1000:.2f} s | {desktop.lcp / 1000:.2f} s | {max(phone.cls, desktop.cls):.3f}"
        print(f"| {page.name} | {page.theme} | {' | '.join(scores)} | {figures} | {phone.bytes / 1000:.1f} KB |")


if __name__ == "__main__":
    sys.exit(main())
