"""What `funnelgen test` says, and how it ends. No browser runs here: the walks are given."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from funnelgen.cli.test import test as command
from funnelgen.pathtest import runner
from funnelgen.pathtest.browsers import BrowserNotFound
from funnelgen.pathtest.outcome import Fault, Job, Walked, findings

from ..sites import EXAMPLE, SMALL, site

PRICE = Fault(
    check="buttons",
    address="/downsell/",
    where="checkout, bump ticked → oto, declined → downsell",
    what="the button `downsell` says $79, the stack says $89",
)


def run(*arguments: object) -> Result:
    """Run the command on the example."""
    return CliRunner().invoke(command, [str(EXAMPLE), *map(str, arguments)], prog_name="funnelgen test")


def walking(broken: Callable[[Job], bool]) -> Callable[..., list[Walked]]:
    """Something that walks without a browser, and finds PRICE on some of the jobs."""

    def walk(files: object, manifest: object, jobs: Sequence[Job], **options: Any) -> list[Walked]:
        walked = [Walked(job=job, pages=("/downsell/",), faults=(PRICE,) if broken(job) else ()) for job in jobs]
        for number, one in enumerate(walked, 1):
            options["progress"](number, len(jobs), one)
        return walked

    return walk


@pytest.fixture
def fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found."""
    monkeypatch.setattr(runner, "walk", walking(lambda job: False))


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """One price is wrong, on all paths over the downsell."""
    monkeypatch.setattr(runner, "walk", walking(lambda job: job.kind == "path" and "→ downsell" in job.words))


@pytest.mark.usefixtures("fine")
def test_a_site_that_loses_nobody_ends_in_zero() -> None:
    done = run()
    assert done.exit_code == 0
    assert done.output.startswith("walking Harborlight Course Studio in demo mode\n  all 12 paths\n")
    assert "no buyer gets lost: 30 walks along paths" in done.output


@pytest.mark.usefixtures("wrong")
def test_a_fault_is_told_once_with_the_way_there_and_ends_in_one() -> None:
    done = run()
    assert done.exit_code == 1
    text = "checkout, bump ticked → oto, declined → downsell: the button `downsell` says $79, the stack says $89"
    assert done.output.count(text) == 1
    assert "[buttons; phone, phone without JavaScript, desktop; also 7 times" in done.output
    assert "page        buttons\n/downsell/  1\n" in done.output
    assert "1 fault: 30 walks" in done.output


@pytest.mark.usefixtures("wrong")
def test_quiet_prints_problems_only() -> None:
    done = run("--quiet", "--device", "phone")
    assert done.stdout == ""
    assert done.stderr.startswith(PRICE.where)
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.usefixtures("wrong")
def test_json_and_junit_for_machines(tmp_path: Path) -> None:
    done = run("--json", "-", "--junit", tmp_path / "ci" / "junit.xml")
    data = json.loads(done.stdout)
    assert data["faults"] == [
        {
            "check": "buttons",
            "page": "/downsell/",
            "path": PRICE.where,
            "message": PRICE.what,
            "settings": ["phone", "phone without JavaScript", "desktop"],
            "others": 7,
        }
    ]
    suite = ElementTree.parse(tmp_path / "ci" / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == (str(len(data["walks"])), "20")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == PRICE.what


@pytest.mark.usefixtures("fine")
def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = run("--json", tmp_path)
    assert done.exit_code == 1
    assert f"cannot write `{tmp_path}`: Is a directory" in done.output


def test_the_plan_can_be_read_without_a_browser() -> None:
    done = run("--plan")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "   1  lead-magnet → sales → checkout, bump unticked → oto, accepted → thank-you"
    assert "all 12 paths" in lines
    few = run("--plan", "--most", "5").output
    assert "of 12 paths: all 9 ways from page to page" in few


@pytest.mark.parametrize(("asked", "number"), [("3", 1), ("OTO, declined", 8), ("downsell, declined", 4)])
def test_paths_by_number_or_words(monkeypatch: pytest.MonkeyPatch, asked: str, number: int) -> None:
    jobs: list[Job] = []

    def walk(files: object, manifest: object, given: Sequence[Job], **options: Any) -> list[Walked]:
        jobs.extend(given)
        return []

    monkeypatch.setattr(runner, "walk", walk)
    assert run("--path", asked, "--device", "desktop").exit_code == 0
    assert len([job for job in jobs if job.setting.javascript]) == number
    assert {job.kind for job in jobs} == {"path"}
    assert {job.setting.name for job in jobs} == {"desktop", "desktop without JavaScript"}


@pytest.mark.parametrize("asked", ["0", "13", "nowhere"])
def test_a_path_that_is_not_there_is_wrong_usage(asked: str) -> None:
    done = run("--path", asked)
    assert done.exit_code == 2
    assert f"there is no path `{asked}` among 12; --plan lists them" in done.output


def test_a_browser_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(*given: object, **options: object) -> list[Walked]:
        raise BrowserNotFound("there is no browser", "this installs one: x")

    monkeypatch.setattr(runner, "walk", walk)
    done = run()
    assert done.exit_code == 1
    assert "Error: there is no browser\nhelp: this installs one: x\n" in done.output


def test_without_playwright_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.startswith(("playwright", "funnelgen.pathtest.runner"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    monkeypatch.delattr("funnelgen.pathtest.runner", raising=False)
    for name in ("walk", "standin", "noise", "accessibility"):
        monkeypatch.delitem(sys.modules, f"funnelgen.pathtest.{name}", raising=False)
    done = run()
    assert done.exit_code == 1
    assert "`test` needs a browser's driver" in done.output
    assert "pip install 'funnelgen[test]'" in done.output


def test_a_site_with_errors_is_not_walked(tmp_path: Path) -> None:
    text = str(SMALL["stack.yaml"]).replace("bump: template", "bump: tempalte")
    done = CliRunner().invoke(command, [str(site(tmp_path, {"stack.yaml": text}))])
    assert done.exit_code == 1
    assert "`tempalte`" in done.output
    assert "nothing was walked" in done.output


def test_a_folder_that_is_no_site_is_wrong_usage(tmp_path: Path) -> None:
    done = CliRunner().invoke(command, [str(tmp_path)])
    assert done.exit_code == 2


def test_different_faults_stay_apart() -> None:
    job = Job(kind="page", setting=runner.settings_of()[0], words="opening /")
    other = Fault(check="axe", address="/", where="opening /", what="too pale")
    found = findings([Walked(job=job, pages=("/",), faults=(PRICE, other, PRICE))])
    assert [(one.fault, one.others) for one in found] == [(PRICE, 0), (other, 0)]
