"""Themes as folders: what they inherit, what a site may override, and which mistakes are told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from funnelgen.pages.colour import to_oklch
from funnelgen.pages.render import Renderer
from funnelgen.pages.strings import Strings, locale_chain
from funnelgen.pages.themes import ThemeError, load_theme
from funnelgen.pages.tokens import PAIRS, Layer

from .conftest import SHIPPED, THEMES, LoadTheme
from .samples import SAMPLES

BRANDS = {
    "theme": None, "cobalt": "#2457ff", "sky": "#38a3f5", "teal": "#0f8b8d", "lime": "#b7f34a", "yellow": "#ffd400",
    "orange": "#ff7a1a", "red": "#d7263d", "pink": "#ff6fae", "plum": "#6b2d5c", "navy": "#14213d", "sand": "#d8c3a5",
    "grey": "#8a8f98", "black": "#111111", "white": "#ffffff",
}  # fmt: skip
NAMES = sorted(path.parent.name for path in THEMES.glob("*/theme.yaml"))


OUR_DECLINE = '<a class="decline ours" href="{{ link.href }}" data-fg="decline">{{ link.label }}</a>'


def write(folder: Path, **files: str) -> Path:
    """Write files; `__` in a name stands for a slash, the suffix is the last `_` part."""
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem.replace('__', '/').replace('_', '-')}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def themes(tmp_path: Path) -> Path:
    """A folder with base and daybreak, to add themes to."""
    for name in ("base", "daybreak"):
        (tmp_path / name).symlink_to(THEMES / name)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("brand", BRANDS)
def test_every_pair_of_colours_can_be_read(load: LoadTheme, name: str, brand: str) -> None:
    """Text 4.5:1, controls 3:1, in light and dark, whatever the brand colour."""
    pairs = load(name, brand=BRANDS[brand]).tokens.audit()
    assert len(pairs) >= 2 * len(PAIRS)
    low = [f"{p.scheme} {p.text} on {p.ground} {p.colours}: {p.ratio:.2f} < {p.wanted}" for p in pairs if not p.enough]
    assert not low


def test_a_theme_may_declare_pairs_of_its_own(load: LoadTheme, themes: Path) -> None:
    """Text on a colour of its own is measured with the contract's, so that no brand colour makes it unreadable."""
    write(themes, dusk__theme_yaml="extends: daybreak\nlight: {sun-ink: '#ffcc88'}\npairs: [[sun-ink, sun-2]]\n")
    pairs = [p for p in load("dusk", root=themes).tokens.audit() if p.text == "sun-ink"]
    assert [(p.scheme, p.ground, p.enough) for p in pairs] == [("light", "sun-2", False), ("dark", "sun-2", True)]


@pytest.mark.parametrize("name", SHIPPED)
def test_small_print_is_darker_than_it_must_be(load: LoadTheme, name: str) -> None:
    """Terms stand in it."""
    ratios = [p.ratio for p in load(name).tokens.audit() if p.text == "ink-2" and p.scheme == "light"]
    assert min(ratios) >= 5.2


def test_brand_colour_changes_the_roles_and_not_the_sun(load: LoadTheme) -> None:
    """One colour in, a theme out."""
    before, after = load().tokens.light, load(brand="#2457ff").tokens.light
    assert after["accent"] == "#2457ff"
    assert after["accent-soft"] != before["accent-soft"]
    assert after["sun-1"] == before["sun-1"]


