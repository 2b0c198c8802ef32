"""Whether the site's own links lead somewhere. They are asked for without being followed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag, urljoin

from playwright.sync_api import APIRequestContext

MISSING = (404, 410)


def whole(base: str, link: str) -> str:
    """A link's address without its fragment; as it is written where it is no address (`http://[`)."""
    try:
        return urldefrag(urljoin(base, link)).url
    except ValueError:
        return link


class Links:
    """The links of one site that were asked for, each once, on whichever page it is met first."""

    def __init__(self) -> None:
        self._status: dict[str, int] = {}

    def missing(self, ask: APIRequestContext, origin: str, page: str, links: Iterable[str]) -> Iterator[str]:
        """What is wrong with the links of a page, a sentence each; those that lead to other hosts are not asked for."""
        for link in dict.fromkeys(whole(origin + page, link) for link in links):
            if not link.startswith(f"{origin}/"):
                continue
            if link not in self._status:
                self._status[link] = ask.head(link, max_redirects=0).status
            if self._status[link] in MISSING:
                yield f"{link.removeprefix(origin)} is answered with {self._status[link]}"
