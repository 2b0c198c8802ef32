"""Paddle hosted checkouts."""

from urllib.parse import SplitResult

NAME: str = "Paddle"
HOSTS: tuple[str, ...] = ("pay.paddle.io", "sandbox-pay.paddle.io", "buy.paddle.com", "sandbox-buy.paddle.com")
DOMAINS: tuple[str, ...] = ("paddle.com", "paddle.io")
PAGES: tuple[str, ...] = ()
BEGINS: str = "https://pay.paddle.io/"
WHERE: str = "in Paddle under Hosted checkouts"


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has hosts of its own."""
    return (link.hostname or "").startswith("sandbox-")
