"""Gumroad product links (`USER.gumroad.com/l/ID`)."""

from urllib.parse import SplitResult

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
BEGINS: str = "https://NAME.gumroad.com/l/"
WHERE: str = "on the product's own page at Gumroad"


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None
