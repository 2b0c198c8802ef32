"""Steps: the kinds there are, their edges and keys, and how a step is written.

One table, `STEP_KINDS`, from which steps are decoded, the editors' schema is made and the funnel's
edges follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct, inspect

from funnelgen.diagnostics import Note
from funnelgen.site import yamltree
from funnelgen.site.base import Allowed
from funnelgen.site.decode import Reader
from funnelgen.site.keys import meant
from funnelgen.site.kinds import Address, Id
from funnelgen.site.models import EdgeName, Stack, Step
from funnelgen.site.places import Places


class Kind(Struct, frozen=True, kw_only=True):
    """A kind of step. `edges` are its ways out, the default first; the one called `accept` is a charge."""

    shows: str
    edges: tuple[EdgeName, ...]
    also: tuple[str, ...] = ()  # what others call it, for whoever writes that
    keys: tuple[str, ...] = ()  # beyond id, path, allow and the edges
    sells: bool = True  # names an offer


STEP_KINDS: Mapping[str, Kind] = {
    "lead-magnet": Kind(
        shows="a free offer and an email form", edges=("submit",), also=("opt-in", "optin", "freebie", "squeeze")
    ),
    "tripwire": Kind(shows="a small first purchase, right after the opt-in", edges=("accept", "decline")),
    "sales": Kind(shows="the long page for an offer, without a payment", edges=("continue",), also=("landing",)),
    "checkout": Kind(
        shows="the order: offer, bump, total, pay button",
        edges=("accept",),
        also=("order", "payment", "cart"),
        keys=("bump",),
    ),
    "oto": Kind(
        shows="the upgrade, right after the first yes",
        edges=("accept", "decline"),
        also=("upsell", "upgrade"),
        keys=("downsell",),
    ),
    "downsell": Kind(shows="the smaller alternative, after its oto was declined", edges=("accept", "decline")),
    "thank-you": Kind(
        shows="what was given or bought, and one further offer",
        edges=("continue",),
        also=("thanks", "confirmation", "delivery"),
        keys=("cross-sell",),
        sells=False,
    ),
}
PAYING = frozenset({"tripwire", "checkout", "oto", "downsell"})
"""Kinds whose `accept` charges."""

UNLISTED = frozenset({"tripwire", "oto", "downsell", "thank-you"})
"""Kinds that search engines never list, wherever they stand."""

_IN_LISTS = [kind for kind in STEP_KINDS if kind != "downsell"]  # a downsell stands under its oto
_WORDS = {"id", "path", "allow", *STEP_KINDS, *(w for kind in STEP_KINDS.values() for w in (*kind.keys, *kind.edges))}
_ALSO = {name: kind for kind, row in STEP_KINDS.items() for name in row.also}

_ID = inspect.type_info(Id)
_IDS = inspect.type_info(tuple[Id, ...])
_TYPES = {
    "path": inspect.type_info(Address),
    "allow": inspect.type_info(Allowed),
    "bump": _IDS,
    "cross-sell": _IDS,
}
"""What a key holds; every other one an id."""


def in_order(stack: Stack) -> Iterator[Step]:
    """All steps of a stack, each downsell right after its oto."""
    for step in stack.steps:
        yield step
        if step.downsell is not None:
            yield step.downsell


def decode_step(reader: Reader, node: yamltree.Node, name: str, places: Places) -> Step | None:
    """One step of the path. An id that was not written is made: the kind, then `oto-2`, `oto-3` …

    A step of which only the kind can be told is kept, so that the path holds.
    """
    del name, places
    if isinstance(node, yamltree.Scalar) and node.text in STEP_KINDS:
        kind = STEP_KINDS[node.text]
        help = f"write `- {node.text}: my-offer`" if kind.sells else f"write `- {node.text}:`, with the colon"
        reader.refuse("FG006", "a step is written as its kind, a colon and its offer", node.span, help)
        return _keys(reader, kind, [], {"kind": node.text}, Places(node.span))
    if not isinstance(node, yamltree.Mapping) or not node.pairs:
        names = ", ".join(f"`{kind}`" for kind in _IN_LISTS)
        reader.refuse("FG006", "a step is written as its kind, a colon and its offer", node.span, f"kinds: {names}")
        return None
    kinds = [(key, value) for key, value in node.pairs if key.text in STEP_KINDS]
    above = node.pairs[0][0].text  # `downsell` is a key of an oto as well, even of one that is misspelt
    if len(kinds) > 1 or (above not in _WORDS and kinds):
        kinds = [(key, value) for key, value in kinds if key.text != "downsell"]
    if not kinds:
        return _of_unknown_kind(reader, node)
    if len(kinds) > 1:
        note = Note(kinds[0][0].span, "the first one")
        reader.refuse("FG006", "one step has two kinds", kinds[1][0].span, "begin the second with `- `", note)
        node = yamltree.Mapping([pair for pair in node.pairs if pair not in kinds[1:]], node.span)
    key, value = kinds[0]
    return _of_kind(reader, node, key, value)


def _of_unknown_kind(reader: Reader, node: yamltree.Mapping) -> Step:
    """A step whose kind is misspelt, read as the kind that was meant; else a page without a charge stands for it."""
    key, value = next((pair for pair in node.pairs if pair[0].text not in _WORDS), node.pairs[0])
    slip = meant(key, _IN_LISTS, ())
    called = _ALSO.get(key.text.casefold())
    help = f"here it is called `{called}`" if called else slip.help
    reader.refuse("FG004", f"`{key.text}` is no kind of step", key.span, help, fix=() if called else slip.fix)
    kind = called or slip.name
    if kind:
        told = len(reader.problems)
        step = _of_kind(reader, node, yamltree.Scalar(kind, key.span), value, key)
        reader.forget(told, None if called else slip)
        return step
    own = node.get("id")
    id = own.text if isinstance(own, yamltree.Scalar) and own.text else _made_id(reader, key.text)
    return Step(kind="thank-you", id=id, places=Places(key.span))


def _of_kind(
    reader: Reader,
    node: yamltree.Mapping,
    key: yamltree.Scalar,
    value: yamltree.Node,
    written: yamltree.Scalar | None = None,
) -> Step:
    """The step of the kind `key`, which stands in the file as `written` where it is misspelt."""
    kind = STEP_KINDS[key.text]
    places = Places(key.span)
    places.add("offer", key.span, value.span)
    given: dict[str, Any] = {"kind": key.text}
    if kind.sells:
        given["offer"] = _offer(reader, key, value)
    elif not yamltree.is_empty(value):
        reader.refuse("FG006", f"`{key.text}` names no offer", value.span, f"write `{key.text}:` and its keys below")
    rest = [(k, v) for k, v in node.pairs if k is not (written or key) and k.text != key.text]
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
    taken = {key.text for key, _ in pairs}
    go: dict[str, str] = {}
    downsell: yamltree.Node | None = None
    for key, value in pairs:
        slip = None if key.text in known else reader.unknown_key(f"the step `{given['kind']}`", key, known, taken)
        name = slip.name if slip else key.text
        taken.add(name)
        places.add(name, key.span, value.span)
        if not name or yamltree.is_empty(value):
            continue
        if name == "downsell":
            downsell = value  # after this step's own id, so that ids are counted in the order of the path
            continue
        told = len(reader.problems)
        decoded = reader.value(_TYPES.get(name, _ID), value, name, places)
        reader.forget(told, slip)
        if name in kind.edges:
            go[name] = decoded or ""
        elif decoded is not None:
            given[name.replace("-", "_")] = decoded
    given["id"] = given.get("id") or _made_id(reader, given["kind"])
    if downsell is not None:
        given["downsell"] = _downsell(reader, downsell, places)
    return Step(places=places, go={edge: to for edge, to in go.items() if to}, **given)


def _downsell(reader: Reader, node: yamltree.Node, above: Places) -> Step:
    kind = STEP_KINDS["downsell"]
    places = Places(above.key("downsell"))
    if isinstance(node, yamltree.Scalar):
        places.add("offer", above.key("downsell"), node.span)
        given: dict[str, Any] = {"kind": "downsell", "offer": node.text.strip()}
        return _keys(reader, kind, [], given, places)
    if not isinstance(node, yamltree.Mapping) or (offer := node.get("offer")) is None:
        help = "write `downsell: my-offer`, or `downsell: {offer: my-offer, …}`"
        reader.refuse("FG006", "`downsell` names an offer", node.span, help)
        return _keys(reader, kind, [], {"kind": "downsell"}, places)
    places.add("offer", above.key("downsell"), offer.span)
    given = {"kind": "downsell", "offer": reader.value(_ID, offer, "offer", places)}
    rest = [(k, v) for k, v in node.pairs if k.text != "offer"]
    return _keys(reader, kind, rest, given, places)


def _made_id(reader: Reader, kind: str) -> str:
    reader.counts[kind] = reader.counts.get(kind, 0) + 1
    return kind if reader.counts[kind] == 1 else f"{kind}-{reader.counts[kind]}"
