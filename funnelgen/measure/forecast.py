"""The forecast: what an order is worth, step by step, if so many say yes. Exact fractions, rounded when they are shown.

AOV (average order value) = revenue ÷ orders, where an order is a visitor who pays at least once. Margin is what is
left of it when delivery is paid for (`cost:` of an offer); refunds, payment fees and tax are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from msgspec import Struct

from funnelgen.funnel import Funnel
from funnelgen.funnel.paths import Path, all_paths, count_paths, path_total
from funnelgen.measure.plan import Plan, Question, Stop, Way
from funnelgen.measure.rates import WHOLE
from funnelgen.money import Money

MOST_PATHS = 64
"""How many paths a forecast lists, the likeliest first."""

MOST_WALKED = 5000
"""Beyond so many paths none is listed: nobody would read them, and walking them all takes long."""


class Reckoning(Struct, frozen=True):
    """What one visitor who takes the path brings, in minor units; `orders` is the share that pays at all.

    `reach` is the share that comes to each stop, `taken` that of each way out of it, `extra` that of its cross-sell.
    """

    revenue: Fraction
    cost: Fraction
    orders: Fraction
    reach: tuple[Fraction, ...]
    taken: tuple[tuple[Fraction, ...], ...]
    extra: tuple[Fraction, ...]

    @property
    def aov(self) -> int | None:
        """The average order value; None where nobody orders."""
        return rounded(self.revenue / self.orders) if self.orders else None

    @property
    def margin(self) -> int | None:
        """What is left of an order after delivery; None where nobody orders."""
        return rounded((self.revenue - self.cost) / self.orders) if self.orders else None


def reckon(plan: Plan, rates: Sequence[int]) -> Reckoning:
    """Count along the plan; `rates` has the thousandths that say yes, in the order of the plan's questions."""
    unpaid = [Fraction(0)] * len(plan.stops)
    paid = [Fraction(0)] * len(plan.stops)
    unpaid[0] = Fraction(1)
    taken: list[tuple[Fraction, ...]] = []
    extras: list[Fraction] = []
    reach: list[Fraction] = []
    revenue = cost = orders = Fraction(0)
    for number, stop in enumerate(plan.stops):
        here = unpaid[number] + paid[number]
        reach.append(here)
        if stop.extra:
            chance = chance_of(stop.extra, rates)
            revenue += here * chance * stop.extra.value
            cost += here * chance * stop.extra.cost
            unpaid[number], paid[number] = unpaid[number] * (1 - chance), paid[number] + unpaid[number] * chance
        extras.append(here * chance_of(stop.extra, rates) if stop.extra else Fraction(0))
        taken.append(tuple(here * chance_of(way, rates) for way in stop.ways))
        for way, share in zip(stop.ways, taken[-1], strict=True):
            revenue += share * way.value
            cost += share * way.cost
            if way.to is not None and way.pays:
                paid[way.to] += share
            elif way.to is not None:
                chance = chance_of(way, rates)
                unpaid[way.to] += unpaid[number] * chance
                paid[way.to] += paid[number] * chance
        if not stop.ways:
            orders += paid[number]
    return Reckoning(revenue, cost, orders, tuple(reach), tuple(taken), tuple(extras))


def chance_of(way: Way, rates: Sequence[int]) -> Fraction:
    """The share of those on the page who take the way."""
    chance = Fraction(1)
    for question, yes in way.answers:
        chance *= Fraction(rates[question] if yes else WHOLE - rates[question], WHOLE)
    return chance


def rounded(amount: Fraction) -> int:
    """To the nearest minor unit, a half upwards: as a person rounds."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


class Layer(Struct, frozen=True, kw_only=True):
    """A line of the table: what is added, what it brings per 100 visitors who go on, and the AOV with it.

    The first line is what everybody buys, and has no question.
    """

    question: Question | None
    name: str
    rate: int | None
    revenue: int
    aov: int | None


class Chance(Struct, frozen=True, kw_only=True):
    """A path, the share of visitors that takes it, and what it charges on the day."""

    path: Path
    share: Fraction
    today: Money


class Forecast(Struct, frozen=True, kw_only=True):
    """A stack's forecast. Amounts are minor units of the currency; every figure is illustrative."""

    plan: Plan
    layers: tuple[Layer, ...]
    expected: Reckoning
    low: Reckoning
    high: Reckoning
    paths: tuple[Chance, ...]
    path_count: int


def forecast(funnel: Funnel, plan: Plan) -> Forecast:
    """What the stack of `plan` brings: layer by layer, and path by path (the likeliest MOST_PATHS of them)."""
    questions = plan.questions
    rates = [q.rate for q in questions]
    count = count_paths(funnel, plan.entry)
    chances = path_chances(funnel, plan, rates) if count <= MOST_WALKED else ()
    return Forecast(
        plan=plan,
        layers=tuple(_layers(funnel, plan, rates)),
        expected=reckon(plan, rates),
        low=reckon(plan, [q.low for q in questions]),
        high=reckon(plan, [q.high for q in questions]),
        paths=tuple(sorted(chances, key=lambda chance: -chance.share)[:MOST_PATHS]),
        path_count=count,
    )


def _layers(funnel: Funnel, plan: Plan, rates: Sequence[int]) -> Iterator[Layer]:
    """One question after another gets its rate; those behind it have none yet."""
    before = reckon(plan, [0] * len(rates))
    yield Layer(
        question=None, name=_first_name(funnel, plan), rate=None, revenue=rounded(before.revenue * 100), aov=before.aov
    )
    for number, question in enumerate(plan.questions):
        asked = [*rates[: number + 1], *[0] * (len(rates) - number - 1)]
        now = reckon(plan, asked)
        # Rounded sums are subtracted, so that the column adds up to the cent.
        gain = rounded(now.revenue * 100) - rounded(before.revenue * 100)
        yield Layer(question=question, name=question.offer, rate=rates[number], revenue=gain, aov=now.aov)
        before = now


def _first_name(funnel: Funnel, plan: Plan) -> str:
    """What is bought by whoever takes the path to its end; "nothing" where every purchase can be declined."""
    asked = {question.node for question in plan.questions if question.layer != "bump"}
    pages = [funnel.nodes[s.node] for s in plan.stops if s.node not in asked and any(w.pays for w in s.ways)]
    return ", ".join(page.offer.name if page.offer else page.id for page in pages) or "nothing"


def path_chances(funnel: Funnel, plan: Plan, rates: Sequence[int]) -> Iterator[Chance]:
    """Every path of the stack with the share of visitors that takes it; the shares are one whole together."""
    stops = {stop.node: stop for stop in plan.stops}
    for path in all_paths(funnel, plan.entry):
        yield Chance(path=path, share=_share(path, stops, rates), today=path_total(funnel, path))


def _share(path: Path, stops: dict[str, Stop], rates: Sequence[int]) -> Fraction:
    share = Fraction(1)
    came = None  # the page before: after a cross-sell the same one again
    for move in path.moves:
        stop = stops[move.node]
        if stop.extra and move.button == stop.extra.button:
            share *= chance_of(stop.extra, rates)
        else:
            if stop.extra and came != move.node:
                share *= 1 - chance_of(stop.extra, rates)
            way = next((w for w in stop.ways if (w.name, w.button) == (move.edge, move.button)), None)
            share *= chance_of(way, rates) if way else 1
        came = move.node
    return share
