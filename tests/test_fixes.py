"""What `funnelgen check --fix` does to files: the words of the mistake change, and nothing else."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from funnelgen.diagnostics import Diagnostic, Edit, Severity, Span
from funnelgen.diagnostics.suggest import certain
from funnelgen.fixes import mend

from .casefiles import Case, cases
from .sites import checked, said, write


def finding(*edits: Edit) -> Diagnostic:
    return Diagnostic(code="FG101", name="unknown-offer", severity=Severity.ERROR, message="x", fix=edits)


def edit(line: int, column: int, old: str, new: str) -> Edit:
    return Edit(Span("a.yaml", line, column, line, column + len(old)), old, new)


def mended(folder: Path, data: bytes, *found: Diagnostic) -> bytes:
    """The file with the fixes of `found`."""
    (folder / "a.yaml").write_bytes(data)
    after = mend(folder, found)
    return after[0].after.encode("utf-8", "surrogateescape") if after else data


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"- checkout: cuorse # mine\n", b"- checkout: course # mine\n"),
        (b"- checkout: cuorse\r\n", b"- checkout: course\r\n"),
        (b"\xef\xbb\xbf- checkout: cuorse", b"\xef\xbb\xbf- checkout: course"),
        (b"- checkout: cuorse\xff", b"- checkout: course\xff"),
    ],
    ids=["comments", "line ends of Windows", "a byte order mark", "bytes that are no text"],
)
def test_everything_else_stays_as_it_was(tmp_path: Path, before: bytes, after: bytes) -> None:
    assert mended(tmp_path, before, finding(edit(1, 13, "cuorse", "course"))) == after


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"- checkout: other\n", edit(1, 13, "cuorse", "course")),
        (b"x\n", edit(9, 1, "x", "y")),
        (b"a: aa\n", Edit(Span("a.yaml", 1, 4, 1, 6), "a", "b")),
        (b"a: x\nb: x\n", Edit(Span("a.yaml", 1, 1, 2, 5), "x", "y")),
        (b"a: 1\rb: x\n", edit(1, 4, "1", "2")),
        (b"a: x\n", Edit(Span("a.yaml", 1, 4, 1, 4), "", "y")),
    ],
    ids=["changed since", "a line that has gone", "twice", "over several lines", "lines of an old Mac", "no words"],
)
def test_a_place_that_is_not_sure_stays_as_it_is(tmp_path: Path, data: bytes, wrong: Edit) -> None:
    assert mended(tmp_path, data, finding(wrong)) == data


def test_a_fix_of_several_places_is_whole_or_not_at_all(tmp_path: Path) -> None:
    good, bad = edit(1, 4, "x", "y"), edit(2, 4, "z", "y")
    assert mended(tmp_path, b"a: x\nb: x\n", finding(good, bad)) == b"a: x\nb: x\n"
    assert mended(tmp_path, b"a: x\nb: z\n", finding(good, bad)) == b"a: y\nb: y\n"


def test_of_two_fixes_for_one_place_the_first_counts(tmp_path: Path) -> None:
    first, second = finding(edit(1, 4, "one two", "1 2")), finding(edit(1, 8, "two", "2"))
    assert mended(tmp_path, b"a: one two three\n", first, second) == b"a: 1 2 three\n"


def test_several_fixes_on_one_line(tmp_path: Path) -> None:
    found = [finding(edit(1, 1, "a", "long")), finding(edit(1, 4, "bb", "b")), finding(edit(1, 7, "c", "cc"))]
    assert mended(tmp_path, b"a: bb c\n", *found) == b"long: b cc\n"


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("cuorse", ["course", "template"], "course"),
        ("oto-price-rang", ["oto-price-range", "bump-price-range"], "oto-price-range"),
        ("calls", ["call", "cells"], None),
        ("cats", ["caps", "carts"], None),
        ("course-1", ["course-2", "course-3"], None),
        ("workbook", ["work", "book"], None),
        ("x", ["y"], None),
    ],
)
def test_a_word_is_mended_only_where_no_other_can_be_meant(word: str, known: list[str], meant: str | None) -> None:
    assert certain(word, known) == meant


WITH_FIXES = [case for case in cases() if case.expected not in (None, "none")]


@pytest.mark.parametrize("case", WITH_FIXES, ids=Case.id)
def test_mending_takes_findings_away_and_brings_none(case: Case, tmp_path: Path) -> None:
    before = checked(write(tmp_path, case.files), case.mode)
    for file in mend(tmp_path, before.diagnostics):
        file.path.write_bytes(file.after.encode("utf-8", "surrogateescape"))
    after = checked(tmp_path, case.mode)
    fixed = sum(bool(d.fix) for d in before.diagnostics)
    new = Counter(d.code for d in after.diagnostics) - Counter(d.code for d in before.diagnostics)
    assert not new or fixed, [said(d) for d in after.diagnostics]
    assert len(after.diagnostics) <= len(before.diagnostics), [said(d) for d in after.diagnostics]
