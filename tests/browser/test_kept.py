"""What is kept of a walk: pictures that point at the culprit, traces, the report; none of which a page may notice."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from msgspec import structs
from PIL import Image
from playwright.sync_api import Browser

from funnelgen.pathtest.accessibility import Judge
from funnelgen.pathtest.camera import Camera
from funnelgen.pathtest.facts import PHONE
from funnelgen.pathtest.host import hosting
from funnelgen.pathtest.outcome import Job, Proof, Setting, Walked, findings
from funnelgen.pathtest.plan import make_plan
from funnelgen.pathtest.recorder import Several
from funnelgen.pathtest.report.page import as_page
from funnelgen.pathtest.runner import jobs_of
from funnelgen.pathtest.sight import look_script
from funnelgen.pathtest.standin import declared_hosts
from funnelgen.pathtest.tracer import Tracer
from funnelgen.pathtest.walk import Visitor
from funnelgen.pathtest.watched import Watched
from funnelgen.pipeline import Output

from ..sites import EXAMPLE, built

pytestmark = pytest.mark.browser

ON_PHONE = Setting(device=PHONE)
WRONG = "the button `downsell` says $69, the stack says $79"
OUTLINE = (0xD6, 0x25, 0x2C)


class Kept:
    """A walk over a page with a wrong price, and all that was kept of it."""

    def __init__(self, browser: Browser, output: Output, folder: Path) -> None:
        self.output = output
        self.job = path_over_downsell(output)
        self.trace = folder / "trace.zip"
        self.camera = Camera(pages=ON_PHONE)
        name = "downsell/index.html"
        files = {**output.files, name: output.files[name].replace(b">$79<", b">$69<")}
        recorder = Several(self.camera, Tracer({self.job: self.trace}), Watched(0))
        with hosting(files) as host:
            declared = declared_hosts(files["_headers"].decode())
            visitor = Visitor(browser, host.origin, output.manifest, ON_PHONE, declared, recorder)
            self.walked: Walked = visitor.do(self.job)
            visitor.close()


def path_over_downsell(output: Output) -> Job:
    """With a bump, and without the upgrade and its smaller version."""
    jobs = jobs_of(output.manifest, make_plan(output.manifest), [ON_PHONE])
    return next(job for job in jobs if "bump ticked → oto, declined → downsell, declined" in job.words)


@pytest.fixture(scope="module")
def kept(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return Kept(browser, built(EXAMPLE), tmp_path_factory.mktemp("kept"))


def test_the_page_notices_nothing_of_who_looks_on(kept: Kept) -> None:
    assert {fault.check for fault in kept.walked.faults} == {"amounts", "buttons"}
    assert kept.walked.pages[-1] == "/thank-you/"


def outlined(picture: bytes) -> int:
    """How many pixels have the colour of the outline."""
    with Image.open(io.BytesIO(picture)) as image:
        counts = image.convert("RGB").getcolors(1 << 20) or []
    return sum(number for number, colour in counts if colour == OUTLINE)


def test_a_picture_of_a_fault_outlines_what_is_wrong(kept: Kept) -> None:
    fault = next(fault for fault in kept.walked.faults if fault.what == WRONG)
    assert outlined(kept.camera.faults[fault.key]) > 500
    assert all(outlined(picture) == 0 for picture in kept.camera.pages.values())


def test_each_page_has_one_picture_as_it_was_ticked(kept: Kept) -> None:
    pages = [key for key in kept.camera.pages if not key[0].startswith("/demo/")]
    assert pages == [
        ("/lead-magnet/", ()),
        ("/sales/", ()),
        ("/checkout/", ()),
        ("/checkout/", ("sales-page-template",)),
        ("/oto/", ()),
        ("/downsell/", ()),
        ("/thank-you/", ()),
    ]


def test_a_trace_has_the_steps_of_the_job(kept: Kept) -> None:
    with zipfile.ZipFile(kept.trace) as trace:
        steps = trace.read("trace.trace").decode()
    assert kept.job.words in steps
    assert '"method":"mouseClick"' in steps


def test_what_is_pressed_is_outlined_and_then_as_it_was(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<button>Pay</button>")
    page.evaluate(
        """() => {
          const button = document.querySelector("button");
          window.styles = [];
          new MutationObserver(() => window.styles.push(button.getAttribute("style")))
            .observe(button, { attributes: true });
        }"""
    )
    Watched(50).pressing(page.locator("button"))
    styles = page.evaluate("window.styles")
    assert "outline: rgb(214, 37, 44) solid 3px !important" in styles[0]
    assert styles[-1] is None
    Watched(50).pressing(page.locator("a"))  # what is not there is the visitor's to miss
    page.close()


def test_the_report_reads_well_on_a_phone_in_light_and_dark(kept: Kept, browser: Browser, tmp_path: Path) -> None:
    found = [structs.replace(one, picture="1.png", trace="1.zip", again=False) for one in findings([kept.walked])]
    proof = Proof(
        manifest=kept.output.manifest,
        plan=make_plan(kept.output.manifest),
        jobs=(kept.job,),
        walked=(kept.walked,),
        findings=tuple(found),
        folder="proof",
    )
    file = tmp_path / "report.html"
    file.write_bytes(as_page(proof, kept.camera.pages, kept.camera.faults))
    page = browser.new_page(viewport={"width": PHONE.width, "height": PHONE.height})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url[:40]))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE.width
    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()[:40]]
    assert Judge().findings(page, PHONE, page.evaluate(look_script(), [])["kinds"]) == []
    shown = page.locator(".shot.p0").first.evaluate("e => getComputedStyle(e).backgroundImage.slice(0, 20)")
    assert shown.startswith('url("data:image/webp')
    page.close()
