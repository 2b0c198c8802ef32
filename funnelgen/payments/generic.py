"""Any provider that funnelgen does not know: its host is named in site.yaml under `hosts:`, and nothing is assumed."""

from funnelgen.payments.provider import Embed, Parameters, Return, nothing_known, shows_no_mode

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

is_test = shows_no_mode
cannot_charge = nothing_known
