"""How a step is written, for editors."""

from __future__ import annotations

from msgspec import inspect

from funnelgen.schemas.keys import Schema, Writer, listed, said, with_keys
from funnelgen.site.kinds import Address, Id
from funnelgen.site.steps import STEP_KINDS, Kind

_EDGES = {
    "submit": "The step after the form, by its id, where another than the next is wanted.",
    "continue": "The step that the button leads to, by its id, where another than the next is wanted.",
    "accept": "The step after the payment, by its id, where another than the next is wanted.",
    "decline": "The step for those who say no, by its id, where another than the next is wanted.",
}
_ID = Writer().value(inspect.type_info(Id))
_ADDRESS = Writer().value(inspect.type_info(Address))


def step(writer: Writer) -> Schema:
    """A step. Its kind decides which other keys there are: a chain of `if`, so that an editor offers those alone."""
    kinds = {name: _kind(name, kind) for name, kind in STEP_KINDS.items() if name != "downsell"}
    chain: Schema = {"title": "Step", **with_keys(kinds), "minProperties": 1}
    for name in reversed(kinds):
        keys = {name: kinds[name], **_keys(writer, STEP_KINDS[name])}
        then = {"title": kinds[name]["title"], **with_keys(keys)}
        chain = {"if": {"type": "object", "required": [name]}, "then": then, "else": chain}
    return {"title": "Step", "description": "One page of the path: its kind, then its offer.", **chain}


def _kind(name: str, kind: Kind) -> Schema:
    if not kind.sells:  # without the snippet an editor would write `null`
        nothing = {"type": "null", "defaultSnippets": [{"label": "nothing", "body": ""}]}
        return {**said(name, f"Shows {kind.shows}."), **nothing}
    return {**_one_offer(name, f"Shows {kind.shows}."), **_ID}


def _keys(writer: Writer, kind: Kind) -> Schema:
    """The keys of a step beside its kind."""
    keys: Schema = {
        "id": {**said("id", "The step's id, where another than its kind is wanted.", ["second-checkout"]), **_ID},
        "path": {**said("path", "Its address, where another than its id is wanted.", ["/order/"]), **_ADDRESS},
        "allow": writer.allow(),
        **{edge: {**said(edge, _EDGES[edge], ["thank-you"]), **_ID} for edge in kind.edges},
    }
    if "bump" in kind.keys:
        words = "Offers to add with one checkbox each, four at most. Names them by their ids."
        keys["bump"] = {**said("bump", words, ["my-template"]), **listed(_ID)}
    if "cross-sell" in kind.keys:
        keys["cross-sell"] = {**_one_offer("cross-sell", "The one further offer on this page."), **listed(_ID)}
    if "downsell" in kind.keys:
        below = STEP_KINDS["downsell"]
        offer = {**_one_offer("offer", "What is offered instead."), **_ID}
        own = with_keys({"offer": offer, **_keys(writer, below)}, ["offer"])
        about = _one_offer("downsell", f"Shows {below.shows}.")
        keys["downsell"] = {**about, **_ID, **own, "type": ["string", "object"]}
    return keys


def _one_offer(name: str, words: str) -> Schema:
    return said(name, f"{words} Names the offer by its id.", ["my-offer"])
