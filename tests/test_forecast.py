"""The forecast: the worked example to the cent, laws that hold for any funnel, and what the command says."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.funnel import Funnel
from funnelgen.measure.forecast import Forecast, chance_of, forecast, path_chances, reckon, rounded
from funnelgen.measure.plan import Plan, plan_of
from funnelgen.measure.rates import RULES, WHOLE, RateError, Rule, parse_rate, parse_rates, say_rate
from funnelgen.measure.tables import say_amount

from .sites import EXAMPLE, funnel_of, site, stack
from .test_cli import run
from .test_funnel import stacks


def planned(funnel: Funnel, rates: dict[str, int] | None = None) -> Plan:
    plan = plan_of(funnel, funnel.entries[0], rates or {})
    assert plan is not None
    return plan


def made(folder: Path, **rates: int) -> Forecast:
    """The forecast of a site's first stack; rates in thousandths."""
    funnel = funnel_of(folder)
    return forecast(funnel, planned(funnel, rates))


# --- the worked example ----------------------------------------------------------------------------------------------


def test_a_hundred_buyers_of_the_worked_example() -> None:
    layers = made(EXAMPLE).layers[:3]
    assert [(x.name, x.rate, x.revenue, x.aov) for x in layers] == [
        ("Launch Your Course", None, 9_700_00, 97_00),
        ("Sales Page Template", 300, 810_00, 105_10),
        ("Three 1:1 Strategy Calls", 80, 3_200_00, 137_10),
    ]


def test_a_downsell_is_bought_by_some_of_those_who_declined() -> None:
    downsell = made(EXAMPLE).layers[3]
    assert downsell.revenue == rounded(Fraction(92 * 10, 100) * 79_00)
    assert downsell.aov == rounded(Fraction(13_710_00 + downsell.revenue, 100))


def test_margin_is_what_delivery_leaves() -> None:
    expected = made(EXAMPLE).expected
    # 4.50 for everybody, 0.50 for 30, 130 for 8, 2 for 9.2, 9 for 3 of a hundred
    cost = Fraction(450_00 + 15_00 + 1_040_00, 100) + Fraction(92, 1000) * 2_00 + Fraction(3, 100) * 9_00
    assert expected.cost == cost
    assert expected.margin == rounded(expected.revenue - cost) == 130_33


def test_low_and_high_are_the_ends_of_the_rules_of_thumb() -> None:
    example = made(EXAMPLE)
    rates = {q.layer: (q.low, q.high) for q in example.plan.questions}
    expected = {"bump": (150, 400), "oto": (80, 200), "downsell": (100, 300), "cross-sell": (30, 120)}
    assert rates == expected
    assert example.low.aov == reckon(example.plan, [150, 80, 100, 30]).aov == 141_79
    assert example.high.aov == reckon(example.plan, [400, 200, 300, 120]).aov == 212_64


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_each_rate_lies_in_its_range(rule: Rule) -> None:
    assert 0 <= rule.low <= rule.rate <= rule.high <= WHOLE


def test_the_paths_of_the_example_with_their_charges() -> None:
    paths = made(EXAMPLE).paths
    assert len(paths) == 12
    assert sum(p.share for p in paths) == 1
    assert [p.share for p in paths] == sorted((p.share for p in paths), reverse=True)
    first, last = paths[0], paths[-1]
    assert (first.path.buttons, str(first.today), first.share) == (
        ("checkout",),
        "97.00 USD",
        Fraction(7, 10) * Fraction(92, 100) * Fraction(9, 10) * Fraction(97, 100),
    )
    assert str(last.today) == "573.00 USD"


# --- other funnels ---------------------------------------------------------------------------------------------------

TRIPWIRE = stack(
    "  - lead-magnet: guide\n  - tripwire: kit\n  - thank-you:\n    id: kit\n",
    "  kit: {name: Kit, category: kit, price: 20, cost: 5}\n",
)


