"""`{{ price("…") }}` in copy: finding each one, and what it says.

Jinja2's parser reads each expression; what it stands for is looked up here, and only names, calls and
constants stand for anything. So nothing in a text can run, every mistake is shown at its own place, and
no sandbox has to be trusted (Jinja2's would still work out `9**9**9`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from funnelgen.diagnostics.suggest import certain, did_you_mean, nearest
from funnelgen.funnel.cart import total
from funnelgen.funnel.graph import Funnel
from funnelgen.money import format_money
from funnelgen.site.models import Site
from funnelgen.site.steps import PAYING

if TYPE_CHECKING:
    from jinja2 import nodes

# Bounded, so that a text full of openings is looked through once and not once for each.
_SLOT = re.compile(r"(\{\{.{0,1000}?\}\}|\{%.{0,1000}?%\}|\{%|\{\{)", re.DOTALL)
_EXAMPLES = {
    "price": 'name an offer, as in `{{ price("my-offer") }}`',
    "total": 'name a step, as in `{{ total("checkout") }}` or `{{ total("checkout", bump=true) }}`',
    "site": "write a part of it, as in `{{ site.name }}`",
}
# What nearly all of them are. Jinja2, which costs more to import than a small site to check, reads the rest.
_SIMPLE = re.compile(
    r"site\.(?P<part>[a-z]+)|(?P<function>price|total)\(\s*(?P<quote>[\"'])(?P<of>[\w/-]{0,60})(?P=quote)\s*"
    r"(?:,\s*bump\s*=\s*(?:(?P<all>true|false)|(?P<mark>[\"'])(?P<bump>[\w/-]{0,60})(?P=mark))\s*)?\)"
)
_UNQUOTED = re.compile(r"(price|total)(\(\s*([A-Za-z][\w/-]{0,60})\s*)(?=[,)])")
LONGEST = 200  # characters of an expression; the names here need a tenth of it


class WordError(ValueError):
    """An expression that says nothing; `remedy` says what would.

    Of a misspelt name `word` is how it is written, and `meant` the only one that can be meant, if there is one.
    """

    def __init__(self, message: str, remedy: str = "", word: str = "", meant: str | None = None) -> None:
        super().__init__(message)
        self.remedy = remedy
        self.word = word
        self.meant = meant


class Mistake(Struct, frozen=True, kw_only=True):
    """A wrong expression in a text: where it begins (characters from the start), its text, and why.

    `word` and `meant` are a misspelt name in it and the only one that can be meant, if there is one.
    """

    start: int
    text: str
    message: str
    remedy: str
    word: str = ""
    meant: str | None = None


class SiteWords(Struct, frozen=True, kw_only=True):
    """`site` in copy: what may be said of it."""

    name: str
    url: str
    email: str
    address: str
    statement: str


class Words:
    """The names that copy may use, for one stack of one site."""

    def __init__(self, site: Site, funnel: Funnel, stack: str = "", locale: str = "") -> None:
        """`locale` is that of the page, where it is not the stack's own."""
        self.site = site
        self.funnel = funnel
        self.stack = next((s for s in site.stacks if s.name == stack), site.main_stack)
        self.locale = locale or site.locale_of(self.stack.name)
        self._said: dict[str, str | WordError] = {}

    def fill(self, text: str, quote: Callable[[str], str] = lambda said: said) -> str:
        """The text with every expression replaced by what `quote` makes of its words.

        Raises WordError at the first wrong one.
        """
        if "{{" not in text and "{%" not in text:
            return text
        return _SLOT.sub(lambda found: quote(self._say(found[0])), text)

    def mistakes(self, text: str) -> Iterator[Mistake]:
        """Every wrong expression of a text."""
        if "{{" not in text and "{%" not in text:
            return
        for found in _SLOT.finditer(text):
            try:
                self._say(found[0])
            except WordError as error:
                yield Mistake(
                    start=found.start(),
                    text=found[0],
                    message=str(error),
                    remedy=error.remedy,
                    word=error.word,
                    meant=error.meant,
                )

    def _say(self, slot: str) -> str:
        if slot not in self._said:
            try:
                self._said[slot] = self._work_out(slot)
            except WordError as error:
                self._said[slot] = error
        said = self._said[slot]
        if isinstance(said, WordError):
            raise said.with_traceback(None)  # else it would grow with every place in which it is met
        return said

    def _work_out(self, slot: str) -> str:
        if slot.startswith("{%"):
            raise WordError("template code is not allowed here", "only `{{ … }}` with a name or a call works in copy")
        if not slot.endswith("}}"):
            raise WordError("`{{` is never closed", "close it with `}}`")
        return self._evaluate(slot[2:-2].strip())

    def _evaluate(self, expression: str) -> str:
        simple = _SIMPLE.fullmatch(expression)
        if simple and simple["part"] in SiteWords.__struct_fields__:
            return str(getattr(self._names["site"], simple["part"]))
        if simple and simple["function"] == "price" and not (simple["all"] or simple["mark"]):
            return self._price(simple["of"])
        if simple and simple["function"] == "total":
            return self._total(simple["of"], bump=simple["bump"] if simple["mark"] else simple["all"] == "true")
        return self._read(expression)

    def _read(self, expression: str) -> str:
        """What any other expression says, read by Jinja2's own parser."""
        from jinja2 import Environment, TemplateSyntaxError

        if len(expression) > LONGEST or not expression:
            raise WordError("this is no expression", self._known)
        if re.search("[“”„‘’]", expression):
            raise WordError(f"`{expression}` has curly quotes", 'write straight ones, as in `{{ price("my-offer") }}`')
        if unquoted := _UNQUOTED.match(expression):
            raise self._without_quotes(*unquoted.groups())
        try:
            tree = Environment().parse("{{" + expression + "}}")
        except TemplateSyntaxError as error:
            raise WordError(f"`{expression}` cannot be read: {error}", self._known) from error
        except RecursionError as error:  # the parser's own, at 200 opening brackets
            raise WordError("this is no expression", self._known) from error
        parts = [part for output in tree.body for part in getattr(output, "nodes", (output,))]
        value = self._value(parts[0], expression) if len(parts) == 1 else None
        if not isinstance(value, str):
            raise WordError(f"`{expression}` is not a text", _EXAMPLES.get(expression, self._known))
        return value

    def _without_quotes(self, function: str, written: str, name: str) -> WordError:
        """What is wrong with `price(my-offer)`; `written` is the name with the bracket before it."""
        known: Collection[str] = self.stack.offers
        if function == "total":
            known = [n.step.id for n in self.funnel.nodes.values() if n.stack == self.stack.name and n.offer]
        remedy = f'write `{{{{ {function}("{nearest(name, known) or name}") }}}}`'
        meant = f'("{name}"' if name in known else None
        return WordError(f"the quotes around `{name}` are missing", remedy, written, meant)

    def _value(self, node: nodes.Node, expression: str) -> object:
        """What a node of the expression stands for. Names, calls and constants have a value; the rest has none."""
        from jinja2 import nodes

        match node:
            case nodes.Const(value=str() | bool()):
                return node.value
            case nodes.Name():
                if node.name not in self._names:
                    known = node.name in self.stack.offers or self.funnel.step(self.stack.name, node.name)
                    quotes = f'put it in quotes: `"{node.name}"`' if known else self._known
                    message = f"nothing is called `{node.name}` here"
                    raise WordError(message, quotes) if known else _misspelt(message, node.name, self._names, quotes)
                return self._names[node.name]
            case nodes.Getattr(node=nodes.Name(name="site")):
                if node.attr not in SiteWords.__struct_fields__:
                    raise _misspelt(f"`site` has no `{node.attr}`", node.attr, SiteWords.__struct_fields__)
                return getattr(self._names["site"], node.attr)
            case nodes.Call(node=nodes.Name(), dyn_args=None, dyn_kwargs=None):
                return self._call(node, expression)
        raise WordError(f"`{expression}` is more than a name or a call", self._known)

    def _call(self, call: nodes.Call, expression: str) -> object:
        function = self._value(call.node, expression)
        if not callable(function):
            raise WordError(f"`{expression}` calls what is no function", self._known)
        given = [self._value(argument, expression) for argument in call.args]
        named = {argument.key: self._value(argument.value, expression) for argument in call.kwargs}
        try:
            return function(*given, **named)
        except TypeError as error:
            name = expression.partition("(")[0].strip()
            raise WordError(f"`{name}` is not written like this", _EXAMPLES.get(name, self._known)) from error

    @property
    def _known(self) -> str:
        return f"known here: {', '.join(f'`{name}`' for name in self._names)}"

    @cached_property
    def _names(self) -> Mapping[str, Callable[..., str] | SiteWords]:
        config = self.site.config
        seller = config.seller
        site = SiteWords(
            name=config.name,
            url=config.url or "",
            email=seller.email or "",
            address=seller.address or "",
            statement=seller.statement or "",
        )
        return {"price": self._price, "total": self._total, "site": site}

    @cached_property
    def _sold(self) -> set[str]:
        """The offers that a button of this stack charges for."""
        nodes = [node for node in self.funnel.nodes.values() if node.stack == self.stack.name]
        sold = [(node.offer if node.kind in PAYING else None, *node.bumps, node.cross_sell) for node in nodes]
        return {offer.id for offers in sold for offer in offers if offer}

    def _price(self, offer: str) -> str:
        found = self.stack.offers.get(str(offer))
        if found is None:
            raise _misspelt(f"no offer is called `{offer}`", str(offer), self.stack.offers)
        if found.price is None and found.places.has("price"):
            return ""  # it is written, and was refused already
        if found.price is None and found.pay is None:
            if found.id in self._sold:
                return ""  # what is sold without a price is said once, where it is sold
            raise WordError(f"the offer `{offer}` has no price", "give it one in the stack, or leave it out here")
        return format_money(self.funnel.line(self.stack.name, found).now, self.locale, short=True)

    def _total(self, step: str, *, bump: bool | str = False) -> str:
        node = self.funnel.step(self.stack.name, str(step))
        if node is None or node.offer is None:
            steps = [n.step.id for n in self.funnel.nodes.values() if n.stack == self.stack.name and n.offer]
            raise _misspelt(f"no step with an offer is called `{step}`", str(step), steps)
        known = [b.id for b in node.bumps]
        if isinstance(bump, str) and bump not in known:
            raise _misspelt(f"`{step}` has no bump `{bump}`", bump, known)
        ticked = [b for b in node.bumps if bump is True or b.id == bump]
        lines = [self.funnel.line(self.stack.name, offer) for offer in (node.offer, *ticked)]
        return format_money(total(lines, self.funnel.currency), self.locale, short=True)


def _misspelt(message: str, word: str, known: Collection[str], otherwise: str = "") -> WordError:
    return WordError(message, did_you_mean(word, known, otherwise=otherwise), word, certain(word, known))
