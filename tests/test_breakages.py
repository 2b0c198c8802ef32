"""A site broken in ordinary ways before it is built, and the words of the terminal to each; the table of all breakages.

After a change of words, `UPDATE_BREAKAGES=1 pytest tests/test_breakages.py` writes what is printed into
breakages/written.md, and docs/breakages.md. Read it aloud before it is kept. Breakages of built sites are tried by
browser/test_breakages.py.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import pytest

from funnelgen.diagnostics.text import count, render
from funnelgen.explain import mend, pieces_of
from funnelgen.pathtest.lean import met_on_paths, scripted
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.report.table import COLUMNS
from funnelgen.pathtest.runner import jobs_of, settings_of
from funnelgen.pipeline import Output

from .breakages.frame import Breakage
from .breakages.sites import build_sites
from .breakages.suite import ALL
from .breakages.table import page
from .sites import EXAMPLE, ROOT, checked, write

FILE = Path(__file__).parent / "breakages" / "written.md"
DOCS = ROOT / "docs" / "breakages.md"
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
    DOCS.write_text(page(sections()), encoding="utf-8")

SECTIONS = sections()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Output]:
    return build_sites(tmp_path_factory.mktemp("breakages"))


@pytest.mark.parametrize("title", SECTIONS)
def test_what_the_terminal_says_to(title: str, tmp_path: Path) -> None:
    expected = _PRINTED.search(SECTIONS[title])
    assert expected, "UPDATE_BREAKAGES=1 writes it"
    assert printed(SECTIONS[title], tmp_path) == expected[1]


def test_every_breakage_of_what_is_written_is_noticed() -> None:
    assert len(SECTIONS) >= 30
    assert [title for title, text in SECTIONS.items() if "no findings" in text] == []


@pytest.mark.parametrize("breakage", ALL, ids=lambda b: b.what)
def test_a_breakage_alters_what_was_built(breakage: Breakage, sites: Mapping[str, Output]) -> None:
    """One that alters nothing would not be noticed for a reason that says nothing about the proof."""
    files = sites[breakage.site].files
    assert breakage.change(files) != files


@pytest.mark.parametrize("breakage", ALL, ids=lambda b: b.what)
def test_the_proof_pays_that_visit(breakage: Breakage, sites: Mapping[str, Output]) -> None:
    """It leaves out what another visit sees just the same: with JavaScript, or on a path."""
    site, device = sites[breakage.site], breakage.setting.device
    scripts = scripted(site.manifest, breakage.change(site.files))
    jobs = jobs_of(site.manifest, make_plan(site.manifest), settings_of(), scripted=scripts)
    kind, _, words = breakage.visit.partition(" ")
    paid = [job for job in jobs if job.setting.device == device and job.kind == kind and words in job.words]
    met = words.removeprefix("opening ") in met_on_paths(site.manifest)
    assert any(job.setting.javascript or job.setting == breakage.setting for job in paid) or met


def test_there_are_many_breakages_and_each_has_a_name_of_its_own() -> None:
    assert len(ALL) >= 40
    names = [breakage.what for breakage in ALL]
    assert [name for name in names if names.count(name) > 1] == []


def test_every_check_has_a_breakage_that_it_notices() -> None:
    assert {breakage.check for breakage in ALL} == set(chain.from_iterable(COLUMNS.values()))


def test_the_table_of_the_documentation_is_current() -> None:
    """UPDATE_BREAKAGES=1 writes it again."""
    assert DOCS.read_text(encoding="utf-8") == page(SECTIONS)
