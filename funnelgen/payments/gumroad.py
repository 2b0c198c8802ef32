"""Gumroad product links (`USER.gumroad.com/l/ID`)."""

from funnelgen.payments.provider import Embed, Parameter, Parameters, Return, nothing_known, shows_no_mode

NAME: str = "Gumroad"
HOSTS: tuple[str, ...] = (".gumroad.com", "gumroad.com")
DOMAINS: tuple[str, ...] = ("gumroad.com",)
PAGES: tuple[str, ...] = (
    "app.gumroad.com",
    "api.gumroad.com",
    "help.gumroad.com",
    "gumroad.com/dashboard",
    "gumroad.com/login",
    "gumroad.com/products",
    "gumroad.com/settings",
)
PATHS_WITH_QUERY: str = r".*"  # `option`, `variant`, `recurrence`
BEGINS: str = "https://NAME.gumroad.com/l/"
WHERE: str = "on the product's own page at Gumroad"
TEST: str = "a link does not show its mode; a seller who buys an own product pays nothing"
# A discount is a part of the link itself (`…/l/ID/CODE`): it stands in links.yaml, not in a parameter.
PARAMETERS: Parameters = Parameters(
    email=Parameter(name="email", longest=254), code_in_path=r"/l/[^/]+/(?P<code>[^/]+)/?"
)
RETURN: Return = Return(
    per_link=None,
    set_it="look for a redirect after the purchase in the product's own settings; where there is none, "
    "put the address into what the product delivers",
)
PLAN: str = "sell a membership, and give the number of months after which it ends in its Settings"
EMBED: Embed | None = None

is_test = shows_no_mode
cannot_charge = nothing_known
