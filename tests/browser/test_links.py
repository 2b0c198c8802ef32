"""Every link of every page, of the example and of the small shop."""

from __future__ import annotations

from urllib.parse import urldefrag, urlsplit

import pytest

from .crawl import Crawl

pytestmark = pytest.mark.browser


def test_every_link_leads_somewhere(crawl: Crawl) -> None:
    wrong = []
    for address, page in crawl.pages.items():
        for target in sorted(set(page.links.targets)):
            why = wrong_target(crawl, address, target)
            wrong += [f"{address} → {target}: {why}"] if why else []
    assert not wrong, "\n".join(wrong)


def wrong_target(crawl: Crawl, address: str, target: str) -> str:
    """What is wrong with a link on a page; nothing where it leads somewhere."""
    url, fragment = urldefrag(target)
    parts = urlsplit(url)
    if url.startswith("data:image/"):
        return ""  # an icon that is in the page
    if parts.scheme or parts.netloc:
        return "" if parts.scheme in ("https", "mailto") else "neither the web nor mail"
    path = parts.path or address
    if not path.startswith("/"):
        return "not from the site's root"
    status = crawl.served.host.files.answer(path).status
    if status != 200:
        return f"answers {status}"
    if fragment and fragment not in crawl.pages[path].links.ids:
        return f"no #{fragment} there"
    return ""


def test_every_link_has_words_and_every_id_is_given_once(crawl: Crawl) -> None:
    assert {a: p.links.wordless for a, p in crawl.pages.items() if p.links.wordless} == {}
    assert [a for a, p in crawl.pages.items() if len(set(p.links.ids)) < len(p.links.ids)] == []


def test_every_page_is_linked(crawl: Crawl) -> None:
    linked = {urlsplit(target).path for page in crawl.pages.values() for target in page.links.targets}
    assert set(crawl.pages) - linked <= {"/404.html"}


def test_every_page_names_its_icon(crawl: Crawl) -> None:
    """Otherwise browsers ask for /favicon.ico, which is not there: a failed request and a console error."""
    assert [address for address, page in crawl.pages.items() if not page.links.icons] == []


def test_nothing_goes_wrong_on_any_page(crawl: Crawl) -> None:
    """No console error, no failed request, nothing that the security policy forbids, nothing from elsewhere."""
    assert not crawl.problems, "\n".join(crawl.problems)
