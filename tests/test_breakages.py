"""The example site broken in ordinary ways, and the words of the terminal to each: tests/breakages.md.

After a change of words, `UPDATE_BREAKAGES=1 pytest tests/test_breakages.py` writes what is printed into the file. Read
it aloud before it is kept.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from funnelgen.diagnostics.text import count, render
from funnelgen.explain import mend, pieces_of

from .sites import EXAMPLE, checked, write

FILE = Path(__file__).with_name("breakages.md")
_SECTION = re.compile(r"^## (.*)\n((?:(?!## ).*\n)*)", re.MULTILINE)
_PRINTED = re.compile(r"^```console\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
LEFT_OUT = ("dist/", ".")


def sections() -> dict[str, str]:
    return {found[1]: found[2] for found in _SECTION.finditer(FILE.read_text(encoding="utf-8"))}


def printed(section: str, folder: Path) -> str:
    """What `funnelgen check` says to the example site with the section's changes."""
    paths = {p.relative_to(EXAMPLE).as_posix(): p for p in sorted(EXAMPLE.rglob("*")) if p.is_file()}
    files = {name: path.read_bytes() for name, path in paths.items() if not name.startswith(LEFT_OUT)}
    texts = {name: data.decode() for name, data in files.items() if name.endswith((".md", ".yaml"))}
    result = checked(write(folder, {**files, **mend(texts, pieces_of(_PRINTED.sub("", section)))}))
    return f"{render(result.diagnostics, result.sources)}\n\n{count(result.diagnostics)}\n"


if os.environ.get("UPDATE_BREAKAGES"):
    from tempfile import TemporaryDirectory

    text = FILE.read_text(encoding="utf-8")
    for old in sections().values():
        with TemporaryDirectory() as folder:
            now = printed(old, Path(folder))
        text = text.replace(old, f"{_PRINTED.sub('', old).rstrip()}\n\n```console\n{now}```\n\n")
    FILE.write_text(text.rstrip() + "\n", encoding="utf-8")

SECTIONS = sections()


@pytest.mark.parametrize("title", SECTIONS)
def test_what_the_terminal_says_to(title: str, tmp_path: Path) -> None:
    expected = _PRINTED.search(SECTIONS[title])
    assert expected, "UPDATE_BREAKAGES=1 writes it"
    assert printed(SECTIONS[title], tmp_path) == expected[1]


def test_every_breakage_is_noticed() -> None:
    assert len(SECTIONS) >= 30
    assert [title for title, text in SECTIONS.items() if "no findings" in text] == []
