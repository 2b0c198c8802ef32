"""Fixtures: one browser and one build of each site per session, a fresh context for every page that a test opens."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from funnelgen.pathtest.browsers import BrowserNotFound

from .chromium import ARGUMENTS, find_browser
from .crawl import Crawl, crawl_site
from .sites import EXAMPLE, THEMES, Dressed, Served, dress, serving, write_shop
from .studio import write_studio
from .watch import Visits

PICTURES = Path(tempfile.gettempdir()) / "funnelgen-browser"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright's driver."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The one browser of the session."""
    try:
        executable = find_browser(playwright)
    except BrowserNotFound as error:
        pytest.fail(f"{error}; {error.remedy}", pytrace=False)
    with playwright.chromium.launch(executable_path=executable, args=ARGUMENTS) as browser:
        yield browser


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Opens pages, each in a context of its own; what goes wrong on them fails the test."""
    visits = Visits(browser)
    yield visits
    visits.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The example site in demo mode, on a host."""
    with serving(EXAMPLE, tmp_path_factory.mktemp("example") / "dist") as served:
        yield served


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small site with a tripwire, and a checkout with three bumps."""
    folder = tmp_path_factory.mktemp("shop")
    with serving(write_shop(folder / "site", bumps=3), folder / "dist") as served:
        yield served


@pytest.fixture(scope="session")
def shop_of_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same with two bumps."""
    folder = tmp_path_factory.mktemp("shop-of-two")
    with serving(write_shop(folder / "site", bumps=2), folder / "dist") as served:
        yield served


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site that has much of everything."""
    folder = tmp_path_factory.mktemp("studio")
    with serving(write_studio(folder / "site"), folder / "dist") as served:
        yield served


@pytest.fixture(scope="session", params=THEMES)
def dressed(
    request: pytest.FixtureRequest,
    example: Served,
    shop: Served,
    studio: Served,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Dressed]:
    """The three sites, once in each theme."""
    theme: str = request.param
    if theme == example.built.site.config.theme:
        yield Dressed(theme, example, shop, studio)
        return
    folder = tmp_path_factory.mktemp(theme)
    with ExitStack() as stack:
        yield Dressed(
            theme, *(stack.enter_context(_again(served, folder, theme)) for served in (example, shop, studio))
        )


def _again(served: Served, folder: Path, theme: str) -> AbstractContextManager[Served]:
    """A site in another theme, below a folder."""
    source = served.built.site.folder
    name = f"{source.parent.name}-{source.name}"
    return serving(dress(source, folder / name, theme), folder / f"{name}-dist")


@pytest.fixture(scope="session", params=["example", "shop", "studio"])
def crawl(request: pytest.FixtureRequest, dressed: Dressed, browser: Browser) -> Crawl:
    """Every page of a site, visited once in each theme."""
    return crawl_site(browser, getattr(dressed, request.param))


class OpenKind(Protocol):
    """Opens one of the PAGES: of the example or the small shop, or of the site that has much of everything."""

    def __call__(self, kind: str, *, query: str = "", **options: Any) -> Page: ...


@pytest.fixture
def open_kind(example: Served, shop: Served, studio: Served, visits: Visits) -> OpenKind:
    """Opens the first page of a kind; `options` are those of a visit."""
    return opener(Dressed("daybreak", example, shop, studio), visits)


@pytest.fixture
def open_dressed(dressed: Dressed, visits: Visits) -> OpenKind:
    """The same in each theme."""
    return opener(dressed, visits)


def opener(dressed: Dressed, visits: Visits) -> OpenKind:
    """Opens pages of the sites."""

    def open_kind(kind: str, *, query: str = "", **options: Any) -> Page:
        page = visits.open(**options)
        if kind == "404":
            visits.watch(page).expect("answer 404", "console error: Failed to load resource")
        page.goto(dressed.address(kind) + query)
        return page

    return open_kind


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fail a test whose pages had problems; where it fails anyway, add them and a screenshot to what is said."""
    visits = pyfuncitem.funcargs.get("visits")
    try:
        result = yield
        if isinstance(visits, Visits):
            problems = visits.verdict()
            assert not problems, "\n".join(problems)
    except AssertionError as error:
        if isinstance(visits, Visits):
            for note in (*visits.verdict(), *map(str, visits.picture(PICTURES, pyfuncitem.name))):
                error.add_note(note)
        raise
    return result
