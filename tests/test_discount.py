"""A code takes off on the page what it takes off at the charge, on every button that can carry it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.funnel import compile_funnel
from funnelgen.funnel.manifest import ManifestButton
from funnelgen.money import parse_money
from funnelgen.payments.links.wanted import wanted
from funnelgen.payments.links.wiring import wiring
from funnelgen.payments.links.words import as_markdown, as_text
from funnelgen.site.models import Offer, Step
from funnelgen.site.selling import Discount

from .sites import SMALL, built, loaded, pages_of, site, site_of, stack

OFFERS = """\
  calls: {name: Three Calls, category: course, price: 90, includes: [Calls], access: At once., refund: For a month.}
  circle: {name: The Circle, category: membership, price: 19, every: month, cancel: By email.}
"""
STEPS = """\
  - sales: course
  - checkout: course
    bump: template
  - oto: calls
  - thank-you:
    cross-sell: circle
"""
LINKS = """\
live:
  checkout: https://buy.stripe.com/a
  checkout+template: https://buy.stripe.com/b?locale=de
  oto: https://buy.polar.sh/c
  thank-you: https://buy.stripe.com/d
"""


def small(folder: Path, discount: str, **more: str) -> Path:
    """The small site with an upgrade, a membership and a code."""
    text = stack(STEPS, OFFERS).replace("steps:\n", f"discount: {discount}\nsteps:\n")
    files = {"stack.yaml": text, "copy/lead-magnet.md": None, "copy/oto.md": "The calls.\n", **more}
    return site(folder, files)


def charged(folder: Path) -> dict[str, str]:
    """What each button charges today."""
    return {button.id: button.today.text for button in built(folder).manifest.buttons}


def test_a_percentage_comes_off_everything_that_is_paid_once(tmp_path: Path) -> None:
    assert charged(small(tmp_path, "{code: SPRING, percent: 20}")) == {
        "checkout": "$77.60",
        "checkout+template": "$99.20",
        "oto": "$72.00",
        "thank-you": "$19.00",
    }


def test_an_amount_comes_off_each_payment_once(tmp_path: Path) -> None:
    assert charged(small(tmp_path, "{code: SPRING, amount: 20}")) == {
        "checkout": "$77.00",
        "checkout+template": "$104.00",
        "oto": "$70.00",
        "thank-you": "$19.00",
    }


def test_a_code_may_be_for_some_offers_only(tmp_path: Path) -> None:
    assert charged(small(tmp_path, "{code: SPRING, percent: 20, only: calls}")) == {
        "checkout": "$97.00",
        "checkout+template": "$124.00",
        "oto": "$72.00",
        "thank-you": "$19.00",
    }


@given(
    price=st.integers(2, 10**6),
    bump=st.integers(1, 10**4),
    off=st.one_of(
        st.tuples(st.just("percent"), st.integers(1, 99)), st.tuples(st.just("amount"), st.integers(1, 10**4))
    ),
)
def test_what_is_charged_is_the_sum_of_what_the_page_shows(price: int, bump: int, off: tuple[str, int]) -> None:
    kind, size = off
    discount = Discount(code="A", **{kind: size if kind == "percent" else parse_money(str(size), "USD")})  # type: ignore[arg-type]  # one key of two
    offers = [Offer(id=id, name=id, price=parse_money(str(of), "USD")) for id, of in (("a", price), ("b", bump))]
    steps = (Step(kind="checkout", id="checkout", offer="a", bump=("b",)), Step(kind="thank-you", id="thank-you"))
    made = site_of(*steps, offers=offers, discount=discount)
    for button in compile_funnel(made).buttons.values():
        lines = button.charge.lines
        shown = sum(line.price.minor_units - (line.off.minor_units if line.off else 0) for line in lines)
        assert button.charge.today.minor_units == shown >= 0
        assert sum(line.now.minor_units for line in lines) == shown


def test_the_links_carry_the_code_where_it_takes_something_off(tmp_path: Path) -> None:
    output = built(small(tmp_path, "{code: SPRING, percent: 20}", **{"links.yaml": LINKS}), "live")
    links = {button.id: button for button in output.manifest.buttons}
    assert {id: query(button) for id, button in links.items()} == {
        "checkout": {"prefilled_promo_code": "SPRING"},
        "checkout+template": {"locale": "de", "prefilled_promo_code": "SPRING"},
        "oto": {"discount_code": "SPRING"},
        "thank-you": {},
    }
    assert [button.code for button in links.values()] == ["SPRING", "SPRING", "SPRING", None]
    assert 'href="https://buy.stripe.com/a?prefilled_promo_code=SPRING"' in pages_of(output)["checkout/index.html"]


def query(button: ManifestButton) -> dict[str, str]:
    """What is added to a button's link."""
    return dict(parse_qsl(urlsplit(button.link or "").query))


