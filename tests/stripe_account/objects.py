"""Stripe's objects as it answers with them: every field that its specification requires."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
CREATED = 1_767_225_600


def product(id: str, params: Json) -> Json:
    """A product."""
    return {
        "id": id,
        "object": "product",
        "active": params.get("active", True),
        "created": CREATED,
        "default_price": None,
        "description": params.get("description"),
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": params.get("metadata", {}),
        "name": params["name"],
        "package_dimensions": None,
        "shippable": None,
        "tax_code": None,
        "updated": CREATED,
        "url": None,
    }


def price(id: str, params: Json) -> Json:
    """A price."""
    recurring = params.get("recurring")
    return {
        "id": id,
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": CREATED,
        "currency": params["currency"],
        "custom_unit_amount": None,
        "livemode": False,
        "lookup_key": params.get("lookup_key"),
        "metadata": params.get("metadata", {}),
        "nickname": None,
        "product": params["product"],
        "recurring": recurring
        and {
            "interval": recurring["interval"],
            "interval_count": recurring.get("interval_count", 1),
            "meter": None,
            "trial_period_days": None,
            "usage_type": "licensed",
        },
        "tax_behavior": params.get("tax_behavior", "unspecified"),
        "tiers_mode": None,
        "transform_quantity": None,
        "type": "recurring" if recurring else "one_time",
        "unit_amount": params["unit_amount"],
        "unit_amount_decimal": str(params["unit_amount"]),
    }


def payment_link(id: str, params: Json, currency: str, url: str) -> Json:
    """A payment link."""
    trial = params.get("subscription_data", {}).get("trial_period_days")
    recurring = params.pop("recurring")
    consent = params.get("consent_collection")
    return {
        "id": id,
        "object": "payment_link",
        "active": True,
        "after_completion": completion(params.get("after_completion", {"type": "hosted_confirmation"})),
        "allow_promotion_codes": params.get("allow_promotion_codes", False),
        "application": None,
        "application_fee_amount": None,
        "application_fee_percent": None,
        "automatic_tax": {"enabled": params.get("automatic_tax", {}).get("enabled", False), "liability": None},
        "billing_address_collection": "auto",
        "consent_collection": consent and {"payment_method_reuse_agreement": None, "promotions": "none", **consent},
        "currency": currency,
        "custom_fields": [],
        "custom_text": dict.fromkeys(("after_submit", "shipping_address", "submit", "terms_of_service_acceptance")),
        "customer_creation": "if_required",
        "inactive_message": None,
        "invoice_creation": None,
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "on_behalf_of": None,
        "optional_items": None,
        "payment_intent_data": None,
        "payment_method_collection": "always",
        "payment_method_types": None,
        "phone_number_collection": {"enabled": False},
        "restrictions": None,
        "shipping_address_collection": None,
        "shipping_options": [],
        "submit_type": "auto",
        "subscription_data": {
            "description": None,
            "invoice_settings": {"issuer": {"type": "self"}},
            "metadata": {},
            "trial_period_days": trial,
            "trial_settings": None,
        }
        if recurring
        else None,
        "tax_id_collection": {"enabled": False, "required": "never"},
        "transfer_data": None,
        "url": url,
    }


def coupon(id: str, params: Json) -> Json:
    """A coupon. What it applies to is left out where it is everything."""
    only = {"applies_to": params["applies_to"]} if "applies_to" in params else {}
    return {
        **only,
        "id": id,
        "object": "coupon",
        "amount_off": params.get("amount_off"),
        "created": CREATED,
        "currency": params.get("currency"),
        "duration": params.get("duration", "once"),
        "duration_in_months": None,
        "livemode": False,
        "max_redemptions": None,
        "metadata": params.get("metadata", {}),
        "name": params.get("name"),
        "percent_off": params.get("percent_off"),
        "redeem_by": None,
        "times_redeemed": 0,
        "valid": True,
    }


def promotion_code(id: str, params: Json) -> Json:
    """A code that buyers enter."""
    return {
        "id": id,
        "object": "promotion_code",
        "active": True,
        "code": params["code"],
        "created": CREATED,
        "customer": params.get("customer"),
        "expires_at": None,
        "livemode": False,
        "max_redemptions": None,
        "metadata": params.get("metadata", {}),
        "promotion": params["promotion"],
        "restrictions": {
            "first_time_transaction": False,
            "minimum_amount": None,
            "minimum_amount_currency": None,
            **params.get("restrictions", {}),
        },
        "times_redeemed": 0,
    }


def completion(params: Json) -> Json:
    """What follows a payment."""
    if params["type"] == "redirect":
        return {"type": "redirect", "redirect": {"url": params["redirect"]["url"]}}
    return {"type": "hosted_confirmation", "hosted_confirmation": {"custom_message": None}}


def line_item(number: int, params: Json, price: Json, name: str) -> Json:
    """What a payment link sells."""
    quantity, choice = params["quantity"], params.get("adjustable_quantity")
    amount = price["unit_amount"] * quantity
    return {
        "id": f"li_{number}",
        "object": "item",
        "adjustable_quantity": choice and {"minimum": 0, "maximum": 99, **choice},
        "amount_discount": 0,
        "amount_subtotal": amount,
        "amount_tax": 0,
        "amount_total": amount,
        "currency": price["currency"],
        "description": name,
        "metadata": {},
        "price": price,
        "quantity": quantity,
    }


def error(kind: str, message: str, code: str = "", param: str = "") -> Json:
    """What Stripe answers where it refuses."""
    about = {"code": code, "param": param}
    return {"error": {"type": kind, "message": message, **{k: v for k, v in about.items() if v}}}
