"""What editors show beyond the words that stand in the models: headings, examples, a piece of text to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HEADINGS = {
    "allow": "Allowed warnings",
    "alt": "Words for the picture",
    "brand": "Brand colour",
    "bump": "Order bump",
    "cancel": "How to cancel",
    "cost": "Cost of delivery",
    "deliver": "What buyers receive",
    "density": "Room between sections",
    "every": "Billing interval",
    "form": "Opt-in form",
    "hosts": "Payment hosts",
    "html": "Raw HTML",
    "includes": "What is in it",
    "legal": "Legal pages",
    "live": "Live payment links",
    "lowest": "Lowest price of 30 days",
    "oto": "One-time offer (upsell)",
    "path": "Address",
    "pay": "Instalments",
    "payment": "Payment page",
    "radius": "Corners",
    "refund": "Refund terms",
    "scheme": "Light or dark",
    "sells_to": "Markets",
    "sensitive": "Sensitive niche",
    "statement": "Card statement",
    "tax": "Tax in prices",
    "terms": "Terms",
    "test": "Test payment links",
    "thank-you": "Thank-you page",
    "tracking": "Events of the path",
    "trial": "Free trial",
    "timezone": "Time zone",
    "url": "URL",
    "vat": "VAT number",
}
"""What stands above a key's description, where the key's own letters do not say it."""

_OFFER = {"name": "Launch Your Course", "price": 97, "promise": "A finished course in six weeks."}
EXAMPLES: Mapping[str, Any] = {
    "offers": {"launch-your-course": {**_OFFER, "deliver": "workbook.pdf"}},
    "steps": [{"sales": "launch-your-course"}, {"checkout": "launch-your-course"}, {"thank-you": None}],
    "seller": {"name": "Harborlight Studio LLC", "address": "1 Example Wharf, Portland", "email": "help@example.com"},
    "legal": {"terms": "terms", "privacy": "privacy", "refunds": "refunds"},
    "form": {"action": "https://buttondown.com/api/emails/embed-subscribe/you", "field": "email"},
    "fonts": [{"family": "Literata", "file": "literata.woff2", "weight": "300 700"}],
    "tokens": {"light": {"accent-soft": "#f3e9ff"}},
    "light": {"accent-soft": "#f3e9ff"},
    "dark": {"accent-soft": "#2a1f3d"},
    "payment": {"promotion_codes": True, "terms": "required"},
    "tracking": {"beacon": "/events"},
    "discount": {"code": "SPRING", "percent": 20},
    "live": {"checkout": "https://buy.stripe.com/…"},
    "test": {"checkout": "https://buy.stripe.com/test_…"},
    "allow": {"oto-price-range": "1:1 calls, priced per hour"},
}
"""An example of each key that holds further keys."""

NEW_OFFER = {
    "label": "a new offer",
    "description": "An offer with the keys that its pages show.",
    "body": {
        "${1:my-offer}": {
            "name": "${2:My Offer}",
            "price": "${3:97}",
            "promise": "${4:The result in one sentence.}",
            "shape": "${5:Its size and form.}",
            "access": "${6:When access starts and ends.}",
            "refund": "${7:When the money comes back.}",
            "deliver": "${8:a-file-in-downloads.pdf}",
        }
    },
}
