"""Stripe Payment Links. Links whose button says “Book” or “Donate” have hosts of their own."""

from urllib.parse import SplitResult

NAME: str = "Stripe"
HOSTS: tuple[str, ...] = ("buy.stripe.com", "book.stripe.com", "donate.stripe.com")
DOMAINS: tuple[str, ...] = ("stripe.com",)
PAGES: tuple[str, ...] = ()
BEGINS: str = "https://buy.stripe.com/"
WHERE: str = "in Stripe under Payment Links"


def is_test(link: SplitResult) -> bool | None:
    """Test links carry `test_` before their code (https://docs.stripe.com/payment-links)."""
    return link.path.startswith("/test_")
