"""Where payment links lead: a provider that is known, in the right mode."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from funnelgen.checks.payment.links import all_links
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Edit
from funnelgen.payments import is_test_link, provider_of
from funnelgen.payments.addresses import stranger
from funnelgen.site.kinds import wrong_url


def test_link_live(subject: Subject) -> Iterator[Finding]:
    """A live link charges no real money: buyers would get everything for nothing.

    A provider's test mode takes any of its test cards and pays out nothing. With Stripe, PayPal, Paddle, Square and
    Polar the link itself shows it; with the others look at the page that opens.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://buy.stripe.com/test_abc
    ```

    Mended:

    ```diff links.yaml
    -   checkout: https://buy.stripe.com/test_abc
    +   checkout: https://buy.stripe.com/abc
    ```
    """
    for mode, id, link, span in all_links(subject):
        if mode == "live" and is_test_link(link):
            yield found(f"the live link of `{id}` is a test link", span, "copy the link from your provider's live mode")


def live_link_test(subject: Subject) -> Iterator[Finding]:
    """A test link charges real money.

    Test links are for previews and for clicking through the funnel yourself. Whoever tries this one pays, and a refund
    costs the provider's fee.

    Fires:

    ```yaml links.yaml
    test:
      checkout: https://buy.stripe.com/abc
    ```

    Mended:

    ```diff links.yaml
    -   checkout: https://buy.stripe.com/abc
    +   checkout: https://buy.stripe.com/test_abc
    ```
    """
    for mode, id, link, span in all_links(subject):
        if mode == "test" and is_test_link(link) is False:
            message = f"the test link of `{id}` charges real money"
            yield found(message, span, "copy the link from your provider's test mode")


def unknown_host(subject: Subject) -> Iterator[Finding]:
    """A payment link leads where no known provider takes payments.

    A slip in the host sends buyers and their cards to a stranger, and hosts that look like a provider's are made for
    that. An address out of the provider's dashboard opens for nobody but the seller. A host of your own, such as a
    provider's page under your domain, is named once in site.yaml: `hosts: [pay.your-domain]`.

    Fires:

    ```yaml links.yaml
    live:
      checkout: https://dashboard.stripe.com/payment-links/plink_1
      checkout+template: https://buy.strpe.com/abc
    ```

    Mended:

    ```diff links.yaml
    -   checkout: https://dashboard.stripe.com/payment-links/plink_1
    -   checkout+template: https://buy.strpe.com/abc
    +   checkout: https://buy.stripe.com/abc
    +   checkout+template: https://buy.stripe.com/def
    ```
    """
    own = {host.casefold() for host in subject.site.config.hosts}
    for _, id, link, span in all_links(subject):
        host = urlsplit(link).hostname if not wrong_url(link) else None
        if host and host not in own and provider_of(link) is None:
            message, help = stranger(link)
            yield found(f"the link of `{id}`: {message}", span, help)


def idle_host(subject: Subject) -> Iterator[Finding]:
    """An entry of `hosts:` in site.yaml allows no payment link.

    It is no host (`pay.your-domain`, without `https://` and without a path), or no link leads there, or not any more.
    It would let the next link to that host through without a word.

    Fires:

    ```yaml site.yaml
    name: Small Studio
    hosts: ["https://pay.studio.internal/"]
    ```

    ```yaml links.yaml
    live: {checkout: "https://pay.studio.internal/abc"}
    ```

    Mended:

    ```diff site.yaml
    - hosts: ["https://pay.studio.internal/"]
    + hosts: [pay.studio.internal]
    ```
    """
    config = subject.site.config
    links = [link for _, _, link, _ in all_links(subject)]
    used = {urlsplit(link).hostname for link in links if not wrong_url(link)}
    for number, entry in enumerate(config.hosts):
        span = config.places.at(f"hosts.{number}")
        link = f"https://{entry.removeprefix('https://').removeprefix('http://')}"
        bare = urlsplit(link).hostname if not wrong_url(link) else None
        if bare != entry.casefold():
            help = f"write the host alone: `{bare}`" if bare else "write the host alone, as in `pay.example.com`"
            fix = (Edit(span, entry, bare),) if bare and span else ()
            yield found(f"`{entry}` is no host", span, help, config, fix=fix)
        elif links and entry.casefold() not in used:
            yield found(f"no payment link leads to `{entry}`", span, "remove it from `hosts:`", config)
