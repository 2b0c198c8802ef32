"""Events: what one says, what is refused, and which builds send any."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, get_args

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.measure.events import IN_PAGES, LONGEST, Name, decode_event
from funnelgen.money import parse_money
from funnelgen.pipeline import Failed
from funnelgen.schemas import schema

from .html import Document
from .sites import ROOT, SMALL, Files, built, found, pages_of, problems, said, site, stack

PURCHASE = {
    "v": 1,
    "event": "purchase",
    "journey": "0123456789abcdef0123456789abcdef",
    "step": "oto",
    "kind": "oto",
    "button": "checkout+template",
    "amount": "124.00",
    "currency": "USD",
    "at": "2026-11-21T21:37:40.123Z",
}


def line(**changes: Any) -> bytes:
    """The purchase as a line of JSON, with some keys changed, or (None) taken away."""
    return json.dumps({k: v for k, v in {**PURCHASE, **changes}.items() if v is not None}).encode()


def test_an_event_comes_back_as_it_went() -> None:
    event = decode_event(line())
    assert event is not None
    assert (event.button, event.amount, event.currency) == ("checkout+template", "124.00", "USD")
    assert parse_money(event.amount or "", "USD").minor_units == 12400
    assert decode_event(msgspec.json.encode(event)) == event


def test_keys_of_a_later_version_mean_nothing() -> None:
    assert decode_event(line(colour="red")) == decode_event(line())


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 2},
        {"v": None},
        {"event": "steal"},
        {"journey": "short"},
        {"journey": "x" * 65},
        {"journey": "0123456789abcde\n"},
        {"journey": "<img src=x onerror=alert(1)>"},
        {"step": "OTO"},
        {"step": "a/b/c"},
        {"step": "a" * 200},
        {"kind": "popup"},
        {"button": None},
        {"button": "checkout+"},
        {"button": "checkout\n"},
        {"amount": None},
        {"amount": "-97.00"},
        {"amount": "1e9"},
        {"amount": "٩٧"},
        {"amount": 97},
        {"amount": "1" * 30},
        {"currency": None},
        {"currency": "usd"},
        {"at": "yesterday"},
        {"at": "2026-11-21T21:37:40"},
        {"event": "select"},
        {"event": "select", "offer": "<b>"},
        {"more": "x" * LONGEST},
    ],
    ids=str,
)
def test_what_keeps_no_bound_is_no_event(changes: dict[str, Any]) -> None:
    assert decode_event(line(**changes)) is None


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"null", b"[]", b"\xff", b'{"v": 1, "z": ' + b"[" * 1_900, b'"\\ud800"', line() + b"\n" + line()],
)
def test_what_is_no_json_is_no_event(text: bytes) -> None:
    assert decode_event(text) is None


@given(st.binary(max_size=2_200) | st.text().map(str.encode))
def test_nobody_can_send_what_makes_reading_fail(text: bytes) -> None:
    event = decode_event(text)
    assert event is None or decode_event(msgspec.json.encode(event)) == event


@given(st.sampled_from(sorted(PURCHASE)), st.none() | st.text() | st.integers() | st.floats() | st.lists(st.text()))
def test_the_schema_and_reading_agree(key: str, value: Any) -> None:
    document = {**PURCHASE, key: value}
    if decode_event(json.dumps(document).encode()) is not None:
        jsonschema.validate(document, schema("event"))


def test_the_guide_names_every_event_and_every_field() -> None:
    guide = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    for name in get_args(Name):
        assert f"`{name}`" in guide
    for field in schema("event")["$defs"]["Event"]["properties"]:
        assert f"| `{field}` |" in guide
    assert set(get_args(Name)) > IN_PAGES


LINKS = """\
live:
  checkout: https://buy.stripe.com/abc
  checkout+template: https://buy.stripe.com/def
test:
  checkout: https://buy.stripe.com/test_abc
  checkout+template: https://buy.stripe.com/test_def
