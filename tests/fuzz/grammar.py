"""Sites from a grammar: stacks, copy, glossary, links, as a creator might write them, and (`odd`) as nobody should.

All chance comes from the `Random` that is given: Hypothesis lends one whose choices it can shrink. Keys and their types
are read from the models, so that a new key is tried as soon as it is declared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from random import Random
from typing import Any

import yaml
from msgspec import Struct, inspect

from funnelgen.checks import RULES
from funnelgen.money import Money
from funnelgen.site.copytext import BLOCKS, WITH_ITEMS
from funnelgen.site.models import Config, Instalments, Offer
from funnelgen.site.writing import FrontMatter, TermFront
from tests.sites import Mode

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


class Plan(Struct, frozen=True, kw_only=True):
    """One stack as planned: its name, its steps as YAML will have them, and what they are called."""

    name: str
    steps: list[dict[str, Any]]
    ids: list[str]
    buttons: list[str]
    sold: set[str]


def site(rng: Random, *, odd: bool) -> tuple[dict[str, bytes], Mode]:
    """The files of a site, and the mode to check it for. Without `odd`, nothing in it is meant to be an error."""
    return _Making(rng, odd=odd).site()


@cache
def _struct(cls: type) -> inspect.StructType:
    kind = inspect.type_info(cls)
    assert isinstance(kind, inspect.StructType)
    return kind


class _Making:
    def __init__(self, rng: Random, *, odd: bool) -> None:
        self.rng = rng
        self.odd = odd
        self.terms = TERMS[: rng.randint(1, len(TERMS))]

    def site(self) -> tuple[dict[str, bytes], Mode]:
        rng = self.rng
        mode: Mode = rng.choice(("demo", "demo", "test", "live"))
        names = rng.choice(([""], [""], [""], ["coaches", "writers"], ["a", "b", "c"]))
        plans = [self.plan(name) for name in names]
        out: dict[str, str] = {"site.yaml": self.yaml(self.config(mode))}
        for plan in plans:
            path = f"stacks/{plan.name}.yaml" if plan.name else "stack.yaml"
            out[path] = self.yaml(self.stack(plan)) if not self.odd or self.chance(0.95) else self.swelling()
            for id in plan.ids:
                if self.chance(0.75):
                    out["/".join(filter(None, ("copy", plan.name, f"{id}.md")))] = self.copy()
        for page in ("index", *PAGES):
            if not self.odd or self.chance(0.8):
                out[f"pages/{page}.md"] = self.copy()
        for number, term in enumerate(self.terms):
            if not self.odd or self.chance(0.7):
                out[f"glossary/{term}.md"] = self.markdown(self.term(number))
        if mode != "demo" or self.chance(0.3):
            out["links.yaml"] = self.yaml(self.links(plans, mode))
        if self.odd and self.chance(0.2):
            out[rng.choice(("copy/nobody.md", "copy/x/y.md", "glossary/sub/a.md", "stack.yml", "pages/Ä.md"))] = (
                self.copy()
            )
        return {name: text.encode() for name, text in out.items()} | FILES, mode

    def chance(self, share: float) -> bool:
        return self.rng.random() >= 1 - share  # nothing is the smallest choice

    # -- what is sold -------------------------------------------------------------------------------------------

    def plan(self, name: str) -> Plan:
        """The steps of a stack in an order that makes sense."""
        plan = Plan(name=name, steps=[], ids=[], buttons=[], sold=set())
        if self.chance(0.6):
            self.step(plan, "lead-magnet", "guide")
            if self.chance(0.4):
                self.step(plan, "tripwire", "journal")
                self.step(plan, "thank-you")
        if self.chance(0.6):
            self.step(plan, "sales", "course")
        self.step(plan, "checkout", "course", bump=self.rng.sample(("template", "cards"), self.rng.randint(0, 2)))
        for number in range(self.rng.choice((0, 1, 1, 2, 12 if self.odd else 2))):
            downsell = {"downsell": self.rng.choice(("library", {"offer": "library"}))} if self.chance(0.5) else {}
            self.step(plan, "oto", "calls" if number == 0 else "circle", **downsell)
        self.step(plan, "thank-you", **({"cross-sell": "circle"} if self.chance(0.3) else {}))
        if self.odd:
            self.disturb(plan)
        return plan

    def step(self, plan: Plan, kind: str, offer: str = "", **more: Any) -> None:
        """Add a step. Its id is its kind, or the kind and a number, as funnelgen makes them."""
        number = sum(kind in step and "id" not in step for step in plan.steps) + 1
        id = kind if number == 1 else f"{kind}-{number}"
        step: dict[str, Any] = {kind: offer or None, **{key: value for key, value in more.items() if value}}
        if self.chance(0.1):
            step["id"] = id = f"{kind}-x{len(plan.steps)}"
        if self.chance(0.1):
            step["path"] = f"/{plan.name or 'my'}-{id}/"
        if self.chance(0.05):
            step["allow"] = self.allow()
        plan.steps.append(step)
        plan.ids.append(id)
        plan.sold.update({offer, *more.get("bump", ())})
        if kind in ("tripwire", "checkout", "oto") or more.get("cross-sell"):
            bumps = more.get("bump", ())
            ticked = [chosen for number in range(len(bumps) + 1) for chosen in combinations(bumps, number)]
            plan.buttons.extend("+".join((id, *chosen)) for chosen in ticked)
        if more.get("downsell"):
            before = sum(other.startswith("downsell") for other in plan.ids)
            id = f"downsell-{before + 1}" if before else "downsell"
            plan.ids.append(id)
            plan.buttons.append(id)
            plan.sold.add("library")
        if more.get("cross-sell"):
            plan.sold.add("circle")

    def disturb(self, plan: Plan) -> None:
        """Make the path a puzzle: steps moved, doubled, renamed, leading anywhere."""
        rng = self.rng
        for _ in range(rng.randint(0, 3)):
            at = rng.randrange(len(plan.steps))
            step = plan.steps[at]
            match rng.randrange(7):
                case 0:
                    rng.shuffle(plan.steps)
                case 1:
                    plan.steps.insert(rng.randrange(len(plan.steps)), dict(step))
                case 2 if len(plan.steps) > 1:
                    del plan.steps[at]
                case 3:
                    step[rng.choice(("accept", "decline", "continue", "submit"))] = rng.choice((*plan.ids, "nowhere"))
                case 4:
                    step[rng.choice((*step, "bump", "downsell", "cross-sell", "id", "path"))] = self.odd_value()
                case 5:
                    step["bump"] = list(OFFERS[: rng.randint(1, 8)])
                case _:
                    step[next(iter(step))] = rng.choice((*OFFERS, "nothing", ""))

    def stack(self, plan: Plan) -> dict[str, Any]:
        """stack.yaml: the catalogue, and the path."""
        offers = {id: self.offer(id) for id in OFFERS if id in plan.sold or self.chance(0.3)}
        whole: dict[str, Any] = {"audience": self.line(), "offers": offers, "steps": plan.steps}
        if self.chance(0.05):
            whole["allow"] = self.allow()
        if self.odd and self.chance(0.3):
            whole[self.rng.choice(("audience", "offers", "steps", "offer", "allow"))] = self.odd_value()
        return whole

    def swelling(self) -> str:
        """A stack whose aliases make much of little."""
        rng = self.rng
        items, offers = rng.choice((3, 100, 1000)), rng.choice((3, 100, 1000))
        includes = ", ".join([rng.choice(("x", "[]", "*i" * (items < 4)))] * items)
        first = f"  a: &o {{name: A, price: 9, includes: &i [{includes}]}}\n"
        others = "".join(f"  o{number}: *o\n" for number in range(offers))
        steps = "  - &s {oto: a, downsell: o1}\n" + "  - *s\n" * rng.choice((1, 300))
        return f"audience: x\noffers:\n{first}{others}steps:\n{steps}  - thank-you:\n{rng.choice(('', 'audience: y'))}"

    def offer(self, id: str) -> dict[str, Any]:
        """An offer with what its step needs, and some of the other keys."""
        free = id == "guide"
        need: dict[str, Any] = {
            "name": self.rng.choice(texts.LINES),
            "promise": self.prose(),
            "deliver": self.deliver(),
        }
        if not free:
            need |= {"pay": "3 x 33"} if self.chance(0.1) else {"price": self.rng.choice(AMOUNTS[:-1])}
        if id == "circle" and "price" in need:
            need["every"] = "month"
        never = {"price", "pay", "every", "trial", "terms"}
        return self.model(Offer, need, without=never if not self.odd else set())

    def deliver(self) -> Any:
        file = self.rng.choice(DOWNLOADS)
        return self.rng.choice(
            (
                file,
                {"file": file, "label": "The file"},
                [{"url": "https://members.small-studio.page/x", "label": "Enter"}],
            )
        )

    def links(self, plans: list[Plan], mode: Mode) -> dict[str, Any]:
        """links.yaml: a link for every button that was planned, each its own."""
        ids = ["/".join(filter(None, (plan.name, button))) for plan in plans for button in plan.buttons]
        if self.odd:
            ids = [*self.rng.sample(ids, self.rng.randint(0, len(ids))), "nobody"]
        live = {id: f"https://buy.stripe.com/l{n}" for n, id in enumerate(ids)}
        test = {id: f"https://buy.stripe.com/test_{n}" for n, id in enumerate(ids)}
        if self.odd and ids:
            live[self.rng.choice(ids)] = str(self.rng.choice((*texts.ODD, *test.values(), "https://evil.example/x")))
        return (
            {"live": live, "test": test}
            if self.chance(0.5)
            else {"live" if mode == "live" else "test": live if mode == "live" else test}
        )

    # -- keys, as the models declare them ---------------------------------------------------------------------------

    def config(self, mode: Mode) -> dict[str, Any]:
        """site.yaml."""
        legal = {name: name for name in ("terms", "privacy", "refunds", "contact")}
        seller = {"name": "Small Studio", "address": "1 Road, Town", "email": "help@small-studio.page", "country": "US"}
        need: dict[str, Any] = {"name": "Small Studio", "legal": legal, "seller": seller}
        if mode == "live" or self.chance(0.5):
            need["url"] = self.rng.choice(POOLS["url"])
        return self.model(Config, need, without={"legal", "seller", "url"} if not self.odd else set())

    def term(self, number: int) -> dict[str, Any]:
        """The front matter of a glossary term, whose name no other has."""
        need = {"term": TERMS[number].replace("-", " ").capitalize(), "definition": self.prose()}
        return self.model(TermFront, need, without=set() if self.odd else {"also", "differs"})

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
                return self.allow()
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

    # -- words ------------------------------------------------------------------------------------------------------

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

    def copy(self) -> str:
        """A copy file."""
        need = {"headline": self.line(), "title": self.line(), "description": self.prose()}
        front = self.model(FrontMatter, need if self.chance(0.7) else {}, without=set())
        return self.markdown(front)

    def markdown(self, front: dict[str, Any]) -> str:
        """Front matter with a body under it."""
        head = f"---\n{self.yaml(front)}---\n" if front else ""
        body = "\n\n".join(self.piece() for _ in range(self.rng.randint(0, 6)))
        return f"{head}{body}\n"

    def piece(self) -> str:
        """A paragraph, a list, a table, a heading, a block."""
        rng = self.rng
        match rng.randrange(10):
            case 0:
                return f"{'#' * rng.randint(2, 3)} {self.line()}"
            case 1:
                return "\n".join(
                    f"{rng.choice('-*1')}{'.' if rng.random() > 0.9 else ''} {self.line()}" for _ in range(3)
                )
            case 2:
                return f"| {self.line()} | {self.line()} |\n|---|---|\n| {self.line()} | {self.link()} |"
            case 3:
                return f"Read {self.link()} and {self.link()}. {self.prose()}"
            case 4 | 5:
                return self.block()
            case 6:
                return f"```\n{self.prose()}\n```\n\n> {self.prose()}\n\n![{self.line()}](/{rng.choice(ASSETS)})"
            case 7 if self.odd:
                return self.run()
            case 8 if self.odd:
                return "".join(rng.choice(texts.RUNS) for _ in range(rng.randint(1, 60)))
        return self.prose()

    def block(self) -> str:
        """A `/// name | title` with its options, its items or its words."""
        rng = self.rng
        name = rng.choice(sorted(BLOCKS))
        options = {option: self.option(option) for option in BLOCKS[name] if rng.random() > 0.2}
        head = [f"/// {name} | {self.line()}" if rng.random() > 0.3 else f"/// {name}"]
        head += [f"    {option}: {value}" for option, value in options.items()]
        items = [f"### {self.line()}\n\n{self.prose()}" for _ in range(rng.randint(1, 3))] if name in WITH_ITEMS else []
        body = "\n\n".join(items) or self.prose()
        end = "" if self.odd and rng.random() > 0.9 else "\n\n///"
        return "\n".join(head) + f"\n\n{body}{end}"

    def option(self, name: str) -> str:
        if self.odd and self.chance(0.3):
            return self.rng.choice(texts.ODD)
        if name in ("image", "poster"):
            return self.rng.choice(ASSETS)
        return {"src": "/assets/hero.svg", "captions": "/assets/hero.svg", "sample": "true"}.get(name, self.line())

    def yaml(self, tree: Any) -> str:
        """A tree as YAML, in blocks or in brackets."""
        flow = self.rng.choice((False, False, None))
        return str(
            yaml.dump(tree, Dumper=_Plain, sort_keys=False, allow_unicode=True, default_flow_style=flow, width=120)
        )
