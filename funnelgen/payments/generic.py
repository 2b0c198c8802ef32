"""Any provider that funnelgen does not know: its host is named in site.yaml under `hosts:`, and nothing is assumed."""

from urllib.parse import SplitResult

from funnelgen.funnel.cart import Line
from funnelgen.payments.provider import Embed, Parameters, Return

NAME: str = "your provider"
HOSTS: tuple[str, ...] = ()
DOMAINS: tuple[str, ...] = ()
PAGES: tuple[str, ...] = ()
PATHS_WITH_QUERY: str = r".*"
BEGINS: str = "https://"
WHERE: str = "at your payment provider"
TEST: str = "a link does not show its mode; look at the page that opens"
PARAMETERS: Parameters = Parameters()
RETURN: Return = Return(per_link=None, set_it="at your payment provider, set where buyers go after the payment")
PLAN: str = ""
EMBED: Embed | None = None


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None


def cannot_charge(line: Line) -> tuple[str, str]:
    """Nothing that is known: whether it ends a plan by itself, the seller has to try."""
    del line
    return "", ""
