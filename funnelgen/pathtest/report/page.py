"""What was found as a page to show around: one file that needs nothing else, no script, and asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from funnelgen import map as funnel_map
from funnelgen.funnel.manifest import ManifestButton, ManifestNode
from funnelgen.funnel.paths import Move
from funnelgen.funnel.paths import Path as FunnelPath
from funnelgen.money import Money, format_money
from funnelgen.pathtest.outcome import Proof
from funnelgen.pathtest.plan import in_words
from funnelgen.pathtest.report.pictures import LARGE, Shelf, thumbnails
from funnelgen.pathtest.report.table import column_of, table_of
from funnelgen.pathtest.report.words import extent, met, place, verdict
from funnelgen.pathtest.spots import Spot, spot_of

OPEN_PATHS = 24
"""Paths whose pictures are seen at once; the others unfold."""

MOST_BESIDE = 60
"""So many pages beside the paths are shown: a glossary may have hundreds."""

Pictures = Mapping[tuple[str, tuple[str, ...]], bytes]
"""PNG pictures of pages, by address and ticked bumps."""

FaultPictures = Mapping[tuple[str, str, str], bytes]
"""PNG pictures of faults, by what faults have in common that are one."""


def as_page(proof: Proof, pages: Pictures, faults: FaultPictures, folder: str = "") -> bytes:
    """The page as HTML. `pages` and `faults` are pictures as a camera keeps them, `folder` is the site's."""
    from jinja2 import Environment, StrictUndefined

    shelf = Shelf()
    classes = thumbnails(shelf, pages)
    numbers: dict[str, list[int]] = {}
    for number, one in enumerate(proof.findings, 1):
        numbers.setdefault(one.fault.address, []).append(number)
    steps = _Steps(proof, classes, numbers)
    context: dict[str, Any] = {
        "proof": proof,
        "verdict": verdict(proof),
        "extent": extent(proof),
        "device": next((job.setting.device.name for job in proof.jobs if job.kind != "host"), ""),
        "faults": list(_faults(proof, shelf, faults, folder)),
        "paths": list(steps.paths()),
        "open": OPEN_PATHS,
        "table": table_of(proof),
        "first": _first(proof),
        "others": list(_others(proof, classes)),
    }
    style = "\n".join((_palette(), _file("page.css"), shelf.styles()))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["code"] = _code
    html = environment.from_string(_file("page.html")).render(**context, style=style, policy=_policy(style))
    return html.encode()


def _faults(proof: Proof, shelf: Shelf, pictures: FaultPictures, folder: str) -> Iterator[Mapping[str, Any]]:
    """The findings, those that one picture shows together."""
    seen: dict[object, list[Mapping[str, Any]]] = {}
    for number, one in enumerate(proof.findings, 1):
        picture = pictures.get(one.fault.key)
        fault = {"it": one, "number": number, "met": met(one), "place": place(one, folder)}
        seen.setdefault(picture or number, []).append(fault)
    for key, faults in seen.items():
        name = shelf.put(key if isinstance(key, bytes) else None, LARGE)
        width, height = shelf.shapes.get(name, (0, 1))
        spot = spot_of(faults[0]["it"].fault) != Spot()
        yield {"picture": name, "wide": width > height, "spot": spot, "faults": faults}


def _first(proof: Proof) -> Mapping[str, Mapping[str, int]]:
    """The number of the first fault in each cell of the table, by address and column."""
    first: dict[str, dict[str, int]] = {}
    for number, one in enumerate(proof.findings, 1):
        first.setdefault(one.fault.address, {}).setdefault(column_of(one.fault.check), number)
    return first


def _code(text: str) -> Markup:
    """A sentence with the names in it, which stand in backquotes, as code."""
    return Markup(re.sub(r"`([^`]*)`", r"<code>\1</code>", str(escape(text))))


class _Steps:
    """The paths as strips of pictures."""

    def __init__(self, proof: Proof, classes: Mapping[object, str], numbers: Mapping[str, list[int]]) -> None:
        self._proof = proof
        self._classes = classes
        self._numbers = numbers
        self._nodes: Mapping[str, ManifestNode] = {node.id: node for node in proof.manifest.nodes}
        self._buttons: Mapping[str, ManifestButton] = {button.id: button for button in proof.manifest.buttons}
        self._faulty = {one.job.path for one in proof.walked if one.faults}
        self._walked = {one.job.path for one in proof.walked}

    def paths(self) -> Iterator[Mapping[str, Any]]:
        """What the template shows of each path."""
        for number, path in enumerate(self._proof.plan.paths, 1):
            yield {
                "number": number,
                "words": in_words(self._proof.manifest, path.moves),
                "sign": self._sign(path),
                "paid": self._paid(path),
                "steps": [self._step(move) for move in path.moves],
            }

    def _sign(self, path: FunnelPath) -> str:
        return "wrong" if path in self._faulty else "fine" if path in self._walked else "left"

    def _paid(self, path: FunnelPath) -> str:
        """What is charged on the day along a path; nothing where nothing is bought."""
        if not path.buttons:
            return ""
        amounts = (Decimal(self._buttons[id].today.value) for id in path.buttons)
        currency, locale = self._proof.manifest.site.currency, self._nodes[path.moves[0].node].locale
        return format_money(Money(sum(amounts, Decimal()), currency), locale, short=True)

    def _step(self, move: Move) -> Mapping[str, Any]:
        node = self._nodes[move.node]
        button = self._buttons.get(move.button or "")
        bumps = button.bumps if button else ()
        plain = self._classes.get((node.address, ()), "")
        return {
            "name": node.id,
            "address": node.address,
            "picture": self._classes.get((node.address, bumps)) or plain,
            "way": _way(move, button),
            "faults": self._numbers.get(node.address, []),
        }


def _way(move: Move, button: ManifestButton | None) -> str:
    """How the visitor leaves a page, in few words."""
    if button is not None:
        ticks = "ticks the bump, " if len(button.bumps) == 1 else "ticks the bumps, " if button.bumps else ""
        return f"{ticks}pays {button.today.short}"
    return {"submit": "gives an email", "continue": "goes on", "decline": "declines"}.get(move.edge or "", "")


def _others(proof: Proof, classes: Mapping[object, str]) -> Iterator[Mapping[str, str]]:
    """The pages that no strip shows."""
    steps = {node.address for node in proof.manifest.nodes}
    beside = (p for p in proof.manifest.pages if p.address not in steps and (p.address, ()) in classes)
    for page in islice(beside, MOST_BESIDE):
        yield {"address": page.address, "title": page.title, "picture": classes[page.address, ()]}


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _palette() -> str:
    """The colours of the map, whose neighbour this page is."""
    return Path(funnel_map.__file__).with_name("palette.css").read_text(encoding="utf-8").partition("\n.g {")[0]


def _file(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
