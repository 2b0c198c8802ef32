"""docs/breakages.md: what was broken, who says so, and what is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .suite import BUILT

_FIRST = re.compile(
    r"^(error|warning|advice)\[(?P<code>FG\d+)\]: (?P<said>.*?)$.*?= rule: (?P<rule>[a-z-]+)", re.M | re.S
)

INTRODUCTION = """\
# What is noticed

A check is worth what it catches. Here are {built} ways to break a funnel after it was built, each of which
`funnelgen test` notices ([test.md](test.md)), and {written} ways to break what a site is written in, each of which
`funnelgen check` and every build notice ([checks.md](checks.md)). The project's tests break a site in each of these
ways and look for the sentence in the last column. The same sites as they were built, in every theme, must give no
finding at all. An ellipsis stands where a sentence goes on.

Many breakages are noticed in more than one place: a wrong link on a button is read off the page, and then pressed.
"""


def page(written: Mapping[str, str]) -> str:
    """The whole page. `written` are the sections of written.md, by title."""
    built = sum(map(len, BUILT.values()))
    parts = [INTRODUCTION.format(built=built, written=len(written)), "## In the built pages\n"]
    for heading, breakages in BUILT.items():
        rows = ((b.what, f"`{b.check}`", b.said.partition(": ")[2]) for b in breakages)
        parts.append(f"### {heading}\n\n" + _table(("broken", "check", "what is said"), rows))
    rows = ((title, *_found(text)) for title, text in written.items())
    parts.append("## In what is written\n\n" + _table(("broken", "rule", "what is said"), rows))
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _found(text: str) -> tuple[str, str]:
    first = _FIRST.search(text)
    assert first, text
    return f"`{first['rule']}`", first["said"]
