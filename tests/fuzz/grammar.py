"""Sites from a grammar: stacks, copy, glossary, links, as a creator might write them, and (`odd`) as nobody should.

All chance comes from the `Random` that is given: Hypothesis lends one whose choices it can shrink. Keys and their types
are read from the models, so that a new key is tried as soon as it is declared.
"""

from __future__ import annotations

from itertools import combinations
from random import Random
from typing import Any

from msgspec import Struct

from funnelgen.site.models import Config, Offer
from funnelgen.site.writing import TermFront
from tests.sites import Mode

from . import texts
from .copies import Copies
from .values import AMOUNTS, DOWNLOADS, FILES, OFFERS, PAGES, POOLS, TERMS


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


class _Making(Copies):
    def site(self) -> tuple[dict[str, bytes], Mode]:
        rng = self.rng
        mode: Mode = rng.choice(("demo", "demo", "test", "live"))
        names = rng.choice(([""], [""], [""], ["coaches", "writers"], ["a", "b", "c"]))
        plans = [self.plan(name) for name in names]
        out: dict[str, str] = {"site.yaml": self.yaml(self.config(mode))}
        for plan in plans:
            path = f"stacks/{plan.name}.yaml" if plan.name else "stack.yaml"
            out[path] = self.yaml(self.stack(plan)) if not self.odd or self.chance(0.97) else self.swelling()
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
        steps = "  - &s {oto: a, downsell: o1}\n" + "  - *s\n" * rng.choice((1, 60))
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

    def config(self, mode: Mode) -> dict[str, Any]:
        """site.yaml."""
        legal = {name: name for name in ("terms", "privacy", "refunds", "contact")}
        seller = {"name": "Small Studio", "address": "1 Road, Town", "email": "help@small-studio.page", "country": "US"}
        need: dict[str, Any] = {"name": "Small Studio", "legal": legal, "seller": seller}
        if mode == "live" or self.chance(0.5):
            need["url"] = self.rng.choice(POOLS["url"])
        return self.model(Config, need, without=set() if self.odd else {"legal", "seller", "url", "fonts"})

    def term(self, number: int) -> dict[str, Any]:
        """The front matter of a glossary term, whose name no other has."""
        need = {"term": TERMS[number].replace("-", " ").capitalize(), "definition": self.prose()}
        return self.model(TermFront, need, without=set() if self.odd else {"also", "differs"})
