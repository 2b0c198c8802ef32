"""Health-related niches: what a visitor's illness is, is nobody else's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.law.market import SITE
from funnelgen.checks.law.words import first, language, trackers
from funnelgen.checks.payment.links import all_links
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text
from funnelgen.diagnostics import Span
from funnelgen.funnel.graph import Node
from funnelgen.site.files import LARGEST_TEXT

_SCRIPTS = frozenset({"css", "htm", "html", "js", "mjs", "svg"})
_CAMPAIGN = re.compile(r"[?&](?:utm_\w{1,20}|client_reference_id)=([^&#\s]{1,300})")
_KINDS = ("condition", "telling")


def health_pixel(subject: Subject) -> Iterator[Finding]:
    """A site in a health-related niche loads an advertising pixel, or something that records visits.

    It tells the advertising company who looks for help with what. The Federal Trade Commission has acted against
    companies that did so (BetterHelp and GoodRx, 2023), several states of the USA protect such data by laws of their
    own, and in the EU and the UK health data need explicit consent (article 9 of the GDPR). With a consent that is
    asked before anything loads, allow it with that reason. Looked through are copy, `theme/`, `assets/` and
    `tracking:`. funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Practice
    sensitive: true
    ```

    ```js assets/campaign.js
    fbq("track", "Lead");
    ```

    Mended:

    ```remove assets/campaign.js
    ```
    """
    if not subject.site.config.sensitive:
        return
    for file, where, text in _published(subject):
        for service, sign in trackers(text):
            help = "take it out; count visits with something that knows nobody"
            about = (where.about,) if where else ()
            span = where.at(sign.start(), len(sign[0])) if where else _in_file(file, text, sign)
            yield found(f"{service} in a health-related niche", span, help, *about, subject.site.config)
    sink = subject.site.config.tracking
    for service, _ in trackers(sink.beacon or ""):
        help = "send the events to an address of your own"
        yield found(f"{service} in a health-related niche", sink.places.at("beacon"), help, subject.site.config)


def _published(subject: Subject) -> Iterator[tuple[str, Text | None, str]]:
    """Everything that could load a script or a picture: a file's name, or a text of the copy, and what it says."""
    for text in subject.bodies:
        yield "", text, text.prose
    looked = ("assets/", *(f"{folder}/" for folder in subject.site.theme_folders))
    for path, file in subject.site.files.items():
        suffix = path.rpartition(".")[2].lower()
        if path.startswith(looked) and suffix in _SCRIPTS and file.size <= LARGEST_TEXT:
            yield path, None, file.read().decode("utf-8", "replace")


def _in_file(file: str, text: str, sign: re.Match[str]) -> Span:
    line = text.count("\n", 0, sign.start()) + 1
    column = sign.start() - text.rfind("\n", 0, sign.start())
    return Span(file, line, column, line, column + len(sign[0]))


def telling_address(subject: Subject) -> Iterator[Finding]:
    """An address of a health-related site names a condition.

    Addresses stand in histories, in the logs of hosts, in the payment provider's records and in what a browser tells
    the next site, so `/anxiety-reset/` tells all of them why somebody came. Judged are the pages of the funnel with
    their ids, free pages, what stands in the address after a payment, and campaign parameters (`utm_…`) of links. An
    article of the glossary is read by anyone and tells little, and the name of the site is the owner's choice.
    funnelgen gives no legal advice.

    Fires:

    ```yaml site.yaml
    name: Small Practice
    sensitive: true
    ```

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, deliver: course.pdf}
    steps:
      - checkout: course
        path: /anxiety-reset/
      - thank-you:
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```diff stack.yaml
    -     path: /anxiety-reset/
    +     path: /eight-weeks/
    ```
    """
    if not subject.site.config.sensitive:
        return
    spoken = tuple(filter(None, map(language, subject.locales)))
    stacks = {stack.name: _condition(stack.name, spoken) for stack in subject.site.stacks}
    for stack in subject.site.stacks:
        named = stacks[stack.name]
        if named:
            help = f"rename {stack.file}: it stands in the address of every page"
            yield found(_names(stack.name, named), Span(stack.file), help, stack, subject.site.config)
    for node in subject.funnel.nodes.values():
        yield from _of_node(subject, node, spoken, known=stacks[node.stack])
    for name, page in subject.site.pages.items():
        named = _condition(name, spoken)
        if named:
            help = "give the file a name that says nothing, and mend the links to it"
            yield found(_names(f"/{name}/", named), Span(page.file), help, page.front, subject.site.config)
    yield from _campaigns(subject, spoken)


def _of_node(subject: Subject, node: Node, spoken: tuple[str, ...], known: str) -> Iterator[Finding]:
    """What a step puts into addresses; `known` is what its stack's name said already."""
    step = node.step
    helps = {"path": "write another `path:`", "id": "write another `id:`: it stands in the address after a payment"}
    for key, address in (("path", step.path or ""), ("id", step.id)):
        named = _condition(address, spoken)
        if named and named != known:
            yield found(_names(address, named), step.places.at(key), helps[key], step, subject.site.config)
            break
    for number, bump in enumerate(step.bump):
        named = _condition(bump, spoken)
        if named:
            help = "give the offer another id: it stands in the address after the payment"
            yield found(_names(bump, named), step.places.at(f"bump.{number}"), help, step, subject.site.config)


def _campaigns(subject: Subject, spoken: tuple[str, ...]) -> Iterator[Finding]:
    for text, start, link, _ in subject.links:
        for parameter in _CAMPAIGN.finditer(link):
            named = _condition(parameter[1], spoken)
            if named:
                span = text.at(start + parameter.start(1), len(parameter[1]))
                help = "give the campaign a name that says nothing"
                yield found(_names(parameter[1], named), span, help, text.about, subject.site.config)
    for _, _, link, place in all_links(subject):
        for parameter in _CAMPAIGN.finditer(link):
            named = _condition(parameter[1], spoken)
            if named:
                help = "give the campaign a name that says nothing"
                yield found(_names(parameter[1], named), place, help, subject.site.config)


def _condition(address: str, spoken: tuple[str, ...]) -> str:
    """The condition that an address names, or nothing."""
    words = re.sub(r"[/_+.%]+", " ", address)
    return next((named[0] for kind in _KINDS if (named := first(kind, words, *dict.fromkeys(("en", *spoken))))), "")


def _names(address: str, condition: str) -> str:
    return f"`{address}` names a condition" if address == condition else f"`{address}` names a condition: {condition}"


def unsaid_niche(subject: Subject) -> Iterator[Finding]:
    """An offer speaks of a condition of health, and the site does not say whether its niche is a sensitive one.

    What such a site lets others see about its visitors can hurt them, so there are rules of their own for it: no
    advertising pixels, no condition in an address. `sensitive: true` in site.yaml turns them on; `sensitive: false`
    says that the word is meant in another way, and nothing is asked again. funnelgen gives no legal advice.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Anxiety Reset, price: 97, deliver: course.pdf}
    steps:
      - checkout: course
      - thank-you:
    ```

    ```remove copy/lead-magnet.md
    ```

    ```remove copy/sales.md
    ```

    Mended:

    ```yaml site.yaml
    name: Small Practice
    sensitive: true
    ```
    """
    config = subject.site.config
    if config.places.has("sensitive"):
        return
    for stack in subject.site.stacks:
        spoken = language(subject.site.locale_of(stack.name))
        for offer in stack.offers.values():
            for key in ("name", "promise"):
                said: str = getattr(offer, key) or ""
                named = first("condition", said, spoken)
                if named:
                    text = Text(said, offer.places.at(key), stack.name, subject.sources, role=key, about=offer)
                    span = text.at(named.start(), len(named[0])) or SITE
                    help = "say `sensitive: true` in site.yaml, or `sensitive: false` where it is not"
                    yield found(f"is this a health-related niche? `{named[0]}`", span, help, offer, config)
                    return
