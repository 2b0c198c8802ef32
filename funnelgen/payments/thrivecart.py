"""ThriveCart checkouts (`ACCOUNT.thrivecart.com/SLUG/`)."""

from urllib.parse import SplitResult

NAME: str = "ThriveCart"
HOSTS: tuple[str, ...] = (".thrivecart.com",)


def is_test(link: SplitResult) -> bool | None:
    """A link does not show its mode."""
    del link
    return None
