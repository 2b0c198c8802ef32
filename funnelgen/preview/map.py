"""The funnel map of the preview: `/_funnel/`, made anew for each request from what is shown now."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

from funnelgen.preview.answers import Answer, etag_of
from funnelgen.preview.generation import SINK
from funnelgen.preview.headers import OWN
from funnelgen.preview.requests import Request

if TYPE_CHECKING:
    from funnelgen.preview.site import Preview

PLACES = {"Map": OWN, "Journeys": SINK}


def funnel_map(preview: Preview, request: Request) -> Answer:
    """The map with the site's pages in miniature; where no page can be shown yet, the way to the page that says why."""
    from funnelgen.map.page import live_map
    from funnelgen.map.view import map_of

    preview.wait()
    state = preview.engine.state
    if state.generation is None:
        return Answer(status=HTTPStatus.FOUND, headers={"Location": "/"})
    map = map_of(state.generation.site, state.generation.funnel, state.diagnostics)
    folder = preview.engine.folder.resolve().as_posix() if request.is_local else ""
    opener = f"{OWN}open" if folder and preview.editor else ""
    events = f"{OWN}events?page={quote(OWN)}"
    live = live_map(map, preview.etag, events=events, number=state.number, places=PLACES, folder=folder, opener=opener)
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": live.policy,
        "ETag": etag_of(live.html),
    }
    return Answer(headers=headers, body=live.html)
