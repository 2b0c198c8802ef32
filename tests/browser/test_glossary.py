"""The glossary: an index of all terms, and links to them where prose first uses them."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import expect

from .crawl import Crawl
from .sites import Served
from .watch import Visits

pytestmark = pytest.mark.browser

INDEX = "/glossary/"


def test_index_lists_every_term(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(INDEX), javascript=False)
    listed = page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link")
    hrefs = [link.get_attribute("href") or "" for link in listed.all()]
    names = listed.all_inner_texts()
    assert sorted(hrefs) == sorted(p.address for p in example.pages("term"))
    assert sorted(names) == sorted(term.front.term for term in example.built.site.glossary.values())
    assert names == sorted(names, key=str.casefold)


def test_index_jumps_to_a_letter(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(INDEX), javascript=False)
    page.get_by_role("navigation", name="Letters").get_by_role("link", name="T", exact=True).click()
    expect(page.get_by_role("heading", level=2, name="T", exact=True)).to_be_in_viewport()


def test_terms_lead_through_the_whole_glossary(example: Served, visits: Visits) -> None:
    page = visits.open(example.url(INDEX), javascript=False)
    onward = page.get_by_role("main").get_by_role("heading", level=3).get_by_role("link").first
    seen: list[str] = []
    while onward.count():
        target = onward.get_attribute("href") or ""
        assert target not in seen
        seen.append(target)
        onward.click()
        page.wait_for_url(example.url(target))
        onward = page.locator("a[rel=next]")
    assert sorted(seen) == sorted(p.address for p in example.pages("term"))


def test_only_the_first_mention_in_prose_is_a_link(shop: Served, visits: Visits) -> None:
    page = visits.open(shop.url("/sales/"), javascript=False)
    links = page.get_by_role("main").locator("a.term")
    assert links.all_inner_texts() == ["order bump", "downsell"]
    assert links.first.evaluate("e => e.previousSibling.textContent") == ". An "
    links.first.click()
    page.wait_for_url(shop.url("/glossary/order-bump/"))


def test_no_page_links_a_term_twice_or_where_it_must_not(crawl: Crawl) -> None:
    terms = {page.address for page in crawl.served.pages("term")}
    wrong = []
    for address, page in crawl.pages.items():
        times = Counter(link.href for link in page.terms)
        wrong += [f"{address}: {href} is linked {n} times" for href, n in times.items() if n > 1]
        wrong += [f"{address}: {href} is no other term" for href in times if href not in terms - {address}]
        wrong += [f"{address}: {link.text!r} in a {link.inside}" for link in page.terms if link.inside]
        wrong += [f"{address}: {link.text!r} was named before its link" for link in page.terms if link.named_before]
    assert not wrong, "\n".join(wrong)
    assert any(page.terms for page in crawl.pages.values())
