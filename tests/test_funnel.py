"""The funnel: pages, ways between them, charges, every path with its total."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from funnelgen.checks import check_site
from funnelgen.funnel import Funnel, compile_funnel
from funnelgen.funnel.cart import charge_of, line_of
from funnelgen.funnel.paths import (
    all_paths,
    behind_payment,
    bought_before,
    closing_edges,
    count_paths,
    is_free,
    path_total,
    reachable,
)
from funnelgen.money import Money, format_money, parse_money
from funnelgen.site.models import Instalments, Offer, Step, StepKind
from funnelgen.site.steps import PAYING, STEP_KINDS

from .sites import EXAMPLE, funnel_of, loaded, site, site_of, stack

# --- the example -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example() -> Funnel:
    return compile_funnel(loaded(EXAMPLE))


def ways(funnel: Funnel) -> list[tuple[str, str, str | None]]:
    """All edges, briefly."""
    return [(e.source, e.name, e.target) for e in funnel.edges]


def totals(funnel: Funnel, entry: str) -> dict[tuple[str, ...], str]:
    """What each path from `entry` charges today, by the buttons that were pressed."""
    return {p.buttons: format_money(path_total(funnel, p), "en-US", short=True) for p in all_paths(funnel, entry)}


def test_the_example_has_these_pages_and_ways(example: Funnel) -> None:
    assert {node.id: node.address for node in example.nodes.values()} == {
        "lead-magnet": "/lead-magnet/",
        "sales": "/sales/",
        "checkout": "/checkout/",
        "oto": "/oto/",
        "downsell": "/downsell/",
        "thank-you": "/thank-you/",
    }
    assert ways(example) == [
        ("lead-magnet", "submit", "sales"),
        ("sales", "continue", "checkout"),
        ("checkout", "accept", "oto"),
        ("oto", "accept", "thank-you"),
        ("oto", "decline", "downsell"),
        ("downsell", "accept", "thank-you"),
        ("downsell", "decline", "thank-you"),
        ("thank-you", "accept", "thank-you"),
    ]
    assert example.entries == ("lead-magnet",)


def test_the_example_has_twelve_paths_with_these_totals(example: Funnel) -> None:
    core, bump = ("checkout",), ("checkout+sales-page-template",)
    more, less, club = ("oto",), ("downsell",), ("thank-you",)
    assert totals(example, "lead-magnet") == {
        core: "$97",
        core + club: "$146",
        core + more: "$497",
        core + more + club: "$546",
        core + less: "$176",
        core + less + club: "$225",
        bump: "$124",
        bump + club: "$173",
        bump + more: "$524",
        bump + more + club: "$573",
        bump + less: "$203",
        bump + less + club: "$252",
    }
    assert count_paths(example, "lead-magnet") == 12


def test_the_example_delivers_what_was_bought_and_names_what_may_have_been(example: Funnel) -> None:
    assert bought_before(example)["thank-you"] == (
        frozenset({"launch-checklist", "launch-your-course"}),
        frozenset({"sales-page-template", "strategy-calls", "quick-wins", "alumni-circle"}),
    )
    assert bought_before(example)["lead-magnet"] == (frozenset(), frozenset())
    assert bought_before(example)["downsell"] == (
        frozenset({"launch-checklist", "launch-your-course"}),
        frozenset({"sales-page-template"}),
    )


def test_pages_behind_the_payment(example: Funnel) -> None:
    assert behind_payment(example) == {"oto", "downsell", "thank-you"}


def test_after_each_payment_the_buyer_comes_back_to_a_page(example: Funnel) -> None:
    session = "&session_id={CHECKOUT_SESSION_ID}"
    assert {b.id: example.return_address(b) for b in example.buttons.values()} == {
        "checkout": f"/oto/?paid=checkout{session}",
        "checkout+sales-page-template": f"/oto/?paid=checkout%2Bsales-page-template{session}",
        "oto": f"/thank-you/?paid=oto{session}",
        "downsell": f"/thank-you/?paid=downsell{session}",
        "thank-you": f"/thank-you/?paid=thank-you{session}",
    }


# --- how a stack becomes a graph -------------------------------------------------------------------------------------


def test_every_combination_of_bumps_is_a_button(tmp_path: Path) -> None:
    offers = "  list: {name: The List, price: 9.99}\n  call: {name: The Call, price: 30}\n"
    text = stack("  - checkout: course\n    bump: [template, list, call]\n  - thank-you:\n", offers)
    funnel = funnel_of(site(tmp_path, {"stack.yaml": text}))
    assert {b.id: str(b.charge.today.amount) for b in funnel.buttons.values()} == {
        "checkout": "97.00",
        "checkout+template": "124.00",
        "checkout+list": "106.99",
        "checkout+call": "127.00",
        "checkout+template+list": "133.99",
        "checkout+template+call": "154.00",
        "checkout+list+call": "136.99",
        "checkout+template+list+call": "163.99",
    }
    assert count_paths(funnel, "checkout") == 8
    assert len(totals(funnel, "checkout")) == 8


BRANCHING = """\
  - lead-magnet: guide
    submit: small
  - tripwire: template
    id: small
    accept: thanks
    decline: sales
  - thank-you:
    id: thanks
    continue: sales
  - sales: course
  - checkout: course
    accept: oto-2
  - oto: template
  - oto: course
    accept: thank-you
    downsell:
      offer: template
      accept: oto
      decline: thank-you
  - thank-you:
"""


def test_edges_lead_where_they_are_told_and_onwards_otherwise(tmp_path: Path) -> None:
    funnel = funnel_of(site(tmp_path, {"stack.yaml": stack(BRANCHING)}))
    assert ways(funnel) == [
        ("lead-magnet", "submit", "small"),
        ("small", "accept", "thanks"),
        ("small", "decline", "sales"),
        ("thanks", "continue", "sales"),
        ("sales", "continue", "checkout"),
        ("checkout", "accept", "oto-2"),
        ("oto", "accept", "oto-2"),
        ("oto", "decline", "oto-2"),
        ("oto-2", "accept", "thank-you"),
        ("oto-2", "decline", "downsell"),
        ("downsell", "accept", "oto"),
        ("downsell", "decline", "thank-you"),
    ]
    assert {(e.source, e.name) for e in closing_edges(funnel)} == {("oto", "accept"), ("oto", "decline")}


def test_a_thank_you_page_in_the_middle_goes_on_only_where_it_says_so_or_a_step_follows(tmp_path: Path) -> None:
    text = stack("  - lead-magnet: guide\n  - thank-you:\n  - sales: course\n  - checkout: course\n  - thank-you:\n")
    funnel = funnel_of(site(tmp_path, {"stack.yaml": text}))
    assert ("thank-you", "continue", "sales") in ways(funnel)
    assert [e for e in ways(funnel) if e[0] == "thank-you-2"] == []


def test_an_edge_to_nothing_leads_nowhere_and_the_funnel_is_still_there(tmp_path: Path) -> None:
    text = stack(
        "  - checkout: course\n    accept: nowhere\n  - oto: nothing\n  - thank-you:\n    cross-sell: nothing\n"
    )
    funnel = funnel_of(site(tmp_path, {"stack.yaml": text}))
    assert ways(funnel) == [
        ("checkout", "accept", None),
        ("oto", "accept", "thank-you"),
        ("oto", "decline", "thank-you"),
    ]
    assert funnel.return_address(funnel.buttons["checkout"]) is None
    assert funnel.buttons["oto"].charge.today.amount == 0


def test_of_two_steps_with_one_id_the_first_stands(tmp_path: Path) -> None:
    text = stack("  - sales: course\n    id: a\n  - checkout: course\n  - sales: template\n    id: a\n  - thank-you:\n")
    funnel = funnel_of(site(tmp_path, {"stack.yaml": text}))
    assert list(funnel.nodes) == ["a", "checkout", "thank-you"]
    assert funnel.entries == ("a",)
    offer = funnel.nodes["a"].offer
    assert offer is not None
    assert offer.id == "course"


def test_addresses(tmp_path: Path) -> None:
    text = stack("  - sales: course\n  - checkout: course\n    path: /order/now/\n  - thank-you:\n")

    def addresses(folder: str, files: dict[str, str | None]) -> list[str]:
        return [n.address for n in funnel_of(site(tmp_path / folder, files)).nodes.values()]

    assert addresses("hub", {"stack.yaml": text}) == ["/sales/", "/order/now/", "/thank-you/"]
    assert addresses("none", {"stack.yaml": text, "pages/index.md": None}) == ["/", "/order/now/", "/thank-you/"]
    several = {"stack.yaml": None, "stacks/coaches.yaml": text}
    assert addresses("several", several) == ["/coaches/", "/order/now/", "/coaches/thank-you/"]


def test_several_stacks_are_one_funnel_with_an_entry_each(tmp_path: Path) -> None:
    text = stack("  - checkout: course\n    bump: template\n  - thank-you:\n")
    files = {"stack.yaml": None, "stacks/coaches.yaml": text, "stacks/teachers.yaml": text}
    funnel = funnel_of(site(tmp_path, files))
    assert funnel.entries == ("coaches/checkout", "teachers/checkout")
    assert funnel.step("teachers", "thank-you") is funnel.nodes["teachers/thank-you"]
    button = funnel.buttons["coaches/checkout+template"]
    assert funnel.return_address(button) == (
        "/coaches/thank-you/?paid=coaches/checkout%2Btemplate&session_id={CHECKOUT_SESSION_ID}"
    )
    assert reachable(funnel, "coaches/checkout") == {"coaches/checkout", "coaches/thank-you"}


# --- what a button charges -------------------------------------------------------------------------------------------


def dollars(text: str) -> Money:
    return parse_money(text, "USD")


@pytest.mark.parametrize(
    ("offer", "today", "price", "whole"),
    [
        (Offer(id="a", name="A", price=dollars("97")), "97", "97", "97"),
        (Offer(id="a", name="A", price=dollars("49"), every="month"), "49", "49", "49"),
        (Offer(id="a", name="A", price=dollars("49"), every="month", trial=14), "0", "49", "49"),
        (Offer(id="a", name="A", pay=Instalments(times=3, each=dollars("33.10"))), "33.10", "99.30", "99.30"),
        (Offer(id="a", name="A"), "0", "0", "0"),
    ],
)
def test_what_is_charged_today_and_in_all(offer: Offer, today: str, price: str, whole: str) -> None:
    line = line_of(offer, "USD")
    assert (line.today, line.price, line.whole) == (dollars(today), dollars(price), dollars(whole))


def test_a_trial_beside_a_payment_adds_nothing_today() -> None:
    trial = Offer(id="a", name="A", price=dollars("49"), every="month", trial=14)
    once = Offer(id="b", name="B", price=dollars("97"))
    charge = charge_of([line_of(trial, "USD"), line_of(once, "USD")], "USD")
    assert charge.today == dollars("97")
    assert [line.every for line in charge.lines] == ["month", None]


# --- laws ------------------------------------------------------------------------------------------------------------

OFFERS = st.lists(
    st.builds(
        lambda price, every, trial, plan: Offer(
            id="x",
            name="X",
            price=None if plan else Money(Decimal(price).scaleb(-2), "USD"),
            every=every,
            trial=trial,
            pay=Instalments(times=plan, each=Money(Decimal(price).scaleb(-2), "USD")) if plan else None,
        ),
        st.integers(1, 10**7),
        st.sampled_from([None, "week", "month", "year"]),
        st.none() | st.integers(1, 60),
        st.none() | st.integers(2, 12),
    ),
    min_size=5,
    max_size=5,
).map(lambda offers: [structs.replace(o, id=f"o{n}", name=f"Offer {n}") for n, o in enumerate(offers)])
IDS = [f"o{n}" for n in range(5)]
KINDS: tuple[StepKind, ...] = get_args(StepKind)


@st.composite
def stacks(draw: st.DrawFn, *, onwards: bool = True, known: bool = True) -> Funnel:
    """Any funnel; with edges that only lead onwards where that is asked, to steps and offers that exist."""
    kinds = draw(st.lists(st.sampled_from([k for k in KINDS if k != "downsell"]), min_size=1, max_size=4))
    ids = [f"s{n}" for n in range(len(kinds) + 1)]
    offers = st.sampled_from(IDS if known else [*IDS, "nothing"])

    def edges(kind: str, number: int) -> dict[str, str]:
        to = ids[number + 1 :] if onwards else [*ids, "nowhere"] if not known else ids
        return {e: draw(st.sampled_from(to)) for e in STEP_KINDS[kind].edges if to and draw(st.integers(0, 3)) == 0}

    steps = []
    for number, kind in enumerate([*kinds, "thank-you"]):
        below = None
        if kind == "oto" and draw(st.booleans()):
            go = edges("downsell", number)
            below = Step(kind="downsell", id=f"d{number}", offer=draw(offers), go=go)
        bumps = draw(st.lists(offers, max_size=2, unique=True)) if kind == "checkout" else []
        sold = draw(offers) if STEP_KINDS[kind].sells else None
        steps.append(
            Step(
                kind=kind,
                id=ids[number],
                offer=sold,
                bump=tuple(b for b in bumps if b != sold),
                downsell=below,
                cross_sell=(draw(offers),) if kind == "thank-you" and draw(st.booleans()) else (),
                go=edges(kind, number),
            )
        )
    return compile_funnel(site_of(*steps, offers=draw(OFFERS)))


@given(stacks())
def test_paths_are_counted_without_walking_them(funnel: Funnel) -> None:
    (entry,) = funnel.entries
    assert count_paths(funnel, entry) == len(list(all_paths(funnel, entry)))


@given(stacks())
def test_every_path_goes_from_the_entry_along_edges_to_an_end(funnel: Funnel) -> None:
    (entry,) = funnel.entries
    seen = set()
    for path in all_paths(funnel, entry):
        assert path.moves[0].node == entry
        for move, following in zip(path.moves, path.moves[1:], strict=False):
            edge = funnel.edge(move.node, str(move.edge))
            assert edge is not None
            assert edge.target == following.node
            assert (move.button is None) == (not edge.buttons)
            assert move.button is None or move.button in edge.buttons
        end = path.moves[-1]
        assert end.edge is None
        assert all(e.target in (None, end.node) for e in funnel.leaving(end.node))
        seen.add(path.moves)
    assert len(seen) == count_paths(funnel, entry)


@given(stacks())
def test_a_paths_total_is_the_sum_of_what_its_offers_charge(funnel: Funnel) -> None:
    (entry,) = funnel.entries
    for path in all_paths(funnel, entry):
        cents = 0
        for button in path.buttons:
            for line in funnel.buttons[button].charge.lines:
                cents += 0 if line.trial else line.price.minor_units // (line.times or 1)
        assert path_total(funnel, path).minor_units == cents


@given(stacks())
def test_every_button_returns_to_a_page_and_charges_what_it_says(funnel: Funnel) -> None:
    for button in funnel.buttons.values():
        node = funnel.nodes[button.node]
        sold = node.cross_sell if node.kind == "thank-you" else node.offer
        assert [line.offer for line in button.charge.lines] == [sold.id if sold else "", *button.bumps]
        assert button.id == "+".join([node.id, *button.bumps])
        address = funnel.return_address(button)
        dead_end = any(e.target is None for e in funnel.leaving(button.node))
        assert dead_end or address is not None
        if address is not None:
            assert address.partition("?")[0] in {n.address for n in funnel.nodes.values()}
            assert "+" not in address


@given(stacks())
def test_what_is_bought_before_a_page_is_what_the_paths_to_it_bought(funnel: Funnel) -> None:
    (entry,) = funnel.entries
    arrivals: dict[str, list[frozenset[str]]] = {}
    for path in all_paths(funnel, entry):
        had: frozenset[str] = frozenset()
        for move in path.moves:
            arrivals.setdefault(move.node, []).append(had)
            if move.button:
                had |= {line.offer for line in funnel.buttons[move.button].charge.lines}
            elif move.edge == "submit" and (offer := funnel.nodes[move.node].offer):
                had |= {offer.id}
    for node, sets in arrivals.items():
        always, ever = frozenset.intersection(*sets), frozenset().union(*sets)
        assert bought_before(funnel)[node] == (always, ever - always)


@given(stacks(onwards=False))
def test_a_page_is_behind_the_payment_if_no_free_way_leads_to_it(funnel: Funnel) -> None:
    (entry,) = funnel.entries
    free, all_ = reachable(funnel, entry, is_free), reachable(funnel, entry)
    assert entry in free
    assert free <= all_ <= set(funnel.nodes)
    assert behind_payment(funnel) == all_ - free
    for node in all_:
        assert all(e.target is None or e.target in all_ for e in funnel.leaving(node))
    for edge in funnel.edges:
        if edge.source in free and is_free(edge) and edge.target:
            assert edge.target in free


@given(stacks())
def test_a_page_is_behind_the_payment_if_every_path_paid_before_it(funnel: Funnel) -> None:
    (entry,) = funnel.entries
    free = set()
    for path in all_paths(funnel, entry):
        for number, move in enumerate(path.moves):
            if not any(m.button for m in path.moves[:number]):
                free.add(move.node)
    assert behind_payment(funnel) == reachable(funnel, entry) - free


def has_cycle(funnel: Funnel) -> bool:
    """Kahn's way: whatever cannot be taken off from the ends stands in a cycle, or leads into one."""
    own = {e for e in funnel.edges if e.source == e.target and funnel.nodes[e.source].cross_sell and e.name == "accept"}
    left = {id: {e.target for e in funnel.leaving(id) if e.target and e not in own} for id in funnel.nodes}
    while ends := [id for id, to in left.items() if not to]:
        left = {id: to - set(ends) for id, to in left.items() if id not in ends}
    return bool(left)


