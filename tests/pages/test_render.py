"""What comes out of the renderer: whole pages, with what a buyer must find on them and nothing else."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest
from markupsafe import Markup, escape
from msgspec import structs

from funnelgen.pages.css import bump_css
from funnelgen.pages.render import Renderer
from funnelgen.pages.themes import ThemeError

from .conftest import SHIPPED, THEMES, LoadTheme
from .samples import SAMPLES, checkout

VOID = {"meta", "link", "input", "img", "br", "hr"}


class Reader(HTMLParser):
    """Checks that every element is closed where it should be, and gathers what the tests ask about."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element says of itself."""
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name, value in attrs:
            self.attributes.append(name)
            if name == "id":
                self.ids.append(value or "")
            if name in ("aria-labelledby", "aria-describedby", "for"):
                self.references += (value or "").split()

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """SVG closes its shapes at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Only the innermost open element may end."""
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()


def read(html: str) -> Reader:
    """Parse a page."""
    reader = Reader()
    reader.feed(html)
    assert not reader.open
    return reader


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_kind_renders_a_sound_page(renderer: Renderer, kind: str) -> None:
    """Elements close, ids are unique and found, one h1 comes first and no level is skipped, no style attribute."""
    html = renderer.render(SAMPLES[kind])
    page = read(html)
    assert html.startswith("<!doctype html>")
    assert f'data-page="{kind}"' in html
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids)), sorted(page.ids)
    assert set(page.references) <= set(page.ids)
    assert "style" not in page.attributes
    assert "\0" not in html


@pytest.mark.parametrize("name", SHIPPED)
def test_rendering_twice_gives_the_same_bytes(load: LoadTheme, name: str) -> None:
    """Nothing of one page leaks into the next."""
    first, second = Renderer(load(name)), Renderer(load(name))
    pages = {kind: first.render(page) for kind, page in SAMPLES.items()}
    assert pages == {kind: second.render(SAMPLES[kind]) for kind in reversed(SAMPLES)}
    assert first.files() == second.files()


def test_author_text_is_escaped(renderer: Renderer) -> None:
    """A name with an ampersand or a bracket stays text."""
    page = SAMPLES["oto"]
    assert page.offer
    offer = structs.replace(page.offer, title="Calls & <script>notes</script>")
    html = renderer.render(structs.replace(page, offer=offer))
    assert "Calls &amp; &lt;script&gt;notes&lt;/script&gt;" in html


def test_amounts_and_buttons_carry_their_hooks(renderer: Renderer) -> None:
    """The path tester reads amount, currency and button from attributes, never from words."""
    html = renderer.render(SAMPLES["checkout"])
    assert html.count('data-fg="accept"') == 2
    assert 'data-button="checkout+sales-page-template"' in html
    assert 'data-fg="total" data-amount="124.00" data-currency="USD"' in html
    sales = renderer.render(SAMPLES["sales"])
    assert re.search(r'data-fg="price" data-amount="97.00" data-currency="USD"', sales)


def test_optional_parts_vanish(renderer: Renderer) -> None:
    """A page of the bare minimum has no empty section, list or figure in it."""
    page = SAMPLES["sales"]
    bare = structs.replace(page, sections=(), quotes=(), faq=None, guarantee=None, status=None, art="", eyebrow=())
    html = renderer.render(bare)
    body = html.partition("<body")[2]
    for trace in ("voices", "faq", "guarantee", "kicker", "hero-art", "status", "<ul></ul>", "<p></p>"):
        assert trace not in body
    assert ".voices" not in html
    assert ".seal" not in html


def test_sample_quotes_say_so(renderer: Renderer) -> None:
    """Nobody takes an invented quote for a buyer's."""
    html = renderer.render(SAMPLES["sales"])
    assert html.count('class="sample"') == len(SAMPLES["sales"].quotes)


def test_page_inlines_only_the_css_it_uses(renderer: Renderer) -> None:
    """An order bump's rules do not travel with a glossary term."""
    term, order = renderer.render(SAMPLES["term"]), renderer.render(SAMPLES["checkout"])
    assert ".bump" not in term.partition("</style>")[0].replace(".bump,", "").replace(".bump-p", "")
    assert ".def{" in term
    assert ".def{" not in order.replace(".amt,.def{", "")
    assert ":has(#bump-1:checked)" in order
    assert ":has(#bump-2:checked)" not in order


def test_layers_come_in_their_order(renderer: Renderer) -> None:
    """The order of the layers is stated first, so that no rule depends on where it stands."""
    html = renderer.render(SAMPLES["sales"])
    assert "<style>@layer reset,base,parts,theme,site;" in html
    assert html.index("@layer parts{") < html.index("@layer theme{")


