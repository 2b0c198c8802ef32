"""Amounts and terms in the words of the site: the one place where a price is formatted for a page."""

from __future__ import annotations

from datetime import date, datetime, time

from funnelgen.funnel.cart import Line
from funnelgen.funnel.closing import ends_on
from funnelgen.funnel.graph import Button
from funnelgen.money import Money, babel_locale, currency_sign, format_money
from funnelgen.pages.edition import Edition
from funnelgen.pages.views import Amount, PayButton, Price, Row
from funnelgen.site.models import Offer


def amount_view(edition: Edition, money: Money) -> Amount:
    """One amount, with its sign apart so that a theme may set it smaller."""
    locale = edition.lang
    sign = currency_sign(money.currency, locale)
    short = format_money(money, locale, short=True)
    return Amount(
        text=format_money(money, locale),
        short=short,
        sign=sign,
        number=_without_sign(short, sign),
        sign_first=short.strip("\u200f").startswith(sign),
        value=str(money.amount),
        currency=money.currency,
    )


def _without_sign(text: str, sign: str) -> str:
    """The figures of an amount; between marks from right to left where it has some, or the sign would change sides."""
    turned = "\u200f" if text.startswith("\u200f") else ""
    return turned + text.replace(sign, "").strip("\u00a0\u202f \u200f") + turned


def price_view(
    edition: Edition, offer: Offer, stack: str, *, tax: bool = True, access: bool = True, refund: bool = False
) -> Price:
    """An offer's price with the terms that stand beside it: what is charged today, what later, how access goes.

    `tax` is False where the page says it once for several prices, `access` False in the short terms beside a button,
    `refund` True where nothing else beside the price does.
    """
    line = edition.funnel.line(stack, offer)
    shown = line.today if line.times else line.now
    billing = edition.say(offer.terms, stack) or _billing(edition, line)
    ending = _cancelling(edition, offer, stack)
    about_tax = tax_sentence(edition) if tax else ""
    back = edition.say(offer.refund, stack) if refund else ""
    opening = edition.say(offer.access, stack) if access else ""
    sentences = [reduced(edition, line, stack), until(edition, offer), billing, ending, about_tax, opening, back]
    return Price(
        amount=amount_view(edition, shown),
        before=amount_view(edition, line.lowest or line.price) if line.off else None,
        per=_per(edition, line),
        terms=" ".join(filter(None, sentences)),
    )


def reduced(edition: Edition, line: Line, stack: str) -> str:
    """What the code makes of a price, and of which: the law of the EU has the lowest of the last 30 days beside it."""
    if not line.off:
        return ""
    now, before = (format_money(money, edition.lang, short=True) for money in (line.now, line.lowest or line.price))
    return edition.t(
        "terms-code-lowest" if line.lowest else "terms-code", code=edition.codes[stack], price=now, before=before
    )


def until(edition: Edition, offer: Offer) -> str:
    """The last day on which an offer is sold, where there is one: the page says so itself, however old it gets."""
    ends = ends_on(offer, edition.site.today)
    return edition.t("sold-until", date=say_day(edition, ends), zone=say_zone(edition, ends)) if ends else ""


def say_day(edition: Edition, day: date) -> str:
    """A day in the words of the page: "December 6, 2026"."""
    from babel.dates import format_date

    return str(format_date(day, format="long", locale=babel_locale(edition.lang)))


def say_zone(edition: Edition, day: date) -> str:
    """The site's time zone in the words of the page, as it is on that day: "Central European Standard Time"."""
    from babel.dates import get_timezone, get_timezone_name

    noon = datetime.combine(day, time(12), get_timezone(edition.site.config.timezone))
    return str(get_timezone_name(noon, width="long", locale=babel_locale(edition.lang)))


def rows_of(edition: Edition, line: Line, stack: str, *, bump: int = 0) -> tuple[Row, ...]:
    """A line of an order as rows of its summary: the offer, and below it what the code takes off."""
    if not line.off:
        return (Row(name=line.name, amount=amount_view(edition, line.today), bump=bump),)
    words = edition.t("code-row", code=edition.codes[stack])
    return (
        Row(name=line.name, amount=amount_view(edition, line.price), bump=bump),
        Row(name=words, amount=amount_view(edition, line.off), bump=bump, minus=True),
    )


def pay_button(edition: Edition, button: Button, label: str, *, when: str = "", without_has: str = "") -> PayButton:
    """The link that makes one charge, with its amount at the end of its words."""
    amount = amount_view(edition, button.charge.today)
    lines = button.charge.lines
    recurs = len(lines) == 1 and lines[0].every is not None
    return PayButton(
        id=button.id,
        href=edition.links[button.id],
        label=label,
        amount=amount,
        # Beside an amount that changes after the trial stands when it holds: “£0” alone is no price.
        per=edition.t("per-today") if tries(button) else _per(edition, lines[0]) if recurs else "",
        when=when,
        without_has=without_has,
    )


def tries(button: Button) -> bool:
    """Whether something in the charge is free at first."""
    return any(line.trial for line in button.charge.lines)


def tax_sentence(edition: Edition) -> str:
    """One sentence on tax, beside a price or under a total."""
    return edition.t(f"tax-{edition.site.config.tax}")


def _per(edition: Edition, line: Line) -> str:
    if line.times:
        return edition.t("per-plan", times=line.times)
    return edition.t(f"per-{line.every}") if line.every else ""


def _billing(edition: Edition, line: Line) -> str:
    locale = edition.lang
    price = format_money(line.price, locale, short=True)
    if line.times:
        each, whole = (format_money(money, locale, short=True) for money in (line.today, line.whole))
        return f"{edition.t('terms-plan', times=line.times, each=each, whole=whole)} {edition.t('terms-plan-when')}"
    if line.trial:
        per = edition.t(f"per-{line.every}") if line.every else ""
        then = edition.t("terms-then", price=price, per=per) if per else edition.t("terms-then-once", price=price)
        return f"{edition.t('terms-free', days=line.trial)} {then}"
    if line.every:
        return edition.t(f"terms-{line.every}")
    return edition.t("terms-once", currency=_currency_name(edition))


def _cancelling(edition: Edition, offer: Offer, stack: str) -> str:
    """How to end what renews: the creator's words, else the address to write to, unless own terms say it their way."""
    email = edition.site.config.seller.email
    if not offer.every:
        return ""
    if offer.cancel:
        return edition.say(offer.cancel, stack)
    return edition.t("terms-cancel", email=email) if email and not offer.terms else ""


def _currency_name(edition: Edition) -> str:
    from babel.numbers import get_currency_name

    locale = babel_locale(edition.lang)
    return str(get_currency_name(edition.funnel.currency, count=2, locale=locale))
