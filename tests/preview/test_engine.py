"""The law of the preview: after any edits, in any order, every page is what a build of the same files would make."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from funnelgen.pages.render import Drawn, Renderer
from funnelgen.pages.views import Page
from funnelgen.pipeline import Failed, build, check
from funnelgen.preview import files
from funnelgen.preview.engine import Engine
from funnelgen.site import load_site

from ..photos import photo
from ..sites import EXAMPLE, SMALL, Files, said, site, write

CACHE = Path(tempfile.mkdtemp(prefix="funnelgen-test-"))  # of compiled templates and cut fonts, for all tests here
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)

RICH: Files = {
    **SMALL,
    "site.yaml": str(SMALL["site.yaml"]) + "menu: [glossary, about]\n",
    "copy/sales.md": '---\nimage: assets/a.svg\nalt: A drawing\n---\nAn order bump costs {{ price("template") }}.\n',
    "copy/thank-you.md": "Welcome.\n",
    "pages/about.md": "---\ntitle: About\n---\nWho we are, and what an upsell is. See [the bump](term:order-bump).\n",
    "glossary/order-bump.md": "---\nterm: Order bump\ndefinition: A box.\nrelated: [upsell]\n---\nAt the checkout.\n",
    "glossary/upsell.md": "---\nterm: Upsell\ndefinition: More of the same.\npart_of: page:about\n---\nBumps.\n",
    "assets/a.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>',
    "theme/site.css": "p { color: #123456 }",
}


def fresh(folder: Path) -> tuple[dict[str, bytes], list[str], set[str]]:
    """The pages of a build from nothing, by address; what it found; and the other addresses of its files."""
    checked = check(load_site(folder), "demo")
    if not checked.can_build or checked.site is None or checked.funnel is None:
        return {}, [said(d) for d in checked.diagnostics], set()
    try:
        output = build(checked.site, checked.funnel, "demo", cache=CACHE, sources=checked.sources)
    except Failed as failed:
        return {}, [said(failed.diagnostic)], set()
    pages = {page.address: output.files[page.file] for page in output.manifest.pages}
    others = {f"/{path}" for path in output.files} - {f"/{page.file}" for page in output.manifest.pages}
    return pages, sorted({said(d) for d in (*checked.diagnostics, *output.diagnostics)}), others


def finished(engine: Engine) -> None:
    for _ in engine.finish():
        pass


def holds(engine: Engine, folder: Path) -> None:
    """The law, for what the engine has now."""
    pages, found, others = fresh(folder)
    state = engine.state
    if not pages:
        assert state.broken
        assert sorted({said(d) for d in state.diagnostics}) == sorted(set(found))
        return
    assert not state.broken
    assert state.complete
    assert state.generation
    assert {made.page.address: state.generation.html(made) for made in state.generation.pages()} == pages
    assert sorted({said(d) for d in state.diagnostics}) == found
    shelf = state.generation.shelf
    ours = {*shelf.published, *shelf.variants, *(f"/{path}" for path in state.generation.theme_files())}
    assert others - ours == {"/_headers", "/robots.txt", "/sitemap.xml"}


TERMS = ["Order bump", "Upsell", "Welcome", "Who"]
EDITS: list[tuple[str, list[str | bytes | None]]] = [
    ("copy/sales.md", ["Plain.\n", str(RICH["copy/sales.md"]), "See [about](page:about) and upsells.\n", None]),
    ("copy/checkout.md", ["Your order, again.\n", "---\naccept: Pay now\n---\nNo order bump.\n"]),
    ("pages/about.md", [None, "---\ntitle: Over\n---\nOver.\n", str(RICH["pages/about.md"]), "Ünïcode łetters.\n"]),
    ("pages/more.md", ["An order bump.\n", None]),
    (
        "glossary/upsell.md",
        [
            f"---\nterm: {term}\ndefinition: A {also}.\nalso: [{also}]\n---\nText.\n"
            for term, also in zip(TERMS, TERMS[1:] + TERMS[:1], strict=True)
        ],
    ),
    ("glossary/extra.md", ["---\nterm: Extra\ndefinition: Some.\n---\nExtra.\n", None]),
    ("assets/a.svg", [str(RICH["assets/a.svg"]), '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>', None]),
    ("downloads/guide.pdf", [b"%PDF guide", b"%PDF other", b"x" * 2_000_000]),
    (
        "stack.yaml",
        [
            str(RICH["stack.yaml"]),
            str(RICH["stack.yaml"]).replace("97", "98"),
            str(RICH["stack.yaml"]) + "# a note\n",
            "a: [\n",
        ],
    ),
    (
        "site.yaml",
        [
            str(RICH["site.yaml"]),
            str(RICH["site.yaml"]).replace("Small", "Large"),
            str(RICH["site.yaml"]) + "theme: upbeat\n",
            str(RICH["site.yaml"]) + "brand: '#0a7d5a'\n",
            str(RICH["site.yaml"]) + "radius: sharp\ntokens:\n  light: {accent: '#123456'}\n",
        ],
    ),
    ("theme/site.css", ["p { color: #654321 }", "h2 { text-transform: uppercase }", None]),
    ("theme/strings/en.yaml", ["get: Take {offer}\n", None]),
    ("theme/templates/sections/prose.html", ["<p>{{ section.html }}</p>", "{{ nothing.here }}", None]),
]
EDIT = st.sampled_from(EDITS).flatmap(lambda it: st.tuples(st.just(it[0]), st.sampled_from(it[1])))


@settings(max_examples=20, phases=[Phase.explicit, Phase.generate])  # a shorter example of edits says no more
@given(rounds=st.lists(st.tuples(st.lists(EDIT, min_size=1, max_size=3), st.booleans(), st.booleans()), max_size=6))
def test_after_any_edits_every_page_is_that_of_a_build(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[tuple[list[tuple[str, str | bytes | None]], bool, bool]]
) -> None:
    folder = write(tmp_path_factory.mktemp("site"), RICH)
    engine = Engine(folder, "demo", cache=CACHE, sink=None)
    engine.refresh()
    finished(engine)
    holds(engine, folder)
    for edits, told, finishes in rounds:
        write(folder, dict(edits))
        engine.refresh([path for path, _ in edits] if told else None, seen=["/sales/", "/nowhere/"])
        if finishes:  # else the next save comes first
            finished(engine)
            holds(engine, folder)
    finished(engine)
    holds(engine, folder)


def started(folder: Path) -> Engine:
    engine = Engine(folder, "demo", cache=CACHE, sink=None)
    engine.refresh()
    finished(engine)
    assert engine.state.complete
    return engine


def html(engine: Engine, address: str) -> str:
    generation = engine.state.generation
    assert generation
    made = generation.page(address)
    assert made
    return generation.html(made).decode()


def made_by(engine: Engine, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> int:
    """How many pages were rendered while `act` ran."""
    drawn: list[object] = []
    draw = Renderer.draw

    def noted(self: Renderer, page: Page) -> Drawn:
        drawn.append(page)
        return draw(self, page)

    monkeypatch.setattr(Renderer, "draw", noted)
    act()
    finished(engine)
    monkeypatch.undo()
    return len(drawn)


def test_a_save_that_touches_one_page_makes_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = started(write(tmp_path, RICH))
    write(tmp_path, {"copy/checkout.md": "Other words.\n"})
    assert made_by(engine, monkeypatch, lambda: engine.refresh(["copy/checkout.md"])) == 1
    assert engine.state.differing == ("/checkout/",)
    assert "Other words." in html(engine, "/checkout/")


@pytest.mark.parametrize(
    ("path", "text", "differing"),
    [
        ("stack.yaml", str(RICH["stack.yaml"]) + "# a note\n", ()),
        ("downloads/guide.pdf", b"%PDF other", ("/sales/", "/thank-you/")),
        ("assets/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>', ("/sales/",)),
        ("pages/about.md", str(RICH["pages/about.md"]).replace("Who we are", "Who they are"), ("/about/",)),
        ("theme/site.css", "p { color: #123456 } ", ()),
    ],
)
def test_only_what_is_another_page_is_told(
    tmp_path: Path, path: str, text: str | bytes, differing: tuple[str, ...]
) -> None:
    engine = started(write(tmp_path, RICH))
    write(tmp_path, {path: text})
    engine.refresh([path])
    finished(engine)
    assert engine.state.differing == differing


def test_before_all_pages_were_made_once_nothing_is_said_of_which_are_others(tmp_path: Path) -> None:
    engine = Engine(write(tmp_path, RICH), "demo", cache=CACHE, sink=None)
    for words in ("Other words.\n", "And others.\n"):
        engine.refresh(seen=["/sales/"])  # the next save comes before the rest is made
        write(tmp_path, {"copy/checkout.md": words})
    engine.refresh(["copy/checkout.md"])
    finished(engine)
    assert engine.state.generation
    assert not engine.state.generation.comparable  # the terminal says "shown"
    assert engine.state.differing == ()
    write(tmp_path, {"copy/checkout.md": "The last words.\n"})
    engine.refresh(["copy/checkout.md"])
    finished(engine)
    assert engine.state.generation.comparable
    assert engine.state.differing == ("/checkout/",)


def test_a_price_changes_every_page_that_says_it(tmp_path: Path) -> None:
    engine = started(write(tmp_path, RICH))
    write(tmp_path, {"stack.yaml": str(RICH["stack.yaml"]).replace("price: 27", "price: 29")})
    engine.refresh(["stack.yaml"])
    assert "$29" in html(engine, "/sales/")
    assert "$29" in html(engine, "/checkout/")
    finished(engine)
    assert {"/sales/", "/checkout/"} <= set(engine.state.differing)
    assert "/about/" not in engine.state.differing


@pytest.mark.parametrize(
    "looks",
    [
        "radius: sharp\n",
        "density: calm\n",
        "tokens:\n  light: {accent: '#123456'}\n",
        "fonts:\n  - {family: Mine, file: mine.woff2, weight: 400}\n",
    ],
)
def test_what_site_yaml_says_of_looks_is_on_the_page_with_the_save(tmp_path: Path, looks: str) -> None:
    folder = write(tmp_path, RICH)
    font = next(Path("themes").glob("*/fonts/*.woff2"))
    write(folder, {"theme/fonts/mine.woff2": font.read_bytes()})
    engine = started(folder)
    write(folder, {"site.yaml": str(RICH["site.yaml"]) + looks})
    engine.refresh(["site.yaml"])
    finished(engine)
    assert "/sales/" in engine.state.differing
    holds(engine, folder)


@pytest.mark.parametrize("changed", ["dusk/theme.yaml", "dawn/theme.yaml"])
def test_a_theme_in_the_site_and_the_one_that_it_extends_are_followed(tmp_path: Path, changed: str) -> None:
    look = "brand: '#0a7d5a'\n"
    own = {"dusk/theme.yaml": "extends: dawn\n", "dawn/theme.yaml": look}
    folder = write(tmp_path, {**RICH, **own, "site.yaml": str(RICH["site.yaml"]) + "theme: ./dusk\n"})
    engine = started(folder)
    write(folder, {changed: own[changed] + "radius: sharp\n"})
    engine.refresh([changed])
    finished(engine)
    assert "/sales/" in engine.state.differing
    holds(engine, folder)


def test_a_theme_that_changed_elsewhere_is_read_anew_however_often_that_failed(tmp_path: Path) -> None:
    engine = started(write(tmp_path, RICH))
    assert engine.state.generation
    before = engine.state.generation.renderer
    engine.forget_theme()
    for text in ("radius: wobbly\n", None):
        write(tmp_path, {"theme/theme.yaml": text})
        engine.refresh(None)
        assert engine.state.broken is (text is not None)
    assert engine.state.generation.renderer is not before


def test_what_cannot_be_read_leaves_the_last_good_pages(tmp_path: Path) -> None:
    engine = started(write(tmp_path, RICH))
    before = html(engine, "/checkout/")
    write(tmp_path, {"stack.yaml": "offers: [\n", "copy/checkout.md": "Other words.\n"})
    engine.refresh(["stack.yaml", "copy/checkout.md"])
    assert engine.state.broken
    assert {d.span.file for d in engine.state.diagnostics if d.span} == {"stack.yaml"}
    assert html(engine, "/checkout/") == before
    write(tmp_path, {"stack.yaml": RICH["stack.yaml"]})
    engine.refresh(["stack.yaml"])
    assert not engine.state.broken
    assert "Other words." in html(engine, "/checkout/")


def test_a_template_that_fails_on_the_page_on_screen_is_no_new_generation(tmp_path: Path) -> None:
    engine = started(write(tmp_path, RICH))
    before = html(engine, "/about/")
    write(tmp_path, {"theme/templates/pages/free.html": "{{ nothing.here }}"})
    engine.refresh(["theme/templates/pages/free.html"], seen=["/about/"])
    assert [d.span.file for d in engine.state.diagnostics if d.span] == ["theme/templates/pages/free.html"]
    assert html(engine, "/about/") == before


def test_a_template_that_fails_on_another_page_is_none_either_once_that_is_seen(tmp_path: Path) -> None:
    engine = started(write(tmp_path, RICH))
    before = html(engine, "/about/")
    write(tmp_path, {"theme/templates/pages/free.html": "{{ [][0].here }}"})
    engine.refresh(["theme/templates/pages/free.html"], seen=["/sales/"])
    assert not engine.state.broken
    finished(engine)
    assert engine.state.broken
    assert html(engine, "/about/") == before


@pytest.mark.parametrize("seen", [(), ("/sales/",)])
def test_a_mistake_of_the_theme_is_shown_with_its_line(tmp_path: Path, seen: tuple[str, ...]) -> None:
    engine = started(write(tmp_path, RICH))
    for path, text in {
        "theme/theme.yaml": "radius: wobbly\n",
        "theme/templates/sections/prose.html": "{{ no. }}",
    }.items():
        write(tmp_path, {path: text})
        engine.refresh(None, seen=seen)
        finished(engine)
        (found,) = (d for d in engine.state.diagnostics if d.is_error)
        assert found.span
        assert engine.state.sources[found.span.file] == text
        write(tmp_path, {path: None})


def test_a_folder_that_goes_and_comes_back(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", RICH)
    engine = started(folder)
    shutil.move(folder, tmp_path / "away")
    engine.refresh()
    assert "there is no folder" in engine.state.lost
    assert engine.state.broken
    assert "Your order." in html(engine, "/checkout/")
    shutil.move(tmp_path / "away", folder)
    engine.refresh()
    assert not engine.state.broken
    finished(engine)
    holds(engine, folder)


def test_a_site_that_is_broken_from_the_start_is_shown_once_it_is_mended(tmp_path: Path) -> None:
    write(tmp_path, {**RICH, "stack.yaml": "a: [\n"})
    engine = Engine(tmp_path, "demo", cache=CACHE, sink=None)
    engine.refresh()
    finished(engine)
    assert engine.state.generation is None
    assert engine.state.broken
    write(tmp_path, {"stack.yaml": RICH["stack.yaml"]})
    engine.refresh(["stack.yaml"])
    finished(engine)
    holds(engine, tmp_path)


def test_letters_beyond_english_get_their_fonts_and_keep_them(tmp_path: Path) -> None:
    engine = started(write(tmp_path, {**RICH, "pages/about.md": "---\ntitle: O\n---\nŁódź.\n"}))
    holds(engine, tmp_path)
    fitted = engine.state.generation.fitted if engine.state.generation else None
    assert fitted
    assert fitted.moved
    write(tmp_path, {"copy/checkout.md": "Plain English.\n"})
    engine.refresh(["copy/checkout.md"])
    assert engine.state.generation
    assert engine.state.generation.fitted is fitted  # at once, before anything is fitted anew
    finished(engine)
    assert engine.state.generation.fitted is fitted
    holds(engine, tmp_path)


def test_the_example_with_photos(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    write(
        folder,
        {"assets/hero.jpg": photo(900, 600), "pages/about.md": "---\nimage: assets/hero.jpg\nalt: A boat\n---\nUs.\n"},
    )
    engine = started(folder)
    holds(engine, folder)
    write(folder, {"assets/hero.jpg": photo(800, 600)})
    engine.refresh(["assets/hero.jpg"])
    finished(engine)
    assert engine.state.differing == ("/about/",)
    holds(engine, folder)


def test_a_picture_that_is_broken_is_told_until_its_file_changes(tmp_path: Path) -> None:
    about = "---\nimage: assets/boat.jpg\nalt: A boat\n---\nUs.\n"
    boat = photo(2000, 1500)
    engine = started(write(tmp_path, {**SMALL, "pages/about.md": about, "assets/boat.jpg": boat[: len(boat) // 2]}))

    def asked() -> None:
        generation = engine.state.generation
        assert generation
        with pytest.raises(Failed) as caught:
            files.Files(None).answer(next(iter(generation.shelf.variants)), generation)
        engine.report(caught.value)

    def save(path: str, text: str | bytes) -> list[str]:
        write(tmp_path, {path: text})
        engine.refresh([path])
        finished(engine)
        assert engine.state.complete
        assert not engine.state.broken
        return [f"{d.span.file}:{d.span.line}" for d in engine.state.diagnostics if d.span and d.code == "FG611"]

    asked()
    asked()
    assert [d.code for d in engine.state.diagnostics] == ["FG611"]
    assert save("copy/checkout.md", "Other words.\n") == ["pages/about.md:2"]
    assert engine.state.differing == ("/checkout/",)
    assert save("pages/about.md", about.replace("image", "title: Us\nimage")) == ["pages/about.md:3"]
    assert save("pages/about.md", "Us.\n") == []
    assert save("pages/about.md", about) == []  # until somebody asks for it again
    engine.refresh()
    asked()  # before the rest is made, which is made all the same
    finished(engine)
    assert engine.state.complete
    assert [d.code for d in engine.state.diagnostics] == ["FG611"]
    assert save("assets/boat.jpg", boat) == []


def test_nothing_grows_with_the_number_of_rebuilds(tmp_path: Path) -> None:
    """What is held after many saves is what was held after few: counted in objects, since memory is the system's."""
    import gc

    engine = started(write(tmp_path, RICH))

    def saved(times: int) -> int:
        for number in range(times):
            write(tmp_path, {"copy/sales.md": f"Words {number % 7}.\n", f"pages/page-{number % 3}.md": "Page.\n"})
            engine.refresh()
            finished(engine)
            (tmp_path / f"pages/page-{number % 3}.md").unlink()
        gc.collect()
        return len(gc.get_objects())

    few, more = saved(21), saved(42)
    assert more < few * 1.02