def test_styles_are_those_of_the_pages(renderer: Renderer) -> None:
    """The Content-Security-Policy hashes exactly what stands between the tags."""
    pages = [renderer.render(page) for page in SAMPLES.values()]
    inside = {text for html in pages for text in re.findall(r"<style>(.*?)</style>", html, re.DOTALL)}
    assert set(renderer.styles()) == inside


def test_fonts_are_published_under_their_hash(renderer: Renderer) -> None:
    """The page asks for the very file that is written."""
    theme = renderer.theme
    html = renderer.render(SAMPLES["sales"])
    for name in theme.fonts:
        font = (THEMES / theme.name / "fonts" / name).read_bytes()
        stem = name.removesuffix(".woff2")
        path = f"assets/{stem}.{hashlib.sha256(font).hexdigest()[:8]}.woff2"
        assert renderer.files()[path] == font
        assert f"url(/{path})" in html
        preload = f'<link rel="preload" href="/{path}" as="font" type="font/woff2" crossorigin>'
        assert (preload in html) == (name in theme.preload)


def test_drawings_used_twice_keep_their_ids_apart(renderer: Renderer) -> None:
    """Two suns on one page, two gradients."""
    html = renderer.render(SAMPLES["404"])
    body = html.partition("<body")[2]
    ids = re.findall(r'\bid="([^"]+)"', body)
    assert len(ids) == len(set(ids))
    assert {one or other for one, other in re.findall(r'url\(#([^)]+)\)|<use href="#([^"]+)"', body)} <= set(ids)


def test_missing_drawing_falls_back_to_mini(renderer: Renderer) -> None:
    """A category that the theme has no drawing for gets its smallest one."""
    page = SAMPLES["oto"]
    missing, mini = (renderer.render(structs.replace(page, art=slot)) for slot in ("no-such-slot", "mini"))
    assert missing == mini
    assert missing != renderer.render(page)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_page_arrives_in_the_first_round_trip(renderer: Renderer, kind: str) -> None:
    """14 KB is what a server sends before it hears back: the page with its CSS, as it travels."""
    assert len(brotli.compress(renderer.render(SAMPLES[kind]).encode())) <= 14 * 1024


def test_simulated_payment_page_wears_no_theme(renderer: Renderer) -> None:
    """It is marked in words, and has neither brand, accent, drawing nor the theme's font."""
    html = renderer.render(SAMPLES["demo"])
    assert "Demonstration: no money moves" in html
    brand = renderer.theme.tokens.light["accent"]
    for trace in ("@font-face", "@layer theme{", brand, 'class="brand"', "<svg", 'rel="preload"', 'rel="icon"'):
        assert trace not in html


@pytest.mark.parametrize(
    ("kind", "file", "cut", "lost"),
    [
        ("oto", "sections/offer.html", r"\{% if offer.decline %\}.*?\{% endif %\}", "decline"),
        ("oto", "sections/price.html", r'<span class="terms".*?</span>', "terms"),
        ("sales", "sections/price.html", r' data-fg="price"', "price"),
        ("checkout", "sections/pay.html", r"\{% for button .*?\{% endfor %\}", "accept"),
        ("checkout", "sections/summary.html", r'<p class="total.*?</p>', "total"),
        ("thank-you", "sections/cross-sell.html", r"\{\{ section\(\"button\".*?\}\}", "accept"),
    ],
)
def test_a_template_cannot_lose_a_part_of_the_offer(
    load: LoadTheme, tmp_path: Path, kind: str, file: str, cut: str, lost: str
) -> None:
    """An override that drops a part is refused, and the message says which, among all that override something."""
    source = (THEMES / "base/templates" / file).read_text()
    changed = re.sub(cut, "", source, flags=re.DOTALL)
    assert changed != source
    override = tmp_path / "templates" / file
    override.parent.mkdir(parents=True)
    override.write_text(changed)
    for name in ("layout", "sections/foot", f"pages/{kind}"):
        innocent = tmp_path / f"templates/{name}.html"
        innocent.parent.mkdir(parents=True, exist_ok=True)
        innocent.write_text((THEMES / f"base/templates/{name}.html").read_text())
    with pytest.raises(ThemeError, match=f"lost the {lost}") as caught:
        Renderer(load(site=tmp_path)).render(SAMPLES[kind])
    assert caught.value.path == override


