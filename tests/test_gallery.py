"""Themes to look at: the style guide has every section in every state, the gallery every page in every theme."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from funnelgen.funnel import compile_funnel
from funnelgen.gallery.addresses import readdressed
from funnelgen.gallery.gallery import KINDS, Gallery, gallery
from funnelgen.gallery.preview import preview
from funnelgen.gallery.specimens import ARRANGING, GROUPS
from funnelgen.gallery.wardrobe import SCHEMES, SPECIMENS, wearing
from funnelgen.pages.themes import listed
from funnelgen.pipeline import build, shipped

from .sites import EXAMPLE, ROOT, SMALL, checked, loaded, said, site
from .test_cli import run

THEMES = tuple(theme.id for theme in listed(ROOT / "themes"))
LISTED = [specimen for specimens in GROUPS.values() for specimen in specimens]
SECTIONS = {path.stem for path in (ROOT / "themes/base/templates/sections").glob("*.html")}

Files = Mapping[str, bytes]


def quietly(done: int, of: int) -> None:
    assert 0 <= done <= of


@pytest.fixture(scope="module", params=THEMES)
def guide(request: pytest.FixtureRequest, cache: Path) -> Files:
    """The style guide of each theme."""
    return preview(None, request.param, cache=cache, progress=quietly)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What several builds of the same pictures keep for one another."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def shown(cache: Path) -> Gallery:
    """The gallery of the example, in a colour of its own."""
    example = loaded(EXAMPLE)
    return gallery(example, listed(shipped("themes")), cache=cache, progress=quietly)


def document(guide: Files, section: str, state: str, scheme: str = "light") -> str:
    """The document of one specimen."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"{section} {state}".lower()).strip("-")
    return guide[f"{scheme}/{slug}.html"].decode()


def without_addresses(html: str) -> str:
    """A page with every address taken out."""
    return re.sub(r"url\([^)\"']*\)", "url()", readdressed(html, lambda address: ""))


