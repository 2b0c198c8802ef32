"""What a person reads at a terminal, and what a machine reads from `--format json`."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.diagnostics import Diagnostic, Note, Severity, Span, has_errors, in_order
from funnelgen.diagnostics.json import lines
from funnelgen.diagnostics.suggest import did_you_mean, nearest
from funnelgen.diagnostics.text import WIDEST_LINE, count, render


def finding(
    message: str,
    span: Span | None = None,
    *,
    severity: Severity = Severity.ERROR,
    help: str = "",
    notes: tuple[Note, ...] = (),
) -> Diagnostic:
    return Diagnostic(
        code="FG101", name="unknown-offer", severity=severity, message=message, span=span, help=help, notes=notes
    )


STACK = """\
offers:
  course: {name: The Course, price: 97}
steps:
  - checkout: cuorse
  - oto: calls
"""

FOUND = [
    finding("no offer is called `cuorse`", Span("stack.yaml", 4, 15, 4, 21), help="did you mean `course`?"),
    finding(
        "$400 is 412 % of $97 (`course`), 30 to 150 % is usual",
        Span("stack.yaml", 5, 10, 5, 15),
        severity=Severity.WARNING,
        help="change the price, or allow it with the reason why it is right here",
        notes=(Note(Span("stack.yaml", 2, 37, 2, 39), "the price is set here"),),
    ),
    finding("three things at once", severity=Severity.ADVICE),
    finding("`logo.png` is not a file", Span("assets/logo.png")),
]

PRINTED = """\
error[FG101]: no offer is called `cuorse`
 --> stack.yaml:4:15
  |
4 |   - checkout: cuorse
  |               ^^^^^^
  |
  = help: did you mean `course`?
  = rule: unknown-offer (funnelgen explain FG101)

warning[FG101]: $400 is 412 % of $97 (`course`), 30 to 150 % is usual
 --> stack.yaml:5:10
  |
5 |   - oto: calls
  |          ^^^^^
 ::: stack.yaml:2:37
  |
2 |   course: {name: The Course, price: 97}
  |                                     ^^ the price is set here
  |
  = help: change the price, or allow it with the reason why it is right here
  = rule: unknown-offer (funnelgen explain FG101); where it is right, `allow` it with the reason

advice[FG101]: three things at once
  = rule: unknown-offer (funnelgen explain FG101); where it is right, `allow` it with the reason

error[FG101]: `logo.png` is not a file
 --> assets/logo.png:1:1
  = rule: unknown-offer (funnelgen explain FG101)"""


def test_several_findings_read_as_rustc_prints_them() -> None:
    assert render(FOUND, {"stack.yaml": STACK}) == PRINTED


NARROW = """\
warning[FG101]: $400 is 412 % of $97
(`course`), 30 to 150 % is usual
 --> stack.yaml:5:10
  |
5 |   - oto: calls
  |          ^^^^^
 ::: stack.yaml:2:37
  |
