"""The corpus: sentences that must fire, and honest ones that must not.

A file of corpus/ is Markdown: `## GROUP` or `## GROUP [ROLE]`, then a sentence in each list item. A group is named
after the rule that must fire; where it begins with `honest`, or in a file of honest sentences, none may. Every third
sentence of a group is held out: the lists were written without looking at it. Files ending in `-field` hold none back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

CORPUS = Path(__file__).parent / "corpus"
_GROUP = re.compile(r"^## (?P<name>[\w-]+)(?: \[(?P<role>\w+)\])?$")


class Sentence(Struct, frozen=True, kw_only=True):
    """One sentence, or a few that belong together. `rule` is empty where nothing may fire."""

    language: str
    group: str
    role: str
    rule: str
    text: str
    held_out: bool

    def id(self) -> str:
        """Its name among the tests."""
        return f"{self.language} {self.rule or 'honest'}: {self.text[:60]}"


def sentences() -> list[Sentence]:
    """All of them, in the order of the files."""
    return [sentence for file in sorted(CORPUS.glob("*.md")) for sentence in _read(file)]


def _read(file: Path) -> Iterator[Sentence]:
    language, _, kind = file.stem.partition("-")
    name, role, number = "", "prose", 0
    for line in file.read_text(encoding="utf-8").splitlines():
        if group := _GROUP.match(line):
            name, role, number = group["name"], group["role"] or "prose", 0
        elif line.startswith("- "):
            rule = "" if kind == "honest" or name.startswith("honest") else name
            yield Sentence(
                language=language,
                group=name,
                role=role,
                rule=rule,
                text=line[2:],
                held_out=number % 3 == 2 and kind != "field",
            )
            number += 1