@pytest.mark.parametrize(
    ("name", "turned", "kept"),
    [
        ("stillwater", {"bg", "tint", "ink", "lake-sky", "lake-4"}, {"lake-sun", "lake-ring"}),
        ("upbeat", {"b1"}, {"b2", "deep"}),
    ],
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_blocks_turn_with_the_brand(load: LoadTheme, name: str, scheme: str, turned: set[str], kept: set[str]) -> None:
    """Their lightness stays, their hue becomes the brand's, give or take the turn that the theme names."""
    before, after = (getattr(load(name, brand=brand).tokens, scheme) for brand in (None, "#6b2d5c"))
    _, chroma, hue = to_oklch("#6b2d5c")
    for token in turned:
        assert abs(to_oklch(after[token])[0] - to_oklch(before[token])[0]) < 0.01
        assert to_oklch(after[token])[1] <= chroma + 0.01
        assert abs((to_oklch(after[token])[2] - hue + 180) % 360 - 180) < 75
        assert after[token] != before[token]
    assert {token: after[token] for token in kept} == {token: before[token] for token in kept}


@pytest.mark.parametrize("name", SHIPPED)
def test_the_themes_own_colour_as_brand_changes_nothing(load: LoadTheme, name: str) -> None:
    """A site that writes down what it already has looks the same."""
    brand = yaml.safe_load((THEMES / name / "theme.yaml").read_text())["brand"]
    assert load(name, brand=brand.upper()).tokens == load(name).tokens


@pytest.mark.parametrize("name", SHIPPED)
def test_a_theme_is_complete(load: LoadTheme, name: str) -> None:
    """A drawing for every slot, blocks or none, fonts within the budget with their licence beside them."""
    theme, folder = load(name), THEMES / name
    slots = "mark reset cover course calls done circle mini portrait".split()
    assert [slot for slot in slots if not (folder / f"art/{slot}.svg").is_file()] == []
    assert set(theme.preload) <= set(theme.fonts)
    assert {path.name for path in (folder / "fonts").glob("*.woff2")} == set(theme.fonts)
    assert sum((folder / "fonts" / font).stat().st_size for font in theme.fonts) <= 60 * 1024
    assert "SIL Open Font License" in (folder / "fonts/OFL.txt").read_text()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("light: {acent: '#123456'}", "unknown token `acent` under `light`.*`accent`"),
        ("light: {bg: red}", "token `bg` under `light` is not a colour"),
        ("dark: {ink: ''}", "token `ink` under `dark` is not a CSS value"),
        ("vars: {r: '1rem; } body { color: red'}", "token `r` under `vars` is not a CSS value"),
        ("vars: {s1: 1rem}", "unknown token `s1` under `vars`"),
        ("brand: '#12'", "`brand` is not a colour"),
        ("base: 17", "`base` is not a list"),
        ("ratio: [1.2]", "`ratio` needs two numbers"),
        ("base: [19, 17]", "`base` needs two numbers, phone and desktop, the second no smaller"),
        ("base: [nan, nan]", "`base` needs two numbers"),
        ("radius: rund", "`radius` cannot be `rund`.*did you mean `round`"),
        ("density: dense", "`density` cannot be `dense`.*`calm`, `normal`"),
        ("light: {'sun-a:red}body{': x}", "unknown token `sun-a:red}body{` under `light`"),
        ("grounds: [sun-9]", "`grounds` names `sun-9`"),
        ("pairs: [[ink, sun-9]]", "`pairs` names `sun-9`"),
        ("pairs: [ink]", r"`pairs` has `ink`.*a text and its ground: \[\[ink, tint\]\]"),
        ("blocks: {sun-9: {light: [.9, .1, 0], dark: [.9, .1, 0]}}", "`blocks` names `sun-9`"),
        ("blocks: {tint: {light: [.9, .1]}}", "`blocks` needs lightness, chroma and turn of `tint` in both schemes"),
        ("colour: red", "unknown setting `colour`"),
        ("light: dark", "`light` is not a mapping"),
        ("- a list", "expected `key: value` lines"),
        ("light: {", "not readable as YAML"),
    ],
)
def test_a_broken_contract_is_told(load: LoadTheme, themes: Path, line: str, message: str) -> None:
    """With the file, and what to do."""
    write(themes, dusk__theme_yaml=f"{line}\n" if line[0] == "-" else f"extends: daybreak\n{line}\n")
    with pytest.raises(ThemeError) as caught:
        load("dusk", root=themes)
    assert re.search(message, str(caught.value))
    assert caught.value.path == themes / "dusk/theme.yaml"


def test_a_missing_token_is_named(load: LoadTheme, tmp_path: Path) -> None:
    """A theme gives all tokens of the contract, or inherits them."""
    text = (THEMES / "base/theme.yaml").read_text().replace('  line-strong: "#80808a"\n', "")
    write(tmp_path, base__theme_yaml=text, base__strings__en_yaml="skip: Skip")
    with pytest.raises(ThemeError, match="missing token `line-strong` under `light`"):
        load("base", root=tmp_path)


