"""`funnelgen new`: a site to begin with, that works as it stands and overwrites nothing."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from funnelgen import __version__
from funnelgen.cli.new import STARTERS as CHOICES
from funnelgen.schemas import NAMES, schema_text
from funnelgen.site import load_site
from funnelgen.starters import LONGEST_NAME, STARTERS, files_of, make, wrong_name

from .sites import ROOT, built, checked, pages_of, said

FUNNELGEN = Path(sys.executable).with_name("funnelgen")
NAME = "Dana’s Yoga & Rest"


def new(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run `funnelgen new`."""
    command = [str(FUNNELGEN), "new", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)


def made(folder: Path, starter: str, name: str | None = None) -> Path:
    """A new site in `folder`."""
    make(folder, files_of(starter, name))
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


# --- what is made ----------------------------------------------------------------------------------------------------


def test_every_example_site_is_a_starter_and_can_be_chosen() -> None:
    sites = {path.parent.name for path in (ROOT / "sites").glob("*/site.yaml")}
    assert set(STARTERS) == sites == set(CHOICES)


@pytest.mark.parametrize("name", [None, NAME, "7 Tage", "ヨガスタジオ", "x" * LONGEST_NAME])
@pytest.mark.parametrize("starter", STARTERS)
def test_a_new_site_checks_and_builds_as_it_stands(starter: str, name: str | None, tmp_path: Path) -> None:
    folder = made(tmp_path / "site", starter, name)
    assert [said(d) for d in checked(folder).diagnostics] == []
    # A name in letters that the theme's font does not have is shown in a font of the visitor's, which is told.
    assert {d.code for d in built(folder).diagnostics} <= {"FG609"}


@pytest.mark.parametrize("starter", STARTERS)
def test_the_name_stands_wherever_the_examples_did(starter: str, tmp_path: Path) -> None:
    folder = made(tmp_path / "site", starter, NAME)
    site = load_site(folder).site
    assert site is not None
    assert site.config.name == site.config.seller.name == NAME
    assert site.config.seller.email is not None
    assert site.config.seller.email.endswith("@dana-s-yoga-rest.example")
    old = STARTERS[starter]
    for path, text in pages_of(built(folder)).items():
        for word in (old.name, old.short, old.statement, old.domain):
            assert not word or word not in text, path


@pytest.mark.parametrize("starter", STARTERS)
def test_without_a_name_it_is_the_example(starter: str) -> None:
    files = files_of(starter)
    for path, data in files.items():
        source = ROOT / "sites" / starter / path
        if source.suffix != ".yaml" and source.is_file():
            assert data == source.read_bytes(), path


@pytest.mark.parametrize("starter", STARTERS)
def test_nothing_comes_along_that_a_build_wrote(starter: str) -> None:
    hidden = {path for path in files_of(starter) if path.startswith(".")}
    assert hidden == {".gitignore", *(f".schema/{name}.schema.json" for name in NAMES)}
    assert not any(path.startswith("dist/") for path in files_of(starter))


