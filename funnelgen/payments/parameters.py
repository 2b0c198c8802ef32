"""What is added to a payment link: the buyer's email, a discount, a reference, a campaign. Never where it leads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlsplit, urlunsplit

from funnelgen.payments.provider import Parameter, Provider


class ParameterError(ValueError):
    """A value that the provider would drop without a word; `remedy` says what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def with_parameters(
    link: str,
    provider: Provider,
    *,
    email: str = "",
    discount: str = "",
    reference: str = "",
    campaign: Mapping[str, str] = {},
) -> str:
    """The link with what its provider takes of these; the rest is left out, and what the link has already stays.

    A campaign is words for people, so letters that the provider would drop become hyphens: "Spring sale!" is
    `Spring-sale`. Everything else must arrive as it is; raises ParameterError where it would not.
    """
    known = provider.PARAMETERS
    exact = ((known.email, email), (known.discount, discount), (known.reference, reference))
    added = {p.name: _exact(provider, p, value) for p, value in exact if p and value}
    for name, value in sorted(campaign.items()):
        parameter = known.campaign.get(name)
        worded = parameter and _worded(parameter, value)
        if parameter and worded:
            added[parameter.name] = worded
    parts = urlsplit(link)
    there = {unquote_plus(pair.partition("=")[0]) for pair in parts.query.split("&")}
    pairs = [f"{quote(name, safe='[]')}={quote(value, safe='')}" for name, value in added.items() if name not in there]
    return urlunsplit(parts._replace(query="&".join([*filter(None, [parts.query]), *pairs]))) if pairs else link


def code_in(link: str, provider: Provider) -> str:
    """The code of a discount that the link carries already; empty for none."""
    parts, known = urlsplit(link), provider.PARAMETERS
    if known.code_in_path:
        found = re.fullmatch(known.code_in_path, parts.path)
        return unquote(found["code"]) if found else ""
    return dict(parse_qsl(parts.query)).get(known.discount.name, "") if known.discount else ""


def _exact(provider: Provider, parameter: Parameter, value: str) -> str:
    name, longest = parameter.name, parameter.longest
    if len(value) > longest:
        message = f"`{name}` has {len(value)} characters, and {provider.NAME} takes {longest}"
        raise ParameterError(message, "give a shorter one")
    odd = (
        re.sub(parameter.allowed, "", value)
        if parameter.allowed
        else re.sub(r"[^\x00-\x1f\x7f\ud800-\udfff]", "", value)
    )
    if odd:
        message = f"`{name}` has {_named(odd[0])}, for which {provider.NAME} drops it"
        raise ParameterError(message, "use letters from a to z, digits, hyphens and underscores")
    return value


def _worded(parameter: Parameter, value: str) -> str:
    """A campaign's value in the letters that arrive; empty where none is left."""
    kept = parameter.allowed or r"[^\x00-\x1f\x7f\ud800-\udfff]"
    parts = re.findall(f"(?:{kept})+", value)
    return "-".join(parts)[: parameter.longest].strip("-")


def _named(letter: str) -> str:
    return f"`{letter}`" if letter.isprintable() and letter != "`" else f"the character U+{ord(letter):04X}"