"""
TRACKED = str(SMALL["site.yaml"]) + "tracking: {beacon: https://stats.small.internal:8443/in}\n"
LIVE: Files = {"links.yaml": LINKS, "site.yaml": TRACKED}


def scripts(html: str) -> list[dict[str, str]]:
    """The attributes of every script of a page that is loaded."""
    return [script.attributes for script in Document(html).all("script") if script.get("src")]


def test_live_pages_of_the_path_send_events_where_the_site_says(tmp_path: Path) -> None:
    output = built(site(tmp_path, LIVE), "live")
    (script,) = scripts(pages_of(output)["checkout/index.html"])
    assert script["data-to"] == "https://stats.small.internal:8443/in"
    assert (script["data-step"], script["data-kind"], script["data-currency"]) == ("checkout", "checkout", "USD")
    assert script["data-sells"] == "checkout=97.00&checkout%2Btemplate=124.00"
    assert script["data-bumps"] == "template"
    assert not {"data-paid", "data-consent", "data-way"} & set(script)
    assert script["src"].removeprefix("/") in output.files
    policy = output.files["_headers"].decode()
    assert "connect-src 'self' https://stats.small.internal:8443;" in policy
    assert "script-src 'self';" in policy
    assert not [name for name, data in output.files.items() if b"/_funnel" in data]


def test_the_page_after_the_payment_runs_the_script_before_any_other(tmp_path: Path) -> None:
    pages = pages_of(built(site(tmp_path, LIVE), "live"))
    (script,) = scripts(pages["thank-you/index.html"])
    assert script["data-paid"] == "checkout=97.00&checkout%2Btemplate=124.00"
    assert "defer" not in script
    assert pages["thank-you/index.html"].index("<script") < pages["thank-you/index.html"].index("<title")
    assert "defer" in scripts(pages["checkout/index.html"])[0]


def test_the_ways_without_a_payment_are_known(tmp_path: Path) -> None:
    steps = "  - lead-magnet: guide\n  - sales: course\n  - checkout: course\n  - oto: template\n  - thank-you:\n"
    links = "live: {checkout: https://buy.stripe.com/abc, oto: https://buy.stripe.com/def}\n"
    pages = pages_of(built(site(tmp_path, {**LIVE, "links.yaml": links, "stack.yaml": stack(steps)}), "live"))
    ways = {name: [(s.get("data-way"), s.get("data-next")) for s in scripts(html)] for name, html in pages.items()}
    assert ways["lead-magnet/index.html"] == [("submit", None)]
    assert ways["sales/index.html"] == [("continue", "/checkout/")]
    assert ways["oto/index.html"] == [("decline", "/thank-you/")]
    assert ways["index.html"] == ways["terms/index.html"] == [(None, None)]


def test_consent_comes_first_where_the_law_wants_it(tmp_path: Path) -> None:
    config = TRACKED.replace("[US]", "[US, EU]").replace("seller: {", "tax: included\nseller: {country: US, ")
    pages = pages_of(built(site(tmp_path, {**LIVE, "site.yaml": config}), "live"))
    assert "data-consent" in scripts(pages["sales/index.html"])[0]


@pytest.mark.parametrize(("mode", "config"), [("live", SMALL["site.yaml"]), ("test", TRACKED), ("demo", TRACKED)])
def test_nothing_else_sends_any(tmp_path: Path, mode: Any, config: str) -> None:
    output = built(site(tmp_path, {**LIVE, "site.yaml": config}), mode)
    assert b"connect-src 'self';" in output.files["_headers"]
    for name, data in output.files.items():
        assert b"data-to" not in data, name
        assert b"stats.small.internal" not in data, name
        assert b"/_funnel" not in data, name
    assert built(site(tmp_path, {"links.yaml": LINKS}), mode).files.keys() == output.files.keys()


def test_a_demonstration_has_no_script(tmp_path: Path) -> None:
    output = built(site(tmp_path, LIVE), "demo")
    assert b"script-src" not in output.files["_headers"]
    assert [name for name, data in output.files.items() if b"<script src" in data] == []


def test_a_layout_of_the_sites_own_that_lost_the_script_is_told(tmp_path: Path) -> None:
    layout = (ROOT / "themes" / "base" / "templates" / "layout.html").read_text(encoding="utf-8")
    own = layout.replace('{{ script("journey", page.journey, defer=not page.journey.paid) }}', "")
    site(tmp_path, {**LIVE, "theme/templates/layout.html": own})
    with pytest.raises(Failed, match="lost the script") as failed:
        built(tmp_path, "live")
    assert failed.value.diagnostic.span is not None
    assert failed.value.diagnostic.span.file == "theme/templates/layout.html"


@pytest.mark.parametrize(
    "beacon",
    [
        "http://stats.small.internal/in", "//stats.small.internal/in", "https://localhost/in", "events", "/../events",
        "https://me:secret@stats.small.internal/", "javascript:alert(1)", "/_funnel/events", "/a b", "https://a.b/\\nx",
    ],
)  # fmt: skip
def test_an_address_that_cannot_take_events_is_refused_at_its_place(tmp_path: Path, beacon: str) -> None:
    text = f'{SMALL["site.yaml"]!s}tracking:\n  beacon: "{beacon}"\n'
    (problem,) = problems(site(tmp_path, {"site.yaml": text})).diagnostics
    assert (problem.severity.value, problem.span and problem.span.file) == ("error", "site.yaml"), said(problem)
    assert problem.span is not None
    assert problem.span.line == text.count("\n")
    assert problem.help


def test_a_secret_in_the_address_is_told(tmp_path: Path) -> None:
    text = str(SMALL["site.yaml"]) + "tracking: {beacon: https://stats.small.internal/?key=sk_live_0123456789}\n"
    assert [f for f in found(site(tmp_path, {"site.yaml": text})) if "a secret key stands here" in f]


def test_an_address_out_of_a_guide_is_told_before_going_live(tmp_path: Path) -> None:
    text = str(SMALL["site.yaml"]) + "tracking: {beacon: https://stats.example.com/in}\n"
    told = found(site(tmp_path, {**LIVE, "site.yaml": text}), "live")
    assert [f for f in told if "what takes the events is at `stats.example.com`" in f]


def test_a_health_related_site_sends_nothing_to_advertisers(tmp_path: Path) -> None:
    text = str(SMALL["site.yaml"]) + "sensitive: true\ntracking: {beacon: https://www.google-analytics.com/g}\n"
    assert [f for f in found(site(tmp_path, {"site.yaml": text})) if "in a health-related niche" in f]


def test_the_guide_names_all_that_a_browser_keeps_and_takes_all_of_it_away() -> None:
    scripts = (ROOT / "themes" / "base" / "scripts").glob("*.js")
    kept = {name for path in scripts for name in re.findall(r"sessionStorage\.(\w+)", path.read_text(encoding="utf-8"))}
    guide = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
    (taken,) = re.findall(r"for \(const name of (\[.*\])\) sessionStorage\.removeItem", guide)
    assert set(json.loads(taken)) == kept
    assert {name for name in kept if f"under `{name}`" not in " ".join(guide.split())} == set()
