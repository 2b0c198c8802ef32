"""The funnel map: laws of its layout, what it shows, and that no name can break a picture."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelgen.funnel import Funnel
from funnelgen.map.grid import Sizes
from funnelgen.map.mermaid import as_mermaid
from funnelgen.map.page import DRAWN, LIVE, draw_page, live_map
from funnelgen.map.routes import Box, Layout, Point
from funnelgen.map.svg import broken, draw_svg, fit
from funnelgen.map.view import FunnelMap, StackMap, layout_of, map_of

from .html import Document
from .sites import EXAMPLE, ROOT, SMALL, checked, funnel_of, loaded, site, site_of, stack
from .test_cli import run
from .test_funnel import stacks

GOLDEN = ROOT / "docs" / "map.svg"
SIZES = [Sizes(), *DRAWN.values(), *LIVE.values()]


def drawn(folder: Path) -> FunnelMap:
    """The map of the site in `folder`, with what was found wrong with it."""
    result = checked(folder)
    assert result.site is not None
    assert result.funnel is not None
    return map_of(result.site, result.funnel, result.diagnostics)


def layouts(map: FunnelMap, sizes: Sizes) -> Iterator[tuple[StackMap, Layout]]:
    for shown in map.stacks:
        yield shown, layout_of(map, shown, sizes)


@pytest.fixture(scope="module")
def example() -> FunnelMap:
    return drawn(EXAMPLE)


# --- the layout ------------------------------------------------------------------------------------------------------


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.x + b.width and b.x < a.x + a.width and a.y < b.y + b.height and b.y < a.y + a.height


def crosses(line: tuple[Point, Point], box: Box) -> bool:
    """Whether a straight line runs through the inside of a box."""
    (ax, ay), (bx, by) = line
    return (
        min(ax, bx) < box.x + box.width
        and max(ax, bx) > box.x
        and min(ay, by) < box.y + box.height
        and max(ay, by) > box.y
    )


def on_edge(point: Point, box: Box) -> bool:
    x, y = point
    beside = x in (box.x, box.x + box.width) and box.y <= y <= box.y + box.height
    return beside or (y in (box.y, box.y + box.height) and box.x <= x <= box.x + box.width)


def holds(map: FunnelMap, sizes: Sizes) -> None:
    """The laws that every map keeps."""
    for stack_, layout in layouts(map, sizes):
        boxes = {box.node: box for box in layout.boxes}
        assert set(boxes) == {card.id for card in stack_.cards}
        assert not [pair for pair in combinations(layout.boxes, 2) if overlap(*pair)]
        assert all(b.x > 0 and b.x + b.width < layout.width for b in layout.boxes)
        assert all(b.y > 0 and b.y + b.height <= layout.height for b in layout.boxes)
        assert [stack_.edges[route.edge] for route in layout.routes] == list(stack_.edges)
        for route in layout.routes:
            edge = map.funnel.edges[stack_.edges[route.edge]]
            lines = list(pairwise(route.points))
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in lines)
            assert all(0 <= x <= layout.width and 0 <= y <= layout.height for x, y in route.points)
            assert not [box.node for box in layout.boxes for line in lines if crosses(line, box)]
            assert on_edge(route.points[0], boxes[edge.source])
            if edge.target is not None:
                assert on_edge(route.points[-1], boxes[edge.target])


@given(stacks(onwards=False, known=False), st.sampled_from(SIZES))
def test_pages_stand_apart_and_every_way_is_drawn_once_around_them(funnel: Funnel, sizes: Sizes) -> None:
    holds(map_of(site_of(), funnel), sizes)


@pytest.mark.parametrize("sizes", SIZES)
def test_the_same_for_a_path_of_sixteen_pages(tmp_path: Path, sizes: Sizes) -> None:
    holds(drawn(site(tmp_path, {"stack.yaml": stack(LONG)})), sizes)


LONG = """\
  - lead-magnet: guide
  - tripwire: course
    decline: sales
  - thank-you:
    id: kit
  - sales: course
  - checkout: course
    bump: template
  - oto: course
    downsell: template
  - oto: course
    decline: all
  - oto: course
    downsell: {offer: template, accept: all, decline: oto-5}
  - oto: course
  - oto: course
    accept: all
    decline: oto-6
  - oto: course
    accept: end
  - thank-you:
    id: all
    cross-sell: template
    continue: end
  - thank-you:
    id: end