@pytest.mark.parametrize("starter", STARTERS)
def test_every_yaml_file_names_a_schema_that_is_there(starter: str, tmp_path: Path) -> None:
    folder = made(tmp_path / "elsewhere", starter, NAME)
    for path in folder.glob("*.yaml"):
        comment, _, text = path.read_text(encoding="utf-8").partition("\n")
        assert comment == f"# yaml-language-server: $schema=.schema/{path.stem}.schema.json"
        assert yaml.safe_load(text)
    for name in NAMES:
        assert (folder / ".schema" / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


def test_a_host_builds_what_is_published() -> None:
    settings = tomllib.loads(files_of("starter")["netlify.toml"].decode())
    ours = tomllib.loads((ROOT / "netlify.toml").read_text(encoding="utf-8"))
    assert settings["build"]["command"] == f"pip install funnelgen=={__version__} && funnelgen build"
    assert settings["build"]["publish"] == "dist"
    assert settings["build"]["environment"] == ours["build"]["environment"]


def test_git_leaves_out_what_a_build_writes(tmp_path: Path) -> None:
    folder = made(tmp_path / "site", "starter")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run([str(FUNNELGEN), "build", "-q", "."], cwd=folder, check=True)
    seen = subprocess.run(
        ["git", "status", "--porcelain", "-uall"], cwd=folder, check=True, capture_output=True, text=True
    )
    files = {line[3:] for line in seen.stdout.splitlines()}
    assert files == set(files_of("starter"))


def test_the_samples_are_marked_as_such(tmp_path: Path) -> None:
    folder = made(tmp_path / "site", "launch-your-course", NAME)
    quotes = (folder / "copy" / "sales.md").read_text(encoding="utf-8")
    assert quotes.count("/// testimonial") == quotes.count("sample: true") > 0


# --- where it is made ------------------------------------------------------------------------------------------------


def test_the_command_says_what_to_do_next(tmp_path: Path) -> None:
    done = new("my site", "--name", NAME, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "made a site in my site: a free worksheet, a course with an order bump, a thank-you page\n"
        "\n"
        "  write  my site/site.yaml   who you are\n"
        "         my site/stack.yaml  what you sell, in which order\n"
        "         my site/copy        the words of each step; free pages are in pages/\n"
        "         my site/downloads   what people receive\n"
        "\n"
        "  look   funnelgen serve 'my site' --open\n"
        "  check  funnelgen check 'my site'\n"
        "  build  funnelgen build 'my site'\n"
    )
    assert everything(tmp_path / "my site") == files_of("starter", NAME)


def test_the_help_has_an_example(tmp_path: Path) -> None:
    done = new("--help", cwd=tmp_path)
    assert done.returncode == 0
    assert 'Example: funnelgen new my-site --name "My Studio"' in done.stdout


def test_the_whole_example_can_be_taken(tmp_path: Path) -> None:
    done = new("a/b", "--from", "launch-your-course", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "a" / "b" / "glossary" / "order-bump.md").is_file()


@pytest.mark.parametrize("name", ["README.md", ".hidden", "stack.yaml"])
def test_a_folder_with_something_in_it_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine\n", encoding="utf-8")
    done = new(".", cwd=tmp_path)
    assert done.returncode == 2
    assert "Error: `.` is not empty; name a folder that is not there yet" in done.stderr
    assert everything(tmp_path) == {name: b"mine\n"}


def test_a_file_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine\n", encoding="utf-8")
    done = new("site", cwd=tmp_path)
    assert done.returncode == 2
    assert "`site` is a file" in done.stderr
    assert everything(tmp_path) == {"site": b"mine\n"}


def test_a_link_that_leads_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "site").symlink_to(tmp_path / "gone")
    assert new("site", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "gone").exists()


def test_a_fresh_repository_may_be_there(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert new(".", cwd=tmp_path).returncode == 0
    assert (tmp_path / "site.yaml").is_file()


def test_what_cannot_be_written_whole_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    files = files_of("starter")
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        make(tmp_path / "site", files)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine\n", encoding="utf-8")
    done = new("file/site", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: `file/site` cannot be written: ")
    assert everything(tmp_path) == {"file": b"mine\n"}


@pytest.mark.parametrize(
    "name", ["", " x", "x ", "-x", "a: b", "a #1", "{{ x }}", "<b>", "a\nb", "*a*", 'a "b"', "[a]", "null", "x" * 61]
)
def test_a_name_that_would_break_a_file_is_refused(name: str) -> None:
    assert wrong_name(name)


def test_the_command_refuses_it_too(tmp_path: Path) -> None:
    done = new("site", "--name", "a: b", cwd=tmp_path)
    assert done.returncode == 2
    assert (
        "Invalid value for --name: `:` means something in YAML or Markdown; put it in later, in quotes" in done.stderr
    )
    assert list(tmp_path.iterdir()) == []
