"""The words that the rules on law look for, judged on what coaches, therapists and course creators write."""

from __future__ import annotations

from pathlib import Path

import pytest

from funnelgen.checks.law import words
from funnelgen.site.models import Config

from .sites import found, site

EUROPE = """\
name: Small Studio
locale: {locale}
tax: included
sells_to: [EU]
sensitive: {sensitive}
seller: {{name: Small Studio, address: "1 Quay", email: help@small.internal}}
legal: {{terms: terms, privacy: terms, refunds: terms, withdrawal: terms}}
"""
STACK = """\
audience: people who test
offers:
  guide: {{name: The Guide, deliver: guide.pdf}}
  course:
    name: {name}
    promise: {promise}
    price: 97
    refund: {refund}
    deliver: course.pdf
steps:
  - lead-magnet: guide
  - checkout: course
    path: {path}
  - thank-you:
"""
TERMS = (
    "You can withdraw: [withdraw](mailto:help@small.internal). Widerruf. Droit de rétractation. "
    "Derecho de desistimiento. Direito de livre resolução. Diritto di recesso. Herroepingsrecht.\n"
)


def codes(
    folder: Path,
    *,
    locale: str = "en",
    accept: str = "Buy now",
    note: str = "The guide opens on the next page.",
    name: str = "The Course",
    promise: str = "A course in six weeks.",
    refund: str = "Full refund within 30 days.",
    path: str = "/order/",
    copy: str = "",
    sensitive: str = "true",
) -> set[str]:
    """The codes of this family that are found in a site for the EU with these words."""
    files = {
        "site.yaml": EUROPE.format(locale=locale, sensitive=sensitive),
        "stack.yaml": STACK.format(name=name, promise=promise, refund=refund, path=path),
        "copy/lead-magnet.md": f"---\nnote: >\n  {note}\n---\n",
        "copy/checkout.md": f"---\naccept: >\n  {accept}\n---\n{copy}\n",
        "copy/sales.md": None,
        "pages/terms.md": TERMS,
    }
    return {line[:5] for line in found(site(folder, files)) if line.startswith(("FG52", "FG53", "FG55"))}


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        ("en", ["Buy now", "Pay now", "Confirm purchase", "Continue to payment", "Go to checkout", "Review and pay"]),
        ("en-IE", ["Order with obligation to pay", "Buy the course", "Yes, I’ll buy the calls", "Next: payment"]),
        ("de", ["Zahlungspflichtig bestellen", "Jetzt kaufen", "Kostenpflichtig bestellen", "Weiter zur Zahlung"]),
        ("de-AT", ["KAUFEN", "Zur Kasse", "Jetzt bezahlen", "Kurs kaufen"]),
        ("fr", ["Commande avec obligation de paiement", "Acheter le cours", "Commander et payer", "Continuer"]),
        ("es", ["Pedido con obligación de pago", "Comprar ahora", "Pagar", "Ir al pago"]),
        ("pt", ["Encomenda com obrigação de pagar", "Comprar agora", "Pagar agora", "Continuar para o pagamento"]),
        ("it", ["Ordine con obbligo di pagare", "Acquista ora", "Paga ora", "Vai al pagamento"]),
        ("nl", ["Bestelling met betalingsverplichting", "Nu kopen", "Bestellen en betalen", "Verder naar betaling"]),
        ("en", ["Jetzt kaufen", "Acheter", "Comprar ahora", "Comprar agora", "Acquista ora", "Nu kopen"]),
        ("fr", ["Buy now", "Kostenpflichtig bestellen"]),
        ("pl", ["Kup teraz", "Zamów"]),  # no list, no opinion
    ],
)
def test_a_button_that_says_that_it_costs_money_or_that_payment_follows(
    tmp_path: Path, locale: str, labels: list[str]
) -> None:
    assert {label: codes(tmp_path, locale=locale, accept=label) for label in labels} == {
        label: set() for label in labels
    }


@pytest.mark.parametrize(
    ("locale", "labels"),
    [
        ("en", ["Order now", "Confirm", "Complete my registration", "Join us", "Add the calls", "Yes, I’m in"]),
        ("de", ["Jetzt bestellen", "Bestellung abschicken", "Anmelden", "Ja, ich bin dabei", "Platz sichern"]),
        ("fr", ["Commander", "Je m’inscris", "Valider ma commande"]),
        ("es", ["Inscribirme", "Confirmar pedido", "Lo quiero"]),
        ("pt", ["Quero entrar", "Confirmar", "Encomendar"]),
        ("it", ["Ordina", "Iscriviti", "Conferma"]),
        ("nl", ["Bestellen", "Aanmelden", "Ja, ik doe mee"]),
    ],
)
def test_a_button_that_does_not(tmp_path: Path, locale: str, labels: list[str]) -> None:
    assert {label: codes(tmp_path, locale=locale, accept=label) for label in labels} == {
        label: {"FG531"} for label in labels
    }


