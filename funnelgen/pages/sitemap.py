"""sitemap.xml and robots.txt: what search engines are told of."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def sitemap(url: str, pages: Mapping[str, Mapping[str, str]]) -> bytes:
    """A sitemap of the pages that may be found: each address with those of its languages, by locale.

    Without dates: the same site gives the same bytes.
    """
    root = url.rstrip("/")
    lines = "".join(_page(root, address, pages[address]) for address in sorted(pages))
    return f"{_HEAD}{_LINKS if any(pages.values()) else ''}>\n{lines}</urlset>\n".encode()


def _page(root: str, address: str, versions: Mapping[str, str]) -> str:
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{escape(locale)}" href="{escape(root + at)}"/>'
        for locale, at in versions.items()
    )
    return f"<url><loc>{escape(root + address)}</loc>{links}</url>\n"


def robots(url: str | None, *, indexed: bool) -> bytes:
    """robots.txt. It names no page behind a purchase: those say `noindex` themselves, and a list would give them away.

    `indexed` is False for demo and test builds, which no search engine should keep.
    """
    allowed = "Allow: /" if indexed else "Disallow: /"
    where = f"\nSitemap: {url.rstrip('/')}/sitemap.xml\n" if url and indexed else ""
    return f"User-agent: *\n{allowed}\n{where}".encode()
