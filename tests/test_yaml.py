"""YAML is read strictly, safely and with its places, whatever the file holds."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.site import yamltree
from funnelgen.site.yamltree import Mapping, Node, Scalar, Sequence, parse_yaml

PLAIN = "abz019 ._-é日🎓"


@pytest.fixture(params=["libyaml", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers: where it was built without libyaml, the slow one is used."""
    if request.param == "pure":
        monkeypatch.setattr(yamltree, "_Loader", yaml.SafeLoader)


def plain(node: Node | None) -> object:
    """A tree as lists, dicts and texts."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key.text: plain(value) for key, value in node.pairs}
    return None


def read(text: str) -> object:
    """The texts of a document that has no mistake."""
    tree, problems = parse_yaml(text, "a.yaml")
    assert problems == []
    return plain(tree)


def refused(text: str) -> list[Diagnostic]:
    """What is wrong with a document."""
    return parse_yaml(text, "a.yaml")[1]


def nodes(node: Node) -> Iterator[Node]:
    """A node and all below it."""
    yield node
    children = node.items if isinstance(node, Sequence) else ()
    if isinstance(node, Mapping):
        children = [part for pair in node.pairs for part in pair]
    for child in children:
        yield from nodes(child)


def lies_inside(span: Span, text: str) -> bool:
    """Whether a place is one of the text's: a line that there is, and a column of it or right behind it."""
    lines = text.split("\n")
    ends = not span.end_line or span.end_line <= len(lines)
    return ends and 1 <= span.line <= len(lines) and 1 <= span.column <= len(lines[span.line - 1]) + 1


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    "word",
    "no yes on off True null ~ 027 0o17 0x1F 1e3 .5 -3 .inf .nan NaN 1_000 12:30:00 2026-11-21 = 1.10".split(),
)
def test_every_value_stays_the_text_that_was_written(word: str) -> None:
    assert read(f"a: {word}\nb: [{word}]\n") == {"a": word, "b": [word]}


@pytest.mark.usefixtures("_parser")
def test_quotes_blocks_and_folds_give_their_text() -> None:
    text = "a: 'it''s'\nb: \"tab\\there\"\nc: |\n  one\n  two\nd: >\n  one\n  two\ne: one\n  two\n"
    assert read(text) == {"a": "it's", "b": "tab\there", "c": "one\ntwo\n", "d": "one two\n", "e": "one two"}


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!int", "!own", "!!str"]
)
def test_no_tag_is_obeyed(tag: str) -> None:
    found = refused(f"a: {tag} [touch, /tmp/x]\n")
    assert [d.code for d in found] == ["FG002"]
    assert tag in found[0].message
    span = found[0].span
    assert span is not None
    assert (span.file, span.line, span.column) == ("a.yaml", 1, 4)


@pytest.mark.usefixtures("_parser")
def test_a_key_given_twice_names_both_places() -> None:
    (found,) = refused("offers:\n  course: 1\n  book: 2\n  course: 3\n")
    assert (found.code, found.span) == ("FG003", Span("a.yaml", 4, 3, 4, 9))
    assert [note.span for note in found.notes] == [Span("a.yaml", 2, 3, 2, 9)]


@pytest.mark.usefixtures("_parser")
def test_aliases_are_followed() -> None:
    assert read("a: &x [1, 2]\nb: *x\nc: {d: *x}\n") == {"a": ["1", "2"], "b": ["1", "2"], "c": {"d": ["1", "2"]}}


def bomb(levels: int = 9, width: int = 9) -> str:
    """A few hundred bytes that would be a billion values."""
    lines = ["a0: &a0 [" + ", ".join(["lol"] * width) + "]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * width) + "]" for n in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.usefixtures("_parser")
def test_an_alias_bomb_is_refused() -> None:
    tree, (found,) = parse_yaml(bomb(), "a.yaml")
    assert tree is None
    assert found.message == "with its aliases followed this file has more than 20000 values"


def test_an_alias_bomb_is_refused_where_something_else_is_wrong_as_well() -> None:
    tree, found = parse_yaml(f"{bomb()}\na0: x\n", "a.yaml")
    assert tree is None
    assert [problem.code for problem in found] == ["FG003", "FG001"]


def test_a_site_with_an_alias_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("name: x\nmenu:\n" + "".join(f"  {line}\n" for line in bomb().split("\n")))
    (tmp_path / "stack.yaml").write_text(bomb().replace("a8:", "offers:"))

    def cap() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
        resource.setrlimit(resource.RLIMIT_CPU, (20, 20))

    command = [sys.executable, "-m", "funnelgen", "check", str(tmp_path), "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=cap, check=False)
    assert done.returncode == 1, done.stderr
    assert "20000 values" in done.stdout


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("text", ["a: &a [*a]\n", "&a {b: {c: *a}}\n", "a: &a {b: [1, *a]}\n"])
def test_a_recursive_alias_is_refused(text: str) -> None:
    (found,) = refused(text)
    assert found.message == "`*a` contains itself"


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000 + "x", "? " * 5000])
def test_deep_nesting_is_refused(text: str) -> None:
    assert refused(text)[-1].message == "more than 60 levels in one file"


def test_more_values_than_any_site_has_are_refused() -> None:
    assert [d.message for d in refused("[" + "x," * 200_001 + "]")] == ["more than 200000 values in one file"]


