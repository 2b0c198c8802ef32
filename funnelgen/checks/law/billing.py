"""What renews, and what begins free: do the terms beside the button say so, and how it ends?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.law.market import charged
from funnelgen.checks.law.words import first, language
from funnelgen.checks.rule import Finding, Subject, found, note


def recurring_terms(subject: Subject) -> Iterator[Finding]:
    """Terms of the creator's own, beside a price that renews, do not say that it can be ended.

    `terms:` replaces the built-in words, which say what is charged when, and until when. A renewal that nobody saw
    coming ends as a dispute with the bank. In the USA the Restore Online Shoppers' Confidence Act (ROSCA) wants all
    terms of a renewal clear and beside the button, before billing data is taken; article 8(2) of Directive 2011/83/EU
    wants the duration and how to end it there, and so do the UK's Consumer Contracts Regulations 2013. funnelgen gives
    no legal advice.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      circle: {name: The Circle, price: 49, every: month, deliver: guide.pdf, terms: Billed monthly.}
    steps:
      - checkout: circle
      - thank-you:
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```diff stack.yaml
    -   circle: {name: The Circle, price: 49, every: month, deliver: guide.pdf, terms: Billed monthly.}
    +   circle: {name: The Circle, price: 49, every: month, deliver: guide.pdf, terms: Monthly until you cancel.}
    ```
    """
    for offer, node in charged(subject):
        spoken = language(subject.site.locale_of(node.stack))
        said = f"{offer.terms or ''} {offer.cancel or ''}"
        if offer.every and offer.terms and spoken and not first("cancel", said, spoken):
            message = f"the terms of `{offer.id}` do not say that it can be cancelled"
            help = "say until when it is charged, or leave `terms:` out: the built-in words say it"
            notes = note(offer.places.at("every"), "it renews")
            yield found(message, offer.places.at("terms"), help, offer, notes=notes)


def trial_terms(subject: Subject) -> Iterator[Finding]:
    """Terms of the creator's own, beside an offer that begins free, do not say what comes after.

    Somebody who reads “free for 14 days” and is charged on the fifteenth was not asked. The Federal Trade Commission
    treats that as deception, ROSCA wants the end of the trial and the amount beside the button, and in the EU and the
    UK the price that follows is part of what stands before the order (article 6(1)(e) of Directive 2011/83/EU).
    funnelgen gives no legal advice.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      circle: {name: The Circle, price: 49, every: month, trial: 14, deliver: guide.pdf, terms: 14 days free.}
    steps:
      - checkout: circle
      - thank-you:
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```diff stack.yaml
    -   circle: {name: The Circle, price: 49, every: month, trial: 14, deliver: guide.pdf, terms: 14 days free.}
    +   circle: {name: The Circle, price: 49, every: month, trial: 14, deliver: guide.pdf}
    ```
    """
    for offer, node in charged(subject):
        spoken = language(subject.site.locale_of(node.stack))
        if offer.trial and offer.terms and spoken and not first("afterwards", offer.terms, spoken):
            message = f"the terms of `{offer.id}` do not say what comes after the {offer.trial} free days"
            help = "say what is charged then, or leave `terms:` out: the built-in words say it"
            notes = note(offer.places.at("trial"), "it begins free")
            yield found(message, offer.places.at("terms"), help, offer, notes=notes)


def missing_cancel(subject: Subject) -> Iterator[Finding]:
    """An offer renews, and nothing says how a buyer ends it.

    Ending it has to be as simple as joining: ROSCA asks for a simple mechanism, California's automatic renewal law
    (Business and Professions Code, section 17602) for the way to cancel in words, and online where it was bought
    online; in the EU it is part of what stands beside the button, and Germany (section 312k BGB) and France (article
    L215-1-1 of its consumer code) want a button for it. `cancel:` puts the way beside the price; without it the pages
    say to write to `seller.email`. A draft is left in peace until it goes live or says where it sells. funnelgen gives
    no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    sells_to: [US]
    ```

    ```yaml stack.yaml
    audience: people who test
    offers:
      circle: {name: The Circle, price: 49, every: month, deliver: guide.pdf}
    steps:
      - checkout: circle
      - thank-you:
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```diff stack.yaml
    -   circle: {name: The Circle, price: 49, every: month, deliver: guide.pdf}
    +   circle: {name: The Circle, price: 49, every: month, deliver: guide.pdf, cancel: Cancel in your account.}
    ```
    """
    config = subject.site.config
    for offer, _ in charged(subject):
        if offer.every and not (offer.cancel or offer.terms or config.seller.email):
            help = "add `cancel:` to the offer, as in `cancel: Cancel in your account or by email.`"
            message, span = f"nothing says how to end `{offer.id}`", offer.places.key("every")
            yield found(message, span, help, offer, only_live=not config.sells_to)
