"""Guided by coverage: atheris (libFuzzer's engine) changes packed sites, and goes on from those that reach new code.

`python -m tests.fuzz.guided STATE [libFuzzer's options and corpus]`, which `coverage` starts. A packed site lies over
the small one of tests/sites.py, so that a few bytes are a site. How far it came is written to the file STATE, and its
folder lies beside that, since the engine ends the process by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris
import msgspec

with atheris.instrument_imports(include=["funnelgen"]):
    from . import holds, packed
    from .coverage import Told, over_small

SLOWER = 4  # times, since the code counts where it goes
EVERY = 20  # of so many sites without an error one is built as well: that is mostly the time of others' code
TELLING = 50  # sites after which the state is written


def main() -> None:
    """Hand the engine what to do with an input; it never comes back."""
    state, *options = sys.argv[1:]
    told = Told()
    stage = holds.Stage(Path(f"{state}-at-work"))

    def one(data: bytes) -> None:
        files, mode = packed.unpack(data)
        told.runs += 1
        failing = True
        try:
            building = told.runs % EVERY == 0
            seen = holds.look(stage, over_small(files), mode, building=building, patience=SLOWER)
            told.built += seen.built
            told.slowest = max(told.slowest, seen.seconds)
            told.codes.update(seen.codes)
            failing = False
        finally:
            if failing or told.runs % TELLING == 0:
                Path(state).write_bytes(msgspec.json.encode(told))

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
