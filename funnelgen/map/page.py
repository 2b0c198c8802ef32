"""The map as a page: one self-contained file, or live with the pages themselves in the preview.

Style and script never change with a funnel, so that the page can have a strict Content-Security-Policy by their hashes;
what differs stands in the markup and in a block of JSON.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup
from msgspec import Struct

from funnelgen.funnel import Funnel
from funnelgen.map.amounts import money_words
from funnelgen.map.drawings import drawing
from funnelgen.map.grid import Sizes
from funnelgen.map.routes import Layout, Route
from funnelgen.map.svg import LEGEND, PINS, severity_of, stylesheet
from funnelgen.map.traces import Trace
from funnelgen.map.view import LAYERS, FunnelMap, StackMap, layout_of
from funnelgen.map.ways import SIGNS, path_of, tip_of, width_of
from funnelgen.measure.plan import Plan, Way
from funnelgen.measure.rates import NOTICE, WHOLE, say_rate
from funnelgen.measure.tables import say_amount
from funnelgen.money import format_money
from funnelgen.own import own_templates, own_text

FOLDER = Path(__file__).parent
DRAWN = {"drawn": Sizes(width=168, between=40, picture=120)}
LIVE = {
    "phone": Sizes(width=168, between=40, picture=184),
    "desktop": Sizes(width=228, between=44, picture=146),
}
"""What a card measures in each view; the pictures' widths stand in page.html."""

_FILE: Mapping[str, Any] = {
    "live": False,
    "frames": {},
    "events": "",
    "number": 0,
    "places": {},
    "folder": "",
    "opener": "",
    "policy": "",
}
"""What the page of a file does without, and that of the preview has: what each is, `live_map` says."""

MOST_LISTED = 24
"""Paths that the page lists; the others can be lit by their ways."""


class LiveMap(Struct, frozen=True, kw_only=True):
    """The page for the preview, and the Content-Security-Policy under which it works."""

    html: bytes
    policy: str


def draw_page(map: FunnelMap) -> str:
    """The map as one HTML file that needs nothing else and asks for nothing."""
    return _render(map, DRAWN, policy=_policy())


def live_map(
    map: FunnelMap,
    mark_of: Callable[[str], str],
    *,
    events: str = "",
    number: int = 0,
    places: Mapping[str, str] = {},
    folder: str = "",
    opener: str = "",
) -> LiveMap:
    """The map with the pages themselves in frames, for the preview.

    `mark_of` gives a text that changes with the page at an address, and nothing where there is no such page: then it is
    drawn. Pages are asked for at their own addresses with a query: the mark, and `still`, for no scripts. They must be
    answered with headers that let a page of the same origin show them. `events` is the address of server-sent events,
    one for each new build with its `number`, of which the map is made from the one given; without it whoever knows of
    one calls `funnelMap.refresh()`. `places` are the addresses that
    the bar at the top leads to besides the site, by name, the map's own first.
    `folder` is the site's on this machine: then the places of findings lead into an editor, by asking `opener` first.
    """
    addresses = {}
    for card in (card for stack in map.stacks for card in stack.cards):
        mark = mark_of(card.address)
        if mark:
            addresses[card.id] = f"{card.address}?v={quote(mark, safe='')}&still=1"
    given = {"events": events, "number": number, "places": places, "opener": opener}
    where = quote(f"{'' if folder.startswith('/') else '/'}{folder}") if folder else ""
    html = _render(map, LIVE, frames=addresses, folder=where, live=True, **given)
    return LiveMap(html=html.encode(), policy=_policy(live=True))


def _render(
    map: FunnelMap,
    views: Mapping[str, Sizes],
    **given: Any,
) -> str:
    """The page, with all that stands in `_FILE` or is given in its place."""
    traces = _Traces()
    stacks = [_stack(map, number, views, traces) for number in range(len(map.stacks))]
    plans = [_plan(map.funnel, stack.forecast.plan) if stack.forecast else None for stack in map.stacks]
    layouts = [{view: _boxes(layout) for view, layout in stack["layouts"].items()} for stack in stacks]
    data = {
        "stacks": [{"plan": plan, "layouts": layout} for plan, layout in zip(plans, layouts, strict=True)],
        "traces": traces.data,
        "money": money_words(map.funnel.currency, map.locale),
    }
    return (
        own_templates(FOLDER)
        .get_template("page.html")
        .render(
            map=map,
            stacks=stacks,
            views=list(views),
            **{**_FILE, **given},
            style=_style(),
            script=_script(),
            data=msgspec.json.encode(data).decode().replace("<", "\\u003c"),
            notice=NOTICE,
            legend=LEGEND,
            signs=SIGNS,
            tips={name: tip_of(name, Route(edge=0, points=((40, 0), (52, 0))), lost=False) for name in SIGNS},
            pins=PINS,
            worst=severity_of,
            drawing=drawing,
            trace_attr=lambda of, button: traces.attribute(of, button),
        )
    )


class _Traces:
    """The paths that the script lights up, each once, and which of them belongs to which link."""

    def __init__(self) -> None:
        self.data: list[Mapping[str, Any]] = []
        self._numbers: dict[tuple[str | int, str | None], int] = {}

    def add(self, trace: Trace, said: str, of: tuple[str | int, str | None] | None = None) -> int:
        self.data.append({"steps": trace.steps, "paid": trace.paid, "total": trace.total, "said": said})
        if of is not None:
            self._numbers[of] = len(self.data) - 1
        return len(self.data) - 1

    def attribute(self, of: str | int, button: str | None) -> Markup:
        number = self._numbers.get((of, button))
        return Markup("") if number is None else Markup(' data-trace="{}"').format(number)


