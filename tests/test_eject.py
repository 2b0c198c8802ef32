"""`funnelgen theme`: the themes that are listed, and the pieces of them that a site takes over to change."""

from __future__ import annotations

import re
from collections.abc import Callable
from errno import EACCES
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from funnelgen.cli import cli
from funnelgen.eject import Refused, eject
from funnelgen.pages.pieces import UnknownPiece, blocks_of, pieces_of
from funnelgen.pages.render import Renderer
from funnelgen.pages.themes import Theme, ThemeError, load_theme

from .pages.samples import SAMPLES
from .sites import ROOT, SMALL, Files, built, site, write
from .test_cli import run

THEMES = ROOT / "themes"
SHIPPED = ["daybreak", "stillwater", "upbeat"]
OFFER = "theme/templates/sections/offer.html"


def theme_for(folder: Path, name: str = "daybreak") -> Theme:
    return load_theme(name, themes_root=THEMES, site_theme=folder / "theme", brand=None, locale="en-US")


def pages(theme: Theme) -> dict[str, str]:
    """Every kind of page, made with a theme."""
    renderer = Renderer(theme)
    return {kind: renderer.render(sample) for kind, sample in SAMPLES.items()} | {
        name: data.decode("latin-1") for name, data in renderer.files().items()
    }


# --- list ------------------------------------------------------------------------------------------------------------


def test_the_themes_are_listed_with_whom_they_are_for() -> None:
    done = run("theme", "list")
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines] == SHIPPED
    assert all(re.search(r"  #[0-9a-f]{6}  for [a-z]", line) for line in lines)


def test_the_help_shows_an_example_of_each() -> None:
    for command in ("list", "eject"):
        assert f"Example: funnelgen theme {command}" in run("theme", command, "--help").stdout
    assert "there is no command `ejct`; did you mean `eject`?" in run("theme", "ejct").stderr


# --- eject: nothing looks different ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_piece_may_be_taken_and_no_page_changes(tmp_path: Path, name: str) -> None:
    """Each template, drawing, style sheet and strings file of a theme at once, and all pages to the byte."""
    before = pages(theme_for(tmp_path, name))
    known = list(pieces_of(theme_for(tmp_path, name)))
    for piece in known:
        eject(tmp_path, theme_for(tmp_path, name), piece)
    after = theme_for(tmp_path, name)
    assert {piece.path for piece in pieces_of(after).values()} == {p for p in tmp_path.rglob("*") if p.is_file()}
    assert len(known) > 120
    assert pages(after) == before


@pytest.mark.parametrize("name", SHIPPED)
def test_every_template_with_blocks_may_be_extended_and_no_page_changes(tmp_path: Path, name: str) -> None:
    before = pages(theme_for(tmp_path, name))
    theme = theme_for(tmp_path, name)
    extended = [piece.name for piece in pieces_of(theme).values() if piece.is_template and blocks_of(theme, piece)]
    for piece in extended:
        eject(tmp_path, theme_for(tmp_path, name), piece, extend=True)
    assert {"layout", "sections/offer", *(f"pages/{kind}" for kind in SAMPLES)} <= set(extended)
    assert pages(theme_for(tmp_path, name)) == before


@pytest.mark.parametrize("piece", ["offer", "pages/checkout", "art/mark", "base.css", "strings/en"])
def test_a_whole_site_is_built_to_the_same_bytes(tmp_path: Path, piece: str) -> None:
    before = built(site(tmp_path)).files
    assert run("theme", "eject", piece, tmp_path).returncode == 0
    assert built(tmp_path).files == before


def test_a_piece_that_extends_the_theme_below_is_not_extended_twice(tmp_path: Path) -> None:
    """A copy of it would add its own words to those that are there already."""
    text = '{% extends "theme:sections/offer.html" %}{% block get %}Dusk {{ super() }}{% endblock %}'
    files: Files = {"dusk/theme.yaml": "extends: daybreak\n", "dusk/templates/sections/offer.html": text}
    themes = write(tmp_path / "themes", files)
    for name in ("base", "daybreak"):
        (themes / name).symlink_to(THEMES / name)

    def html() -> str:
        folder = tmp_path / "site/theme"
        theme = load_theme("dusk", themes_root=themes, site_theme=folder, brand=None, locale="en")
        eject(tmp_path / "site", theme, "offer") if not folder.exists() else None
        return Renderer(theme).render(SAMPLES["oto"])

    assert html().count("Dusk") == html().count("Dusk") == 1


