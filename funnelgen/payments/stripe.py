"""Stripe Payment Links."""

from urllib.parse import SplitResult

NAME: str = "Stripe"
HOSTS: tuple[str, ...] = ("buy.stripe.com",)


def is_test(link: SplitResult) -> bool | None:
    """Test links carry `test_` before their code (https://docs.stripe.com/payment-links)."""
    return link.path.startswith("/test_")
