"""PayPal payment links (`paypal.com/ncp/payment/ID`)."""

from urllib.parse import SplitResult

NAME: str = "PayPal"
HOSTS: tuple[str, ...] = ("www.paypal.com", "paypal.com", "www.sandbox.paypal.com", "sandbox.paypal.com")
DOMAINS: tuple[str, ...] = ("paypal.com",)
PAGES: tuple[str, ...] = (
    "paypal.com/activities",
    "paypal.com/activity",
    "paypal.com/businessmanage",
    "paypal.com/buttons",
    "paypal.com/home",
    "paypal.com/mep",
    "paypal.com/merchantapps",
    "paypal.com/myaccount",
    "paypal.com/signin",
)
BEGINS: str = "https://www.paypal.com/ncp/payment/"
WHERE: str = "in PayPal under Payment links and buttons"


def is_test(link: SplitResult) -> bool | None:
    """The sandbox has a host of its own."""
    return "sandbox." in (link.hostname or "")
