"""Stripe Payment Links. Links whose button says “Book” or “Donate” have hosts of their own."""

from urllib.parse import SplitResult

from funnelgen.funnel.cart import Line
from funnelgen.payments.provider import Embed, Parameter, Parameters, Return

NAME: str = "Stripe"
HOSTS: tuple[str, ...] = ("buy.stripe.com", "book.stripe.com", "donate.stripe.com")
DOMAINS: tuple[str, ...] = ("stripe.com",)
PAGES: tuple[str, ...] = ()
PATHS_WITH_QUERY: str = ""
BEGINS: str = "https://buy.stripe.com/"
WHERE: str = "in Stripe under Payment Links"
TEST: str = "test links have `test_` before their code"
_CODE = "[A-Za-z0-9_-]"  # of anything else Stripe makes nothing, without a word
PARAMETERS: Parameters = Parameters(
    email=Parameter(name="prefilled_email", longest=254),
    discount=Parameter(name="prefilled_promo_code"),
    reference=Parameter(name="client_reference_id", longest=200, allowed=_CODE),
    campaign={
        name: Parameter(name=name, longest=150, allowed=_CODE)
        for name in ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")
    },
)
RETURN: Return = Return(
    per_link=True,
    set_it="in the link's settings, After payment, choose “Don’t show confirmation page” and give the address",
    session="{CHECKOUT_SESSION_ID}",
)
PLAN: str = ""
EMBED: Embed | None = Embed(
    script="https://js.stripe.com/v3/buy-button.js",
    thing=r"buy_btn_[A-Za-z0-9]+",
    named="the buy button's id, `buy_btn_…`",
    key=r"pk_MODE_[A-Za-z0-9]+",
    scripts=("https://js.stripe.com",),
    frames=("https://js.stripe.com",),
    confirmed=True,
)


def is_test(link: SplitResult) -> bool | None:
    """Test links carry `test_` before their code (https://docs.stripe.com/payment-links)."""
    return link.path.startswith("/test_")


def cannot_charge(line: Line) -> tuple[str, str]:
    """The key of the offer that a payment link has no field for, and what it cannot do; empty for none."""
    if line.times:
        return "pay", f"end after {line.times} payments"
    if line.trial and not line.every:
        return "trial", "charge once after free days"
    return "", ""
