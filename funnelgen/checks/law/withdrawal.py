"""Fourteen days to think again: is the right said, and is there a place to use it?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.law.market import SITE, charged, front_of, lacks, market_span, place_of
from funnelgen.checks.law.refunds import below_law
from funnelgen.checks.law.words import first, language
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.texts import Text
from funnelgen.diagnostics import Span
from funnelgen.funnel.translations import page_in
from funnelgen.site.models import Offer
from funnelgen.site.writing import Copy, FrontMatter

_OTHERS_SAY = frozenset({"testimonial", "example"})  # blocks in which nobody sets terms


def missing_withdrawal(subject: Subject) -> Iterator[Finding]:
    """The site sells to the EU and has no page on which a consumer can withdraw from a contract.

    Since 19 June 2026 whoever sells to consumers online gives them a function for it, easy to find for as long as the
    right lasts and labelled “withdraw from contract” or as clearly: article 11a of Directive 2011/83/EU, added by
    Directive (EU) 2023/2673. On it the consumer names the contract and sends the statement; the seller confirms by
    email. `legal.withdrawal` names that page, and every page links to it with those words. The page must offer
    something to act with: a link that opens an email with the lines that are needed, or a form. Who sells to
    businesses alone allows this with that reason. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [EU]
    legal: {terms: index, privacy: index, refunds: index}
    ```

    Mended:

    ```diff site.yaml
    - legal: {terms: index, privacy: index, refunds: index}
    + legal: {terms: index, privacy: index, refunds: index, withdrawal: withdrawal}
    ```

    ```markdown pages/withdrawal.md
    Within 14 days: [withdraw from a contract](mailto:help@small.example?subject=Withdrawal).
    ```
    """
    config = subject.site.config
    if "EU" not in config.sells_to or not subject.funnel.buttons:
        return
    if lacks(config.legal, "withdrawal"):
        notes = note(market_span(subject, "EU"), "it is asked for here")
        help = "write the page and name it, as in `legal: {withdrawal: withdrawal}`"
        message = "no page to withdraw from a contract"
        span = place_of(subject, "legal")
        yield found(message, span if span != SITE else market_span(subject, "EU"), help, config, notes=notes)
        return
    page = subject.site.pages.get(config.legal.withdrawal or "")
    if page and not _acts(subject, page):
        help = "add a link that opens an email, as in `[Withdraw from a contract](mailto:…?subject=Withdrawal)`"
        yield found(f"`{page.file}` offers nothing to withdraw with", Span(page.file), help, page.front, config)


def _acts(subject: Subject, page: Copy) -> bool:
    """Whether a page has a form, or a link that leads to one or opens an email."""
    links = (target.href for text, _, _, target in subject.links if text.about is page.front)
    form = subject.site.config.html and any("<form" in block.body for block in page.blocks)
    return form or any(href.startswith(("mailto:", "https:")) for href in links)


def withdrawal_information(subject: Subject) -> Iterator[Finding]:
    """No legal page tells consumers in the EU or the UK that they can withdraw within 14 days.

    They must learn of the right before they order: article 6(1)(h) of Directive 2011/83/EU, in the UK the Consumer
    Contracts Regulations 2013, which call it a right to cancel. If nobody tells them, it lasts up to twelve months
    longer. A refund period of the seller's own does not replace the words. The page for terms, refunds or withdrawal
    is the place. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [UK]
    legal: {terms: terms, privacy: terms, refunds: terms}
    ```

    ```markdown pages/terms.md
    Full refund within 30 days.
    ```

    Mended:

    ```diff pages/terms.md
    - Full refund within 30 days.
    + Full refund within 30 days. By law you can withdraw from a contract within 14 days, without a reason.
    ```
    """
    config, told = subject.site.config, set[str]()
    legal = tuple(filter(None, (config.legal.withdrawal, config.legal.refunds, config.legal.terms)))
    if not config.european or not subject.funnel.buttons:
        return
    for stack in subject.site.stacks:
        spoken = language(subject.site.locale_of(stack.name))
        names = dict.fromkeys(page_in(subject.site.pages, name, stack.name) for name in legal)
        pages = [subject.site.pages[name] for name in names if name in subject.site.pages]
        read = [t.text for t in subject.bodies if any(t.about is page.front for page in pages)]
        said = any(first("withdrawal", text, spoken, "en") for text in read)
        if spoken and pages and not said and pages[0].file not in told:
            told.add(pages[0].file)
            notes = note(market_span(subject, "EU", "UK"), "consumers there have it")
            help = "say on it how long buyers may withdraw, and how"
            message = "no legal page speaks of the right of withdrawal"
            yield found(message, Span(pages[0].file), help, config, notes=notes)


def refund_below_law(subject: Subject) -> Iterator[Finding]:
    """A refund is refused, or ends before 14 days, where consumers in the EU or the UK buy.

    They may withdraw within 14 days without a reason (article 9 of Directive 2011/83/EU; the UK's Consumer Contracts
    Regulations 2013), and words that deny it are void and mislead. Digital content that starts at once is an exception
    only if the buyer expressly agreed to that, knew that the right ends with it, and got a confirmation that lasts
    (article 16(m)); the payment provider's page can ask for it, with Stripe by `consent_collection`. Services fixed to
    a date, such as a retreat, are another. Where one of these holds, allow it with that reason. Both `refund:` and the
    copy of the steps are read. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [UK]
    legal: {terms: index, privacy: index, refunds: index}
    ```

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, refund: Full refund within 7 days., deliver: course.pdf}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, refund: Full refund within 7 days., deliver: course.pdf}
    +   course: {name: The Course, price: 97, refund: Full refund within 14 days., deliver: course.pdf}
    ```
    """
    config = subject.site.config
    if not config.european:
        return
    notes = note(market_span(subject, "EU", "UK"), "consumers there have 14 days")
    help = "grant 14 days or more, or allow it with the exception that holds here"
    for text, about in _terms(subject):
        spoken = language(subject.locale_at(text))
        below = below_law(text.text, spoken, of_refund=text.role == "refund") if spoken else None
        if below:
            start, words = below
            message = f"`{words}` is less than the law gives"
            yield found(message, text.at(start, len(words)), help, *about, subject.site.config, notes=notes)


def _terms(subject: Subject) -> Iterator[tuple[Text, tuple[Offer | FrontMatter, ...]]]:
    """The texts that may set terms of refund, with what may allow them: `refund:`, and the copy of steps that sell."""
    for offer, node in charged(subject):
        if offer.refund:
            place = offer.places.at("refund")
            yield Text(offer.refund, place, node.stack, subject.sources, role="refund", about=offer), (offer,)
    if not subject.funnel.buttons:
        return
    fronts = ((front_of(subject, node), node.offer) for node in subject.funnel.nodes.values())
    sold = {id(front): offer for front, offer in fronts if front}
    for text in subject.bodies:
        if isinstance(text.about, FrontMatter) and id(text.about) in sold and text.role not in _OTHERS_SAY:
            of_step = sold[id(text.about)]
            yield text, (text.about, of_step) if of_step else (text.about,)
