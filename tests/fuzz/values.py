"""What generated keys hold: by their types in the models, from pools of what fits, and (`odd`) of what does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Any

import yaml
from msgspec import inspect

from funnelgen.checks import RULES
from funnelgen.money import Money
from funnelgen.schemas.words import EXAMPLES
from funnelgen.site.models import Instalments

from . import texts

OFFERS = ("course", "calls", "template", "guide", "circle", "journal", "library", "cards")
PAGES = ("about", "terms", "privacy", "refunds", "contact")
TERMS = ("order-bump", "upsell", "tripwire", "offer", "decline-path", "launch")
ASSETS = ("assets/hero.svg", "assets/cover.png")
DOWNLOADS = ("course.pdf", "template.zip", "deep/audio.mp3")
FILES = {
    "assets/hero.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3H0z"/></svg>',
    "assets/cover.png": bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def"
        "46b80000000049454e44ae426082"
    ),
    **{f"downloads/{name}": b"what a buyer gets" for name in DOWNLOADS},
}
AMOUNTS = ("7", "9", "19", "27", "47", "79", "97", "297", "400", "1200", "0")
ODD_AMOUNTS = ("", "no", "027", "-1", "1e3", "97,50", "$97", "12.345", "999999999999", "99999999999999", "3 x 33", "٣")
POOLS: Mapping[str, Sequence[str]] = {
    "category": ("course", "template", "coaching", "membership", "library"),
    "locale": ("en-US", "en", "en-GB", "de-DE", "de", "fr-FR", "es", "pt-BR", "ja-JP", "ar"),
    "currency": ("USD", "EUR", "GBP", "JPY", "KWD", "CHF"),
    "theme": ("daybreak",),
    "url": ("https://small-studio.page", "https://small-studio.page/"),
    "action": ("https://lists.small-studio.page/subscribe",),
    "hosts": ("pay.example.com", "shop.example"),
    "image": ASSETS,
    "menu": ("glossary", *PAGES),
    "related": TERMS,
    "part_of": (TERMS[0], "page:about"),
    "term": ("Order bump", "Upsell", "Tripwire"),
    "also": ("bump", "add-on", "Zusatz"),
    "country": ("US", "DE", "GB"),
    **dict.fromkeys(("terms", "privacy", "refunds", "imprint", "contact"), PAGES),
}
ODD_TREES: Sequence[Any] = ([], {}, [[]], {"a": "b"}, ["x", ""], {"": ""}, {"price": {"price": "9"}}, ["", None])
ALLOWED = tuple(rule.name for rule in RULES if rule.can_be_allowed)


class _Plain(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]  # no stubs for the C dumper
    """Writes every text without quotes where YAML lets it: what a text means is funnelgen's to decide."""

    yaml_implicit_resolvers: Mapping[str, Any] = {}


_Plain.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:str", "null"))


class Values:
    """Draws values. All chance comes from the `Random` that is given, so that Hypothesis can shrink its choices."""

    def __init__(self, rng: Random, *, odd: bool) -> None:
        self.rng = rng
        self.odd = odd
        self.terms = TERMS[: rng.randint(1, len(TERMS))]

    def chance(self, share: float) -> bool:
        return self.rng.random() >= 1 - share  # nothing is the smallest choice

    def model(self, cls: type, need: dict[str, Any], *, without: set[str]) -> dict[str, Any]:
        """Keys of a model: those that are needed, and a few of the others."""
        kind = _struct(cls)
        fields = {f.encode_name: f.type for f in kind.fields if f.name not in ("places", "id", "file")}
        out = dict(need)
        for name, type_ in fields.items():
            if name not in need and name not in without and self.chance(0.25):
                out[name] = self.value(type_, name)
        if self.odd and self.chance(0.25):
            out[self.rng.choice((*fields, "prise", "Name", "x"))] = self.odd_value()
        return out

    def value(self, kind: inspect.Type, name: str, said: Mapping[str, Any] = {}) -> Any:
        """Something that the key takes. `said` is what is known of the type from around it."""
        while isinstance(kind, inspect.Metadata):
            said = {**(kind.extra_json_schema or {}), **said}
            kind = kind.type
        match kind:
            case inspect.UnionType():
                kinds = [k for k in kind.types if not isinstance(k, inspect.NoneType)]
                return self.value(self.rng.choice(kinds), name, said)
            case inspect.VarTupleType():
                return [self.value(kind.item_type, name) for _ in range(self.rng.randint(1, 3))]
            case inspect.DictType():
                return self.allow() if name == "allow" else dict(EXAMPLES[name])
            case inspect.StructType() if kind.cls is Instalments:
                return "3 x 33"
            case inspect.StructType() | inspect.CustomType() | inspect.DataclassType() if kind.cls is Money:
                return self.rng.choice(AMOUNTS)
            case inspect.StructType():
                required = {f.encode_name: self.value(f.type, f.encode_name) for f in kind.fields if f.required}
                return self.model(kind.cls, required, without=set())
            case inspect.BoolType():
                return self.rng.choice(("true", "false"))
            case inspect.IntType():
                return str(self.rng.randint(kind.ge or 0, min(kind.le or 99, 99)))
            case inspect.LiteralType():
                return str(self.rng.choice(kind.values))
        if name in POOLS:
            return self.rng.choice(self.terms if name == "related" else POOLS[name])
        if said.get("examples"):
            return str(self.rng.choice(said["examples"]))
        return self.prose() if isinstance(kind, inspect.StrType) and (kind.max_length or 0) > 300 else self.line()

    def allow(self) -> dict[str, str]:
        return {self.rng.choice(ALLOWED): "it is right here"}

    def odd_value(self) -> Any:
        """What no key takes, or only some."""
        match self.rng.randrange(4):
            case 0:
                return self.rng.choice(ODD_AMOUNTS)
            case 1:
                return self.rng.choice(ODD_TREES)
            case 2:
                return self.run()[:400]
        return self.rng.choice(texts.ODD)

    def line(self) -> str:
        return self.rng.choice((*texts.LINES, *texts.HONEST)) if not self.odd else self.sentence().replace("\n", " ")

    def sentence(self) -> str:
        pools = [texts.HONEST, texts.HONEST, texts.LINES]
        if self.odd:
            pools += [texts.CLAIMS, texts.ODD, texts.WRONG_EXPRESSIONS, (self.link(),)]
        return self.rng.choice(self.rng.choice(pools))

    def prose(self) -> str:
        return ". ".join(self.sentence() for _ in range(self.rng.randint(1, 3))) + "."

    def run(self) -> str:
        """One thing again and again."""
        return self.rng.choice(texts.RUNS) * self.rng.choice((3, 30, 300, 2000))

    def link(self) -> str:
        targets = [
            f"page:{self.rng.choice(PAGES)}",
            "page:index",
            f"term:{self.rng.choice(self.terms)}",
            "https://law.example/x",
        ]
        targets += [f"/{self.rng.choice(PAGES)}/", "mailto:help@small-studio.page", "#below", "/assets/hero.svg"]
        if self.odd:
            targets += ["step:checkout", "step:nobody", "term:nothing", "x.md", "/assets/nothing.png", *texts.ODD[-12:]]
        return f"[{self.rng.choice(texts.LINES)}]({self.rng.choice(targets)})"

    def yaml(self, tree: Any) -> str:
        """A tree as YAML, in blocks or in brackets."""
        flow = self.rng.choice((False, False, None))
        return str(
            yaml.dump(tree, Dumper=_Plain, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=120)
        )


@cache
def _struct(cls: type) -> inspect.StructType:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    return kind
