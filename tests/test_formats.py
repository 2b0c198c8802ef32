"""What `funnelgen check` prints for machines: GitHub's annotations and SARIF."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.cli.formats import FORMATS, written
from funnelgen.diagnostics import Diagnostic, Edit, Note, Severity, Span, github
from funnelgen.diagnostics.sarif import LEVELS, About, log
from funnelgen.explain import documented

from .casefiles import cases
from .sites import ROOT, SMALL, checked, site, write

SCHEMA = ROOT / "tests" / "schemas" / "sarif-2.1.0-rtm.5.json"
BROKEN = {"stack.yaml": str(SMALL["stack.yaml"]).replace("bump: template", "bump: tempalte")}
HERE = Span("stack.yaml", 23, 11, 23, 19)


def diagnostic(**changes: Any) -> Diagnostic:
    """A finding as the rules give it, with what a test is about changed."""
    usual: dict[str, Any] = {
        "code": "FG101",
        "name": "unknown-offer",
        "severity": Severity.ERROR,
        "message": "no offer is called `tempalte`",
        "span": HERE,
        "help": "did you mean `template`?",
    }
    return Diagnostic(**usual | changes)


# --- GitHub's annotations --------------------------------------------------------------------------------------------


def test_an_annotation_lands_on_its_file_line_and_columns() -> None:
    assert github.lines([diagnostic()], "sites/small") == (
        "::error file=sites/small/stack.yaml,line=23,col=11,endLine=23,endColumn=19,title=FG101 unknown-offer"
        "::no offer is called `tempalte`%0Ahelp: did you mean `template`?\n"
    )


@pytest.mark.parametrize("folder", ["", "."])
def test_a_site_may_be_the_repository_itself(folder: str) -> None:
    assert "file=stack.yaml," in github.lines([diagnostic()], folder)


@pytest.mark.parametrize(("severity", "kind"), [("error", "error"), ("warning", "warning"), ("advice", "notice")])
def test_every_severity_has_its_kind(severity: str, kind: str) -> None:
    assert github.lines([diagnostic(severity=Severity(severity))], "").startswith(f"::{kind} ")


@pytest.mark.parametrize(
    ("span", "place"),
    [
        (None, "title=FG101 unknown-offer"),
        (Span("copy/oto.md"), "file=copy/oto.md,line=1,title=FG101 unknown-offer"),
        (Span("a.md", 3, 5, 7, 2), "file=a.md,line=3,endLine=7,title=FG101 unknown-offer"),
        (
            Span("a,b:c%.md", 3, 5, 3, 5),
            "file=a%2Cb%3Ac%25.md,line=3,col=5,endLine=3,endColumn=5,title=FG101 unknown-offer",
        ),
    ],
)
def test_where_an_annotation_stands(span: Span | None, place: str) -> None:
    assert github.lines([diagnostic(span=span)], "").partition("::no offer")[0] == f"::error {place}"


def test_a_second_place_is_named_in_the_message() -> None:
    notes = (Note(Span("stack.yaml", 4, 1, 4, 3), "the first one"),)
    assert "%0Asites/x/stack.yaml:4: the first one%0Ahelp: " in github.lines([diagnostic(notes=notes)], "sites/x")


@given(st.text(), st.text(), st.text())
def test_no_text_ends_a_command_or_begins_another(message: str, file: str, help: str) -> None:
    printed = github.lines([diagnostic(message=message, span=Span(file, 1, 1, 1, 2), help=help)], "")
    assert printed.endswith("\n")
    assert not {"\r", "\n"} & set(printed[:-1])
    kind, _, rest = printed[:-1].removeprefix("::").partition(" ")
    properties, _, data = rest.partition("::")
    assert kind == "error"
    assert {p.partition("=")[0] for p in properties.split(",")} == {
        "file",
        "line",
        "col",
        "endLine",
        "endColumn",
        "title",
    }
    text = data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert text == f"{message}\nhelp: {help}" if help else text == message


# --- SARIF -----------------------------------------------------------------------------------------------------------


@cache
def validator() -> jsonschema.Draft4Validator:
    """SARIF's own schema, as published."""
    return jsonschema.Draft4Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def valid(text: str) -> Any:
    """The one run of a log that its schema has nothing against."""
    document = json.loads(text)
    assert [f"{error.json_path}: {error.message}" for error in validator().iter_errors(document)] == []
    assert document["version"] == "2.1.0"
    (run,) = document["runs"]
    for region in regions(run):
        assert region["startLine"] >= 1
        end = (region.get("endLine", region["startLine"]), region.get("endColumn", region["startColumn"]))
        assert end >= (region["startLine"], region["startColumn"])
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert len(result["locations"]) == 1
    return run


def regions(part: Any) -> Iterator[Any]:
    """Every region in a part of a log."""
    if isinstance(part, dict):
        yield from (v for k, v in part.items() if k in ("region", "deletedRegion"))
        part = list(part.values())
    if isinstance(part, list):
        for item in part:
            yield from regions(item)


def run_of(*diagnostics: Diagnostic, sources: dict[str, str] | None = None, folder: str = "sites/small") -> Any:
    """The run that says these."""
    about = About(title="What is wrong.", why="Why.", text="All of it", markdown="## All of it", family="structure")
    return valid(log(diagnostics, sources or {}, {"FG101": about}, folder=folder, version="1.2.3"))


def test_a_log_without_findings_is_valid() -> None:
    run = run_of()
    assert run["results"] == []
    assert run["tool"]["driver"] == {"name": "funnelgen", "semanticVersion": "1.2.3", "rules": []}


