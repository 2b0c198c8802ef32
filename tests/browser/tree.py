"""The browser's own accessibility tree: what it tells a screen reader, not what a library makes of the DOM."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from playwright.sync_api import Page


class Spoken(Struct, frozen=True):
    """A node of the tree that is exposed: its role, its name, its properties and what is said inside it."""

    role: str
    name: str
    properties: dict[str, Any]
    text: str
    described: str


def exposed(page: Page, role: str) -> list[Spoken]:
    """The nodes of a role that are exposed, in order."""
    session = page.context.new_cdp_session(page)
    nodes: list[dict[str, Any]] = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return [_spoken(node, by_id) for node in nodes if not node["ignored"] and _value(node, "role") == role]


def _spoken(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> Spoken:
    return Spoken(
        role=_value(node, "role"),
        name=_value(node, "name"),
        properties={p["name"]: p["value"].get("value") for p in node.get("properties", [])},
        text=" ".join(" ".join(_texts(node, by_id)).split()),
        described=_value(node, "description"),
    )


def _texts(node: dict[str, Any], by_id: dict[str, dict[str, Any]]) -> list[str]:
    if _value(node, "role") == "StaticText":
        return [_value(node, "name")]
    return [text for id in node.get("childIds", []) if id in by_id for text in _texts(by_id[id], by_id)]


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
