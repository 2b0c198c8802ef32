"""Addresses that stand for another one: `your-site.example`."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from funnelgen.checks.payment.links import all_links, is_empty
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.structure.references import offers_named
from funnelgen.diagnostics import Span
from funnelgen.payments import provider_of
from funnelgen.payments.addresses import has_no_code, is_placeholder
from funnelgen.site.kinds import wrong_url
from funnelgen.site.selling import Form


def missing_site_url(subject: Subject) -> Iterator[Finding]:
    """A live site does not say its address.

    After a payment the provider sends the buyer back to a page of the site, and needs its whole address for that. So do
    search engines and the previews of shared links.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    ```

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc
      checkout+template: https://buy.stripe.com/def
    ```

    Mended:

    ```diff site.yaml
    - name: Small Studio
    + name: Small Studio
    + url: https://studio.internal  # your own address
    ```
    """
    config = subject.site.config
    written = config.places.has("url")
    if subject.mode == "live" and config.url is None and (not written or is_empty(config.places.at("url"))):
        span = config.places.key("url") if written else Span("site.yaml")
        yield found("going live needs the site's address", span, "add `url: https://…` to site.yaml")


def example_address(subject: Subject) -> Iterator[Finding]:
    """A live site uses an address that belongs to nobody, such as `your-site.example` or `example.com`.

    These names are kept free for examples (RFC 2606 and RFC 6761), so nothing can ever stand there: a buyer who is sent
    back to such a site, told to open such a course or to write to such an address gets no answer.

    Fires (live):

    ```yaml site.yaml
    name: Small Studio
    url: https://studio.example
    ```

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/abc
      checkout+template: https://buy.stripe.com/def
    ```

    Mended:

    ```diff site.yaml
    - url: https://studio.example
    + url: https://studio.internal  # your own address
    ```
    """
    if subject.mode != "live":
        return
    for what, host, span, help in _addresses(subject):
        if is_placeholder(host):
            yield found(f"{what} is at `{host}`, a placeholder", span, help)


def placeholder_link(subject: Subject) -> Iterator[Finding]:
    """A payment link has the provider's host, and no link's code behind it.

    `https://buy.stripe.com/…` out of a guide, or the host alone: the address looks right, and nobody can pay there.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/…
      checkout+template: https://buy.stripe.com/your-link
    ```

    Mended:

    ```diff links.yaml
    -   checkout: https://buy.stripe.com/…
    -   checkout+template: https://buy.stripe.com/your-link
    +   checkout: https://buy.stripe.com/abc
    +   checkout+template: https://buy.stripe.com/def
    ```
    """
    for _, id, link, span in all_links(subject):
        provider = provider_of(link)
        if provider and has_no_code(link):
            help = f"copy the link {provider.WHERE}; it begins with `{provider.BEGINS}`"
            yield found(f"the link of `{id}` has no code of its own", span, help)


def _addresses(subject: Subject) -> Iterator[tuple[str, str, Span | None, str]]:
    """What a live site sends people to: what it is, its host, its place, and what to do about a wrong one."""
    config = subject.site.config
    yield "the site", _host(config.url or ""), config.places.at("url"), "write the address that you publish it at"
    email, places = config.seller.email or "", config.seller.places
    yield "the seller's email", email.partition("@")[2], places.at("email"), "write the address that you read"
    if isinstance(config.form, Form):
        help = "copy the form's address from your newsletter service"
        yield "the opt-in form", _host(config.form.action), config.form.places.at("action"), help
    sink = config.tracking
    help = "write the address that takes the events"
    yield "what takes the events", _host(sink.beacon or ""), sink.places.at("beacon"), help
    for stack in subject.site.stacks:
        used = {id for id, _ in offers_named(stack)}
        for offer in stack.offers.values():
            for thing in offer.deliver if offer.id in used else ():
                help = "write the address where buyers find it"
                yield f"what `{offer.id}` delivers", _host(thing.url or ""), thing.places.at("url"), help
    own = {host.casefold() for host in config.hosts}
    for id, link in subject.site.links.live.items():
        if _host(link) in own:  # else FG407 tells
            span = subject.site.links.places.at(f"live.{id}")
            yield f"the link of `{id}`", _host(link), span, "copy the link from your payment provider"


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "") if not wrong_url(url) else ""
