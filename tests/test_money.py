"""Money is exact from the text that a creator wrote to the words on a page."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.money import (
    Money,
    MoneyError,
    currency_sign,
    decimals,
    format_money,
    is_currency,
    parse_money,
    zero,
)

CURRENCIES = ["USD", "EUR", "JPY", "KWD", "CHF", "CLP"]


@st.composite
def amounts(draw: st.DrawFn, currency: str | None = None) -> Money:
    """Any amount that somebody could write."""
    chosen = currency or draw(st.sampled_from(CURRENCIES))
    minor = draw(st.integers(0, 10**12 - 1))
    return Money(Decimal(minor).scaleb(-decimals(chosen)), chosen)


@pytest.mark.parametrize(
    ("text", "currency", "value", "minor"),
    [
        ("97", "USD", "97.00", 9700),
        ("4.50", "USD", "4.50", 450),
        ("0.5", "EUR", "0.50", 50),
        ("0", "USD", "0.00", 0),
        ("1200", "JPY", "1200", 1200),
        ("1.5", "KWD", "1.500", 1500),
        ("0.001", "KWD", "0.001", 1),
        ("999999999999.99", "USD", "999999999999.99", 99999999999999),
    ],
)
def test_amounts_are_read_as_they_are_written(text: str, currency: str, value: str, minor: int) -> None:
    money = parse_money(text, currency)
    assert str(money) == f"{value} {currency}"
    assert money.minor_units == minor


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("027", "27"),
        (".5", "0.5"),
        ("5.", "5"),
        ("-3", "3"),
        ("1_000", "1000"),
        ("1,000", "1000"),
        ("1 000", "1000"),
        ("1'000.50", "1000.50"),
        ("12,345,678.90", "12345678.90"),
        ("97,50", "97.50"),  # not 9750: a hundredfold price is the dearest typing error there is
        ("1.000,50", "1000.50"),
        ("$97", "97"),
        ("97 USD", "97"),
        ("CHF 97", "97"),
        ("97 €", "97"),
        ("€ 97,5", "97.5"),
    ],
)
def test_a_price_that_can_be_guessed_is_refused_with_what_was_meant(text: str, meant: str) -> None:
    with pytest.raises(MoneyError) as error:
        parse_money(text, "USD")
    assert f"`{text}`" in str(error.value)
    assert error.value.remedy == f"write digits and at most one point, as in `{meant}`"
    assert parse_money(meant, "USD")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on:",
        "True",
        "12:30:00",
        "1e3",
        "NaN",
        "Infinity",
        "0x1F",
        "97k",
        "5 %",
        "1,00,000",
        "1.5.2",
        "½",
        "١٢",
        "9 9",
    ],
)
def test_a_text_that_is_no_price_is_refused_without_a_guess(text: str) -> None:
    with pytest.raises(MoneyError) as error:
        parse_money(text, "USD")
    assert error.value.remedy == "write digits and at most one point; the currency USD comes from site.yaml"


@pytest.mark.parametrize(
    ("text", "currency", "remedy"),
    [
        ("97.999", "USD", "write at most 2 decimals, or `97999` if the point stands between thousands"),
        ("1.0000", "USD", "write at most 2 decimals"),
        ("1.5", "JPY", "write no decimals"),
        ("1.000", "JPY", "write no decimals, or `1000` if the point stands between thousands"),
        ("1.2345", "KWD", "write at most 3 decimals"),
    ],
)
def test_more_decimals_than_the_currency_has_are_refused(text: str, currency: str, remedy: str) -> None:
    with pytest.raises(MoneyError, match="too many decimals") as error:
        parse_money(text, currency)
    assert error.value.remedy == remedy


def test_an_amount_that_nobody_charges_is_refused() -> None:
    with pytest.raises(MoneyError, match="too much"):
        parse_money("1000000000000", "USD")
    with pytest.raises(MoneyError) as error:
        parse_money("9" * 5000, "USD")
    assert len(str(error.value)) < 100


@given(amounts())
def test_an_amount_written_out_is_read_back(money: Money) -> None:
    assert parse_money(str(money.amount), money.currency) == money


@given(amounts())
def test_minor_units_are_exact(money: Money) -> None:
    assert Decimal(money.minor_units).scaleb(-decimals(money.currency)) == money.amount


@given(st.sampled_from(CURRENCIES).flatmap(lambda c: st.lists(amounts(c), max_size=30).map(lambda a: (c, a))))
def test_sums_never_drift_by_a_cent(drawn: tuple[str, list[Money]]) -> None:
    currency, parts = drawn
    whole = sum(parts, zero(currency))
    assert whole.minor_units == sum(part.minor_units for part in parts)
    assert whole == sum(reversed(parts), zero(currency))
    assert whole.amount >= 10**12 or parse_money(str(whole.amount), currency) == whole


@given(amounts(), st.integers(1, 60))
def test_a_plan_comes_to_the_sum_of_its_payments(money: Money, times: int) -> None:
    assert money * times == sum([money] * times, zero(money.currency))


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_is_refused_with_a_remedy(text: str) -> None:
    for currency in CURRENCIES:
        money, remedy = None, ""
        try:
            money = parse_money(text, currency)
        except MoneyError as error:
            remedy = error.remedy
        assert bool(money) != bool(remedy)
        if money:
            assert money.amount >= 0
            assert money.amount.as_tuple().exponent == -decimals(currency)


def test_currencies_are_never_mixed() -> None:
    dollars, euros = parse_money("1", "USD"), parse_money("1", "EUR")
    with pytest.raises(ValueError, match="not of one currency"):
        dollars + euros
    with pytest.raises(ValueError, match="not of one currency"):
        dollars.share_of(euros)
    assert dollars != euros


def test_a_share_is_exact_and_nothing_has_none() -> None:
    assert parse_money("27", "USD").share_of(parse_money("100", "USD")) == Decimal("0.27")
    assert parse_money("27", "USD").share_of(zero("USD")) is None


@pytest.mark.parametrize(
    ("text", "currency", "locale", "long", "short"),
    [
        ("97", "USD", "en-US", "$97.00", "$97"),
        ("4.50", "USD", "en-US", "$4.50", "$4.50"),
        ("1200", "USD", "en-US", "$1,200.00", "$1,200"),
        ("97", "EUR", "de-DE", "97,00\xa0€", "97\xa0€"),
        ("1234.50", "EUR", "de-DE", "1.234,50\xa0€", "1.234,50\xa0€"),
        ("97", "EUR", "en-IE", "€97.00", "€97"),
        ("1200", "JPY", "ja-JP", "￥1,200", "￥1,200"),
        ("1.5", "KWD", "en-US", "KWD\xa01.500", "KWD\xa01.500"),
        ("2", "KWD", "en-US", "KWD\xa02.000", "KWD\xa02"),
        ("100000", "INR", "en-IN", "₹1,00,000.00", "₹1,00,000"),
        ("97", "CHF", "en-US", "CHF\xa097.00", "CHF\xa097"),
        ("97", "GBP", "en-GB", "£97.00", "£97"),
        ("1000", "USD", "fr-FR", "1\u202f000,00\xa0$US", "1\u202f000\xa0$US"),
    ],
)
def test_amounts_are_shown_as_the_locale_writes_them(
    text: str, currency: str, locale: str, long: str, short: str
) -> None:
    money = parse_money(text, currency)
    assert format_money(money, locale) == long
    assert format_money(money, locale, short=True) == short


def test_a_sign_in_latin_letters_holds_together_from_right_to_left() -> None:
    """Without the mark behind it, "US$" is shown as "$US" in a line of Arabic."""
    money = parse_money("97", "USD")
    assert format_money(money, "ar", short=True) == "\u200f97\u00a0US$\u200e"
    assert currency_sign("USD", "ar") == "US$\u200e"
    assert format_money(money, "he", short=True) == "\u200f97\u00a0\u200f$"
    assert format_money(money, "pt-BR", short=True) == "US$\u00a097"


@given(amounts(), st.sampled_from(["en-US", "de-DE", "fr-FR", "pt-BR", "ja-JP", "en-IN"]))
def test_no_digit_of_an_amount_is_lost_on_the_page(money: Money, locale: str) -> None:
    def digits(text: str) -> str:
        return "".join(c for c in text if c.isdigit())

    assert digits(format_money(money, locale)) == digits(str(money.amount))
    short = digits(format_money(money, locale, short=True))
    assert short in (digits(str(money.amount)), str(int(money.amount)))


def test_only_currencies_that_exist_are_known() -> None:
    assert all(map(is_currency, CURRENCIES))
    assert not any(map(is_currency, ["", "usd", "ABC", "DOLLAR"]))
    assert [decimals(c) for c in ("USD", "JPY", "KWD")] == [2, 0, 3]


def test_a_sign_stands_for_its_currency() -> None:
    assert currency_sign("EUR", "de-DE") == "€"
    assert currency_sign("USD", "en-CA") == "US$"


@pytest.mark.parametrize(
    ("locale", "few", "many"),
    [
        ("es-ES", "1297 €", "12.970 €"),
        ("it-IT", "1297 €", "12.970 €"),
        ("pt-PT", "1297 €", "12 970 €"),
        ("pl-PL", "1297 €", "12 970 €"),
        ("es-MX", "EUR 1,297", "EUR 12,970"),
        ("pt-BR", "€ 1.297", "€ 12.970"),
        ("de-DE", "1.297 €", "12.970 €"),
        ("en-US", "€1,297", "€12,970"),
    ],
)
def test_thousands_are_set_apart_where_the_language_begins_to(locale: str, few: str, many: str) -> None:
    """CLDR's minimumGroupingDigits: some languages leave numbers of four digits whole."""
    said = [format_money(parse_money(amount, "EUR"), locale, short=True) for amount in ("1297", "12970")]
    assert [text.replace("\xa0", " ") for text in said] == [few, many]
    assert format_money(parse_money("1297.50", "EUR"), "es").replace("\xa0", " ") == "1297,50 €"
