"""Who sells, where, and which pages say on what terms."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.law.market import SITE, lacks, listed, magnets, market_span, place_of
from funnelgen.checks.rule import Finding, Subject, found, note

IDENTITY = ("name", "address", "email")
EU_COUNTRIES = frozenset("AT BE BG HR CY CZ DK EE FI FR DE GR EL HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE".split())
WITH_IMPRINT = {"DE": "section 5 DDG", "AT": "section 5 ECG", "CH": "article 3 UWG"}


def missing_seller(subject: Subject) -> Iterator[Finding]:
    """A site that goes live does not say who sells.

    The name, the address and the email of `seller:` stand at the foot of every page. A buyer who cannot see whom the
    money goes to has nobody to turn to, and asks the bank for it back. In the USA no single law wants all three on a
    page, though card networks and payment providers want the business and a way to reach it. In the EU and the UK it
    is the law, and an error (FG530). funnelgen gives no legal advice.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    url: https://small.example
    sells_to: [US]
    ```

    Mended:

    ```diff site.yaml
    - sells_to: [US]
    + sells_to: [US]
    + seller: {name: Small Studio LLC, address: "1 Quay, Portland, Maine", email: help@small.example}
    ```
    """
    if not subject.site.config.european:
        yield from _identity(subject)


def unnamed_seller(subject: Subject) -> Iterator[Finding]:
    """A site that goes live sells to the EU or the UK and does not say who sells.

    Consumers there must learn the seller's name, address and email before they order: articles 6(1)(b) and (c) of
    Directive 2011/83/EU and article 5 of Directive 2000/31/EC; in the UK schedule 2 of the Consumer Contracts
    Regulations 2013. `seller:` puts them at the foot of every page. funnelgen gives no legal advice.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    url: https://small.example
    tax: included
    sells_to: [UK]
    seller: {name: Small Studio Ltd, email: help@small.example}
    ```

    Mended:

    ```diff site.yaml
    - seller: {name: Small Studio Ltd, email: help@small.example}
    + seller: {name: Small Studio Ltd, address: "1 Quay, Bristol", email: help@small.example}
    ```
    """
    if subject.site.config.european:
        yield from _identity(subject)


def _identity(subject: Subject) -> Iterator[Finding]:
    config = subject.site.config
    missing = [key for key in IDENTITY if lacks(config.seller, key)]
    if missing:
        are = "are" if len(missing) > 1 else "is"
        example = ", ".join(f"{key}: …" for key in missing)
        help = f"add `seller: {{{example}}}`" if len(missing) == 3 else f"add `{example}` to `seller:`"
        message = f"the seller's {listed(missing)} {are} missing"
        yield found(message, place_of(subject, "seller"), help, config, only_live=True)


def missing_legal_page(subject: Subject) -> Iterator[Finding]:
    """The site sells, or asks for an address, and has no page for the terms, for privacy or for refunds.

    A buyer looks for these three before paying, and payment providers ask for them. Privacy also counts where only an
    email address is asked for: articles 12 and 13 of the GDPR, in the USA the California Online Privacy Protection
    Act. `legal:` says which page is which; the footer of every page links to them, and the opt-in form to privacy. A
    draft is left in peace until it goes live, or `sells_to` names the EU or the UK. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    tax: included
    sells_to: [UK]
    legal: {terms: terms, refunds: terms}
    ```

    ```markdown pages/terms.md
    What you agree to, and how your money comes back.
    ```

    Mended:

    ```diff site.yaml
    - legal: {terms: terms, refunds: terms}
    + legal: {terms: terms, refunds: terms, privacy: privacy}
    ```

    ```markdown pages/privacy.md
    What we keep, and for how long.
    ```
    """
    config, pages = subject.site.config, subject.site.pages
    asks = any(magnets(subject))
    asked = ("terms", "privacy", "refunds") if subject.funnel.buttons else ("privacy",) if asks else ()
    missing = [key for key in asked if lacks(config.legal, key)]
    if missing:
        message = f"no page{'s' * (len(missing) > 1)} for {listed(missing)}"
        named = ", ".join(f"{key}: {key}" for key in missing)
        unwritten = [f"pages/{key}.md" for key in missing if key not in pages]
        help = (f"write {listed(unwritten)} and " if unwritten else "") + f"say `legal: {{{named}}}` in site.yaml"
        yield found(message, place_of(subject, "legal"), help, config, only_live=not config.european)


def no_market(subject: Subject) -> Iterator[Finding]:
    """A site goes live and does not say where its buyers live.

    What must stand beside a button, in a price and at the foot of a page differs between the USA, the EU and the UK.
    Without `sells_to` nothing of it is looked at, and buttons have the words of the USA. Where all buyers live
    elsewhere, say `sells_to: []`. funnelgen gives no legal advice.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    url: https://small.example
    ```

    Mended:

    ```diff site.yaml
    - url: https://small.example
    + url: https://small.example
    + sells_to: [US]
    ```
    """
    config = subject.site.config
    if not config.sells_to and not config.places.has("sells_to"):
        help = "add `sells_to:` with those that are meant, as in `sells_to: [US, EU, UK]`"
        yield found("nothing says where buyers live", SITE, help, config, only_live=True)


def missing_imprint(subject: Subject) -> Iterator[Finding]:
    """The seller is at home in Germany, Austria or Switzerland, and the site has no imprint.

    There a page that is easy to find must say who is behind a site, whatever it sells: section 5 DDG in Germany,
    section 5 ECG and section 25 MedienG in Austria, article 3(1)(s) UWG in Switzerland. Competitors and associations
    send costly warnings where it is missing. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Kleines Studio
    seller: {name: Kleines Studio GmbH, address: "Kai 1, Hamburg", email: hilfe@small.example, country: DE}
    ```

    Mended:

    ```diff site.yaml
    - name: Kleines Studio
    + name: Kleines Studio
    + legal: {imprint: impressum}
    ```

    ```markdown pages/impressum.md
    Kleines Studio GmbH, Kai 1, Hamburg
    ```
    """
    config = subject.site.config
    law = WITH_IMPRINT.get((config.seller.country or "").upper())
    if law and lacks(config.legal, "imprint"):
        help = "write the page and name it, as in `legal: {imprint: imprint}`"
        span = config.seller.places.at("country")
        yield found(f"a seller in `{config.seller.country}` needs an imprint ({law})", span, help, config)


def missing_vat(subject: Subject) -> Iterator[Finding]:
    """A seller in the EU goes live without a VAT number.

    Who charges VAT there states the number on the site: article 5(1)(g) of Directive 2000/31/EC. `seller.vat` stands
    at the foot of every page. Who charges none, as small businesses and many therapists do, says `tax: none`, and
    nothing is asked. funnelgen gives no legal advice.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    url: https://small.example
    tax: included
    seller: {name: Small Studio, address: "1 Quay, Galway", email: help@small.example, country: IE}
    ```

    Mended:

    ```diff site.yaml
    - tax: included
    + tax: none
    ```
    """
    config = subject.site.config
    home = (config.seller.country or "").upper()
    if home in EU_COUNTRIES and config.tax != "none" and lacks(config.seller, "vat"):
        help = "add `vat:` to `seller:`, or say `tax: none` where you charge none"
        span = config.seller.places.at("country")
        yield found("a seller in the EU without a VAT number", span, help, config, only_live=True)


def missing_phone(subject: Subject) -> Iterator[Finding]:
    """A site that goes live sells to the EU, and gives no telephone number.

    Before they order, consumers there are told a telephone number as well as an email address: article 6(1)(c) of
    Directive 2011/83/EU, as changed by Directive (EU) 2019/2161. It need not be answered day and night. `seller.phone`
    stands at the foot of every page. funnelgen gives no legal advice.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    url: https://small.example
    tax: included
    sells_to: [EU]
    seller: {name: Small Studio, address: "1 Quay, Galway", email: help@small.example}
    ```

    Mended:

    ```diff site.yaml
    - seller: {name: Small Studio, address: "1 Quay, Galway", email: help@small.example}
    + seller: {name: Small Studio, address: "1 Quay, Galway", email: help@small.example, phone: +353 1 555 0100}
    ```
    """
    config = subject.site.config
    known = any(not lacks(config.seller, key) for key in IDENTITY)  # else that is said already
    if known and "EU" in config.sells_to and lacks(config.seller, "phone"):
        notes = note(market_span(subject, "EU"), "it is asked for here")
        help = "add `phone:` to `seller:`"
        message, span = "the seller's telephone number is missing", place_of(subject, "seller")
        yield found(message, span, help, config, notes=notes, only_live=True)
