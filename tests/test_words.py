"""`{{ price("…") }}` in copy: what it says, and that it can say nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.funnel import compile_funnel
from funnelgen.funnel.words import WordError, Words

from .sites import EXAMPLE, SMALL, found, loaded, site, stack


@pytest.fixture(scope="module")
def words() -> Words:
    read = loaded(EXAMPLE)
    return Words(read, compile_funnel(read))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{{ price("launch-your-course") }}', "$97"),
        ("{{price('alumni-circle')}}", "$49"),
        ('{{ total("checkout") }}', "$97"),
        ('{{ total("checkout", bump=true) }}', "$124"),
        ('{{ total("checkout", bump=false) }}', "$97"),
        ('{{ total("checkout", bump="sales-page-template") }}', "$124"),
        ('{{ total("oto") }}', "$400"),
        ("{{ site.name }}", "Harborlight Course Studio"),
        ("{{ site.url }}", "https://launch-your-course.example"),
        ("{{ site.email }}", "help@harborlight.example"),
        (
            'Get it for {{ price("launch-your-course") }}, not {{ price("strategy-calls") }}.',
            "Get it for $97, not $400.",
        ),
        ("No braces, { one } and } two {.", "No braces, { one } and } two {."),
        ("", ""),
    ],
)
def test_what_is_written_is_said(words: Words, text: str, said: str) -> None:
    assert words.fill(text) == said
    assert list(words.mistakes(text)) == []


@pytest.mark.parametrize(
    "expression",
    [
        *('price("launch-your-course")', "price( 'launch-your-course' )", 'price("nothing")', 'price("é")'),
        *('total("checkout")', 'total("checkout", bump=true)', "total('checkout',bump=false)", 'total("nothing")'),
        *('total("checkout", bump="sales-page-template")', "total('checkout', bump='')", 'total("checkout", bump="x")'),
        *('price("oto", bump=true)', "price('oto', bump='x')", "site.name", "site.statement", "site.nothing", "site"),
        *("price(launch-your-course)", 'total("checkout", true)', "total(\"checkout', bump=true)"),
    ],
)
def test_what_is_read_at_once_is_what_the_parser_reads(words: Words, expression: str) -> None:
    assert _said(words._evaluate, expression) == _said(words._read, expression)


def _said(how: Callable[[str], str], expression: str) -> tuple[str, ...]:
    try:
        return (how(expression),)
    except WordError as error:
        return str(error), error.remedy


def test_prices_are_said_in_the_sites_own_words(tmp_path: Path) -> None:
    text = str(SMALL["stack.yaml"]).replace("price: 97", "price: 1234.50")
    read = loaded(site(tmp_path, {"site.yaml": "name: x\nlocale: de-DE\ncurrency: EUR\n", "stack.yaml": text}))
    assert Words(read, compile_funnel(read)).fill('{{ price("course") }}') == "1.234,50\xa0€"


def test_a_plan_is_said_with_its_sum_and_a_trial_with_its_price(tmp_path: Path) -> None:
    offers = "  plan: {name: Plan, pay: 3 x 33}\n  club: {name: Club, price: 49, every: month, trial: 14}\n"
    text = stack("  - checkout: plan\n  - checkout: club\n  - thank-you:\n", offers)
    read = loaded(site(tmp_path, {"stack.yaml": text}))
    words = Words(read, compile_funnel(read))
    assert words.fill('{{ price("plan") }} {{ price("club") }}') == "$99 $49"
    assert words.fill('{{ total("checkout") }} {{ total("checkout-2") }}') == "$33 $0"


def test_each_of_several_stacks_says_its_own_prices(tmp_path: Path) -> None:
    text = str(SMALL["stack.yaml"])
    files = {"stack.yaml": None, "stacks/a.yaml": text, "stacks/b.yaml": text.replace("97", "77")}
    read = loaded(site(tmp_path, files))
    funnel = compile_funnel(read)
    assert [Words(read, funnel, name).fill('{{ price("course") }}') for name in ("a", "b")] == ["$97", "$77"]


@pytest.mark.parametrize(
    "expression",
    [
        "site.__class__",
        "site.__init__.__globals__",
        "site.name.__class__",
        "price.__self__",
        "price.__func__.__globals__",
        "''.__class__.__mro__[1].__subclasses__()",
        "self",
        "self.__init__",
        "cycler.__init__.__globals__.os",
        "lipsum",
        "namespace",
        "range(999999999)",
        "dict(a=1)",
        "joiner()",
        "config",
        "request",
        "price | attr('__class__')",
        'price("launch-your-course") | upper',
        "site.name | center(999999999)",
        "site.name.center(999999999)",
        "site.name.format(site)",
        "9 ** 9 ** 9",
        "'x' * 999999999",
        "1 + 1",
        "-1",
        "not true",
        "1 < 2",
        "'a' ~ 'b'",
        "[price]",
        "{'a': price}",
        "(1, 2)",
        "site['name']",
        "site.name[0]",
        "price('a') if true",
        "price(*['a'])",
        "price(**{'offer': 'a'})",
        "price(offer)",
        "x is defined",
        "import os",
        "",
        "1",
        "none",
        "price",
        "site",
        "total",
        "price()",
        "price(1)",
        "price('a', 'b', 'c')",
        "price('launch-your-course', bump=true)",
        "total('checkout', bump=none)",
        "total('checkout', bumps=true)",
        "total('nowhere')",
        "total('thank-you')",
        "price('')",
        "site.nmae",
        "unknown",
        "price('launch-your-course'",
        "price('launch-your-course)",
        "'" * 199,
        "(" * 199,
        "a." * 99 + "a",
        "x" * 500,
    ],
)
def test_nothing_else_can_be_said(words: Words, expression: str) -> None:
    text = "One {{ " + expression + " }} two"
    with pytest.raises(WordError) as error:
        words.fill(text)
    assert error.value.remedy
    (mistake,) = list(words.mistakes(text))
    assert mistake.start == 4
    assert mistake.message == str(error.value)
    assert mistake.text.startswith("{{ ")


@pytest.mark.parametrize(
    "code", ["{% for x in range(9) %}", "{% include 'x' %}", "{%- set x = 1 -%}", "{% raw %}", "{%"]
)
def test_template_code_is_refused(words: Words, code: str) -> None:
    assert [m.message for m in words.mistakes(code)] == ["template code is not allowed here"]


def test_a_mistake_is_shown_at_its_own_place(tmp_path: Path) -> None:
    text = 'A {{ price("course") }}\nand {{ price("cuorse") }} and {{ price("cuorse") }}\n\n{{ nope\n'
    assert found(site(tmp_path, {"copy/sales.md": text})) == [
        "FG301 error copy/sales.md:2:5 no offer is called `cuorse`",
        "FG301 error copy/sales.md:2:31 no offer is called `cuorse`",
        "FG301 error copy/sales.md:4:1 `{{` is never closed",
    ]


def test_an_expression_may_go_over_two_lines(words: Words) -> None:
    assert words.fill('{{ price(\n  "launch-your-course"\n) }}') == "$97"


@given(st.text("{}%() .\"'=,abcpricetotalsitename0\n", max_size=60) | st.text(max_size=60))
def test_any_text_is_filled_in_or_refused(text: str) -> None:
    read = loaded(EXAMPLE)
    words = Words(read, compile_funnel(read))
    mistakes = list(words.mistakes(text))
    if mistakes:
        with pytest.raises(WordError):
            words.fill(text)
    else:
        words.fill(text)
    for mistake in mistakes:
        assert text[mistake.start :].startswith(mistake.text)
        assert mistake.remedy
