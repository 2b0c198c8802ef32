"""From a YAML tree to models, with every problem found on the way.

The models' own type hints say what a key may hold (`msgspec.inspect` reads them), so a key is
declared once, in `models`, and decoded here, described in the JSON Schema and completed in editors.
msgspec's own conversion stops at the first mistake and knows no places, hence this walk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Mapping
from functools import cache
from typing import Any

from msgspec import inspect

from funnelgen.diagnostics import Diagnostic, Edit, Note, Span
from funnelgen.diagnostics.suggest import misspelt
from funnelgen.site import yamltree
from funnelgen.site.keys import Cut, Meant, bare, holds_keys, meant, whole_pairs
from funnelgen.site.places import Places
from funnelgen.site.problems import problem

Decode = Callable[["Reader", yamltree.Node, str, Places], Any]


class Reader:
    """Decodes nodes and collects problems; `decoders` has the types that are written in a way of their own."""

    def __init__(self, decoders: Mapping[type, Decode], *, currency: str = "USD") -> None:
        self.decoders = decoders
        self.currency = currency
        self.counts: dict[str, int] = {}  # how many of a kind came so far, for ids that nobody wrote
        self.problems: list[Diagnostic] = []

    def refuse(
        self,
        code: str,
        message: str,
        span: Span | None,
        help: str = "",
        *notes: Note,
        fix: tuple[Edit, ...] = (),
    ) -> None:
        """Note a problem; the caller goes on with None."""
        self.problems.append(problem(code, message, span, help=help, notes=notes, fix=fix))

    def unknown_key(self, what: str, key: yamltree.Scalar, known: Collection[str], taken: Container[str]) -> Meant:
        """Refuse a key that `what` does not have; gives the one that was meant, under which the caller reads on."""
        slip = meant(key, known, taken)
        self.refuse("FG004", f"{what} has no key `{key.text}`", key.span, slip.help, fix=slip.fix)
        return slip

    def forget(self, told: int, slip: Meant | None) -> None:
        """Drop what was said after the first `told` problems, where it was read under a key that is only a guess."""
        if slip and not slip.certain:
            del self.problems[told:]

    def model(self, cls: type, node: yamltree.Node, what: str, **given: Any) -> Any:
        """Decode a mapping into the model `cls`. `given` are fields that the key above already told.

        `what` names the thing in messages: "an offer". Always gives a model, with stand-ins for what
        could not be read, so that references to it still hold; the problems tell.
        """
        places = Places(node.span)
        values: dict[str, Any] = dict(given)
        refused: set[str] = set()
        fields = {f.encode_name: f for f in _struct(cls).fields if f.name != "places" and f.name not in given}
        if isinstance(node, yamltree.Mapping):
            taken = {key.text for key, _ in node.pairs}
            for key, value, cut in whole_pairs(node, fields):
                slip = None if key.text in fields else self.unknown_key(what, key, fields, taken)
                field = fields.get(slip.name if slip else key.text)
                if field is None:
                    continue
                taken.add(field.encode_name)
                places.add(field.encode_name, key.span, value.span)
                if yamltree.is_empty(value):
                    if not field.required and not holds_keys(field.type):
                        self.refuse("FG006", f"`{field.encode_name}` is empty", key.span, _EMPTY)
                        refused.add(field.name)
                    continue
                told = len(self.problems)
                decoded = self._uncut(field.type, value, field.encode_name, places, what, cut)
                self.forget(told, slip)
                if decoded is not None:
                    values[field.name] = decoded
                else:
                    refused.add(field.name)
        elif not yamltree.is_empty(node):
            self.refuse("FG006", f"{what} is written as keys with values", node.span, f"keys: {_listed(fields)}")
            refused |= {field.name for field in fields.values()}
        for field in fields.values():
            if field.required and field.name not in values:
                values[field.name] = nothing = _stand_in(field.type)
                written = places.has(field.encode_name)
                if field.name not in refused and not (written and nothing != ""):  # a list may be empty
                    place = places.key(field.encode_name) if written else _head(node)
                    self.refuse("FG005", f"{what} needs `{field.encode_name}`", place, _example(field))
        return cls(places=places, **values)

    def _uncut(
        self, kind: inspect.Type, node: yamltree.Node, name: str, places: Places, what: str, cut: Cut | None
    ) -> Any:
        """Decode a value that a comma may have cut. Whoever refuses the whole has said enough; else the cut is said."""
        told = len(self.problems)
        decoded = self.value(kind, node, name, places)
        if cut and len(self.problems) == told:
            one = not isinstance(decoded, tuple)
            remedy = "put the whole text in quotes" if one else "write a list as in `[one, two]`"
            help = f"inside brackets a comma ends the value before it: {remedy}"
            message = f"{what} has no key `{_short(cut.words)}`"
            self.refuse("FG004", message, cut.span, help, fix=cut.fix if one else ())
        return decoded

    def value(
        self, kind: inspect.Type, node: yamltree.Node, name: str, places: Places, said: Mapping[str, Any] = {}
    ) -> Any:
        """Decode one value; None where it was refused. `said` is what is known of the type from around it."""
        while isinstance(kind, inspect.Metadata):
            said = {**(kind.extra or {}), **said}
            kind = kind.type
        match kind:
            case inspect.UnionType():
                kinds = [k for k in kind.types if not isinstance(k, inspect.NoneType)]
                return self._union(kinds, node, name, places, said)
            case inspect.StructType():
                own = self.decoders.get(kind.cls)
                if own is not None:
                    return own(self, node, name, places)
                return self.model(kind.cls, node, f"`{name}`")
            case inspect.CustomType():
                return self.decoders[kind.cls](self, node, name, places)
            case inspect.VarTupleType():
                return self._list(kind.item_type, node, name, places)
            case inspect.DictType():
                return self._map(kind, node, name, places)
            case _:
                return self._scalar(kind, node, name, said)

    def _union(
        self, kinds: list[inspect.Type], node: yamltree.Node, name: str, places: Places, said: Mapping[str, Any]
    ) -> Any:
        for kind in kinds:
            shape = inspect.StructType if isinstance(node, yamltree.Mapping) else inspect.VarTupleType
            if isinstance(kind, shape) and not isinstance(node, yamltree.Scalar):
                return self.value(kind, node, name, places, said)
        return self.value(kinds[0], node, name, places, said)

    def _list(self, item: inspect.Type, node: yamltree.Node, name: str, places: Places) -> Any:
        # One thing may stand without its brackets: `deliver: workbook.pdf`.
        items = node.items if isinstance(node, yamltree.Sequence) else [node]
        out = []
        for number, part in enumerate(items):
            places.add(f"{name}.{number}", None, part.span)
            if yamltree.is_empty(part):
                self.refuse("FG006", f"`{name}` has an empty item", part.span, "remove the hyphen, or write something")
                continue
            decoded = self.value(item, part, name, places)
            if decoded is not None:
                out.append(decoded)
        return tuple(out)

    def _map(self, kind: inspect.DictType, node: yamltree.Node, name: str, places: Places) -> Any:
        if not isinstance(node, yamltree.Mapping):
            self.refuse(
                "FG006", f"`{name}` is written as keys with values", node.span, "write lines as in `key: value`"
            )
            return None
        out = {}
        for key, value, cut in whole_pairs(node):
            places.add(f"{name}.{key.text}", key.span, value.span)
            said = kind.key_type.extra if isinstance(kind.key_type, inspect.Metadata) else None
            if key.text != key.text.strip():
                self.refuse("FG006", f"`{name}`: the key has spaces around it", key.span, f"write `{key.text.strip()}`")
            else:
                self._scalar(bare(kind.key_type), key, name, said or {})
            # Kept under a wrong key as well, so that what is in it is read and what refers to it finds it.
            value_kind = bare(kind.value_type)
            if isinstance(value_kind, inspect.StructType) and value_kind.cls not in self.decoders:
                out[key.text] = self.model(value_kind.cls, value, f"`{key.text}`", id=key.text)
            else:
                decoded = self._uncut(kind.value_type, value, f"{name}.{key.text}", places, f"`{name}`", cut)
                if decoded is not None:
                    out[key.text] = decoded
        return out

    def _scalar(self, kind: inspect.Type, node: yamltree.Node, name: str, said: Mapping[str, Any]) -> Any:
        if not isinstance(node, yamltree.Scalar):
            help = said.get("help") or "write one text; in quotes, if it is to begin with a bracket"
            self.refuse("FG006", f"`{name}` takes a text, not {_shape(node)}", node.span, help)
            return None
        text = node.text.strip()
        match kind:
            case inspect.BoolType():
                if text in ("true", "false"):
                    return text == "true"
                word = _OTHER_WORDS.get(text.casefold())
                help = f"write `{word}`" if word else "write `true` or `false`"
                mend = (Edit(node.span, text, word),) if word else ()
                self.refuse("FG006", f"`{name}` cannot be `{_short(text)}`", node.span, help, fix=mend)
            case inspect.IntType():
                if re.fullmatch(r"[0-9]{1,6}", text) and (kind.ge or 0) <= int(text) <= (kind.le or 10**6):
                    return int(text)
                self.refuse("FG006", f"`{name}` cannot be `{_short(text)}`", node.span, said.get("help", ""))
            case inspect.LiteralType():
                if text in kind.values:
                    return text
                help, fix = misspelt(text, [*map(str, kind.values)], node.span, said.get("help", ""))
                self.refuse("FG006", f"`{name}` cannot be `{_short(text)}`", node.span, help, fix=fix)
            case inspect.StrType():
                wrong = _wrong_text(text, kind, said)
                if wrong is None:
                    return text
                colon = "" if wrong.startswith(("is ", "has ")) else ":"
                help = said.get("help") or _REMEDIES.get(wrong, "write less")
                self.refuse("FG006", f"`{name}`{colon} {wrong}", node.span, help)
            case _:  # pragma: no cover - a model with a type that no key can hold is a bug of ours
                raise TypeError(f"no way to decode {kind} for `{name}`")
        return None


_OTHER_WORDS = {"yes": "true", "on": "true", "true": "true", "no": "false", "off": "false", "false": "false"}
"""What other readers of YAML take for true and false."""

_EMPTY = "write a value, or leave the key out; behind a space, `#` begins a comment, so put such a text in quotes"

_REMEDIES = {
    "is empty": "write something, or leave the key out",
    "has a line break": "write it on one line",
    "has a control character": "delete it; most editors do not show it",
}


def _wrong_text(text: str, kind: inspect.StrType, said: Mapping[str, Any]) -> str | None:
    if any(c < " " and c not in "\n\t" for c in text):
        return "has a control character"
    if kind.max_length and len(text) > kind.max_length:
        return f"has {len(text)} characters, at most {kind.max_length} are allowed"
    if kind.pattern and not re.search(kind.pattern, text):
        return f"`{_short(text)}` is not {said.get('what', 'right')}"
    check = said.get("check")
    wrong: str | None = check(text) if check else None
    return wrong


@cache
def _struct(cls: type) -> inspect.StructType:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    return kind


def _stand_in(kind: inspect.Type) -> Any:
    """A value of the right shape for a key that has none, so that whoever reads the model need not ask."""
    kind = bare(kind)
    return {} if isinstance(kind, inspect.DictType) else () if isinstance(kind, inspect.VarTupleType) else ""


def _shape(node: yamltree.Node) -> str:
    return "a list" if isinstance(node, yamltree.Sequence) else "keys with values"


def _head(node: yamltree.Node) -> Span:
    """The first line of a node: what stays readable when a whole mapping is meant."""
    span = node.span
    if isinstance(node, yamltree.Mapping) and node.pairs:
        return node.pairs[0][0].span
    return span


def _listed(fields: Mapping[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in fields)


def _example(field: inspect.Field) -> str:
    kind, examples = field.type, None
    while isinstance(kind, inspect.Metadata):
        examples = (kind.extra_json_schema or {}).get("examples", examples)
        kind = kind.type
    return f"add it, as in `{field.encode_name}: {examples[0]}`" if examples else f"add `{field.encode_name}: …`"


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 60 else text[:57] + "…"


__all__ = ["Decode", "Reader"]
