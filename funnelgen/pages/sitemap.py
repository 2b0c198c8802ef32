"""sitemap.xml and robots.txt: what search engines are told of."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def sitemap(url: str, addresses: Iterable[str]) -> bytes:
    """A sitemap of the pages that may be found, by address. Without dates: the same site gives the same bytes."""
    lines = (f"<url><loc>{escape(url.rstrip('/') + address)}</loc></url>\n" for address in sorted(addresses))
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return (head + "".join(lines) + "</urlset>\n").encode()


def robots(url: str | None, *, indexed: bool) -> bytes:
    """robots.txt. It names no page behind a purchase: those say `noindex` themselves, and a list would give them away.

    `indexed` is False for demo and test builds, which no search engine should keep.
    """
    allowed = "Allow: /" if indexed else "Disallow: /"
    where = f"\nSitemap: {url.rstrip('/')}/sitemap.xml\n" if url and indexed else ""
    return f"User-agent: *\n{allowed}\n{where}".encode()
