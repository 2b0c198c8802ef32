"""Which words a visitor can read: what is drawn, whatever the markup says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from funnelgen.pathtest.host import hosting
from funnelgen.pathtest.sight import look_script

RAINBOW = "background:linear-gradient(red, blue);background-clip:text;-webkit-text-fill-color:transparent"


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("<h1 style='color:rgb(0, 0, 0)'>Hello</h1>", "Hello"),
        ("<h1 style='color:transparent'>Hello</h1>", ""),
        ("<h1 style='color:oklch(0 0 0 / 0)'>Hello</h1>", ""),
        ("<h1 style='color:transparent'><b style='color:#000'>Hello</b></h1>", "Hello"),
        ("<h1><b style='color:transparent'>Hello</b></h1>", ""),
        (f"<h1 style='{RAINBOW}'>Hello</h1>", "Hello"),
        (f"<h1 style='{RAINBOW}'><b>Hello</b></h1>", "Hello"),
        ("<h1 style='color:transparent;-webkit-text-stroke:1px #000'>Hello</h1>", "Hello"),
        ("<h1 style='color:transparent;text-shadow:0 0 #000'>Hello</h1>", "Hello"),
        ("<h1 style='text-indent:-9999px;overflow:hidden'>Hello</h1>", ""),
    ],
)
def test_words_that_are_drawn_are_read(browser: Browser, heading: str, words: str) -> None:
    page = browser.new_page()
    with hosting({"index.html": f"<!doctype html><body>{heading}".encode()}) as host:
        page.goto(host.origin)
        assert page.evaluate(look_script(), [])["sight"]["headings"] == [words]
    page.close()
