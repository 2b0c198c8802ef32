"""Typed amounts: what is found in running text, what is left alone, and what the fix makes of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from funnelgen.checks.price.notation import notation, read_number
from funnelgen.diagnostics import Diagnostic
from funnelgen.fixes import mend

from .sites import checked, site

STACK = """\
audience: people who test
offers:
  guide: {name: The Guide, deliver: guide.pdf}
  course: {name: The Course, price: 97, deliver: course.pdf}
  template: {name: The Template, price: 27, pitch: Fill it in tonight., deliver: template.zip}
  calls: {name: Three Calls, pay: 3 x 45, deliver: course.pdf}
  circle: {name: The Circle, price: 49, every: month, deliver: course.pdf}
steps:
  - lead-magnet: guide
  - sales: course
  - checkout: course
    bump: template
  - oto: calls
  - thank-you:
    cross-sell: circle
"""
FILES = {"stack.yaml": STACK, "copy/oto.md": "The calls.\n"}

FOUND = [
    "The course is $97 today.",
    "Six modules for $97.00, once.",
    "It costs 97 USD.",
    "All of it for 97 dollars.",
    "A 97-dollar course.",
    "You get the course and the template for $124 in one payment.",
    "Or three payments of $45.",
    "Three calls, $135 in all.",
    "The template is $27 more.",
    "The Circle is $49 a month.",
    "**$97**",
    "[Get it for $97](step:checkout)",
    "### Is $97 the whole price?",
    # What may be last year's price.
    "The course is only $89.",
    "The Course costs $89.",
    "[Join for $79](step:checkout)",
    "## Yours for $87",
    "The price is $119.",
    "You pay $129, once.",
    "Two payments of $55.",
    "Get it for just $67.",
    "Your total is $144.",
    "Reply to your receipt and the full $89 comes back.",
    "Within 30 days we refund your $87.",
    "Your investment: $97.",
    "Enroll now for $97",
    "Just $89!",
    "Join 40 others for $97.",
    "Everything above is yours for $97 (yes, really).",
    "Price: $97",
    "Add the template to your order for $27.",
    "One payment of $97",
    "Total: $124",
    "Get the Circle at $49/month.",
    "Launch your course today for only 97 US dollars.",
    "Regular price $97.",
    "Pay $97 today and start.",
    "You can pay in 3 x $45.",
    "Start for $79 today.",
    "**Price: $119**",
    "The Three Calls are $150.",
    "Is $97 a lot of money? It is a pair of shoes.",
]
"""What somebody would type who does not know better, on a sales page of that stack."""

HONEST = [
    "Save $20 when you pay in full.",
    "It saves you about $97 a year in software.",
    "A microphone for $60 is good enough.",
    "I spent $97 on a course that I never opened.",
    "You don’t need a $100 camera.",
    "Zoom’s free plan will do; the paid one costs $15 a month.",
    "Worth $97 on its own.",
    "She charged $150 an hour before, and now sells a package.",
    "Therapy here costs about $120 per session.",
    "My first $100 came from a workshop in a library.",
    "Most tools cost $20 to $50 a month.",
    "Budgets of $50–$100 are fine.",
    "We gave $500 to the library last year.",
    "A course of this kind often costs $2,000.",
    "He sold 30 places at $50 each.",
    "They made $100 in their first week.",
    "Somebody paid me $80 to stop talking about it.",
    "A $50 gift card for books is part of the workbook’s exercise.",
    "Revenue of $9,700 from a hundred buyers.",
    "If you charge $75 an hour, ten hours are $750.",
    "No ad budget: we spent $0.",
    "Postage is $9.",
    "In US dollars. Your bank converts the amount.",
    "Module 97 is a joke of ours.",
    "It takes 97 minutes, and 27 of them are music.",
    "97% of the workbook is empty space.",
    "AU$97 is a different price, and so is 97 CAD.",
    "More than $10k has gone into the studio.",
    "Pay what you earn in an hour, not $97k.",
    "The room holds 49 people.",
    "Write `$97` in the third blank.",
    "> I would have paid $97 for the first module alone.",
    "| Tool | Price |\n|---|---|\n| A course elsewhere | $97 |",
    "Read [the study](https://example.org/$97/).",
    'It is {{ price("course") }}, not more.',
    "A coffee is $4 and a notebook $12.",
    "Instead of $97 for a weekend you spend an evening.",
    "I used to charge $40 for a reading.",
    "Your rent may be $1,200; a course should not be.",
    "Value yourself: a price of nothing is a price too.",
    "Keep a float of $50 in the cash box.",
    "The library’s fine was $60.",
    "A domain is about $12 a year.",
    "Take $30 off if they ask twice? Better not.",
    "Our studio pays its editors $60 an hour.",
    "That is $1 a day.",
    "Suppose that ten people pay you $200.",
    "The cheapest printer at $99 prints the workbook well.",
    "When I started, I priced my first course at $19.",
    "You will price your own course somewhere between $50 and $300.",
    "A therapist in Maine raised her fee to $140.",
    "If ten people pay $80, you have covered the recorder.",
    "My client Ana sold her workshop for $120 a seat.",
    "A used microphone, $45 on a good day.",
    "The app is free; the pro version is $99 a year.",
    "Canva Pro costs $120 a year and you do not need it.",
    "Don't buy a $70 ring light.",
    "You might spend $30 on a domain and a plugin.",
    "Every $100 you don't spend on ads stays with you.",
    "Refer a friend and we send them a $25 voucher.",
    "Scholarships: five places at no cost each year.",
    "Her course went from $47 to $147 after module four.",
    "Name a number out loud. $50. $100. $300. Which one made you swallow?",
    '"I\'d pay $90 for that," said a stranger on the train.',
    "Students who finish get $20 back from our studio fund.",
    "Most people overestimate: they plan a $500 course and a studio.",
    "At $2 a day you could buy coffee, or not.",
    "Booking fee: $45 is kept if you cancel within a day.",
    "In 2019 the same hall cost me $110 an evening.",
    "It runs on a laptop from $250 upwards.",
    "For members of the guild it's 10% less.",
    "You could hire an editor for $60 an hour.",
    "The average order was $104.",
]
"""Money in honest copy of coaches and course creators that is no price of the stack."""

MISSED = [
    "Enrolment is $87.",
    "The membership is $39 a month.",
    "Tuition is $89, payable once.",
]
"""Prices of last year that look like anybody's money: to find them would mean to find Zoom's price as well."""


def typed(tmp_path: Path, body: str, **files: str) -> list[Diagnostic]:
    """What FG208 finds in a sales page."""
    result = checked(site(tmp_path, {**FILES, "copy/sales.md": body + "\n", **files}))
    return [d for d in result.diagnostics if d.code == "FG208"]


@pytest.mark.parametrize("words", FOUND)
def test_a_typed_price_is_found(words: str, tmp_path: Path) -> None:
    (finding,) = typed(tmp_path, words)
    assert finding.span
    assert finding.span.file == "copy/sales.md"


@pytest.mark.parametrize("words", [*HONEST, *MISSED])
def test_other_money_is_left_alone(words: str, tmp_path: Path) -> None:
    assert typed(tmp_path, words) == []


LANGUAGES = {
    ("de-DE", "EUR", True): [
        "Der Kurs kostet 97 €.",
        "Mit der Vorlage 124,00 €.",
        "In 3 Raten zu 45 €.",
        "Der Preis ist 89 €.",
        "[Jetzt für 79 € buchen](step:checkout)",
    ],
    ("de-DE", "EUR", False): [
        "Spare 20 €.",
        "Statt 97 € für ein Wochenende.",
        "Therapie kostet rund 120 € pro Stunde.",
        "Ein Gutschein über 50 €.",
        "Zoom kostet 15 € im Monat.",
    ],
    ("es", "EUR", True): ["El curso cuesta 97 €.", "Precio: 89 €"],
    ("es", "EUR", False): ["Ahorra 20 €.", "Gasté 97 € en cursos.", "La terapia cuesta 120 € por sesión."],
    ("fr", "EUR", True): ["Le cours coûte 97 €.", "Prix : 89 €"],
    ("fr", "EUR", False): ["Économisez 20 €.", "J’ai dépensé 97 €.", "Un micro à 60 € suffit."],
    ("pt-BR", "BRL", True): ["O curso custa R$ 97.", "Preço: R$ 89"],
    ("pt-BR", "BRL", False): ["Economize R$ 20.", "Gastei R$ 97.", "A sessão custa R$ 120 por hora."],
    ("it", "EUR", True): ["Il corso costa 97 €.", "[Iscriviti per 89 €](step:checkout)"],
    ("it", "EUR", False): ["Un microfono da 60 € basta."],
    ("ja", "JPY", True): ["コースは97円です。"],
}
"""By locale, currency, and whether it is found. Italian and Japanese have no words of their own."""


@pytest.mark.parametrize(
    ("locale", "currency", "is_found", "words"), [(*kind, words) for kind, all_ in LANGUAGES.items() for words in all_]
)
def test_other_languages_are_judged_by_their_words_or_by_the_place_alone(
    locale: str, currency: str, is_found: bool, words: str, tmp_path: Path
) -> None:
    config = f"name: Small Studio\nlocale: {locale}\ncurrency: {currency}\n"
    assert bool(typed(tmp_path, words, **{"site.yaml": config})) == is_found


@pytest.mark.parametrize(
    ("words", "has_fix"),
    [("The Course is $97.", True), ("[The course for $97](step:sales)", True), ("A chair at $97 will do.", False)],
)
def test_on_a_page_to_read_an_amount_is_mended_where_the_words_call_it_a_price(
    words: str, has_fix: bool, tmp_path: Path
) -> None:
    (finding,) = typed(tmp_path, "What the course is.", **{"pages/about.md": words + "\n"})
    assert bool(finding.fix) == has_fix


@pytest.mark.parametrize(
    ("currency", "locale", "text", "amounts"),
    [
        ("USD", "en-US", "$97, US$97, USD 97, 97 USD, 97 dollars, 97 US dollars, $ 97.00, \\$97", ["97"] * 8),
        ("USD", "en-US", "$1,200, $1,200.50, $1200, $0.99", ["1200", "1200.50", "1200", "0.99"]),
        ("USD", "en-US", "$7–$47, $7 to $47, $7-47, $10k, $2 million, A$97, $97 CAD, 97%, £97, $9.9.9", []),
        ("EUR", "de-DE", "97 €, 97€, €97, 97,00 €, 97,- €, 97 Euro, EUR 97, 97 EUR", ["97"] * 8),
        ("EUR", "de-DE", "1.200 €, 1.200,50 €, 1 200 €, 12,5 €", ["1200", "1200.5", "1200", "12.5"]),
        ("EUR", "de-DE", "7 bis 47 €, 7–47 €, 10 Tsd. €", []),
        ("EUR", "fr-FR", "97 euros, 1\u202f200 €, 97,50 €", ["97", "1200", "97.5"]),
        ("JPY", "ja", "¥9800, ￥9,800, コースは9800円です", ["9800"] * 3),
        ("CHF", "de-CH", "CHF 1’200, CHF 97.-, 97 Franken", ["1200", "97", "97"]),
        ("BRL", "pt-BR", "R$ 97, R$97,00, 97 reais", ["97"] * 3),
        ("SEK", "sv", "97 kr, 97 kronor", ["97"] * 2),
        ("GBP", "en-GB", "£97, £1,200; lose 10 pounds, or 97p", ["97", "1200"]),
    ],
)
def test_every_usual_notation_is_read(currency: str, locale: str, text: str, amounts: list[str]) -> None:
    assert [t.amount for t in notation(currency, locale).amounts(text)] == [Decimal(a) for a in amounts]


@pytest.mark.parametrize(
    ("number", "point", "places", "amount"),
    [
        ("1.200", ".", 2, "1200"),  # nobody writes cents in threes
        ("1.200", ".", 3, "1.200"),
        ("1,200", ".", 3, "1200"),
        ("1.2.3", ".", 2, None),
        ("12.34.567", ".", 2, None),
        ("97.5", ".", 0, None),
    ],
)
def test_a_number_is_read_as_far_as_it_is_certain(number: str, point: str, places: int, amount: str | None) -> None:
    assert read_number(number, point, places) == (Decimal(amount) if amount else None)


FIXED = {
    "a body": ("copy/sales.md", "For $97.\n", 'For {{ price("course") }}.\n'),
    "a title": ("copy/sales.md", "/// note | For $97\nx\n///\n", '/// note | For {{ price("course") }}\nx\n///\n'),
    "a total": ("copy/sales.md", "Both for $124.\n", 'Both for {{ total("checkout", bump=true) }}.\n'),
    "an escaped sign": ("copy/sales.md", "For \\$97.\n", 'For {{ price("course") }}.\n'),
    "a plain value": (
        "copy/sales.md",
        "---\nsubhead: For $97 # once\n---\nx\n",
        "---\nsubhead: 'For {{ price(\"course\") }}' # once\n---\nx\n",
    ),
    "a value that begins with it": (
        "copy/sales.md",
        "---\neyebrow: $97 · Six weeks\n---\nx\n",
        "---\neyebrow: '{{ price(\"course\") }} · Six weeks'\n---\nx\n",
    ),
    "a plain value with an apostrophe": (
        "copy/sales.md",
        "---\nsubhead: It's $97\n---\nx\n",
        "---\nsubhead: \"It's {{ price('course') }}\"\n---\nx\n",
    ),
    "double quotes": (
        "copy/sales.md",
        '---\nsubhead: "For $97: all of it"\n---\nx\n',
        "---\nsubhead: \"For {{ price('course') }}: all of it\"\n---\nx\n",
    ),
    "single quotes": (
        "copy/sales.md",
        "---\nsubhead: 'For $97: all of it'\n---\nx\n",
        "---\nsubhead: 'For {{ price(\"course\") }}: all of it'\n---\nx\n",
    ),
    "a folded value": (
        "copy/sales.md",
        "---\nsubhead: >\n  For\n  $97 once\n---\nx\n",
        '---\nsubhead: >\n  For\n  {{ price("course") }} once\n---\nx\n',
    ),
    "a flow mapping": (
        "stack.yaml",
        STACK.replace("pitch: Fill it in tonight.", "pitch: Add it for $27."),
        STACK.replace("pitch: Fill it in tonight.", "pitch: 'Add it for {{ price(\"template\") }}.'"),
    ),
    "two in one value": (
        "copy/sales.md",
        "---\nsubhead: For $97, or $124 in all\n---\nx\n",
        '---\nsubhead: \'For {{ price("course") }}, or {{ total("checkout", bump=true) }} in all\'\n---\nx\n',
    ),
}


@pytest.mark.parametrize("name", FIXED)
def test_the_fix_says_the_same_amount_and_keeps_the_words_around_it(name: str, tmp_path: Path) -> None:
    path, before, after = FIXED[name]
    folder = site(tmp_path, {**FILES, path: before})
    for _ in range(3):
        found = [d for d in checked(folder).diagnostics if d.code == "FG208"]
        for file in mend(folder, found):
            file.path.write_text(file.after, encoding="utf-8")
    assert (folder / path).read_text(encoding="utf-8") == after
    assert checked(folder).diagnostics == ()