@pytest.mark.parametrize(
    ("files", "name", "message"),
    [
        ({}, "daybrake", r"theme `daybrake` does not exist.*did you mean `daybreak`\?"),
        ({}, "zzz", r"theme `zzz` does not exist.*known here: `base`, `daybreak`"),
        ({"a__theme_yaml": "extends: nothing"}, "a", "parent theme `nothing` does not exist"),
        ({"a__theme_yaml": "# later\n"}, "a", "theme `a` is empty.*begin with `name:` and `extends: daybreak`"),
        ({"a__theme_yaml": "extends: b", "b__theme_yaml": "extends: a"}, "a", "theme `a` extends itself: a → b → a"),
    ],
)
def test_a_theme_that_cannot_be_found_is_told(
    load: LoadTheme, themes: Path, files: dict[str, str], name: str, message: str
) -> None:
    """Missing themes, missing parents, loops."""
    with pytest.raises(ThemeError) as caught:
        load(name, root=write(themes, **files))
    assert re.search(message, str(caught.value))


def test_a_child_may_be_one_file(load: LoadTheme, themes: Path) -> None:
    """Everything else is inherited; a changed brand colour takes the parent's role colours along."""
    write(themes, dusk__theme_yaml="extends: daybreak\nbrand: '#2457ff'\nvars: {r: .5rem}\n")
    dusk, daybreak = load("dusk", root=themes), load()
    assert dusk.tokens.sizes == {**daybreak.tokens.sizes, "r": ".5rem"}
    assert dusk.tokens.light == load(brand="#2457ff").tokens.light
    assert Renderer(dusk).render(SAMPLES["oto"]).count("<svg") == Renderer(daybreak).render(SAMPLES["oto"]).count(
        "<svg"
    )


def test_files_are_looked_up_one_by_one(load: LoadTheme, themes: Path, tmp_path: Path) -> None:
    """Site before theme before parent: a template, a drawing, a style sheet, words."""
    site = tmp_path / "site"
    write(
        themes,
        dusk__theme_yaml="extends: daybreak",
        dusk__art__mark_svg="<svg class='moon'></svg>",
        dusk__sections__offer_css=".offer { color: navy }",
        dusk__strings__en_yaml="skip: From the theme\nguarantee: From the theme",
    )
    write(
        site,
        templates__sections__decline_html=OUR_DECLINE,
        strings__en_yaml="skip: From the site",
        site_css=".offer { color: teal }",
        theme_yaml="light: {tint: '#eeeeee'}",
    )
    theme = load("dusk", root=themes, site=site)
    html = Renderer(theme).render(SAMPLES["oto"])
    assert "decline ours" in html
    assert "<svg class='moon'>" in html
    assert ".offer{color:navy}" in html
    assert "@layer site{.offer{color:teal}}" in html
    assert "From the site" in html
    assert theme.strings("guarantee") == "From the theme"
    assert "--tint:#eeeeee" in html


def test_a_site_may_bring_its_own_font(load: LoadTheme, tmp_path: Path) -> None:
    """It joins the theme's fonts; one that is not listed is told, since nobody would publish it."""
    site = write(
        tmp_path, theme_yaml="fonts: [own.woff2]", fonts__own_woff2="x", site_css="a{src:url(fonts/own.woff2)}"
    )
    renderer = Renderer(load(site=site))
    html = renderer.render(SAMPLES["oto"])
    assert [path for path in renderer.files() if path.startswith("assets/own.") and f"url(/{path})" in html]
    write(site, site_css="a{src:url(fonts/other.woff2)}")
    with pytest.raises(ThemeError, match=r"font `other.woff2` is not one of theme `daybreak`"):
        Renderer(load(site=site)).render(SAMPLES["oto"])


def test_an_override_may_extend_the_next_one_down(load: LoadTheme, themes: Path, tmp_path: Path) -> None:
    """`theme:` means the same file, one folder further down, however many there are."""
    text = '{% extends "theme:sections/offer.html" %}{% block get %}NAME {{ super() }}{% endblock %}'
    write(
        themes, dusk__theme_yaml="extends: daybreak", dusk__templates__sections__offer_html=text.replace("NAME", "Dusk")
    )
    site = write(tmp_path / "site", templates__sections__offer_html=text.replace("NAME", "Ours"))
    html = Renderer(load("dusk", root=themes, site=site)).render(SAMPLES["oto"])
    assert re.search(r"Ours\s+Dusk\s+<h2", html)


