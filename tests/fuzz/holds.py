"""What must hold of every site, however odd: a verdict, quickly, in bounded memory, the same one twice."""

from __future__ import annotations

import gc
import json
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import FrameType
from typing import TypeVar

from msgspec import Struct

from funnelgen.diagnostics import Diagnostic, Span, github, sarif
from funnelgen.diagnostics.json import lines
from funnelgen.diagnostics.rows import rows_of
from funnelgen.diagnostics.text import render
from funnelgen.fixes import mend
from funnelgen.funnel.manifest import decode_manifest, encode_manifest
from funnelgen.pipeline import Checked, Failed, build, check
from funnelgen.site import load_site
from tests.sites import Mode

SECONDS = 2.0  # of the processor, for a site whose texts have up to 10 KB; a larger one gets more in proportion
SECONDS_BUILDING = 5.0  # the same for a build, which is Python-Markdown's work for the most part
HANGING = 30  # seconds of the processor after which nobody waits any longer
MOST_MENDINGS = 20
MEGABYTES = 60.0  # by which the peak of memory may grow at one site of up to 10 KB


Out = TypeVar("Out")


class Hangs(Exception):
    """A site took so long that it was given up."""


class Seen(Struct, frozen=True, kw_only=True):
    """What became of a site: how long it took to check, what was found, whether it was built."""

    seconds: float
    codes: tuple[str, ...]
    diagnostics: str
    built: bool


