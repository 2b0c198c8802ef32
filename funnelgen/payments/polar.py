"""Polar checkout links."""

from urllib.parse import SplitResult

NAME: str = "Polar"
HOSTS: tuple[str, ...] = ("buy.polar.sh", "sandbox.polar.sh", "sandbox-api.polar.sh")


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has hosts of its own."""
    return (link.hostname or "").startswith("sandbox")
