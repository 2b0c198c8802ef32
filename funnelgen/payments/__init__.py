"""Payment links: which provider a link belongs to, whether it charges real money, which one a button has."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import SplitResult, urlsplit

from funnelgen.payments import gumroad, lemonsqueezy, paddle, paypal, polar, square, stripe, thrivecart


class Provider(Protocol):
    """What a provider's module tells of itself: `stripe` is the one to copy for another."""

    NAME: str  # as buyers know it
    HOSTS: tuple[str, ...]  # of its payment links; a leading dot stands for any subdomain

    def is_test(self, link: SplitResult) -> bool | None:
        """Whether the link charges no real money; None where its address does not show that."""
        ...


PROVIDERS: tuple[Provider, ...] = (stripe, paypal, lemonsqueezy, gumroad, paddle, thrivecart, square, polar)


def provider_of(link: str) -> Provider | None:
    """The provider whose host the link has, or None where nobody knows it."""
    host = urlsplit(link).hostname or ""
    return next((p for p in PROVIDERS if any(_fits(host, h) for h in p.HOSTS)), None)


def is_test_link(link: str) -> bool | None:
    """Whether the link is a provider's test link; None where that cannot be seen."""
    provider = provider_of(link)
    return provider.is_test(urlsplit(link)) if provider else None


def _fits(host: str, known: str) -> bool:
    return host.endswith(known) if known.startswith(".") else host == known
