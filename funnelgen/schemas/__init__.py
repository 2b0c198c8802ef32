"""JSON Schemas from the same models that loading uses, for editors that complete, explain and validate.

They are written for the YAML language server, which most editors run; its own keywords (`markdownDescription`,
`patternErrorMessage`, `defaultSnippets`) mean nothing to others. No key has an `anyOf`: where one stands, the server
shows the names of the alternatives in place of what is said of the key. A key without a value is underlined, though
loading takes it for one that is not there: whoever has typed it wants to write something.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from funnelgen.funnel.manifest import Manifest
from funnelgen.measure.events import Event
from funnelgen.pathtest.report.machines import Report
from funnelgen.schemas.keys import Schema, Writer
from funnelgen.schemas.steps import step
from funnelgen.site.models import Config, Links, Stack, Step

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = ("site", "stack", "links")
"""The files of a site that have one, without their ending."""

_TITLES = {
    "site": "site.yaml",
    "stack": "stack.yaml",
    "links": "links.yaml",
    "funnel": "funnel.json",
    "event": "an event",
    "proof": "what funnelgen test --json writes",
}
_FOR_PROGRAMS: Mapping[str, type] = {"funnel": Manifest, "event": Event, "proof": Report}
_ROOTS: Mapping[str, type] = {"site": Config, "stack": Stack, "links": Links}


def schema(name: str) -> Schema:
    """The schema called `name`: one of NAMES, "funnel", "event" or "proof". Raises KeyError for another name."""
    if name in _FOR_PROGRAMS:
        (root,), parts = msgspec.json.schema_components([_FOR_PROGRAMS[name]], ref_template="#/$defs/{name}")
    else:
        writer = Writer({Step: step})
        root, parts = writer.part(_ROOTS[name]), writer.parts
    return {"$schema": DIALECT, "title": _TITLES[name], **root, "$defs": dict(sorted(parts.items()))}


def schema_text(name: str) -> str:
    """The schema as JSON text."""
    return msgspec.json.format(msgspec.json.encode(schema(name)), indent=2).decode() + "\n"


__all__ = ["DIALECT", "NAMES", "schema", "schema_text"]