class Stage:
    """A folder that shows one site after the other, writing only what differs from the one before."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self.cache = folder / "cache"
        self.cache.mkdir(parents=True, exist_ok=True)
        self.shown: dict[str, bytes] = {}

    def show(self, files: Mapping[str, bytes]) -> Path:
        """Have exactly these files in the folder. One whose path another one's folder has taken is left out."""
        self.folder.mkdir(exist_ok=True)
        for name in self.shown.keys() - files.keys():
            (self.folder / name).unlink()
        gone = {str(Path(name).parent) for name in self.shown.keys() - files.keys()} - {"."}
        for name in sorted(gone, key=len, reverse=True):
            self._remove_empty(self.folder / name)
        self.shown = {name: content for name, content in self.shown.items() if name in files}
        for name, content in files.items():
            if self.shown.get(name) != content:
                path = self.folder / name
                try:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
                except OSError:
                    continue
                self.shown[name] = content
        return self.folder

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent

    def clear(self) -> None:
        """Take the folder away."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.shown = {}


def look(stage: Stage, files: Mapping[str, bytes], mode: Mode, *, building: bool = True, patience: float = 1) -> Seen:
    """Check the site, build it if it has no error (and `building`), and assert everything that must hold.

    `patience` is how many times slower this process is than usual.
    """
    folder = stage.show(files)
    kilobytes = sum(len(content) for content in stage.shown.values()) / 1024
    share = max(1.0, kilobytes / 10)
    slack = share * patience
    before = peak_megabytes()
    seconds, result = timed(lambda: verdict(folder, mode))
    assert peak_megabytes() - before < MEGABYTES * share, f"{peak_megabytes() - before:.0f} MB for {kilobytes:.0f} KB"
    if seconds > SECONDS * slack:  # it may have been the machine
        seconds = min(seconds, timed(lambda: verdict(folder, mode))[0])
    assert seconds < SECONDS * slack, f"{seconds:.1f} s for {kilobytes:.0f} KB"
    with given_up():
        assert result.diagnostics == check(load_site(folder), mode).diagnostics, "checked twice, found other things"
    for diagnostic in result.diagnostics:
        assert_points_somewhere(diagnostic, result.sources)
    assert result.can_build or result.diagnostics
    if building:
        assert_fixes_end(stage, files, mode, result)
    built = False
    if building and result.can_build:
        took, built = timed(lambda: is_built(stage, result, mode))
        assert took < SECONDS_BUILDING * slack, f"{took:.1f} s to build {kilobytes:.0f} KB"
    return Seen(
        seconds=seconds,
        codes=tuple(d.code for d in result.diagnostics),
        diagnostics=lines(result.diagnostics),
        built=built,
    )


def verdict(folder: Path, mode: Mode) -> Checked:
    """What `funnelgen check` does: read, check, print in every form, and find out what could be mended."""
    result = check(load_site(folder), mode)
    found, sources = result.diagnostics, result.sources
    assert bool(render(found, sources)) == bool(render(found, sources, width=60)) == bool(found)
    assert lines(found).count("\n") == github.lines(found, "site").count("\n") == len(found)
    assert len(json.loads(sarif.log(found, sources, {}, folder="site", version="0"))["runs"][0]["results"]) == len(
        found
    )
    assert all(file.diff() for file in mend(folder, found))
    return result


def assert_fixes_end(stage: Stage, files: Mapping[str, bytes], mode: Mode, result: Checked) -> None:
    """Mend what can be mended, again and again: a fix may show what another can mend, but some day nothing is left."""
    mended = dict(files)
    for _ in range(MOST_MENDINGS):
        changes = mend(stage.folder, result.diagnostics)
        if not changes:
            break
        mended |= {file.name: file.after.encode("utf-8", "surrogateescape") for file in changes}
        result = check(load_site(stage.show(mended)), mode)
    else:
        raise AssertionError(f"mended {MOST_MENDINGS} times, and not done")
    stage.show(files)


def is_built(stage: Stage, result: Checked, mode: Mode) -> bool:
    """Build a site without errors; only its own theme may refuse that, and says so."""
    assert result.site is not None
    assert result.funnel is not None
    try:
        output = build(result.site, result.funnel, mode, cache=stage.cache, sources=result.sources)
    except Failed as failed:
        assert_points_somewhere(failed.diagnostic, result.sources)
        return False
    assert decode_manifest(encode_manifest(output.manifest)) == output.manifest
    for diagnostic in output.diagnostics:
        assert_points_somewhere(diagnostic, result.sources)
    return True


def assert_points_somewhere(diagnostic: Diagnostic, sources: Mapping[str, str]) -> None:
    """Every place lies in its file, and every finding has a remedy."""
    assert diagnostic.message, diagnostic
    assert diagnostic.help, diagnostic
    edits = (edit.span for edit in diagnostic.fix)
    for span in (diagnostic.span, *(note.span for note in diagnostic.notes), *edits):
        assert span is not None, diagnostic
        if span.file in sources:
            assert lies_inside(span, sources[span.file]), (diagnostic, span)


def lies_inside(span: Span, text: str) -> bool:
    """Whether both ends of a place are in the text, the second not before the first."""
    rows = rows_of(text)
    if not 1 <= span.line <= len(rows) or not 1 <= span.column <= len(rows[span.line - 1]) + 1:
        return False
    if not span.end_line:
        return True
    end_inside = span.end_line <= len(rows) and span.end_column <= len(rows[span.end_line - 1]) + 1
    return end_inside and (span.end_line, span.end_column) >= (span.line, span.column)


def timed(do: Callable[[], Out]) -> tuple[float, Out]:
    """How much of the processor it took, and what came out."""
    with given_up():
        began = process_time()
        out = do()
        return process_time() - began, out


@contextmanager
def given_up(seconds: int = HANGING) -> Iterator[None]:
    """Raise Hangs in what takes longer than so many seconds of the processor; on Windows wait."""

    def stop(signal_: int, frame: FrameType | None) -> None:
        raise Hangs(f"no answer after {seconds} s")

    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def peak_megabytes() -> float:
    """The most memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def at_rest() -> float:
    """The memory that this process holds now, nothing left to collect, in megabytes; the peak where it is unknown."""
    gc.collect()
    pages = Path("/proc/self/statm")
    return (
        int(pages.read_text().split()[1]) * resource.getpagesize() / (1 << 20) if pages.exists() else peak_megabytes()
    )
