"""What pages say to their script of payment links: what these take, and what visitors may bring along."""

from __future__ import annotations

import json
from pathlib import Path

from funnelgen.payments import lemonsqueezy, stripe
from funnelgen.payments.parameters import taken

from .html import Document
from .sites import SMALL, Files, built, pages_of, site

CAMPAIGN = "utm_campaign utm_content utm_medium utm_source utm_term"


def told(folder: Path, checkout: str, bumped: str, more: str = "") -> dict[str, dict[str, str]]:
    """The attributes of the one script of each page that has it, by page, of a site with those two links."""
    links = f"test:\n  checkout: {checkout}\n  checkout+template: {bumped}\n"
    files: Files = {"links.yaml": links, "site.yaml": f"{SMALL['site.yaml']!s}{more}"}
    found: dict[str, dict[str, str]] = {}
    for name, html in pages_of(built(site(folder, files), "test")).items():
        scripts = [script.attributes for script in Document(html).all("script") if script.get("src")]
        assert len(scripts) <= 1, name
        found |= {name.removesuffix("/index.html"): script for script in scripts}
    return found


def test_each_page_knows_what_it_is_for(tmp_path: Path) -> None:
    pages = told(tmp_path, "https://buy.stripe.com/test_abc", "https://buy.stripe.com/test_def")
    assert set(pages) == {"index.html", "terms", "lead-magnet", "sales", "checkout", "thank-you"}
    assert {page["data-campaign"] for page in pages.values()} == {CAMPAIGN}
    assert [name for name, page in pages.items() if "data-email" in page] == ["lead-magnet"]
    assert [name for name, page in pages.items() if "data-takes" in page] == ["checkout"]
    assert [name for name, page in pages.items() if "defer" not in page] == ["thank-you"]
    takes = json.loads(pages["checkout"]["data-takes"])
    assert takes == {"https://buy.stripe.com": [[p.name, p.what, p.longest, p.letters] for p in taken(stripe)]}
    assert "prefilled_promo_code" not in pages["checkout"]["data-takes"]


def test_links_of_two_providers_take_what_each_does(tmp_path: Path) -> None:
    pages = told(tmp_path, "https://BUY.stripe.com:443/test_abc", "https://studio.lemonsqueezy.com/buy/abc")
    takes = json.loads(pages["checkout"]["data-takes"])
    assert {origin: [p[0] for p in known] for origin, known in takes.items()} == {
        "https://buy.stripe.com": [p.name for p in taken(stripe)],
        "https://studio.lemonsqueezy.com": [p.name for p in taken(lemonsqueezy)],
    }


def test_where_links_take_nothing_only_the_session_is_seen_to(tmp_path: Path) -> None:
    pages = told(
        tmp_path, "https://www.sandbox.paypal.com/ncp/payment/AB", "https://www.sandbox.paypal.com/ncp/payment/CD"
    )
    assert list(pages) == ["thank-you"]
    assert "defer" not in pages["thank-you"]


def test_a_sensitive_site_lets_no_campaign_travel(tmp_path: Path) -> None:
    pages = told(tmp_path, "https://buy.stripe.com/test_abc", "https://buy.stripe.com/test_def", "sensitive: true\n")
    assert not [name for name, page in pages.items() if "data-campaign" in page]
    assert "utm_" not in pages["checkout"]["data-takes"]
    assert "client_reference_id" in pages["checkout"]["data-takes"]


def test_where_visitors_are_asked_first_every_page_says_so(tmp_path: Path) -> None:
    more = "sells_to: [US, EU]\n"
    small = str(SMALL["site.yaml"]).replace("sells_to: [US]\n", more).replace("seller: {", "seller: {country: US, ")
    links = "test: {checkout: https://buy.stripe.com/test_abc, checkout+template: https://buy.stripe.com/test_def}\n"
    output = built(site(tmp_path, {"site.yaml": f"{small}tax: included\n", "links.yaml": links}), "test")
    scripts = [s for html in pages_of(output).values() for s in Document(html).all("script") if s.get("src")]
    assert len(scripts) == 6
    assert all("data-consent" in script.attributes for script in scripts)
