"""Lemon Squeezy checkout links (`STORE.lemonsqueezy.com/checkout/buy/UUID`)."""

from urllib.parse import SplitResult

NAME: str = "Lemon Squeezy"
HOSTS: tuple[str, ...] = (".lemonsqueezy.com",)
DOMAINS: tuple[str, ...] = ("lemonsqueezy.com",)
PAGES: tuple[str, ...] = ("app.lemonsqueezy.com", "api.lemonsqueezy.com", "docs.lemonsqueezy.com", "lemonsqueezy.com")
BEGINS: str = "https://STORE.lemonsqueezy.com/"
WHERE: str = "in Lemon Squeezy with Share, beside the product"


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None
