"""The whole run: generated sites, spoilt sites, sites that coverage led to. Prints one line of result.

python -m tests.fuzz [--runs N] [--seed S] [--minutes M]
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from hypothesis.configuration import set_hypothesis_home_dir

from funnelgen.checks import RULES
from tests.sites import ROOT

from . import coverage, holds, packed
from .tally import Tally, generated, spoiler

KEPT = Path(__file__).parent / "kept"
MEMORY = 4 << 30  # bytes: an input that wants more gets a MemoryError, and the machine goes on


def main() -> None:
    """Read the arguments and run, or (`--again`) say what is found in the sites of a folder."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description="look for sites that funnelgen cannot stand")
    parser.add_argument("--runs", type=int, default=24_000, help="sites of all three kinds together (default: 24,000)")
    parser.add_argument("--seed", type=int, default=1, help="another number, other sites (default: 1)")
    parser.add_argument("--minutes", type=float, default=inf, help="stop after so many, if the runs are not done")
    parser.add_argument("--again", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="funnelgen-fuzz-") as folder:
        if arguments.again:
            say_again(arguments.again, Path(folder))
            return
        failed = whole_run(Path(folder), runs=arguments.runs, seed=arguments.seed, minutes=arguments.minutes)
    sys.exit(1 if failed else 0)


def whole_run(work: Path, *, runs: int, seed: int, minutes: float) -> bool:
    """Run all three kinds, and print what came of it. Coverage, which is quick, leads to half of the sites."""
    set_hypothesis_home_dir(ROOT / ".pytest_cache" / "hypothesis")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.RLIM_INFINITY))
    began = time.monotonic()
    end = began + 60 * minutes
    samples = work / "samples"
    samples.mkdir()
    kept: set[str] = set()

    def keep(what: str, site: bytes) -> None:
        """Put a site that failed where tests/test_fuzz.py finds it, until it is mended and ever after."""
        kept.add(what)
        KEPT.mkdir(exist_ok=True)
        path = KEPT / sha256(site).hexdigest()[:12]
        path.write_bytes(site)
        print(f"{path}: {what}", file=sys.stderr)

    tally = Tally(holds.Stage(work), keep, samples, building=8)
    with ThreadPoolExecutor(max_workers=1) as beside:  # the thread waits; a process works
        leading = beside.submit(coverage.lead, work, keep, runs=runs - runs // 4 * 2, seed=seed, until=end)
        tally.run(generated, runs=min(200, runs // 4), seed=seed - 1, until=end)
        warm = holds.at_rest()
        tally.run(generated, runs=runs // 4 - tally.count, seed=seed, until=began + 30 * minutes)
        made = tally.count
        tally.run(spoiler(), runs=runs // 4, seed=seed, until=end)
        grown = holds.at_rest() - warm
        told = leading.result()
    if said_differently(samples):
        kept.add("other hashes")
        print("with other hashes other things are found", file=sys.stderr)
    slowest = Path(gettempdir()) / "funnelgen-fuzz-slowest"
    slowest.write_bytes(tally.slowest[1])
    fired = (tally.codes | told.codes) & {rule.code for rule in RULES if not rule.of_output}
    never = sorted({rule.code for rule in RULES if not rule.of_output} - fired)
    print(
        f"{made:,} generated and {tally.count - made + told.runs:,} spoilt sites ({told.runs:,} of them led by "
        f"coverage to {told.edges:,} places in the code) in {time.monotonic() - began:,.0f} s: "
        f"{len(kept) or 'no'} kinds of failure; {tally.built + told.built:,} built; "
        f"{len(fired)} rules fired, {len(never)} never{' (' + ', '.join(never) + ')' if never else ''}; "
        f"peak {max(holds.peak_megabytes(), told.megabytes):.0f} MB, {grown:+.0f} MB at rest; "
        f"slowest {max(tally.slowest[0], told.slowest):.2f} s ({slowest})"
    )
    return bool(kept)


def said_differently(samples: Path) -> bool:
    """Whether two processes whose hashes differ find different things, or in another order, in the samples."""
    said = []
    for hashes in ("1", "2"):
        command = [sys.executable, "-m", "tests.fuzz", "--again", str(samples)]
        environ = {**os.environ, "PYTHONHASHSEED": hashes}
        said.append(subprocess.run(command, env=environ, stdout=subprocess.PIPE, check=True).stdout)
    return said[0] != said[1]


def say_again(samples: Path, work: Path) -> None:
    """Print what is found in every packed site of a folder."""
    stage = holds.Stage(work)
    for sample in sorted(samples.iterdir()):
        files, mode = packed.unpack(sample.read_bytes())
        seen = holds.look(stage, files, mode, building=False)
        print(sample.name, seen.diagnostics)


if __name__ == "__main__":
    main()
