"""The book of journeys: every event that the preview's pages sent, by visitor. Bounded, and gone with the server.

Events come from anybody who can reach the server. What is written down is looked up in the manifest: an event about a
step or a button that is not there is dropped, and an amount is the manifest's, whatever the event says.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from itertools import count
from threading import Lock

from msgspec import Struct

from funnelgen.funnel.manifest import Manifest, ManifestButton
from funnelgen.measure.events import IN_PAGES, Event, decode_event

MOST_JOURNEYS = 100
MOST_MOMENTS = 300
"""Of one journey: nobody clicks so often, and a script that does shall not fill the memory."""


class Moment(Struct, frozen=True, kw_only=True):
    """One event of a journey, with what the manifest said of it then."""

    event: str
    at: datetime
    step: str
    offer: str = ""  # the name of what it is about
    amount: str = ""  # of the bump, as pages show it
    button: ManifestButton | None = None


class Journey(Struct, frozen=True, kw_only=True):
    """What one visitor did, in the order in which it happened. `number` counts visitors from 1."""

    number: int
    moments: tuple[Moment, ...]
    full: bool = False


class Book:
    """All journeys of one server; threads may write and read at once."""

    def __init__(self) -> None:
        self._journeys: OrderedDict[str, Journey] = OrderedDict()
        self._visitors = 0
        self._currency = ""
        self._payments = count(1)
        self._lock = Lock()

    def next_payment(self) -> int:
        """The number of another payment at the simulated checkout."""
        return next(self._payments)

    def note(self, line: bytes, manifest: Manifest) -> bool:
        """Write down what a page sent; False for what is no event of this site."""
        event = decode_event(line)
        moment = _moment(event, manifest) if event and event.event in IN_PAGES else None
        if event is None or moment is None:
            return False
        with self._lock:
            if manifest.site.currency != self._currency:  # amounts of two currencies have no sum
                self._journeys.clear()
                self._currency = manifest.site.currency
            known = self._journeys.pop(event.journey, None)
            if known is None:
                self._visitors += 1
                known = Journey(number=self._visitors, moments=())
            self._journeys[event.journey] = _with(known, moment)
            while len(self._journeys) > MOST_JOURNEYS:
                self._journeys.popitem(last=False)
        return True

    def journeys(self) -> tuple[Journey, ...]:
        """All journeys, the one that something happened on last first."""
        with self._lock:
            return tuple(reversed(self._journeys.values()))


def _with(journey: Journey, moment: Moment) -> Journey:
    if len(journey.moments) >= MOST_MOMENTS:
        return Journey(number=journey.number, moments=journey.moments, full=True)
    # What was sent at once may arrive either way; a payment is told before the page that is seen after it.
    moments = sorted((*journey.moments, moment), key=lambda moment: (moment.at, moment.event == "view"))
    return Journey(number=journey.number, moments=tuple(moments))


def _moment(event: Event, manifest: Manifest) -> Moment | None:
    """An event with what the manifest knows of it; None where it knows nothing."""
    node = next((node for node in manifest.nodes if node.id == event.step), None)
    if node is None:
        return None
    if event.button is not None:
        button = next((button for button in manifest.buttons if button.id == event.button), None)
        if button is None:
            return None
        return Moment(event=event.event, at=event.at, step=node.id, offer=_named(button), button=button)
    about = event.offer or (node.offer if event.event == "decline" else None)
    lines = {line.offer: line for button in manifest.buttons if button.node == node.id for line in button.lines}
    line = lines.get(about or "")
    if event.offer and line is None:
        return None
    name, amount = (line.name, line.today.short) if line else ("", "")
    return Moment(event=event.event, at=event.at, step=node.id, offer=name, amount=amount)


def _named(button: ManifestButton) -> str:
    return " + ".join(line.name for line in button.lines)