def words(html: str) -> str:
    """What of it is read."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


# --- the specimens ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["pottery", "yen"])
def test_nothing_is_wrong_with_the_specimens(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(SPECIMENS / name, tmp_path / name)
    assert not [said(d) for d in checked(folder).diagnostics if d.is_error or d.is_warning]


def test_every_section_there_is_has_a_specimen() -> None:
    assert {specimen.section for specimen in LISTED} == SECTIONS - ARRANGING


def test_no_two_specimens_have_the_same_name() -> None:
    names = [(specimen.section, specimen.state) for specimen in LISTED]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "state",
    "long words|without a picture|one|three|twelve|nine|instalments|ticked|not ticked|with a wrong address"
    "|recurring, with a trial, nothing listed|in a currency without decimals|in a browser without :has()"
    "|after a payment".split("|"),
)
def test_each_state_is_among_them(state: str) -> None:
    assert any(specimen.state == state for specimen in LISTED)


# --- the style guide -------------------------------------------------------------------------------------------------


def test_each_specimen_is_shown_in_both_schemes(guide: Files) -> None:
    index = guide["index.html"].decode()
    frames = re.findall(r'<iframe data-src="([^"#]+)', index)
    assert len(frames) == len(set(frames)) == len(SCHEMES) * len(LISTED)
    assert set(frames) <= set(guide)
    assert "no such section" not in index
    assert {path for path in guide if path.endswith(".html")} == {*frames, "index.html"}


def test_everything_that_a_specimen_needs_is_there(guide: Files) -> None:
    for path, data in guide.items():
        if path.startswith(SCHEMES):
            html = data.decode()
            needed = re.findall(r'(?:src|href)="(\.\./[^"]+)"', html) + re.findall(r"url\((\.\./[^)]+)\)", html)
            assert {name.removeprefix("../") for name in needed} <= set(guide), path
            assert 'href="/' not in html
            assert 'href="http' not in html


@pytest.mark.parametrize(
    ("section", "state", "pattern", "times"),
    [
        ("modules", "one", r"<li>", 1),
        ("modules", "twelve", r"<li>", 12),
        ("quotes", "one", r"<blockquote>", 1),
        ("quotes", "three", r"<blockquote>", 3),
        ("deliverables", "one", r"<h3>", 1),
        ("deliverables", "nine", r"<h3>", 9 + 5),  # and what may have been added
        ("bump", "ticked", r'<input type="checkbox" checked', 1),
        ("bump", "not ticked", r'<input type="checkbox" id', 1),
        ("summary", "two bumps ticked, long words", r'<input type="checkbox" checked', 2),
        ("form", "with a wrong address", r'aria-invalid="true"', 1),
        ("offer", "in a currency without decimals", r'data-fg="price" data-amount="21800"', 1),
        ("hero", "with a picture", r"<img ", 1),
        ("hero", "with a drawing", r"<img ", 0),
        ("status", "after the form, on a public page", r'id="welcome"', 1),
    ],
)
def test_a_specimen_has_what_its_name_says(guide: Files, section: str, state: str, pattern: str, times: int) -> None:
    assert len(re.findall(pattern, document(guide, section, state).partition("<body")[2])) == times


def test_a_drawing_finds_its_parts(guide: Files) -> None:
    html = document(guide, "hero", "of the free pages")
    wanted = set(re.findall(r'<use[^>]* href="#([^"]*)"', html))
    assert wanted <= set(re.findall(r' id="([^"]+)"', html))


def test_a_browser_without_has_is_played_by_the_style_sheet(guide: Files) -> None:
    without, ticked = (document(guide, "bump", state) for state in ("in a browser without :has()", "ticked"))
    assert ":has(" not in without.partition("<style>")[2]
    assert ":has(" in ticked


def test_a_specimen_is_the_page_s_own_section_in_the_page_s_own_style(tmp_path: Path) -> None:
    school = loaded(SPECIMENS / "pottery")
    output = build(wearing(school, None, theme="upbeat", scheme="dark"), compile_funnel(school), "demo")
    page = output.files["ample/oto/index.html"].decode()
    shown = document(
        preview(None, "upbeat", cache=None, progress=quietly), "offer", "an upgrade, with a decline", "dark"
    )
    style, own = (html.partition("<style>")[2].partition("</style>")[0] for html in (shown, page))
    assert (
        style == readdressed(f"<style>{own}</style>", lambda address: f"..{address}")[len("<style>") : -len("</style>")]
    )
    offer = re.search(r'<section class="offer".*?</section>', page, re.DOTALL)
    assert offer
    assert words(offer[0]) in words(shown)
    assert '<body class="pg-oto" data-page="oto">' in shown


def test_the_same_guide_twice_has_the_same_bytes(cache: Path) -> None:
    assert preview(None, "daybreak", cache=cache, progress=quietly) == preview(
        None, "daybreak", cache=None, progress=quietly
    )


def test_a_site_lends_its_brand_and_its_own_theme(tmp_path: Path, cache: Path) -> None:
    own = {
        "site.yaml": str(SMALL["site.yaml"]) + "brand: '#0b7a3b'\n",
        "theme/templates/sections/decline.html": '<a class="decline mine" href="{{ link.href }}" data-fg="decline">'
        "{{ link.label }}</a>\n",
        "theme/templates/sections/banner.html": "<p>A section of this theme alone.</p>\n",
        "theme/templates/sections/guarantee.html": '{{ section("banner") }}\n',
    }
    files = preview(loaded(site(tmp_path, own)), "daybreak", cache=cache, progress=quietly)
    assert "#0b7a3b" in document(files, "button", "small")
    assert 'class="decline mine"' in document(files, "decline", "below the button")
    assert "Of this theme" in files["index.html"].decode()
    assert any(re.match(r"light/banner-on-.*\.html", path) for path in files)


# --- the gallery -----------------------------------------------------------------------------------------------------


def test_every_theme_shows_every_kind_of_page_in_both_schemes(shown: Gallery) -> None:
    wanted = {(kind, theme, scheme) for kind in KINDS for theme in THEMES for scheme in SCHEMES}
    there = [(row.kind, mini.theme, mini.scheme) for row in shown.rows for mini in row.miniatures]
    assert set(there) == wanted
    assert len(there) == len(wanted)
    assert {row.kind for row in shown.rows if row.sample} == {"tripwire", "membership"}


def test_every_miniature_is_a_page_that_is_there_and_opens(shown: Gallery) -> None:
    index = shown.files["index.html"].decode()
    found = [re.findall(rf'<{start}="([^"#]+)"', index) for start in ("iframe data-src", "iframe src", "a href")]
    files = [mini.file for row in shown.rows for mini in row.miniatures]
    assert found == [files, files, files]
    assert set(files) <= set(shown.files)


def test_every_address_in_the_gallery_s_pages_is_a_file_of_its_own(shown: Gallery) -> None:
    lost = set()
    for path, data in shown.files.items():
        if not path.endswith(".html"):
            continue
        html = data.decode()
        found = re.findall(r'<[a-z][^<>]*?\s(?:href|src|action|poster)="([^"]*)"', html)
        found += [url.split()[0] for srcset in re.findall(r'srcset="([^"]*)"', html) for url in srcset.split(",")]
        found += re.findall(r"url\(([^)\"']+)\)", html)
        for address in found:
            target = re.split(r"[?#]", address)[0]
            elsewhere = re.match(r"[a-z]+:", address)
            if target and not elsewhere and os.path.normpath(f"{path}/../{target}") not in shown.files:
                lost.add((path, address))
    assert not lost


def test_pages_keep_their_bytes_but_for_their_addresses(shown: Gallery) -> None:
    example = loaded(EXAMPLE)
    output = build(wearing(example, example, theme="stillwater", scheme="dark"), compile_funnel(example), "demo")
    for page in output.manifest.pages:
        own, copy = output.files[page.file].decode(), shown.files[f"stillwater/dark/{page.file}"].decode()
        assert without_addresses(copy) == without_addresses(own)


def test_what_all_themes_share_lies_there_once(shown: Gallery) -> None:
    downloads = [path for path in shown.files if path.endswith(".pdf")]
    assert len(downloads) == len({Path(path).name for path in downloads})


def test_a_theme_that_the_site_s_own_files_break_is_left_out(tmp_path: Path) -> None:
    # A drawing that only Stillwater has, asked for in a file that every theme then reads.
    tokens = {
        "theme/theme.yaml": "light: {sun-1: '#ffcc00'}\n",
        "site.yaml": str(SMALL["site.yaml"]) + "theme: daybreak\n",
    }
    folder = site(tmp_path / "site", tokens)
    done = run("theme", "gallery", folder, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "theme/theme.yaml" in done.stderr
    assert "the gallery leaves out stillwater\n" in done.stderr
    assert " pages in 1 theme, light and dark" in done.stdout
    index = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "daybreak/light/" in index
    assert "stillwater/" not in index


# --- the commands ----------------------------------------------------------------------------------------------------


def test_the_guide_of_the_current_folder(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"site.yaml": str(SMALL["site.yaml"]) + "theme: stillwater\n"})
    done = run("theme", "preview", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("made theme-preview: every section of stillwater in every state, in ")
    assert f"  open  {(folder / 'theme-preview/index.html').as_uri()}\n" in done.stdout
    assert (folder / "theme-preview/.gitignore").read_text() == "*\n"
    assert not checked(folder).diagnostics  # a site does not mind what lies beside it


def test_without_a_site_the_theme_is_shown_as_it_comes(tmp_path: Path) -> None:
    done = run("theme", "preview", "--theme", "upbeat", "--out", tmp_path / "guide", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "Upbeat" in (tmp_path / "guide/index.html").read_text(encoding="utf-8")
    assert not any(SPECIMENS.glob("*/.funnelgen"))


def test_it_opens_in_the_browser_that_the_system_names(tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    done = run("theme", "preview", "--open", "-q", cwd=tmp_path, env={"BROWSER": str(browser)})
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "opened").read_text().strip() == (tmp_path / "theme-preview/index.html").as_uri()


def test_a_misspelt_theme_is_understood(tmp_path: Path) -> None:
    done = run("theme", "preview", "--theme", "daybrake", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no theme `daybrake`; did you mean `daybreak`?" in done.stderr


def test_a_template_that_fails_is_named_with_its_line(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"theme/templates/sections/faq.html": "<p>Yes.</p>\n{{ nothing }}\n"})
    done = run("theme", "preview", folder, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "--> theme/templates/sections/faq.html:2" in done.stderr
    assert done.stderr.endswith("nothing was made\n")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_site_with_errors_has_no_gallery(tmp_path: Path) -> None:
    folder = site(tmp_path / "site", {"stack.yaml": str(SMALL["stack.yaml"]).replace("bump: template", "bump: x")})
    done = run("theme", "gallery", folder, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "error[FG101]" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["preview", "gallery"])
def test_what_is_no_site_is_wrong_usage(command: str, tmp_path: Path) -> None:
    done = run("theme", command, tmp_path / "nowhere")
    assert done.returncode == 2
    assert "there is no folder" in done.stderr


@pytest.mark.parametrize("command", ["preview", "gallery"])
def test_a_folder_that_nothing_made_is_left_alone(command: str, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("Dear")
    done = run("theme", command, "--out", "mine", cwd=tmp_path)
    assert done.returncode == 1
    assert "has files that no build made" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_the_site_s_own_folders_are_left_alone(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    done = run("theme", "preview", folder, "--out", folder / "assets")
    assert done.returncode == 1
    assert "is one of the site's own folders" in done.stderr
