"""`funnelgen links verify`: every way in which Stripe can differ from the page is told, with both sides."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from funnelgen.cli import cli

from .sites import site
from .stripe_account.server import KEY, Stripe, running

Breaking = Callable[[Stripe], object]


@pytest.fixture
def account() -> Iterator[Stripe]:
    with running() as made:
        yield made
        assert made.wrong == []


@pytest.fixture
def folder(account: Stripe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site whose links were made in the account."""
    monkeypatch.setattr("funnelgen.payments.links.account.API", account.url)
    monkeypatch.setenv("STRIPE_API_KEY", KEY)
    made = site(tmp_path)
    assert links("sync", made).exit_code == 0
    return made


def links(command: str, folder: Path, *more: str) -> Result:
    return CliRunner().invoke(cli, ["links", command, str(folder), "--mode", "test", *more])


def test_what_sync_made_is_right(folder: Path) -> None:
    done = links("verify", folder)
    assert (done.exit_code, done.output) == (0, "test: 2 buttons, 0 problems; 2 compared with Stripe\n")


def change(kind: str, id: str, **values: Any) -> Breaking:
    return lambda account: getattr(account, kind)[id].update(values)


def item(**values: Any) -> Breaking:
    return lambda account: account.items["plink_0"][0].update(values)


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (change("prices", "price_0", unit_amount=8700), "amount: the site says 97.00 USD, Stripe says 87.00 USD"),
        (change("prices", "price_0", currency="eur"), "amount: the site says 97.00 USD, Stripe says 97.00 EUR"),
        (item(quantity=2), "amount: the site says 97.00 USD, Stripe says 2 × 97.00 USD"),
        (
            item(adjustable_quantity={"enabled": True, "minimum": 1, "maximum": 9}),
            "quantity to choose: the site says no, Stripe says 1 to 9",
        ),
        (change("prices", "price_0", active=False), "prices: the site says active, Stripe says archived"),
        (
            change("prices", "price_0", tax_behavior="inclusive"),
            "tax behaviour: the site says exclusive, Stripe says inclusive",
        ),
        (change("links", "plink_0", active=False), "state: the site says active, Stripe says switched off"),
        (
            change("links", "plink_0", allow_promotion_codes=True),
            "promotion codes: the site says off, Stripe says on",
        ),
        (
            change("links", "plink_0", consent_collection={"promotions": "none", "terms_of_service": "required"}),
            "terms to accept: the site says off, Stripe says on",
        ),
        (change("links", "plink_0", livemode=True), "mode: the site says test, Stripe says live"),
        (
            change("links", "plink_0", automatic_tax={"enabled": False, "liability": None}),
            "automatic tax: the site says on, Stripe says off",
        ),
        (
            change(
                "links", "plink_0", optional_items=[{"price": "price_1", "quantity": 1, "adjustable_quantity": None}]
            ),
            "things to add: the site says 0, Stripe says 1",
        ),
        (
            change(
                "links",
                "plink_0",
                after_completion={"type": "hosted_confirmation", "hosted_confirmation": {"custom_message": None}},
            ),
            "Stripe says none, it shows a message of its own",
        ),
        (
            change("links", "plink_0", url="https://buy.stripe.com/test_other"),
            "Stripe says that this account has no such link",
        ),
    ],
)
def test_every_difference_is_told_with_both_sides(account: Stripe, folder: Path, broken: Breaking, told: str) -> None:
    broken(account)
    done = links("verify", folder)
    assert done.exit_code == 1
    assert any(line.startswith("`checkout`: ") and told in line for line in done.output.splitlines())
    assert KEY not in done.output


def test_a_monthly_price_where_the_page_says_once(account: Stripe, folder: Path) -> None:
    monthly = {"interval": "month", "interval_count": 3, "meter": None, "usage_type": "licensed"}
    change("prices", "price_0", recurring={**monthly, "trial_period_days": None}, type="recurring")(account)
    assert "the site says 97.00 USD, Stripe says 97.00 USD every 3 months" in links("verify", folder).output


def test_what_the_payment_page_asks_for_is_compared(account: Stripe, folder: Path) -> None:
    text = (folder / "site.yaml").read_text() + "payment: {promotion_codes: true, terms: required}\n"
    (folder / "site.yaml").write_text(text)
    offers = (folder / "stack.yaml").read_text().replace("price: 27", "price: 27\n    quantity: 5")
    (folder / "stack.yaml").write_text(offers)
    done = links("verify", folder)
    assert "`checkout`: promotion codes: the site says on, Stripe says off\n" in done.output
    assert "`checkout`: terms to accept: the site says on, Stripe says off\n" in done.output
    assert "`checkout`: quantity" not in done.output
    assert "`checkout+template`: quantity to choose: the site says 1 to 5, Stripe says no\n" in done.output


