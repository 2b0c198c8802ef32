"""`pytest --funnel SITE` with a browser: what passes, what fails, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..sites import SMALL, site

pytestmark = pytest.mark.browser
pytest_plugins = "pytester"

WIDE = '<p><input size="400" aria-label="Wide"></p>'


@pytest.fixture
def folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small site, with a page that is wider than a phone."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.delenv("CONTEXT", raising=False)
    monkeypatch.delenv("FUNNELGEN_BROWSER", raising=False)
    open_to_html = {**SMALL, "site.yaml": f"{SMALL['site.yaml']!s}html: true\n"}
    return site(pytester.path / "funnel", {**open_to_html, "pages/about.md": f"Who we are.\n\n{WIDE}\n"})


def test_walks_pass_and_fail_in_words_beside_tests_of_their_own(pytester: pytest.Pytester, folder: Path) -> None:
    """In two processes, each with a browser of its own, while another suite drives Playwright as well."""
    pytester.makepyfile(
        """
        import pytest
        from playwright.sync_api import sync_playwright

        @pytest.fixture(autouse=True, scope="session")
        def driver():
            with sync_playwright() as playwright:
                yield playwright

        def test_of_their_own(driver):
            pass
        """
    )
    chosen = "their_own or (JavaScript and (unticked or about))"
    result = pytester.runpytest_subprocess(
        *("-p", "funnelgen.pathtest.plugin", "-p", "xdist", "-n", "2"),
        *("--funnel", "funnel", "--funnel-device", "phone", "-k", chosen),
    )
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["opening /about/: the page is * px wide on a screen of 390 ?layout?"])
    assert "Traceback" not in result.stdout.str()
    assert "suite.py" not in result.stdout.str()
