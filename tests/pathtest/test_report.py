"""What `funnelgen test` says, and how it ends. No browser runs here: the walks are given."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from funnelgen.cli.test import building
from funnelgen.cli.test import test as command
from funnelgen.cli.test.building import Target
from funnelgen.cli.test.progress import Progress
from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest import runner
from funnelgen.pathtest.browsers import BrowserNotFound
from funnelgen.pathtest.camera import Camera
from funnelgen.pathtest.deployed.jobs import NOBODY
from funnelgen.pathtest.outcome import Fault, Job, Proof, Walked, findings
from funnelgen.pathtest.plan import Plan, make_plan
from funnelgen.pathtest.recorder import Recorder
from funnelgen.pathtest.report.github import as_summary
from funnelgen.pathtest.report.table import COLUMNS, table_of
from funnelgen.pathtest.report.text import as_table
from funnelgen.pathtest.runner import jobs_of, settings_of
from funnelgen.pathtest.tracer import Tracer
from funnelgen.schemas import schema

from ..sites import EXAMPLE, SMALL, site

PRICE = Fault(
    check="buttons",
    address="/downsell/",
    where="checkout, bump ticked → oto, declined → downsell",
    what="the button `downsell` says $79, the stack says $89",
)
Run = Callable[..., Result]
Walks = Callable[..., list[Walked]]


@pytest.fixture(scope="module")
def example() -> Target:
    """The example, built once for all tests."""
    return building.built(EXAMPLE, "demo")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: Target) -> Run:
    """Runs the command on the example; what it keeps goes into the folder `kept`."""
    build = building.built
    monkeypatch.setattr(building, "built", lambda folder, mode: example if folder == EXAMPLE else build(folder, mode))

    def run(*arguments: object, folder: Path = EXAMPLE) -> Result:
        kept = () if folder != EXAMPLE or "--out" in arguments else ("--out", tmp_path / "kept")
        return CliRunner().invoke(command, [str(folder), *map(str, (*kept, *arguments))], prog_name="funnelgen test")

    return run


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of no CI."""
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)


def picture(colour: str) -> bytes:
    """A picture as a camera takes it."""
    data = io.BytesIO()
    Image.new("RGB", (390, 844), colour).save(data, "PNG")
    return data.getvalue()


def walking(broken: Callable[[Job], bool], fault: Fault = PRICE, *, again: bool = True) -> Walks:
    """Something that walks without a browser, and meets a fault on some of the jobs; `again` also when traced."""

    def walk(files: object, manifest: Manifest, jobs: Sequence[Job], **options: Any) -> list[Walked]:
        recorder: Recorder = options["recorder"]
        traced = isinstance(recorder, Tracer)
        walked = []
        for number, job in enumerate(jobs, 1):
            met = broken(job) and (again or not traced)
            walked.append(Walked(job=job, pages=seen(manifest, job), faults=(fault,) if met else ()))
            if isinstance(recorder, Tracer):
                recorder.files[job].write_bytes(b"PK trace")
            if isinstance(recorder, Camera) and met:
                recorder.faults[fault.key] = picture("#d6252c")
            options["progress"](number, len(jobs), walked[-1])
        if isinstance(recorder, Camera):
            recorder.pages |= {(page.address, ()): picture("#fbe6c4") for page in manifest.pages}
        return walked

    return walk


def seen(manifest: Manifest, job: Job) -> tuple[str, ...]:
    """The addresses that a job leads over."""
    if job.path is None:
        return (job.address or "/oto/",)
    addresses = {node.id: node.address for node in manifest.nodes}
    links = {button.id: button.link for button in manifest.buttons}
    over = ((addresses[move.node], links.get(move.button or "")) for move in job.path.moves)
    return tuple(address for both in over for address in both if address)


