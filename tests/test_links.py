"""`funnelgen links`: what each link must charge, where it must lead back to, and what is still to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from funnelgen.cli import cli
from funnelgen.payments import PROVIDERS, gumroad, stripe
from funnelgen.payments.addresses import payment_of
from funnelgen.payments.links.wiring import Wire, wiring
from funnelgen.payments.links.words import as_json, as_markdown, as_text
from funnelgen.site.links import LinkMode

from .sites import EXAMPLE, ROOT, SMALL, checked, site, stack
from .test_cli import run


def wires(folder: Path, mode: LinkMode = "live") -> dict[str, Wire]:
    """The wiring of a site, by button."""
    known = checked(folder)
    assert known.site is not None
    assert known.funnel is not None
    return {wire.button: wire for wire in wiring(known.site, known.funnel, mode)}


def test_every_button_of_the_example_says_what_to_charge_and_where_to_return() -> None:
    found = wires(EXAMPLE)
    assert {id: str(w.charge.today) for id, w in found.items()} == {
        "checkout": "97.00 USD",
        "checkout+sales-page-template": "124.00 USD",
        "oto": "400.00 USD",
        "downsell": "79.00 USD",
        "thank-you": "49.00 USD",
    }
    assert found["oto"].returns_to == (
        "https://launch-your-course.example/thank-you/?paid=oto&session_id={CHECKOUT_SESSION_ID}"
    )
    assert found["oto"].todo == ("make a link in Stripe under Payment Links and write it under `live:` in links.yaml",)


def test_nothing_is_left_to_do_with_good_links(tmp_path: Path) -> None:
    links = "live:\n  checkout: https://buy.stripe.com/a1\n  checkout+template: https://buy.stripe.com/b2\n"
    found = wires(site(tmp_path, {"links.yaml": links}))
    assert all(w.todo == () and w.check == () and w.provider is stripe for w in found.values())


@pytest.mark.parametrize(
    ("link", "todo"),
    [
        ("https://buy.stripe.com/test_a", "this is a test link: copy the one that charges"),
        ("${LINK_OF_NOBODY}", "set the variable `LINK_OF_NOBODY` to the payment link"),
        ("http://buy.stripe.com/a", "the link is no `https://` address"),
        ("https://pay.stranger.internal/a", "no payment provider is known at `pay.stranger.internal`"),
        ("https://buy.stripe.com", "the link has no code of its own: copy it in Stripe under Payment Links"),
        (
            "https://dashboard.stripe.com/payment-links/plink_1ABC",
            "`dashboard.stripe.com` is Stripe's, but this is no payment link: copy the payment link in Stripe under "
            "Payment Links; it begins with `https://buy.stripe.com/`",
        ),
    ],
)
def test_what_is_wrong_with_a_link_is_to_do(tmp_path: Path, link: str, todo: str) -> None:
    wire = wires(site(tmp_path, {"links.yaml": f"live:\n  checkout: {link}\n"}))["checkout"]
    assert len(wire.todo) == 1
    assert wire.todo[0].startswith(todo)


def test_buttons_that_share_a_link_are_not_wired(tmp_path: Path) -> None:
    links = "live:\n  checkout: https://buy.stripe.com/a\n  checkout+template: https://buy.stripe.com/a/?x=1\n"
    found = wires(site(tmp_path, {"links.yaml": links}))
    said = "`checkout` and `checkout+template` have one link: give each button the link of its own charge"
    assert [wire.todo for wire in found.values()] == [(said,), (said,)]
    assert as_text(list(found.values()), "en-US").startswith("live: 0 of 2 buttons are wired")


@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_a_key_that_was_pasted_as_a_link_is_not_printed(tmp_path: Path, format_: str) -> None:
    key = "sk_" + "live_0123456789abcdef"
    folder = site(tmp_path, {"links.yaml": f"live:\n  checkout: {key}\n"})
    done = CliRunner().invoke(cli, ["links", str(folder), "--mode", "live", "--format", format_])
    assert "sk_live_…" in done.output
    assert key not in done.output


@pytest.mark.parametrize(
    ("link", "opens", "is_told"),
    [
        ("https://studio.lemonsqueezy.com/checkout/buy/a", "overlay", True),
        ("https://buy.stripe.com/test_a", "buy_btn_1", False),
    ],
)
def test_a_checkout_in_the_page_is_to_be_tried_where_it_is_unconfirmed(
    tmp_path: Path, link: str, opens: str, is_told: bool
) -> None:
    lines = (
        f"test: {{checkout: '{link}', checkout+template: '{link}2'}}\nembed_test: {{buttons: {{checkout: {opens}}}}}\n"
    )
    found = wires(site(tmp_path, {"links.yaml": lines}), "test")
    assert any(text.startswith("in the page: press it once") for text in found["checkout"].check) == is_told
    assert not any(text.startswith("in the page") for text in found["checkout+template"].check)


def test_a_misspelt_button_is_told_as_check_does(tmp_path: Path) -> None:
    folder = site(tmp_path, {"links.yaml": "live:\n  template+checkout: https://buy.stripe.com/a\n"})
    done = run("links", folder)
    assert done.returncode == 1
    assert "error[FG403]: no button is called `template+checkout`" in done.stderr
    assert "did you mean `checkout+template`?" in done.stderr
    assert run("links", folder, "--mode", "test").returncode == 0


def test_a_test_link_that_charges_is_to_do(tmp_path: Path) -> None:
    folder = site(tmp_path, {"links.yaml": "test:\n  checkout: https://buy.stripe.com/a\n"})
    assert wires(folder, "test")["checkout"].todo[0].startswith("this link charges real money")


def test_a_site_without_an_address_cannot_be_returned_to(tmp_path: Path) -> None:
    wire = wires(site(tmp_path, {"site.yaml": "name: Small Studio\n"}))["checkout"]
    assert wire.returns_to == ""
    assert wire.todo[0] == "write the site's address as `url:` in site.yaml: buyers come back to it"


def test_a_provider_without_session_ids_gets_no_placeholder(tmp_path: Path) -> None:
    links = "live:\n  checkout: https://studio.gumroad.com/l/course\n"
    wire = wires(site(tmp_path, {"links.yaml": links}))["checkout"]
    assert wire.provider is gumroad
    assert wire.returns_to == "https://small.internal/thank-you/?paid=checkout"
    assert any(text.startswith("after payment: look for") for text in wire.check)
    assert any(text.startswith("mode: ") for text in wire.check)


def test_what_stripe_cannot_charge_is_said_before_a_link_is_made(tmp_path: Path) -> None:
    files = {"stack.yaml": "offers:\n  course: {name: C, pay: 3 x 33}\nsteps:\n  - checkout: course\n  - thank-you:\n"}
    todo = wires(site(tmp_path, files))["checkout"].todo[0]
    assert todo == (
        "a Stripe payment link cannot end after 3 payments: sell `course` for one price, as a subscription that "
        "you end yourself (`every: month`, its end in `terms:`), or through a provider that can: Gumroad or ThriveCart"
    )


def test_the_terminal_gets_a_table_and_what_to_do() -> None:
    text = as_text(list(wires(EXAMPLE, "test").values()), "en-US")
    assert text.startswith("test: 0 of 5 buttons are wired")
    assert "  checkout+sales-page-template        $124.00  to do\n" in text
    assert "    charges  Alumni Circle: $49.00 every month\n" in text
    assert "to return, at Stripe: in the link's settings, After payment" in text
    assert all(len(line) <= 80 or "https://" in line for line in text.splitlines())


def test_ten_missing_links_are_one_list(tmp_path: Path) -> None:
    more = "".join(f"  extra-{n}: {{name: Extra {n}, category: template, price: 2{n}, pitch: More.}}\n" for n in (1, 2))
    more += "  calls: {name: Calls, category: course, price: 120, promise: Ask., deliver: course.pdf}\n"
    more += "  replay: {name: Replay, category: course, price: 60, promise: Watch., deliver: course.pdf}\n"
    steps = "  - lead-magnet: guide\n  - sales: course\n  - checkout: course\n    bump: [template, extra-1, extra-2]\n"
    steps += "  - oto: calls\n    downsell: replay\n  - thank-you:\n"
    folder = site(tmp_path, {"stack.yaml": stack(steps, more), "links.yaml": "live:\n"})
    assert len(wires(folder)) == 10
    built = [d for d in checked(folder, "live").diagnostics if d.code.startswith("FG4")]
    assert [d.message.partition(" for ")[0] for d in built] == ["live mode has no link"]
    assert built[0].message.endswith("`checkout+template+extra-1+extra-2` and 2 more")
    text = as_text(list(wires(folder).values()), "en-US")
    assert text.count("make a link in Stripe") == 1
    told = run("links", "verify", folder).stdout.splitlines()
    assert len(told) == 2
    assert all(f"`{button}`" in told[0] for button in wires(folder))


def test_what_a_link_must_have_beside_its_charge(tmp_path: Path) -> None:
    changes = {
        "site.yaml": str(SMALL["site.yaml"]) + "tax: included\npayment: {promotion_codes: true, terms: required}\n",
        "stack.yaml": str(SMALL["stack.yaml"]).replace("price: 27", "price: 27\n    quantity: 5"),
    }
    found = wires(site(tmp_path, changes))
    assert found["checkout+template"].settings == (
        "tax in the price (inclusive)",
        "buyers choose how many of The Template: 1 to 5",
        "buyers may enter promotion codes",
        "buyers must accept your terms",
    )
    text = as_text(list(found.values()), "en-US")
    assert text.count("set      in each of them: buyers must accept your terms\n") == 1
    assert text.count("buyers must accept your terms") == 1
    assert "\n    set      buyers choose how many of The Template: 1 to 5\n" in text
    assert "- set: buyers may enter promotion codes\n" in as_markdown(list(found.values()), "en-US")


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("site.yaml", "payment: {terms: yes}\n", "`terms` cannot be `yes`"),
        ("site.yaml", "payment: {promotion-codes: true}\n", "`payment` has no key `promotion-codes`"),
        ("stack.yaml", "    quantity: 1\n", "`quantity` cannot be `1`"),
        ("stack.yaml", "    quantity: 1 to 5\n", "`quantity` cannot be `1 to 5`"),
    ],
)
def test_what_no_payment_page_can_ask_for_is_told(tmp_path: Path, file: str, text: str, said: str) -> None:
    before = str(SMALL[file])
    after = before + text if file == "site.yaml" else before.replace("    price: 97\n", f"    price: 97\n{text}")
    assert [d.message for d in checked(site(tmp_path, {file: after})).diagnostics] == [said]


def test_markdown_is_a_list_of_tasks_that_names_letter_for_letter() -> None:
    text = as_markdown(list(wires(EXAMPLE).values()), "en-US")
    assert "- after payment, go to: `https://launch-your-course.example/oto/?paid=checkout&session_id=" in text
    assert text.count("\n- [ ] ") == 5


def test_json_has_minor_units() -> None:
    first = json.loads(as_json(list(wires(EXAMPLE).values())))["buttons"][0]
    assert (first["button"], first["today_minor"], first["currency"]) == ("checkout", 9700, "USD")
    assert first["link"] is None


def test_the_command_shows_both_modes_and_never_what_a_variable_holds(tmp_path: Path) -> None:
    secret = "sk_" + "test_0123456789abcdef"
    folder = site(tmp_path, {"links.yaml": "live:\n  checkout: ${LINK_A}\n"})
    for format_ in ("text", "markdown", "json"):
        done = run("links", folder, "--format", format_, env={"LINK_A": secret})
        assert done.returncode == 0
        assert "LINK_A" in done.stdout
        assert secret not in done.stdout + done.stderr


def test_a_site_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    done = run("links", site(tmp_path, {"stack.yaml": "a: [\n"}))
    assert done.returncode == 1
    assert "nothing was wired" in done.stderr


def test_the_guide_has_every_provider_in_its_own_words() -> None:
    guide = (ROOT / "docs" / "payments.md").read_text()
    assert all(f"| {p.NAME} | {p.TEST} | " in guide and p.RETURN.set_it in guide for p in PROVIDERS)


@pytest.mark.parametrize(
    ("link", "other"),
    [
        ("https://buy.stripe.com/X", "https://buy.stripe.com/X/"),
        ("https://buy.stripe.com/X", "https://BUY.stripe.com:443/X?x=1#a"),
        ("https://buy.stripe.com/X", "https://buy.stripe.com/X?prefilled_promo_code=SPRING"),
        ("https://paypal.com/ncp/payment/X", "https://www.paypal.com/ncp/payment/X?locale.x=de_DE"),
        ("https://pay.small.internal/?product=1", "https://pay.small.internal?utm_source=oto&product=1&email="),
        ("https://a.thrivecart.com/x/", "https://a.thrivecart.com/x/?passthrough[customer_email]=a@b.internal"),
        ("https://a.gumroad.com/l/x", "https://a.gumroad.com/l/x/?wanted=true&email=a@b.internal"),
        ("https://buy.polar.sh/polar_cl_x", "https://buy.polar.sh/polar_cl_x?discount_code=SPRING&customer_email=a"),
    ],
)
def test_links_that_open_one_payment_are_one(link: str, other: str) -> None:
    assert payment_of(link) == payment_of(other)


@pytest.mark.parametrize(
    ("link", "other"),
    [
        ("https://buy.stripe.com/X", "https://buy.stripe.com/x"),
        ("https://buy.stripe.com/X", "https://book.stripe.com/X"),
        ("https://www.paypal.com/webscr?hosted_button_id=A", "https://www.paypal.com/webscr?hosted_button_id=B"),
        ("https://pay.small.internal/?product=1", "https://pay.small.internal/?product=2"),
        ("https://pay.paddle.io/hsc_1?price_id=pri_1", "https://pay.paddle.io/hsc_1?price_id=pri_2"),
        ("https://a.gumroad.com/l/x?recurrence=monthly", "https://a.gumroad.com/l/x?recurrence=yearly"),
        ("https://a.gumroad.com/l/x", "https://a.gumroad.com/l/x?variant=Studio"),
        ("https://buy.polar.sh/polar_cl_x?product_id=a", "https://buy.polar.sh/polar_cl_x?product_id=b"),
    ],
)
def test_links_that_open_other_payments_are_two(link: str, other: str) -> None:
    assert payment_of(link) != payment_of(other)


PLAN = "offers:\n  course: {name: C, pay: 3 x 33%s}\nsteps:\n  - checkout: course\n%s  - thank-you:\n"


@pytest.mark.parametrize(
    ("offer", "step"),
    [(", allow: {link-billing: I end it by hand}", ""), ("", "    allow: {link-billing: I end it by hand}\n")],
)
def test_a_plan_that_the_site_allows_is_not_to_do(tmp_path: Path, offer: str, step: str) -> None:
    links = "live: {checkout: https://buy.stripe.com/a}\n"
    folder = site(tmp_path, {"stack.yaml": "audience: us\n" + PLAN % (offer, step), "links.yaml": links})
    assert wires(folder)["checkout"].todo == ()
    assert "live: 1 of 1 button is wired" in run("links", folder, "--mode", "live").stdout
    done = run("links", "verify", folder)
    assert (done.returncode, done.stdout.partition(";")[0]) == (0, "live: 1 button, 0 problems")


def test_what_is_not_on_sale_may_wait_for_its_link(tmp_path: Path) -> None:
    files = {
        "stack.yaml": str(SMALL["stack.yaml"]).replace("price: 27", "price: 27\n    sold_out: true"),
        "links.yaml": "live: {checkout: https://buy.stripe.com/a}\n",
    }
    folder = site(tmp_path, files)
    shown = run("links", folder, "--mode", "live").stdout
    assert shown.startswith("live: 1 of 1 button is wired")
    assert "  checkout+template        $124.00  not on sale, may wait\n" in shown
    assert "make a link" not in shown
    assert run("links", "verify", folder).returncode == 0
    assert wires(folder)["checkout+template"].todo == ()


def test_a_wrong_link_of_what_is_not_on_sale_is_still_told(tmp_path: Path) -> None:
    files = {
        "stack.yaml": str(SMALL["stack.yaml"]).replace("price: 27", "price: 27\n    sold_out: true"),
        "links.yaml": "live: {checkout: https://buy.stripe.com/a, checkout+template: https://buy.stripe.com/test_b}\n",
    }
    assert wires(site(tmp_path, files))["checkout+template"].todo[0].startswith("this is a test link")


def test_a_build_says_last_what_stops_it(tmp_path: Path) -> None:
    stack_yaml = str(SMALL["stack.yaml"]).replace("    refund: Full refund within 30 days.\n", "")
    folder = site(
        tmp_path / "site", {"stack.yaml": stack_yaml, "links.yaml": "live: {checkout: https://buy.stripe.com/a}\n"}
    )
    told = run("build", folder, "--mode", "live", "--out", tmp_path / "dist").stderr
    assert "warning[" in told
    assert told.rindex("warning[") < told.index("error[FG")
