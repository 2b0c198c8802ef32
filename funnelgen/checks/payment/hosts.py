"""Where payment links lead: a provider that is known, in the right mode."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from funnelgen.checks.payment.links import all_links
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.payments import is_test_link, provider_of
from funnelgen.site.kinds import wrong_url


def test_link_live(subject: Subject) -> Iterator[Finding]:
    """A live link that charges no real money: buyers would get everything for nothing."""
    for mode, id, link, span in all_links(subject):
        if mode == "live" and is_test_link(link):
            yield found(f"the live link of `{id}` is a test link", span, "copy the link from your provider's live mode")


def live_link_test(subject: Subject) -> Iterator[Finding]:
    """A test link that charges real money."""
    for mode, id, link, span in all_links(subject):
        if mode == "test" and is_test_link(link) is False:
            yield found(
                f"the test link of `{id}` charges real money", span, "copy the link from your provider's test mode"
            )


def unknown_host(subject: Subject) -> Iterator[Finding]:
    """A payment link to a host that no known provider has; a slip there sends money elsewhere."""
    for _, id, link, span in all_links(subject):
        host = urlsplit(link).hostname if not wrong_url(link) else None
        if host and provider_of(link) is None and host not in subject.site.config.hosts:
            help = f"check the address; if it is right, add `hosts: [{host}]` to site.yaml"
            yield found(f"no payment provider is known at `{host}` (`{id}`)", span, help)