def test_where_nothing_is_known_of_a_tripwire_nobody_buys_it(tmp_path: Path) -> None:
    alone = made(site(tmp_path, {"stack.yaml": TRIPWIRE}))
    assert alone.expected.orders == 0
    assert alone.expected.aov is alone.expected.margin is None
    assert [layer.aov for layer in alone.layers] == [None, None]


def test_an_order_is_worth_as_much_however_few_order(tmp_path: Path) -> None:
    alone = made(site(tmp_path, {"stack.yaml": TRIPWIRE}), tripwire=40)
    assert alone.expected.orders == Fraction(4, 100)
    assert (alone.expected.aov, alone.expected.margin) == (20_00, 15_00)


def test_instalments_count_whole_and_a_free_trial_counts_nothing(tmp_path: Path) -> None:
    more = (
        "  long: {name: Long, category: course, pay: 3 x 33}\n"
        "  club: {name: Club, category: club, price: 15, every: month, trial: 7}\n"
    )
    steps = "  - checkout: long\n  - thank-you:\n    cross-sell: club\n"
    result = made(site(tmp_path, {"stack.yaml": stack(steps, more)}))
    assert [layer.aov for layer in result.layers] == [99_00, 99_00]
    assert {str(p.today) for p in result.paths} == {"33.00 USD"}


def test_a_funnel_that_goes_in_a_circle_or_nowhere_has_no_forecast(tmp_path: Path) -> None:
    circle = stack("  - sales: course\n  - checkout: course\n    accept: sales\n  - thank-you:\n")
    nowhere = stack("  - checkout: course\n    accept: nothing\n  - thank-you:\n")
    for number, text in enumerate((circle, nowhere)):
        funnel = funnel_of(site(tmp_path / str(number), {"stack.yaml": text}))
        assert plan_of(funnel, funnel.entries[0]) is None


def test_of_very_many_paths_none_is_listed(tmp_path: Path) -> None:
    steps = "".join(f"  - oto: course\n    id: up-{n}\n" for n in range(14))
    text = stack(f"  - checkout: course\n{steps}  - thank-you:\n")
    result = made(site(tmp_path, {"stack.yaml": text}))
    assert (result.path_count, result.paths) == (2**14, ())
    assert result.expected.aov == rounded(Fraction(97_00) + 14 * Fraction(8, 100) * 97_00)


# --- laws ------------------------------------------------------------------------------------------------------------

RATES = st.lists(st.integers(0, WHOLE), min_size=40, max_size=40)


@given(stacks(), RATES)
def test_the_shares_of_all_paths_are_one_whole(funnel: Funnel, rates: list[int]) -> None:
    plan = planned(funnel)
    chances = list(path_chances(funnel, plan, rates))
    assert sum(chance.share for chance in chances) == 1
    assert all(0 <= chance.share <= 1 for chance in chances)


@given(stacks(), RATES)
def test_counting_along_pages_and_along_paths_is_the_same_to_the_last_fraction(
    funnel: Funnel, rates: list[int]
) -> None:
    plan = planned(funnel)
    counted = reckon(plan, rates)
    worth = {w.button: w for stop in plan.stops for w in (*stop.ways, stop.extra) if w and w.button}
    chances = list(path_chances(funnel, plan, rates))
    assert counted.revenue == sum(c.share * worth[b].value for c in chances for b in c.path.buttons)
    assert counted.cost == sum(c.share * worth[b].cost for c in chances for b in c.path.buttons)
    assert counted.orders == sum(c.share for c in chances if c.path.buttons)


@given(stacks(), RATES)
def test_nobody_is_lost_on_the_way(funnel: Funnel, rates: list[int]) -> None:
    plan = planned(funnel)
    counted = reckon(plan, rates)
    ends = [reach for stop, reach in zip(plan.stops, counted.reach, strict=True) if not stop.ways]
    assert sum(ends) == 1
    for stop, reach, taken in zip(plan.stops, counted.reach, counted.taken, strict=True):
        assert not stop.ways or sum(taken) == reach
        assert sum(chance_of(way, rates) for way in stop.ways) in (0, 1)


