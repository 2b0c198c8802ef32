"""Lemon Squeezy checkout links (`STORE.lemonsqueezy.com/checkout/buy/UUID`)."""

from urllib.parse import SplitResult

from funnelgen.funnel.cart import Line
from funnelgen.payments.provider import Embed, Parameter, Parameters, Return

NAME: str = "Lemon Squeezy"
HOSTS: tuple[str, ...] = (".lemonsqueezy.com",)
DOMAINS: tuple[str, ...] = ("lemonsqueezy.com",)
PAGES: tuple[str, ...] = ("app.lemonsqueezy.com", "api.lemonsqueezy.com", "docs.lemonsqueezy.com", "lemonsqueezy.com")
PATHS_WITH_QUERY: str = ""
BEGINS: str = "https://STORE.lemonsqueezy.com/"
WHERE: str = "in Lemon Squeezy with Share, beside the product"
TEST: str = "a link does not show its mode; look for the test mode banner on the page that opens"
PARAMETERS: Parameters = Parameters(
    email=Parameter(name="checkout[email]", longest=254),
    discount=Parameter(name="checkout[discount_code]"),
    reference=Parameter(name="checkout[custom][reference]"),
    campaign={
        name: Parameter(name=f"checkout[custom][{name}]")
        for name in ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
    },
)
RETURN: Return = Return(
    per_link=False,
    set_it="in the product's Confirmation modal, give its button the address: buyers go on with a click, "
    "and links of one product share it",
)
PLAN: str = ""
EMBED: Embed | None = Embed(
    what="its overlay",
    script="https://assets.lemonsqueezy.com/lemon.js",
    thing=r"overlay",
    named="the word `overlay`: it opens the link itself",
    takes_code=True,
    scripts=("https://app.lemonsqueezy.com", "https://assets.lemonsqueezy.com"),
    frames=("https://*.lemonsqueezy.com",),
    confirmed=False,
)


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None


def cannot_charge(line: Line) -> tuple[str, str]:
    """Nothing that is known: whether it ends a plan by itself, the seller has to try."""
    del line
    return "", ""
