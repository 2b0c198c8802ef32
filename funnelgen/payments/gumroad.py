"""Gumroad product links (`USER.gumroad.com/l/ID`)."""

from urllib.parse import SplitResult

NAME: str = "Gumroad"
HOSTS: tuple[str, ...] = (".gumroad.com", "gumroad.com")


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None
