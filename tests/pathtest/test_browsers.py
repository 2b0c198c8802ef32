"""The browser to drive is found, or the one command that installs it is named."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from funnelgen.pathtest import browsers
from funnelgen.pathtest.browsers import BrowserNotFound, find_browser


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mapping[str, str]:
    """The environment of a machine without any browser."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "MAC_APPS", ())
    return {"PATH": str(tmp_path)}


def program(path: Path, status: int = 0) -> str:
    """A program that ends with a status, whatever it is asked."""
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return str(path)


def test_no_browser_names_the_command_that_installs_one(bare: Mapping[str, str], tmp_path: Path) -> None:
    with pytest.raises(BrowserNotFound, match="no Chrome, Chromium or Edge") as error:
        find_browser(str(tmp_path / "nothing"), bare)
    assert error.value.remedy == f"this installs one: {sys.executable} -m playwright install chromium"


def test_playwrights_own_comes_before_chrome_and_that_before_chromium(bare: Mapping[str, str], tmp_path: Path) -> None:
    own, nothing = program(tmp_path / "own"), str(tmp_path / "nothing")
    chromium, chrome = program(tmp_path / "chromium"), program(tmp_path / "google-chrome")
    assert find_browser(own, bare) == own
    assert find_browser(nothing, bare) == chrome
    Path(chrome).unlink()
    assert find_browser(nothing, bare) == chromium


def test_a_browser_without_windows_is_taken_where_nobody_looks(bare: Mapping[str, str], tmp_path: Path) -> None:
    for folder in ("chromium-1255", "chromium_headless_shell-1255", "chromium_headless_shell-1200"):
        (tmp_path / folder / "linux").mkdir(parents=True)
    own = program(tmp_path / "chromium-1255/linux/chrome")
    program(tmp_path / "chromium_headless_shell-1200/linux/headless_shell")
    assert find_browser(own, bare) == own, "that of another version"
    shell = program(tmp_path / "chromium_headless_shell-1255/linux/chrome-headless-shell")
    assert find_browser(own, bare) == shell
    assert find_browser(own, bare, shown=True) == own


def test_debians_browser_without_windows_comes_before_its_chromium(bare: Mapping[str, str], tmp_path: Path) -> None:
    chromium, shell = program(tmp_path / "chromium"), program(tmp_path / "chromium-headless-shell")
    assert find_browser("nothing", bare) == shell
    assert find_browser("nothing", bare, shown=True) == chromium


def test_a_program_that_only_says_how_to_install_a_browser_is_none(bare: Mapping[str, str], tmp_path: Path) -> None:
    program(tmp_path / "chromium-browser", 1)
    with pytest.raises(BrowserNotFound):
        find_browser(str(tmp_path / "nothing"), bare)


def test_the_one_that_is_asked_for_comes_first(bare: Mapping[str, str], tmp_path: Path) -> None:
    own, mine, other = (program(tmp_path / name) for name in ("own", "mine", "other"))
    environ = {**bare, "FUNNELGEN_BROWSER": other}
    assert find_browser(own, environ) == other
    assert find_browser(own, environ, asked=mine) == mine
    assert find_browser(own, environ, asked="mine") == mine


@pytest.mark.parametrize("name", ["nothing", "broken"])
def test_the_one_that_is_asked_for_must_run(bare: Mapping[str, str], tmp_path: Path, name: str) -> None:
    own, path = program(tmp_path / "own"), str(tmp_path / name)
    program(tmp_path / "broken", 1)
    with pytest.raises(BrowserNotFound, match=rf"{name}` \(--browser\) is no browser that runs"):
        find_browser(own, bare, asked=path)
    with pytest.raises(BrowserNotFound, match=rf"{name}` \(FUNNELGEN_BROWSER\) is no browser that runs"):
        find_browser(own, {**bare, "FUNNELGEN_BROWSER": path})


def test_windows_programs_are_looked_for_where_windows_keeps_them(bare: Mapping[str, str], tmp_path: Path) -> None:
    edge = tmp_path / "Microsoft/Edge/Application/msedge.exe"
    edge.parent.mkdir(parents=True)
    program(edge)
    assert find_browser("nothing", {**bare, "PROGRAMFILES(X86)": str(tmp_path)}) == str(edge)
