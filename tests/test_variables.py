"""Links out of the environment: read where the site is built, and never shown unless they are links."""

from __future__ import annotations

from pathlib import Path

from funnelgen.diagnostics.text import render
from funnelgen.pipeline import check
from funnelgen.site import load_site

from .sites import site

LINKS = "live:\n  checkout: ${LINK_A}\n  checkout+template: ${LINK_B}\n"
SET = {"LINK_A": "https://buy.stripe.com/abc", "LINK_B": " https://buy.stripe.com/def\n"}


def test_a_variable_stands_for_its_link(tmp_path: Path) -> None:
    loaded = load_site(site(tmp_path, {"links.yaml": LINKS}), environ=SET)
    assert loaded.site is not None
    assert loaded.site.links.live == {
        "checkout": "https://buy.stripe.com/abc",
        "checkout+template": "https://buy.stripe.com/def",
    }
    assert check(loaded, "live").diagnostics == ()


def test_missing_ones_are_told_at_once_with_what_to_do(tmp_path: Path) -> None:
    (told,) = check(load_site(site(tmp_path, {"links.yaml": LINKS})), "live").diagnostics
    assert (told.code, told.message) == ("FG414", "the environment has no payment link in `LINK_A`, `LINK_B`")
    assert told.help == "set it where the site is built, as in `LINK_A=https://buy.stripe.com/…`"


def test_a_demo_needs_none(tmp_path: Path) -> None:
    assert check(load_site(site(tmp_path, {"links.yaml": LINKS})), "demo").diagnostics == ()


def test_what_is_no_link_is_not_shown(tmp_path: Path) -> None:
    secret = "sk_" + "live_0123456789abcdef"
    loaded = load_site(site(tmp_path, {"links.yaml": LINKS}), environ={**SET, "LINK_A": secret})
    told = check(loaded, "live").diagnostics
    assert [d.code for d in told] == ["FG414"]
    assert secret not in render(told, loaded.sources)
    assert loaded.site is not None
    assert secret not in repr(loaded.site.links)


def test_a_link_of_the_environment_is_checked_as_any_other(tmp_path: Path) -> None:
    loaded = load_site(
        site(tmp_path, {"links.yaml": LINKS}), environ={**SET, "LINK_B": "https://buy.stripe.com/test_d"}
    )
    assert [d.code for d in check(loaded, "live").diagnostics] == ["FG405"]
