"""Square payment links (`square.link/u/ID`)."""

from urllib.parse import SplitResult

NAME: str = "Square"
HOSTS: tuple[str, ...] = ("square.link", "sandbox.square.link")
DOMAINS: tuple[str, ...] = ("square.link", "squareup.com", "squareupsandbox.com")
PAGES: tuple[str, ...] = ()
BEGINS: str = "https://square.link/u/"
WHERE: str = "in Square under Payment links"


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has a host of its own."""
    return (link.hostname or "").startswith("sandbox.")
