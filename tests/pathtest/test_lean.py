"""What is not walked because another walk sees just the same, and who walks what."""

from __future__ import annotations

import pytest
from hypothesis import given
from msgspec import structs

from funnelgen.funnel import Funnel
from funnelgen.funnel.paths import Move, Path, all_paths
from funnelgen.pathtest.facts import DESKTOP, PHONE, Device
from funnelgen.pathtest.handout import Handout
from funnelgen.pathtest.lean import covering, met_on_paths, scripted
from funnelgen.pathtest.outcome import Fault, Job, Setting
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.runner import jobs_of, settings_of
from funnelgen.pathtest.sight import Glance
from funnelgen.pathtest.trail import Point, Trail
from funnelgen.pipeline import Output

from ..sites import EXAMPLE, built
from ..test_funnel import stacks


@pytest.fixture(scope="module")
def example() -> Output:
    return built(EXAMPLE)


def lean_jobs(output: Output) -> list[Job]:
    """The jobs of a test of both devices."""
    scripts = scripted(output.manifest, output.files)
    return jobs_of(output.manifest, make_plan(output.manifest), settings_of(), scripted=scripts)


# --- which jobs ------------------------------------------------------------------------------------------------------


def walked_on(output: Output, device: Device) -> list[Path]:
    """The paths that somebody with JavaScript walks on a device."""
    jobs = (job for job in lean_jobs(output) if job.kind == "path" and job.setting == Setting(device=device))
    return [job.path for job in jobs if job.path]


def test_with_javascript_every_path_is_walked_and_every_way_on_every_device(example: Output) -> None:
    everything = list(make_plan(example.manifest).paths)
    assert walked_on(example, PHONE) == everything
    few = walked_on(example, DESKTOP)
    assert {move for path in few for move in path.moves} == {move for path in everything for move in path.moves}


def test_where_a_page_has_a_script_every_path_is_walked_on_every_device(example: Output) -> None:
    page = example.files["oto/index.html"].replace(b"<main", b"<script src=/a.js></script><main", 1)
    output = structs.replace(example, files={**example.files, "oto/index.html": page})
    assert walked_on(output, DESKTOP) == walked_on(output, PHONE) == list(make_plan(example.manifest).paths)


def test_without_javascript_every_way_is_taken(example: Output) -> None:
    everything = make_plan(example.manifest).paths
    plain = [j.path for j in lean_jobs(example) if j.kind == "path" and not j.setting.javascript and j.path]
    assert len(plain) < len(everything)
    assert {move for path in plain for move in path.moves} == {move for path in everything for move in path.moves}


def test_every_page_is_opened_or_met_on_a_path_on_every_device(example: Output) -> None:
    everything = {page.address for page in example.manifest.pages if page.kind != "404"}
    for device in (PHONE, DESKTOP):
        opened = {job.address for job in lean_jobs(example) if job.kind == "page" and job.setting.device == device}
        assert opened | set(met_on_paths(example.manifest)) == everything


def test_pages_behind_a_payment_are_opened_without_one(example: Output) -> None:
    assert not {"/oto/", "/downsell/", "/thank-you/"} & set(met_on_paths(example.manifest))
    assert {"/lead-magnet/", "/checkout/", "/demo/oto/"} <= set(met_on_paths(example.manifest))


@pytest.mark.parametrize(
    "words",
    [
        '<script>document.title = "x"</script>',
        "<noscript>Turn it on.</noscript>",
        '<p onclick="x()">',
        "<style>@media (scripting: none) {}</style>",
    ],
)
def test_a_page_with_a_script_is_opened_without_javascript_too(example: Output, words: str) -> None:
    assert not scripted(example.manifest, example.files)  # structured data is no script
    files = {**example.files, "terms/index.html": example.files["terms/index.html"] + words.encode()}
    assert scripted(example.manifest, files) == {"/terms/"}
    jobs = lean_jobs(structs.replace(example, files=files))
    assert {job.setting.javascript for job in jobs if job.address == "/terms/"} == {True, False}


def test_who_does_not_know_the_files_does_everything(example: Output) -> None:
    jobs = jobs_of(example.manifest, make_plan(example.manifest), settings_of())
    assert set(lean_jobs(example)) < set(jobs)
    assert len([job for job in jobs if job.kind == "path"]) == 4 * 12


@given(stacks())
def test_a_few_paths_take_every_way_of_all(funnel: Funnel) -> None:
    everything = [path for entry in funnel.entries for path in all_paths(funnel, entry)]
    few = covering(everything)
    assert list(few) == [path for path in everything if path in few]
    assert {move for path in few for move in path.moves} == {move for path in everything for move in path.moves}
    assert {p.moves[-1] for p in few} == {p.moves[-1] for p in everything}


# --- who does them ---------------------------------------------------------------------------------------------------


def test_a_worker_stays_with_a_setting_and_then_helps_at_the_end_of_another(example: Output) -> None:
    jobs = [
        Job(kind="page", setting=setting, words=str(number), address="/")
        for setting, many in ((Setting(device=PHONE), 3), (Setting(device=DESKTOP), 9))
        for number in range(many)
    ]
    handout = Handout(jobs)
    first, second = handout.take(None), handout.take(None)
    assert (first, second) == (3, 0)  # the larger setting first
    phone, desktop = jobs[0].setting, jobs[3].setting
    assert [handout.take(phone), handout.take(phone)] == [1, 2]
    assert handout.take(phone) == 11  # the last of the other's
    assert [handout.take(desktop) for _ in range(7)] == [4, 5, 6, 7, 8, 9, 10]
    assert handout.take(phone) is handout.take(desktop) is None


def test_the_last_few_jobs_are_left_to_who_is_at_them() -> None:
    handout = Handout([Job(kind="page", setting=Setting(device=PHONE), words="", address="/")] * 3)
    assert handout.take(None) == 0
    assert handout.take(None) is None


# --- where paths part ------------------------------------------------------------------------------------------------


def point(name: str, *, seen: int, faults: int = 0) -> Point:
    """A page on the way."""
    glance = Glance(mark=name, ticked=0, url=f"/{name}/", referrer="", cookies=False, kept={}, sight=None)
    return Point(glance=glance, seen=seen, faults=faults)


def path(*nodes: str) -> Path:
    """A path over these pages."""
    return Path(moves=tuple(Move(node=node, edge="continue") for node in nodes))


def test_a_path_goes_on_where_it_parts_from_the_last_one() -> None:
    fault = Fault(check="price", address="/b/", where="", what="wrong")
    points = [point("a", seen=1), point("b", seen=2, faults=1), point("c", seen=3, faults=2)]
    trail = Trail(path=path("a", "b", "c"), points=points, faults=[fault, fault], seen=["/a/", "/b/", "/c/"])
    other = path("a", "x")
    assert trail.parting(other) == 1
    assert trail.parting(path("x")) is None
    begun = trail.until(1, other)
    assert (begun.seen, begun.faults, len(begun.points)) == (["/a/", "/b/"], [fault], 2)


def test_a_way_that_led_nowhere_is_not_gone_again() -> None:
    trail = Trail(path=path("a", "b", "c"), points=[point("a", seen=1), point("b", seen=2)], lost=True)
    assert trail.ends_alike(path("a", "b", "d"))
    assert not trail.ends_alike(path("a", "x"))
    assert not Trail(path=path("a"), lost=True).ends_alike(path("a"))