2 | …urse: {name: The Course, price: 97}
  |                                  ^^ the price is set here
  |
  = help: change the price, or allow it
          with the reason why it is
          right here
  = rule: unknown-offer (funnelgen
          explain FG101); where it is
          right, `allow` it with the
          reason"""


def test_a_narrow_terminal_gets_short_lines() -> None:
    assert render(FOUND[1:2], {"stack.yaml": STACK}, width=40) == NARROW


def test_findings_are_counted_at_the_end() -> None:
    assert count(FOUND) == "2 errors, 1 warning, 1 advice"
    assert count(FOUND[:1]) == "1 error"
    assert count(FOUND[1:2] * 2) == "2 warnings"
    assert count([]) == "no findings"


def shown(line: str, part: str, label: str = "") -> tuple[str, str]:
    """The line as it is printed and the carets below it, for a finding about `part` of `line`."""
    start = line.index(part)
    span = Span("a.md", 1, start + 1, 1, start + 1 + len(part))
    notes = (Note(span, label),) if label else ()
    printed = render([finding("x", None if label else span, notes=notes)], {"a.md": line + "\n"}).split("\n")
    at = next(i for i, text in enumerate(printed) if text.startswith("1 | "))
    return printed[at].removeprefix("1 | "), printed[at + 1].removeprefix("  | ")


def test_a_tab_takes_one_cell_so_that_the_caret_is_right() -> None:
    text, carets = shown("\t\tcourse: x", "course")
    assert text == "  course: x"
    assert carets == "  ^^^^^^"


def test_wide_characters_take_two_cells() -> None:
    text, carets = shown("名前: kurs 日本", "kurs")
    assert text == "名前: kurs 日本"
    assert carets == "      ^^^^"
    assert shown("a 日本 b", "日本")[1] == "  ^^^^"


def test_accents_written_as_two_characters_take_one_cell() -> None:
    assert shown("cafe\u0301: x", "x")[1] == "      ^"
    assert shown("emoji 🎓: x", "x")[1] == "          ^"


def test_right_to_left_text_has_its_caret_in_the_order_of_the_file() -> None:
    text, carets = shown("שם: kurs", "kurs")
    assert text == "שם: kurs"
    assert carets == "    ^^^^"


def test_marks_that_turn_text_round_or_repaint_the_terminal_are_made_visible() -> None:
    text, carets = shown("a\u202eb\x1b[2Jc\u200bd: x", "x")
    assert text == "a\ufffdb\ufffd[2Jc\ufffdd: x"
    assert carets == " " * 12 + "^"


def test_nothing_that_a_file_says_can_repaint_the_terminal() -> None:
    evil = "\x1b[2J\rok"
    note = Note(Span(evil, 1, 1), evil)
    printed = render([finding(evil, Span(evil, 1, 1), help=evil, notes=(note,))], {evil: evil})
    assert "\x1b" not in printed
    assert "\r" not in printed


def test_a_long_line_is_cut_around_the_place() -> None:
    text, carets = shown("x" * 500 + " here " + "y" * 500, "here")
    assert len(text) <= WIDEST_LINE
    assert text.startswith("…x")
    assert text.endswith("y…")
    assert text[carets.index("^") :][:4] == "here"
    assert carets.strip() == "^^^^"


def test_a_long_line_is_cut_at_its_end_only_where_the_place_is_near_its_start() -> None:
    text, carets = shown("here " + "y" * 500, "here")
    assert text.startswith("here y")
    assert text.endswith("…")
    assert carets == "^^^^"


def test_a_place_that_goes_on_below_is_underlined_to_the_end_of_its_first_line() -> None:
    printed = render([finding("x", Span("a.yaml", 1, 3, 4, 2))], {"a.yaml": "  seller:   \n    x\n"})
    assert "1 |   seller:   \n  |   ^^^^^^^\n" in printed


def test_a_note_stands_behind_its_carets() -> None:
    assert shown("price: 97", "97", "the price is set here")[1] == "       ^^ the price is set here"


def test_line_numbers_of_different_width_share_one_margin() -> None:
    source = "x\n" * 120
    notes = (Note(Span("a.yaml", 7, 1, 7, 2), "here"),)
    printed = render([finding("x", Span("a.yaml", 110, 1, 110, 2), notes=notes)], {"a.yaml": source}).split("\n")
    assert "110 | x" in printed
    assert "  7 | x" in printed
    assert {line.index("|") for line in printed if "|" in line} == {4}


def test_a_place_behind_the_last_line_is_still_shown() -> None:
    assert "2 | \n  | ^" in render([finding("x", Span("a.yaml", 2, 1, 2, 1))], {"a.yaml": "x\n"})
    assert "-->" in render([finding("x", Span("a.yaml", 99, 1))], {"a.yaml": "x\n"})


def test_every_part_is_coloured_by_what_it_weighs() -> None:
    def paint(text: str, colour: str) -> str:
        return f"<{colour}>{text}</{colour}>"

    first, *_, rule = render(FOUND[1:2], {"stack.yaml": STACK}, paint).split("\n")
    assert first.startswith("<yellow>warning[FG101]</yellow><bold>: $400")
    assert "<yellow>^^^^^</yellow>" in render(FOUND[1:2], {"stack.yaml": STACK}, paint)
    assert "<bold>rule</bold>" in rule


@given(st.text(max_size=300), st.integers(-3, 400), st.integers(-3, 400), st.integers(1, 3))
def test_any_place_in_any_text_can_be_printed(text: str, start: int, length: int, line: int) -> None:
    span = Span("a.md", line, max(start, 1), line, max(start, 1) + length)
    printed = render([finding("x", span)], {"a.md": text})
    assert printed.startswith("error[FG101]: x\n")
    assert not any(c in printed.replace("\n", "") for c in map(chr, range(32)))


def test_findings_come_by_file_and_place_and_each_once() -> None:
    late, early = finding("b", Span("a.yaml", 9, 1)), finding("c", Span("a.yaml", 2, 5))
    other, nowhere = finding("a", Span("b.yaml", 1, 1)), finding("d")
    heavy = finding("z", Span("a.yaml", 9, 1))
    light = finding("a", Span("a.yaml", 9, 1), severity=Severity.ADVICE)
    assert in_order([other, late, light, early, heavy, late, nowhere]) == [nowhere, early, late, heavy, light, other]


def test_only_errors_stop_a_build() -> None:
    assert has_errors(FOUND)
    assert not has_errors(FOUND[1:3])


def test_json_has_one_finding_a_line_with_everything_that_the_terminal_shows() -> None:
    read = [json.loads(line) for line in lines(FOUND).splitlines()]
    assert len(read) == len(FOUND)
    assert read[1] == {
        "code": "FG101",
        "name": "unknown-offer",
        "severity": "warning",
        "message": "$400 is 412 % of $97 (`course`), 30 to 150 % is usual",
        "span": {"file": "stack.yaml", "line": 5, "column": 10, "end_line": 5, "end_column": 15},
        "help": "change the price, or allow it with the reason why it is right here",
        "notes": [
            {
                "span": {"file": "stack.yaml", "line": 2, "column": 37, "end_line": 2, "end_column": 39},
                "text": "the price is set here",
            }
        ],
        "fix": [],
    }
    assert read[2]["span"] is None
    assert lines([]) == ""


@given(st.text())
def test_json_stays_one_line_whatever_a_message_holds(text: str) -> None:
    printed = lines([finding(text)])
    assert printed.count("\n") == 1
    assert json.loads(printed)["message"] == text


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("prise", ["price", "promise", "pitch"], "price"),
        ("Price", ["price"], "price"),
        ("cross_sell", ["cross-sell", "bump"], "cross-sell"),
        ("thankyou", ["thank-you", "tripwire"], "thank-you"),
        ("colour", ["name", "url"], None),
        ("", ["name"], None),
        ("x", [], None),
    ],
)
def test_a_mistyped_word_is_understood_and_another_word_is_not(typed: str, known: list[str], meant: str | None) -> None:
    assert nearest(typed, known) == meant


def test_help_names_what_is_known_where_nothing_is_near() -> None:
    assert did_you_mean("prise", ["price"]) == "did you mean `price`?"
    assert did_you_mean("zzz", ["url", "name"]) == "known here: `name`, `url`"
    assert did_you_mean("zzz", []) == "known here: nothing yet"
    assert did_you_mean("zzz", ["url"], otherwise="put it there") == "put it there"
