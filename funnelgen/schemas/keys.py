"""What a key may hold, from its type, and what an editor says of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import inspect

from funnelgen.checks import RULES, Rule
from funnelgen.explain import explain
from funnelgen.money import Money
from funnelgen.schemas.words import EXAMPLES, HEADINGS, NEW_OFFER
from funnelgen.site.kinds import Line, Path
from funnelgen.site.models import Deliverable, Instalments, Offer, Stack

Schema = dict[str, Any]

_NOT_WRITTEN: Mapping[type, set[str]] = {  # the key above, or the file's name, says it
    Offer: {"places", "id"},
    Stack: {"places", "name", "file"},
}
_DIGITS = r"(0|[1-9][0-9]{0,11})(\.[0-9]+)?"


class Writer:
    """Writes models as schemas. `parts` fills with those that others refer to; `own` writes what is no plain model."""

    def __init__(self, own: Mapping[type, Callable[[Writer], Schema]] = {}) -> None:
        self.own = own
        self.parts: dict[str, Schema] = {}

    def part(self, model: type) -> Schema:
        """A reference to the part about `model`."""
        if model.__name__ not in self.parts:
            own = self.own.get(model)
            self.parts[model.__name__] = own(self) if own else self.model(model)
        return {"$ref": f"#/$defs/{model.__name__}"}

    def model(self, model: type) -> Schema:
        """A model as an object with its keys and no others."""
        kind = inspect.type_info(model)
        assert isinstance(kind, inspect.StructType)
        fields = [field for field in kind.fields if field.name not in _NOT_WRITTEN.get(model, {"places"})]
        properties = {field.encode_name: self.key(field) for field in fields}
        required = [field.encode_name for field in fields if field.required]
        about = " ".join((model.__doc__ or "").split())
        return {"title": model.__name__, "description": about, **with_keys(properties, required)}

    def key(self, field: inspect.Field) -> Schema:
        """A key: what is said of it, and what it may hold."""
        if field.name == "allow":
            return self.allow()
        kind = field.type
        words: Schema = dict(kind.extra_json_schema or {}) if isinstance(kind, inspect.Metadata) else {}
        value = self.value(kind)
        if isinstance(field.default, str | bool):
            words["default"] = field.default
        if value.get("type") in ("integer", ["number", "string"]):
            words["examples"] = [float(e) if "." in e else int(e) for e in words.get("examples", ())]
        about = said(field.encode_name, **words)
        return {**about, **value, **about}  # a model that stands here has a title of its own

    def value(self, kind: inspect.Type, told: Mapping[str, Any] = {}) -> Schema:
        """What a type may hold. `told` is what is known of it from around it."""
        match kind:
            case inspect.Metadata():
                return self.value(kind.type, {**(kind.extra or {}), **told})
            case inspect.UnionType():
                first, *rest = (k for k in kind.types if not isinstance(k, inspect.NoneType))
                value = self.value(first, told)
                models = [k.cls for k in rest if isinstance(k, inspect.StructType)]
                return self.words_or_keys(value, models[0], told) if models else value
            case inspect.StructType() | inspect.CustomType():
                return self.struct(kind.cls)
            case inspect.VarTupleType():
                return listed(self.value(kind.item_type))
            case inspect.DictType():
                names, value = self.value(kind.key_type), self.value(kind.value_type)
                snippets = {"defaultSnippets": [NEW_OFFER]} if "$ref" in value else {}
                return {"type": "object", "propertyNames": names, "additionalProperties": value, **snippets}
            case inspect.LiteralType():
                return {"type": "string", "enum": list(kind.values)}
            case inspect.BoolType():
                return {"type": "boolean"}
            case inspect.IntType():
                return {"type": "integer", "minimum": kind.ge, "maximum": kind.le}
            case inspect.StrType():
                return _text(kind, told)
            case _:  # pragma: no cover - a model with a type that no key can hold is a bug of ours
                raise TypeError(f"no way to describe {kind}")

    def struct(self, model: type) -> Schema:
        """A model, or the text in which one is written."""
        if model is Money:
            return {"type": ["number", "string"], "minimum": 0, **_pattern(f"^{_DIGITS}$", "an amount, as in `97`")}
        if model is Instalments:
            pattern = _pattern(f"^([2-9]|[1-5][0-9]|60) ?[x×] ?{_DIGITS}$", "a payment plan, as in `3 x 33`")
            return {"type": "string", **pattern}
        if model is Deliverable:
            return self.words_or_keys(self.value(inspect.type_info(Path)), Deliverable, {})
        return self.part(model)

    def words_or_keys(self, words: Schema, model: type, told: Mapping[str, Any]) -> Schema:
        """A text or, in its place, a model's keys."""
        if "enum" in words:
            words = _pattern(f"^({'|'.join(words['enum'])})$", told.get("help"))
        return {**words, **self.model(model), "type": ["string", "object"]}

    def allow(self) -> Schema:
        """The rules that an `allow:` may name, each with what it is about."""
        if "Allow" not in self.parts:
            self.parts["Reason"] = self.value(inspect.type_info(Line))
            # What is found about an `allow:` is never allowed.
            rules = {rule.name: rule for rule in RULES if rule.can_be_allowed and rule.name != "idle-allow"}
            names = {name: _allowed(rules[name]) for name in sorted(rules)}
            self.parts["Allow"] = {"title": HEADINGS["allow"], **with_keys(names)}
        words = "Warnings that are right here, by the rule's name, each with its reason."
        return {**said("allow", words), "$ref": "#/$defs/Allow"}