@pytest.mark.parametrize(
    "refund",
    [
        "Full refund within 30 days.",
        "Full refund within 14 days, no questions asked.",
        "Your money back within two weeks.",
        "60 days to decide. The money arrives within 5 days.",
        "Write to us and we answer in 2 days; you have 30 to decide.",
        "Full refund until the first call, then a third back for each call not used.",
        "No refunds after the first session.",
        "There is no form: reply to your receipt within 30 days.",
        "Cancel up to 3 days before the retreat for a full refund.",
        "Refunded to your card within 7 business days.",
        "The first month comes back if you ask within 14 days.",
        "Fourteen days, as the law says.",
        "A 14-day guarantee.",
        "Full refund within two weeks.",
        "Full refund. A call lasts an hour.",
        "Full refund until 24 hours before the call.",
        "Ask us within 30 days; the money is back in your account within a week.",
        "No refund forms, no hoops.",
    ],
)
def test_a_refund_that_the_law_allows(tmp_path: Path, refund: str) -> None:
    assert codes(tmp_path, refund=f'"{refund}"') == set()


@pytest.mark.parametrize(
    ("locale", "refund"),
    [
        ("en", "No refunds."),
        ("en", "This offer is non-refundable."),
        ("en", "Because it is digital, all sales are final."),
        ("en", "Full refund within 7 days."),
        ("en", "A 3-day guarantee."),
        ("en", "Money back for 10 days, no questions asked."),
        ("en", "Money back within a week."),
        ("en", "A 48-hour guarantee."),
        ("en", "Your money back in the first 48 hours."),
        ("en", "Money back for ten days."),
        ("en", "No refunds once you have opened lesson one."),
        ("de", "Geld zurück innerhalb einer Woche."),
        ("de", "Umtausch ausgeschlossen."),
        ("de", "Keine Rückerstattung, sobald Lektion eins geöffnet wurde."),
        ("de", "Geld zurück innerhalb von zwölf Tagen."),
        ("fr", "Remboursé pendant une semaine."),
        ("de", "Geld zurück innerhalb von 7 Tagen."),
        ("de", "Keine Rückerstattung."),
        ("fr", "Remboursé pendant 7 jours."),
        ("es", "Sin reembolso."),
        ("pt", "Reembolso durante 7 dias."),
    ],
)
def test_a_refund_that_it_does_not_allow(tmp_path: Path, locale: str, refund: str) -> None:
    assert codes(tmp_path, locale=locale, refund=f'"{refund}"') == {"FG534"}


@pytest.mark.parametrize(
    "copy",
    [
        "Six weeks of lessons, seven days a week, and a call within 48 hours.",
        "The refund arrives within a week.",
        "Money back within 30 days, in your account within a week.",
        "Are there no refunds? There are, within 30 days.",
        "No refunds after the last session.",
        "/// testimonial | Ann\nElsewhere it was no refunds.\n///",
    ],
)
def test_copy_that_takes_nothing_away(tmp_path: Path, copy: str) -> None:
    assert codes(tmp_path, copy=copy) == set()


@pytest.mark.parametrize(
    "copy",
    [
        "No refunds once you have opened lesson one.",
        "Six weeks of lessons. Money back within a week.",
        "You get a full refund if you ask in the first 48 hours.",
        "All sales are final.",
    ],
)
def test_copy_that_takes_away_what_the_law_gives(tmp_path: Path, copy: str) -> None:
    assert codes(tmp_path, copy=copy) == {"FG534"}


@pytest.mark.parametrize(
    "note",
    [
        "The guide opens on the next page. We keep your address for nothing else.",
        "We send the link to your inbox. No newsletter.",
        "No spam, no newsletter, nothing but the guide.",
        "You will not be put on a mailing list.",
        "One email with the guide, and that is it.",
        "The guide opens at once; we never send promotions.",
    ],
)
def test_a_note_that_promises_no_more_than_was_asked_for(tmp_path: Path, note: str) -> None:
    assert codes(tmp_path, note=note) == set()


