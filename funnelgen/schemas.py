"""JSON Schemas from the same models that loading uses, for editors that complete and validate."""

from __future__ import annotations

from typing import Any

import msgspec

from funnelgen.funnel.manifest import Manifest
from funnelgen.site.models import Config, Links, Stack
from funnelgen.site.steps import STEP_KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_AMOUNT = {
    "description": "an amount in the site's currency: digits and at most one point",
    "anyOf": [{"type": "number", "minimum": 0}, {"type": "string", "pattern": r"^(0|[1-9][0-9]*)(\.[0-9]+)?$"}],
}
_TITLES = {"site": "site.yaml", "stack": "stack.yaml", "links": "links.yaml", "funnel": "funnel.json"}


def schema(name: str) -> dict[str, Any]:
    """The schema called `name`: "site", "stack", "links" or "funnel". Raises KeyError for another name."""
    model = {"site": Config, "stack": Stack, "links": Links, "funnel": Manifest}[name]
    (reference,), components = msgspec.json.schema_components([model], schema_hook=_own, ref_template="#/$defs/{name}")
    if name != "funnel":
        components |= _written_their_own_way(components)
        for component in components.values():
            _as_written(component)
    return {"$schema": DIALECT, "title": _TITLES[name], **reference, "$defs": dict(sorted(components.items()))}


def schema_text(name: str) -> str:
    """The schema as JSON text."""
    return msgspec.json.format(msgspec.json.encode(schema(name)), indent=2).decode() + "\n"


def _own(kind: type) -> dict[str, Any]:
    """Types that are no part of the written language, only of the models."""
    del kind
    return {"type": "null"}


def _as_written(component: dict[str, Any]) -> None:
    """Take out what is not a key (`places`, an id that the key above already gives); refuse unknown keys."""
    properties = component.get("properties")
    if properties is None:
        return
    for name in ("places", "id", "file") if "deliver" in properties or "steps" in properties else ("places",):
        properties.pop(name, None)
    if "steps" in properties:
        properties.pop("name", None)
    required = [name for name in component.get("required", ()) if name in properties]
    component.pop("required", None)
    if required:
        component["required"] = required
    component["additionalProperties"] = False
    for value in properties.values():
        value.pop("default", None)
        if value.get("type") == "array":  # one thing may stand without its brackets
            value["anyOf"] = [{"type": "array", "items": value.pop("items", {})}]
            value["anyOf"].append(value["anyOf"][0]["items"])
            value.pop("type")


def _written_their_own_way(components: dict[str, Any]) -> dict[str, Any]:
    own: dict[str, Any] = {}
    if "Money" in components:
        own["Money"] = _AMOUNT
    if "Instalments" in components:
        own["Instalments"] = {"type": "string", "pattern": "^[0-9]+ ?[x×] ?[0-9.]+$", "examples": ["3 x 33"]}
    if "Deliverable" in components:
        file = {"type": "string", "description": "a file in downloads/"}
        components["DeliverableKeys"] = components["Deliverable"]
        own["Deliverable"] = {"anyOf": [file, {"$ref": "#/$defs/DeliverableKeys"}]}
    if "Step" in components:
        own["Step"] = {"anyOf": [_step(kind) for kind in STEP_KINDS if kind != "downsell"]}
    return own


def _step(name: str) -> dict[str, Any]:
    """A step as it is written: its kind as the first key, with the offer; ids of other steps for its edges."""
    kind = STEP_KINDS[name]
    offer = (
        {**_ID, "description": f"{kind.shows}; the offer's id"}
        if kind.sells
        else {"description": kind.shows, "type": "null"}
    )
    properties: dict[str, Any] = {name: offer, **_shared_keys(kind.edges)}
    several = {"anyOf": [_ID, {"type": "array", "items": _ID}]}
    if "bump" in kind.keys:
        properties["bump"] = {**several, "description": "offers to add with one checkbox each"}
    if "cross-sell" in kind.keys:
        properties["cross-sell"] = {**several, "description": "the one further offer on this page"}
    if "downsell" in kind.keys:
        keys = {"offer": _ID, **_shared_keys(STEP_KINDS["downsell"].edges)}
        own = {"type": "object", "properties": keys, "required": ["offer"], "additionalProperties": False}
        properties["downsell"] = {"anyOf": [_ID, own], "description": STEP_KINDS["downsell"].shows}
    return {"type": "object", "properties": properties, "required": [name], "additionalProperties": False}


def _shared_keys(edges: tuple[str, ...]) -> dict[str, Any]:
    reasons = {"type": "object", "additionalProperties": {"type": "string"}}
    return {
        "id": {**_ID, "description": "the step's id, where another than its kind is wanted"},
        "path": {"type": "string", "pattern": "^/([a-z0-9-]+/)*$", "description": "its address"},
        "allow": {**reasons, "description": "warnings that are right here, by the rule's name, each with its reason"},
        **{edge: {**_ID, "description": f"the step that `{edge}` leads to"} for edge in edges},
    }
