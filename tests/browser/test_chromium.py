"""The browser that the tests drive is found, or the one command that installs it is named."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from playwright.sync_api import Playwright

from . import chromium
from .chromium import BrowserNotFound, find_browser


@pytest.fixture(autouse=True)
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any browser."""
    monkeypatch.delenv("FUNNELGEN_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "MAC_APPS", ())


def program(path: Path, status: int) -> Path:
    """A program that ends with a status, whatever it is asked."""
    path.write_text(f"#!/bin/sh\nexit {status}\n")
    path.chmod(0o755)
    return path


def playwright(own: Path) -> Playwright:
    """Playwright, with a browser of its own at a path."""
    return cast(Playwright, SimpleNamespace(chromium=SimpleNamespace(executable_path=str(own))))


def test_no_browser_names_the_command_that_installs_one(tmp_path: Path) -> None:
    with pytest.raises(BrowserNotFound, match="-m playwright install chromium"):
        find_browser(playwright(tmp_path / "nothing"))


def test_browser_on_the_path_comes_before_playwrights_own(tmp_path: Path) -> None:
    own, installed = program(tmp_path / "own", 0), program(tmp_path / "google-chrome", 0)
    assert find_browser(playwright(own)) == str(installed)


def test_program_that_only_says_how_to_install_a_browser_is_none(tmp_path: Path) -> None:
    program(tmp_path / "chromium-browser", 1)
    own = program(tmp_path / "own", 0)
    assert find_browser(playwright(own)) == str(own)


def test_chosen_browser_comes_first_and_must_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path / "chromium", 0)
    monkeypatch.setenv("FUNNELGEN_BROWSER", str(program(tmp_path / "mine", 0)))
    assert find_browser(playwright(tmp_path / "nothing")) == str(tmp_path / "mine")
    monkeypatch.setenv("FUNNELGEN_BROWSER", str(tmp_path / "nothing"))
    with pytest.raises(BrowserNotFound, match="FUNNELGEN_BROWSER"):
        find_browser(playwright(tmp_path / "own"))
