"""Paddle hosted checkouts."""

from urllib.parse import SplitResult

from funnelgen.payments.provider import Embed, Parameters, Return, nothing_known

NAME: str = "Paddle"
HOSTS: tuple[str, ...] = ("pay.paddle.io", "sandbox-pay.paddle.io", "buy.paddle.com", "sandbox-buy.paddle.com")
DOMAINS: tuple[str, ...] = ("paddle.com", "paddle.io")
PAGES: tuple[str, ...] = ()
PATHS_WITH_QUERY: str = r".*"
BEGINS: str = "https://pay.paddle.io/"
WHERE: str = "in Paddle under Hosted checkouts"
TEST: str = "sandbox links have `sandbox-` before their host"
# In a page of one's own Paddle takes them from its script's settings; its links are not known to take any.
PARAMETERS: Parameters = Parameters()
RETURN: Return = Return(per_link=True, set_it="in the hosted checkout's settings, give the address to redirect to")
PLAN: str = ""
EMBED: Embed | None = Embed(
    script="https://cdn.paddle.com/paddle/v2/paddle.js",
    thing=r"pri_[a-z0-9]+",
    named="the price's id, `pri_…`, and with a bump both: `pri_… + pri_…`",
    several=True,
    key=r"MODE_[A-Za-z0-9]+",
    scripts=("https://cdn.paddle.com",),
    frames=("https://buy.paddle.com", "https://sandbox-buy.paddle.com"),
    styles=("https://cdn.paddle.com",),
    confirmed=False,
)

cannot_charge = nothing_known


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has hosts of its own."""
    return (link.hostname or "").startswith("sandbox-")