def test_a_long_chain_of_aliases_is_no_recursion_error() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 190))]
    assert refused("\n".join(lines)) == []


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: é日🎓\x07b", 1, 7),
        ("a: x\nb: é\x00", 2, 5),
        ("a: \x1b[2J", 1, 4),
        ("\ufffe", 1, 1),
    ],
)
def test_a_character_that_no_editor_shows_has_its_place(text: str, line: int, column: int) -> None:
    (found,) = refused(text)
    assert found.span == Span("a.yaml", line, column, line, column + 1)
    assert "is not allowed in YAML" in found.message


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_line_ends_that_no_editor_shows_are_characters_like_others(mark: str) -> None:
    text = f"a: one{mark}two\nb: '{mark}'\nc: [1, 2\n"
    assert read(text.replace("[1, 2", "[1, 2]")) == {"a": f"one{mark}two", "b": mark, "c": ["1", "2"]}
    assert refused(text)[0].notes[0].span.line == 3


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("name: 'Anna's Studio'\n", 1, 12, "an apostrophe ends the quote here"),
        ("a: {name: 'Anna's', price: 9}\n", 1, 16, "an apostrophe ends the quote here"),
        ("x:\n  a:\n    b: 1\n  c: 2\n    d: 3\n", 4, 3, "`c` is indented less than the lines around it"),
        ("a:\n    b: 1\n    c:2\n    d: 3\n", 3, 5, "the space behind the colon is missing"),
        ("a:\n    b: 1\n\u00a0   c: 2\n    d: 3\n", 3, 1, "a no-break space (U+00A0) cannot indent YAML"),
        ("a:\n    b: 1\n    \u200bc: 2\n", 3, 5, "a space of no width (U+200B) cannot indent YAML"),
        ("- a: 1\n  b: 2\n-c: 3\n", 3, 1, "the space behind the hyphen is missing"),
        ("s:\n  - a: 1\n  b: 2\n", 3, 3, "`b` is not indented far enough to belong to the item above"),
    ],
)
def test_a_slip_is_named_where_it_was_made(text: str, line: int, column: int, message: str) -> None:
    found = refused(text)
    assert {(d.message, d.span.line, d.span.column) for d in found if d.span} == {(message, line, column)}


def test_front_matter_counts_its_lines_from_the_top_of_its_file() -> None:
    tree, _ = parse_yaml("a: 1\nb: 2\n", "a.md", first_line=2)
    assert isinstance(tree, Mapping)
    assert tree.pairs[1][1].span == Span("a.md", 3, 4, 3, 5)


@pytest.mark.usefixtures("_parser")
def test_every_value_knows_where_it_stands() -> None:
    text = "name: The Course\nmenu: [one, 'two']\nseller:\n  name: é 🎓 x\n  email: me\n"
    tree, _ = parse_yaml(text, "a.yaml")
    assert tree is not None
    lines = text.split("\n")
    for node in nodes(tree):
        span = node.span
        if isinstance(node, Scalar):
            assert lines[span.line - 1][span.column - 1 : span.end_column - 1].strip("'") == node.text


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n", "---\n...\n", "\ufeff"])
def test_an_empty_document_is_empty(text: str) -> None:
    tree, problems = parse_yaml(text, "a.yaml")
    assert problems == []
    assert plain(tree) in (None, "")


DOCUMENTS = st.recursive(
    st.text(PLAIN, max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé", min_size=1, max_size=5), inner, max_size=4)
    ),
    max_leaves=15,
)


def as_texts(document: object) -> object:
    """What PyYAML's base loader gives, which leaves every scalar a text."""
    if isinstance(document, dict):
        return {str(key): as_texts(value) for key, value in document.items()}
    if isinstance(document, list):
        return [as_texts(item) for item in document]
    return "" if document is None else document


@given(DOCUMENTS, st.booleans(), st.booleans())
def test_a_valid_document_says_what_pyyaml_says_that_it_says(document: object, flow: bool, wide: bool) -> None:
    text = yaml.dump(document, default_flow_style=flow, allow_unicode=wide, width=30)
    assert as_texts(read(text) or "") == as_texts(yaml.load(text, Loader=yaml.BaseLoader) or "")


@given(DOCUMENTS, st.data())
def test_both_parsers_agree(document: object, data: st.DataObject) -> None:
    text = yaml.dump(document, allow_unicode=True)
    at = data.draw(st.integers(0, len(text)))
    text = text[:at] + data.draw(st.text(":-[]{},&*!|>'\"#%@` \n\tx", max_size=3)) + text[at:]
    fast = parse_yaml(text, "a.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamltree, "_Loader", yaml.SafeLoader)
        slow = parse_yaml(text, "a.yaml")
    if not fast[1] and not slow[1]:
        assert plain(fast[0]) == plain(slow[0])


@given(st.text(max_size=200) | st.text(":-[]{},&*!|>'\"#%@`?<=~ \n\tabé0\u2028\x85", max_size=60))
@example("a: \x85b: c")
@example("? a\n? b\n: - c")
@example("%YAML 9.9\n---\na")
@example("a: !<x> b")
@example("&a &b c")
@example("*a : b")
@example("<<: *a")
@example("--- a\n--- b")
@example("\ud7ff\ue000")
def test_any_text_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    text = text.replace("\r", "\n")  # as the reader of files does
    tree, problems = parse_yaml(text, "a.yaml")
    for found in problems:
        assert found.span is not None
        assert lies_inside(found.span, text), (found, text)
        assert all(lies_inside(note.span, text) for note in found.notes)
        assert found.help
    for node in nodes(tree) if tree else ():
        assert lies_inside(node.span, text)
