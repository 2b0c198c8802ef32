"""Is an amount typed into copy that the stack knows?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from funnelgen.checks.price.cues import Cues, cues_of
from funnelgen.checks.price.edits import mending
from funnelgen.checks.price.notation import Notation, Typed, notation
from funnelgen.checks.price.sayings import Place, Prices, Saying, places_of, prices_of
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.checks.sentences import sentence_at
from funnelgen.checks.texts import Text
from funnelgen.site.models import Offer

_UNREAD = frozenset(
    (
        *"id category every image alt updated reviewed kind part_of related term also".split(),
        *("example", "title of example", "testimonial", "title of testimonial"),
    )
)
"""Roles that say nothing of a price: names of things, worked examples, and what other people said."""

_OF_CONFIG = frozenset({"description"})
_STATED = frozenset("headline subhead eyebrow title description accept decline note pitch terms refund access".split())
"""Roles whose amounts are about the offer, unless their words say otherwise."""

_SLOT = re.compile(r"\{\{.{0,300}?\}\}", re.DOTALL)
_TIMES = re.compile(r"\d\s?[x×]\s?\Z")  # "3 x $33"
_AROUND = 200  # characters in which the words of a link may begin and end
_LINK_TEXT = re.compile(r"\[[^\[\]]{0,300}\]\(")


def typed_amount(subject: Subject) -> Iterator[Finding]:
    """An amount of money is typed into copy, where it stays as it is when the price changes.

    A price stands in the stack, once. Whoever changes it there and forgets a page that repeats it has a page that
    says one amount and a button that charges another, which is what creators complain about most and what buyers
    forgive least. `{{ price("…") }}` and `{{ total("…") }}` say the amount wherever it is wanted.

    An amount that is a price, a payment or a total of the stack is found wherever it is typed: in copy, in offers, on
    free pages. One that is none of them is found where the words make it one (a headline, a button, a link, the name of
    an offer beside it) and it lies between half and double of a price: it may be last year's. Examples, tables, quotes,
    ranges, and what is saved, spent or earned are left alone.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, refund: The full $97 comes back for 30 days.}
    steps:
      - sales: course
      - checkout: course
      - thank-you:
    ```

    ```markdown copy/sales.md
    Six weeks of evenings, for $97 once.
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, refund: The full $97 comes back for 30 days.}
    +   course: {name: The Course, price: 97, refund: 'The full {{ price("course") }} comes back for 30 days.'}
    ```

    ```diff copy/sales.md
    - Six weeks of evenings, for $97 once.
    + Six weeks of evenings, for {{ price("course") }} once.
    ```
    """
    config = subject.site.config
    written = {locale: notation(config.currency, locale) for locale in subject.locales}
    prices = {stack.name: prices_of(stack, subject.funnel) for stack in subject.site.stacks}
    places = places_of(subject.site, subject.funnel)
    for text in _read(subject):
        offer = text.about if isinstance(text.about, Offer) else None
        place = Place(offer=offer) if offer else places.get(id(text.about), Place(free=True))
        for typed in _kept_typed(text, written[subject.locale_at(text)]):
            finding = _judged(subject, text, typed, place, prices[text.stack])
            if finding:
                yield finding


def _read(subject: Subject) -> Iterator[Text]:
    """The texts in which a price could stand, each once."""
    config = subject.site.config
    for text in (*subject.bodies, *(t for t in subject.texts if t.role != "subhead")):
        if text.role not in _UNREAD and (text.about is not config or text.role in _OF_CONFIG):
            yield text


def _kept_typed(text: Text, written: Notation) -> tuple[Typed, ...]:
    return text.once((_typed, written.currency, written.locale), lambda: tuple(_typed(text, written)))


def _typed(text: Text, written: Notation) -> Iterator[Typed]:
    """The amounts of a text, but for those in code, `{{ … }}`, tables, quotes and addresses."""
    words = text.prose
    if "{{" in words:
        words = _SLOT.sub(lambda slot: " " * len(slot[0]), words)
    amounts = written.amounts(words)
    links = sorted((start, start + len(link)) for start, link in text.links) if amounts else []
    for typed in amounts:
        line = _line(words, typed).lstrip()
        quoted = line.startswith(">") or ("|" in line and not line.startswith("#"))
        before = bisect_right(links, (typed.start, len(words)))
        if not quoted and not (before and typed.start < links[before - 1][1]):
            yield typed


def _judged(subject: Subject, text: Text, typed: Typed, place: Place, prices: Prices) -> Finding | None:
    words = text.text
    meant = prices.meant(typed.amount, place)
    if not meant and (place.free or not prices.is_near(typed.amount)):
        return None
    cues = cues_of(subject.locale_at(text))
    if cues.is_other(words, typed.start, typed.end):
        return None
    if any(saying.words for saying in meant):
        if place.free and cues.imagined.search(sentence_at(words, typed.start)):
            return None
        # An article may speak of other money of the same amount; a step's copy hardly does.
        sure = not place.free or _is_called_price(text, typed, prices, cues)
        return _known(subject, text, typed, place, meant, sure=sure)
    if cues.is_rate(words, typed.end):
        return None
    if text.role in _STATED or _is_called_price(text, typed, prices, cues):
        if meant:  # a payment of a plan: `$33` alone may be anything, and terms of one's own must say it
            return None if text.role == "terms" else _known(subject, text, typed, place, meant, sure=True)
        span = text.at(typed.start, len(typed.text))
        own = place.own.id if place.own and (place.own.price or place.own.pay) else "…"
        help = f'write a price as `{{{{ price("{own}") }}}}`; if it is another amount, say so in `allow:`'
        return found(f"`{typed.text}` is no price of this stack", span, help, text.about)
    return None


def _known(subject: Subject, text: Text, typed: Typed, place: Place, meant: list[Saying], *, sure: bool) -> Finding:
    """The finding for an amount that the stack has; with its fix where it is sure that the price is meant."""
    span = text.at(typed.start, len(typed.text))
    notes = note(meant[0].span, "the price is set here") if len(meant) == 1 else ()
    message = f"`{typed.text}` is {' and '.join(one.what for one in meant)}, typed"
    words = [one.words for one in meant if one.words]
    fix = mending(text, typed, words[0], subject.sources) if sure and len(meant) == len(words) == 1 else ()
    if text.role == "accept" and place.charges:
        help, fix = "leave it out: the button shows its amount itself", ()
    elif text.role == "name":
        help, fix = "leave it out of the name, which cannot follow the price", ()
    elif words:
        help = f"write {' or '.join(f'`{one}`' for one in words)}, which follows the price"
    else:
        help = "leave it to the terms beside the price, which state every payment"
    return found(message, span, help, text.about, notes=notes, fix=fix)


def _is_called_price(text: Text, typed: Typed, prices: Prices, cues: Cues) -> bool:
    """Whether the words around an amount make it a price: a heading, a link, an offer's name, "only", "once"."""
    line = _line(text.text, typed)
    if line.startswith("#") or cues.is_price(text.text, typed.start, typed.end):
        return True
    if _TIMES.search(text.text, max(0, typed.start - 8), typed.start):
        return True
    links = _LINK_TEXT.finditer(text.text, max(0, typed.start - _AROUND), typed.end + _AROUND)
    if any(link.start() < typed.start < link.end() for link in links):
        return True
    return prices.names_offer(sentence_at(text.text, typed.start))


def _line(words: str, typed: Typed) -> str:
    """The line on which an amount stands."""
    end = words.find("\n", typed.start)
    return words[words.rfind("\n", 0, typed.start) + 1 : end if end >= 0 else len(words)]