@given(stacks(onwards=False))
def test_a_cycle_is_found_wherever_there_is_one(funnel: Funnel) -> None:
    assert bool(closing_edges(funnel)) == has_cycle(funnel)


@given(stacks())
def test_ways_that_only_lead_onwards_make_no_cycle(funnel: Funnel) -> None:
    assert closing_edges(funnel) == []


@settings(max_examples=60)
@given(st.data())
def test_any_stack_compiles_and_can_be_checked_whatever_it_names(data: st.DataObject) -> None:
    funnel = data.draw(stacks(onwards=False, known=False))
    nodes = list(funnel.nodes.values())
    offers = {n.offer.id: n.offer for n in nodes if n.offer}
    steps = [n.step for n in nodes if n.kind != "downsell"]
    whole = site_of(*steps, offers=offers.values())
    for mode in ("demo", "test", "live"):
        for finding in check_site(whole, compile_funnel(whole), mode=mode, sources={}):
            assert finding.help


# --- size ------------------------------------------------------------------------------------------------------------


def long_funnel(length: int, kind: StepKind) -> Funnel:
    """A straight funnel of `length` steps and a thank-you page."""
    offer = Offer(id="a", name="A", price=dollars("1"))
    steps = [Step(kind=kind, id=f"s{n}", offer="a") for n in range(length)]
    return compile_funnel(site_of(*steps, Step(kind="thank-you", id="thanks"), offers=[offer]))


@pytest.mark.parametrize("kind", ["sales", "oto"])
def test_a_funnel_of_two_thousand_steps_is_no_deep_recursion(kind: StepKind) -> None:
    funnel = long_funnel(2000, kind)
    assert count_paths(funnel, "s0") == (2**2000 if kind == "oto" else 1)
    assert len(next(all_paths(funnel, "s0")).moves) == 2001
    assert closing_edges(funnel) == []
    assert len(reachable(funnel, "s0")) == 2001
    assert len(behind_payment(funnel)) == 0
    assert bought_before(funnel)["thanks"] == (frozenset(), frozenset({"a"} if kind == "oto" else ()))


def test_paying_kinds_are_those_whose_accept_charges() -> None:
    assert set(KINDS) == set(STEP_KINDS)
    for kind in KINDS:
        funnel = compile_funnel(site_of(Step(kind=kind, id="s", offer="a"), Step(kind="thank-you", id="t")))
        assert bool(funnel.buttons) == (kind in PAYING)
