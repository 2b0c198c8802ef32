"""`pytest --funnel SITE` as a team uses it, as far as no browser is needed: what is listed, chosen and refused."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from funnelgen.pathtest.deployed.checks import CHECKS
from funnelgen.pathtest.host import hosting
from funnelgen.pathtest.suite import suite_of

from ..sites import ROOT, SMALL, built, site
from .hosts import page, serving

pytest_plugins = "pytester"

BOUGHT = "lead-magnet → sales → checkout, bump ticked → thank-you"


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """All that a run imports is imported before: a run within this one forgets what it imported itself."""
    suite_of(site(tmp_path_factory.mktemp("loaded") / "site"), cache=None)


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site in a project that has a suite of its own, where no browser can be found."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("FUNNELGEN_BROWSER", "/nowhere/browser")
    monkeypatch.delenv("CONTEXT", raising=False)
    pytester.makepyfile("def test_of_their_own(): pass")
    return site(pytester.path / "funnel", SMALL)


def run(pytester: pytest.Pytester, *given: object) -> pytest.RunResult:
    """Run pytest with the plugin."""
    return pytester.runpytest_inprocess("-p", "funnelgen.pathtest.plugin", *map(str, given))


def listed(result: pytest.RunResult) -> list[str]:
    """The tests that were listed."""
    return [line for line in result.outlines if "::" in line]


def test_pytest_finds_the_plugin_by_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    module = import_module(project["entry-points"]["pytest11"]["funnelgen"])
    assert module.pytest_addoption
    assert not [name for name in project["dependencies"] if name.startswith("pytest")]


def test_it_imports_nothing_until_a_site_is_named() -> None:
    code = "import pytest, sys, funnelgen.pathtest.plugin; print([m for m in sys.modules if m.startswith('funnelgen')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["['funnelgen',", "'funnelgen.pathtest',", "'funnelgen.pathtest.plugin']"]


def test_a_suite_without_a_funnel_is_as_it_was(pytester: pytest.Pytester, folder: Path) -> None:
    run(pytester).assert_outcomes(passed=1)


def test_every_path_and_page_is_a_test_with_its_words(pytester: pytest.Pytester, folder: Path) -> None:
    result = run(pytester, "--funnel", "funnel", "--collect-only", "-q")
    tests = listed(result)
    result.stdout.fnmatch_lines([f"{len(tests)} tests collected in *"])
    assert tests[0].endswith("::test_of_their_own")
    assert f"funnel::{BOUGHT} [phone]" in tests
    assert f"funnel::{BOUGHT} [desktop]" in tests
    assert f"funnel::{BOUGHT} [phone without JavaScript]" in tests
    assert "funnel::cancelling `checkout+template` [phone]" in tests
    assert "funnel::opening /terms/ [phone]" in tests
    assert len(tests) == len(set(tests))


@pytest.mark.parametrize(
    ("given", "among", "not_among"),
    [
        (["--funnel-device", "phone"], "[phone]", "[desktop]"),
        (["-k", "unticked and not JavaScript"], "unticked → thank-you [phone]", "JavaScript"),
        (["-m", "funnel"], "opening /terms/", "test_of_their_own"),
        (["-m", "not funnel"], "test_of_their_own", "opening /terms/"),
        (["--funnel-mode", "demo"], "cancelling `checkout` [phone]", "opening /none/"),
    ],
)
def test_tests_are_chosen(
    pytester: pytest.Pytester, folder: Path, given: list[str], among: str, not_among: str
) -> None:
    tests = listed(run(pytester, "--funnel", "funnel", "--collect-only", "-q", *given))
    assert any(among in test for test in tests)
    assert not any(not_among in test for test in tests)


def test_a_site_can_stand_in_the_settings(pytester: pytest.Pytester, folder: Path) -> None:
    pytester.makeini("[pytest]\naddopts = --funnel funnel\n")
    assert f"funnel::{BOUGHT} [phone]" in listed(run(pytester, "--collect-only", "-q"))


def test_without_a_browser_it_says_how_to_get_one_and_no_more(pytester: pytest.Pytester, folder: Path) -> None:
    result = run(pytester, "--funnel", "funnel", "-k", "opening and terms and phone")
    assert result.parseoutcomes()["failed"] == 1
    said = result.stdout.str()
    assert "`/nowhere/browser` (FUNNELGEN_BROWSER) is no browser that runs" in said
    assert "help: name the program itself with FUNNELGEN_BROWSER" in said
    assert "Traceback" not in said
    assert "suite.py" not in said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--funnel", "nowhere"], "nowhere"),
        (["--funnel-url", "https://studio.example"], "--funnel-url needs --funnel SITE"),
        (["--funnel", "funnel", "--funnel-url", "http://studio.example"], "is not encrypted"),
        (["--funnel", "funnel", "--funnel-url", "http://127.0.0.1:9"], "cannot be reached: connection refused"),
        (["--funnel", "funnel", "--funnel-mode", "live"], "error"),
    ],
)
def test_what_cannot_be_walked_is_told_before_anything_runs(
    pytester: pytest.Pytester, folder: Path, given: list[str], said: str
) -> None:
    result = run(pytester, *given)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert said in result.stderr.str()
    assert "Traceback" not in result.stderr.str() + result.stdout.str()


def test_a_mistake_in_the_site_is_told_with_its_place(pytester: pytest.Pytester, folder: Path) -> None:
    site(folder, {"stack.yaml": str(SMALL["stack.yaml"]).replace("bump: template", "bump: tempalte")})
    said = run(pytester, "--funnel", "funnel").stderr.str()
    assert "the funnel cannot be built, so nothing is walked" in said
    assert "stack.yaml:" in said
    assert "tempalte" in said


# --- a site that was deployed ----------------------------------------------------------------------------------------


def test_a_deployed_site_has_tests_of_its_host(pytester: pytest.Pytester, folder: Path) -> None:
    """They need no browser, and so pass and fail here."""
    output = built(folder)
    headers = output.files["_headers"].replace(b"X-Frame-Options: DENY", b"X-Frame-Options: SAMEORIGIN")
    with hosting({**output.files, "_headers": headers}) as host:
        result = run(pytester, "--funnel", "funnel", "--funnel-url", host.origin, "-m", "funnel", "-k", "host")
    outcomes = result.parseoutcomes()
    assert (outcomes["passed"], outcomes["failed"]) == (len(CHECKS) - 1, 1)
    result.stdout.fnmatch_lines(
        ["*the header `X-Frame-Options` is `SAMEORIGIN`, and should be `DENY`, here and at * other addresses*"]
    )
    assert "Traceback" not in result.stdout.str()


def test_a_site_of_somebody_else_is_told(pytester: pytest.Pytester, folder: Path) -> None:
    with serving(lambda method, address: page("<h1>My blog</h1>")) as server:
        origin = f"http://127.0.0.1:{server.server_port}"
        result = run(pytester, "--funnel", "funnel", "--funnel-url", origin)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert f"`{origin}/checkout/` is no page of funnelgen's" in result.stderr.str()
