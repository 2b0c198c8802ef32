"""The checks of a page: nothing is said of a page as it should be, and each thing that is wrong is said in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.expect import CHECKS, check_page
from funnelgen.pathtest.facts import DESKTOP, Facts
from funnelgen.pathtest.sight import Form, Shown, Sight

from ..sites import EXAMPLE, SMALL, built, site
from .sights import as_it_should_be, facts_of, product

BUMP = ("sales-page-template",)


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return built(EXAMPLE).manifest


def said(facts: Facts, sight: Sight) -> list[str]:
    """What is found wrong, as `check: sentence`."""
    return [f"{check}: {what}" for check, what in check_page(sight, facts)]


def test_nothing_is_said_of_pages_as_they_should_be(manifest: Manifest) -> None:
    for page in manifest.pages:
        facts = facts_of(manifest, page.address)
        assert said(facts, as_it_should_be(facts)) == []
    ticked = facts_of(manifest, "/checkout/", bumps=BUMP)
    assert said(ticked, as_it_should_be(ticked)) == []


def test_a_sign_may_be_set_apart_by_room_instead_of_a_space(manifest: Manifest) -> None:
    """As `1.297 €` is, whose sign is an element of its own."""
    facts = facts_of(manifest, "/oto/")
    assert said(facts, first(as_it_should_be(facts), "amounts", text="\u200f$ 400\xa0")) == []


def test_what_is_struck_out_is_the_price_before_the_code(tmp_path: Path) -> None:
    written = f"discount: {{code: SPRING, percent: 20}}\n{SMALL['stack.yaml']!s}"
    facts = facts_of(built(site(tmp_path, {"stack.yaml": written})).manifest, "/checkout/")
    sight = as_it_should_be(facts)
    assert facts.offer
    assert facts.offer.before
    struck = Shown(part="before", value="97.00", currency="USD", text=facts.offer.before.short, button="")
    assert not [fault for fault in said(facts, with_(sight, amounts=(struck, *sight.amounts))) if "struck" in fault]
    dearer = structs.replace(struck, text="$120")
    found = said(facts, with_(sight, amounts=(dearer, *sight.amounts)))
    assert "price: `$120` is struck out, and The Course cost $97 before" in found


def first(sight: Sight, field: str, **changes: Any) -> Sight:
    """A sight whose first item of a kind is another."""
    items = getattr(sight, field)
    return structs.replace(sight, **{field: (structs.replace(items[0], **changes), *items[1:])})


def with_(sight: Sight, **changes: Any) -> Sight:
    """A sight in which something else is seen."""
    return structs.replace(sight, **changes)


WRONG: list[tuple[str, Any, str]] = [
    (
        "/oto/",
        lambda s, f: with_(s, kind="downsell"),
        "page: this is a page of kind `downsell`, and should be one of kind `oto`",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, title="No"),
        "page: the title is `No`, and should be `Three strategy calls, an optional extra`",
    ),
    ("/oto/", lambda s, f: with_(s, headings=()), "page: it has 0 main headings that can be read, and should have one"),
    (
        "/oto/",
        lambda s, f: with_(s, headings=("A", "B")),
        "page: it has 2 main headings that can be read, and should have one",
    ),
    ("/oto/", lambda s, f: with_(s, lang="de"), "page: its language is said to be `de`, and is in `en-US`"),
    ("/oto/", lambda s, f: with_(s, noindex=False), "page: search engines may list it, and must not"),
    ("/sales/", lambda s, f: with_(s, noindex=True), "page: search engines are told to pass"),
    ("/sales/", lambda s, f: first(s, "amounts", text="$79"), "price: the price reads $79, the stack says $97"),
    ("/sales/", lambda s, f: first(s, "amounts", text="$79"), "amounts: it shows `$79` where the stack says 97.00"),
    (
        "/sales/",
        lambda s, f: first(s, "amounts", value="79.00"),
        "amounts: it shows `$97` (79.00), and the stack has for this page: $97",
    ),
    (
        "/sales/",
        lambda s, f: first(s, "amounts", currency="EUR"),
        "amounts: it shows `$97` in `EUR`, and the site sells in USD",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, direction="rtl"),
        "page: it reads from right to left, and `en-US` from left to right",
    ),
    (
        "/sales/",
        lambda s, f: with_(s, canonical="https://a.example/"),
        "page: search engines are told that it is `https://a.example/`, "
        "and it is `https://launch-your-course.example/sales/`",
    ),
    (
        "/checkout/",
        lambda s, f: with_(s, amounts=(*s.amounts, structs.replace(s.amounts[0], text="$27", button="", part=""))),
        "price: `$27` stands beside the order, and Launch Your Course costs $97",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "buttons", focusable=False),
        "buttons: the keyboard does not reach the button `oto`",
    ),
    ("/oto/", lambda s, f: first(s, "declines", words=""), "decline: the way to decline says nothing"),
    (
        "/oto/",
        lambda s, f: first(s, "declines", letters=3),
        "decline: the words of the way to decline are 3 px high, and nobody can read them",
    ),
    ("/oto/", lambda s, f: with_(s, refresh="5;url=/"), "onwards: the page goes elsewhere by itself: 5;url=/"),
    ("/oto/", lambda s, f: with_(s, base="https://a.example/"), "onwards: its links start from https://a.example/"),
    (
        "/lead-magnet/",
        lambda s, f: first(s, "forms", tells=("email",)),
        "onwards: the form would write what is entered into the next page's address, where others can read it",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, width=980),
        "layout: the page is laid out for a screen of 980 px, and this one has 390",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, moving=('p "A"',)),
        'layout: p "A" moves without an end, though the visitor asked for less motion',
    ),
    ("/sales/", lambda s, f: with_(s, amounts=()), "price: the price stands there 0 times, and should once: $97"),
    ("/sales/", lambda s, f: with_(s, terms=("",)), "price: there are no terms beside the price"),
    ("/sales/", lambda s, f: with_(s, ways=("/oto/",)), "onwards: no link leads on to /checkout/"),
    ("/sales/", lambda s, f: with_(s, data=()), "data: structured data has 0 products, and should have one"),
    ("/sales/", lambda s, f: with_(s, data=("{",)), "data: structured data cannot be read"),
    (
        "/sales/",
        lambda s, f: with_(s, data=(product(f, price="79.00"),)),
        "data: structured data says 79.00 USD, the stack says 97.00 USD",
    ),
    (
        "/downsell/",
        lambda s, f: with_(s, amounts=(s.amounts[0], structs.replace(s.amounts[1], text="$89"))),
        "buttons: the button `downsell` says $89, the stack says $79",
    ),
    (
        "/downsell/",
        lambda s, f: with_(s, amounts=s.amounts[:1]),
        "buttons: the button `downsell` says no amount, and charges $79",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, buttons=()),
        "buttons: the charge `oto` has 0 buttons that can be seen, and should have one",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, buttons=s.buttons * 2),
        "buttons: the charge `oto` has 2 buttons that can be seen, and should have one",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "buttons", href="/thank-you/"),
        "buttons: the button `oto` leads to /thank-you/, and its link is /demo/oto/",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "buttons", reached=False),
        "buttons: something lies over the button `oto`, or it takes no press",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "buttons", part=""),
        "buttons: the button `oto` is not marked as the one that accepts",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "buttons", id="downsell"),
        "buttons: there is a button `downsell`, whose charge is not for this page as it is ticked",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, links=("/demo/downsell/",)),
        "buttons: a link that is no button leads to the payment /demo/downsell/",
    ),
    (
        "/oto/",
        lambda s, f: with_(s, declines=()),
        "decline: there are 0 ways to decline that can be seen, and should be 1",
    ),
    (
        "/thank-you/",
        lambda s, f: with_(s, declines=_declines(f)),
        "decline: there are 1 ways to decline that can be seen, and should be 0",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "declines", href="/checkout/"),
        "decline: declining leads to /checkout/, and must to /downsell/",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "declines", height=30),
        "decline: the way to decline is 30 px high, and must be 44",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "declines", bottom=1700),
        "decline: the way to decline ends 1700 px down, below the second phone screen",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "declines", focusable=False),
        "decline: the keyboard does not reach the way to decline",
    ),
    (
        "/oto/",
        lambda s, f: first(s, "declines", reached=False),
        "decline: something lies over the way to decline, or it takes no press",
    ),
    (
        "/checkout/",
        lambda s, f: with_(s, rows=(("Launch Your Course", "$79.00"),)),
        "summary: the summary says $79.00 for `Launch Your Course`, the stack says $97.00",
    ),
    (
        "/checkout/",
        lambda s, f: with_(s, rows=()),
        "summary: `Launch Your Course` stands in the summary 0 times, and should once",
    ),
    (
        "/checkout/",
        lambda s, f: with_(s, rows=(*s.rows, ("Fee", "$5.00"))),
        "summary: the summary has 2 rows, and the charge 1",
    ),
    (
        "/checkout/",
        lambda s, f: with_(s, amounts=s.amounts[:-1]),
        "summary: the total reads nothing, the stack says $97.00",
    ),
    ("/checkout/", lambda s, f: with_(s, ticked=1), "bumps: 1 bumps are ticked, and should be 0"),
    (
        "/checkout/",
        lambda s, f: with_(s, bumps=("Add Sales Page Template + $72",)),
        "bumps: no box to tick says `Sales Page Template` and $27",
    ),
    ("/lead-magnet/", lambda s, f: with_(s, forms=()), "onwards: there are 0 forms, and should be one"),
    (
        "/lead-magnet/",
        lambda s, f: with_(s, forms=(Form(action="", method="get"),)),
        "onwards: the form has no action: it would be sent to its own page",
    ),
    (
        "/lead-magnet/",
        lambda s, f: with_(s, forms=(Form(action="/oto/", method="get"),)),
        "onwards: the form leads to /oto/, and must to /sales/",
    ),
    (
        "/demo/oto/",
        lambda s, f: with_(s, pay=("/oto/",)),
        "simulated: paying leads to /oto/, and must to /thank-you/?paid=oto&session_id=demo",
    ),
    ("/demo/oto/", lambda s, f: with_(s, cancel=()), "simulated: cancelling leads to nowhere, and must to /oto/"),
    (
        "/about/",
        lambda s, f: with_(s, wide=("the page is 500 px wide on a screen of 390",)),
        "layout: the page is 500 px wide on a screen of 390",
    ),
    (
        "/about/",
        lambda s, f: with_(s, insecure=("http://a.example/x.png",)),
        "secure: http://a.example/x.png is not encrypted (mixed content)",
    ),
]


def _declines(facts: Facts) -> Any:
    return as_it_should_be(facts_of(facts.manifest, "/oto/")).declines


@pytest.mark.parametrize(("address", "breaking", "expected"), WRONG, ids=[expected[:60] for *_, expected in WRONG])
def test_what_is_wrong_is_said(manifest: Manifest, address: str, breaking: Any, expected: str) -> None:
    facts = facts_of(manifest, address)
    assert expected in said(facts, breaking(as_it_should_be(facts), facts))


def test_every_check_is_tried() -> None:
    assert {expected.partition(":")[0] for *_, expected in WRONG} == set(CHECKS)


def test_a_bump_that_does_not_change_the_total_is_found(manifest: Manifest) -> None:
    plain, ticked = facts_of(manifest, "/checkout/"), facts_of(manifest, "/checkout/", bumps=BUMP)
    stuck = structs.replace(as_it_should_be(plain), ticked=1)
    assert "summary: the total reads $97.00, the stack says $124.00" in said(ticked, stuck)
    assert (
        "buttons: the charge `checkout+sales-page-template` has 0 buttons that can be seen, and should have one"
        in said(ticked, stuck)
    )


def test_where_the_decline_stands_matters_on_phones_alone(manifest: Manifest) -> None:
    facts = facts_of(manifest, "/oto/", device=DESKTOP)
    assert said(facts, first(as_it_should_be(facts), "declines", bottom=1900)) == []


def test_spaces_and_marks_of_direction_make_no_difference(manifest: Manifest) -> None:
    facts = facts_of(manifest, "/sales/")
    assert said(facts, first(as_it_should_be(facts), "amounts", text="\u200f$97\u00a0")) == []


def test_of_an_offer_that_nothing_sells_the_price_is_not_known(manifest: Manifest) -> None:
    """A page may present what is sold elsewhere; the manifest then has no price to compare."""
    sight = as_it_should_be(facts_of(manifest, "/sales/"))
    facts = facts_of(structs.replace(manifest, buttons=()), "/sales/")
    assert said(facts, sight) == []
