"""Measures `funnelgen test`: the standard funnel, the example's 12 paths, proven on a phone and a desktop.

Seconds by the clock depend on what else the machine does; processor time is that of all processes, browsers included.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from bench_build import FUNNELGEN, print_table

EXAMPLE = Path(__file__).resolve().parents[2] / "sites" / "launch-your-course"
GOAL = 15  # seconds on two cores
EVERY = 0.1  # seconds between looks; what a process takes after the last one is not counted


def bench_test(*, rounds: int) -> None:
    """Prints how long the proof takes. Leaves where it finds a fault: then it is not the same work."""
    taken, spent, data = [], [], {}
    for _ in range(rounds):
        begin = time.perf_counter()
        command = [str(FUNNELGEN), "test", str(EXAMPLE), "--json", "-"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process, _watched(process.pid) as ticks:
            answer, _ = process.communicate()
        taken.append(time.perf_counter() - begin)
        spent.append(sum(ticks.values()) / os.sysconf("SC_CLK_TCK"))
        if process.returncode != 0:
            sys.exit(f"`funnelgen test sites/launch-your-course` ended with {process.returncode}: run it to see why")
        data = json.loads(answer)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"The proof of the example, medians of {rounds}, load {load}, to stay under {GOAL} s on two cores\n")
    walks = data["walks"]
    pages = sum(len(walk["pages"]) for walk in walks)
    seconds = statistics.median(taken)
    print_table(
        ["jobs", "pages", "seconds", "processor, s", "pages per second"],
        [[str(len(walks)), str(pages), f"{seconds:.1f}", f"{statistics.median(spent):.1f}", f"{pages / seconds:.0f}"]],
    )


@contextmanager
def _watched(root: int) -> Iterator[dict[tuple[int, str], int]]:
    """The processor time of a process and all that it started, in clock ticks by process, while the block runs (Linux).

    Browsers' processes are nobody's children when they end, so that their time is lost to who only waits for them.
    """
    ticks: dict[tuple[int, str], int] = {}
    over = Event()

    def watch() -> None:
        known = {root}
        while not over.wait(EVERY):
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = stat.read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue  # it has just ended
                pid, parent = int(stat.parent.name), int(fields[1])
                if pid in known or parent in known:
                    known.add(pid)
                    ticks[pid, fields[19]] = int(fields[11]) + int(fields[12])

    thread = Thread(target=watch)
    thread.start()
    try:
        yield ticks
    finally:
        over.set()
        thread.join()


if __name__ == "__main__":
    sys.exit("this is run by scripts/bench/run test")
