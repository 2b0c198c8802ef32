"""Fonts: a site gets the letters that it shows, in one file per face, and no more."""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from funnelgen.hosts import netlify
from funnelgen.pages.fonts import cuts
from funnelgen.pages.fonts.faces import SYSTEMS
from funnelgen.pages.fonts.letters import BASIC, letters_of
from funnelgen.pages.fonts.making import make, size_of_stand_in
from funnelgen.pages.render import Renderer
from funnelgen.pipeline import Failed, Output, build

from ..sites import Files, checked, said, site, write
from .conftest import THEMES, LoadTheme
from .samples import SAMPLES

POLISH = "Zażółć gęślą jaźń, mówi „ŁÓDŹ”."
FRENCH = "Où êtes-vous allé ? À l’œuvre, ça coûte 12 € : « garçon, naïf, très sûr »."
GERMAN = "Grüße aus Köln, schöne Straßen, für „Ärzte“ und Öl."


def built(folder: Path, changes: Files, *, cache: Path | None = None, workers: int = 1) -> Output:
    """The output of the small site with some files changed."""
    result = checked(site(folder, changes))
    assert result.can_build, [said(d) for d in result.diagnostics]
    assert result.site
    assert result.funnel
    return build(result.site, result.funnel, "demo", cache=cache, workers=workers)


def saying(*texts: str) -> Files:
    """The small site with these words on a page."""
    return {"pages/index.md": "---\ndescription: Courses.\n---\n" + "\n\n".join(texts) + "\n"}


def fonts_of(output: Output) -> dict[str, bytes]:
    """The fonts of a build by path."""
    return {name: data for name, data in output.files.items() if name.endswith(".woff2")}


def letters_in(font: bytes) -> set[str]:
    """What a font can draw."""
    return set(map(chr, TTFont(BytesIO(font)).getBestCmap()))


def only(output: Output) -> tuple[str, bytes]:
    """The one font of a build, which every page that has one refers to and no other."""
    ((path, font),) = fonts_of(output).items()
    for name, html in output.files.items():
        if name.endswith(".html"):
            assert set(re.findall(rb"/assets/[\w.-]+\.woff2", html)) <= {b"/" + path.encode()}, name
    return path, font


def beyond_english(text: str) -> set[str]:
    """The letters of a text that the ready-made font lacks."""
    return set(text) - BASIC


# --- what a site gets ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [POLISH, FRENCH, GERMAN], ids=["Polish", "French", "German"])
def test_a_site_gets_exactly_its_letters(tmp_path: Path, text: str) -> None:
    output = built(tmp_path, saying(text))
    path, font = only(output)
    assert letters_in(font) == BASIC | beyond_english(text)
    assert font[:4] == b"wOF2"
    assert output.files["index.html"].decode().count(f"/{path}") == 2  # preload, @font-face


def test_the_policy_allows_the_styles_with_their_new_fonts(tmp_path: Path) -> None:
    """Its hashes are those of the pages as they are written, not as they were rendered."""
    output = built(tmp_path, saying(POLISH))
    style = re.search(r"<style>(.*?)</style>", output.files["index.html"].decode(), re.DOTALL)
    assert style
    wanted = re.findall(r"'sha256-[^']+'", netlify.content_security_policy([style[1]]))
    assert wanted
    assert all(value in output.files["_headers"].decode() for value in wanted)


def test_english_sites_get_the_ready_font(tmp_path: Path) -> None:
    output = built(tmp_path, saying("“Café” costs 5 € – or 6 ÷ 2 · 3 …"))
    assert only(output)[1] == (THEMES / "daybreak/fonts/figtree.woff2").read_bytes()


