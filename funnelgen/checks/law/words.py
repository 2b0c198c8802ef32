"""Words that the rules on law look for, by language, and where they stand in a text.

The lists are data, in words/*.yaml; a language is read when a rule needs it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "nl", "pt"})
"""Those with a list. About the words of other languages no rule has an opinion."""

_FOLDER = Path(__file__).parent
# libyaml is ten times faster, and not everywhere. The base loader leaves all scalars text: `no` is a word.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FIGURES_AT_END = re.compile(r"(?<![\d.,])(\d{1,3})[\s-]*\Z")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ALIKE = str.maketrans("’‘\u00a0\u202f\n\t", "''    ")


def language(locale: str) -> str:
    """The language of a locale, if there are lists for it; else nothing."""
    code = locale.split("-")[0]
    return code if code in LANGUAGES else ""


@cache
def proposed(kind: str, language: str) -> str:
    """The words that a finding proposes: the first of a list, or English where the language has none."""
    return next(iter(_lists(language or "en").get(kind, ())), "")


def first(kind: str, text: str, *languages: str) -> re.Match[str] | None:
    """The first words of a kind in a text, in one of the languages."""
    return next(every(kind, text, *languages), None)


def every(kind: str, text: str, *languages: str) -> Iterator[re.Match[str]]:
    """All words of a kind in a text; an apostrophe, a space or a line break may be of any sort."""
    pattern = _pattern(kind, languages)
    return pattern.finditer(text.translate(_ALIKE)) if pattern else iter(())


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text, each with where it begins."""
    for found in re.finditer(r"[^.!?;\n]+", text):
        yield found.start(), found[0]


def number_before(text: str, end: int, language: str) -> tuple[int, int] | None:
    """The number right before a place in a text, in figures or as a word, and where it begins."""
    start = max(0, end - 16)
    figures = _FIGURES_AT_END.search(text, start, end)
    if figures:
        return int(figures[1]), figures.start()
    words = text[start:end].translate(_ALIKE).rstrip(" -").rsplit(maxsplit=1)
    value = _numbers(language).get(_without_accents(words[-1].lower())) if words else None
    return (value, text.rindex(words[-1], start, end)) if value else None


def trackers(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each advertising or recording service that a text gives away, with where it first does."""
    for service, signs in _services().items():
        # Looking for each text by itself is a hundred times faster than one pattern of them all, and mostly enough.
        if any(sign in text for sign in signs):
            found = re.search("|".join(rf"(?<![\w-]){re.escape(sign)}" for sign in signs), text)
            if found:
                yield service, found


@cache
def _services() -> Mapping[str, list[str]]:
    return _read(_FOLDER / "trackers.yaml")


@cache
def _numbers(language: str) -> Mapping[str, int]:
    """The words for numbers: those for one, then a list that counts from two."""
    lists = _lists(language)
    numbers = [(word, 1) for word in lists.get("one", ())]
    numbers += ((word, value) for value, word in enumerate(lists.get("numbers", ()), 2))
    return {_without_accents(word): value for word, value in numbers}


@cache
def _pattern(kind: str, languages: tuple[str, ...]) -> re.Pattern[str] | None:
    words = [word for code in languages if code for word in _lists(code).get(kind, ())]
    return re.compile(rf"(?<!\w)(?:{'|'.join(_alternatives(words))})(?!\w)", re.IGNORECASE) if words else None


def _alternatives(words: Iterable[str]) -> Iterator[str]:
    # In an address a hyphen stands for the space, and plain letters for those with accents.
    spelt = {form for word in words for form in (word, word.translate(_UMLAUTS), _without_accents(word))}
    for word in sorted(spelt, key=lambda word: (-len(word), word)):  # the longer one, where both would fit
        yield re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", "[ -]")


def _without_accents(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


@cache
def _lists(language: str) -> Mapping[str, list[str]]:
    return _read(_FOLDER / "words" / f"{language}.yaml")


def _read(path: Path) -> Mapping[str, list[str]]:
    lists: Mapping[str, list[str]] = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    return lists
