"""What is added to a payment link: the buyer's email, a discount, a reference, a campaign. Never where it leads.

A discount is known when the pages are built. The rest is known in the browser alone, where `journey.js` adds it from
what `taken` says, exactly as `with_parameters` would: tests/parameters.yaml is run through both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, unquote, unquote_plus, urlencode, urlsplit, urlunsplit

from msgspec import Struct

from funnelgen.payments import provider_of
from funnelgen.payments.provider import Parameter, Provider
from funnelgen.site.kinds import split_url

ANY_LETTER = r"[^\x00-\x1f\x7f\ud800-\udfff]"
"""What a value may hold where a provider is not known to refuse more, in the words of Python's and browsers' `re`."""


ELSEWHERE = "it leads elsewhere"


class ParameterError(ValueError):
    """A value that the provider would drop without a word; `remedy` says what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


class Taken(Struct, frozen=True, kw_only=True, array_like=True):
    """A parameter as the pages' script knows it. `letters` is a regular expression for a run of letters that arrive."""

    name: str
    what: str  # "email", "reference", or a campaign's own name: "utm_source"
    longest: int
    letters: str


def taken(provider: Provider) -> tuple[Taken, ...]:
    """What a provider takes of all that is known in the browser alone, in the order in which it is added."""
    known = provider.PARAMETERS
    exact = (("email", known.email), ("reference", known.reference))
    parameters = [*exact, *sorted(known.campaign.items())]
    return tuple(
        Taken(name=p.name, what=what, longest=p.longest, letters=f"{_letter(p)}+") for what, p in parameters if p
    )


def taken_by(links: Iterable[str], *, campaign: bool = True) -> dict[str, tuple[Taken, ...]]:
    """What payment links take of all that is known in the browser alone, by their origin; no campaign where not."""
    providers = {origin_of(link): provider for link in links if (provider := provider_of(link))}
    known = {
        origin: tuple(p for p in taken(provider) if campaign or p.what in ("email", "reference"))
        for origin, provider in sorted(providers.items())
    }
    return {origin: parameters for origin, parameters in known.items() if parameters}


def origin_of(link: str) -> str:
    """The beginning of a link, as browsers know it: scheme, host and port."""
    parts = split_url(link)
    return f"{parts.scheme}://{parts.netloc.lower().removesuffix(':443')}"


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
    there = _names(parts.query)
    pairs = [_pair(name, value) for name, value in added.items() if name not in there]
    return urlunsplit(parts._replace(query="&".join([*filter(None, [parts.query]), *pairs]))) if pairs else link


def wrongly_added(link: str, made: str, provider: Provider | None) -> str:
    """What is wrong with a link as a visitor has it, next to the one that was set; empty where nothing is.

    Fine is the link itself, and the link with no more than what `taken` allows, in values that its provider takes.
    Addresses may be written as browsers do.
    """
    before, after = urlsplit(link), urlsplit(made)
    if (*before[:2], before.path or "/", before.fragment) != (*after[:2], after.path or "/", after.fragment):
        return ELSEWHERE
    own = f"{before.query}&" if before.query else ""
    if not f"{after.query}&".startswith(own):
        return "what the link has itself is changed"
    there = _names(before.query) if before.query else set()
    limits = {p.name: p for p in taken(provider)} if provider else {}
    for name, value in parse_qsl(f"{after.query}&".removeprefix(own), keep_blank_values=True):
        if name in there:
            return f"`{name}` is there twice"
        if name not in limits:
            return f"`{name}` is nothing that may be added"
        if not value or len(value) > limits[name].longest or not re.fullmatch(limits[name].letters, value):
            return f"its provider would drop the value of `{name}`"
        there.add(name)
    return ""


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
    odd = re.sub(_letter(parameter), "", value)
    if odd:
        message = f"`{name}` has {_named(odd[0])}, for which {provider.NAME} drops it"
        raise ParameterError(message, "use letters from a to z, digits, hyphens and underscores")
    return value


def _worded(parameter: Parameter, value: str) -> str:
    """A campaign's value in the letters that arrive; empty where none is left."""
    return "-".join(re.findall(f"{_letter(parameter)}+", value))[: parameter.longest]


def _letter(parameter: Parameter) -> str:
    """A regular expression for one letter of a value."""
    return parameter.allowed or ANY_LETTER


def _names(query: str) -> set[str]:
    return {unquote_plus(pair.partition("=")[0]) for pair in query.split("&")}


def _pair(name: str, value: str) -> str:
    """A parameter as browsers write it when a form is sent; they leave a star, and do not leave a tilde."""
    return urlencode({name: value}, safe="*").replace("~", "%7E")


def _named(letter: str) -> str:
    return f"`{letter}`" if letter.isprintable() and letter != "`" else f"the character U+{ord(letter):04X}"
