"""What stands below `/_funnel/`: a path, and the function of the preview that answers it.

Another page of the preview's own is a line in this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus

import msgspec
from msgspec.structs import replace

from funnelgen.preview import client
from funnelgen.preview.answers import Answer, etag_of, text
from funnelgen.preview.findings import shown
from funnelgen.preview.generation import SINK
from funnelgen.preview.headers import CLIENT, OWN
from funnelgen.preview.journeys import routes as journeys
from funnelgen.preview.map import funnel_map
from funnelgen.preview.requests import Request, number_of
from funnelgen.preview.site import Preview

Route = Callable[[Preview, Request], Answer]

_JSON = {"Content-Type": "application/json; charset=utf-8"}


def _client(preview: Preview, request: Request) -> Answer:
    del preview, request
    script = client.script()
    headers = {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache", "ETag": etag_of(script)}
    return Answer(headers=headers, body=script)


def _state(preview: Preview, request: Request) -> Answer:
    """What there is to know for the page at `?page=`."""
    return Answer(headers=_JSON, body=told(preview, request.query.get("page", "/"), local=request.is_local))


def _events(preview: Preview, request: Request) -> Answer:
    """The same, at once and again whenever it changes, as server-sent events."""
    if request.method != "GET":
        return text(HTTPStatus.METHOD_NOT_ALLOWED, "listen with GET", Allow="GET")
    browser = f"{request.client} {request.headers.get('user-agent', '')}"
    stream = preview.tabs.listen(
        browser,
        request.query.get("page", "/"),
        lambda page: b"data: " + told(preview, page, local=request.is_local) + b"\n\n",
    )
    return Answer(headers={"Content-Type": "text/event-stream; charset=utf-8"}, body=stream)


def _page(preview: Preview, request: Request) -> Answer:
    """The page at `?at=` as it is now, what a tab puts in the place of what it shows; empty where it must load again.

    An address without a page has the one for that, and here it is no failure.
    """
    at = request.query.get("at", "")
    if not at.startswith("/") or at.startswith(OWN):
        return text(HTTPStatus.NOT_FOUND, "this is no page of the site")
    found = preview.answer(replace(request, method="GET", path=at, query={}))
    is_page = found.headers.get("Content-Type", "").startswith("text/html")
    return Answer(headers={"Content-Type": "text/html; charset=utf-8"}, body=found.body if is_page else b"")


def _open(preview: Preview, request: Request) -> Answer:
    """Open a file of the site in the editor: asked by a click in the overlay, on this machine alone."""
    if request.method != "POST":
        return text(HTTPStatus.METHOD_NOT_ALLOWED, "ask with POST", Allow="POST")
    if not request.is_local or request.headers.get("origin") != f"http://{request.host}":
        return text(HTTPStatus.FORBIDDEN, "only this machine's own browser may open files")
    file = request.query.get("file", "")
    line, column = (number_of(request.query.get(name, "")) for name in ("line", "column"))
    if file not in preview.engine.state.sources or line is None or column is None:
        return text(HTTPStatus.NOT_FOUND, "this is no file of the site that was read")
    if preview.editor is None or not preview.editor(preview.engine.folder / file, line, column):
        return text(HTTPStatus.NOT_IMPLEMENTED, "no editor could be opened")
    return text(HTTPStatus.OK, "opened")


def told(preview: Preview, page: str, *, local: bool) -> bytes:
    """What a tab that shows `page` has to know, as JSON on one line; one on this machine may open files."""
    state = preview.engine.state
    generation = state.generation
    titles = {}
    if generation:
        made = generation.known()
        titles = {address: made[address].page.title for address in state.differing if address in made}
    return msgspec.json.encode(
        {
            "number": state.number,
            "page": preview.etag(page).strip('"'),
            "shown": generation is not None,
            "lost": state.lost,
            "complete": state.complete,
            "differing": [{"address": it, "title": titles[it]} for it in state.differing if it in titles],
            "folder": preview.engine.folder.resolve().as_posix() if local else "",
            "editor": local and preview.editor is not None,
            **shown(state.diagnostics, state.sources),
        }
    )


ROUTES: Mapping[str, Route] = {
    OWN: funnel_map,
    CLIENT: _client,
    SINK: journeys.journeys,
    f"{OWN}events": _events,
    f"{OWN}journeys.css": journeys.file,
    f"{OWN}journeys.js": journeys.file,
    f"{OWN}new": journeys.new_visitor,
    f"{OWN}new-visitor.js": journeys.file,
    f"{OWN}open": _open,
    f"{OWN}page": _page,
    f"{OWN}palette.css": journeys.file,
    f"{OWN}state": _state,
}
