"""Where people wait for what is not on sale: the page offers it, so there has to be a place."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.funnel.closing import closing_of, ends_on
from funnelgen.site.models import Offer
from funnelgen.site.selling import Service


def nowhere_to_wait(subject: Subject) -> Iterator[Finding]:
    """A page says “Join the waiting list”, and there is none.

    While an offer is not on sale, its page has a waiting list in the place of the button. At Netlify that is a form of
    the page's own. Where `form:` of site.yaml names another service, its form is for the letter of the opt-in and for
    nothing else, so the offer has to say with `waiting_list:` where people wait; without that they write to
    `seller.email`. With neither the button leads nowhere. It is said before the last day too, since a build that failed
    in that night would leave the offer on sale.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    form: {action: "https://letters.example.com/join"}
    ```

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, sold_out: true}
    steps:
      - checkout: course
      - thank-you:
    ```

    Mended:

    ```diff stack.yaml
    -   course: {name: The Course, price: 97, sold_out: true}
    +   course: {name: The Course, price: 97, sold_out: true, waiting_list: "https://forms.example.com/wait"}
    ```
    """
    config, today = subject.site.config, subject.site.today
    if not isinstance(config.form, Service) or config.seller.email:
        return
    sold = {id(n.offer): n.offer for n in subject.funnel.nodes.values() if n.offer and n.kind not in _NEVER_CLOSED}
    for offer in sold.values():
        if not offer.waiting_list and (closing_of(offer, today) or ends_on(offer, today)):
            help = "say with `waiting_list:` where people wait, or add `email:` to `seller:` in site.yaml"
            message = f"nobody can wait for `{offer.id}`, and its page says to join the waiting list"
            yield found(message, offer.places.key(_closing_key(offer)), help, offer)


_NEVER_CLOSED = ("lead-magnet", "thank-you")


def _closing_key(offer: Offer) -> str:
    return next(key for key in ("sold_out", "closed", "closes", "open") if getattr(offer, key))
