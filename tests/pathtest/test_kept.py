"""What is kept of a fault: where it is in the site's files and on its page; and how ways of looking are worded."""

from __future__ import annotations

import pytest

from funnelgen.funnel import compile_funnel
from funnelgen.pathtest.facts import DESKTOP, PHONE, Device
from funnelgen.pathtest.outcome import Fault, Setting
from funnelgen.pathtest.places import place_of
from funnelgen.pathtest.report.words import ways_of_looking
from funnelgen.pathtest.spots import Spot, spot_of

from ..sites import EXAMPLE, built, loaded, place


def fault(check: str, address: str = "/", what: str = "wrong") -> Fault:
    """A fault of a check."""
    return Fault(check=check, address=address, where="here", what=what)


@pytest.mark.parametrize(
    ("check", "address", "file"),
    [
        ("buttons", "/downsell/", "stack.yaml:126:5"),
        ("layout", "/downsell/", "copy/downsell.md:1:1"),
        ("summary", "/demo/checkout/sales-page-template/", "stack.yaml:120:5"),
        ("axe", "/about/", "pages/about.md:1:1"),
        ("axe", "/glossary/order-bump/", "glossary/order-bump.md:1:1"),
        ("axe", "/glossary/", "-"),
        ("ways", "/elsewhere/", "-"),
    ],
)
def test_a_fault_has_its_place_in_the_files_of_the_site(check: str, address: str, file: str) -> None:
    site = loaded(EXAMPLE)
    assert place(place_of(fault(check, address), built(EXAMPLE).manifest, site, compile_funnel(site))) == file


@pytest.mark.parametrize(
    ("check", "what", "spot"),
    [
        ("buttons", "the button `oto` says $69, the stack says $79", Spot('[data-button="oto"]')),
        (
            "buttons",
            "the charge `oto` has 2 buttons that can be seen, and should have one",
            Spot('[data-button="oto"]'),
        ),
        ("buttons", 'the button `"]{}` says nothing', Spot()),
        ("amounts", "it shows `$69` where the stack says 79.00", Spot("[data-amount]", "$69")),
        ("axe", "image-alt: Images must have alternative text, at `main > img`", Spot("main > img")),
        ("decline", "the keyboard does not reach the way to decline", Spot("[data-fg=decline]")),
        ("console", "a script failed: oh", Spot()),
    ],
)
def test_a_picture_points_at_what_a_fault_is_about(check: str, what: str, spot: Spot) -> None:
    assert spot_of(fault(check, what=what)) == spot


@pytest.mark.parametrize(
    ("ways", "words"),
    [
        ([(PHONE, True)], "on phone"),
        ([(PHONE, False)], "on phone without JavaScript"),
        ([(PHONE, True), (PHONE, False)], "on phone, with JavaScript and without"),
        ([(PHONE, True), (DESKTOP, True)], "on phone and desktop"),
        ([(PHONE, False), (DESKTOP, True)], "on phone without JavaScript and desktop"),
        (
            [(PHONE, True), (PHONE, False), (DESKTOP, True)],
            "on phone, phone without JavaScript and desktop",
        ),
    ],
)
def test_ways_of_looking_in_words(ways: list[tuple[Device, bool]], words: str) -> None:
    settings = [Setting(device=device, javascript=script) for device, script in ways]
    assert ways_of_looking(settings) == words
