"""Days on which something opens or closes: are the pages built on them, and is there anything to close?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.funnel.closing import closing_of, ends_on
from funnelgen.site.models import Offer

NEAR = timedelta(days=7)
_NO_ZONE = "site.yaml has no `timezone:`, so days end in UTC, as the page tells buyers"


def sale_dates(subject: Subject) -> Iterator[Finding]:
    """An offer opens or closes within a week, or has been closed for good: pages do not change by themselves.

    A built page is a file. It says until when something is sold, but its button stays until the site is built again,
    and what opens tomorrow does not open before that. A host can build every night: the guide to a site says how. Where
    it does, allow this with that reason. An offer whose last day is over, and that has no day on which it opens again,
    has a page that leads nowhere: name that day, or sell something else. Where site.yaml has no `timezone:`, days begin
    and end in UTC, and the page says so to buyers.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, closes: 2020-12-06}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, closes: 2020-12-06}
    +   course: {name: The Course, price: 97}
    ```
    """
    today = subject.site.today
    zone = "" if subject.site.config.places.has("timezone") else f"; {_NO_ZONE}"
    for stack in subject.site.stacks:
        for offer in stack.offers.values() if today else ():
            closing, ends = closing_of(offer, today), ends_on(offer, today)
            if closing and closing.opens and _is_near(closing.opens, today):
                help = "build the site on that day: a job of your host's can do it every night" + zone
                yield found(f"`{offer.id}` opens on {closing.opens}", offer.places.at("open"), help, offer)
            elif ends and _is_near(ends, today):
                help = "build the site after that day: a job of your host's can do it every night" + zone
                message = f"`{offer.id}` is sold until the end of {ends}"
                yield found(message, offer.places.at("closes"), help, offer)
            elif closing and closing.ended and not closing.opens:
                help = "say with `open:` when it is sold again, or take the date out"
                message = f"`{offer.id}` has been closed since {closing.ended}"
                yield found(message, offer.places.at("closes"), help, offer)


def idle_closing(subject: Subject) -> Iterator[Finding]:
    """What is given away is said to open, to close or to be sold out.

    Only a charge can be closed: a lead magnet is given to whoever asks for it, so nothing of that would be seen.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      guide: {name: The Guide, sold_out: true}
      course: {name: The Course, price: 97}
    steps:
      - lead-magnet: guide
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   guide: {name: The Guide, sold_out: true}
    +   guide: {name: The Guide}
    ```
    """
    for stack in subject.site.stacks:
        free = {step.offer for step in stack.steps if step.kind == "lead-magnet"}
        for offer in stack.offers.values():
            key = _closing_key(offer)
            if key and offer.id in free:
                message, help = f"`{offer.id}` is given away, so there is nothing to close", "leave the key out"
                yield found(message, offer.places.key(key), help, offer)


def _closing_key(offer: Offer) -> str:
    keys = ("open", "closes", "sold_out", "closed", "waiting_list")
    return next((key for key in keys if getattr(offer, key)), "")


def _is_near(day: date, today: date | None) -> bool:
    return today is not None and today <= day <= today + NEAR
