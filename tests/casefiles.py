"""Reading tests/cases/*.md: sites as Markdown, with what must be found wrong in each.

A file begins with a title and words about the family. Its first `##` section is a site that is fine; every
further section is a case: that site with some files changed. Files stand in fenced blocks whose info string is a
language and a path (```` ```yaml stack.yaml ````); `bytes PATH` is written as in a Python literal (`caf\\xe9`);
`remove PATH` takes a file away, `size PATH` makes one of so many bytes, `picture PATH` one of so many pixels; `mode`
says for which mode the site is checked (`demo` where nothing is said), and the word `build` that it is built as well;
`today` on which day.
The block `diagnostics` has what is found, in order, or `none`.

A heading that begins with a rule's code is about that rule: it shows the rule firing if the code is among what is
found, and a near miss if it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast, get_args

from msgspec import Struct

from funnelgen.diagnostics import Diagnostic
from funnelgen.explain import blank_picture, filler
from funnelgen.pipeline import Checked, Failed, build

from .sites import Mode, checked, place, said, write

FOLDER = Path(__file__).parent / "cases"
_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## +(.*?)[ \t]*$", re.MULTILINE)


class Case(Struct, frozen=True, kw_only=True):
    """One site with what must be found in it. `expected` is None where the block is missing."""

    family: Path
    title: str
    files: dict[str, str | bytes]
    mode: Mode
    built: bool
    today: date | None
    expected: str | None

    @property
    def code(self) -> str | None:
        """The rule that the case is about, if its heading names one."""
        found = re.match(r"FG\d{3}\b", self.title)
        return found[0] if found else None

    def fires(self, code: str) -> bool:
        """Whether that rule is expected to find something."""
        return bool(re.search(rf"^{code} ", self.expected or "", re.MULTILINE))

    def id(self) -> str:
        """Its name among the tests."""
        return f"{self.family.stem}: {self.title}"


def cases() -> list[Case]:
    """Every case of every file."""
    return [case for family in sorted(FOLDER.glob("*.md")) for case in _cases(family)]


def actual(case: Case) -> str:
    """What is found in the case's site, as a `diagnostics` block has it."""
    with TemporaryDirectory() as folder:
        result = checked(write(Path(folder), case.files), case.mode, case.today)
        found = [*result.diagnostics, *(_of_build(result, case.mode) if case.built else ())]
    return "\n".join(line for d in found for line in _lines(d)) or "none"


def _of_build(result: Checked, mode: Mode) -> Sequence[Diagnostic]:
    """What is found while the pages are made, and about them."""
    if not result.can_build:
        return ()
    assert result.site is not None
    assert result.funnel is not None
    try:
        return build(result.site, result.funnel, mode, sources=result.sources).diagnostics
    except Failed as failed:
        return (failed.diagnostic,)


def update(family: Path) -> None:
    """Write what is found into the file's `diagnostics` blocks."""
    text = family.read_text(encoding="utf-8")
    for case in _cases(family):
        start = text.index(f"## {case.title}\n")
        end = next((h.start() for h in _headings(text) if h.start() > start), len(text))
        block = f"```diagnostics\n{actual(case)}\n```"
        section = text[start:end]
        fences = {m[2].strip(): m for m in _FENCE.finditer(section)}
        if "diagnostics" in fences:
            old = fences["diagnostics"]
            section = section[: old.start()] + block + section[old.end() :]
        else:
            section = f"{section.rstrip()}\n\n{block}\n\n"
        text = text[:start] + section + text[end:]
    family.write_text(text.rstrip() + "\n", encoding="utf-8")


def _cases(family: Path) -> Iterator[Case]:
    text = family.read_text(encoding="utf-8")
    headings = _headings(text)
    ends = [*(h.start() for h in headings[1:]), len(text)]
    base: dict[str, str | bytes] = {}
    for number, (heading, end) in enumerate(zip(headings, ends, strict=True)):
        case = _case(family, heading[1], text[heading.end() : end], base)
        base = base if number else case.files
        yield case


def _headings(text: str) -> list[re.Match[str]]:
    """The headings of a file; what stands in a fenced block is none."""
    fenced = [(m.start(), m.end()) for m in _FENCE.finditer(text)]
    return [h for h in _HEADING.finditer(text) if not any(a < h.start() < b for a, b in fenced)]


def _case(family: Path, title: str, section: str, base: dict[str, str | bytes]) -> Case:
    files, mode, built, expected = dict(base), "demo", False, None
    today: date | None = None
    for fence in _FENCE.finditer(section):
        kind, _, path = fence[2].strip().partition(" ")
        if kind == "diagnostics":
            expected = fence[3].rstrip("\n")
        elif kind == "today":
            today = date.fromisoformat(fence[3].strip())
        elif kind == "mode":
            words = fence[3].split()
            built = "build" in words
            mode = next((word for word in words if word != "build"), mode)
        elif kind == "bytes":  # written as in a Python literal
            files[path] = fence[3].encode("latin-1", "backslashreplace").decode("unicode_escape").encode("latin-1")
        elif kind == "remove":
            del files[path]
        elif kind == "size":
            files[path] = filler(int(fence[3].split()[0]))
        elif kind == "picture":
            files[path] = blank_picture(fence[3])
        else:
            assert path, f"{family.name}, {title}: a block without a file's name"
            files[path] = fence[3]
    assert mode in get_args(Mode)
    return Case(
        family=family, title=title, files=files, mode=cast(Mode, mode), built=built, today=today, expected=expected
    )


def _lines(d: Diagnostic) -> Iterator[str]:
    yield said(d)
    for note in d.notes:
        yield f"  note: {place(note.span)} {note.text}"
    if d.help:
        yield f"  help: {d.help}"