def test_english_sites_never_import_fonttools(tmp_path: Path) -> None:
    """It takes longer to import than a small site to build."""
    folder = site(tmp_path / "site")
    code = (
        "import sys; sys.argv = ['funnelgen', 'build', sys.argv[1], '-q']\n"
        "from funnelgen.__main__ import main\n"
        "try: main()\n"
        "finally: print([name for name in ('fontTools', 'brotli') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(folder)], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"


def test_every_page_counts_and_so_do_references_and_accents_typed_apart(tmp_path: Path) -> None:
    changes = {
        "pages/terms.md": "What you buy: &Eacute;t&eacute; &#322;.\n",
        "copy/sales.md": "n\N{COMBINING TILDE} is one letter, and so is what the browser draws.\n",
        "glossary/uber.md": "---\nterm: Über\ndefinition: Above.\n---\nMore than that.\n",
    }
    assert letters_in(only(built(tmp_path, changes))[1]) - BASIC == set("Éłñ÷Ü") - BASIC


def test_pictures_and_what_has_no_shape_ask_for_no_font() -> None:
    text = "<body>✅ 🎉 👩\N{ZERO WIDTH JOINER}🚀 ❤\N{VARIATION SELECTOR-16} co\N{SOFT HYPHEN}operate → é</body>"
    assert letters_of(text) == {"→"}


def test_changed_case_is_foreseen(tmp_path: Path) -> None:
    """A style sheet that writes a heading in capitals needs letters that stand nowhere."""
    changes = {**saying("łódź"), "theme/site.css": "h1 { text-transform: uppercase }"}
    assert letters_in(only(built(tmp_path, changes))[1]) - BASIC == set("łóźŁÓŹ")


# --- the same everywhere ---------------------------------------------------------------------------------------------


def test_the_same_bytes_with_and_without_a_cache_and_from_several_processes(tmp_path: Path) -> None:
    terms = {f"glossary/t-{n}.md": f"---\nterm: Żó{n}\ndefinition: Number {n}.\n---\nTerm.\n" for n in range(210)}
    one = built(tmp_path / "site", terms)
    several = built(tmp_path / "site", terms, cache=tmp_path / "cache", workers=2)
    assert one.files == several.files == built(tmp_path / "site", terms, cache=tmp_path / "cache").files


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The letters of each font that had to be cut, instead of being found in the cache."""
    asked: list[str] = []
    make = cuts._make

    def listening(font: bytes, letters: str) -> cuts.Cut:
        asked.append(letters)
        return make(font, letters)

    monkeypatch.setattr(cuts, "_make", listening)
    return asked


def test_a_font_is_cut_once(tmp_path: Path, made: list[str]) -> None:
    first = built(tmp_path / "site", saying(POLISH), cache=tmp_path / "cache")
    again = built(tmp_path / "site", saying(POLISH, "More, in the same letters."), cache=tmp_path / "cache")
    assert fonts_of(first) == fonts_of(again)
    assert len(made) == 1
    built(tmp_path / "site", saying(POLISH, GERMAN), cache=tmp_path / "cache")
    assert len(made) == 2


@pytest.mark.parametrize("spoilt", [b"", b"wOF2", b"\0" * 20_000], ids=["empty", "short", "zeros"])
def test_a_kept_font_that_is_spoilt_is_made_anew(tmp_path: Path, made: list[str], spoilt: bytes) -> None:
    first = built(tmp_path / "site", saying(POLISH), cache=tmp_path / "cache")
    (kept,) = (tmp_path / "cache/fonts").iterdir()
    for content in (spoilt, kept.read_bytes()[:-1] + b"?"):
        kept.write_bytes(content)
        assert built(tmp_path / "site", saying(POLISH), cache=tmp_path / "cache").files == first.files
    assert len(made) == 3
    built(tmp_path / "site", saying(POLISH), cache=tmp_path / "cache")
    assert len(made) == 3


def test_a_cache_that_takes_nothing_does_no_harm(tmp_path: Path) -> None:
    cache = write(tmp_path / "cache", {"fonts": "a file, where the folder would be"})
    assert fonts_of(built(tmp_path / "site", saying(POLISH), cache=cache))


# --- letters that a font does not have -------------------------------------------------------------------------------


def test_letters_without_font_are_told_and_cost_nothing(tmp_path: Path) -> None:
    output = built(tmp_path, saying("Добро пожаловать."))
    assert only(output)[1] == (THEMES / "daybreak/fonts/figtree.woff2").read_bytes()
    (finding,) = [d for d in output.diagnostics if d.code == "FG609"]
    assert finding.message.startswith("`Figtree` has no shapes for 11 letters of the pages: Д, ")
    assert finding.message.endswith(" and 6 more")


def test_letters_that_it_has_come_beside_those_it_lacks(tmp_path: Path) -> None:
    output = built(tmp_path, saying(f"Дa. {POLISH}"))
    assert letters_in(only(output)[1]) == BASIC | beyond_english(POLISH)
    (finding,) = [d for d in output.diagnostics if d.code == "FG609"]
    assert finding.message == "`Figtree` has no shape for a letter of the pages: Д"


# --- what theme.yaml says --------------------------------------------------------------------------------------------

OWN = """\
fonts:
- family: Own Sans
  file: own.woff2
  weight: 300 700
- family: Own Serif
  role: display
  style: italic
  file: own.woff2
  weight: "300"
  stand-ins: {300: [times italic, 98]}
"""


def whole_font() -> bytes:
    """A font with more letters than any page needs."""
    return (THEMES / "daybreak/fonts/whole/figtree.woff2").read_bytes()


def test_a_site_may_bring_its_own_face(tmp_path: Path) -> None:
    """It takes the place of the theme's, and nobody has to cut it."""
    changes: Files = {**saying(GERMAN), "theme/theme.yaml": OWN, "theme/fonts/own.woff2": whole_font()}
    output = built(tmp_path, changes)
    assert letters_in(only(output)[1]) == BASIC | beyond_english(GERMAN)
    css = output.files["index.html"].decode()
    assert "Figtree" not in css
    assert '--font:"Own Sans",system-ui,sans-serif;' in css
    assert '--display:"Own Serif","Own Serif Fallback",Georgia,serif;' in css
    assert css.count("font-style:italic") == 2
    assert css.count('rel="preload"') == 1


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("family: Own Sans", "family: 'a;b'", "2: `family` of font `a;b` cannot be used"),
        ("  weight: 300 700\n", "", "2: a font has no `weight`"),
        ("weight: 300 700", "weight: bold", "2: `weight` of font `Own Sans` cannot be used"),
        ("weight: 300 700", "wieght: 300 700", "2: unknown key `wieght` of a font"),
        ("- family: Own Sans", "- [a]\n- family: a", "2: an entry of `fonts` is neither a file name nor a mapping"),
        ("own.woff2", "../own.woff2", "2: `file` of font `Own Sans` cannot be used"),
        ("own.woff2", "other.woff2", "2: font `other.woff2` of `Own Sans` is not there"),
        ("role: display", "role: headline", "5: `role` of font `Own Serif` cannot be used"),
        ("times italic", "comic", "5: `stand-ins` of font `Own Serif` cannot be used"),
    ],
)
def test_mistakes_in_a_face_are_shown_where_they_are(tmp_path: Path, old: str, new: str, message: str) -> None:
    files: Files = {"theme/theme.yaml": OWN.replace(old, new, 1), "theme/fonts/own.woff2": whole_font()}
    with pytest.raises(Failed) as failed:
        built(tmp_path, files)
    span = failed.value.diagnostic.span
    assert span
    assert f"{span.line}: {failed.value.diagnostic.message}" == message
    assert failed.value.diagnostic.help


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    changes: Files = {"theme/theme.yaml": OWN, "theme/fonts/own.woff2": b"wOF2 and no more"}
    with pytest.raises(Failed, match=r"`own.woff2` of font `Own Sans` is no font, or a broken one"):
        built(tmp_path, changes)


