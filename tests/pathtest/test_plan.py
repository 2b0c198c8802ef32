"""What is walked: everything where that is little, otherwise every way and every two that follow one another."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path as File

import pytest
from hypothesis import given
from msgspec import structs

from funnelgen.funnel import Funnel
from funnelgen.funnel.manifest import Manifest, ManifestEdge, make_manifest
from funnelgen.funnel.paths import all_paths
from funnelgen.pathtest.plan import Plan, PlanError, coverage, in_words, make_plan, turns_of

from ..sites import EXAMPLE, built, funnel_of, site, site_of, stack
from ..test_funnel import stacks

MANY = (
    "  - checkout: course\n    bump: template\n"
    + "".join("  - oto: course\n    downsell: template\n" for _ in range(5))
    + "  - thank-you:\n    cross-sell: template\n"
)


def manifest_of(funnel: Funnel) -> Manifest:
    """What is true of a funnel that was never built."""
    return make_manifest(site_of(), funnel, mode="demo", links={}, pages=())


@pytest.fixture(scope="module")
def example() -> Manifest:
    return built(EXAMPLE).manifest


@pytest.fixture
def many(tmp_path: File) -> Manifest:
    """A funnel of 972 paths."""
    return manifest_of(funnel_of(site(tmp_path, {"stack.yaml": stack(MANY)})))


def buttons_and_ways(manifest: Manifest) -> set[tuple[str, str, str | None]]:
    """Every way of a manifest: from which page, over which edge, with which button."""
    return {(e.source, e.name, b) for e in manifest.edges if e.target for b in e.buttons or (None,)}


def taken(plan: Plan) -> set[tuple[str, str, str | None]]:
    """Every way that a plan takes."""
    return {(m.node, m.edge, m.button) for path in plan.paths for m in path.moves if m.edge}


def test_a_funnel_of_few_paths_is_walked_whole(example: Manifest) -> None:
    plan = make_plan(example)
    assert plan.whole
    assert len(plan.paths) == plan.possible == sum(example.path_counts.values()) == 12
    assert len(set(plan.paths)) == 12


def test_cancel_back_and_direct_visits_are_planned(example: Manifest) -> None:
    plan = make_plan(example)
    everything = {b.id for b in example.buttons}
    assert set(plan.cancelled) == set(plan.returned) == everything
    assert plan.direct == ("/oto/", "/downsell/", "/thank-you/")
    assert "/terms/" in plan.others
    assert not {"/oto/", "/demo/oto/"} & set(plan.others)


def test_a_funnel_of_many_paths_takes_every_way_and_every_turn(many: Manifest) -> None:
    plan = make_plan(many)
    assert plan.possible == sum(many.path_counts.values()) == 972
    assert len(plan.paths) < 20
    assert taken(plan) == buttons_and_ways(many)
    assert len({turn for path in plan.paths for turn in turns_of(path)}) == plan.turns


def test_how_many_are_walked_can_be_said(many: Manifest) -> None:
    assert make_plan(many, most=972).whole
    assert len(make_plan(many, most=1000).paths) == 972
    assert not make_plan(many, most=971).whole


def test_it_says_what_it_walks_and_what_not(example: Manifest, many: Manifest) -> None:
    assert coverage(make_plan(example)) == [
        "all 12 paths",
        "and 5 payments cancelled, 5 times back after a payment, 3 pages behind a payment opened without one, "
        f"{len(make_plan(example).others)} pages beside the funnel",
        "where no script keeps anything from page to page: only paths that take every way once more",
    ]
    plan = make_plan(many)
    first, second, *_ = coverage(plan)
    assert first.startswith(f"{len(plan.paths)} of 972 paths: all {plan.ways} ways from page to page")
    assert second.startswith(f"not walked: {972 - len(plan.paths)} paths, ")


def test_a_path_in_words(example: Manifest) -> None:
    words = [in_words(example, path.moves) for path in make_plan(example).paths]
    start = "lead-magnet → sales → checkout, bump"
    assert words[0] == f"{start} unticked → oto, accepted → thank-you"
    assert f"{start} ticked → oto, declined → downsell, accepted → thank-you, extra bought → thank-you" in words
    assert len(set(words)) == 12


def test_a_path_with_several_bumps_names_those_that_are_ticked(tmp_path: File) -> None:
    text = stack("  - checkout: course\n    bump: [template, guide]\n  - thank-you:\n")
    manifest = manifest_of(funnel_of(site(tmp_path, {"stack.yaml": text})))
    assert [in_words(manifest, path.moves[:1]) for path in make_plan(manifest).paths] == [
        "checkout, no bump ticked",
        "checkout, template ticked",
        "checkout, guide ticked",
        "checkout, template and guide ticked",
    ]


def test_a_manifest_that_leads_in_a_circle_is_refused(example: Manifest) -> None:
    back = ManifestEdge(source="oto", name="decline", target="checkout")
    edges = tuple(back if (e.source, e.name) == ("oto", "decline") else e for e in example.edges)
    with pytest.raises(PlanError, match="in a circle"):
        make_plan(structs.replace(example, edges=edges))


def test_a_manifest_that_leads_to_no_page_is_refused(example: Manifest) -> None:
    with pytest.raises(PlanError, match="`thank-you`, which is no page"):
        make_plan(structs.replace(example, nodes=tuple(n for n in example.nodes if n.id != "thank-you")))
    with pytest.raises(PlanError, match="`nowhere`"):
        make_plan(structs.replace(example, entries=("nowhere",)))


# --- laws ------------------------------------------------------------------------------------------------------------


@given(stacks())
def test_all_paths_are_those_of_the_funnel(funnel: Funnel) -> None:
    plan = make_plan(manifest_of(funnel), most=10**6)
    assert list(plan.paths) == [path for entry in funnel.entries for path in all_paths(funnel, entry)]


@given(stacks())
def test_few_paths_take_every_way_and_every_turn_that_all_paths_take(funnel: Funnel) -> None:
    manifest = manifest_of(funnel)
    everything = [path for entry in funnel.entries for path in all_paths(funnel, entry)]
    plan = make_plan(manifest, most=0)
    assert plan.possible == len(everything)
    assert set(plan.paths) <= set(everything)
    assert len(set(plan.paths)) == len(plan.paths)
    assert {m for p in plan.paths for m in p.moves} == {m for p in everything for m in p.moves}
    walked, wanted = ({t for p in paths for t in pairwise(p.moves)} for paths in (plan.paths, everything))
    assert walked == wanted
    assert plan.turns == len(wanted)
    assert plan.ways == len({m for p in everything for m in p.moves if m.edge})


@given(stacks())
def test_no_path_is_walked_that_shows_nothing_new(funnel: Funnel) -> None:
    plan = make_plan(manifest_of(funnel), most=0)
    seen: set[object] = set()
    for path in plan.paths:
        new = {path.moves[0], *pairwise(path.moves)}
        assert not new <= seen
        seen |= new


@given(stacks())
def test_the_same_funnel_gives_the_same_plan(funnel: Funnel) -> None:
    manifest = manifest_of(funnel)
    assert make_plan(manifest, most=3) == make_plan(manifest, most=3)
