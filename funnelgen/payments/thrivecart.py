"""ThriveCart checkouts (`ACCOUNT.thrivecart.com/SLUG/`)."""

from urllib.parse import SplitResult

NAME: str = "ThriveCart"
HOSTS: tuple[str, ...] = (".thrivecart.com",)
DOMAINS: tuple[str, ...] = ("thrivecart.com",)
PAGES: tuple[str, ...] = ("support.thrivecart.com", "thrivecart.com")
BEGINS: str = "https://ACCOUNT.thrivecart.com/"
WHERE: str = "in ThriveCart with Get URLs, beside the product"


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None
