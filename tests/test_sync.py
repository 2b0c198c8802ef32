"""`funnelgen links sync`: Stripe becomes what the stack says, once and no more, whatever happens on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import stripe

from funnelgen.payments.links.account import Account, AccountError, links_in
from funnelgen.payments.links.found import idle_links
from funnelgen.payments.links.plan import Change, plan
from funnelgen.payments.links.wanted import CannotSync, Wanted, wanted

from .sites import EXAMPLE, SMALL, checked, site
from .stripe_account.server import KEY, Stripe, running


@pytest.fixture
def account() -> Iterator[Stripe]:
    with running() as made:
        yield made
        assert made.wrong == []


def wanted_of(folder: Path) -> Wanted:
    known = checked(folder)
    assert known.site is not None
    assert known.funnel is not None
    return wanted(known.site, known.funnel)


def sync(account: Stripe, want: Wanted, *, deactivate: bool = False, timeout: float = 60) -> list[str]:
    """Sync once; gives the changes that were made, each with what it says."""
    own = Account(KEY, api=account.url, retries=0, timeout=timeout)
    found = own.find(want, spare=deactivate)
    made: list[Change] = []
    own.make(want, found, plan(want, found, deactivate=deactivate), made.append)
    return [" | ".join((change.line, *change.details)) for change in made]


def state(account: Stripe) -> object:
    """All that an account holds."""
    return account.products, account.prices, account.links, account.items, account.coupons, account.codes


def written(account: Stripe, want: Wanted) -> dict[str, str]:
    return links_in(want, Account(KEY, api=account.url, retries=0).find(want))


def test_an_empty_account_gets_a_link_for_every_button(account: Stripe) -> None:
    want = wanted_of(EXAMPLE)
    assert len(sync(account, want)) == 5 + 5 + 5
    links = written(account, want)
    assert list(links) == ["checkout", "checkout+sales-page-template", "oto", "downsell", "thank-you"]
    came_back = [account.pay(link) for link in links.values()]
    assert came_back[0] == "https://launch-your-course.example/oto/?paid=checkout&session_id=cs_test_0"
    assert [charge["amount"] for charge in account.charges] == [9700, 12400, 40000, 7900, 4900]


def test_twice_is_nothing_to_do(account: Stripe) -> None:
    want = wanted_of(EXAMPLE)
    sync(account, want)
    before = len(account.requests)
    assert sync(account, want) == []
    assert all(request.startswith("get ") for request in account.requests[before:])


def test_a_changed_price_is_a_new_price_and_new_links(account: Stripe, tmp_path: Path) -> None:
    old = wanted_of(site(tmp_path / "old"))
    sync(account, old)
    before = written(account, old)
    new = wanted_of(site(tmp_path / "new", {"stack.yaml": str(SMALL["stack.yaml"]).replace("price: 97", "price: 127")}))
    assert sync(account, new) == [
        "~ price    course | - 97.00 USD, tax exclusive | + 127.00 USD, tax exclusive",
        "+ link     checkout | charges course | returns to "
        "https://small.internal/thank-you/?paid=checkout&session_id={CHECKOUT_SESSION_ID} | automatic tax on",
        "+ link     checkout+template | charges course + template | returns to "
        "https://small.internal/thank-you/?paid=checkout%2Btemplate&session_id={CHECKOUT_SESSION_ID}"
        " | automatic tax on",
    ]
    after = written(account, new)
    assert not set(before.values()) & set(after.values())
    for link in after.values():
        account.pay(link)
    assert [charge["amount"] for charge in account.charges] == [12700, 15400]
    idle = idle_links(new, Account(KEY, api=account.url).find(new))
    assert {link.url for link in idle} == set(before.values())  # left to be switched off by hand
    assert sum(price["lookup_key"] is not None for price in account.prices.values()) == 2


def test_another_address_changes_where_the_same_links_return(account: Stripe, tmp_path: Path) -> None:
    sync(account, wanted_of(site(tmp_path / "old")))
    moved = str(SMALL["stack.yaml"]).replace("- thank-you:", "- thank-you:\n    path: /thanks/")
    want = wanted_of(site(tmp_path / "new", {"stack.yaml": moved}))
    made = sync(account, want)
    assert [line[:10] for line in made] == ["~ link    ", "~ link    "]
    assert len(account.links) == 2
    assert account.pay(written(account, want)["checkout"]).startswith("https://small.internal/thanks/?paid=checkout&")


def test_what_others_made_is_not_touched(account: Stripe, tmp_path: Path) -> None:
    want = wanted_of(site(tmp_path))
    other = wanted_of(EXAMPLE)
    sync(account, other)
    before = repr([account.products, account.prices, account.links])
    names = len(account.products), len(account.prices), len(account.links)
    sync(account, want)
    assert (
        repr(
            [
                dict(list(kept.items())[:n])
                for kept, n in zip((account.products, account.prices, account.links), names, strict=True)
            ]
        )
        == before
    )
    assert sync(account, other) == []


def test_a_name_of_ours_that_is_somebody_elses_stops_before_any_change(account: Stripe, tmp_path: Path) -> None:
    want = wanted_of(site(tmp_path))
    sync(account, want)
    next(iter(account.products.values()))["metadata"] = {}
    before = len(account.requests)
    with pytest.raises(CannotSync, match=r"was not made for `small\.internal`"):
        sync(account, want)
    assert all(request.startswith("get ") for request in account.requests[before:])


def test_what_was_switched_off_is_switched_on(account: Stripe, tmp_path: Path) -> None:
    want = wanted_of(site(tmp_path))
    sync(account, want)
    for kept in (account.products, account.links):
        next(iter(kept.values()))["active"] = False
    assert [line[:1] for line in sync(account, want)] == ["~", "~"]
    assert sync(account, want) == []


def test_a_wrong_key_is_told_without_the_key(account: Stripe, tmp_path: Path) -> None:
    key = "sk_" + "test_somebodys0123456789"
    with pytest.raises(AccountError) as told:
        Account(key, api=account.url, retries=0).find(wanted_of(site(tmp_path)))
    assert "Invalid API Key" in str(told.value)
    assert key not in str(told.value)


def test_a_subscription_with_free_days(account: Stripe, tmp_path: Path) -> None:
    offer = "{name: Club, price: 20, every: month, trial: 14}"
    text = f"offers:\n  club: {offer}\nsteps:\n  - checkout: club\n  - thank-you:\n"
    sync(account, wanted_of(site(tmp_path, {"stack.yaml": text})))
    (price,), (link,) = account.prices.values(), account.links.values()
    assert (price["recurring"]["interval"], price["unit_amount"]) == ("month", 2000)
    assert link["subscription_data"]["trial_period_days"] == 14


@pytest.mark.parametrize(
    ("currency", "price", "amount"),
    [("JPY", "97", 97), ("ISK", "97", 9700), ("UGX", "97", 9700), ("HUF", "97", 9700), ("KWD", "9.5", 9500)],
)
def test_amounts_are_counted_as_stripe_counts_them(tmp_path: Path, currency: str, price: str, amount: int) -> None:
    files = {
        "site.yaml": str(SMALL["site.yaml"]).replace("USD", currency),
        "stack.yaml": f"offers:\n  a: {{name: A, price: {price}}}\nsteps:\n  - checkout: a\n  - thank-you:\n",
    }
    assert [p.amount for p in wanted_of(site(tmp_path, files)).prices] == [amount]


def test_thousandths_that_stripe_cannot_charge_stop_it(tmp_path: Path) -> None:
    files = {
        "site.yaml": str(SMALL["site.yaml"]).replace("USD", "KWD"),
        "stack.yaml": "offers:\n  a: {name: A, price: 9.555}\nsteps:\n  - checkout: a\n  - thank-you:\n",
    }
    with pytest.raises(CannotSync, match="Stripe takes no thousandths of KWD: write two decimals"):
        wanted_of(site(tmp_path, files))


SITE = str(SMALL["site.yaml"])


def test_what_the_payment_page_asks_for(account: Stripe, tmp_path: Path) -> None:
    stack = str(SMALL["stack.yaml"]).replace("price: 27", "price: 27\n    quantity: 5")
    asks = SITE + "payment: {promotion_codes: true, terms: required}\n"
    made = sync(account, wanted_of(site(tmp_path, {"site.yaml": asks, "stack.yaml": stack})))
    assert "charges course + template (1 to 5)" in made[-1]
    assert made[-1].endswith("automatic tax on | promotion codes on | asks buyers to accept your terms")
    both = account.links["plink_1"]
    assert both["allow_promotion_codes"] is True
    assert both["consent_collection"]["terms_of_service"] == "required"
    choices = [item["adjustable_quantity"] for item in account.items["plink_1"]]
    assert choices == [None, {"enabled": True, "minimum": 1, "maximum": 5}]


def test_promotion_codes_are_switched_in_the_same_link_and_terms_need_a_new_one(
    account: Stripe, tmp_path: Path
) -> None:
    sync(account, wanted_of(site(tmp_path / "old")))
    codes = wanted_of(site(tmp_path / "codes", {"site.yaml": SITE + "payment: {promotion_codes: true}\n"}))
    assert sync(account, codes)[0] == "~ link     checkout | - promotion codes off | + promotion codes on"
    assert len(account.links) == 2
    terms = wanted_of(site(tmp_path / "terms", {"site.yaml": SITE + "payment: {terms: required}\n"}))
    assert [line[:1] for line in sync(account, terms)] == ["+", "+"]


def test_a_stack_with_a_discount_has_links_that_take_its_code(account: Stripe, tmp_path: Path) -> None:
    text = str(SMALL["stack.yaml"]).replace("offers:", "discount: {code: SPRING, percent: 20, only: course}\noffers:")
    sync(account, wanted_of(site(tmp_path, {"stack.yaml": text})))
    assert [link["allow_promotion_codes"] for link in account.links.values()] == [True, True]


def discounted(folder: Path, discount: str) -> Wanted:
    text = str(SMALL["stack.yaml"]).replace("offers:", f"discount: {{{discount}}}\noffers:", 1)
    return wanted_of(site(folder, {"stack.yaml": text}))


@pytest.mark.parametrize(
    ("discount", "says", "charged"),
    [
        ("code: SPRING, percent: 20", "20 % off course and template", [7760, 9920]),
        ("code: SPRING, percent: 20, only: course", "20 % off course", [7760, 10460]),
        ("code: SPRING, amount: 20", "20.00 USD off course", [7700, 10400]),
    ],
)
def test_a_discounts_code_takes_off_what_the_pages_say(
    account: Stripe, tmp_path: Path, discount: str, says: str, charged: list[int]
) -> None:
    want = discounted(tmp_path, discount)
    assert f"+ code     SPRING | {says}" in sync(account, want)
    for link in written(account, want).values():
        account.pay(f"{link}?prefilled_promo_code=SPRING")
    assert [charge["amount"] for charge in account.charges] == charged
    known = checked(tmp_path)
    assert known.funnel is not None
    assert [button.charge.today.minor_units for button in known.funnel.buttons.values()] == charged
    assert sync(account, want) == []


def test_another_discount_is_another_coupon_by_the_same_code(account: Stripe, tmp_path: Path) -> None:
    sync(account, discounted(tmp_path / "old", "code: SPRING, percent: 20"))
    new = discounted(tmp_path / "new", "code: spring, percent: 30")
    assert sync(account, new) == ["~ code     spring | - 20 % off course and template | + 30 % off course and template"]
    assert [code["active"] for code in account.codes.values()] == [False, True]
    assert sync(account, new) == []


def test_a_code_that_somebody_made_serves_where_it_takes_off_the_same(account: Stripe, tmp_path: Path) -> None:
    own = stripe.StripeClient(KEY, base_addresses={"api": account.url}).v1
    own.coupons.create({"id": "mine", "percent_off": 20})
    own.promotion_codes.create({"promotion": {"type": "coupon", "coupon": "mine"}, "code": "Spring"})
    same = discounted(tmp_path / "a", "code: SPRING, percent: 20")
    assert not any("code" in line[:10] for line in sync(account, same))
    before = len(account.requests)
    with pytest.raises(CannotSync) as told:
        sync(account, discounted(tmp_path / "b", "code: SPRING, percent: 25, only: course"))
    assert told.value.reasons == (
        "the code `Spring` takes 20 % off everything at Stripe, and 25 % off course in the stack: change one of them",
    )
    assert all(request.startswith("get ") for request in account.requests[before:])
    assert [code["active"] for code in account.codes.values()] == [True]


@pytest.mark.parametrize(
    "restrictions",
    [{"first_time_transaction": True}, {"minimum_amount": 20000, "minimum_amount_currency": "usd"}],
)
def test_a_code_that_not_every_buyer_can_use_is_another(
    account: Stripe, tmp_path: Path, restrictions: dict[str, Any]
) -> None:
    """The page shows its price to everybody."""
    own = stripe.StripeClient(KEY, base_addresses={"api": account.url}).v1
    own.coupons.create({"id": "mine", "percent_off": 20})
    coupon = {"type": "coupon", "coupon": "mine"}
    promotion: Any = {"promotion": coupon, "code": "SPRING", "restrictions": restrictions}
    own.promotion_codes.create(promotion)
    with pytest.raises(CannotSync) as told:
        sync(account, discounted(tmp_path, "code: SPRING, percent: 20"))
    assert told.value.reasons == (
        "the code `SPRING` takes 20 % off everything for some buyers only at Stripe, "
        "and 20 % off course and template in the stack: change one of them",
    )


def test_what_was_limited_by_hand_is_made_anew(account: Stripe, tmp_path: Path) -> None:
    want = discounted(tmp_path, "code: SPRING, percent: 20")
    sync(account, want)
    next(iter(account.codes.values()))["restrictions"]["first_time_transaction"] = True
    assert sync(account, want) == [
        "~ code     SPRING | - 20 % off course and template for some buyers only | + 20 % off course and template"
    ]
    assert sync(account, want) == []


def test_two_stacks_with_one_code_agree_on_it(account: Stripe, tmp_path: Path) -> None:
    def stacks(percent: int) -> dict[str, str | None]:
        text = str(SMALL["stack.yaml"]).replace("offers:", "discount: {code: SPRING, percent: 20}\noffers:", 1)
        other = text.replace("percent: 20", f"percent: {percent}")
        return {"stack.yaml": None, "stacks/a.yaml": text, "stacks/b.yaml": other}

    want = wanted_of(site(tmp_path / "same", stacks(20)))
    assert "+ code     SPRING | 20 % off a/course and a/template and b/course and b/template" in sync(account, want)
    with pytest.raises(CannotSync, match="the code `SPRING` takes something else off in `a` than in `b`"):
        wanted_of(site(tmp_path / "other", stacks(30)))


def test_what_somebody_changed_by_hand_is_another_link(account: Stripe, tmp_path: Path) -> None:
    want = wanted_of(site(tmp_path))
    sync(account, want)
    account.items["plink_0"][0]["quantity"] = 2
    assert [line[:20] for line in sync(account, want)] == ["+ link     checkout "]


def test_two_sites_at_one_domain_are_two_sites(account: Stripe, tmp_path: Path) -> None:
    def at(name: str) -> Wanted:
        text = str(SMALL["site.yaml"]).replace("https://small.internal", f"https://{name}.small.internal")
        return wanted_of(site(tmp_path / name, {"site.yaml": text}))

    sync(account, at("one"))
    assert len(sync(account, at("two"), deactivate=True)) == 6
    assert all(link["active"] for link in account.links.values())
    assert sync(account, at("one"), deactivate=True) == []


# --- what the stack no longer has ------------------------------------------------------------------------------------

ALONE = str(SMALL["stack.yaml"]).replace("    bump: template\n", "").replace("price: 97", "price: 127")


def active(kept: dict[str, Any]) -> list[str]:
    return [id for id, one in kept.items() if one["active"]]


def test_it_is_switched_off_only_when_told(account: Stripe, tmp_path: Path) -> None:
    sync(account, wanted_of(site(tmp_path / "old")))
    new = wanted_of(site(tmp_path / "new", {"stack.yaml": ALONE}))
    assert all(not line.startswith("-") for line in sync(account, new))
    assert active(account.links) == ["plink_0", "plink_1", "plink_2"]
    template = next(id for id, product in account.products.items() if product["name"] == "The Template")
    assert sync(account, new, deactivate=True) == [
        "- link     checkout+template | https://buy.stripe.com/test_00000000000001, 97.00 USD + 27.00 USD",
        "- link     checkout | https://buy.stripe.com/test_00000000000000, 97.00 USD",
        "- price    template | 27.00 USD, tax exclusive",
        "- price    course | 97.00 USD, tax exclusive",
        "- product  template | active",
    ]
    assert active(account.links) == ["plink_2"]
    assert template not in active(account.products)
    assert sync(account, new, deactivate=True) == []


def test_what_comes_back_is_switched_on_again(account: Stripe, tmp_path: Path) -> None:
    old, new = wanted_of(site(tmp_path / "old")), wanted_of(site(tmp_path / "new", {"stack.yaml": ALONE}))
    sync(account, old)
    sync(account, new, deactivate=True)
    sync(account, old, deactivate=True)
    links = written(account, old)
    for link in links.values():
        account.pay(link)
    assert [charge["amount"] for charge in account.charges] == [9700, 12400]
    assert len(active(account.links)) == 2
    assert sync(account, old, deactivate=True) == []


def test_what_others_made_is_never_switched_off(account: Stripe, tmp_path: Path) -> None:
    """Not even by way of our own: to archive a product deactivates every link that has it."""
    old, new = wanted_of(site(tmp_path / "old")), wanted_of(site(tmp_path / "new", {"stack.yaml": ALONE}))
    sync(account, wanted_of(EXAMPLE))
    sync(account, old)
    template = next(
        price for price in account.prices.values() if price["unit_amount"] == 2700 and "small" in str(price)
    )
    own = stripe.StripeClient(KEY, base_addresses={"api": account.url}).v1
    by_hand = own.payment_links.create({"line_items": [{"price": template["id"], "quantity": 1}]})
    own.products.create({"name": "Something else"})
    before = {id: dict(link) for id, link in account.links.items() if "small" not in str(link["metadata"])}
    others = {id: dict(one) for id, one in account.products.items() if "small" not in str(one["metadata"])}
    made = sync(account, new, deactivate=True)
    assert not any(line.startswith(("- product", "- price    template")) for line in made)
    assert account.links[by_hand.id]["active"]
    assert {id: account.links[id] for id in before} == before
    assert {id: account.products[id] for id in others} == others


def test_a_price_that_stripe_keeps_does_not_stop_it(account: Stripe, tmp_path: Path) -> None:
    old, new = wanted_of(site(tmp_path / "old")), wanted_of(site(tmp_path / "new", {"stack.yaml": ALONE}))
    sync(account, old)
    for product in account.products.values():
        product["default_price"] = next(id for id, one in account.prices.items() if one["product"] == product["id"])
    assert not any(line.startswith("- price") for line in sync(account, new, deactivate=True))
    assert sync(account, new, deactivate=True) == []


def test_what_stands_in_the_way_is_told_all_at_once(tmp_path: Path) -> None:
    files = {
        "site.yaml": "name: Small\n",
        "stack.yaml": "offers:\n  a: {name: A, pay: 3 x 33}\nsteps:\n  - checkout: a\n  - thank-you:\n",
    }
    with pytest.raises(CannotSync) as told:
        wanted_of(site(tmp_path, files))
    assert [reason.partition(":")[0] for reason in told.value.reasons] == [
        "the site has no address",
        "a Stripe payment link cannot end after 3 payments",
    ]
