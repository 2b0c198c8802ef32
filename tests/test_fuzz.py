"""Sites that somebody's cat walked over: whatever is in the files, there is a site or a finding, never a traceback."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.diagnostics.json import lines
from funnelgen.diagnostics.text import render
from funnelgen.funnel.manifest import decode_manifest, encode_manifest
from funnelgen.pipeline import Checked, build

from .sites import EXAMPLE, checked, write

GOLDEN = Path(__file__).parent / "golden" / "site"
LINKS = """\
live:
  checkout: https://buy.stripe.com/abc
  checkout+sales-page-template: https://buy.stripe.com/def
test: {oto: https://buy.stripe.com/test_abc}
"""


def texts_of(folder: Path) -> dict[str, bytes]:
    """A site's own files by name; what an earlier build left there is none of them."""
    paths = (p for p in folder.rglob("*") if p.is_file())
    names = ((p.relative_to(folder).as_posix(), p) for p in paths)
    return {name: p.read_bytes() for name, p in sorted(names) if not name.startswith(("dist/", "."))}


class Sandbox:
    """A copy of a site in which one file at a time is spoilt."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.original = {**texts_of(source), "links.yaml": LINKS.encode()}
        self.folder = write(folder, self.original)
        self.texts = [name for name in self.original if name.endswith((".yaml", ".md"))]

    def spoilt(self, name: str, data: bytes) -> Checked:
        """What is found with `data` in that file. The file is whole again afterwards."""
        (self.folder / name).write_bytes(data)
        try:
            result = checked(self.folder)
        finally:
            (self.folder / name).write_bytes(self.original[name])
        for diagnostic in result.diagnostics:
            assert_points_somewhere(diagnostic, result)
        assert render(result.diagnostics, result.sources) or not result.diagnostics
        assert lines(result.diagnostics).count("\n") == len(result.diagnostics)
        assert result.can_build or result.diagnostics
        return result


def assert_points_somewhere(diagnostic: Diagnostic, result: Checked) -> None:
    """Every place lies in its file, and every finding has a remedy."""
    assert diagnostic.message
    assert diagnostic.help, diagnostic
    for span in (diagnostic.span, *(note.span for note in diagnostic.notes)):
        assert span is not None, diagnostic
        if span.file in result.sources:
            assert lies_inside(span, result.sources[span.file]), (diagnostic, span)


def lies_inside(span: Span, text: str) -> bool:
    """Whether both ends of a place are in the text, the second not before the first."""
    rows = text.split("\n")
    if not 1 <= span.line <= len(rows) or not 1 <= span.column <= len(rows[span.line - 1]) + 1:
        return False
    if not span.end_line:
        return True
    end_inside = span.end_line <= len(rows) and span.end_column <= len(rows[span.end_line - 1]) + 1
    return end_inside and (span.end_line, span.end_column) >= (span.line, span.column)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(EXAMPLE, tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return Sandbox(GOLDEN, tmp_path_factory.mktemp("golden"))


SIGNS = [":", "-", "#", "&", "*", "!", "|", ">", "%", "@", "`", "'", '"', "[", "]", "{", "}", ",", "?", "\n", "\t", " "]
ODD = ["\\", "\r\n", "\u2028", "\ufeff", "\x00", "\x1b", "é", "🎓", "שלום", "<script>", "[x](javascript:a)"]
CODE = ["{{", "}}", "{%", "---\n", "///", "/// faq\n", "null", "- ", ": ", "<<: *a\n", "&a ", "*a", "!!int "]
PIECES = st.sampled_from([*SIGNS, *ODD, *CODE]).map(str.encode) | st.binary(max_size=4)


@st.composite
def spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The bytes with a few cuts, doublings and insertions."""
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        piece = draw(st.just(b"") | PIECES | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data


@settings(max_examples=120)
@given(data=st.data())
def test_spoilt_bytes(example: Sandbox, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(example.texts))
    example.spoilt(name, data.draw(spoilt(example.original[name])))


AMOUNTS = ["", "no", "027", "-1", "1e3", "97,50", "0", "3", "999999999999", "3 x 33", "true", "month", "14"]
NAMES = ["x", "course", "checkout", "thank-you", "oto", "strategy-calls", "launch-your-course", "cards", "page:about"]
TEXTS = ["a" * 400, "{{ price('x') }}", "{{ site.name }}", "two\nlines", "JPY", "de-DE", "#fff", "<b>", "\u2028", "é🎓"]
PATHS = ["../x", "/a/", "https://x.example/", "con", "javascript:x", "reset.txt"]
SCALARS = st.sampled_from([*AMOUNTS, *NAMES, *TEXTS, *PATHS])
TREES = st.recursive(SCALARS, lambda x: st.lists(x, max_size=3) | st.dictionaries(SCALARS, x, max_size=3), max_leaves=5)


def places_in(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key or index) of a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(pairs):
        yield tree, key
        yield from places_in(value)


@st.composite
def rebuilt(draw: st.DrawFn, data: bytes) -> bytes:
    """The YAML with a few values replaced, moved, repeated or taken away, and keys renamed."""
    tree = yaml.load(data, Loader=yaml.BaseLoader)
    for _ in range(draw(st.integers(1, 3))):
        spots = list(places_in(tree))
        if not spots:
            break
        container, key = draw(st.sampled_from(spots))
        other, there = draw(st.sampled_from(spots))
        match draw(st.sampled_from(["replace", "remove", "copy", "rename", "double"])):
            case "replace":
                container[key] = draw(TREES)
            case "remove":
                del container[key]
            case "copy":
                container[key] = copy.deepcopy(other[there])
            case "rename" if isinstance(container, dict):
                container[draw(SCALARS)] = container.pop(key)
            case "double" if isinstance(container, list):
                container.append(copy.deepcopy(container[key]))
    return str(yaml.dump(tree, allow_unicode=True, sort_keys=False)).encode()


@settings(max_examples=120)
@given(data=st.data())
def test_spoilt_structure(example: Sandbox, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["stack.yaml", "stack.yaml", "site.yaml", "links.yaml"]))
    example.spoilt(name, data.draw(rebuilt(example.original[name])))


@settings(max_examples=80)
@given(data=st.data())
def test_whatever_has_no_error_can_be_built(small: Sandbox, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["stack.yaml", "site.yaml", *small.texts]))
    how = rebuilt if name.endswith(".yaml") else spoilt
    result = small.spoilt(name, data.draw(how(small.original[name])))
    if result.can_build and result.site and result.funnel and result.site.config.theme == "daybreak":
        output = build(result.site, result.funnel, "demo", cache=small.folder / ".cache")
        assert decode_manifest(encode_manifest(output.manifest)) == output.manifest
