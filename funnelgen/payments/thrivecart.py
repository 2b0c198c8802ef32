"""ThriveCart checkouts (`ACCOUNT.thrivecart.com/SLUG/`)."""

from funnelgen.payments.provider import Embed, Parameter, Parameters, Return, nothing_known, shows_no_mode

NAME: str = "ThriveCart"
HOSTS: tuple[str, ...] = (".thrivecart.com",)
DOMAINS: tuple[str, ...] = ("thrivecart.com",)
PAGES: tuple[str, ...] = ("support.thrivecart.com", "thrivecart.com")
PATHS_WITH_QUERY: str = r".*"
BEGINS: str = "https://ACCOUNT.thrivecart.com/"
WHERE: str = "in ThriveCart with Get URLs, beside the product"
TEST: str = "a link does not show its mode; the product's own setting decides"
PARAMETERS: Parameters = Parameters(email=Parameter(name="passthrough[customer_email]", longest=254))
# https://support.thrivecart.com/help/setting-your-main-products-fulfilment/
RETURN: Return = Return(
    per_link=True,
    set_it="in the product's Fulfilment tab choose “Send them to a URL” and give the address; "
    "under Checkout, Success page, have buyers redirected automatically",
)
PLAN: str = (
    "in the product's Pricing, choose Split pay, or Subscription (limited) with one rebill less than there are payments"
)
EMBED: Embed | None = None

is_test = shows_no_mode
cannot_charge = nothing_known
