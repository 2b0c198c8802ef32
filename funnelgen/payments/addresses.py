"""What the address of a payment link shows: which payment it opens, and whether it opens one at all."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from urllib.parse import parse_qsl, unquote, urlencode

from funnelgen.payments import PROVIDERS, generic, other_page_of, provider_of, taken_for
from funnelgen.payments.provider import Provider
from funnelgen.site.kinds import split_url, wrong_url


def payment_of(link: str) -> str:
    """The payment that a link opens, as an address: two links with the same one charge the same.

    Without what changes nothing of it: letters in the host that are capital, a slash at the end, a fragment, an email,
    a discount, a campaign. A query stays only where the provider may name there what is sold.
    """
    if wrong_url(link):
        return link
    parts, provider = split_url(link), provider_of(link) or generic
    host = parts.netloc.lower().removesuffix(":443").removeprefix("www.")
    opened = f"{parts.scheme}://{host}{unquote(parts.path).rstrip('/')}"
    if not re.fullmatch(provider.PATHS_WITH_QUERY, parts.path or "/"):
        return opened
    pairs = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _is_added(name)]
    return f"{opened}?{urlencode(sorted(pairs))}" if pairs else opened


def _is_added(name: str) -> bool:
    """Whether a parameter is one that goes along with any payment."""
    return name.startswith("utm_") or name in _ADDED or name in _EVERYWHERE


def _added(provider: Provider) -> set[str]:
    known = provider.PARAMETERS
    return {p.name for p in (known.email, known.discount, known.reference, *known.campaign.values()) if p}


_ADDED = {name for provider in PROVIDERS for name in _added(provider)}
_EVERYWHERE = {"coupon", "country.x", "discount", "email", "locale.x", "ref", "reference", "wanted"}
"""The same by the names that others give it, PayPal's for language and country, Gumroad's to open the form at once."""


def has_no_code(link: str) -> bool:
    """Whether it has a provider's host, and behind it no code of a link, or only what stands for one."""
    if wrong_url(link) or provider_of(link) is None:
        return False
    code = split_url(link).path.strip("/").removeprefix("test_").rpartition("/")[2]
    if not re.search(r"[^\W_]", code) or "..." in code:
        return True
    return bool(_STAND_IN.fullmatch(code))


_STAND_IN = re.compile(
    r"(?i)(?:your|my|the|payment|some)[-_]?(?:payment[-_]?)?(?:link|code|url|id|page)?|x{3,}|code|link"
)
"""What guides write where the code of a link stands."""


def begins_as_payment(link: str) -> bool:
    """Whether an address begins as the payment links of a provider do: its help pages, say, do not."""
    provider = None if wrong_url(link) else provider_of(link)
    if provider is None:
        return False
    anything = re.sub("[A-Z]{2,}", "*", provider.BEGINS)  # for what stands there as STORE or NAME
    return fnmatchcase(link.casefold(), f"{anything}*".casefold())


def stranger(link: str) -> tuple[str, str]:
    """What is wrong with a link at a host where no provider is known to take payments, and what to do about it."""
    host = split_url(link).hostname or ""
    owner = other_page_of(link)
    provider = owner or taken_for(host)
    if provider:
        own = f"is {provider.NAME}'s, but this is no payment link"
        wrong = own if owner else f"looks like an address of {provider.NAME}, and is not"
        return f"`{host}` {wrong}", f"copy the payment link {provider.WHERE}; it begins with `{provider.BEGINS}`"
    if is_placeholder(host):
        return f"`{host}` is a placeholder, where nobody can pay", "copy the link from your payment provider"
    help = f"check the address; if it is right, add `hosts: [{host}]` to site.yaml"
    return f"no payment provider is known at `{host}`", help


def is_placeholder(host: str) -> bool:
    """Whether a host is one of those that are kept free for examples and tests."""
    return bool(_PLACEHOLDER.search(f".{host.casefold()}"))


_PLACEHOLDER = re.compile(r"\.(?:example|test|invalid|localhost|example\.(?:com|net|org))$")
