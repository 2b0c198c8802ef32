"""What is judged once is judged: nothing is taken for fine that was not decided."""

from __future__ import annotations

from playwright.sync_api import Browser

from funnelgen.pathtest.accessibility import Judge
from funnelgen.pathtest.facts import DESKTOP, PHONE
from funnelgen.pathtest.host import hosting
from funnelgen.pathtest.sight import look_script

PALE = "color-contrast: Elements must meet minimum color contrast ratio thresholds, at `{}`"


def judged(browser: Browser, judge: Judge, *bodies: str) -> list[list[str]]:
    """What the judge says of pages, one after another."""
    page = browser.new_page()
    found = []
    for body in bodies:
        whole = f"<!doctype html><html lang=en><title>Words</title><body>{body}"
        with hosting({"index.html": whole.encode()}) as host:
            page.goto(host.origin)
            kinds = page.evaluate(look_script(), [])["kinds"]
            found.append(judge.findings(page, PHONE, kinds))
    page.close()
    return found


def test_a_colour_that_could_not_be_told_over_a_drawing_is_judged_where_it_can(browser: Browser) -> None:
    drawn = "<main style='background:linear-gradient(#000, #fff)'><p style='color:#ccc'>Hello</p></main>"
    plain = "<div><p style='color:#ccc'>Hello</p></div>"
    first, second = judged(browser, Judge(), drawn, plain)
    assert first == []
    assert second == [PALE.format("p")]


def test_of_two_of_one_look_the_one_that_can_be_told_is_judged(browser: Browser) -> None:
    picture = "<i style='position:absolute;inset:0;background:url(data:,)'></i>"
    words = "<p style='position:relative;color:#ccc'>Hello</p>"
    over = f"<section style='position:relative;isolation:isolate'>{picture}{words}</section>"
    (found,) = judged(browser, Judge(), f"<main>{over}<article><p style='color:#ccc'>Hello</p></article></main>")
    assert found == [PALE.format("article > p")]


def test_a_colour_that_was_fine_is_judged_once_and_one_that_was_not_each_time(browser: Browser) -> None:
    fine, pale = "<p style='color:#333'>Hello</p>", "<p style='color:#ccc'>Hello</p>"
    judge = Judge()
    assert judged(browser, judge, fine, pale, pale, fine) == [[], [PALE.format("p")], [PALE.format("p")], []]


def test_another_device_is_spared_what_was_fine_on_the_first(browser: Browser) -> None:
    judge = Judge(first=DESKTOP)
    nameless = "<p>Hello <a href=/ style='display:inline-block;min-width:24px;min-height:24px'></a></p>"
    assert judged(browser, judge, "<p>Hello</p>") == [[]]
    assert judged(browser, judge, "<p>Hello</p>") == [[]]
    (found,) = judged(browser, judge, nameless)
    assert [line.partition(":")[0] for line in found] == ["link-name"]
