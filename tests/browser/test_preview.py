"""The preview in a browser: what a save does to the page on screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from ..preview.serving import LONGEST, Serving, serving
from ..sites import EXAMPLE, ROOT, write

OVERLAY = ROOT / "funnelgen" / "preview" / "client" / "overlay.js"

pytestmark = pytest.mark.browser


class Desk:
    """A site that is being written, and the browser beside it. What the console says must be nothing."""

    def __init__(self, serving: Serving, browser: Browser) -> None:
        self.serving = serving
        self.folder = serving.folder
        self.context = browser.new_context(viewport={"width": 390, "height": 844})
        self.said: list[str] = []

    def open(self, address: str) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        with page.expect_response("**/_funnel/events?**"):  # from here on it hears what is saved
            page.goto(self.serving.origin + address)
        expect(page.locator("funnelgen-preview")).to_be_attached()
        return page

    def text(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def save(self, path: str, text: str | None) -> None:
        write(self.folder, {path: text})


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def desk(tmp_path: Path, cache: Path, browser: Browser) -> Iterator[Desk]:
    """The example site, open for writing."""
    folder = tmp_path / "site"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    with serving(folder, cache=cache) as it:
        desk = Desk(it, browser)
        yield desk
        desk.context.close()
    assert desk.said == []


def shows(page: Page, words: str) -> None:
    expect(page.locator("main")).to_contain_text(words, timeout=20_000)


def test_a_save_changes_the_page_and_nothing_else(desk: Desk) -> None:
    """Scroll, the ticked bump, an opened question and the page itself stay."""
    page = desk.open("/checkout/")
    page.locator("#bump-1").check(force=True)
    page.evaluate("window.sameDocument = true; scrollTo(0, 300)")
    desk.save("copy/checkout.md", desk.text("copy/checkout.md") + "\n\nA sentence that was just added.\n")
    shows(page, "A sentence that was just added.")
    assert page.evaluate("[window.sameDocument, Math.round(scrollY)]") == [True, 300]
    expect(page.locator("#bump-1")).to_be_checked()


def test_a_price_is_everywhere_at_once(desk: Desk) -> None:
    sales, checkout = desk.open("/sales/"), desk.open("/checkout/")
    desk.save("stack.yaml", desk.text("stack.yaml").replace("price: 97", "price: 96"))
    checkout.bring_to_front()
    shows(checkout, "$96")
    sales.bring_to_front()  # it did not listen while nobody looked, and compares when it comes back
    shows(sales, "$96")


def test_style_changes_in_place(desk: Desk) -> None:
    page = desk.open("/sales/")
    page.evaluate("window.sameDocument = true")
    desk.save("theme/site.css", "h1 { color: rgb(1, 2, 3) }")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)", timeout=20_000)
    desk.save("theme/site.css", "h1 { color: rgb(3, 2, 1) }")
    expect(page.locator("h1")).to_have_css("color", "rgb(3, 2, 1)", timeout=20_000)
    assert page.evaluate("window.sameDocument")


def test_another_theme_looks_as_on_a_page_that_is_loaded_anew(desk: Desk) -> None:
    look = """() => [...document.querySelectorAll("body, main p, h1, h2, button, .button")].map((it) => {
        const style = getComputedStyle(it)
        return [it.localName, style.fontFamily, style.fontSize, style.lineHeight, style.fontWeight, style.color]
    })"""
    page = desk.open("/sales/")
    page.evaluate("window.sameDocument = true")
    before = page.evaluate(look)
    desk.save("site.yaml", desk.text("site.yaml").replace("theme: daybreak", "theme: upbeat"))
    differs = f"before => JSON.stringify(({look})()) !== JSON.stringify(before)"
    page.wait_for_function(differs, arg=before, timeout=20_000)
    swapped = page.evaluate(look)
    assert page.evaluate("window.sameDocument"), "the page was loaded anew"
    assert swapped == desk.open("/sales/").evaluate(look)


def test_broken_yaml_lays_itself_over_the_page_and_goes_when_it_is_mended(desk: Desk) -> None:
    page, good = desk.open("/checkout/"), desk.text("stack.yaml")
    desk.save("stack.yaml", good.replace("bump: sales-page-template", "bump: sales-page-tmplate"))
    panel = page.get_by_role("region", name="What is wrong")
    expect(panel).to_be_visible(timeout=20_000)
    expect(panel).to_contain_text("no offer is called `sales-page-tmplate`")
    expect(panel).to_contain_text("the page behind is the last good one")
    expect(panel.locator("mark")).to_have_text("sales-page-tmplate")
    line = good[: good.index("bump: sales-page-template")].count("\n") + 1
    link = panel.get_by_role("link", name=f"stack.yaml:{line}:")
    assert (link.get_attribute("href") or "").startswith(f"vscode://file{desk.folder.resolve()}/stack.yaml:{line}:")
    expect(page.get_by_role("alert")).to_contain_text(f"Error, stack.yaml line {line}: no offer is called")
    shows(page, "$124.00")  # the page that was good
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    desk.save("stack.yaml", good.replace("bump: sales-page-template", "bump: sales-page-templat"))
    expect(page.get_by_role("alert")).to_contain_text("`sales-page-templat`", timeout=20_000)
    expect(panel).to_be_hidden()  # it was put away, and is not mended
    page.get_by_role("button", name="1 error: show").click()
    expect(panel).to_be_visible()
    desk.save("stack.yaml", good)
    expect(panel).to_be_hidden(timeout=20_000)
    expect(page.locator("funnelgen-preview .badge")).to_be_hidden()
    desk.save("stack.yaml", good.replace("bump: sales-page-template", "bump: sales-page-tmplate"))
    expect(panel).to_be_visible(timeout=20_000)  # broken anew


def test_an_error_that_was_put_away_stays_away_with_every_save_until_it_is_mended(browser: Browser) -> None:
    """What the overlay is told when a template fails on a page that nobody looks at: it is found after each save."""
    page = browser.new_page()
    page.add_script_tag(content=f"const OURS = 'funnelgen-preview', STYLE = '';{OVERLAY.read_text(encoding='utf-8')}")
    page.evaluate("window.overlay = new Overlay()")
    lost, other = (f"the template of `/{it}/` lost the decline of its offer" for it in ("oto", "downsell"))
    panel = page.get_by_role("region", name="What is wrong")

    def told(*errors: str, code: str = "FG601", complete: bool = False) -> None:
        findings = [{"severity": "error", "code": code, "message": it, "name": "", "notes": []} for it in errors]
        counts = {"errors": len(errors), "warnings": 0, "advice": 0, "more": 0, "lost": "", "shown": True}
        page.evaluate("state => overlay.show(state)", {**counts, "findings": findings, "complete": complete})

    def saved(*errors: str, code: str = "FG601") -> None:
        told()
        told(*errors, code=code)

    saved(lost)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    for _ in range(2):
        saved(lost)
        expect(panel).to_be_hidden()
        expect(page.get_by_role("button", name="1 error: show")).to_be_visible()
        expect(page.get_by_role("alert")).to_be_empty()
    saved(lost, other)
    expect(panel).to_be_visible()  # one of them is new
    panel.get_by_role("button", name="Hide").click()
    saved(other)
    expect(panel).to_be_hidden()
    told()
    told(complete=True)
    saved(other)
    expect(panel).to_be_visible()  # it was mended, and is there again
    page.keyboard.press("Escape")
    saved("no offer is called `x`", code="FG101")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    saved("no offer is called `x`", code="FG101")
    expect(panel).to_be_visible()  # such a one is mended where a save is without it
    page.close()


def test_a_page_that_could_not_be_fetched_once_is_brought_by_the_next_save(desk: Desk) -> None:
    page = desk.open("/checkout/")
    page.route("**/_funnel/page?**", lambda route: route.abort(), times=1)
    with page.expect_event("requestfailed", timeout=20_000):
        desk.save("copy/checkout.md", desk.text("copy/checkout.md") + "\n\nA sentence that was just added.\n")
    desk.save("copy/checkout.md", desk.text("copy/checkout.md") + "\n\nAnd another one.\n")
    shows(page, "And another one.")
    assert desk.said == ["Failed to load resource: net::ERR_FAILED"]
    desk.said.clear()


def test_a_warning_is_a_small_badge(desk: Desk) -> None:
    page = desk.open("/checkout/")
    desk.save("copy/spare.md", "Words for no step.\n")
    badge = page.get_by_role("button", name="1 warning: show")
    expect(badge).to_be_visible(timeout=20_000)
    badge.click()
    expect(page.get_by_role("region", name="What is wrong")).to_contain_text("copy/spare.md")


def test_the_badge_of_warnings_can_be_put_away_but_not_that_of_errors(desk: Desk) -> None:
    page, good = desk.open("/checkout/"), desk.text("stack.yaml")
    desk.save("copy/spare.md", "Words for no step.\n")
    badge = page.get_by_role("button", name="1 warning: show")
    expect(badge).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Hide the warnings").click()
    expect(badge).to_be_hidden()
    expect(page.get_by_role("button", name="Hide the warnings")).to_be_hidden()
    desk.save("stack.yaml", good.replace("bump: sales-page-template", "bump: sales-page-tmplate"))
    expect(page.get_by_role("region", name="What is wrong")).to_be_visible(timeout=20_000)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="1 error: show")).to_be_visible()


def test_where_another_page_changed_one_may_go_there(desk: Desk) -> None:
    page = desk.open("/checkout/")
    assert desk.serving.begun.wait(LONGEST)
    desk.save("copy/sales.md", desk.text("copy/sales.md") + "\n\nA sentence that was just added.\n")
    page.get_by_role("status").get_by_role("link").click(timeout=20_000)
    page.wait_for_url("**/sales/")
    shows(page, "A sentence that was just added.")


def test_a_page_that_goes_and_one_that_comes(desk: Desk) -> None:
    page = desk.open("/news/")
    said, desk.said = desk.said, []
    assert len(said) <= 1  # the browser's own word for a page that is not there
    desk.save("pages/news.md", "---\ndescription: What is new\n---\nThe doors open in May.\n")
    shows(page, "The doors open in May.")
    desk.save("pages/news.md", None)
    expect(page.locator("main")).not_to_contain_text("The doors open in May.", timeout=20_000)


def test_a_site_that_is_broken_from_the_start_appears_by_itself(tmp_path: Path, cache: Path, browser: Browser) -> None:
    folder = tmp_path / "site"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    good = (folder / "site.yaml").read_text(encoding="utf-8")
    write(folder, {"site.yaml": "name: [\n"})
    with serving(folder, cache=cache) as it:
        context = browser.new_context()
        page = context.new_page()
        page.goto(it.origin + "/sales/")
        expect(page.get_by_role("region", name="What is wrong")).to_contain_text("there is no page to show yet")
        write(folder, {"site.yaml": good})
        shows(page, "$97")
        expect(page.get_by_role("region", name="What is wrong")).to_be_hidden()
        context.close()


def test_the_overlay_is_for_everyone(desk: Desk) -> None:
    """No accessibility violation, in light and dark, and nothing that is wider than a phone."""
    desk.save("stack.yaml", desk.text("stack.yaml").replace("bump: sales-page-template", f"bump: {'x' * 50}"))
    for scheme in ("light", "dark"):
        page = desk.open("/checkout/")
        page.emulate_media(color_scheme=scheme)
        expect(page.get_by_role("region", name="What is wrong")).to_be_visible(timeout=20_000)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert Axe().run(page, context="funnelgen-preview").response["violations"] == []
