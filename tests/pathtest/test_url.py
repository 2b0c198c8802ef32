"""`funnelgen test --url` before a browser is needed: what cannot be walked is told at once, in a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from funnelgen.cli import cli
from funnelgen.pathtest.host import LOOPBACK, hosting

from ..sites import SMALL, built, site, stack
from .hosts import page, serving


def run(*given: object) -> Result:
    """Run `funnelgen test`."""
    return CliRunner().invoke(cli, ["test", *map(str, given)])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site, where no browser can be found."""
    monkeypatch.setenv("FUNNELGEN_BROWSER", "/nowhere/browser")
    monkeypatch.delenv("CONTEXT", raising=False)
    return site(tmp_path / "site", SMALL)


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("https://me:secret@studio.example", 2, "leave the password out"),
        ("http://studio.example", 2, "is not encrypted"),
        (f"http://{LOOPBACK}:9", 1, f"`http://{LOOPBACK}:9` cannot be reached: connection refused"),
    ],
)
def test_an_address_that_cannot_be_walked(folder: Path, url: str, code: int, said: str) -> None:
    done = run(folder, "--url", url)
    assert (done.exit_code, said in done.output) == (code, True), done.output
    assert "secret" not in done.output


def test_waiting_is_for_a_deployed_site(folder: Path) -> None:
    done = run(folder, "--wait", "60")
    assert (done.exit_code, "it needs --url" in done.output) == (2, True), done.output


def test_a_site_behind_a_password(folder: Path) -> None:
    with serving(lambda method, address: page("Who are you?", 401)) as server:
        done = run(folder, "--url", f"http://{LOOPBACK}:{server.server_port}", "--wait", "600")
    assert done.exit_code == 1
    assert done.output == (
        "Error: `127.0.0.1` lets nobody in without a password (401)\n"
        "help: take the password off this deployment for the test; funnelgen knows none\n"
    )


@pytest.mark.parametrize("steps", ["  - sales: nothing\n", "  []\n"], ids=["of an unknown offer", "without steps"])
def test_a_mistake_in_the_site_is_told_as_ever(folder: Path, steps: str) -> None:
    output = built(folder)
    site(folder, {"stack.yaml": stack(steps)})
    with hosting(output.files) as host:
        done = run(folder, "--url", host.origin)
    assert done.exit_code == 1
    assert "stack.yaml:" in done.output
    assert not isinstance(done.exception, (KeyError, IndexError)), done.exception


def test_how_the_pages_compare_is_told_before_a_browser_starts(folder: Path) -> None:
    with hosting(built(folder).files) as host:
        done = run(folder, "--url", host.origin)
    assert f"walking Small Studio at {host.origin} in demo mode\n" in done.output
    assert "pages are what the site builds now, byte for byte\n" in done.output
    assert "✓      10 looks at the host\n" in done.output
    assert "`/nowhere/browser` (FUNNELGEN_BROWSER) is no browser that runs" in done.output
