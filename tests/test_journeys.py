"""The preview's book of journeys: what is written down, in which words, and what it adds up to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from funnelgen.funnel.manifest import Manifest
from funnelgen.pipeline import build, check
from funnelgen.preview.journeys.book import MOST_JOURNEYS, MOST_MOMENTS, Book
from funnelgen.preview.journeys.page import journeys_page, new_visitor_page
from funnelgen.preview.journeys.story import Line, Story, story_of
from funnelgen.site import load_site

from .html import Document
from .sites import EXAMPLE, built, site, stack

ADA, BEN = "a" * 32, "b" * 32
WITH_BUMP = "checkout+sales-page-template"


@cache
def example() -> Manifest:
    """The example's manifest."""
    checked = check(load_site(EXAMPLE), "demo")
    assert checked.site is not None
    assert checked.funnel is not None
    return build(checked.site, checked.funnel, "demo").manifest


def line(event: str, step: str, at: int = 0, *, journey: str = ADA, **more: Any) -> bytes:
    """What a page sends at a second of the hour."""
    money = {"amount": "0.01", "currency": "XXX"} if "button" in more else {}
    time = f"2026-11-21T21:{at // 60:02}:{at % 60:02}.000Z"
    said: Mapping[str, Any] = {"v": 1, "event": event, "journey": journey, "step": step, "kind": "oto", "at": time}
    return json.dumps({**said, **money, **more}).encode()


def told(*lines: bytes, manifest: Manifest | None = None) -> Story:
    """The story of the visitor that something happened to last."""
    book = Book()
    for sent in lines:
        assert book.note(sent, manifest or example()), sent
    return story_of(book.journeys()[0], manifest or example())


def in_words(story: Story) -> list[str]:
    """A story as it reads: a page in capitals, then what happened there."""
    return [words for stop in story.stops for words in (stop.step.upper(), *map(_in_words, stop.lines))]


def _in_words(line: Line) -> str:
    return " ".join(filter(None, (line.words, line.about, line.amount)))


def test_a_journey_reads_as_what_happened() -> None:
    story = told(
        line("view", "lead-magnet", 1),
        line("submit", "lead-magnet", 2),
        line("view", "checkout", 3),
        line("select", "checkout", 4, offer="sales-page-template"),
        line("accept", "checkout", 5, button=WITH_BUMP),
        line("purchase", "oto", 6, button=WITH_BUMP),
        line("view", "oto", 6),
        line("decline", "oto", 7),
        line("view", "downsell", 8),
        line("accept", "downsell", 9, button="downsell"),
        line("purchase", "thank-you", 10, button="downsell"),
    )
    assert in_words(story) == [
        "LEAD-MAGNET",
        "sent the form",
        "CHECKOUT",
        "ticked Sales Page Template + $27",
        "accepted Launch Your Course + Sales Page Template $124",
        "paid Launch Your Course + Sales Page Template $124",
        "OTO",
        "declined Three 1:1 Strategy Calls",
        "DOWNSELL",
        "accepted Quick Wins Video Library $79",
        "paid Quick Wins Video Library $79",
    ]
    assert (story.total, story.charges, story.more) == ("$203.00", 2, "")


def test_who_went_to_pay_and_came_back_has_not_paid() -> None:
    story = told(
        line("view", "checkout", 1),
        line("accept", "checkout", 2, button="checkout"),
        line("view", "checkout", 3),
        line("accept", "checkout", 4, button="checkout"),
        line("view", "sales", 5),
    )
    assert in_words(story)[2:] == [
        "came back without paying",
        "CHECKOUT",
        "accepted Launch Your Course $97",
        "left the payment without paying",
        "SALES",
    ]
    assert (story.total, story.charges) == ("$0.00", 0)


def test_who_pays_twice_is_charged_twice() -> None:
    story = told(
        line("accept", "checkout", 1, button="checkout"),
        line("purchase", "oto", 2, button="checkout"),
        line("purchase", "oto", 3, button="checkout"),
    )
    assert in_words(story)[2:] == ["paid Launch Your Course $97", "paid again Launch Your Course $97"]
    assert "second charge" in story.stops[0].lines[2].note
    assert (story.total, story.charges) == ("$194.00", 2)


def test_what_is_charged_later_stands_beside_the_total() -> None:
    story = told(line("purchase", "thank-you", 1, button="thank-you"))
    assert (story.total, story.more) == ("$49.00", "then $49 a month")


def test_a_plan_and_a_trial_say_what_is_still_to_come(tmp_path: Path) -> None:
    extra = "  plan: {name: Plan, pay: 3 x 33, deliver: course.pdf}\n"
    extra += "  club: {name: Club, price: 9, every: month, trial: 14}\n"
    steps = "  - checkout: plan\n  - thank-you:\n    cross-sell: club\n"
    manifest = built(
        site(tmp_path, {"stack.yaml": stack(steps, extra), "copy/lead-magnet.md": None, "copy/sales.md": None})
    ).manifest
    lines = (line("purchase", "thank-you", n, button=id) for n, id in enumerate(("checkout", "thank-you")))
    story = told(*lines, manifest=manifest)
    assert (story.total, story.charges) == ("$33.00", 2)
    assert story.more == "then 2 × $33, then $9 a month after 14 days"


