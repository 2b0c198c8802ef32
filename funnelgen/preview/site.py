"""What every address of the preview answers: the site's as a host would, and its own below `/_funnel/`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlencode

from msgspec.structs import replace

from funnelgen.hosts.files import files_for_search, moves
from funnelgen.pages.reading import NOT_FOUND
from funnelgen.pipeline import Failed
from funnelgen.preview import client
from funnelgen.preview.answers import Answer, etag_of, text
from funnelgen.preview.editor import Opener
from funnelgen.preview.engine import Engine
from funnelgen.preview.files import Files
from funnelgen.preview.generation import Generation, Made
from funnelgen.preview.headers import OWN, file_headers, own_headers, page_headers
from funnelgen.preview.journeys.book import Book
from funnelgen.preview.journeys.routes import with_session
from funnelgen.preview.requests import Request, is_foreign
from funnelgen.preview.tabs import Tabs

_FRESH = {"Cache-Control": "public, max-age=0, must-revalidate"}
_METHODS = {"GET", "HEAD"}
_SCRIPTS = re.compile(rb"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)


class Preview:
    """The preview as its server sees it: requests in, answers out."""

    def __init__(self, engine: Engine, tabs: Tabs, *, cache: Path | None, editor: Opener | None = None) -> None:
        """`editor` opens files, if there is one. `cache` keeps encoded pictures."""
        self.engine = engine
        self.tabs = tabs
        self.editor = editor
        self.wait: Callable[[], None] = lambda: None  # until what was saved is what is shown
        self.book = Book()
        self._files = Files(cache)

    def answer(self, request: Request) -> Answer:
        """The answer to a request for a path that is one."""
        if request.path.startswith(OWN) or request.path == OWN[:-1]:
            return self._own(request)
        if request.method == "POST":
            return self._posted(request)
        if request.method not in _METHODS:
            return text(HTTPStatus.METHOD_NOT_ALLOWED, "the preview shows pages", Allow="GET, HEAD")
        self.wait()
        generation = self.engine.state.generation
        if generation is None:
            return self._nothing_yet(request)
        try:
            return self._of_site(request, generation)
        except Failed as failed:
            self.engine.report(failed)
            self.tabs.tell()
        except OSError:
            pass  # a file has gone; what is shown without it is being made
        return self._nothing_yet(request)

    def etag(self, address: str) -> str:
        """The mark of the page that an address shows now; empty where nothing can be shown."""
        generation = self.engine.state.generation
        try:
            made = self._made(generation, address) if generation else None
        except Failed as failed:
            self.engine.report(failed)
            return ""
        except OSError:
            return ""
        return etag_of(generation.html(made)) if generation and made else ""

    def _own(self, request: Request) -> Answer:
        from funnelgen.preview.routes import ROUTES

        if is_foreign(request):
            return text(HTTPStatus.FORBIDDEN, "only the preview's own pages may ask this")
        if request.path == OWN[:-1]:
            return _redirect(HTTPStatus.FOUND, OWN, request.query)
        route = ROUTES.get(request.path)
        if route is None and request.path.removesuffix("/") in ROUTES and request.method in _METHODS:
            return _redirect(HTTPStatus.FOUND, request.path.removesuffix("/"), request.query)
        if route is None:
            return text(HTTPStatus.NOT_FOUND, "the preview has nothing here", **own_headers())
        answer = route(self, request)
        return replace(answer, headers={**own_headers(), **answer.headers})

    def _of_site(self, request: Request, generation: Generation) -> Answer:
        path = request.path
        if path in generation.jobs:
            paid = with_session(self, request)
            if paid:
                return _redirect(HTTPStatus.FOUND, path, paid)
            return self._page(generation, path, request.host, HTTPStatus.OK, still="still" in request.query)
        moved = moves(generation.funnel, generation.jobs).get(path) or _whole_address(path, generation)
        if moved:
            return _redirect(HTTPStatus.FOUND, moved, request.query)
        file = self._files.answer(path, generation) or self._of_host(path, generation)
        if file is not None:
            headers = page_headers(generation, request.host)
            return replace(file, headers={**headers, **_FRESH, **file.headers, **file_headers(path)})
        return self._page(generation, NOT_FOUND, request.host, HTTPStatus.NOT_FOUND)

    def _page(self, generation: Generation, address: str, host: str, status: int, *, still: bool = False) -> Answer:
        """A page with the client's script; a `still` one has no script at all, since its frame lets none run."""
        with generation.lock:  # else fonts that are fitted in between would be in the one and not in the other
            made = generation.page(address)
            assert made is not None  # the address is one of the site's
            html = generation.html(made)
            headers = page_headers(generation, host)
        body = _SCRIPTS.sub(b"", html) if still else client.brought(html, etag_of(html))
        kind = {"Content-Type": "text/html; charset=utf-8", "ETag": etag_of(html, b"still" if still else client.MARK)}
        return Answer(status=status, headers={**headers, **_FRESH, **kind}, body=body)

    def _made(self, generation: Generation, address: str) -> Made | None:
        address = moves(generation.funnel, generation.jobs).get(address, address)
        return generation.page(address if address in generation.jobs else NOT_FOUND)

    def _of_host(self, path: str, generation: Generation) -> Answer | None:
        """robots.txt and sitemap.xml, which tell of all pages."""
        if path not in ("/robots.txt", "/sitemap.xml"):
            return None
        pages = [made.page for made in generation.pages()]
        content = files_for_search(generation.site, generation.mode, pages).get(path[1:])
        if content is None:
            return None
        kind = "text/plain" if path.endswith("txt") else "application/xml"
        return Answer(headers={"Content-Type": f"{kind}; charset=utf-8", "ETag": etag_of(content)}, body=content)

    def _posted(self, request: Request) -> Answer:
        """A form of the site was sent. Hosts take it and show the page that it names; here nothing is kept."""
        if is_foreign(request):
            return text(HTTPStatus.FORBIDDEN, "only the preview's own pages may send this")
        return _redirect(HTTPStatus.SEE_OTHER, request.path)

    def _nothing_yet(self, request: Request) -> Answer:
        """A page without a site: the overlay on it says why, and makes room for the site once there is one."""
        headers = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
        headers = {**page_headers(None, request.host), **headers}
        return Answer(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers, body=client.nothing())


def _redirect(status: int, to: str, query: Mapping[str, str] = {}) -> Answer:
    """To another address for this time; nothing that a browser would remember after the next save."""
    to = f"{quote(to)}?{urlencode(query)}" if query else quote(to)
    return Answer(status=status, headers={"Location": to, "Cache-Control": "no-store"})


def _whole_address(path: str, generation: Generation) -> str:
    """The page that is meant by an address without its slash, or with its file's name."""
    other = path.removesuffix("index.html") if path.endswith("/index.html") else f"{path}/"
    return other if other in generation.jobs else ""