# --- what the themes ship --------------------------------------------------------------------------------------------

SHIPPED = sorted(path.parent.name for path in THEMES.glob("*/theme.yaml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_ready_fonts_have_the_english_letters_and_their_licence(load: LoadTheme, name: str) -> None:
    theme = load(name)
    for face in theme.faces:
        ready, whole = theme.find(f"fonts/{face.basic}"), theme.find(f"fonts/{face.file}")
        assert ready
        assert whole
        assert letters_in(ready.read_bytes()) == BASIC
        assert letters_in(whole.read_bytes()) > BASIC | set("ąčéßøñşțűÿœŁ„«»¿¡")
        for path in (ready, whole):
            assert "SIL Open Font License" in str(TTFont(path)["name"].getDebugName(13))
            assert (path.parent / "OFL.txt").is_file() or (path.parent.parent / "OFL.txt").is_file()


@pytest.mark.parametrize("name", SHIPPED)
def test_what_stands_in_is_as_wide_as_the_font(load: LoadTheme, name: str) -> None:
    """The figures in theme.yaml are those that the font has."""
    theme = load(name)
    for face in theme.faces:
        ready = theme.find(f"fonts/{face.basic}")  # its letters are as wide as those of the whole, and sooner cut
        assert ready
        assert face.stand_ins
        for weights, (system, size) in face.stand_ins.items():
            low, high = (float(at) for at in (weights.split() * 2)[:2])
            sizes = [size_of_stand_in(ready.read_bytes(), at, system) for at in (low, high)]
            assert min(sizes) - 1.5 <= size <= max(sizes) + 0.1
            assert system in SYSTEMS


def test_a_theme_keeps_only_the_axes_it_uses(load: LoadTheme) -> None:
    made = make(whole_font(), {"wght": (400, 600), "opsz": 16})
    axes = TTFont(BytesIO(made.whole))["fvar"].axes
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in axes] == [("wght", 400, 600)]
    assert letters_in(made.basic) == BASIC
    assert made.heights == (95, 25, 0)


def test_pages_show_what_stands_in_until_the_font_comes(load: LoadTheme) -> None:
    html = Renderer(load()).render(SAMPLES["sales"])
    assert "size-adjust:101.4%;ascent-override:93.7%;descent-override:24.7%;line-gap-override:0%" in html
    assert 'src:local("Arial Bold")' in html
