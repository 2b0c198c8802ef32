"""PayPal payment links (`paypal.com/ncp/payment/ID`)."""

from urllib.parse import SplitResult

from funnelgen.payments.provider import Embed, Parameters, Return, nothing_known

NAME: str = "PayPal"
HOSTS: tuple[str, ...] = ("www.paypal.com", "paypal.com", "www.sandbox.paypal.com", "sandbox.paypal.com")
DOMAINS: tuple[str, ...] = ("paypal.com",)
PAGES: tuple[str, ...] = (
    "paypal.com/activities",
    "paypal.com/activity",
    "paypal.com/businessmanage",
    "paypal.com/buttons",
    "paypal.com/home",
    "paypal.com/mep",
    "paypal.com/merchantapps",
    "paypal.com/myaccount",
    "paypal.com/signin",
)
PATHS_WITH_QUERY: str = r"(?!/ncp/payment/).*"  # `hosted_button_id` of its older buttons
BEGINS: str = "https://www.paypal.com/ncp/payment/"
WHERE: str = "in PayPal under Payment links and buttons"
TEST: str = "sandbox links have `sandbox.` in their host"
# `locale.x` and `country.x` are all that its links are known to take.
PARAMETERS: Parameters = Parameters()
RETURN: Return = Return(
    per_link=None,
    set_it="look for a return address in the link's own settings; where there is none, "
    "Auto Return in the account's Website payment preferences is one address for all links",
)
PLAN: str = ""
EMBED: Embed | None = None

cannot_charge = nothing_known


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has a host of its own."""
    return "sandbox." in (link.hostname or "")