"""


def test_a_downsell_stands_below_its_oto_and_the_path_runs_from_left_to_right(example: FunnelMap) -> None:
    boxes = {box.node: box for _, layout in layouts(example, Sizes()) for box in layout.boxes}
    path = [boxes[id] for id in ("lead-magnet", "sales", "checkout", "oto", "thank-you")]
    assert [b.x for b in path] == sorted(b.x for b in path)
    assert len({b.y for b in path}) == 1
    assert boxes["downsell"].x == boxes["oto"].x
    assert boxes["downsell"].y > boxes["oto"].y + boxes["oto"].height


def test_the_way_onwards_is_straight(example: FunnelMap) -> None:
    (stack_, layout), *_ = layouts(example, Sizes())
    straight = [r for r in layout.routes if len(r.points) == 2]
    ways = [(e.source, e.name) for e in (example.funnel.edges[stack_.edges[r.edge]] for r in straight)]
    assert ways == [
        ("lead-magnet", "submit"),
        ("sales", "continue"),
        ("checkout", "accept"),
        ("oto", "accept"),
        ("oto", "decline"),
    ]


def test_a_long_path_is_broken_into_bands(tmp_path: Path) -> None:
    map = drawn(site(tmp_path, {"stack.yaml": stack(LONG)}))
    (_, layout), *_ = layouts(map, Sizes())
    assert layout.width < 1200
    assert len({box.x for box in layout.boxes}) == 4


# --- what it shows ---------------------------------------------------------------------------------------------------


def test_each_page_has_its_ways_out_with_what_they_charge(example: FunnelMap) -> None:
    shown = {
        card.id: [(exit.name, exit.target, [charge.amount for charge in exit.charges]) for exit in card.exits]
        for card in example.stacks[0].cards
    }
    assert shown == {
        "lead-magnet": [("submit", "sales", [""])],
        "sales": [("continue", "checkout", [""])],
        "checkout": [("accept", "oto", ["$97", "$124"])],
        "oto": [("accept", "thank-you", ["$400"]), ("decline", "downsell", [""])],
        "downsell": [("accept", "thank-you", ["$79"]), ("decline", "thank-you", [""])],
        "thank-you": [("accept", "thank-you", ["$49/mo"])],
    }
    assert [card.id for card in example.stacks[0].cards if card.is_entry] == ["lead-magnet"]
    assert [card.id for card in example.stacks[0].cards if card.is_end] == ["thank-you"]


def test_shares_follow_the_forecast(example: FunnelMap) -> None:
    shares = {(card.id, exit.name): exit.share for card in example.stacks[0].cards for exit in card.exits}
    assert shares["checkout", "accept"] == 1000
    assert (shares["oto", "accept"], shares["oto", "decline"]) == (80, 920)
    assert (shares["downsell", "accept"], shares["downsell", "decline"]) == (92, 828)


def test_four_bumps_are_told_in_four_rows(tmp_path: Path) -> None:
    extras = "".join(f"  b{n}: {{name: B{n}, category: template, price: {n + 1}, pitch: P.}}\n" for n in range(4))
    steps = "  - checkout: course\n    bump: [b0, b1, b2, b3]\n  - thank-you:\n"
    checkout, _ = drawn(site(tmp_path, {"stack.yaml": stack(steps, extras)})).stacks[0].cards
    charges = [(c.label, c.amount) for exit in checkout.exits for c in exit.charges]
    assert charges == [("Accept", "$97"), ("+ B0", "$98"), ("and 13 more", ""), ("+ B0 + B1 + B2 + B3", "$107")]


def test_a_finding_is_pinned_to_the_page_that_it_concerns(tmp_path: Path) -> None:
    more = "  calls: {name: Calls, category: calls, price: 900, promise: P., shape: S., access: A., refund: R.}\n"
    steps = "  - sales: course\n  - checkout: course\n  - oto: calls\n  - thank-you:\n"
    changes = {
        "stack.yaml": stack(steps, more),
        "copy/oto.md": "Words with [a link](step:nowhere).\n",
        "copy/spare.md": "x\n",
    }
    map = drawn(site(tmp_path, changes))
    pins = {card.id: {d.code for d in card.findings} for card in map.stacks[0].cards}
    result = checked(tmp_path)
    assert {"FG204", "FG310"} & pins["oto"]
    assert not pins["sales"]
    said = {d.code for card in map.stacks[0].cards for d in card.findings} | {d.code for d in map.findings}
    assert said == {d.code for d in result.diagnostics}
    elsewhere = {d.span.file for d in map.findings if d.span}
    assert "copy/spare.md" in elsewhere
    assert "copy/oto.md" not in elsewhere


def test_several_stacks_stand_below_each_other(tmp_path: Path) -> None:
    one = stack("  - checkout: course\n  - thank-you:\n")
    folder = site(tmp_path, {"stack.yaml": None, "stacks/coaches.yaml": one, "stacks/teachers.yaml": one})
    map = drawn(folder)
    assert [s.name for s in map.stacks] == ["coaches", "teachers"]
    assert [card.id for s in map.stacks for card in s.cards] == [
        "coaches/checkout",
        "coaches/thank-you",
        "teachers/checkout",
        "teachers/thank-you",
    ]
    text = draw_svg(map)
    assert text.index("coaches: for people") < text.index("teachers: for people")


def test_every_trace_of_the_page_has_the_total_of_its_buttons(example: FunnelMap) -> None:
    totals = {"nothing is bought": "$0"}
    tracer = example.stacks[0].tracer
    assert tracer is not None
    for card in example.stacks[0].cards:
        for exit in card.exits:
            for charge in exit.charges:
                trace = tracer.through(example.funnel.edges[exit.edge], charge.button)
                totals[f"{card.id} {exit.name} {charge.button or ''}".strip()] = trace.total
    assert totals == {
        "nothing is bought": "$0",
        "lead-magnet submit": "$97",
        "sales continue": "$97",
        "checkout accept checkout": "$97",
        "checkout accept checkout+sales-page-template": "$124",
        "oto accept oto": "$497",
        "oto decline": "$97",
        "downsell accept downsell": "$176",
        "downsell decline": "$97",
        "thank-you accept thank-you": "$146",
    }
    paid = tracer.through(example.funnel.edges[3], "oto").paid
    assert paid == {"lead-magnet": "", "sales": "", "checkout": "", "oto": "$97", "thank-you": "$497"}


# --- the picture -----------------------------------------------------------------------------------------------------


def test_the_picture_of_the_example_is_as_it_was(example: FunnelMap) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(draw_svg(example), encoding="utf-8")
    assert draw_svg(example) == GOLDEN.read_text(encoding="utf-8")


def test_the_same_site_gives_the_same_picture_page_and_text() -> None:
    one, two = drawn(EXAMPLE), drawn(EXAMPLE)
    for write in (draw_svg, draw_page, as_mermaid):
        assert write(one) == write(two)


NAMES = [
    '<script>alert("x")</script>',
    "]]> & <!-- --> \"quoted\" 'single'",
    "`code` **bold** [link](http://x) | pipe",
    '"] --> n0[" end',
    "#quot; &amp; %% comment",
    "日本語のとても長い名前 🎉👩‍👩‍👧",
    "اسم عربي",
    "{{ price }} {% x %}",
]


def named(folder: Path, name: str) -> Path:
    """A site on which everything has an odd name."""
    text = stack("  - lead-magnet: guide\n  - checkout: odd\n    bump: other\n  - thank-you:\n    cross-sell: guide\n")
    quoted = "'" + name.replace("'", "''") + "'"
    odd = f"  odd: {{name: {quoted}, price: 9, category: x}}\n  other: {{name: {quoted}, price: 1, category: y}}\n"
    text = text.replace("steps:", f"{odd}steps:").replace("audience: people who test", f"audience: {quoted}")
    return site(folder, {"stack.yaml": text})


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_the_picture(tmp_path: Path, name: str) -> None:
    text = draw_svg(drawn(named(tmp_path, name)))
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [e.tag for e in root.iter() if e.tag.endswith("script")]
    desc = next(e for e in root if e.tag.endswith("desc")).text or ""
    assert name in desc


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_the_page(tmp_path: Path, name: str) -> None:
    text = draw_page(drawn(named(tmp_path, name)))
    document = Document(text)
    assert name in document.words
    assert text.count("<script") == 2
    assert len(re.findall(r" on[a-z]+=|javascript:| style=", text.partition("<body>")[2].partition("<script>")[0])) == 0


@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_the_chart(tmp_path: Path, name: str) -> None:
    lines = as_mermaid(drawn(named(tmp_path, name))).splitlines()
    assert lines[1:3] == ["```mermaid", "flowchart LR"]
    assert lines[-1] == "```"
    quoted = r'"(<b>|</b>|<br>|[^"`<>\[\]{}|])*"'
    for line in lines[3:-1]:
        assert re.fullmatch(rf"  (n\d\(?\[{quoted}\]\)?|n\d [-=.>]+\|{quoted}\| n\d|linkStyle .*)", line)


@settings(max_examples=40)
@given(stacks(onwards=False, known=False))
def test_any_funnel_can_be_drawn_however_broken(funnel: Funnel) -> None:
    map = map_of(site_of(), funnel)
    ElementTree.fromstring(draw_svg(map))
    html = draw_page(map)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert as_mermaid(map).count(" n") >= len(funnel.edges)


def test_a_stack_without_steps_is_an_empty_picture(tmp_path: Path) -> None:
    map = drawn(site(tmp_path, {"stack.yaml": str(SMALL["stack.yaml"]).partition("steps:")[0] + "steps: []\n"}))
    assert map.stacks == ()
    ElementTree.fromstring(draw_svg(map))
    assert "Funnel map" in draw_page(map)


def test_pages_of_stacks_with_names_alike_are_told_apart(tmp_path: Path) -> None:
    changes: dict[str, str | None] = {"stack.yaml": None}
    for name, id in (("a", "b-c"), ("a-b", "c")):
        changes[f"stacks/{name}.yaml"] = stack(f"  - checkout: course\n    id: {id}\n  - thank-you:\n")
    ids = re.findall(r' id="(page-[^"]+)"', draw_page(drawn(site(tmp_path, changes))))
    assert ids == ["page-a-b_c", "page-a-b_thank-you", "page-a_b-c", "page-a_thank-you"]


def test_the_picture_stands_alone(example: FunnelMap) -> None:
    text = draw_svg(example)
    assert "prefers-color-scheme: dark" in text
    assert not re.search(r"<script|@import|url\(|href", text)
    assert re.findall(r"https?://[^\s\"]+", text) == ["http://www.w3.org/2000/svg"]


def test_a_text_takes_the_room_that_there_is() -> None:
    assert fit("short", 100, 13) == "short"
    assert fit("A name that is much too long", 80, 13).endswith("…")
    assert len(fit("W" * 50, 100, 13)) < len(fit("i" * 50, 100, 13))
    assert broken("Three 1:1 Strategy Calls", 148, 13) == ["Three 1:1 Strategy", "Calls"]
    assert len(broken("x" * 90, 148, 13)) == 1


# --- for the preview -------------------------------------------------------------------------------------------------


def framed(html: bytes) -> list[str]:
    """The addresses of the frames."""
    return re.findall(r'<iframe src="([^"]*)"', html.decode())


def test_the_live_page_shows_each_page_in_a_frame_that_can_do_nothing(example: FunnelMap) -> None:
    live = live_map(example, lambda address: "m1", events="/_funnel/events?page=/")
    frames = re.findall(r"<iframe[^>]*>", live.html.decode())
    assert framed(live.html) == [f"{card.address}?v=m1&amp;still=1" for card in example.stacks[0].cards]
    assert all('sandbox="allow-same-origin"' in f and "inert" in f and 'tabindex="-1"' in f for f in frames)
    assert "/oto/" in Document(live.html.decode()).links()
    assert 'data-events="/_funnel/events?page=/"' in live.html.decode()
    assert "unsafe" not in live.policy
    assert "frame-src 'self'" in live.policy


def test_a_frame_has_another_address_when_its_page_has_changed(example: FunnelMap) -> None:
    marks = {"/oto/": 'W/"new mark"'}
    before, after = (framed(live_map(example, mark).html) for mark in (lambda a: "old", lambda a: marks.get(a, "old")))
    assert [a != b for a, b in zip(before, after, strict=True)] == [False, False, False, True, False, False]
    assert after[3] == "/oto/?v=W%2F%22new%20mark%22&amp;still=1"


def test_a_page_that_could_not_be_built_is_drawn(tmp_path: Path) -> None:
    folder = site(tmp_path, {"stack.yaml": stack("  - checkout: cuorse\n    accept: nowhere\n  - thank-you:\n")})
    html = live_map(drawn(folder), lambda address: "").html.decode()
    assert "<iframe" not in html
    assert "leads nowhere" in html
    assert "No forecast" in html


# --- the command -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "begins"), [("m.svg", "<?xml"), ("m.html", "<!doctype html>"), ("m.md", "<!-- made by")]
)
def test_the_ending_says_what_is_written(tmp_path: Path, name: str, begins: str) -> None:
    target = tmp_path / name
    for _ in range(2):  # what it made itself it may replace
        done = run("map", EXAMPLE, "-o", target)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", f"drew {target}\n")
    assert target.read_text(encoding="utf-8").startswith(begins)
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_on_the_terminal_it_is_mermaid_or_what_is_asked_for() -> None:
    assert run("map", EXAMPLE).stdout.startswith("<!-- made by funnelgen map -->\n```mermaid\nflowchart LR\n")
    assert run("map", EXAMPLE, "--format", "svg").stdout == GOLDEN.read_text(encoding="utf-8")


def test_a_file_that_somebody_wrote_is_not_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "sales.md"
    mine.write_text("My words.\n")
    done = run("map", EXAMPLE, "-o", mine)
    assert done.returncode == 1
    assert f"`{mine}` was not made by funnelgen, and would be replaced" in done.stderr
    assert mine.read_text() == "My words.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["-o", "map.png"], 2, "`map.png` ends in none of .svg, .html and .md"),
        (["-o", "no/such/folder/map.svg"], 1, "cannot be written"),
        (["--rate", "oto=120"], 2, "`120` is no take rate"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    done = run("map", EXAMPLE, *arguments, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_funnel_is_drawn_with_its_findings_and_fails(tmp_path: Path) -> None:
    text = stack("  - sales: course\n    continue: checkuot\n  - checkout: course\n  - thank-you:\n")
    done = run("map", site(tmp_path, {"stack.yaml": text}), "--format", "svg")
    assert done.returncode == 1
    assert "did you mean `checkout`?" in done.stderr
    assert "continue leads to nowhere" in done.stdout
    assert "FG102" in done.stdout


def test_a_site_that_cannot_be_read_is_not_drawn(tmp_path: Path) -> None:
    done = run("map", site(tmp_path, {"stack.yaml": "steps: [\n"}))
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing was drawn" in done.stderr


def test_rates_change_the_picture() -> None:
    usual, given_ = (run("map", EXAMPLE, "--format", "svg", *rate).stdout for rate in ([], ["--rate", "oto=20"]))
    assert "$137.10" in usual
    assert "$185.10" in given_


def test_a_map_needs_no_build(tmp_path: Path) -> None:
    folder = site(tmp_path)
    assert run("map", folder).returncode == 0
    assert not (folder / "dist").exists()
    assert not (folder / ".funnelgen").exists()
    assert funnel_of(folder).entries == (map_of(loaded(folder), funnel_of(folder)).stacks[0].cards[0].id,)