def _stack(map: FunnelMap, number: int, views: Mapping[str, Sizes], traces: _Traces) -> dict[str, Any]:
    """What the template shows of a stack."""
    stack = map.stacks[number]
    layouts = {view: layout_of(map, stack, sizes) for view, sizes in views.items()}
    shown: dict[str, Any] = {
        "stack": stack,
        "layouts": layouts,
        "ways": {view: _ways(map, stack, layout) for view, layout in layouts.items()},
    }
    if stack.forecast is None or stack.tracer is None:
        return shown
    for card in stack.cards:
        if not stack.tracer.reaches(card.id):
            continue
        trace = stack.tracer.by(card.id)
        traces.add(trace, _said(map, trace), (card.id, None))
        for exit in card.exits:
            for charge in exit.charges:
                if not charge.more:
                    trace = stack.tracer.through(map.funnel.edges[exit.edge], charge.button)
                    traces.add(trace, _said(map, trace), (exit.edge, charge.button))
    return shown | _forecast(map, stack, traces)


def _forecast(map: FunnelMap, stack: StackMap, traces: _Traces) -> dict[str, Any]:
    made = stack.forecast
    assert made is not None  # the caller has looked
    assert stack.tracer is not None

    def say(minor: int | None) -> str:
        return say_amount(minor, map.funnel.currency, map.locale)

    paths = []
    for chance in made.paths[:MOST_LISTED]:
        trace = stack.tracer.along(chance.path)
        said = _said(map, trace)
        paths.append({"trace": traces.add(trace, said), "said": said, "total": trace.total})
    layers = [
        {
            "name": layer.name,
            "question": layer.question,
            "kind": LAYERS[layer.question.layer] if layer.question else "",
            "aov": say(layer.aov),
            "rate": say_rate(layer.rate or 0),
            "range": _range(layer.question.low, layer.question.high) if layer.question else "",
            "max": WHOLE if layer.rate and layer.rate > 600 else 600,
        }
        for layer in made.layers
    ]
    margin = made.expected.margin if made.plan.knows_costs else None
    sums = {"aov": made.expected.aov, "margin": margin, "low": made.low.aov, "high": made.high.aov}
    return {"layers": layers, "paths": paths, **{name: say(minor) for name, minor in sums.items()}}


def _range(low: int, high: int) -> str:
    return f"{say_rate(low).removesuffix(' %')} to {say_rate(high)}"


def _said(map: FunnelMap, trace: Trace) -> str:
    """A path in words: what is bought on it, page by page."""
    buttons = [map.funnel.buttons[button] for _, button in trace.steps if button]
    parts = []
    for button in buttons:
        card = map.card(button.node)
        amount = format_money(button.charge.today, map.locale, short=True)
        bumps = f" + {len(button.bumps)} bumps" if len(button.bumps) > 1 else " + bump" if button.bumps else ""
        parts.append(f"{card.label if card and card.kind != 'thank-you' else 'Cross-sell'}{bumps} {amount}")
    return ", ".join(parts) or "nothing is bought"


def _ways(map: FunnelMap, stack: StackMap, layout: Layout) -> list[Mapping[str, Any]]:
    exits = {exit.edge: exit for card in stack.cards for exit in card.exits}
    ways: list[Mapping[str, Any]] = []
    for route in layout.routes:
        exit = exits[stack.edges[route.edge]]
        ways.append(
            {
                "name": exit.name,
                "edge": exit.edge,
                "d": path_of(route.points),
                "width": width_of(exit.share),
                "tip": tip_of(exit.name, route, lost=exit.target is None),
            }
        )
    return ways


def _boxes(layout: Layout) -> Mapping[str, Any]:
    boxes = {box.node: (box.x, box.y, box.width, box.height) for box in layout.boxes}
    return {"width": layout.width, "height": layout.height, "boxes": boxes}


def _plan(funnel: Funnel, plan: Plan) -> Mapping[str, Any]:
    """The plan for the script: as it is, with the numbers of the edges that its ways are."""
    numbers = {(edge.source, str(edge.name)): number for number, edge in enumerate(funnel.edges)}

    def way(node: str, way: Way) -> Mapping[str, Any]:
        return {"edge": numbers[node, way.name], **msgspec.structs.asdict(way)}

    return {
        "stops": [
            {"ways": [way(s.node, w) for w in s.ways], "extra": way(s.node, s.extra) if s.extra else None}
            for s in plan.stops
        ],
        "knows_costs": plan.knows_costs,
    }


def _policy(*, live: bool = False) -> str:
    """What the page may do: its own style and script; live also show the preview's pages and ask it for news."""
    policy = {
        "default-src": "'none'",
        "style-src": _hash(_style()),
        "script-src": _hash(_script()),
        "img-src": "data:",
        **({"frame-src": "'self'", "connect-src": "'self'", "frame-ancestors": "'none'"} if live else {}),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


@cache
def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _style() -> str:
    return stylesheet() + own_text(FOLDER / "page.css")


def _script() -> str:
    return "".join(own_text(FOLDER / name) for name in ("forecast.js", "listen.js", "map.js"))
