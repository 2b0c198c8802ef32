"""Fuzzing that coverage leads: what it begins with, how its process is started, what came of it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

import msgspec
from msgspec import Struct

from funnelgen.site.copytext import BLOCKS
from funnelgen.site.links import Links
from funnelgen.site.models import Config, Offer, Stack, Step
from funnelgen.site.steps import STEP_KINDS
from funnelgen.site.writing import FrontMatter, TermFront
from tests.casefiles import cases
from tests.sites import SMALL

from . import packed, spoil, texts

LONGEST = 12_000  # bytes of a packed site
MOST_FAILURES = 10

Keep = Callable[[str, bytes], None]
"""Told what was said of a site that failed, and the site."""


class Told(Struct):
    """What became of the sites that coverage led to. `edges` are the places in the code that were reached."""

    runs: int = 0
    built: int = 0
    slowest: float = 0.0
    codes: set[str] = set()
    edges: int = 0
    megabytes: float = 0.0


def lead(work: Path, keep: Keep, *, runs: int, seed: int, until: float) -> Told:
    """Let coverage lead until so many sites were looked at, or the clock says `until`. Gives what became of them.

    `keep` is told of each site that failed, at once. The engine ends with one that fails, so it is started again.
    """
    if not find_spec("atheris"):
        print("atheris is not installed, so coverage leads nowhere", file=sys.stderr)
        return Told()
    corpus, failed, words = work / "corpus", work / "failed", work / "words"
    corpus.mkdir()
    failed.mkdir()
    words.write_text(dictionary())
    for number, seeded in enumerate(seeds()):
        (corpus / f"{number:04}").write_bytes(seeded)
    whole, turn = Told(), 0
    while whole.runs < runs and (left := until - time.monotonic()) > 1 and turn < MOST_FAILURES:
        turn += 1
        state = work / f"state-{turn}"
        options = [f"-runs={runs - whole.runs}", f"-seed={seed + turn}", f"-max_total_time={int(min(left, 10**6))}"]
        options += [f"-max_len={LONGEST}", "-timeout=200", "-rss_limit_mb=2000", "-print_final_stats=1"]
        options += [f"-dict={words}", f"-artifact_prefix={failed}/", str(corpus)]
        command = [sys.executable, "-m", "tests.fuzz.guided", str(state), *options]
        said = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False).stderr
        if not state.exists():
            raise SystemExit(f"the fuzzer that coverage leads did not run:\n{said[-3000:]}")
        _add(whole, msgspec.json.decode(state.read_bytes(), type=Told), said)
        for site in failed.iterdir():
            what = re.findall(r"^((?:\w+\.)*\w*(?:Error|Hangs)\b.*)$", said, re.MULTILINE)
            keep(what[-1][:200] if what else said[-300:], site.read_bytes())
            site.unlink()
    return whole


def _add(whole: Told, told: Told, said: str) -> None:
    whole.runs += told.runs
    whole.built += told.built
    whole.slowest = max(whole.slowest, told.slowest)
    whole.codes |= told.codes
    whole.edges = max([whole.edges, *map(int, re.findall(r"\bcov: (\d+)", said))])
    whole.megabytes = max([whole.megabytes, *map(float, re.findall(r"peak_rss_mb:\s+(\d+)", said))])


def seeds() -> Iterator[bytes]:
    """Sites to begin with: every case of tests/cases, as far as it differs from the small site."""
    small = over_small({})
    for case in cases():
        files = {name: data if isinstance(data, bytes) else data.encode() for name, data in case.files.items()}
        yield packed.pack({name: data for name, data in files.items() if small.get(name) != data}, case.mode)


def over_small(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The small site of the tests with these files laid over it."""
    small = {name: data if isinstance(data, bytes) else data.encode() for name, data in SMALL.items() if data}
    return {**small, **files}


def dictionary() -> str:
    """The words of the language, as the engine wants them, so that it need not find them letter by letter."""
    models = (Config, Stack, Offer, Step, Links, FrontMatter, TermFront)
    words = {f"{field}: " for model in models for field in model.__struct_encode_fields__}
    words |= {*(f"  - {kind}: " for kind in STEP_KINDS), *(f"/// {name}\n" for name in BLOCKS)}
    words |= {*texts.CLAIMS, *texts.EXPRESSIONS, *texts.RUNS, *spoil.SIGNS, *spoil.CODE}
    words |= {
        f"=== {name}\n" for name in ("stack.yaml", "site.yaml", "links.yaml", "copy/checkout.md", "glossary/a.md")
    }
    return "".join(f'"{_escaped(word)}"\n' for word in sorted(words))


def _escaped(word: str) -> str:
    return "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02X}" for b in word.encode())
