"""The edit that puts `{{ price("…") }}` in the place of a typed amount, so that the file stays what it is."""

from __future__ import annotations

from collections.abc import Mapping

from funnelgen.checks.price.notation import Typed
from funnelgen.checks.texts import Text
from funnelgen.diagnostics import Edit, Span
from funnelgen.diagnostics.rows import rows_of
from funnelgen.site.copytext import BLOCKS


def mending(text: Text, typed: Typed, words: str, sources: Mapping[str, str]) -> tuple[Edit, ...]:
    """The edit that writes `words` for a typed amount; none where it would not be certain."""
    place = text.at(typed.start, len(typed.text))
    if text.span is None or place is None:
        return ()
    if text.role == "prose" or text.role in BLOCKS or text.role.startswith("title of "):
        return (Edit(place, typed.text, words),)
    line = _line(sources, text.span)
    opening = line[text.span.column - 1 : text.span.column]
    if opening in "'|>":
        return (Edit(place, typed.text, words),)
    if opening == '"':
        return (Edit(place, typed.text, words.replace('"', "'")),)
    return _quoted(text, typed, words, line)


def _quoted(text: Text, typed: Typed, words: str, line: str) -> tuple[Edit, ...]:
    """The whole value, put in quotes: without them `{` could begin a mapping, or end one."""
    span = text.span
    if span is None or span.end_line != span.line or line[span.column - 1 : span.end_column - 1] != text.text:
        return ()
    mended = text.text[: typed.start] + words + text.text[typed.end :]
    if "'" not in mended:
        return (Edit(span, text.text, f"'{mended}'"),)
    if '"' in text.text or "\\" in text.text:
        return ()
    single = words.replace('"', "'")
    return (Edit(span, text.text, f'"{text.text[: typed.start]}{single}{text.text[typed.end :]}"'),)


def _line(sources: Mapping[str, str], span: Span) -> str:
    lines = rows_of(sources.get(span.file, ""))
    return lines[span.line - 1] if span.line <= len(lines) else ""