def test_pages_show_the_price_before_and_after(tmp_path: Path) -> None:
    pages = pages_of(built(small(tmp_path, "{code: SPRING, percent: 20}")))
    for name in ("sales/index.html", "checkout/index.html"):
        assert "With the code SPRING $77.60 instead of $97." in pages[name]
    order = pages["checkout/index.html"]
    assert "+ $21.60" in order
    assert "Ticking this makes the total $99.20." in order
    assert '"price":"77.60"' in order
    paid = pages["demo/checkout/template/index.html"]
    assert "Code SPRING" in paid
    assert "Pay $99.20 (simulated)" in paid
    assert "Code SPRING" not in pages["thank-you/index.html"]


def test_in_the_eu_the_price_before_is_the_lowest_of_thirty_days(tmp_path: Path) -> None:
    folder = small(tmp_path, "{code: SPRING, percent: 20}")
    file = folder / "stack.yaml"
    text = file.read_text(encoding="utf-8").replace("    price: 97\n", "    price: 97\n    lowest: 89\n")
    file.write_text(text, encoding="utf-8")
    page = pages_of(built(folder))["sales/index.html"]
    assert "$77.60 instead of $89, the lowest price of the last 30 days." in page
    assert '<s class="was"><bdi data-amount="89.00"' in page


def test_copy_says_the_price_that_is_charged(tmp_path: Path) -> None:
    copy = 'It is {{ price("course") }}, with the template {{ total("checkout", bump=true) }}.\n'
    pages = pages_of(built(small(tmp_path, "{code: SPRING, percent: 20}", **{"copy/sales.md": copy})))
    assert "It is $77.60, with the template $99.20." in pages["sales/index.html"]


def test_at_the_provider_the_price_stays_and_the_code_is_asked_for(tmp_path: Path) -> None:
    read = loaded(small(tmp_path, "{code: SPRING, percent: 20}"))
    funnel = compile_funnel(read)
    stripe = wanted(read, funnel)
    assert {price.offer: price.amount for price in stripe.prices}["course"] == 9700
    assert [link.promotion_codes for link in stripe.links] == [True, True, True, False]
    wires = wiring(read, funnel, "live")
    assert "The Course: $97.00, less $19.40 by the code" in as_text(wires, "en-US")
    assert "code     SPRING, which the page's link carries" in as_text(wires, "en-US")
    assert "- accept the code `SPRING`" in as_markdown(wires, "en-US")


@pytest.mark.parametrize("locale", ["de", "fr", "es", "it", "nl", "pt-BR", "pt-PT", "ar", "he"])
def test_the_code_is_told_in_every_language(tmp_path: Path, locale: str) -> None:
    files = {"site.yaml": str(SMALL["site.yaml"]).replace("en-US", locale)}
    page = pages_of(built(small(tmp_path, "{code: SPRING, percent: 20}", **files)))["checkout/index.html"]
    assert "SPRING" in page
    assert "With the code" not in page
