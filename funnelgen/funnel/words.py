"""`{{ price("…") }}` in copy: finding each one, and what it says.

The few names there are (product's list) are evaluated one expression at a time in Jinja2's sandbox, so
that a mistake can be shown at its own place and nothing else in a text is ever taken for code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.funnel.cart import line_of, total
from funnelgen.funnel.graph import Funnel
from funnelgen.money import format_money
from funnelgen.site.models import Site

_SLOT = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{%|\{\{)", re.DOTALL)
LONGEST = 200  # characters of an expression; the names here need a tenth of it


class WordError(ValueError):
    """An expression that says nothing; `remedy` says what would."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.remedy = remedy


class Mistake(Struct, frozen=True, kw_only=True):
    """A wrong expression in a text: where it begins (characters from the start), its text, and why."""

    start: int
    text: str
    message: str
    remedy: str


class SiteWords(Struct, frozen=True, kw_only=True):
    """`site` in copy: what may be said of it."""

    name: str
    url: str
    email: str


class Words:
    """The names that copy may use, for one stack of one site."""

    def __init__(self, site: Site, funnel: Funnel, stack: str = "") -> None:
        self.site = site
        self.funnel = funnel
        self.stack = next((s for s in site.stacks if s.name == stack), site.stacks[0])
        self._said: dict[str, str] = {}

    def fill(self, text: str) -> str:
        """The text with every expression replaced; raises WordError at the first wrong one."""
        if "{{" not in text and "{%" not in text:
            return text
        return _SLOT.sub(lambda found: self._say(found[0]), text)

    def mistakes(self, text: str) -> Iterator[Mistake]:
        """Every wrong expression of a text."""
        if "{{" not in text and "{%" not in text:
            return
        for found in _SLOT.finditer(text):
            try:
                self._say(found[0])
            except WordError as error:
                yield Mistake(start=found.start(), text=found[0], message=str(error), remedy=error.remedy)

    def _say(self, slot: str) -> str:
        said = self._said.get(slot)
        if said is None:
            said = self._said[slot] = self._work_out(slot)
        return said

    def _work_out(self, slot: str) -> str:
        if slot.startswith("{%"):
            raise WordError("template code is not allowed here", "only `{{ … }}` with a name or a call works in copy")
        if not slot.endswith("}}"):
            raise WordError("`{{` is never closed", "close it with `}}`")
        return self._evaluate(slot[2:-2].strip())

    def _evaluate(self, expression: str) -> str:
        from jinja2 import TemplateError
        from jinja2.exceptions import SecurityError, UndefinedError

        known = f"known here: {', '.join(f'`{name}`' for name in self._names)}"
        if len(expression) > LONGEST or not expression:
            raise WordError("this is no expression", known)
        try:
            self._only_names_and_calls(expression, known)
            value = self._environment.compile_expression(expression, undefined_to_none=False)(**self._names)
            said = str(value)
        except SecurityError as error:
            raise WordError("this reaches where copy may not", known) from error
        except UndefinedError as error:
            raise self._unknown(expression, known) from error
        except (TemplateError, TypeError) as error:
            raise WordError(f"`{expression}` cannot be worked out: {error}", known) from error
        if not isinstance(value, str):
            raise WordError(f"`{expression}` is not a text", 'write a call, as in `{{ price("my-offer") }}`')
        return said

    def _only_names_and_calls(self, expression: str, known: str) -> None:
        """Refuse operators, filters and the rest: they have no use here, and `9**9**9` would never end."""
        from jinja2 import nodes

        allowed = (nodes.Output, nodes.Call, nodes.Name, nodes.Const, nodes.Getattr, nodes.Keyword)
        for node in self._environment.parse("{{" + expression + "}}").find_all(nodes.Node):
            if not isinstance(node, allowed):
                raise WordError(f"`{expression}` is more than a name or a call", known)

    def _unknown(self, expression: str, known: str) -> WordError:
        from jinja2 import meta

        tree = self._environment.parse("{{" + expression + "}}")
        for name in sorted(meta.find_undeclared_variables(tree) - set(self._names)):
            return WordError(f"nothing is called `{name}` here", did_you_mean(name, self._names, otherwise=known))
        part = re.match(r"site\.(\w+)", expression)
        if part:
            parts = SiteWords.__struct_fields__
            return WordError(f"`site` has no `{part[1]}`", did_you_mean(part[1], parts))
        return WordError(f"`{expression}` says nothing", known)

    @cached_property
    def _environment(self) -> Any:
        from jinja2 import StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
        environment.globals.clear()  # no `range`, no `lipsum`
        return environment

    @cached_property
    def _names(self) -> Mapping[str, Callable[..., str] | SiteWords]:
        config = self.site.config
        site = SiteWords(name=config.name, url=config.url or "", email=config.seller.email or "")
        return {"price": self._price, "total": self._total, "site": site}

    def _price(self, offer: str) -> str:
        found = self.stack.offers.get(str(offer))
        if found is None:
            raise WordError(f"no offer is called `{offer}`", did_you_mean(str(offer), self.stack.offers))
        if found.price is None and found.pay is None:
            raise WordError(f"the offer `{offer}` has no price", "give it one in the stack, or leave it out here")
        return format_money(line_of(found, self.funnel.currency).price, self.site.config.locale, short=True)

    def _total(self, step: str, *, bump: bool | str = False) -> str:
        node = self.funnel.step(self.stack.name, str(step))
        if node is None or node.offer is None:
            steps = [n.step.id for n in self.funnel.nodes.values() if n.stack == self.stack.name]
            raise WordError(f"no step with an offer is called `{step}`", did_you_mean(str(step), steps))
        known = [b.id for b in node.bumps]
        if isinstance(bump, str) and bump not in known:
            raise WordError(f"`{step}` has no bump `{bump}`", did_you_mean(bump, known))
        ticked = [b for b in node.bumps if bump is True or b.id == bump]
        lines = [line_of(offer, self.funnel.currency) for offer in (node.offer, *ticked)]
        return format_money(total(lines, self.funnel.currency), self.site.config.locale, short=True)
