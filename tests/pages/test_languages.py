"""The fixed words in every language: whole, with the placeholders and plural forms that they need, lawful, well set."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from markupsafe import Markup

from funnelgen.checks.law import words
from funnelgen.money import babel_locale
from funnelgen.pages.strings import Strings, ThemeError, isolated, locale_chain, plural_forms

from ..html import Document
from ..sites import built, found, pages_of, site, stack
from .conftest import THEMES

BASE = THEMES / "base/strings"
WHOLE = ("ar", "de", "es", "fr", "he", "it", "nl", "pt-BR")
LOCALES = (*WHOLE, "pt-PT")
LONGEST_TRIAL = 730
Forms = dict[str, str]


def read(locale: str) -> dict[str, str | Forms]:
    """What stands in a strings file."""
    content: dict[str, str | Forms] = yaml.load((BASE / f"{locale}.yaml").read_text(), Loader=yaml.BaseLoader)
    return content


def texts(words: str | Forms) -> list[str]:
    """The words of a key, one by one."""
    return list(words.values()) if isinstance(words, dict) else [words]


def placeholders(words: str | Forms) -> set[str]:
    """Everything that is filled in, in whichever form."""
    return {name for text in texts(words) for name in re.findall(r"\{(\w+)\}", text)}


ENGLISH = read("en")
COUNTED = sorted(key for key, said in ENGLISH.items() if isinstance(said, dict))


def test_every_language_is_listed_here() -> None:
    assert {path.stem for path in BASE.glob("*.yaml")} == {"en", *LOCALES}


@pytest.mark.parametrize("locale", WHOLE)
def test_every_language_has_every_word(locale: str) -> None:
    """In the order of the English file, so that the two can be read side by side."""
    assert list(read(locale)) == list(ENGLISH)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_translation_fills_in_what_english_fills_in(locale: str) -> None:
    there = {key: placeholders(said) for key, said in read(locale).items()}
    assert there == {key: placeholders(ENGLISH[key]) for key in there}


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_left_in_english(locale: str) -> None:
    assert not Strings.load([BASE], locale).untranslated()


@pytest.mark.parametrize("locale", ["en", *LOCALES])
def test_every_number_that_occurs_has_its_form(locale: str) -> None:
    """French has a form for millions, which no trial and no plan reaches."""
    needed = {babel_locale(locale).plural_form(number) for number in range(LONGEST_TRIAL + 1)}
    for name in locale_chain(locale)[1:] if locale != "en" else ["en"]:
        said = read(name) if (BASE / f"{name}.yaml").is_file() else {}
        for key in COUNTED:
            words = said.get(key)
            assert words is None or (isinstance(words, dict) and needed <= words.keys()), (name, key)


@pytest.mark.parametrize("locale", ["en", *LOCALES])
def test_a_form_for_many_numbers_shows_the_number(locale: str) -> None:
    """One and two may be said in words; what stands for several numbers may not hide which."""
    for key in COUNTED:
        said = read(locale).get(key, {})
        assert isinstance(said, dict)
        for form, text in said.items():
            numbers = [n for n in range(LONGEST_TRIAL + 1) if babel_locale(locale).plural_form(n) == form]
            counting = placeholders(ENGLISH[key]) & {"days", "times"}
            assert len(numbers) == 1 or counting <= placeholders(text), (key, form)


@pytest.mark.parametrize(
    ("locale", "days", "said"),
    [
        ("en-US", 1, "Nothing is charged for 1 day."),
        ("en-US", 14, "Nothing is charged for 14 days."),
        ("de", 1, "1 Tag lang wird nichts abgebucht."),
        ("fr", 7, "Rien n’est débité pendant 7 jours."),
        ("ar", 2, "لا يُخصم أي مبلغ لمدة يومين."),
        ("ar", 7, "لا يُخصم أي مبلغ لمدة 7 أيام."),
        ("ar-EG", 14, "لا يُخصم أي مبلغ لمدة 14 يومًا."),
        ("ar", 100, "لا يُخصم أي مبلغ لمدة 100 يوم."),
        ("he", 2, "אין חיוב במשך יומיים."),
        ("sv", 1, "Nothing is charged for 1 day."),
    ],
)
def test_days_are_counted_as_each_language_does(locale: str, days: int, said: str) -> None:
    assert Strings.load([BASE], locale)("terms-free", days=days) == said


def test_english_words_keep_english_forms_in_another_language(tmp_path: Path) -> None:
    """Japanese has one form alone; a page without Japanese words would otherwise say “1 days”."""
    assert plural_forms("ja") == ("other",)
    assert "1 day." in Strings.load([BASE], "ja")("terms-free", days=1)


def test_portugal_reads_what_brazil_says_where_it_says_nothing_itself() -> None:
    assert locale_chain("pt-PT") == ["en", "pt-BR", "pt", "pt-PT"]
    assert locale_chain("pt-BR") == ["en", "pt", "pt-BR"]
    brazil, portugal = Strings.load([BASE], "pt-BR"), Strings.load([BASE], "pt-PT")
    assert (brazil("download"), portugal("download")) == ("Baixar", "Transferir")
    assert brazil("open") == portugal("open") == Strings.load([BASE], "pt")("open") == "Abrir"


@pytest.mark.parametrize("locale", ["en", *LOCALES])
def test_buttons_say_what_the_law_wants_on_them(locale: str) -> None:
    """Where the copy has no words of its own, the rules on law would find nothing wrong with ours."""
    spoken = words.language(locale)
    t = Strings.load([BASE], locale)
    if not spoken:
        assert locale in ("ar", "he"), "the rules have no list of words for it"
        return
    assert words.first("order", t("buy-now"), spoken)
    assert words.first("order", t("buy-trial"), spoken)
    assert words.first("onward", t("continue-to-payment"), spoken)
    assert words.first("withdrawal", t("legal-withdrawal"), spoken)
    for every in ("week", "month", "year"):
        assert words.first("cancel", t(f"terms-{every}"), spoken)
    assert words.first("cancel", t("terms-then", price="9", per=t("per-month")), spoken)
    assert words.first("afterwards", t("terms-then", price="9", per=t("per-month")), spoken)
    assert words.first("afterwards", t("terms-then-once", price="9"), spoken)


@pytest.mark.parametrize(
    ("locale", "button"),
    [
        ("en-IE", "Buy now"),
        ("de-DE", "Zahlungspflichtig bestellen"),
        ("fr-FR", "Commander avec obligation de paiement"),
        ("es-ES", "Comprar ahora"),
        ("it-IT", "Acquista ora"),
        ("nl-NL", "Bestellen en betalen"),
        ("pt-PT", "Encomenda com obrigação de pagar"),
    ],
)
def test_an_upsell_in_the_eu_orders_in_the_words_of_the_place(tmp_path: Path, locale: str, button: str) -> None:
    """On the button itself, where the copy gives no words; the rule on order buttons has nothing to say of them."""
    steps = stack("  - checkout: course\n  - oto: template\n  - thank-you:\n")
    config = f"name: x\nlocale: {locale}\ncurrency: EUR\ntax: included\nsells_to: [EU]\n"
    folder = site(tmp_path, {"site.yaml": config, "stack.yaml": steps, "copy/oto.md": "More.\n"})
    assert f"<span>{button}</span>" in pages_of(built(folder))["oto/index.html"]
    site(folder, {"site.yaml": config, "stack.yaml": steps, "copy/oto.md": f"---\naccept: {button}\n---\nMore.\n"})
    assert not [line for line in found(folder) if line.startswith("FG531")]


def test_what_is_filled_in_keeps_its_own_direction_from_right_to_left() -> None:
    """An address or a name in Latin letters would otherwise trade places with the words around it."""
    t = Strings.load([BASE], "he")
    assert t("terms-cancel", email="2@small.internal") == "לביטול כתבו אל \u20682@small.internal\u2069."
    assert t("deliverables-help", email=Markup("<a>x</a>")).count("\u2068<a>x</a>\u2069") == 1
    parts = "، ".join(map(isolated, ("اسم", "2 Quay")))
    assert Strings.load([BASE], "ar")("seller", who=parts) == f"البائع: {parts}"
    assert "\u2068" not in Strings.load([BASE], "de")("terms-cancel", email="x")


def test_french_is_set_as_french_is() -> None:
    """No line begins with a question mark that has lost its word."""
    for key, said in read("fr").items():
        for text in texts(said):
            assert not re.search(r"(?<!\u202f)[?!;]|(?<!\u00a0):", text), key


@pytest.mark.parametrize("locale", ["en", *LOCALES])
def test_no_word_is_set_with_a_typewriter(locale: str) -> None:
    """Apostrophes are curly, nothing stands twice or at an edge, nobody shouts."""
    for key, said in read(locale).items():
        for text in texts(said):
            assert not re.search(r"['\"!]|\.\.\.|  ", text), key
            assert text == text.strip() or key == "comma"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("days: {one: x, other: '{n}'}", r"string `days` has no plural form `one`.*forms of `ja` are `other`"),
        ("skip: {other: x, few: y}", r"string `skip` has no plural form `few`"),
        ("days: {}", r"string `days` lacks the plural form `other`"),
    ],
)
def test_a_form_that_a_language_has_not_is_told(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "en.yaml").write_text("skip: Skip\ndays: {one: '{n} day', other: '{n} days'}")
    (tmp_path / "ja.yaml").write_text(text)
    with pytest.raises(ThemeError) as caught:
        Strings.load([tmp_path], "ja")
    assert re.search(message, str(caught.value))


def test_one_line_will_do_for_words_that_count_and_forms_only_where_something_is_counted(tmp_path: Path) -> None:
    base, site = tmp_path / "base", tmp_path / "site"
    for folder, text in ((base, "skip: Skip\ndays: {one: '{n} day', other: '{n} days'}"), (site, "days: '{n} d'")):
        folder.mkdir()
        (folder / "en.yaml").write_text(text)
    assert Strings.load([base, site], "en")("days", n=1) == "1 d"
    assert Strings.load([base], "en")("days", n=1200) == "1,200 days"
    (site / "en.yaml").write_text("skip: {one: a, other: b}")
    with pytest.raises(ThemeError, match="string `skip` counts nothing"):
        Strings.load([base, site], "en")


TRIAL = """\
  circle: {name: The Circle, price: 49, every: month, trial: 14, deliver: guide.pdf}
