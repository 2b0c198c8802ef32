"""The wordings of claims in one language, read from words/<language>.yaml.

A pattern is a regular expression with four shortcuts, so that the lists read as the sentences do:

- a space stands for any white space, or a hyphen: `six figure` finds "six-figure" as well; ` ?` may be none;
- ` … ` stands for up to three more words, ` …… ` for up to eight, never across a comma or the end of a sentence;
- `*` behind a letter stands for any ending: `guarant*`;
- `<name>` stands for the fragment of that name; `(…)` groups.

It is matched in lower case, with straight quotes and without markup, at whole words. Patterns stand under the
beginning of a word without which none of them can match ("guarant"), or several such stems with a bar between; where
a second word must be there as well, its stems follow an ampersand (`worth & 0`; 0 is any digit). A sentence is looked
at only for the wordings whose stems begin its words, and which words those are is remembered: that is what makes
hundreds of patterns cheap, and spares a small site making most of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct

LISTS = Path(__file__).parent / "words"
LANGUAGES = ("en", "de", "es", "fr", "pt")

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml is ten times faster, and not everywhere
_DEEPEST = 6  # fragments in fragments
_WORDS_KEPT = 1 << 15  # more than the different words of most sites
_WORD = r"[^\s,;:.!?()\"\-]"
_SPACES = r"[\x20\-]+"
_NAME = re.compile(r"<([a-z_]+)>")
_GROUP = re.compile(r"\((?!\?)")
_ENDING = re.compile(r"(?<=[^\W\d_])(?<!\\[wWdDsS])\*")
_NOTHING = re.compile(r"(?!)")


_Hint = tuple[int, int]
"""The number of a wording, and which of the words that it needs it is."""


class _Rule(Struct, forbid_unknown_fields=True):
    claims: dict[str, list[str]]
    honest: list[str] = []


class _List(Struct, forbid_unknown_fields=True):
    unfinished: list[str]
    denied: list[str]
    turns: list[str]
    undone: list[str]
    distant: list[str]
    asked: list[str]
    refused: list[str]
    own: list[str]
    rules: dict[str, _Rule]
    fragments: dict[str, str] = {}


class Wording:
    """Some wordings of what a rule is about. `parts` is how many different words must hint at them."""

    def __init__(self, rule: str, parts: int, patterns: Sequence[str], fragments: Mapping[str, str]) -> None:
        self.rule = rule
        self.parts = parts
        self._patterns = patterns
        self._fragments = fragments

    def expressions(self) -> list[re.Pattern[str]]:
        """Each of the patterns as an expression of its own, for those who try them one by one."""
        return [_compiled([pattern], self._fragments) for pattern in self._patterns]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Them as one expression, made when it is first needed: most sites need few of them."""
        return _compiled(self._patterns, self._fragments)


class Language:
    """What is known about the claims of one language."""

    def __init__(self, content: _List) -> None:
        self._content = content
        self.wordings: list[Wording] = []
        self._stems: dict[str, list[_Hint]] = {}
        for name, rule in content.rules.items():
            for stems, patterns in rule.claims.items():
                parts = _NAME.sub(lambda found: content.fragments[found[1]], stems).split(" & ")
                for part, alternatives in enumerate(parts):
                    for stem in alternatives.split("|"):
                        self._stems.setdefault(stem, []).append((len(self.wordings), part))
                self.wordings.append(Wording(name, len(parts), patterns, content.fragments))
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._hinted = lru_cache(_WORDS_KEPT)(self._hints)

    def hinted(self, sentence: str) -> list[Wording]:
        """The wordings that may stand in a sentence, in the order of the list."""
        hints = set().union(*map(self._hinted, sentence.split()))
        first = sorted(number for number, part in hints if not part) if hints else ()
        return [
            wording
            for number in first
            if (wording := self.wordings[number]).parts == 1
            or all((number, part) in hints for part in range(1, wording.parts))
        ]

    def _hints(self, word: str) -> tuple[_Hint, ...]:
        """What a word hints at, by the stems that begin it or a part of it ("self-destruct", "l'année")."""
        hints = {hint for hint in self._stems.get("0", ()) if any(map(str.isdigit, word))}
        letter = False
        for start, sign in enumerate(word):
            if not (letter and sign.isalpha()):
                for length in self._lengths:
                    hints.update(self._stems.get(word[start : start + length], ()))
            letter = sign.isalpha()
        return tuple(hints)

    @cached_property
    def honest(self) -> Mapping[str, re.Pattern[str]]:
        """By rule, what makes a sentence honest that holds a wording: a date beside "the price goes up"."""
        return {name: self._one_of(rule.honest) for name, rule in self._content.rules.items()}

    @cached_property
    def unfinished(self) -> re.Pattern[str]:
        """What stands before a full stop that ends no sentence."""
        return re.compile(rf"{self._one_of(self._content.unfinished).pattern}\Z")

    @cached_property
    def denied(self) -> re.Pattern[str]:
        """Before a wording, in its clause: "we can't promise"."""
        return self._one_of(self._content.denied)

    @cached_property
    def clause(self) -> re.Pattern[str]:
        """What ends a clause: a comma, a dash, or a word such as "but"."""
        return re.compile(rf"[,;:–—(]|{self._one_of(self._content.turns).pattern}")

    @cached_property
    def undone(self) -> re.Pattern[str]:
        """Right behind a wording: "… is not what we sell"."""
        return re.compile(rf"\s*{self._one_of(self._content.undone).pattern}")

    @cached_property
    def distant(self) -> re.Pattern[str]:
        """Anywhere before a wording: "be careful with anyone who promises"."""
        return self._one_of(self._content.distant)

    @cached_property
    def asked(self) -> re.Pattern[str]:
        """How a question begins that a visitor asks: "will I"."""
        return self._one_of(self._content.asked)

    @cached_property
    def refused(self) -> re.Pattern[str]:
        """How the answer begins to a question that held a wording: "no"."""
        return self._one_of(self._content.refused)

    @cached_property
    def own(self) -> re.Pattern[str]:
        """Words of somebody who speaks of themselves: "I", "my". A quote with them is a voice, not a mention."""
        return self._one_of(self._content.own)

    def _one_of(self, patterns: Sequence[str]) -> re.Pattern[str]:
        return _compiled(patterns, self._content.fragments)


def language(tag: str) -> Language | None:
    """What is known about the language of a locale ("de-AT"); None for a language without a list."""
    name = tag.partition("-")[0]
    return _language(name) if name in LANGUAGES else None


@cache
def _language(name: str) -> Language:
    content = yaml.load((LISTS / f"{name}.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    return Language(msgspec.convert(content, _List))


def _compiled(patterns: Sequence[str], fragments: Mapping[str, str]) -> re.Pattern[str]:
    if not patterns:
        return _NOTHING
    text = "|".join(patterns)
    for _ in range(_DEEPEST):  # a fragment may name another
        text = _NAME.sub(lambda found: f"({fragments[found[1]]})", text)
    text = _GROUP.sub("(?:", text)
    text = text.replace(" …… ", f"(?:{_SPACES}{_WORD}+){{0,8}}{_SPACES}").replace(
        " … ", f"(?:{_SPACES}{_WORD}+){{0,3}}{_SPACES}"
    )
    text = _ENDING.sub(r"\\w*", text)
    text = text.replace(" ?", _SPACES[:-1] + "*").replace(" ", _SPACES)
    return re.compile(rf"(?<!\w)(?:{text})(?!(?<=\w)\w)")  # at whole words, where it ends in one
