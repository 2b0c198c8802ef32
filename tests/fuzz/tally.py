"""Fuzzing that Hypothesis draws: sites from the grammar, and the repository's own two sites spoilt."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from traceback import extract_tb

from hypothesis import HealthCheck, Phase, Verbosity, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.sites import EXAMPLE, ROOT, Mode

from . import grammar, holds, packed, spoil
from .coverage import Keep

GOLDEN = ROOT / "tests" / "golden" / "site"
LINKS = b"""\
live: {checkout: https://buy.stripe.com/abc, checkout+sales-page-template: https://buy.stripe.com/def}
test: {oto: https://buy.stripe.com/test_abc}
"""
AT_ONCE = 250  # sites of one Hypothesis run: it remembers what it has tried, and that grows
MOST_FAILURES = 20
SAMPLED = 40  # of so many sites one is kept, to be checked again by another process

Make = Callable[[Random], tuple[Mapping[str, bytes], Mode]]
"""Makes a site, and says for which mode it is checked."""


class Tally:
    """Looks at one site after the other, and counts. `building`: of so many sites one may be built."""

    def __init__(self, stage: holds.Stage, keep: Keep, samples: Path, *, building: int = 1) -> None:
        self.stage = stage
        self.keep = keep
        self.samples = samples
        self.building = building
        self.count = self.built = 0
        self.codes: set[str] = set()
        self.slowest: tuple[float, bytes] = (0.0, b"")
        self.failures: dict[str, bytes] = {}

    def look(self, files: Mapping[str, bytes], mode: Mode) -> None:
        """Look at a site; of one that fails the smallest form is remembered."""
        self.count += 1
        site = packed.pack(files, mode)
        try:
            seen = holds.look(self.stage, files, mode, building=self.count % self.building == 0)
        except Exception as failure:
            what = place_of(failure)
            if what not in self.failures or len(site) < len(self.failures[what]):
                self.failures[what] = site
            raise
        self.built += seen.built
        self.codes.update(seen.codes)
        self.slowest = max(self.slowest, (seen.seconds, site))
        if self.count % SAMPLED == 0:
            (self.samples / f"{self.count:06}").write_bytes(site)

    def run(self, make: Make, *, runs: int, seed: int, until: float) -> None:
        """Let Hypothesis draw so many sites, a few hundred at a time; one that fails it makes as small as it can."""
        end, turn = self.count + runs, 0
        while self.count < end and time.monotonic() < until and len(self.failures) < MOST_FAILURES:
            turn += 1
            one = self._trial(make, runs=min(AT_ONCE, end - self.count), seed=seed + 7919 * turn)
            known = dict(self.failures)
            try:
                one()
            except Exception:
                if not self.failures:
                    raise  # in the making of the site, not in what was looked at
            for what, site in self.failures.items():
                if known.get(what) != site:
                    self.keep(what, site)
            if turn % 4 == 0:
                print(f"{self.count:,} sites, {len(self.failures)} kinds of failure", file=sys.stderr)

    def _trial(self, make: Make, *, runs: int, seed: int) -> Callable[[], None]:
        @seeded(seed)
        @settings(
            max_examples=runs,
            database=None,
            deadline=None,
            derandomize=False,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
            verbosity=Verbosity.quiet,
        )
        @given(rng=st.randoms(use_true_random=False))
        def one(rng: Random) -> None:
            self.look(*make(rng))

        return one


def generated(rng: Random) -> tuple[Mapping[str, bytes], Mode]:
    """A site from the grammar; every third one is as it should be."""
    return grammar.site(rng, odd=rng.randrange(3) > 0)


def spoiler() -> Make:
    """Something that spoils one of the two sites in the repository, the smaller one three times out of four."""
    golden = texts_of(GOLDEN)
    example = {**texts_of(EXAMPLE), "links.yaml": LINKS}

    def make(rng: Random) -> tuple[Mapping[str, bytes], Mode]:
        site = golden if rng.randrange(4) else example
        return spoil.spoilt(rng, site), rng.choice(("demo", "demo", "test", "live"))

    return make


def texts_of(folder: Path) -> dict[str, bytes]:
    """A site's own files by name, of pictures and downloads the beginning; nothing that an earlier build left."""
    paths = (p for p in folder.rglob("*") if p.is_file())
    names = ((p.relative_to(folder).as_posix(), p) for p in paths)
    own = sorted((name, p.read_bytes()) for name, p in names if not name.startswith(("dist/", ".")))
    return {name: data if name.endswith((".yaml", ".md", ".svg")) else data[:2000] for name, data in own}


def place_of(failure: BaseException) -> str:
    """What failed, and where in our code: the same words for the same mistake."""
    frames = [
        f for f in extract_tb(failure.__traceback__) if "funnelgen" in Path(f.filename).parts or "fuzz" in f.filename
    ]
    said = re.sub(r"[0-9.]+", "0", str(failure).split("\n")[0][:80])
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "the end"
    return f"{type(failure).__name__} at {at}: {said}"