def said(name: str, description: str = "", examples: Sequence[Any] | None = None, **more: Any) -> Schema:
    """What is said of a key, to stand before what it may hold."""
    title = HEADINGS.get(name) or name.replace("_", " ").replace("-", " ").capitalize()
    out: Schema = {"title": title, "description": description, **more}
    if "`" in description:  # shown as a sign, unless an editor is told that it is Markdown
        out["markdownDescription"] = description
    examples = [EXAMPLES[name]] if name in EXAMPLES else examples
    return {**out, "examples": list(examples)} if examples else out


def with_keys(properties: Schema, required: Sequence[str] = ()) -> Schema:
    """An object with these keys and no others."""
    needed = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, **needed, "additionalProperties": False}


def listed(item: Schema) -> Schema:
    """Several of a thing, or a single one without its brackets."""
    if "$ref" in item:  # nobody writes a single step or offer so
        return {"type": "array", "items": item}
    bare = {key: value for key, value in item.items() if key not in ("title", "description", "enum")}
    if "enum" in item:
        bare |= _pattern(f"^({'|'.join(item['enum'])})$")
    kinds = [item["type"]] if isinstance(item["type"], str) else item["type"]
    return {**bare, "type": ["array", *kinds], "items": item}


def _text(kind: inspect.StrType, told: Mapping[str, Any]) -> Schema:
    """A text. What may be digits may stand without quotes, and is a number then."""
    pattern = told.get("written") or kind.pattern
    out: Schema = {"type": "string"}
    if not pattern or re.search(pattern, "2026"):
        out = {"type": ["string", "integer"], "minimum": 0} if kind.pattern else {"type": ["string", "number"]}
    if kind.max_length:
        out["maxLength"] = kind.max_length
    return {**out, **(_pattern(pattern, told.get("help", "write one line of text")) if pattern else {})}


def _pattern(pattern: str, remedy: str | None = None) -> Schema:
    return {"pattern": pattern, **({"patternErrorMessage": remedy} if remedy else {})}


def _allowed(rule: Rule) -> Schema:
    words = said(rule.name, explain(rule).title)
    return {**words, "title": f"{rule.code} {rule.name}", "$ref": "#/$defs/Reason"}