@pytest.mark.parametrize(
    ("locale", "note"),
    [
        ("en", "You also get our newsletter, about twice a month."),
        ("en", "After that, one short letter about twice a month; every letter has a link that stops them."),
        ("en", "By signing up you join our mailing list."),
        ("en", "We send the guide and occasional tips and offers."),
        ("de", "Danach erhalten Sie unseren Newsletter."),
        ("fr", "Ensuite, notre lettre deux fois par mois."),
        ("es", "Después recibirás nuestro boletín."),
        ("pt", "Depois enviamos a nossa newsletter."),
    ],
)
def test_a_note_that_brings_more(tmp_path: Path, locale: str, note: str) -> None:
    assert codes(tmp_path, locale=locale, note=note) == {"FG539"}


@pytest.mark.parametrize(
    "path",
    [
        "/eight-weeks/",
        "/reset/",
        "/calm/",
        "/free/morning/",
        "/add-ons/",
        "/cancel/",
        "/best-id/",
        "/dramatic/",
        "/hiva/",
    ],
)
def test_an_address_that_tells_nothing(tmp_path: Path, path: str) -> None:
    assert codes(tmp_path, path=path) == set()


@pytest.mark.parametrize(
    ("locale", "path"),
    [
        ("en", "/anxiety-reset/"),
        ("en", "/free/panic-attacks/"),
        ("en", "/for-adhd/"),
        ("en", "/depression/"),
        ("en", "/weight-loss/"),
        ("de", "/essstoerung/"),
        ("de", "/angst/"),
        ("fr", "/anxiete/"),
        ("es", "/depresion/"),
        ("pt", "/ansiedade/"),
        ("de", "/anxiety/"),  # addresses are often English
    ],
)
def test_an_address_that_tells_why_somebody_came(tmp_path: Path, locale: str, path: str) -> None:
    assert codes(tmp_path, locale=locale, path=path) == {"FG551"}


COACHING = [
    ("Launch Your Course", "A finished, sellable course in six weeks."),
    ("Group Coaching Cohort", "Twelve weeks to a practice that runs without you."),
    ("Marketing for Therapists", "Fill your practice without stress."),
    ("The Confidence Reset", "Six weeks to say what you think."),
    ("The 5-Minute Morning Reset", "Five quiet minutes before anybody needs you."),
    ("Alumni Circle", "Company while you build."),
    ("The Calm Inbox", "Fewer worries about email, and an empty inbox by Friday."),
    ("Speak Up", "Less fear of the stage."),
    ("Sleep Well", "An evening that ends on time."),
    ("Money Mindset", "Stop being afraid of your own prices."),
    ("Healthy Boundaries", "Say no without a bad conscience."),
    ("Add to Your Income", "A second offer for the clients you have."),
]


@pytest.mark.parametrize(("name", "promise"), COACHING)
def test_an_offer_that_is_no_matter_of_health(tmp_path: Path, name: str, promise: str) -> None:
    text = EUROPE.format(locale="en", sensitive="true").replace("sensitive: true\n", "")
    stack = STACK.format(name=name, promise=promise, refund="Full refund within 30 days.", path="/order/")
    files = {"site.yaml": text, "stack.yaml": stack, "copy/sales.md": None, "pages/terms.md": TERMS}
    assert [line for line in found(site(tmp_path, files)) if line.startswith("FG552")] == []


def test_every_list_can_be_read_and_proposes_something() -> None:
    for language in words.LANGUAGES:
        assert words.proposed("order", language)
        assert words.proposed("onward", language)
        for kind in ("order", "onward"):
            assert words.first(kind, words.proposed(kind, language), language)
    assert words.language("pt-BR") == "pt"
    assert words.language("pl") == ""
    assert words.proposed("order", "") == words.proposed("order", "en")


def test_where_no_list_is_nothing_is_found() -> None:
    assert words.first("condition", "anxiety", "nl") is None
    assert words.first("condition", "anxiety", "") is None
    assert list(words.every("nothing", "anxiety", "en")) == []


def test_apostrophes_and_spaces_of_any_sort_hide_nothing() -> None:
    found = words.first("none", "We won’t", "en")
    assert found
    assert found[0] == "won't"
    assert words.first("order", "order\u00a0with\nobligation to pay", "en")


def test_europe_is_the_eu_and_the_uk() -> None:
    assert [Config(name="x", sells_to=markets).european for markets in ((), ("US",), ("EU",), ("US", "UK"))] == [
        False,
        False,
        True,
        True,
    ]
