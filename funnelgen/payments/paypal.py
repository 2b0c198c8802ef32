"""PayPal payment links (`paypal.com/ncp/payment/ID`)."""

from urllib.parse import SplitResult

NAME: str = "PayPal"
HOSTS: tuple[str, ...] = ("www.paypal.com", "paypal.com", "www.sandbox.paypal.com", "sandbox.paypal.com")


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has a host of its own."""
    return "sandbox." in (link.hostname or "")
