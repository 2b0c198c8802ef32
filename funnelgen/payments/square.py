"""Square payment links (`square.link/u/ID`)."""

from urllib.parse import SplitResult

from funnelgen.payments.provider import Embed, Parameters, Return, nothing_known

NAME: str = "Square"
HOSTS: tuple[str, ...] = ("square.link", "sandbox.square.link")
DOMAINS: tuple[str, ...] = ("square.link", "squareup.com", "squareupsandbox.com")
PAGES: tuple[str, ...] = ()
PATHS_WITH_QUERY: str = ""
BEGINS: str = "https://square.link/u/"
WHERE: str = "in Square under Payment links"
TEST: str = "sandbox links are at `sandbox.square.link`"
# Whatever a link is to know is given when it is made.
PARAMETERS: Parameters = Parameters()
RETURN: Return = Return(per_link=True, set_it="when you make the link, give the address to redirect to after checkout")
PLAN: str = ""
EMBED: Embed | None = None

cannot_charge = nothing_known


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has a host of its own."""
    return (link.hostname or "").startswith("sandbox.")
