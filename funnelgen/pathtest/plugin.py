"""`pytest --funnel SITE`: every path of a site as a test, among those of a suite of one's own.

pytest loads this module whenever it starts, so it imports nothing but pytest until a site is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from funnelgen.pathtest.suite import Suite

_SUITES: pytest.StashKey[list[Suite]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options, all of which begin with --funnel."""
    group = parser.getgroup("funnelgen", "funnels")
    group.addoption(
        "--funnel",
        metavar="SITE",
        action="append",
        default=[],
        help="Walk every path of this site in a browser, a test for each; several times for several sites.",
    )
    group.addoption(
        "--funnel-device",
        choices=("phone", "desktop"),
        action="append",
        default=[],
        help="On which; several times for several. Default: both.",
    )
    group.addoption(
        "--funnel-mode", choices=("demo", "test", "live"), help="Which payment links. Default: what links.yaml has."
    )
    group.addoption(
        "--funnel-url", metavar="ADDRESS", help="Walk the site as it is deployed there, and check its headers."
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker that chooses or leaves out what this plugin adds: -m funnel."""
    config.addinivalue_line("markers", "funnel: a browser walks a path of a funnel (added by --funnel)")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Build the sites, so that a mistake in one is told before anything runs."""
    config = session.config
    folders: list[str] = config.getoption("funnel")
    if not folders:
        given = [name for name in ("device", "mode", "url") if config.getoption(f"funnel_{name}")]
        if given:
            raise pytest.UsageError(f"--funnel-{given[0]} needs --funnel SITE")
        return
    from funnelgen.pathtest.suite import suite_of

    cache = config.cache.mkdir("funnelgen") if hasattr(config, "cache") and config.cache else None
    config.stash[_SUITES] = [
        suite_of(
            config.invocation_params.dir / folder,
            devices=config.getoption("funnel_device"),
            mode=config.getoption("funnel_mode"),
            url=config.getoption("funnel_url"),
            cache=cache,
        )
        for folder in dict.fromkeys(folders)
    ]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add the tests before -k and -m choose among them."""
    for suite in config.stash.get(_SUITES, []):
        items += suite.tests(session)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Close the browsers."""
    for suite in session.config.stash.get(_SUITES, []):
        suite.close()
