"""A deployed site is walked where it is: nothing is sent to it, and nobody else is reached."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Error, Playwright

from funnelgen.pathtest import runner
from funnelgen.pathtest.facts import PHONE
from funnelgen.pathtest.host import Host, hosting
from funnelgen.pathtest.launch import arguments
from funnelgen.pathtest.outcome import Job, Setting, Walked
from funnelgen.pathtest.plan import make_plan
from funnelgen.pipeline import Output

from ..sites import SMALL, Mode, built, site
from .chromium import find_browser

pytestmark = pytest.mark.browser

FUNNELGEN = Path(sys.executable).with_name("funnelgen")
LINKS = """\
live: {checkout: https://buy.stripe.com/one, checkout+template: https://buy.stripe.com/two}
test: {checkout: https://buy.stripe.com/test_one, checkout+template: https://buy.stripe.com/test_two}
"""
TOLD = {**SMALL, "links.yaml": LINKS, "site.yaml": str(SMALL["site.yaml"]) + "tracking: {beacon: /events}\n"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site, with links, and events that its live pages post to an address of its own."""
    return site(tmp_path_factory.mktemp("told") / "site", TOLD)


def bought(output: Output, javascript: bool) -> list[Job]:
    """The path on which everything is bought, in one setting."""
    settings = [Setting(device=PHONE, javascript=javascript)]
    jobs = runner.jobs_of(output.manifest, make_plan(output.manifest), settings)
    return [job for job in jobs if job.kind == "path" and "bump ticked" in job.words]


def faults(walked: list[Walked]) -> list[str]:
    """What was found, as `check: sentence`."""
    return [f"{fault.check}: {fault.what}" for one in walked for fault in one.faults]


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("mode", ["test", "live"])
def test_nothing_is_sent_to_a_deployed_site(folder: Path, mode: Mode, javascript: bool) -> None:
    """Neither the form, which would make a subscriber, nor the events of a live page, which would make figures."""
    output = built(folder, mode)
    assert b'method="post"' in output.files["lead-magnet/index.html"]
    with hosting(output.files) as host:
        walked = runner.walk(output.files, output.manifest, bought(output, javascript), at=host.origin)
        assert faults(walked) == []
        assert "/thank-you/" in walked[0].pages
        assert {request.method for request in host.requests} <= {"GET", "HEAD"}
        assert host.events == []


def test_a_site_on_this_machine_hears_of_both(folder: Path) -> None:
    """The test above is not blind."""
    output = built(folder, "live")
    with hosting(output.files) as host:
        heard = walked_locally(output, host)
    assert "POST" in heard
    assert host.events


def walked_locally(output: Output, host: Host) -> set[str]:
    """The methods by which a site is asked that is not said to be deployed."""

    def walk() -> None:
        with runner.visiting(output.files, output.manifest, host.origin) as do:
            for job in bought(output, javascript=True):
                do(job)

    with ThreadPoolExecutor(1) as pool:  # where no other test's Playwright runs
        pool.submit(walk).result()
    return {request.method for request in host.requests}


def test_only_the_deployed_host_is_reached(playwright: Playwright, folder: Path) -> None:
    """A browser for one host does not find another, though it were on the same machine."""
    output = built(folder)
    path = find_browser(playwright)
    with (
        hosting(output.files) as host,
        playwright.chromium.launch(executable_path=path, args=arguments("localhost")) as browser,
    ):
        page = browser.new_page()
        answer = page.goto(f"http://localhost:{host.server_port}/terms/")
        assert answer is not None
        assert answer.status == 200
        for other in (host.origin, "https://buy.stripe.com/test_one"):
            with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
                page.goto(other)


def run(*given: object) -> subprocess.CompletedProcess[str]:
    """Run `funnelgen test` with its output in pipes."""
    command = [str(FUNNELGEN), "test", *map(str, given)]
    environ = {key: value for key, value in os.environ.items() if key != "CONTEXT"}
    return subprocess.run(command, capture_output=True, text=True, env=environ, check=False)


def test_the_command_walks_a_deployed_site(folder: Path) -> None:
    output = built(folder, "test")
    with hosting(output.files) as host:
        done = run(folder, "--url", host.origin, "--device", "phone")
    assert done.returncode == 0, done.stderr
    assert "✗" not in done.stderr
    assert "looks at the host" in done.stderr
    assert f"walking Small Studio at {host.origin} in test mode" in done.stdout
    assert "pages are what the site builds now, byte for byte" in done.stdout
    assert "no buyer gets lost" in done.stdout
    assert not [request for request in host.requests if request.method not in ("GET", "HEAD")]


def test_the_command_tells_of_an_older_deployment_with_other_headers(folder: Path) -> None:
    output = built(folder)
    older = output.files["checkout/index.html"].replace(b"Your order.", b"Your old order.")
    headers = output.files["_headers"].replace(b"  X-Frame-Options: DENY\n", b"")
    with hosting({**output.files, "checkout/index.html": older, "_headers": headers}) as host:
        done = run(folder, "--url", host.origin, "--device", "phone")
    assert done.returncode == 1
    assert "the host, /checkout/: the deployed page says `old`, which the site does not say now" in done.stderr
    assert "the header `X-Frame-Options` is missing, and should be `DENY`, here and at" in done.stderr
