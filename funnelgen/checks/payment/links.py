"""Payment links: is there one for every button, and is it its own?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Edit, Span
from funnelgen.diagnostics.suggest import certain, did_you_mean
from funnelgen.payments import is_test_link, provider_of
from funnelgen.payments.addresses import payment_of
from funnelgen.site.kinds import wrong_url
from funnelgen.site.variables import variable_in

MOST_NAMED = 8  # buttons in a message; a checkout with four bumps has sixteen


def missing_link(subject: Subject) -> Iterator[Finding]:
    """A button has no payment link in the mode that is built, so it would charge nothing.

    Every charge is a link of its own, made at the payment provider: the checkout, the checkout with its bump, the
    upsell. Without one, a buyer who says yes has nowhere to pay. A demo needs none: its checkout is simulated.

    Fires (live):

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc
    ```

    Mended:

    ```diff links.yaml
    -   checkout: https://buy.stripe.com/abc
    +   checkout: https://buy.stripe.com/abc
    +   checkout+template: https://buy.stripe.com/def
    ```
    """
    mode, site = subject.mode, subject.site
    if mode == "demo":
        return
    links, places, known = site.links.of(mode), site.links.places, subject.funnel.buttons
    parts = _by_parts(known)
    meant = {_meant(id, parts) for id in links if id not in known}  # misspelt, which is said
    missing = [
        id
        for id in subject.funnel.open.buttons
        if id not in links and id not in meant and not places.has(f"{mode}.{id}")
    ]
    if missing and (links or not places.has(mode) or is_empty(places.at(mode))):
        more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
        message = f"{mode} mode has no link for {', '.join(f'`{id}`' for id in missing[:MOST_NAMED])}{more}"
        lines = f"`{missing[0]}: https://…`" + (" and the others" if len(missing) > 1 else "")
        if places.has(mode):
            help = f"add {lines} under `{mode}:`"
        elif "links.yaml" in subject.sources:
            help = f"add `{mode}:` to links.yaml, and below it {lines}"
        else:
            help = f"write links.yaml with `{mode}:`, and below it {lines}"
        help += "; or build with `--mode demo`"
        yield found(message, places.key(mode) or Span("links.yaml"), help)


def missing_variable(subject: Subject) -> Iterator[Finding]:
    """links.yaml names a variable of the environment that holds no payment link.

    `${STRIPE_LINK_CHECKOUT}` in the place of a link is read where the site is built: on your machine from the shell, at
    Netlify from the site's environment variables. It has to be the whole value. What a variable holds is shown only if
    it is a web address, since it may as well be a key.

    Fires (live):

    ```yaml links.yaml
    live:
      checkout: ${LINK_OF_THE_CHECKOUT}
      checkout+template: https://buy.stripe.com/def
    ```

    Mended:

    ```diff links.yaml
    -   checkout: ${LINK_OF_THE_CHECKOUT}
    +   checkout: https://buy.stripe.com/abc
    ```
    """
    if subject.mode == "demo":
        return
    missing = {name: id for id, link in subject.site.links.of(subject.mode).items() if (name := variable_in(link))}
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        first, id = next(iter(missing.items()))
        help = f"set it where the site is built, as in `{first}=https://buy.stripe.com/…`"
        span = subject.site.links.places.at(f"{subject.mode}.{id}")
        yield found(f"the environment has no payment link in {names}", span, help)


def unknown_button(subject: Subject) -> Iterator[Finding]:
    """links.yaml names a button that the stack does not have.

    Its link would stand on no page, and the button that was meant would have none. A button is called after its step,
    with the bumps that are ticked behind it, in the order of the stack: `checkout+template`.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc
      checkout+tempalte: https://buy.stripe.com/def
    ```

    Mended:

    ```diff links.yaml
    -   checkout+tempalte: https://buy.stripe.com/def
    +   checkout+template: https://buy.stripe.com/def
    ```
    """
    known = subject.funnel.buttons
    parts = _by_parts(known)
    for mode, links in _both(subject):
        for id in links:
            node = subject.funnel.nodes.get(id.partition("+")[0])
            if id in known or (node and len(node.bumps) < len(set(node.step.bump))):
                continue  # one of the step's bumps is misspelt, which is said
            span = subject.site.links.places.key(f"{mode}.{id}")
            meant = _meant(id, parts)
            strange = [part for part in id.split("+")[1:] if node and all(part != bump.id for bump in node.bumps)]
            help = f"did you mean `{meant}`?" if meant else did_you_mean(id, known)
            if strange and not meant:
                help = f"`{id.partition('+')[0]}` has no bump `{strange[0]}`: add it in the stack, or remove this line"
            fix = (Edit(span, id, meant),) if span and meant and meant not in links else ()
            yield found(f"no button is called `{id}`", span, help, fix=fix)