"""


@pytest.mark.parametrize(
    ("locale", "sells_to", "upsell", "checkout", "terms"),
    [
        ("en-US", "US", "Start the free trial $0 today", "Start the free trial $0 today",
         "Nothing is charged for 14 days. After that $49 a month until you cancel."),
        ("en-GB", "UK", "Buy now, with a free trial US$0 today", "Continue to payment US$0 today",
         "Nothing is charged for 14 days. After that US$49 a month until you cancel."),
        ("de-DE", "EU", "Zahlungspflichtig bestellen, mit Gratis-Testphase 0 $ heute", "Weiter zur Zahlung 0 $ heute",
         "14 Tage lang wird nichts abgebucht. Danach 49 $ pro Monat, bis du kündigst."),
    ],
)  # fmt: skip
def test_a_trial_says_what_is_charged_today_and_what_later(
    tmp_path: Path, locale: str, sells_to: str, upsell: str, checkout: str, terms: str
) -> None:
    """“$0” alone is no price. In Europe the button still says that the order costs money: it will."""
    steps = stack("  - checkout: circle\n    bump: template\n  - oto: circle\n    id: more\n  - thank-you:\n", TRIAL)
    config = f"name: x\nlocale: {locale}\nsells_to: [{sells_to}]\ntax: included\n"
    output = built(site(tmp_path, {"site.yaml": config, "stack.yaml": steps, "copy/more.md": "More.\n"}))
    pages = {name: Document(html) for name, html in pages_of(output).items()}
    for name, said in (("more/index.html", upsell), ("checkout/index.html", checkout)):
        (button, *_) = pages[name].all("a", data_fg="accept")
        assert " ".join(button.text.split()) == said
        assert terms in pages[name].words.replace("\xa0", " ")
        charge = next(b for b in output.manifest.buttons if b.id == button.get("data-button"))
        assert charge.today.value == "0.00"
        assert charge.today.short in button.text
        assert pages[name].all("bdi", data_amount="0.00")
    with_bump = pages["checkout/index.html"].all("a", data_button="checkout+template")[0]
    assert "27" in with_bump.text
    assert "0 today" not in with_bump.text


@pytest.mark.parametrize("locale", ["ar-EG", "he-IL", "fa-IR", "hi-IN"])
def test_digits_are_european_everywhere(tmp_path: Path, locale: str) -> None:
    """In amounts, dates and counts alike: two systems of digits on one page would be worse than either."""
    config = f"name: x\nlocale: {locale}\nlegal: {{terms: terms}}\n"
    changes = {"site.yaml": config, "pages/terms.md": "---\nupdated: 2026-03-21\n---\nWords.\n"}
    changes["stack.yaml"] = stack("  - checkout: circle\n  - thank-you:\n", TRIAL.replace("49", "1249"))
    for shown in (Document(html).words for html in pages_of(built(site(tmp_path, changes))).values()):
        assert not [letter for letter in shown if letter.isdigit() and not letter.isascii()]