@pytest.fixture
def fine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found."""
    monkeypatch.setattr(runner, "walk", walking(lambda job: False))


def proof_of(target: Target, plan: Plan, jobs: Sequence[Job], walked: Sequence[Walked]) -> Proof:
    """What a run that did some of its jobs found."""
    return Proof(
        manifest=target.manifest, plan=plan, jobs=tuple(jobs), walked=tuple(walked), findings=tuple(findings(walked))
    )


def over_downsell(job: Job) -> bool:
    """Whether a job is a path over the downsell."""
    return job.kind == "path" and "→ downsell" in job.words


@pytest.fixture
def wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """One price is wrong, on all paths over the downsell."""
    monkeypatch.setattr(runner, "walk", walking(over_downsell))


# --- the terminal ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("fine")
def test_a_site_that_loses_nobody_ends_in_zero(run: Run) -> None:
    done = run()
    assert done.exit_code == 0
    assert done.output.startswith("walking Harborlight Course Studio in demo mode\n  all 12 paths\n")
    where = "on phone, phone without JavaScript and desktop"
    assert f"no buyer gets lost: all 12 paths, 36 pages, {where} (" in done.output
    assert "\n/downsell/     ✓       ✓        ✓        ✓     ✓       ✓        ✓\n" in done.output
    assert "and 30 pages beside the funnel without a fault" in done.output


@pytest.mark.usefixtures("fine")
def test_with_payment_links_it_says_who_knows_what_they_charge(run: Run, tmp_path: Path) -> None:
    links = "test:\n  checkout: https://buy.stripe.com/test_a\n  checkout+template: https://buy.stripe.com/test_b\n"
    folder = site(tmp_path / "small", {**SMALL, "links.yaml": links})
    assert f"funnelgen links verify {folder} --mode test" in run("--mode", "test", folder=folder).stdout
    assert "verify" not in run().stdout


def test_a_theme_of_the_sites_own_is_a_place_to_look(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    monkeypatch.setattr(runner, "walk", walking(lambda job: job.kind == "path"))
    folder = site(tmp_path / "small", {**SMALL, "theme/site.css": "a { color: red }"})
    assert f"may stand in the site's own {folder}/theme" in run(folder=folder).stderr
    assert "the site's own" not in run().stderr


@pytest.mark.usefixtures("wrong")
def test_each_path_is_told_when_all_visitors_have_walked_it(run: Run) -> None:
    lines = run().stderr.splitlines()
    assert lines[0] == "✓   1  lead-magnet → sales → checkout, bump unticked → oto, accepted → thank-you"
    assert lines[4].startswith(
        "✗   5  lead-magnet → sales → checkout, bump unticked → oto, declined → downsell, declined"
    )
    assert lines[4].endswith(" (1 fault)")
    assert lines[12:15] == ["✓      5 payments cancelled", "✓      5 times back after a payment", lines[14]]
    assert lines[14].endswith(" pages opened by themselves")


@pytest.mark.usefixtures("wrong")
def test_a_fault_is_told_once_with_the_way_there_and_ends_in_one(run: Run, tmp_path: Path) -> None:
    done = run()
    assert done.exit_code == 1
    text = "checkout, bump ticked → oto, declined → downsell: the button `downsell` says $79, the stack says $89"
    assert done.output.count(text) == 1
    told = done.stderr.partition(text)[2].splitlines()
    assert told[1:] == [
        "    at       /downsell/ on phone, phone without JavaScript and desktop; and on 7 other walks",
        f"    file     {EXAMPLE}/stack.yaml:126",
        f"    picture  {tmp_path}/kept/1-downsell.png",
        f"    trace    {tmp_path}/kept/1-downsell.zip",
        "    check    buttons",
    ]
    assert "\n/downsell/     ✓       ✓        1        ✓     ✓       ✓        ✓\n" in done.stdout
    assert "1 fault: all 12 paths, 36 pages" in done.stdout


@pytest.mark.usefixtures("wrong")
def test_quiet_prints_problems_only(run: Run) -> None:
    done = run("--quiet", "--device", "phone")
    assert done.stdout == ""
    assert done.stderr.startswith(f"✗ {PRICE.where}")
    assert len(done.stderr.splitlines()) == 6


def test_a_fault_that_does_not_come_again_says_so(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    monkeypatch.setattr(runner, "walk", walking(over_downsell, again=False))
    done = run()
    assert done.exit_code == 1
    assert "note     when walked once more, this did not come again: it may depend on time" in done.stderr


def test_ctrl_c_tells_what_was_found_until_then(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    whole = walking(over_downsell)

    def walk(files: object, manifest: Manifest, jobs: Sequence[Job], **options: Any) -> list[Walked]:
        assert not isinstance(options["recorder"], Tracer), "who leaves does not wait for traces"
        whole(files, manifest, jobs[:20], **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(runner, "walk", walk)
    done = run("--json", tmp_path / "found.json")
    assert done.exit_code == 130
    assert re.search(r"interrupted after 20 of \d+ walks: 1 fault until then", done.stdout)
    assert PRICE.what in done.stderr
    found = json.loads((tmp_path / "found.json").read_bytes())
    assert (found["finished"], len(found["walks"])) == (False, 20)
    assert found["planned"] > 20


def test_a_path_that_nobody_came_to_is_not_called_fine(example: Target) -> None:
    plan = make_plan(example.manifest)
    jobs = jobs_of(example.manifest, plan, settings_of())
    fault = Fault(check="page", address="/oto/", where="here", what="the title is `Tom & <Jerry>`, not *Tom* & Jerry")
    walked = [Walked(job=job, pages=seen(example.manifest, job), faults=(fault,)) for job in jobs[:3]]
    summary = as_summary(proof_of(example, plan, jobs, walked), "")
    assert re.findall(r"^\d+\. (\S+) ", summary, re.MULTILINE) == ["❌"] * 3 + ["–"] * 9
    assert "**the title is `Tom & <Jerry>`, not &#42;Tom&#42; &#38; Jerry**" in summary


def test_pages_that_a_lost_visitor_did_not_reach_are_named(example: Target) -> None:
    plan = make_plan(example.manifest)
    job = jobs_of(example.manifest, plan, settings_of())[0]
    fault = Fault(check="ways", address="/sales/", where="sales", what="the way to continue is not there")
    walked = [Walked(job=job, pages=("/lead-magnet/", "/sales/"), faults=(fault,))]
    lines = as_table(proof_of(example, plan, [job], walked), lambda text, colour: text).splitlines()
    missed = [line.split()[0] for line in lines if set(line.split()[1:]) == {"·"}]
    assert missed == ["/checkout/", "/oto/", "/thank-you/"]
    assert lines[-1] == "· nobody got there"


def test_a_look_at_the_host_is_no_look_by_a_browser(example: Target) -> None:
    plan = make_plan(example.manifest)
    job = Job(kind="host", setting=NOBODY, words="pages as they were built")
    fault = Fault(check="headers", address="/sales/", where="the host", what="the header `X` is missing")
    walked = [Walked(job=job, pages=("/sales/", "/oto/"), faults=(fault,))]
    table = table_of(proof_of(example, plan, [job], walked))
    assert table.columns[-1] == "headers"
    none = (None,) * len(COLUMNS)
    assert {row.address: row.cells for row in table.rows} == {"/sales/": (*none, 1), "/oto/": (*none, 0)}


# --- for machines ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("wrong")
def test_json_and_junit_for_machines(run: Run, tmp_path: Path) -> None:
    done = run("--json", "-", "--junit", tmp_path / "ci" / "junit.xml")
    data = json.loads(done.stdout)
    jsonschema.Draft202012Validator(schema("proof")).validate(data)
    assert data["faults"] == [
        {
            "check": "buttons",
            "page": "/downsell/",
            "path": PRICE.where,
            "message": PRICE.what,
            "settings": ["phone", "phone without JavaScript", "desktop"],
            "others": 7,
            "file": "stack.yaml",
            "line": 126,
            "picture": f"{tmp_path}/kept/1-downsell.png",
            "trace": f"{tmp_path}/kept/1-downsell.zip",
            "again": True,
        }
    ]
    suite = ElementTree.parse(tmp_path / "ci" / "junit.xml").getroot()
    assert (suite.get("tests"), suite.get("failures")) == (str(len(data["walks"])), "12")
    failure = suite.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == PRICE.what


@pytest.mark.usefixtures("wrong")
def test_on_github_a_fault_stands_beside_its_line_and_in_the_summary(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("what was there\n")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(EXAMPLE.parent.parent))
    command = next(line for line in run().stdout.splitlines() if line.startswith("::"))
    assert command.startswith("::error file=sites/launch-your-course/stack.yaml,line=126,")
    assert "title=funnelgen test%3A buttons::checkout, bump ticked → oto, declined → downsell: the button" in command
    text = summary.read_text()
    assert text.startswith("what was there\n### ❌ Harborlight Course Studio: 1 fault: all 12 paths")
    assert f"| **{PRICE.what}** | {PRICE.where} |" in text
    assert "| `/downsell/` | ✓ | ✓ | **1** | ✓ | ✓ | ✓ | ✓ |" in text
    assert "\n5. ❌ lead-magnet" in text
    assert json.loads(run("--json", "-").stdout)["version"] == 1


@pytest.mark.usefixtures("fine")
def test_a_file_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    assert run("--json", tmp_path).exit_code == 2
    (tmp_path / "file").write_text("")
    done = run("--json", tmp_path / "file" / "found.json")
    assert done.exit_code == 1
    assert "no buyer gets lost" not in done.output
    assert f"cannot write `{tmp_path}/file/found.json`: " in done.output


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_pictures_and_traces_are_those_of_the_last_run(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path
) -> None:
    folder = site(tmp_path / "small")
    kept = folder / ".funnelgen" / "test"
    fault = Fault(check="layout", address="/sales/", where="lead-magnet → sales", what="wide")
    monkeypatch.setattr(runner, "walk", walking(lambda job: job.kind == "path", fault))
    assert "copy/sales.md:1" in run(folder=folder).stderr
    assert [path.name for path in sorted(kept.iterdir()) if not path.name.startswith(".")] == [
        "1-sales.png",
        "1-sales.zip",
    ]
    assert (folder / ".funnelgen" / ".gitignore").read_text() == "*\n"
    monkeypatch.setattr(runner, "walk", walking(lambda job: False))
    assert run(folder=folder).exit_code == 0
    assert not kept.exists()


def test_a_folder_with_other_files_is_not_replaced(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    def walk(*given: object, **options: object) -> list[Walked]:
        pytest.fail("nobody should wait for a test whose pictures cannot be kept")

    monkeypatch.setattr(runner, "walk", walk)
    (tmp_path / "own.txt").write_text("mine")
    done = run("--out", tmp_path)
    assert done.exit_code == 1
    assert f"`{tmp_path}` has files that no build made" in done.output
    assert (tmp_path / "own.txt").read_text() == "mine"


@pytest.mark.usefixtures("wrong")
def test_the_report_is_one_page_without_script_or_address(run: Run, tmp_path: Path) -> None:
    done = run("--report", tmp_path / "report.html")
    assert f"the report with all pictures:  {tmp_path}/report.html" in done.stdout
    first = (tmp_path / "report.html").read_bytes()
    html = first.decode()
    assert "<h1>1 fault</h1>" in html
    assert "the button <code>downsell</code> says $79, the stack says $89" in html
    assert html.count('<li class="path ') == 12
    assert "$524 in all" in html, "course, template and calls, as nowhere else in the stack"
    assert "<script" not in html
    assert "http://" not in html
    assert "https://" not in html
    assert html.count("data:image/webp;base64,") == 2, "all pages look alike here, and so does the one fault"
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in html
    run("--report", tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == first


# --- how it is asked -------------------------------------------------------------------------------------------------


def test_who_watches_sees_one_browser_that_takes_its_time(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    asked: dict[str, Any] = {}

    def walk(*given: object, **options: Any) -> list[Walked]:
        asked.update(options)
        return []

    monkeypatch.setattr(runner, "walk", walk)
    monkeypatch.setenv("DISPLAY", ":0")
    run("--slow", "500")
    assert (asked["headed"], asked["workers"]) == (True, 1)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    done = run("--headed")
    assert done.exit_code == 2
    assert "there is no screen here to show a browser on" in done.output


def test_the_plan_can_be_read_without_a_browser(run: Run) -> None:
    done = run("--plan")
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[0] == "   1  lead-magnet → sales → checkout, bump unticked → oto, accepted → thank-you"
    assert "all 12 paths" in lines
    few = run("--plan", "--most", "5").output
    assert run("--plan", "--path", "downsell, accepted").output.startswith("   3  lead-magnet")
    assert "of 12 paths: all 9 ways from page to page" in few


@pytest.mark.parametrize(("asked", "number"), [("3", 1), ("OTO, declined", 8), ("downsell, declined", 4)])
def test_paths_by_number_or_words(monkeypatch: pytest.MonkeyPatch, run: Run, asked: str, number: int) -> None:
    jobs: list[Job] = []

    def walk(files: object, manifest: object, given: Sequence[Job], **options: Any) -> list[Walked]:
        jobs.extend(given)
        return []

    monkeypatch.setattr(runner, "walk", walk)
    run("--path", asked, "--device", "desktop")
    assert len([job for job in jobs if job.setting.javascript]) == number
    assert {job.kind for job in jobs} == {"path"}
    assert {job.setting.name for job in jobs} == {"desktop", "desktop without JavaScript"}


@pytest.mark.parametrize("asked", ["0", "13", "nowhere"])
def test_a_path_that_is_not_there_is_wrong_usage(run: Run, asked: str) -> None:
    done = run("--path", asked)
    assert done.exit_code == 2
    assert f"there is no path `{asked}` among 12; --plan lists them" in done.output


def test_a_browser_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def walk(*given: object, **options: object) -> list[Walked]:
        raise BrowserNotFound("there is no browser", "this installs one: x")

    monkeypatch.setattr(runner, "walk", walk)
    done = run()
    assert done.exit_code == 1
    assert "Error: there is no browser\nhelp: this installs one: x\n" in done.output


def test_without_playwright_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    for name in [n for n in sys.modules if n.startswith(("playwright", "funnelgen.pathtest.runner"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "playwright.sync_api", None)
    monkeypatch.delattr("funnelgen.pathtest.runner", raising=False)
    for name in ("walk", "standin", "noise", "accessibility", "recorder"):
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


@pytest.mark.parametrize("ci", ["", "true"])
def test_a_terminal_shows_what_is_walked_now_unless_nobody_watches(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    jobs = [Job(kind="page", setting=setting, words="opening /", address="/") for setting in runner.settings_of()[:2]]
    progress = Progress(jobs, {}, quiet=False)
    for number, job in enumerate(jobs, 1):
        progress.done(number, 2, Walked(job=job, pages=("/",), faults=()))
    told = capsys.readouterr().err
    assert ("\r\x1b[K1/2 phone: opening /" in told) == (not ci)
    assert told.count("1 page opened by itself") == 1


def test_what_a_page_says_cannot_repaint_the_terminal(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    odd = Fault(check="page", address="/oto/", where="opening /oto/", what="the title is `\x1b[2J\n`" + "x" * 500)
    monkeypatch.setattr(runner, "walk", walking(lambda job: job.words == "opening /oto/", odd))
    told = run().stderr
    assert "\x1b" not in told
    assert "opening /oto/: the title is `\ufffd[2J `xxx" in told
    assert "x…\n" in told


@pytest.mark.usefixtures("wrong")
def test_who_stops_waiting_for_traces_still_reads_what_is_wrong(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    whole = runner.walk

    def walk(*given: Any, **options: Any) -> list[Walked]:
        if isinstance(options["recorder"], Tracer):
            raise KeyboardInterrupt
        return whole(*given, **options)

    monkeypatch.setattr(runner, "walk", walk)
    done = run()
    assert done.exit_code == 1
    assert PRICE.what in done.stderr
    assert "    trace " not in done.stderr


@pytest.mark.usefixtures("fine")
def test_a_page_of_ones_own_is_not_lost_to_the_report(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "index.html"
    own.write_text("<h1>mine</h1>")
    done = run("--report", own)
    assert done.exit_code == 1
    assert "was not made by funnelgen" in done.output
    assert "walking" not in done.output, "it is said before anybody has waited"
    assert own.read_text() == "<h1>mine</h1>"
