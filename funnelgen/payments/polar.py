"""Polar checkout links."""

from urllib.parse import SplitResult

NAME: str = "Polar"
HOSTS: tuple[str, ...] = ("buy.polar.sh", "api.polar.sh", "sandbox.polar.sh", "sandbox-api.polar.sh")
DOMAINS: tuple[str, ...] = ("polar.sh",)
PAGES: tuple[str, ...] = ("sandbox.polar.sh/dashboard",)
BEGINS: str = "https://buy.polar.sh/"
WHERE: str = "in Polar under Checkout Links"


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has hosts of its own."""
    return (link.hostname or "").startswith("sandbox")
