"""Polar checkout links."""

from urllib.parse import SplitResult

from funnelgen.payments.provider import Embed, Parameter, Parameters, Return, nothing_known

NAME: str = "Polar"
HOSTS: tuple[str, ...] = ("buy.polar.sh", "api.polar.sh", "sandbox.polar.sh", "sandbox-api.polar.sh")
DOMAINS: tuple[str, ...] = ("polar.sh",)
PAGES: tuple[str, ...] = ("sandbox.polar.sh/dashboard",)
PATHS_WITH_QUERY: str = r".*"  # `product_id`
BEGINS: str = "https://buy.polar.sh/"
WHERE: str = "in Polar under Checkout Links"
TEST: str = "sandbox links are at hosts that begin with `sandbox`"
PARAMETERS: Parameters = Parameters(
    email=Parameter(name="customer_email", longest=254),
    discount=Parameter(name="discount_code"),
)
RETURN: Return = Return(per_link=True, set_it="in the checkout link's settings, give the address as its Success URL")
PLAN: str = ""
EMBED: Embed | None = None

cannot_charge = nothing_known


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has hosts of its own."""
    return (link.hostname or "").startswith("sandbox")
