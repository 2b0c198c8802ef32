"""A journey in words: page by page what happened there, and what it came to."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from funnelgen.funnel.manifest import Manifest, ManifestButton
from funnelgen.money import Money, format_money, zero
from funnelgen.preview.journeys.book import Journey, Moment


class Line(Struct, frozen=True, kw_only=True):
    """One thing that happened on a page. `kind` picks its sign and colour: chosen, on, pay, paid, no, unpaid."""

    kind: str
    words: str
    about: str = ""  # the offer
    amount: str = ""
    note: str = ""


class Stop(Struct, frozen=True, kw_only=True):
    """A page on the way, and all that happened until the next one: a payment belongs to the page that it began on."""

    step: str
    lines: tuple[Line, ...] = ()


class Story(Struct, frozen=True, kw_only=True):
    """A journey as the page shows it."""

    number: int
    stops: tuple[Stop, ...]
    charges: int
    total: str
    more: str = ""  # "then $49 a month": what is charged later
    full: bool = False


def story_of(journey: Journey, manifest: Manifest) -> Story:
    """What happened on a journey, and what its payments come to by the manifest's amounts."""
    site = manifest.site
    paid = [m.button for m in journey.moments if m.event == "purchase" and m.button]
    total = sum((Money(Decimal(button.today.value), site.currency) for button in paid), zero(site.currency))
    return Story(
        number=journey.number,
        stops=tuple(_stops(journey.moments)),
        charges=len(paid),
        total=format_money(total, site.locale),
        more=", ".join(dict.fromkeys(later for button in paid for later in _later(button))),
        full=journey.full,
    )


def _stops(moments: tuple[Moment, ...]) -> Iterator[Stop]:
    """A stop for every page that was seen. Where somebody went to pay and did not, it says so."""
    paying: ManifestButton | None = None
    paid: set[str] = set()
    step, lines = "", list[Line]()
    for moment in moments:
        if moment.event == "view":
            if paying is not None:
                back = "came back" if moment.step == paying.node else "left the payment"
                lines.append(Line(kind="unpaid", words=f"{back} without paying"))
            if step:
                yield Stop(step=step, lines=tuple(lines))
            step, lines, paying = moment.step, [], None
            continue
        if moment.event in ("accept", "purchase"):
            paying = moment.button if moment.event == "accept" else None
        step = step or moment.step
        lines.append(_line(moment, paid))
    if step:
        yield Stop(step=step, lines=tuple(lines))


def _line(moment: Moment, paid: set[str]) -> Line:
    button = moment.button
    amount = button.today.short if button else moment.amount
    match moment.event:
        case "select":
            return Line(kind="chosen", words="ticked", about=moment.offer, amount=f"+ {amount}")
        case "deselect":
            return Line(kind="no", words="unticked", about=moment.offer)
        case "submit":
            return Line(kind="on", words="sent the form")
        case "continue":
            return Line(kind="on", words="went on")
        case "decline":
            return Line(kind="no", words="declined", about=moment.offer)
        case "accept":
            return Line(kind="pay", words="accepted", about=moment.offer, amount=amount)
        case _:
            again = button is not None and button.id in paid
            paid |= {button.id} if button else set()
            note = "a second charge: a provider charges every payment" if again else ""
            return Line(
                kind="paid", words="paid again" if again else "paid", about=moment.offer, amount=amount, note=note
            )


def _later(button: ManifestButton) -> Iterator[str]:
    """What a payment brings with it after today."""
    for line in button.lines:
        if line.instalments:
            yield f"then {line.instalments - 1} × {line.today.short}"
        elif line.every or line.trial_days:
            every = f" a {line.every}" if line.every else ""
            after = f" after {line.trial_days} days" if line.trial_days else ""
            yield f"then {line.price.short}{every}{after}"