def test_a_child_adds_rules_with_theme_css(load: LoadTheme, themes: Path) -> None:
    """Those of the parent stay, the child's come after them; a file of another name takes its parent's place."""
    write(themes, dusk__theme_yaml="extends: daybreak", dusk__theme_css=".offer { color: navy }")
    write(themes, night__theme_yaml="extends: dusk", night__theme_css=".offer { color: teal }")
    daybreak, night = (Renderer(load(name, root=themes)).render(SAMPLES["oto"]) for name in ("daybreak", "night"))
    layer = daybreak.partition("@layer theme{")[2].partition("}</style>")[0]
    assert f"{layer}.offer{{color:navy}}.offer{{color:teal}}}}" in night


@pytest.mark.parametrize("name", SHIPPED)
def test_radius_and_density_change_corners_and_room_and_nothing_else(
    load: LoadTheme, tmp_path: Path, name: str
) -> None:
    """In every theme; on phones the spaces stay, so that the way to say no stays where it is."""
    before = load(name).tokens
    corners, room = {"r", "r2", "pill"}, {"s5", "s6", "s7", "s8"}
    for line, changed in (("radius: sharp", corners), ("radius: soft", corners), ("density: calm", room)):
        after = load(name, site=write(tmp_path, theme_yaml=line)).tokens
        assert (after.light, after.dark) == (before.light, before.dark)
        different = {token for token, value in after.sizes.items() if value != before.sizes[token]}
        assert different <= changed
        assert different
        if changed is room:
            assert different == room
            starts = [
                {token: sizes[token].partition(",")[0] for token in room} for sizes in (before.sizes, after.sizes)
            ]
            assert starts[0] == starts[1]
    assert load(name, site=write(tmp_path, theme_yaml="density: normal")).tokens == before
    assert load(name, site=write(tmp_path, theme_yaml="radius: sharp\nvars: {r: 9px}")).tokens.sizes["r"] == "9px"


def test_site_yaml_has_the_last_word(load: LoadTheme, tmp_path: Path) -> None:
    """Over theme/theme.yaml, and over what follows from the brand colour, which is its own as well."""
    site = write(
        tmp_path, theme_yaml="brand: '#aa0000'\nradius: round\nlight: {accent-soft: '#eeeeee', tint: '#fafafa'}"
    )
    stated = Layer(path=tmp_path / "site.yaml", settings={"radius": "sharp", "light": {"accent-soft": "#e9eeff"}})
    theme = load_theme("daybreak", themes_root=THEMES, site_theme=site, brand="#2457ff", locale="en", stated=stated)
    light = theme.tokens.light
    assert (light["accent"], light["accent-soft"], light["tint"]) == ("#2457ff", "#e9eeff", "#fafafa")
    assert theme.tokens.sizes["r"] == "2px"


def test_a_theme_may_be_called_as_the_one_that_it_extends(load: LoadTheme, tmp_path: Path) -> None:
    """A folder `daybreak` of a designer's own lies over the one that is shipped; beside it stand others of his."""
    write(tmp_path, daybreak__theme_yaml="extends: daybreak\nvars: {r: 1px}", dusk__theme_yaml="extends: daybreak")
    for name, chain in (("daybreak", 2), ("dusk", 3)):
        theme = load_theme(
            f"./{name}", themes_root=THEMES, site_theme=None, brand=None, locale="en", folder=tmp_path / name
        )
        assert theme.tokens.sizes["r"] == "1px"
        assert len(theme.chain) == chain


def test_nothing_outside_of_a_theme_is_read(load: LoadTheme, tmp_path: Path) -> None:
    """Neither by a template's name, nor a font's, nor a script's."""
    (tmp_path / "private.js").write_text("secret")
    site = write(tmp_path / "theme", fonts__own_woff2="x", theme_yaml="fonts: [../../private.js]", scripts__x_js="")
    assert load(site=site).find("fonts/../../private.js") is None
    assert load(site=site).find(str(tmp_path / "private.js")) is None
    write(site, site_css="a{src:url(fonts/../../private.js)}")
    with pytest.raises(ThemeError, match="is not one of theme `daybreak`"):
        Renderer(load(site=site)).render(SAMPLES["oto"])


def test_scheme_decides_which_colours_are_there(load: LoadTheme) -> None:
    """`auto` has both, `light` and `dark` one alone."""
    night = "prefers-color-scheme:dark"
    auto, light, dark = (Renderer(load(scheme=s)).render(SAMPLES["term"]) for s in ("auto", "light", "dark"))
    assert night in auto
    assert night not in light + dark
    assert ":root{color-scheme:dark;" in dark
    with pytest.raises(ThemeError, match="unknown scheme `dusk`"):
        load(scheme="dusk")