def test_a_code_is_compared_as_well(account: Stripe, folder: Path) -> None:
    text = (folder / "stack.yaml").read_text()
    (folder / "stack.yaml").write_text(text.replace("offers:", "discount: {code: SPRING, percent: 20}\noffers:", 1))
    done = links("verify", folder)
    said = "`SPRING`: code: the site says 20 % off course and template, Stripe says that no such code is active"
    assert said in done.output
    links("sync", folder)
    assert links("verify", folder).exit_code == 0
    next(iter(account.coupons.values()))["percent_off"] = 15.0
    done = links("verify", folder)
    assert done.exit_code == 1
    assert "the site says 20 % off course and template, Stripe says 15 % off course and template\n" in done.output


def test_a_forgotten_link_is_named_and_no_difference(account: Stripe, folder: Path) -> None:
    offers = (folder / "stack.yaml").read_text()
    (folder / "stack.yaml").write_text(offers.replace("price: 97", "price: 127"))
    links("sync", folder)
    done = links("verify", folder)
    assert done.exit_code == 0
    assert (
        "still active, though no button has them now:\n  https://buy.stripe.com/test_00000000000001  (" in done.output
    )
    assert "(checkout, 97.00 USD)" in done.output
    assert "`funnelgen links sync --mode test --deactivate` switches them off" in done.output


def test_json_has_both_sides(account: Stripe, folder: Path) -> None:
    change("prices", "price_0", unit_amount=8700)(account)
    done = links("verify", folder, "--format", "json")
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["compared"] == ["checkout", "checkout+template"]
    assert told["differences"][0] == {
        "button": "checkout",
        "what": "amount",
        "site": "97.00 USD",
        "stripe": "87.00 USD",
    }


def test_without_a_key_links_still_show_something(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIPE_API_KEY")
    done = links("verify", folder)
    assert done.exit_code == 0
    assert "not compared with Stripe, since `STRIPE_API_KEY` is not set" in done.output
    (folder / "links.yaml").write_text("test:\n  checkout: https://buy.stripe.com/abc\n")
    done = links("verify", folder)
    assert done.exit_code == 1
    assert "`checkout`: this link charges real money" in done.output
    assert "`checkout+template`: make a test link" in done.output


def test_what_the_file_shows_needs_no_key(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIPE_API_KEY")
    link = "https://buy.stripe.com/test_1"
    (folder / "links.yaml").write_text(f"test:\n  checkout: {link}\n  checkout+template: {link}\n  oto: {link}2\n")
    done = links("verify", folder)
    assert done.exit_code == 1
    assert done.output == (
        "`checkout`, `checkout+template`: `checkout` and `checkout+template` have one link: "
        "give each button the link of its own charge\n"
        "under `test:`, no button is called `oto`\n"
        "test: 2 buttons, 2 problems; not compared with Stripe, since `STRIPE_API_KEY` is not set\n"
    )
    told = json.loads(links("verify", folder, "--format", "json").output)
    assert [finding["code"] for finding in told["findings"]] == ["FG403"]
    assert list(told["to_do"]) == ["checkout", "checkout+template"]


def test_mistakes_of_the_other_mode_are_not_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STRIPE_API_KEY")
    live = "live:\n  checkout: https://buy.stripe.com/a\n  checkout+template: https://buy.stripe.com/a\n"
    with (folder / "links.yaml").open("a") as file:
        file.write(f"{live}  oto: https://buy.stripe.com/\n")
    done = links("verify", folder)
    assert (done.exit_code, done.output.count("\n")) == (0, 1)


def test_nothing_is_changed(account: Stripe, folder: Path) -> None:
    before = len(account.requests)
    links("verify", folder)
    assert len(account.requests) > before
    assert all(request.startswith("get ") for request in account.requests[before:])


def test_a_plan_that_the_site_ends_by_hand_is_not_compared(folder: Path) -> None:
    """Nothing at Stripe says when it ends; the other buttons are compared as ever."""
    stack = folder / "stack.yaml"
    plan = "pay: 3 x 9\n    allow: {link-billing: I end each one in my calendar}"
    stack.write_text(stack.read_text().replace("price: 27", plan))
    done = links("verify", folder)
    assert (done.exit_code, done.output) == (0, "test: 2 buttons, 0 problems; 1 compared with Stripe\n")


def test_a_code_for_what_is_sold_beside_such_a_plan_is_compared(account: Stripe, folder: Path) -> None:
    stack = folder / "stack.yaml"
    stack.write_text(stack.read_text().replace("offers:", "discount: {code: SPRING, percent: 20}\noffers:", 1))
    links("sync", folder)
    allowed = "allow: {link-billing: I end each one in my calendar}"
    stack.write_text(stack.read_text().replace("price: 97", f"pay: 3 x 33\n    {allowed}"))
    done = links("verify", folder)
    assert done.exit_code == 1
    told = "`SPRING`: code: the site says 20 % off template, Stripe says 20 % off course and template\n"
    assert told in done.output
    template = [id for id, product in account.products.items() if product["name"] == "The Template"]
    next(iter(account.coupons.values()))["applies_to"]["products"] = template
    done = links("verify", folder)
    assert (done.exit_code, done.output) == (0, "test: 2 buttons, 0 problems; 0 compared with Stripe\n")
    del next(iter(account.coupons.values()))["applies_to"]
    assert "Stripe says 20 % off everything\n" in links("verify", folder).output
