"""Measures funnelgen as its users meet it: whole processes, and the bytes that a visitor's phone waits for.

- `cold`: a first build, with nothing kept from before, of the example site and of a site of 1,000 pages, each against
  minimal.py on the same sources, in turns (A B A B): what slows the machine down slows both, so the ratio holds.
- `start`: `funnelgen --version` and `--help` against an empty interpreter, in turns.
- `bytes`: what the pages weigh with Brotli, in every theme; in bench_bytes.py.
- `check`: what checking a large site takes, part by part, and how that grows; in bench_check.py.
- `preview`: from a save to the new page, and memory over many rebuilds; in bench_preview.py. Only when it is named.
- `test`: how long a browser takes to prove the example; in bench_test.py. Only when it is named.

Prints Markdown tables.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import generate_site

HERE = Path(__file__).resolve().parent
FUNNELGEN = Path(sys.executable).with_name("funnelgen")

ALL = ("cold", "start", "bytes", "check")


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One process: its wall-clock time and its processor time in seconds, and its peak memory in megabytes."""

    seconds: float
    processor: float
    megabytes: float


def run_process(command: Sequence[str | Path]) -> Run:
    """Runs a command to its end; one that fails ends the benchmark with what the command said."""
    with tempfile.TemporaryFile() as said:
        begin = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            command_line = " ".join(map(str, command))
            sys.exit(f"{command_line} exited with {process.returncode}:\n{said.read().decode(errors='replace')}")
    # The same field is in kilobytes on Linux and in bytes on macOS.
    processor = usage.ru_utime + usage.ru_stime
    return Run(
        seconds=seconds,
        processor=processor,
        megabytes=usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024),
    )


def median_ratio(runs: Sequence[Run], baseline: Sequence[Run]) -> float:
    """The median of the ratios of each round, which shared disturbances leave alone."""
    return statistics.median(run.seconds / base.seconds for run, base in zip(runs, baseline, strict=True))


def median_ms(runs: Sequence[Run]) -> str:
    """The median time in milliseconds."""
    return f"{statistics.median(run.seconds for run in runs) * 1000:,.0f}"


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Prints a Markdown table: text in the first column, figures in the others."""
    print("| " + " | ".join(header) + " |")
    print("|---|" + "---:|" * (len(header) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def count_pages(folder: Path) -> int:
    """How many HTML files a folder holds."""
    return sum(1 for _ in folder.rglob("*.html"))


def remove(*folders: Path) -> None:
    """Removes folders, present or not."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def bench_cold(work: Path, *, rounds: int, pages: int) -> None:
    """Cold builds against minimal.py."""
    example, large = work / "example", work / "large"
    generate_site(example, pages=0, terms=0)
    # One term to ten pages: a glossary grows more slowly than what it explains.
    generate_site(large, pages=pages - pages // 11, terms=pages // 11)

    rows = []
    for name, site in (("example site", example), (f"{pages:,} pages added", large)):
        dist, minimal_out = site / "dist", work / "minimal"
        builds: list[Run] = []
        baseline: list[Run] = []
        for number in range(rounds + 1):
            remove(dist, site / ".funnelgen", minimal_out)
            build = run_process([FUNNELGEN, "build", site])
            base = run_process([sys.executable, HERE / "minimal.py", site, minimal_out])
            # The first round warms the disk's cache and the bytecode, for both.
            if number > 0:
                builds.append(build)
                baseline.append(base)
        rows.append(
            [
                name,
                f"{count_pages(dist):,}",
                median_ms(builds),
                f"{count_pages(minimal_out):,}",
                median_ms(baseline),
                f"{median_ratio(builds, baseline):.2f}",
                f"{statistics.median(run.megabytes for run in builds):.0f}",
            ]
        )
    print(f"Cold build, medians of {rounds} rounds in turns\n")
    print_table(["site", "pages", "funnelgen ms", "pages", "minimal ms", "ratio", "peak MB"], rows)


def bench_start(*, rounds: int) -> None:
    """Start-up against an empty interpreter."""
    commands: dict[str, list[str | Path]] = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "funnelgen --version": [FUNNELGEN, "--version"],
        "funnelgen --help": [FUNNELGEN, "--help"],
    }
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            run = run_process(command)
            if number > 0:
                runs[name].append(run)
    empty = runs["python -c pass"]
    print(f"Start, medians of {rounds} rounds in turns; at most 4 empty interpreters\n")
    rows = [[f"`{name}`", median_ms(these), f"{median_ratio(these, empty):.2f}"] for name, these in runs.items()]
    print_table(["command", "ms", "ratio"], rows)


def main() -> None:
    """Reads the arguments and measures what they name."""
    parser = argparse.ArgumentParser(description="measure funnelgen: cold builds, start, bytes, checks")
    parser.add_argument("what", nargs="*", help=f"{', '.join(ALL)} (default: all of them), preview, test")
    parser.add_argument(
        "--rounds", type=int, default=7, help="rounds of cold builds (default: 7); starts get thrice as many"
    )
    parser.add_argument(
        "--pages", type=int, default=990, help="pages added to the example for the large site (default: 990)"
    )
    parser.add_argument("--rebuilds", type=int, default=10_000, help="of the preview, for its memory (default: 10,000)")
    parser.add_argument("--dist", type=Path, help="a built site to weigh, in place of the example")
    arguments = parser.parse_args()
    what = arguments.what or ALL
    if unknown := set(what) - {*ALL, "preview", "test"}:
        parser.error(f"cannot measure {', '.join(sorted(unknown))}: choose from {', '.join(ALL)}, preview, test")
    if arguments.rounds < 1 or arguments.pages < 0:
        parser.error("--rounds takes 1 or more, --pages 0 or more")

    with tempfile.TemporaryDirectory(prefix="funnelgen-bench-") as folder:
        work = Path(folder)
        if "cold" in what:
            bench_cold(work, rounds=arguments.rounds, pages=arguments.pages)
        if "start" in what:
            bench_start(rounds=3 * arguments.rounds)
        if "bytes" in what:
            from bench_bytes import COLUMNS, bench_bytes, row_of

            if arguments.dist is None:
                bench_bytes(work)
            else:
                print_table(COLUMNS, [row_of(arguments.dist.name, "", arguments.dist)])
        if "check" in what:
            from bench_check import bench_check  # which takes its tools from here

            bench_check(work, rounds=arguments.rounds)
        if "preview" in what:
            from bench_preview import bench_preview

            bench_preview(work, rounds=arguments.rounds, rebuilds=arguments.rebuilds)
        if "test" in what:
            from bench_test import bench_test

            bench_test(rounds=arguments.rounds)


if __name__ == "__main__":
    main()
