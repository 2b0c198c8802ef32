"""JSON-LD: what search engines read of a page (schema.org's Product, FAQPage, DefinedTerm, BreadcrumbList)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from markupsafe import Markup

from funnelgen.pages.views import Amount, Link, Section

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def encode(data: Mapping[str, Any]) -> Markup:
    """JSON that is safe inside a script element, whatever a name or a text contains."""
    text = msgspec.json.encode({"@context": "https://schema.org", **data}).decode()
    return Markup(re.sub("[<>&\u2028\u2029]", lambda c: _UNSAFE[c[0]], text))


SOLD = "InStock"
NOT_SOLD: Mapping[str, str] = {
    "not-yet": "OutOfStock",  # PreOrder would say that it can be ordered
    "ended": "OutOfStock",
    "closed": "OutOfStock",
    "sold-out": "SoldOut",
}
"""schema.org's words for an offer's state (ItemAvailability)."""


def product(name: str, description: str, amount: Amount, url: str, seller: str, state: str = SOLD) -> Markup:
    """A Product with its one Offer. The price is the one that the page shows and the link charges."""
    offer = {
        "@type": "Offer",
        "price": amount.value,
        "priceCurrency": amount.currency,
        "availability": f"https://schema.org/{state}",
        "seller": {"@type": "Organization", "name": seller},
        **({"url": url} if url else {}),
    }
    about = {"description": description} if description else {}
    return encode({"@type": "Product", "name": name, **about, "offers": offer})


def faq(section: Section) -> Markup:
    """A FAQPage from a page's questions."""
    questions = [
        {
            "@type": "Question",
            "name": entry.title,
            "acceptedAnswer": {"@type": "Answer", "text": entry.html.striptags()},
        }
        for entry in section.entries
    ]
    return encode({"@type": "FAQPage", "mainEntity": questions})


def defined_term(name: str, definition: str, url: str, glossary: str, glossary_url: str) -> Markup:
    """A DefinedTerm in the site's glossary."""
    own = {"url": url} if url else {}
    terms = {"@type": "DefinedTermSet", "name": glossary, **({"url": glossary_url} if glossary_url else {})}
    return encode({"@type": "DefinedTerm", "name": name, "description": definition, **own, "inDefinedTermSet": terms})


def breadcrumbs(crumbs: Iterable[Link], site: str) -> Markup:
    """A BreadcrumbList; `site` is the site's address, without which there is none to give."""
    items = [
        {"@type": "ListItem", "position": number, "name": link.label, "item": site.rstrip("/") + link.href}
        for number, link in enumerate(crumbs, 1)
    ]
    return encode({"@type": "BreadcrumbList", "itemListElement": items})
