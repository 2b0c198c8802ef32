"""Buttons that charge, and the price before them."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.law.market import charged, front_of, market_span
from funnelgen.checks.law.words import LANGUAGES, first, language, proposed
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.site.models import Offer
from funnelgen.site.steps import PAYING

IN_PERSON = frozenset({"calls", "coaching", "session", "sessions", "event", "retreat"})
_ANY = tuple(sorted(LANGUAGES))


def order_button(subject: Subject) -> Iterator[Finding]:
    """A button that charges does not say so, where consumers in the EU or the UK buy.

    With a button an order is only binding if its own words say that it costs money: “order with obligation to pay” or
    something as clear (article 8(2) of Directive 2011/83/EU; section 312j BGB; regulation 14 of the UK's Consumer
    Contracts Regulations 2013). Nothing around the button helps (Court of Justice, C-249/21). In its guidance the
    European Commission takes “buy now” and “pay now” as clear, and “order now”, “register” and “confirm” as hardly so.

    The buttons here lead to the payment provider's page, whose own button concludes the order. So words that only
    announce the payment are right as well, and are what a checkout says by itself; an upsell says “Buy now” by itself.
    What is found are words that read as if the order were concluded, or as if nothing were. Whether they matter, and
    whether the amount at the button's end says enough, is open: we know of no judgement on such a pair of buttons, so
    this is a warning. See to it that the provider's button says that it charges, in the buyer's language. funnelgen
    gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [UK]
    legal: {terms: index, privacy: index, refunds: index}
    ```

    ```markdown copy/checkout.md
    ---
    accept: Complete my registration
    ---
    ```

    Mended:

    ```diff copy/checkout.md
    - accept: Complete my registration
    + accept: Continue to payment
    ```
    """
    config = subject.site.config
    if not config.european:
        return
    for node in subject.funnel.nodes.values():
        front, spoken = front_of(subject, node), language(subject.site.locale_of(node.stack))
        if not spoken or not (node.kind in PAYING or node.cross_sell) or not front or not front.accept:
            continue
        # In any language: a button may speak to its buyers in theirs, and the words are just as clear.
        if not any(first(kind, front.accept, *_ANY) for kind in ("order", "onward")):
            order, onward = proposed("order", spoken), proposed("onward", spoken)
            help = f"say that it costs money (`{order}`), or that the payment follows (`{onward}`)"
            notes = note(market_span(subject, "EU", "UK"), "buyers there must read it on the button")
            message = f"`{front.accept}` does not say that it costs money"
            yield found(message, front.places.at("accept"), help, front, notes=notes)


def tax_added(subject: Subject) -> Iterator[Finding]:
    """Tax comes on top of the prices, where consumers in the EU or the UK buy.

    There the price is the total, with VAT, wherever it stands: article 6(1)(e) of Directive 2011/83/EU and, for goods,
    Directive 98/6/EC; in the UK the Consumer Contracts Regulations 2013 and the Digital Markets, Competition and
    Consumers Act 2024. `tax: included` says that prices are whole; `tax: none` that none is charged, as with small
    businesses. Who sells to businesses alone allows this with that reason. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: added
    sells_to: [US, UK]
    legal: {terms: index, privacy: index, refunds: index}
    ```

    Mended:

    ```diff site.yaml
    - tax: added
    + tax: included
    ```
    """
    config = subject.site.config
    if config.european and config.tax == "added" and subject.funnel.buttons:
        span = market_span(subject, "EU", "UK")
        where = config.places.at("tax") if config.places.has("tax") else None
        notes = note(span, "consumers there see whole prices") if where else ()
        help = "set prices that include it and say `tax: included`, or `tax: none` where you charge none"
        yield found("tax comes on top of the prices", where or span, help, config, notes=notes)


def licence_notice(subject: Subject) -> Iterator[Finding]:
    """A button says “buy”, where what is sold is access that may end, and the buyer lives in the USA.

    California (Business and Professions Code, section 17500.6, since 2025) lets a seller say “buy” or “purchase” of
    digital goods only if the buyer is told that it is a licence, unless it cannot be taken back, like a file to keep.
    Subscriptions and live sessions are not meant. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    sells_to: [US]
    ```

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, deliver: {url: "https://members.small.example", label: Open it}}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```markdown copy/checkout.md
    ---
    accept: Buy the course
    ---
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```diff copy/checkout.md
    - accept: Buy the course
    + accept: Get the course
    ```
    """
    if "US" not in subject.site.config.sells_to:
        return
    for offer, node in charged(subject):
        if language(subject.site.locale_of(node.stack)) != "en":
            continue
        front = front_of(subject, node)
        label = front.accept if front else None
        if offer in node.bumps or not front or not label or not _may_end(offer):
            continue
        own = first("own", label, "en")
        said = " ".join(filter(None, (offer.access, offer.terms, offer.shape)))
        if own and not first("licence", said, "en"):
            message = f"`{label}` sells access that may end"
            help = "say `Get` in place of it, or in `access:` that it is a licence, and for how long"
            notes = note(_url_place(offer), "it is opened here")
            yield found(message, front.places.at("accept"), help, front, offer, notes=notes)


def _may_end(offer: Offer) -> bool:
    """Whether it is a digital thing that the seller could take back."""
    live = (offer.category or "") in IN_PERSON or _is_live(offer)
    return not offer.every and not live and any(thing.url for thing in offer.deliver)


def _is_live(offer: Offer) -> bool:
    """Whether its words say that people meet. Of what it includes the first counts: a course may have a call too."""
    said = " / ".join(filter(None, (offer.name, offer.shape, *offer.includes[:1])))
    return first("live", said, "en") is not None


def _url_place(offer: Offer) -> Span | None:
    return next((offer.places.at(f"deliver.{n}") for n, thing in enumerate(offer.deliver) if thing.url), None)