def test_a_site_may_state_a_role_colour_and_is_told_if_it_cannot_be_read(load: LoadTheme, tmp_path: Path) -> None:
    """Explicit tokens win over derivation; the audit names the pair and a colour that passes."""
    site = write(tmp_path, theme_yaml="light: {accent-ink: '#ff9966'}")
    tokens = load(site=site, brand="#2457ff").tokens
    assert tokens.light["accent-ink"] == "#ff9966"
    low = [pair for pair in tokens.audit() if not pair.enough]
    assert {(pair.scheme, pair.text) for pair in low} == {("light", "accent-ink")}
    assert load(site=write(tmp_path, theme_yaml=f"light: {{accent-ink: '{low[0].nearest}'}}"))


def test_sizes_never_fall_below_what_can_be_read(load: LoadTheme) -> None:
    """Small text is at least 14 px, and the largest step grows at most 1.6-fold, so that zooming works."""
    for name in NAMES:
        for token, value in load(name).tokens.sizes.items():
            found = re.fullmatch(r"clamp\(([\d.]+)rem,.*,([\d.]+)rem\)", value)
            if token.startswith("t") and found:
                low, high = float(found[1]), float(found[2])
                assert low >= 14 / 16
                assert high / low <= 1.6


def test_locales_fall_back_to_english() -> None:
    """A language without a file speaks English; a region reads its language first."""
    assert locale_chain("en-US") == ["en", "en-US"]
    assert locale_chain("de_AT") == ["en", "de", "de-AT"]
    base = THEMES / "base/strings"
    assert Strings.load([base], "xx-YY")("skip") == Strings.load([base], "en-US")("skip") == "Skip to content"


def test_translations_and_overrides_come_key_by_key(tmp_path: Path) -> None:
    """The site's English never beats the translation of a German site."""
    base = write(tmp_path / "base", en_yaml="skip: Skip\nhello: Hello {name}", de_yaml="skip: Weiter")
    site = write(tmp_path / "site", en_yaml="skip: Jump\nhello: Hi {name}")
    words = Strings.load([base, site], "de-AT")
    assert words("skip") == "Weiter"
    assert words("hello", name="Nora") == "Hi Nora"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("skipp: x", "unknown string `skipp`.*did you mean `skip`"),
        ("hello: Hi {nme}", "string `hello` has no `{nme}`"),
        ("skip: [a]", "string `skip` is not a line of text"),
    ],
)
def test_a_string_that_nothing_asks_for_is_told(tmp_path: Path, text: str, message: str) -> None:
    """A typing error would otherwise leave the old words standing."""
    base = write(tmp_path / "base", en_yaml="skip: Skip\nhello: Hello {name}")
    site = write(tmp_path / "site", en_yaml=text)
    with pytest.raises(ThemeError) as caught:
        Strings.load([base, site], "en")
    assert re.search(message, str(caught.value))
    words = Strings.load([base], "en")
    for key, values in (("skpi", {}), ("hello", {}), ("skip", {"name": "x"})):
        with pytest.raises(ThemeError):
            words(key, **values)


@pytest.mark.parametrize(
    ("frames", "words"),
    [
        ("{hreo: 100vw 40rem}", "unknown frame `hreo`"),
        ("{hero: wide}", "the frame `hero` is not to be read: `wide`"),
        ("{hero: 100vw 40rem 4/0}", "the frame `hero` is not to be read: `100vw 40rem 4/0`"),
        ("[hero]", "`frames` is not a mapping"),
    ],
)
def test_a_frame_that_cannot_be_meant_is_refused(load: LoadTheme, tmp_path: Path, frames: str, words: str) -> None:
    (tmp_path / "theme.yaml").write_text(f"frames: {frames}\n")
    with pytest.raises(ThemeError, match=re.escape(words)):
        load(site=tmp_path)


def test_a_site_may_have_frames_of_its_own(load: LoadTheme, tmp_path: Path) -> None:
    (tmp_path / "theme.yaml").write_text("frames: {hero: 50vw 20rem 1/1}\n")
    frames = load(site=tmp_path).frames
    assert frames["hero"].sizes(300, 300) == "(min-width:60em) 20rem,50vw"
    assert frames["thumb"] == load().frames["thumb"]