def insecure_link(subject: Subject) -> Iterator[Finding]:
    """A payment link is no `https://` address.

    What is typed on the way to it could be read or changed, browsers warn of it, and an address that is none at all
    leaves the buyer on the page. Providers give out nothing but `https://` links.

    Fires:

    ```yaml links.yaml
    live:
      checkout: http://buy.stripe.com/abc
    ```

    Mended:

    ```diff links.yaml
    -   checkout: http://buy.stripe.com/abc
    +   checkout: https://buy.stripe.com/abc
    ```
    """
    for mode, id, link, span in all_links(subject):
        wrong = wrong_url(link)
        if wrong:
            meant = "https://" + link.removeprefix("http://")
            sure = span and wrong_url(meant) is None and provider_of(meant)
            help = (
                f"did you mean `{meant}`?" if sure else "copy it from your payment provider: it begins with `https://`"
            )
            fix = (Edit(span, link, meant),) if sure and span else ()
            yield found(f"the {mode} link of `{id}`: {wrong}", span, help, fix=fix)


def same_link(subject: Subject) -> Iterator[Finding]:
    """Two buttons have one link, though they charge different things.

    The buyer of one of them is charged for the other: mostly a link that was pasted twice. Each combination of offers
    that a button sells is a link of its own at the provider. A slash at the end, capital letters in the host, a
    campaign or an email behind a link open the same payment.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc
      checkout+template: https://buy.stripe.com/abc
    ```

    Mended:

    ```diff links.yaml
    -   checkout+template: https://buy.stripe.com/abc
    +   checkout+template: https://buy.stripe.com/def
    ```
    """
    first: dict[tuple[str, str], tuple[str, Span | None]] = {}
    for mode, id, link, span in all_links(subject):
        other, where = first.setdefault((mode, payment_of(link)), (id, span))
        if other != id:
            message = f"`{id}` has the {mode} link of `{other}`"
            yield found(message, span, "give each button the link of its own charge", notes=note(where, "here first"))


def shared_mode_link(subject: Subject) -> Iterator[Finding]:
    """A link stands under `test:` and under `live:`, so that a test would charge real money.

    Whoever tries a preview of the site pays for it. Stripe, PayPal, Paddle, Square and Polar have test links of their
    own, which funnelgen tells apart by their address; of other providers' links nothing but this shows. Where the
    provider decides by who is buying, as Gumroad does for its sellers, allow it with that reason.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://studio.gumroad.com/l/course
    test:
      checkout: https://studio.gumroad.com/l/course
    ```

    Mended:

    ```diff links.yaml
    - test:
    -   checkout: https://studio.gumroad.com/l/course
    ```
    """
    places = subject.site.links.places
    live = {payment_of(link): id for id, link in subject.site.links.live.items()}
    for id, link in subject.site.links.test.items():
        id_live = live.get(payment_of(link))
        if id_live and is_test_link(link) is None and not wrong_url(link):
            message = f"the test link of `{id}` is a live link as well"
            notes = note(places.at(f"live.{id_live}"), "it is live here")
            help = "use the provider's test link, or leave it out: a build without test links is a demo"
            yield found(message, places.at(f"test.{id}"), help, subject.site.config, notes=notes)


def _by_parts(known: Iterable[str]) -> dict[frozenset[str], str]:
    """Buttons by what they are made of, in whichever order."""
    return {frozenset(id.split("+")): id for id in known}


def _meant(id: str, known: Mapping[frozenset[str], str]) -> str | None:
    """The button that a misspelt one was meant to be, if that is certain: its bumps in another order, or a slip."""
    return known.get(frozenset(id.split("+"))) or certain(id, known.values())


def _both(subject: Subject) -> tuple[tuple[str, dict[str, str]], ...]:
    return ("live", subject.site.links.live), ("test", subject.site.links.test)


def is_empty(span: Span | None) -> bool:
    """Whether nothing was written there: `live:` with nothing behind it."""
    return span is None or (span.line, span.column) == (span.end_line, span.end_column)


def all_links(subject: Subject) -> Iterator[tuple[str, str, str, Span | None]]:
    """(mode, button, link, place) of every link that a build in this mode, or a later one, would publish.

    Without those that the environment lacks, of which FG414 tells.
    """
    for mode, links in _both(subject):
        for id, link in links.items():
            if variable_in(link):
                continue
            yield mode, id, link, subject.site.links.places.at(f"{mode}.{id}")