@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter(order: list[int]) -> None:
    lines = [
        line("view", "checkout", 1),
        line("accept", "checkout", 2, button="checkout"),
        line("purchase", "oto", 3, button="checkout"),
        line("view", "oto", 3),
        line("decline", "oto", 4),
        line("view", "downsell", 5),
    ]
    assert told(*(lines[n] for n in order)) == told(*lines)


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"<b>",
        line("view", "no-such-step"),
        line("purchase", "oto", button="no-such-button"),
        line("select", "checkout", offer="no-such-offer"),
        line("refund", "oto", button="checkout"),
        line("purchase", "oto"),
        b" " * 3_000,
    ],
)
def test_what_is_no_event_of_this_site_is_not_written_down(sent: bytes) -> None:
    book = Book()
    assert not book.note(sent, example())
    assert book.journeys() == ()


def test_the_newest_journey_stands_first_and_each_visitor_keeps_a_number() -> None:
    book = Book()
    for journey, at in ((ADA, 1), (BEN, 2), (ADA, 3)):
        book.note(line("view", "sales", at, journey=journey), example())
    assert [(j.number, len(j.moments)) for j in book.journeys()] == [(1, 2), (2, 1)]


def test_the_book_has_an_end() -> None:
    book = Book()
    for number in range(MOST_JOURNEYS + 20):
        book.note(line("view", "sales", journey=f"{number:032}"), example())
    assert len(book.journeys()) == MOST_JOURNEYS
    assert book.journeys()[0].number == MOST_JOURNEYS + 20
    for number in range(MOST_MOMENTS + 20):
        book.note(line("view", "sales", number, journey=ADA), example())
    (busy, *_) = book.journeys()
    assert len(busy.moments) == MOST_MOMENTS
    assert busy.full
    assert "what came after them is not noted" in page_of(book)


def test_a_price_that_changes_leaves_what_was_paid_before() -> None:
    dearer = structs.replace(
        example(),
        buttons=tuple(
            structs.replace(b, today=structs.replace(b.today, value="99.00", short="$99", text="$99.00"))
            for b in example().buttons
        ),
    )
    book = Book()
    book.note(line("purchase", "oto", 1, button="checkout"), example())
    book.note(line("purchase", "oto", 2, button="checkout"), dearer)
    assert story_of(book.journeys()[0], dearer).total == "$196.00"


def test_another_currency_begins_a_new_book() -> None:
    euros = structs.replace(example(), site=structs.replace(example().site, currency="EUR"))
    book = Book()
    book.note(line("purchase", "oto", 1, button="checkout"), example())
    book.note(line("view", "oto", 2), euros)
    assert [len(journey.moments) for journey in book.journeys()] == [1]


def page_of(book: Book, manifest: Manifest | None = None) -> str:
    """The page's HTML."""
    return journeys_page(book.journeys(), manifest or example()).decode()


def test_the_page_shows_journeys_and_where_to_begin_again() -> None:
    book = Book()
    assert "Nobody has come yet" in page_of(book)
    book.note(line("purchase", "oto", 1, button=WITH_BUMP), example())
    page = Document(page_of(book))
    assert "Visitor 1" in page.lines
    assert any("$124.00" in line for line in page.lines)
    assert "/_funnel/new?start=lead-magnet" in [a.get("href") for a in page.all("a")]


def test_visitors_who_only_looked_are_one_line() -> None:
    book = Book()
    book.note(line("purchase", "oto", 1, button=WITH_BUMP), example())
    for number in range(12):
        book.note(line("view", "sales", 2 + number, journey=f"{ADA[:-2]}{number:02}"), example())
    lines = Document(page_of(book)).lines
    assert [it for it in lines if re.fullmatch(r"Visitor \d+", it)] == ["Visitor 13", "Visitor 1"]
    assert "11 visitors saw one page and left." in lines


def test_names_with_markup_are_only_names(tmp_path: Path) -> None:
    evil = '"<img src=x onerror=alert(1)>"'
    text = stack("  - checkout: course\n  - thank-you:\n").replace("The Course", evil[1:-1])
    manifest = built(site(tmp_path, {"stack.yaml": text, "copy/lead-magnet.md": None, "copy/sales.md": None})).manifest
    book = Book()
    assert book.note(line("accept", "checkout", 1, button="checkout"), manifest)
    assert "<img" not in page_of(book, manifest)


@pytest.mark.parametrize("start", ["", "lead-magnet", "oto", "//evil.example", "javascript:alert(1)", '"><script>'])
def test_a_new_visitor_begins_at_an_entry_of_the_site(start: str) -> None:
    page = Document(new_visitor_page(start, example()).decode())
    assert [a.get("href") for a in page.all("a")] == ["/lead-magnet/"]
    assert [s.get("data-to") for s in page.all("script")] == ["/lead-magnet/"]
