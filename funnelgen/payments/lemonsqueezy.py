"""Lemon Squeezy checkout links (`STORE.lemonsqueezy.com/checkout/buy/UUID`)."""

from funnelgen.payments.provider import Embed, Parameter, Parameters, Return, nothing_known, shows_no_mode

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
    script="https://assets.lemonsqueezy.com/lemon.js",
    thing=r"overlay",
    named="the word `overlay`: it opens the link itself",
    takes_code=True,
    scripts=("https://app.lemonsqueezy.com", "https://assets.lemonsqueezy.com"),
    frames=("https://*.lemonsqueezy.com",),
    confirmed=False,
)

is_test = shows_no_mode
cannot_charge = nothing_known
