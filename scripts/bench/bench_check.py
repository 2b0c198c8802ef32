"""Measures `funnelgen check`: a large site as a whole process and part by part, and how its time grows with a site.

- whole: the process for a large site and for a tiny one, against an empty interpreter, in turns;
- parts: reading, the graph, what the rules share, every rule, printing; processor time in one process;
- growth: every dimension of a site by itself, at once, twice and four times its size. The exponent is that of the time
  which the dimension adds: 1 is linear, 2 is quadratic. The part of the work that grew fastest is named, with its own.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import TypeVar

from bench_build import FUNNELGEN, Run, median_ms, median_ratio, print_table, run_process
from wide import LARGE, Size, write_site

from funnelgen.checks import RULES
from funnelgen.checks.rule import Subject
from funnelgen.diagnostics import in_order
from funnelgen.diagnostics.json import lines
from funnelgen.diagnostics.text import render
from funnelgen.funnel import compile_funnel
from funnelgen.site import load_site

TINY = Path(__file__).resolve().parents[2] / "tests" / "golden" / "site"
MEDIUM = Size(steps=120, offers=100, terms=500, pages=100)
GROWING = {
    "steps": MEDIUM,
    "offers": MEDIUM,
    "stacks": replace(MEDIUM, stacks=5),
    "terms": MEDIUM,
    "pages": MEDIUM,
    "sentences": MEDIUM,
    "links": MEDIUM,
    "mistakes": replace(MEDIUM, pages=400, mistakes=100),
    "longest": replace(MEDIUM, longest=500),
    "slips": replace(MEDIUM, slips=100),
}
"""What is doubled, and the site that it is doubled in."""
NAMES = {
    "steps": "steps in one stack",
    "stacks": "stacks for the same steps",
    "pages": "files of copy",
    "sentences": "sentences of every text",
    "links": "links of every text",
    "mistakes": "files with a broken link",
    "longest": "sentences of one page",
    "slips": "mistakes in one page",
}
SHOWN = 15  # of the slowest parts
WORTH_NAMING = 0.004  # seconds at four times the size; what takes less says nothing about growth

Out = TypeVar("Out")


def bench_check(work: Path, *, rounds: int) -> None:
    """All three tables."""
    large = work / "check"
    write_site(large, LARGE)
    bench_whole(large, rounds=rounds)
    bench_parts(large, rounds=rounds)
    bench_growth(work, rounds=min(rounds, 3))


def bench_whole(large: Path, *, rounds: int) -> None:
    """`funnelgen check` as a process."""
    size = LARGE
    name = f"{size.steps} steps, {size.terms:,} terms, {size.files} files of copy"
    commands: dict[str, list[str | Path]] = {
        "`python -c pass`": [sys.executable, "-c", "pass"],
        "`check`, a tiny site": [FUNNELGEN, "check", "--quiet", TINY],
        f"`check`, {name}": [FUNNELGEN, "check", "--quiet", large],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            run = run_process(command)
            if number > 0:  # the first round warms the disk's cache and the bytecode
                runs[name].append(run)
    empty = next(iter(runs.values()))
    print(f"Checking, medians of {rounds} rounds in turns\n")
    rows = [
        [
            name,
            median_ms(these),
            f"{median_ratio(these, empty):.1f}",
            f"{1000 * statistics.median(run.processor for run in these):,.0f}",
            f"{max(run.megabytes for run in these):.0f}",
        ]
        for name, these in runs.items()
    ]
    print_table(["process", "ms", "ratio", "processor ms", "peak MB"], rows)


def bench_parts(site: Path, *, rounds: int) -> None:
    """What each part of a check takes."""
    parts = least(site, rounds=rounds)
    whole = sum(parts.values())
    rows = [[name, f"{1000 * took:,.1f}", f"{100 * took / whole:.1f}"] for name, took in by_time(parts)[:SHOWN]]
    rest = by_time(parts)[SHOWN:]
    rows.append([f"{len(rest)} other parts", f"{1000 * sum(took for _, took in rest):,.1f}", ""])
    rows.append(["all", f"{1000 * whole:,.1f}", "100"])
    print(f"The parts of a check of the large site, the least of {rounds} rounds\n")
    print_table(["part", "ms", "%"], rows)


def bench_growth(work: Path, *, rounds: int) -> None:
    """How the time grows with each dimension by itself."""
    rows = []
    for name, base in GROWING.items():
        measured = []
        for factor in (1, 2, 4):
            site = work / f"{name}-{factor}"
            write_site(site, base.times(name, factor))
            measured.append(least(site, rounds=rounds))
        times = [sum(parts.values()) for parts in measured]
        fastest = max(
            ((exponent(measured[0][part], took), part) for part, took in measured[2].items() if took > WORTH_NAMING),
            default=(0.0, ""),
        )
        rows.append(
            [
                f"{NAMES.get(name, name)}, from {getattr(base, name):,}",
                *(f"{1000 * took:,.0f}" for took in times),
                added(*times),
                f"{fastest[0]:.2f} ({fastest[1]}, {1000 * measured[2][fastest[1]]:.0f} ms)" if fastest[1] else "",
            ]
        )
    print(f"Growth of a check, processor time in one process, the least of {rounds} rounds\n")
    print_table(["what grows", "ms", "× 2", "× 4", "exponent", "the part that grows fastest"], rows)


def added(once: float, twice: float, four_times: float) -> str:
    """The exponent of what a dimension adds; nothing where it adds too little to tell."""
    first, second = twice - once, four_times - twice
    return f"{log2(second / first):.2f}" if min(first, second) > once / 20 else "–"


def exponent(once: float, four_times: float) -> float:
    """Of which power of the size the time is."""
    return log2(four_times / max(once, 1e-6)) / 2


def by_time(parts: Mapping[str, float]) -> list[tuple[str, float]]:
    """The parts, the slowest first."""
    return sorted(parts.items(), key=lambda item: -item[1])


def least(site: Path, *, rounds: int) -> dict[str, float]:
    """The least time that each part took in some rounds: what it needs, without what else went on."""
    all_rounds = [parts_of(site) for _ in range(rounds + 1)][1:]
    return {name: min(parts[name] for parts in all_rounds) for name in all_rounds[0]}


def parts_of(site: Path) -> dict[str, float]:
    """Check a site as `funnelgen check` does. Gives the seconds that each part takes."""
    took: dict[str, float] = {}

    def part(name: str, do: Callable[[], Out]) -> Out:
        gc.collect()
        began = time.process_time()
        out = do()
        took[name] = time.process_time() - began
        return out

    loaded = part("reading", lambda: load_site(site))
    if loaded.site is None:
        sys.exit(f"{site} cannot be read")
    of = loaded.site
    funnel = part("graph", lambda: compile_funnel(of))
    subject = Subject(of, funnel, mode="demo", sources=loaded.sources, rules=RULES)
    part(
        "texts and links, which the rules share", lambda: (subject.bodies, subject.texts, subject.links, subject.words)
    )
    found = list(loaded.diagnostics)
    for rule in RULES:
        if not rule.of_output:
            found += part(f"{rule.code} {rule.name}", lambda rule=rule: list(rule.run(subject)))
    found = part("putting in order", lambda: in_order(found))
    part("printing as text", lambda: render(found, loaded.sources))
    part("printing as JSON", lambda: lines(found))
    return took
