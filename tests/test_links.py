"""`funnelgen links`: what each link must charge, where it must lead back to, and what is still to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from funnelgen.payments import PROVIDERS, gumroad, stripe
from funnelgen.payments.links.wiring import LinkMode, Wire, wiring
from funnelgen.payments.links.words import as_json, as_markdown, as_text

from .sites import EXAMPLE, ROOT, checked, site
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
        ("https://pay.stranger.internal/a", "no provider is known at `pay.stranger.internal`"),
    ],
)
def test_what_is_wrong_with_a_link_is_to_do(tmp_path: Path, link: str, todo: str) -> None:
    wire = wires(site(tmp_path, {"links.yaml": f"live:\n  checkout: {link}\n"}))["checkout"]
    assert len(wire.todo) == 1
    assert wire.todo[0].startswith(todo)


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
    assert todo == "sell `course` in another way: a Stripe payment link cannot end after 3 payments"


def test_the_terminal_gets_a_table_and_what_to_do() -> None:
    text = as_text(list(wires(EXAMPLE, "test").values()), "en-US")
    assert text.startswith("test: 0 of 5 buttons are wired")
    assert "  checkout+sales-page-template        $124.00  to do\n" in text
    assert "    charges  Alumni Circle: $49.00 every month\n" in text
    assert "to return, at Stripe: in the link's settings, After payment" in text


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
