"""What a provider's module tells of itself: where its links lead, what may be added to them, how buyers come back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import SplitResult

from msgspec import Struct

from funnelgen.funnel.cart import Line


class Parameter(Struct, frozen=True, kw_only=True):
    """One parameter that may be added to a link: its name, and what the provider takes as its value.

    `allowed` is a regular expression for one character, empty where the provider is not known to refuse any. Of a
    longer or another value providers make nothing, and say nothing: so it must not be sent.
    """

    name: str
    longest: int = 255
    allowed: str = ""


class Parameters(Struct, frozen=True, kw_only=True):
    """What may be added to a link; None for what the provider is not known to take there.

    `campaign` is by what analytics call it: `utm_source`, `utm_campaign` and so on. `code_in_path` is for a discount
    that is a part of the link itself, which the seller writes: a regular expression for the path, the code its group.
    """

    email: Parameter | None = None
    discount: Parameter | None = None
    reference: Parameter | None = None
    campaign: Mapping[str, Parameter] = {}
    code_in_path: str = ""


class Return(Struct, frozen=True, kw_only=True):
    """How a buyer comes back after the payment.

    `per_link` says whether each link has an address of its own: None where nobody could confirm it, so that the seller
    must try. `set_it` is what the seller does by hand, as a sentence without its address. `session` is the
    placeholder that the provider replaces by the payment's id, empty where it knows none.
    """

    per_link: bool | None
    set_it: str
    session: str = ""


class Embed(Struct, frozen=True, kw_only=True):
    """A checkout within the page, and the origins that a Content-Security-Policy must then allow.

    `script` is the address of the provider's script. `thing` is a regular expression for what is named in the
    seller's file, and `named` says in words what that is; `several` where a charge may name one for each of its lines.
    `takes_code` says whether the code of a discount goes with it, as it goes with the payment link.
    `key` is one for the public key that goes with it, in which MODE stands for `live` or `test`; empty for none.
    `confirmed` says whether the origins are the provider's own words; others have to be tried.
    """

    script: str
    thing: str
    named: str
    several: bool = False
    takes_code: bool = False
    key: str = ""
    scripts: tuple[str, ...]
    frames: tuple[str, ...]
    styles: tuple[str, ...] = ()
    confirmed: bool

    @property
    def policy(self) -> Mapping[str, tuple[str, ...]]:
        """The origins by the policy's directive."""
        policy = {"script-src": self.scripts, "frame-src": self.frames, "style-src": self.styles}
        return {directive: origins for directive, origins in policy.items() if origins}


class Provider(Protocol):
    """A payment provider: `stripe` is the module to copy for another."""

    NAME: str  # as buyers know it
    HOSTS: tuple[str, ...]  # of its payment links; a leading dot stands for any subdomain
    DOMAINS: tuple[str, ...]  # its own; what is below them and none of `HOSTS` is another page of the provider's
    PAGES: tuple[str, ...]  # other pages at `HOSTS`, as a host or a host and the beginning of a path, without `www.`
    PATHS_WITH_QUERY: str  # where its query may say what is sold, as a regular expression; empty where it never does
    BEGINS: str  # how its payment links begin
    WHERE: str  # where the seller finds them
    TEST: str  # how a test link is told from one that charges
    PARAMETERS: Parameters
    RETURN: Return
    PLAN: str  # how the seller makes a plan that ends after so many payments; empty where none is known
    EMBED: Embed | None

    def is_test(self, link: SplitResult) -> bool | None:
        """Whether the link charges no real money; None where its address does not show that."""
        ...

    def cannot_charge(self, line: Line) -> tuple[str, str]:
        """The key of the offer that its links have no field for, and what they cannot do; empty for none known."""
        ...


def nothing_known(line: Line) -> tuple[str, str]:
    """`cannot_charge` of most: whether it ends a plan by itself, the seller has to try."""
    del line
    return "", ""


def shows_no_mode(link: SplitResult) -> bool | None:
    """`is_test` where a link does not show its mode."""
    del link
    return None
