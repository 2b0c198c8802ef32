"""PayPal payment links (`paypal.com/ncp/payment/ID`)."""

from urllib.parse import SplitResult

NAME = "PayPal"
HOSTS = ("www.paypal.com", "paypal.com", "www.sandbox.paypal.com", "sandbox.paypal.com")


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has a host of its own."""
    return "sandbox." in (link.hostname or "")