# --- eject: what it says ---------------------------------------------------------------------------------------------


def test_it_says_what_was_written_and_what_to_do_next(tmp_path: Path) -> None:
    done = run("theme", "eject", "offer", tmp_path, cwd=site(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / OFFER).read_bytes() == (THEMES / "base/templates/sections/offer.html").read_bytes()
    assert done.stdout.startswith(f"wrote {tmp_path / OFFER}, copied from theme `daybreak`\n")
    assert f"see     funnelgen serve {tmp_path}\n" in done.stdout
    assert "a build refuses a page that lost its accept, closed, decline, price or terms\n" in done.stdout
    assert f"(`get`, `decide`):\n          funnelgen theme eject sections/offer {tmp_path} --extend\n" in done.stdout


def test_a_block_of_a_shorter_template_may_be_filled(tmp_path: Path) -> None:
    done = run("theme", "eject", "offer", site(tmp_path), "--extend")
    assert "extends the one of theme `daybreak`" in done.stdout
    text = (tmp_path / OFFER).read_text()
    assert text.startswith('{% extends "theme:sections/offer.html" %}\n')
    (tmp_path / OFFER).write_text(text.replace("{% block decide %}", "{% block decide %}<p>Ours</p>"))
    html = built(tmp_path).files["sales/index.html"].decode()
    assert re.search(r'<p>Ours</p>\s*<p class="price">', html)


@pytest.mark.parametrize(
    ("piece", "file"),
    [
        ("offer", "templates/sections/offer.html"),
        ("templates/sections/offer.html", "templates/sections/offer.html"),
        ("theme/sections/offer.css", "sections/offer.css"),
        ("checkout", "templates/pages/checkout.html"),
        ("layout", "templates/layout.html"),
        ("offer.css", "sections/offer.css"),
        ("base.css", "base.css"),
        ("cover", "art/cover.svg"),
        ("strings/de", "strings/de.yaml"),
        ("icons/course", "templates/icons/course.svg"),
    ],
)
def test_a_piece_has_the_name_that_one_would_type(tmp_path: Path, piece: str, file: str) -> None:
    assert eject(tmp_path, theme_for(tmp_path), piece).path == tmp_path / "theme" / file


@pytest.mark.parametrize(
    ("piece", "message", "help"),
    [
        ("ofer", "no piece of a theme is called `ofer`", "did you mean `offer`?"),
        ("zzzzzz", "no piece of a theme is called `zzzzzz`", "`funnelgen theme eject` lists them all"),
        ("../../site", "no piece of a theme is called `../../site`", ""),
        ("course", "`course` may be several pieces", "say which: `icons/course`, `art/course`"),
        ("menu.css", "theme `daybreak` has no style sheet `menu.css` of its own", "theme/site.css"),
    ],
)
def test_a_piece_that_there_is_not(tmp_path: Path, piece: str, message: str, help: str) -> None:
    with pytest.raises(UnknownPiece) as caught:
        eject(tmp_path, theme_for(tmp_path), piece)
    assert str(caught.value) == message
    assert help in caught.value.help
    assert not (tmp_path / "theme").exists()


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    site(tmp_path, {OFFER: "mine"})
    for extend in ((), ("--extend",)):
        done = run("theme", "eject", "offer", tmp_path, *extend)
        assert done.returncode == 2
        assert f"`{tmp_path / OFFER}` is there already, and stays as it is" in done.stderr
    assert (tmp_path / OFFER).read_text() == "mine"


@pytest.mark.parametrize("piece", ["foot", "sales"])
def test_a_template_that_is_not_utf_8_is_told_before_anything_is_written(tmp_path: Path, piece: str) -> None:
    """One of the theme's, or a section that the one wanted calls."""
    dusk: Files = {
        "site.yaml": f"{SMALL['site.yaml']!s}theme: ./dusk\n",
        "dusk/theme.yaml": "extends: daybreak\n",
        "dusk/templates/pages/sales.html": '{{ section("foot") }}',
        "dusk/templates/sections/foot.html": "Caf\xe9\n".encode("latin-1"),
    }
    done = run("theme", "eject", piece, site(tmp_path, dusk))
    assert done.returncode == 1
    assert "not UTF-8: byte 0xe9" in done.stderr
    assert "dusk/templates/sections/foot.html:1:1" in done.stderr
    assert done.stderr.endswith("nothing was written\n")
    assert not (tmp_path / "theme").exists()


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """A theme/ that is a link elsewhere is refused, as a build refuses it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (site(tmp_path / "site") / "theme").symlink_to(elsewhere)
    done = run("theme", "eject", "offer", tmp_path / "site")
    assert done.returncode == 2
    assert "leads out of the site" in done.stderr
    assert list(elsewhere.iterdir()) == []


def test_a_template_without_blocks_cannot_be_extended(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="`sections/decline` has no blocks to fill"):
        eject(tmp_path, theme_for(tmp_path), "decline", extend=True)
    assert not (tmp_path / "theme").exists()


@pytest.mark.parametrize("arguments", [(".",), ()])
def test_without_a_piece_it_lists_them(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = run("theme", "eject", *arguments, cwd=site(tmp_path))
    assert done.returncode == 0
    assert {"layout", "pages/checkout", "sections/offer", "art/cover", "sections/offer.css", "strings/de"} <= set(
        done.stdout.split()
    )


def test_where_there_is_no_site(tmp_path: Path) -> None:
    done = run("theme", "eject", "offer", tmp_path)
    assert done.returncode == 2
    assert "is not a site: it has no site.yaml" in done.stderr


def test_a_theme_that_cannot_be_used_is_told_as_by_a_build(tmp_path: Path) -> None:
    done = run("theme", "eject", "offer", site(tmp_path, {"theme/theme.yaml": "light: {inkk: '#000000'}\n"}))
    assert done.returncode == 1
    assert "error[FG601]: unknown token `inkk` under `light`" in done.stderr
    broken: Files = {"site.yaml": "name: [\n"}
    done = run("theme", "eject", "offer", write(tmp_path, {**SMALL, **broken}))
    assert done.returncode == 1
    assert "site.yaml:" in done.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    site(tmp_path, {"theme/templates": "a file where a folder has to be"})
    done = run("theme", "eject", "offer", tmp_path)
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


@pytest.mark.parametrize("piece", ["templates/sections/offer.html", "sections/offer.css"])
def test_a_piece_that_cannot_be_read_is_told_as_that(
    tmp_path: Path, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"site.yaml": f"{SMALL['site.yaml']!s}theme: ./mine\n", "mine/theme.yaml": "extends: daybreak\n"}
    folder = site(tmp_path, {**files, f"mine/{piece}": ""})
    forbid(folder / "mine" / piece, monkeypatch)
    done = CliRunner().invoke(cli, ["theme", "eject", Path(piece).name.removesuffix(".html"), str(folder)])
    assert done.exit_code == 1
    assert f"`{Path(piece).name}` cannot be read: Permission denied" in done.stderr
    assert f"--> mine/{piece}:1:1" in done.stderr
    assert "check its permissions" in done.stderr
    assert "cannot be written" not in done.stderr
    assert not (folder / "theme").exists()


@pytest.mark.parametrize("file", ["scripts/journey.js", "fonts/figtree.woff2"])
def test_so_is_a_file_that_pages_refer_to(tmp_path: Path, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = next(path for path in (THEMES / "base" / file, THEMES / "daybreak" / file) if path.is_file())
    page = '{% extends "layout.html" %}{% block main %}{{ script("journey") }}{% endblock %}'
    write(tmp_path, {f"theme/{file}": original.read_bytes(), "theme/templates/pages/legal.html": page})
    renderer = Renderer(theme_for(tmp_path))
    forbid(tmp_path / "theme" / file, monkeypatch)
    with pytest.raises(ThemeError, match=f"`{Path(file).name}` cannot be read: Permission denied"):
        renderer.render(SAMPLES["legal"])


def forbid(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a file one that may not be read, to root neither."""

    def closed(read: Callable[..., Any]) -> Callable[..., Any]:
        def reading(self: Path, *given: Any, **named: Any) -> Any:
            if self == path:
                raise PermissionError(EACCES, "Permission denied", str(path))
            return read(self, *given, **named)

        return reading

    for name in ("read_bytes", "read_text"):
        monkeypatch.setattr(Path, name, closed(getattr(Path, name)))


def test_the_pieces_of_the_default_theme_are_listed_where_there_is_no_site(tmp_path: Path) -> None:
    done = run("theme", "eject", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith("pieces of theme `daybreak`")
    assert "sections/offer" in done.stdout