def test_a_result_says_what_where_and_by_which_rule() -> None:
    run = run_of(diagnostic())
    (result,) = run["results"]
    assert result["message"]["text"] == "no offer is called `tempalte`\nhelp: did you mean `template`?"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "sites/small/stack.yaml", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 23, "startColumn": 11, "endLine": 23, "endColumn": 19},
    }
    assert run["tool"]["driver"]["rules"] == [
        {
            "id": "FG101",
            "name": "unknown-offer",
            "defaultConfiguration": {"level": "error"},
            "properties": {"problem.severity": "error", "tags": ["structure"]},
            "shortDescription": {"text": "What is wrong."},
            "fullDescription": {"text": "What is wrong. Why."},
            "help": {"text": "All of it", "markdown": "## All of it"},
        }
    ]


def test_a_rule_stands_once_and_results_keep_their_order() -> None:
    other = diagnostic(code="FG001", name="yaml-syntax", span=Span("stack.yaml", 1, 1, 1, 2))
    run = run_of(diagnostic(), other, diagnostic(message="another"))
    assert [r["ruleId"] for r in run["results"]] == ["FG101", "FG001", "FG101"]
    assert [r["id"] for r in run["tool"]["driver"]["rules"]] == ["FG001", "FG101"]


def test_a_second_place_is_a_related_location() -> None:
    (result,) = run_of(diagnostic(notes=(Note(Span("links.yaml", 4, 1, 4, 3), "the first one"),)))["results"]
    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "the first one"
    assert related["physicalLocation"]["artifactLocation"]["uri"] == "sites/small/links.yaml"


def test_a_fix_is_a_replacement_of_exactly_the_words() -> None:
    line = "    bump: [tempalte]\n"
    edit = Edit(Span("stack.yaml", 1, 5, 1, 21), "tempalte", "template")
    (result,) = run_of(diagnostic(fix=(edit,)), sources={"stack.yaml": line})["results"]
    ((change,),) = (fix["artifactChanges"] for fix in result["fixes"])
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 12, "endLine": 1, "endColumn": 20},
            "insertedContent": {"text": "template"},
        }
    ]
    assert line[12 - 1 : 20 - 1] == edit.old


@pytest.mark.parametrize("line", ["", "bump: other\n", "bump: [tempalte, tempalte]\n"])
def test_a_fix_that_does_not_fit_is_left_out(line: str) -> None:
    edit = Edit(Span("stack.yaml", 1, 1, 1, 40), "tempalte", "template")
    (result,) = run_of(diagnostic(fix=(edit,)), sources={"stack.yaml": line})["results"]
    assert "fixes" not in result


@pytest.mark.parametrize(
    ("file", "folder", "uri"),
    [
        ("stack.yaml", ".", "stack.yaml"),
        ("copy/größe 1.md", "my site", "my%20site/copy/gr%C3%B6%C3%9Fe%201.md"),
        ("a.md", "/elsewhere/site", "file:///elsewhere/site/a.md"),
        ("a.md", "C:/elsewhere", "file:///C:/elsewhere/a.md"),
    ],
)
def test_addresses_are_relative_to_the_repository_where_they_can_be(file: str, folder: str, uri: str) -> None:
    (result,) = run_of(diagnostic(span=Span(file, 1, 1, 1, 1)), folder=folder)["results"]
    address = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert address["uri"] == uri
    assert ("uriBaseId" in address) == (not uri.startswith("file:"))


def test_a_finding_without_a_place_is_shown_at_the_sites_file() -> None:
    (result,) = run_of(diagnostic(span=None))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "sites/small/site.yaml"


# --- both, as the command writes them --------------------------------------------------------------------------------


def as_written(format_: str, folder: Path) -> str:
    """What `funnelgen check --format` prints for the site in `folder`."""
    result = checked(folder)
    return written(format_, result.diagnostics, result.sources, folder)


def test_files_are_named_from_where_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    folder = site(tmp_path / "sites" / "small", BROKEN)
    for cwd, file in ((tmp_path, "sites/small/stack.yaml"), (folder, "stack.yaml"), (ROOT, f"{folder}/stack.yaml")):
        monkeypatch.chdir(cwd)
        assert f"file={file},line=23," in as_written("github", folder)


def test_on_github_files_are_named_from_the_repositorys_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(tmp_path / "sites" / "small", BROKEN)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    monkeypatch.chdir(folder)
    assert "file=sites/small/stack.yaml,line=23," in as_written("github", Path())
    uri = valid(as_written("sarif", Path()))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"][
        "uri"
    ]
    assert uri == "sites/small/stack.yaml"


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_findings_give_the_same_text(format_: str, tmp_path: Path) -> None:
    folder = site(tmp_path, BROKEN)
    assert as_written(format_, folder) == as_written(format_, folder) != ""


def test_whatever_can_be_found_wrong_is_a_valid_log(tmp_path: Path) -> None:
    seen: set[str] = set()
    for number, case in enumerate(cases()):
        result = checked(write(tmp_path / str(number), case.files), case.mode)
        codes = {d.code for d in result.diagnostics}
        if codes <= seen:
            continue
        seen |= codes
        run = valid(written("sarif", result.diagnostics, result.sources, tmp_path / str(number)))
        assert [r["ruleId"] for r in run["results"]] == [d.code for d in result.diagnostics]
        assert [r["level"] for r in run["results"]] == [LEVELS[d.severity] for d in result.diagnostics]
        for rule in run["tool"]["driver"]["rules"]:
            assert len(rule["fullDescription"]["text"]) <= 1024
    assert len(seen) > len(documented()) / 2