def test_a_template_cannot_send_the_decline_elsewhere(load: LoadTheme, tmp_path: Path) -> None:
    """The element must lead where the funnel says."""
    override = tmp_path / "templates/sections/decline.html"
    override.parent.mkdir(parents=True)
    override.write_text('<a class="decline" href="#" data-fg="decline">{{ link.label }}</a>')
    with pytest.raises(ThemeError, match="lost the decline"):
        Renderer(load(site=tmp_path)).render(SAMPLES["oto"])


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("// Why.\n  const a = `${b} c`;\n\n  const d = `e`;\n", "const a = `${b} c`;\nconst d = `e`;\n"),
        ("  const a = `b\n    c`;\n", "  const a = `b\n    c`;\n"),
        ("  const a = `${b ? `\n    c` : d}`;\n", "  const a = `${b ? `\n    c` : d}`;\n"),
        ("  const a = 'b\\\n    c';\n", "  const a = 'b\\\n    c';\n"),
    ],
)
def test_a_script_says_what_its_author_wrote(load: LoadTheme, tmp_path: Path, written: str, published: str) -> None:
    for name, text in {
        "scripts/mine.js": written,
        "templates/pages/legal.html": '{% extends "layout.html" %}{% block main %}{{ script("mine") }}{% endblock %}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    renderer = Renderer(load(site=tmp_path))
    renderer.render(SAMPLES["legal"])
    (script,) = (data for name, data in renderer.files().items() if name.startswith("assets/mine."))
    assert script.decode() == published


def test_a_broken_template_is_named_with_its_line(load: LoadTheme, tmp_path: Path) -> None:
    """Whoever writes an override sees where it fails."""
    override = tmp_path / "templates/sections/decline.html"
    override.parent.mkdir(parents=True)
    for text, line, message in (
        ("<p>\n{{ link.hrefs }}", 2, "a link has no `hrefs`"),
        ("\n\n{% if %}", 3, "Expected an expression"),
        ('{{ t("skpi") }}', 1, "skpi"),
    ):
        override.write_text(text)
        with pytest.raises(ThemeError, match=message) as caught:
            Renderer(load(site=tmp_path)).render(SAMPLES["oto"])
        assert (caught.value.path, caught.value.line) == (override, line)


def test_an_unknown_kind_is_an_error(renderer: Renderer) -> None:
    """With the nearest known one."""
    with pytest.raises(ThemeError) as caught:
        renderer.render(structs.replace(SAMPLES["oto"], kind="otto"))
    assert "`pages/oto.html`" in caught.value.help


@pytest.mark.parametrize("bumps", range(5))
def test_bump_rules_hide_all_but_the_one_combination(bumps: int) -> None:
    """For every way to tick the boxes, exactly one class of button stays, and the rows of the ticked boxes."""
    css = bump_css(bumps)
    rules = re.findall(r":root:(not\()?:?has\(#bump-(\d):checked\)\)? :is\(([^)]*)\)", css)
    assert len(rules) == 2 * bumps
    for chosen in range(2**bumps):
        ticked = {n for n in range(1, bumps + 1) if chosen >> (n - 1) & 1}
        hidden = {name for no, n, names in rules if (int(n) in ticked) != bool(no) for name in names.split(",")}
        classes = set(re.findall(r"\.if-\d+", css))
        wanted = {".if-" + ("".join(map(str, sorted(ticked))) or "0")} if bumps else set()
        assert classes - hidden == wanted
        assert {f".row-{n}" for n in range(1, bumps + 1)} - hidden == {f".row-{n}" for n in ticked}


def test_too_many_bumps_are_refused() -> None:
    """Each further box doubles the links that a creator has to make."""
    with pytest.raises(ThemeError, match="5 order bumps"):
        bump_css(5)


def test_checkout_makes_sense_without_css(renderer: Renderer) -> None:
    """All links are there, and words tell them apart."""
    html = renderer.render(checkout(2))
    for words in ("with the Sales Page Template", "with the Email Pack", "with the Template and the Email Pack"):
        assert html.count(words) == 2  # on the button, and before its total
    assert html.count("(if added)") == 2


def test_status_with_a_target_has_its_id(renderer: Renderer) -> None:
    """A public page greets only those who come from the form."""
    html = renderer.render(SAMPLES["sales"])
    assert '<div class="status at" id="checklist-sent">' in html
    assert ".at:not(:target){display:none}" in html


def test_head_says_what_search_engines_ask(renderer: Renderer) -> None:
    """Title, description, address, structured data; noindex where it belongs."""
    page = SAMPLES["term"]
    head = structs.replace(page.head, json_ld=(Markup('{"@type":"DefinedTerm"}'),))
    html = renderer.render(structs.replace(page, head=head))
    assert f"<title>{escape(page.head.title)}</title>" in html
    assert f'<link rel="canonical" href="{page.head.canonical}">' in html
    assert '<script type="application/ld+json">{"@type":"DefinedTerm"}</script>' in html
    assert 'name="robots"' not in html
    assert '<meta name="robots" content="noindex">' in renderer.render(SAMPLES["thank-you"])
