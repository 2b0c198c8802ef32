"""What the preview answers about journeys: it takes the events, shows them, and makes a new visitor."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from funnelgen import map
from funnelgen.funnel.manifest import Manifest, make_manifest
from funnelgen.pages.demo import DEMO_SESSION
from funnelgen.preview.answers import Answer, content_type, etag_of, text
from funnelgen.preview.client import LISTEN
from funnelgen.preview.journeys.page import FOLDER, journeys_page, new_visitor_page
from funnelgen.preview.requests import Request

if TYPE_CHECKING:
    from funnelgen.preview.site import Preview

_OF_MAP = Path(map.__file__).parent
_PARTS = {"palette.css": (_OF_MAP / "palette.css",), "journeys.js": (LISTEN, FOLDER / "journeys.js")}
_HTML = {"Content-Type": "text/html; charset=utf-8"}


def journeys(preview: Preview, request: Request) -> Answer:
    """All journeys so far; what is posted here is an event."""
    manifest = _manifest(preview)
    if request.method == "POST":
        if manifest and preview.book.note(request.body, manifest):
            preview.tabs.tell()
            return Answer(status=HTTPStatus.NO_CONTENT)
        return text(HTTPStatus.BAD_REQUEST, "this is no event of a page of this site")
    if request.method not in ("GET", "HEAD"):
        return text(HTTPStatus.METHOD_NOT_ALLOWED, "events come with POST", Allow="GET, HEAD, POST")
    if manifest is None:
        return text(HTTPStatus.SERVICE_UNAVAILABLE, "there is no page to visit yet")
    return Answer(headers=_HTML, body=journeys_page(preview.book.journeys(), manifest))


def new_visitor(preview: Preview, request: Request) -> Answer:
    """The page that makes a new visitor of whoever opens it, at the entry `?start=`."""
    manifest = _manifest(preview)
    if manifest is None:
        return text(HTTPStatus.SERVICE_UNAVAILABLE, "there is no page to visit yet")
    return Answer(headers=_HTML, body=new_visitor_page(request.query.get("start", ""), manifest))


def file(preview: Preview, request: Request) -> Answer:
    """A style or script of these pages."""
    del preview
    name = Path(request.path).name
    content = b"".join(part.read_bytes() for part in _PARTS.get(name, (FOLDER / name,)))
    return Answer(headers={"Content-Type": content_type(name), "ETag": etag_of(content)}, body=content)


def with_session(preview: Preview, request: Request) -> Mapping[str, str]:
    """The query with which a buyer goes on who comes back from the simulated checkout; empty for everybody else.

    A provider gives every payment a session of its own, and a page that is told of two has been paid for twice.
    """
    if request.query.get("session_id") != DEMO_SESSION:
        return {}
    return {**request.query, "session_id": f"{DEMO_SESSION}-{preview.book.next_payment()}"}


def _manifest(preview: Preview) -> Manifest | None:
    """What is true of the funnel now, without its pages, which need not be made for it."""
    shown = preview.engine.state.generation
    if shown is None:
        return None
    return make_manifest(shown.site, shown.funnel, mode=shown.mode, links=dict(shown.edition.links), pages=())
