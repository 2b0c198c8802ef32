"""What the law of the markets wants on a page is on it: who sells, what a button says, what renews, what is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from .html import Document
from .sites import Files, Mode, built, pages_of, site

STACK = """\
audience: people who test
offers:
  guide: {name: The Guide, deliver: guide.pdf}
  journal: {name: The Journal, price: 19, deliver: guide.pdf}
  course: {name: The Course, price: 97, deliver: course.pdf}
  calls: {name: Three Calls, price: 90, deliver: course.pdf}
  library: {name: The Library, price: 40, deliver: course.pdf}
  circle: {name: The Circle, price: 49, every: month, deliver: course.pdf}
steps:
  - lead-magnet: guide
  - tripwire: journal
  - thank-you:
    id: journal
  - sales: course
  - checkout: course
  - oto: calls
    downsell: library
  - thank-you:
    cross-sell: circle
"""
EUROPE = """\
name: Small Studio
url: https://small.internal
currency: EUR
tax: included
sells_to: [EU]
seller:
  name: Small Studio Ltd
  address: |
    1 Quay
    Galway
  email: help@small.internal
  phone: +353 1 555 0100
  country: IE
  vat: IE1234567X
legal: {terms: terms, privacy: privacy, refunds: refunds, withdrawal: withdrawal}
"""
LEGAL: Files = {
    "pages/terms.md": "You buy what the page describes.\n",
    "pages/privacy.md": "We keep your address.\n",
    "pages/refunds.md": "You can withdraw from a contract within 14 days.\n",
    "pages/withdrawal.md": "[Withdraw from a contract](mailto:help@small.internal)\n",
}
LINKS = "".join(
    f"  {id}: https://buy.stripe.com/{id}\n" for id in ("tripwire", "checkout", "oto", "downsell", "thank-you")
)


def pages(folder: Path, changes: Files | None = None, mode: Mode = "demo") -> dict[str, Document]:
    """The pages of a site for the EU that has every kind of step, by the path of their files."""
    files = {"site.yaml": EUROPE, "stack.yaml": STACK, **LEGAL, **(changes or {})}
    return {name: Document(html) for name, html in pages_of(built(site(folder, files), mode)).items()}


def button(page: Document) -> str:
    """The words of the button that charges, its amount behind them."""
    return " ".join(page.all("a", data_fg="accept")[0].text.split())


def test_every_page_ends_with_who_sells_and_where_to_withdraw(tmp_path: Path) -> None:
    for name, page in pages(tmp_path).items():
        if name.startswith("demo/"):
            continue  # stands in for the provider's page
        *_, last = page.words.split("\n")
        assert last == "Seller: Small Studio Ltd, 1 Quay, Galway, +353 1 555 0100, VAT IE1234567X, help@small.internal"
        links = [link for link in page.links() if link in ("/terms/", "/privacy/", "/refunds/", "/withdrawal/")]
        assert links[-4:] == ["/terms/", "/privacy/", "/refunds/", "/withdrawal/"], name
        assert "Withdraw from contract" in page.words


def test_a_site_that_says_little_of_its_seller_shows_no_empty_line(tmp_path: Path) -> None:
    for text in ("name: Small Studio\n", "name: Small Studio\nseller: {email: help@small.internal}\n"):
        for page in pages(tmp_path, {"site.yaml": text}).values():
            assert "Seller:" not in page.words


def test_in_europe_a_button_that_charges_says_so(tmp_path: Path) -> None:
    found = pages(tmp_path)
    assert button(found["tripwire/index.html"]) == "Buy now €19"
    assert button(found["oto/index.html"]) == "Buy now €90"
    assert button(found["downsell/index.html"]) == "Buy now €40"
    assert button(found["thank-you/index.html"]) == "Buy now €49 a month"
    assert button(found["checkout/index.html"]) == "Continue to payment €97"
    assert button(found["sales/index.html"]) == "Get The Course €97"  # leads to the order, charges nothing


def test_elsewhere_it_says_what_it_adds(tmp_path: Path) -> None:
    found = pages(tmp_path, {"site.yaml": EUROPE.replace("[EU]", "[US]")})
    assert button(found["oto/index.html"]) == "Add Three Calls €90"
    assert button(found["thank-you/index.html"]) == "Join The Circle €49 a month"


def test_the_creators_words_win(tmp_path: Path) -> None:
    found = pages(tmp_path, {"copy/oto.md": "---\naccept: Order the calls and pay\n---\n"})
    assert button(found["oto/index.html"]) == "Order the calls and pay €90"


@pytest.mark.parametrize(
    ("tax", "words"),
    [("included", "Tax is included."), ("none", "No tax is charged."), ("added", "is shown before you pay.")],
)
def test_what_is_said_of_tax_stands_before_the_button(tmp_path: Path, tax: str, words: str) -> None:
    found = pages(tmp_path, {"site.yaml": EUROPE.replace("included", tax)})
    for name in ("tripwire", "checkout", "oto", "downsell", "thank-you"):
        text = found[f"{name}/index.html"].words
        assert 0 < text.index(words) < text.index(button(found[f"{name}/index.html"])), name


UNTIL = (
    "Charged today, then on this date every month until you cancel. "
    "Cancel at any time; you keep the month you paid for."
)


@pytest.mark.parametrize(
    ("keys", "terms"),
    [
        ("", f"{UNTIL} To cancel, write to help@small.internal."),
        (", cancel: Cancel in your account.", f"{UNTIL} Cancel in your account."),
        (", terms: Monthly until you cancel.", "Monthly until you cancel."),
        (", terms: Monthly., cancel: Leave in your account.", "Monthly. Leave in your account."),
        (
            ", trial: 14",
            "Nothing is charged for 14 days. After that €49 a month until you cancel. "
            "Cancel before then and you pay nothing. To cancel, write to help@small.internal.",
        ),
    ],
)
def test_what_renews_says_before_the_button_until_when_and_how_it_ends(tmp_path: Path, keys: str, terms: str) -> None:
    stack = STACK.replace("every: month,", f"every: month{keys},").replace("checkout: course", "checkout: circle")
    found = pages(tmp_path, {"stack.yaml": stack.replace("sales: course", "sales: circle")})
    for name in ("checkout", "thank-you", "sales"):
        text = found[f"{name}/index.html"].words
        assert 0 < text.index(terms) < text.rindex(button(found[f"{name}/index.html"])), name
    assert terms in found["demo/checkout/index.html"].words


def test_what_does_not_renew_says_nothing_of_cancelling(tmp_path: Path) -> None:
    stack = STACK.replace("price: 97,", "price: 97, cancel: Cancel in your account.,")
    assert "ancel" not in pages(tmp_path, {"stack.yaml": stack})["checkout/index.html"].words


# --- the form --------------------------------------------------------------------------------------------------------

ASKS = {"copy/lead-magnet.md": "---\nnote: The guide opens at once.\nconsent: Send me the letter too.\n---\n"}


def test_further_mail_has_a_box_of_its_own_that_comes_unticked(tmp_path: Path) -> None:
    page = pages(tmp_path, {**ASKS, "links.yaml": f"live:\n{LINKS}"}, "live")["lead-magnet/index.html"]
    (box,) = page.all("input", type="checkbox")
    assert box.get("name") == "consent"
    assert "checked" not in box.attributes
    assert "required" not in box.attributes  # the free thing is given either way
    assert [label.text for label in page.all("label", **{"for": box.get("id")})] == ["Send me the letter too."]


def test_the_form_of_a_service_calls_the_box_as_the_service_does(tmp_path: Path) -> None:
    form = 'form: {action: "https://letters.internal/subscribe", field: mail, consent: gdpr}\n'
    changes = {**ASKS, "site.yaml": EUROPE + form, "links.yaml": f"live:\n{LINKS}"}
    page = pages(tmp_path, changes, "live")["lead-magnet/index.html"]
    assert [field.get("name") for field in page.all("input")] == ["mail", "gdpr"]


def test_in_a_demonstration_no_consent_travels(tmp_path: Path) -> None:
    (box,) = pages(tmp_path, ASKS)["lead-magnet/index.html"].all("input", type="checkbox")
    assert "name" not in box.attributes


def test_without_the_question_there_is_no_box(tmp_path: Path) -> None:
    assert pages(tmp_path)["lead-magnet/index.html"].all("input", type="checkbox") == []


def test_privacy_stands_beside_the_form(tmp_path: Path) -> None:
    page = pages(tmp_path, ASKS)["lead-magnet/index.html"]
    assert "The guide opens at once. Privacy" in page.words
    assert page.all("form")[0].text.count("Privacy") == 1


def test_no_box_of_any_page_comes_ticked(tmp_path: Path) -> None:
    found = pages(
        tmp_path, {**ASKS, "stack.yaml": STACK.replace("checkout: course", "checkout: course\n    bump: journal")}
    )
    boxes = [box for page in found.values() for box in page.all("input", type="checkbox")]
    assert len(boxes) == 2
    assert not [box for box in boxes if "checked" in box.attributes]
