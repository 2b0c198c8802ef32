"""Payment links: which provider a link belongs to, whether it charges real money, which one a button has."""

from __future__ import annotations

import re
from collections.abc import Collection

from funnelgen.diagnostics.suggest import certain
from funnelgen.payments import generic, gumroad, lemonsqueezy, paddle, paypal, polar, square, stripe, thrivecart
from funnelgen.payments.provider import Provider
from funnelgen.site.kinds import split_url

PROVIDERS: tuple[Provider, ...] = (stripe, paypal, lemonsqueezy, gumroad, paddle, thrivecart, square, polar)


def provider_of(link: str) -> Provider | None:
    """The provider whose payment link this is, or None where nobody knows it."""
    host = split_url(link).hostname or ""
    known = next((p for p in PROVIDERS if any(_fits(host, h) for h in p.HOSTS)), None)
    return None if known is None or _is_other_page(link, known) else known


def provider_at(link: str, own: Collection[str]) -> Provider | None:
    """As `provider_of`, and `generic` for a link to one of the seller's `own` hosts (`hosts:` in site.yaml)."""
    return provider_of(link) or (generic if split_url(link).hostname in {h.casefold() for h in own} else None)


def is_test_link(link: str) -> bool | None:
    """Whether the link is a provider's test link; None where that cannot be seen."""
    provider = provider_of(link)
    return provider.is_test(split_url(link)) if provider else None


def other_page_of(link: str) -> Provider | None:
    """The provider to whom the address belongs though nobody can pay there: its dashboard, its documentation."""
    host = split_url(link).hostname or ""
    own = next((p for p in PROVIDERS if any(f".{host}".endswith(f".{d}") for d in p.DOMAINS)), None)
    return own if own and provider_of(link) is None else None


def taken_for(host: str) -> Provider | None:
    """The provider whose address this host seems to be, by its name or but for a slip, and is not."""
    for provider in PROVIDERS:
        if any(f".{known.lstrip('.')}." in f".{host}." for known in provider.HOSTS):
            return provider
    ends = {domain: provider for provider in PROVIDERS for domain in provider.DOMAINS}
    names = {domain.partition(".")[0]: provider for domain, provider in ends.items()}
    worn = next((part for part in re.split(r"[.-]", host) if part in names and part not in _WORDS), None)
    if worn:
        return names[worn]
    meant = certain(".".join(host.split(".")[-2:]), ends)
    return ends[meant] if meant else None


def another_way(key: str) -> str:
    """How else to sell what a provider's links have no field for, by the offer's key that says it: `pay` or `trial`."""
    if key == "trial":
        return "for one price, or as a subscription with free days"
    able = " or ".join(provider.NAME for provider in PROVIDERS if provider.PLAN)
    subscription = "as a subscription that you end yourself (`every: month`, its end in `terms:`)"
    return f"for one price, {subscription}, or through a provider that can: {able}"


_WORDS = {"paddle", "polar", "square"}
"""Names that are everybody's words as well: `pay.polar-yoga.com` imitates nobody."""


def _is_other_page(link: str, provider: Provider) -> bool:
    parts = split_url(link)
    place = f"{parts.hostname or ''}{parts.path}".removeprefix("www.").rstrip("/") + "/"
    return any(place.startswith(f"{page}/") for page in provider.PAGES)


def _fits(host: str, known: str) -> bool:
    return host.endswith(known) if known.startswith(".") else host == known


__all__ = [
    "PROVIDERS",
    "Provider",
    "another_way",
    "is_test_link",
    "other_page_of",
    "provider_at",
    "provider_of",
    "taken_for",
]
