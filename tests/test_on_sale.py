"""What is not on sale cannot be bought, and nobody is lost over it: who comes can wait, who bought is served."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from funnelgen.funnel import compile_funnel
from funnelgen.funnel.closing import closing_of, ends_on
from funnelgen.funnel.manifest import encode_manifest
from funnelgen.map.mermaid import as_mermaid
from funnelgen.map.view import map_of
from funnelgen.pathtest.plan import in_words, make_plan
from funnelgen.site import load_site
from funnelgen.site.models import Offer

from .sites import ROOT, SMALL, built, loaded, pages_of, said, site

COURSE = "  course:\n    name: The Course\n"
STACK = str(SMALL["stack.yaml"])
BEFORE, OPEN, AFTER = date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 7)
WINDOW = "    open: 2026-12-01\n    closes: 2026-12-06\n"


def small(folder: Path, keys: str, **more: str) -> Path:
    """The small site, its course with further keys."""
    return site(folder, {"stack.yaml": STACK.replace(COURSE, COURSE + keys), **more})


@pytest.mark.parametrize(
    ("keys", "today", "words"),
    [
        ({"open": "2026-12-01"}, "2026-11-30", "opens on 2026-12-01"),
        ({"open": "2026-12-01"}, "2026-12-01", None),
        ({"closes": "2026-12-06"}, "2026-12-06", None),
        ({"closes": "2026-12-06"}, "2026-12-07", "closed since 2026-12-06"),
        ({"open": "2026-12-06", "closes": "2026-12-06"}, "2026-12-06", None),
        ({"closes": "2026-12-06", "open": "2027-03-01"}, "2026-12-06", None),
        ({"closes": "2026-12-06", "open": "2027-03-01"}, "2026-12-07", "opens on 2027-03-01"),
        ({"closes": "2026-12-06", "open": "2027-03-01"}, "2027-03-01", None),
        ({"sold_out": True}, "2026-12-07", "sold out"),
        ({"closed": True}, "2026-12-07", "closed"),
        ({"sold_out": True, "open": "2027-03-01"}, "2026-12-07", "opens on 2027-03-01"),
    ],
)
def test_an_offer_is_sold_from_the_beginning_of_one_day_to_the_end_of_another(
    keys: dict[str, str], today: str, words: str | None
) -> None:
    closing = closing_of(Offer(name="The Course", **keys), date.fromisoformat(today))  # type: ignore[arg-type]  # keys of several types
    assert (closing.words if closing else None) == words


def test_the_last_day_is_named_only_while_it_is_to_come() -> None:
    offer = Offer(name="The Course", closes="2026-12-06")
    assert ends_on(offer, date(2026, 12, 6)) == date(2026, 12, 6)
    assert ends_on(offer, date(2026, 12, 7)) is None


@pytest.mark.parametrize("today", [BEFORE, AFTER])
def test_a_closed_page_has_a_waiting_list_in_the_place_of_its_button(tmp_path: Path, today: date) -> None:
    output = built(small(tmp_path, WINDOW), today=today)
    pages = pages_of(output)
    words = "Opens on December 1, 2026" if today == BEFORE else "Sales ended on December 6, 2026"
    for page in (pages["sales/index.html"], pages["checkout/index.html"]):
        assert words in page
        assert "Join the waiting list" in page
        assert "data-button" not in page
        assert "/demo/" not in page
    assert 'data-amount="97.00"' in pages["sales/index.html"]  # what it will cost is no secret
    assert not any(name.startswith("demo/") for name in pages)
    assert "schema.org/OutOfStock" in pages["checkout/index.html"]


def test_while_it_is_open_the_page_says_until_when_in_the_sites_own_zone(tmp_path: Path) -> None:
    zone = str(SMALL["site.yaml"]) + "timezone: Europe/Berlin\n"
    pages = pages_of(built(small(tmp_path, WINDOW, **{"site.yaml": zone}), today=OPEN))
    said = "On sale until the end of December 6, 2026 (Central European Standard Time)."
    assert said in pages["sales/index.html"]
    assert said in pages["checkout/index.html"]
    assert 'data-button="checkout"' in pages["checkout/index.html"]


def test_the_manifest_and_who_reads_it_know_of_no_charge(tmp_path: Path) -> None:
    output = built(small(tmp_path, WINDOW), today=BEFORE)
    manifest = output.manifest
    assert manifest.day == "2026-11-30"
    assert manifest.buttons == ()
    assert {node.id: node.closed for node in manifest.nodes if node.closed} == {
        "sales": "opens on 2026-12-01",
        "checkout": "opens on 2026-12-01",
    }
    plan = make_plan(manifest)
    assert [in_words(manifest, path.moves) for path in plan.paths] == ["lead-magnet → sales"]
    assert "/checkout/" in plan.others  # its address may be known


def test_who_bought_before_still_finds_everything(tmp_path: Path) -> None:
    folder = small(tmp_path, WINDOW)
    sold = pages_of(built(folder, today=OPEN))["thank-you/index.html"]
    closed = pages_of(built(folder, today=AFTER))["thank-you/index.html"]
    links = re.findall(r'href="(/files/[^"]+)"', sold)
    assert len(links) == 3
    assert re.findall(r'href="(/files/[^"]+)"', closed) == links
    assert "noindex" in closed


def test_a_bump_that_is_sold_out_is_not_offered_and_the_rest_is(tmp_path: Path) -> None:
    stack = STACK.replace("    name: The Template\n", "    name: The Template\n    sold_out: true\n")
    output = built(site(tmp_path, {"stack.yaml": stack}))
    page = pages_of(output)["checkout/index.html"]
    assert "bump-1" not in page
    assert [button.id for button in output.manifest.buttons] == ["checkout"]
    assert "$97.00" in page


@pytest.mark.parametrize("more", ["", "    every: month\n"], ids=["once", "every month"])
def test_a_bump_says_once_until_when_it_is_sold(tmp_path: Path, more: str) -> None:
    stack = STACK.replace("    name: The Template\n", f"    name: The Template\n{more}    closes: 2026-12-06\n")
    page = pages_of(built(site(tmp_path, {"stack.yaml": stack}), today=OPEN))["checkout/index.html"]
    assert page.count("On sale until the end of December 6, 2026") == 1


def test_an_upgrade_that_is_sold_out_can_still_be_declined(tmp_path: Path) -> None:
    offer = "  calls: {name: Three Calls, category: course, price: 90, sold_out: true, includes: [Calls]}\n"
    steps = "  - sales: course\n  - checkout: course\n  - oto: calls\n  - thank-you:\n"
    stack = STACK.partition("steps:\n")[0] + offer + "steps:\n" + steps
    output = built(site(tmp_path, {"stack.yaml": stack, "copy/lead-magnet.md": None, "copy/oto.md": "Calls.\n"}))
    page = pages_of(output)["oto/index.html"]
    assert "Sold out." in page
    assert 'data-fg="decline"' in page
    assert 'data-fg="accept"' not in page
    assert [e.name for e in output.manifest.edges if e.source == "oto"] == ["decline"]


def test_a_cross_sell_that_is_closed_is_not_shown(tmp_path: Path) -> None:
    offer = "  circle: {name: The Circle, category: membership, price: 19, every: month, closed: true}\n"
    steps = "  - checkout: course\n  - thank-you:\n    cross-sell: circle\n"
    stack = STACK.partition("steps:\n")[0] + offer + "steps:\n" + steps
    files = {"stack.yaml": stack, "copy/lead-magnet.md": None, "copy/sales.md": None}
    output = built(site(tmp_path, files))
    assert "The Circle" not in pages_of(output)["thank-you/index.html"]


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("waiting_list: https://forms.small.internal/wait", 'href="https://forms.small.internal/wait"'),
        (
            "waiting_list: {action: https://forms.small.internal/in, field: mail}",
            'action="https://forms.small.internal/in"',
        ),
        ("", 'data-netlify="true"'),
    ],
)
def test_people_wait_where_the_creator_says(tmp_path: Path, key: str, shown: str) -> None:
    links = "live: {checkout: 'https://buy.stripe.com/a', checkout+template: 'https://buy.stripe.com/b'}\n"
    folder = small(tmp_path, f"    sold_out: true\n    {key}\n", **{"links.yaml": links})
    output = built(folder, "live")
    page = pages_of(output)["sales/index.html"]
    assert shown in page
    if "action" in key:
        assert "form-action 'self' https://forms.small.internal" in output.files["_headers"].decode()
    if not key:
        assert 'name="sales-waiting-list"' in page
        assert 'action="/sales/#on-the-list"' in page
        assert 'id="on-the-list"' in page


def test_without_netlify_and_without_a_place_people_write_an_email(tmp_path: Path) -> None:
    form = str(SMALL["site.yaml"]) + "form: {action: https://letters.small.internal/in}\n"
    page = pages_of(built(small(tmp_path, "    closed: true\n", **{"site.yaml": form})))["sales/index.html"]
    assert 'href="mailto:help@small.internal"' in page
    assert "<form" not in page  # who waits has not asked for the letter


def test_the_clock_can_be_given_and_says_its_day_where_the_site_is(tmp_path: Path) -> None:
    berlin = str(SMALL["site.yaml"]) + "timezone: Europe/Berlin\n"
    folder = small(tmp_path, WINDOW, **{"site.yaml": berlin})
    late = {"SOURCE_DATE_EPOCH": "1796598000"}  # 2026-12-07 00:00 in Berlin, and 23:00 the day before in UTC
    site_ = load_site(folder, environ=late).site
    assert site_ is not None
    assert site_.today == AFTER
    assert load_site(folder, environ={"SOURCE_DATE_EPOCH": "1796597999"}).site.today == date(2026, 12, 6)  # type: ignore[union-attr]  # it loads


def test_the_guide_tells_how_to_give_a_day_on_any_machine(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    (noon,) = re.findall(r"^\$ noon='(.*)'$", guide, re.MULTILINE)
    day = subprocess.run([sys.executable, "-c", noon], capture_output=True, text=True, check=True).stdout.strip()
    for zone in ("Pacific/Honolulu", "UTC", "Asia/Tokyo"):
        folder = small(tmp_path / zone, WINDOW, **{"site.yaml": f"{SMALL['site.yaml']!s}timezone: {zone}\n"})
        there = load_site(folder, environ={"SOURCE_DATE_EPOCH": day}).site
        assert there is not None
        assert there.today == date(2026, 12, 7), zone


def test_a_clock_that_is_none_is_an_error_and_not_today(tmp_path: Path) -> None:
    read = load_site(small(tmp_path, WINDOW), environ={"SOURCE_DATE_EPOCH": "yesterday"})
    assert [said(d) for d in read.diagnostics] == [
        "FG006 error site.yaml:1:1 the variable `SOURCE_DATE_EPOCH` is no moment"
    ]


def test_a_site_without_dates_asks_no_clock(tmp_path: Path) -> None:
    assert loaded(small(tmp_path, "    sold_out: true\n")).today is None
    assert b'"day": null' in encode_manifest(built(tmp_path).manifest)


def test_the_map_shows_what_is_closed_and_no_charge_there(tmp_path: Path) -> None:
    read = load_site(small(tmp_path, WINDOW), today=BEFORE).site
    assert read is not None
    map = map_of(read, compile_funnel(read))
    cards = {card.id: card for stack in map.stacks for card in stack.cards}
    assert cards["checkout"].closed == "opens on 2026-12-01"
    assert cards["checkout"].exits == ()
    assert "Checkout, closed" in as_mermaid(map)