@given(stacks())
def test_the_layers_add_up_to_the_whole(funnel: Funnel) -> None:
    result = forecast(funnel, planned(funnel))
    assert sum(layer.revenue for layer in result.layers) == rounded(result.expected.revenue * 100)
    assert result.layers[-1].aov == result.expected.aov


@given(st.fractions(min_value=-1000, max_value=1000))
def test_rounding_is_to_the_nearest_and_a_half_goes_up(amount: Fraction) -> None:
    assert -Fraction(1, 2) < rounded(amount) - amount <= Fraction(1, 2)


# --- rates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "rate"), [("12", 120), ("12.5", 125), ("12.5 %", 125), ("0%", 0), ("100", 1000)])
def test_a_rate_is_a_percentage(text: str, rate: int) -> None:
    assert parse_rate(text) == rate
    assert parse_rate(say_rate(rate)) == rate


@pytest.mark.parametrize("text", ["", "x", "-1", "101", "100.1", "12.55", "1e1", "0x1", "١٢"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(RateError, match="is no take rate") as error:
        parse_rate(text)
    assert "percent from 0 to 100" in error.value.remedy


def test_a_rate_belongs_to_a_button() -> None:
    known = ["oto", "checkout+sales-page-template"]
    assert parse_rates(["oto=12", "checkout+sales-page-template = 25%"], known) == {
        "oto": 120,
        "checkout+sales-page-template": 250,
    }
    with pytest.raises(RateError, match="no take rate belongs to `otto`") as error:
        parse_rates(["otto=1"], known)
    assert error.value.remedy == "did you mean `oto`?"
    with pytest.raises(RateError, match="`12` is no take rate"):
        parse_rates(["12"], known)


def test_less_than_nothing_has_a_minus() -> None:
    assert [say_amount(n, "USD", "en-US") for n in (None, -1, 0, 123_456)] == ["–", "−$0.01", "$0.00", "$1,234.56"]


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_prints_the_table_and_says_what_it_is() -> None:
    done = run("forecast", EXAMPLE)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "Launch Your Course everybody $9,700.00 $97.00" in lines
    assert "+ Sales Page Template checkout+sales-page-template 30 % $810.00 $105.10" in lines
    assert "+ Three 1:1 Strategy Calls oto 8 % $3,200.00 $137.10" in lines
    assert "illustrative: take rates are rules of thumb, not a promise of income" in lines


def test_a_rate_of_ones_own() -> None:
    done = run("forecast", EXAMPLE, "--rate", "oto=20", "--format", "json")
    told = json.loads(done.stdout)
    assert told["illustrative"] is True
    oto = next(layer for layer in told["stacks"][0]["layers"] if layer["button"] == "oto")
    assert (oto["rate"], oto["aov"], oto["revenue_per_100"]) == (0.2, "185.10", "8000.00")


def test_what_is_not_on_sale_is_counted_and_said(tmp_path: Path) -> None:
    """Most of all before the first day one wants to know what an order will be worth."""
    folder = site(tmp_path)
    text = (folder / "stack.yaml").read_text()
    said = "counted as on sale, which it is not today: The Template\n"
    assert said not in run("forecast", folder).stdout
    (folder / "stack.yaml").write_text(text.replace("price: 27", "price: 27\n    closed: true"))
    done = run("forecast", folder)
    assert done.returncode == 0
    assert said in done.stdout
    told = json.loads(run("forecast", folder, "--format", "json").stdout)
    assert told["stacks"][0]["not_on_sale"] == ["The Template"]
    assert told["stacks"][0]["layers"][1]["revenue_per_100"] == "810.00"


def test_a_rate_that_is_none_is_wrong_usage() -> None:
    done = run("forecast", EXAMPLE, "--rate", "otto=20")
    assert done.returncode == 2
    assert "no take rate belongs to `otto`; did you mean `oto`?" in done.stderr


def test_a_site_with_errors_has_no_forecast(tmp_path: Path) -> None:
    folder = site(tmp_path, {"stack.yaml": stack("  - checkout: cuorse\n  - thank-you:\n")})
    done = run("forecast", folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert "did you mean `course`?" in done.stderr
    assert "nothing was forecast" in done.stderr
