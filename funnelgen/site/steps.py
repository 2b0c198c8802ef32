"""Steps: the kinds there are, their edges and keys, and how a step is written.

One table, `STEP_KINDS`, from which steps are decoded, the editors' schema is made and the funnel's
edges follow.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, inspect

from funnelgen.diagnostics import Note
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.site import yamltree
from funnelgen.site.decode import Places, Reader
from funnelgen.site.kinds import Address, Id
from funnelgen.site.models import Allowed, EdgeName, Step


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of step. `edges` are its ways out, the default first; the one called `accept` is a charge."""

    shows: str
    edges: tuple[EdgeName, ...]
    keys: tuple[str, ...] = ()  # beyond id, path, allow and the edges
    sells: bool = True  # names an offer


STEP_KINDS: Mapping[str, Kind] = {
    "lead-magnet": Kind(shows="a free offer and an email form", edges=("submit",)),
    "tripwire": Kind(shows="a small first purchase, right after the opt-in", edges=("accept", "decline")),
    "sales": Kind(shows="the long page for an offer, without a payment", edges=("continue",)),
    "checkout": Kind(shows="the order: offer, bump, total, pay button", edges=("accept",), keys=("bump",)),
    "oto": Kind(shows="the upgrade, right after the first yes", edges=("accept", "decline"), keys=("downsell",)),
    "downsell": Kind(shows="the smaller alternative, after its oto was declined", edges=("accept", "decline")),
    "thank-you": Kind(
        shows="what was given or bought, and one further offer", edges=("continue",), keys=("cross-sell",), sells=False
    ),
}
PAYING = frozenset({"tripwire", "checkout", "oto", "downsell"})
"""Kinds whose `accept` charges."""

_ID = inspect.type_info(Id)
_IDS = inspect.type_info(tuple[Id, ...])
_ADDRESS = inspect.type_info(Address)
_ALLOWED = inspect.type_info(Allowed)


def decode_step(reader: Reader, node: yamltree.Node, name: str, places: Places) -> Step | None:
    """One step of the path. An id that was not written is made: the kind, then `oto-2`, `oto-3` …"""
    del name, places
    if isinstance(node, yamltree.Scalar) and node.text in STEP_KINDS:
        sells = STEP_KINDS[node.text].sells
        help = f"write `- {node.text}: my-offer`" if sells else f"write `- {node.text}:`, with the colon"
        reader.refuse("FG006", "a step is written as its kind, a colon and its offer", node.span, help)
        return (
            None if sells else _of_kind(reader, yamltree.Mapping([], node.span), node, yamltree.Scalar("", node.span))
        )
    if not isinstance(node, yamltree.Mapping):
        names = ", ".join(f"`{k}`" for k in STEP_KINDS if k != "downsell")
        reader.refuse("FG006", "a step is written as its kind, a colon and its offer", node.span, f"kinds: {names}")
        return None
    kinds = [(key, value) for key, value in node.pairs if key.text in STEP_KINDS]
    if len(kinds) > 1:  # under an oto, `downsell` is a key
        kinds = [(key, value) for key, value in kinds if key.text != "downsell"]
    if not kinds:
        first = node.pairs[0][0] if node.pairs else None
        help = did_you_mean(first.text if first else "", [k for k in STEP_KINDS if k != "downsell"])
        what = f"`{first.text}` is no kind of step" if first else "a step without a kind"
        reader.refuse("FG004", what, first.span if first else node.span, help)
        return None
    if len(kinds) > 1:
        note = Note(kinds[0][0].span, "the first one")
        reader.refuse("FG006", "one step has two kinds", kinds[1][0].span, "begin the second with `- `", note)
        node = yamltree.Mapping([pair for pair in node.pairs if pair not in kinds[1:]], node.span)
    key, value = kinds[0]
    return _of_kind(reader, node, key, value)


def _of_kind(reader: Reader, node: yamltree.Mapping, key: yamltree.Scalar, value: yamltree.Node) -> Step:
    kind = STEP_KINDS[key.text]
    places = Places(key.span)
    places.add("offer", key.span, value.span)
    given: dict[str, Any] = {"kind": key.text}
    if kind.sells:
        given["offer"] = _offer(reader, key, value)
    elif not yamltree.is_empty(value):
        reader.refuse("FG006", f"`{key.text}` names no offer", value.span, f"write `{key.text}:` and its keys below")
    rest = [(k, v) for k, v in node.pairs if k is not key and k.text != key.text]
    return _keys(reader, kind, rest, given, places)


def _offer(reader: Reader, key: yamltree.Scalar, value: yamltree.Node) -> str | None:
    if isinstance(value, yamltree.Scalar) and value.text.strip():
        return value.text.strip()
    span = key.span if yamltree.is_empty(value) else value.span
    reader.refuse("FG005", f"`{key.text}` needs the id of an offer", span, f"write `{key.text}: my-offer`")
    return None


def _keys(
    reader: Reader,
    kind: Kind,
    pairs: list[tuple[yamltree.Scalar, yamltree.Node]],
    given: dict[str, Any],
    places: Places,
) -> Step:
    known = ("id", "path", "allow", *kind.keys, *kind.edges)
    go: dict[str, str] = {}
    downsell: yamltree.Node | None = None
    for key, value in pairs:
        places.add(key.text, key.span, value.span)
        if key.text not in known:
            help = did_you_mean(key.text, known)
            reader.refuse("FG004", f"the step `{given['kind']}` has no key `{key.text}`", key.span, help)
        elif yamltree.is_empty(value):
            continue
        elif key.text == "allow":
            given["allow"] = reader.value(_ALLOWED, value, "allow", places) or {}
        elif key.text in ("bump", "cross-sell"):
            given[key.text.replace("-", "_")] = reader.value(_IDS, value, key.text, places)
        elif key.text == "downsell":
            downsell = value
        elif key.text in kind.edges:
            go[key.text] = reader.value(_ID, value, key.text, places) or ""
        else:
            given[key.text] = reader.value(_ADDRESS if key.text == "path" else _ID, value, key.text, places)
    given["id"] = given.get("id") or _made_id(reader, given["kind"])
    if downsell is not None:
        given["downsell"] = _downsell(reader, downsell, places)
    return Step(places=places, go={edge: to for edge, to in go.items() if to}, **given)


def _downsell(reader: Reader, node: yamltree.Node, above: Places) -> Step | None:
    kind = STEP_KINDS["downsell"]
    places = Places(above.key("downsell"))
    if isinstance(node, yamltree.Scalar):
        places.add("offer", above.key("downsell"), node.span)
        given: dict[str, Any] = {"kind": "downsell", "offer": node.text.strip()}
        return _keys(reader, kind, [], given, places)
    if not isinstance(node, yamltree.Mapping) or (offer := node.get("offer")) is None:
        help = "write `downsell: my-offer`, or `downsell: {offer: my-offer, …}`"
        reader.refuse("FG006", "`downsell` names an offer", node.span, help)
        return None
    places.add("offer", above.key("downsell"), offer.span)
    given = {"kind": "downsell", "offer": reader.value(_ID, offer, "offer", places)}
    rest = [(k, v) for k, v in node.pairs if k.text != "offer"]
    return _keys(reader, kind, rest, given, places)


def _made_id(reader: Reader, kind: str) -> str:
    reader.counts[kind] = reader.counts.get(kind, 0) + 1
    return kind if reader.counts[kind] == 1 else f"{kind}-{reader.counts[kind]}"
