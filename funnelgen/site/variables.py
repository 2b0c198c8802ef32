"""Values of links.yaml that stand in the environment: `checkout: ${STRIPE_LINK_CHECKOUT}`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from funnelgen.site.kinds import wrong_url
from funnelgen.site.links import Links

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def variable_in(link: str) -> str | None:
    """The variable that is written in the place of a link, or None for a link."""
    match = _VARIABLE.fullmatch(link)
    return match[1] if match else None


def fill(links: Links, environ: Mapping[str, str]) -> Links:
    """The links with those that `environ` has.

    A variable that is missing, or holds anything but a web address, stays as it is written: what it holds may be a
    secret, which neither a page nor a message may show.
    """
    return replace(links, live=_filled(links.live, environ), test=_filled(links.test, environ))


def _filled(links: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    return {id: _value(link, environ) for id, link in links.items()}


def _value(link: str, environ: Mapping[str, str]) -> str:
    value = environ.get(variable_in(link) or "", "").strip()
    return link if not value or wrong_url(value) else value
