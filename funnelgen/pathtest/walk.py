"""A visitor with a browser: does one job after another, each as somebody who was never here before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page

from funnelgen.funnel.manifest import Manifest
from funnelgen.pathtest.accessibility import Judge, axe_at_hand
from funnelgen.pathtest.alarm import Alarm
from funnelgen.pathtest.deployed.quiet import send_nothing
from funnelgen.pathtest.links import Links
from funnelgen.pathtest.noise import Noise
from funnelgen.pathtest.outcome import Job, Setting, Walked
from funnelgen.pathtest.pressing import Lost
from funnelgen.pathtest.recorder import Recorder
from funnelgen.pathtest.sight import keep_script
from funnelgen.pathtest.standin import StandIn
from funnelgen.pathtest.trail import Trail
from funnelgen.pathtest.visit import Visit

PATIENCE = 8_000  # milliseconds until a page that does not come is a fault

SILENCE = 45  # seconds without an answer after which a page has a script that never ends, however slow the machine is

_BLANK = "about:blank"

NOTHING: Mapping[str, Mapping[str, str]] = {"local": {}, "session": {}}
"""What a browser keeps for somebody who is new."""

# What js/keep.js finds on the next page: all that its visitor kept until then. Says whether a script of this page could
# take that away as the page is left.
_BEGIN = """kept => {
  window.name = "funnelgen:" + JSON.stringify(kept);
  const runs = (script) => script.type !== "application/ld+json";
  const hears = document.querySelector("[onpagehide], [onunload], [onbeforeunload]");
  return hears !== null || [...document.scripts].some(runs);
}"""

# Whether there is something in storages that cannot be exchanged as the simple ones are.
_KEEPS_MORE = """async () => {
  if (origin === "null") return false;  // a page without an address keeps nothing, and is not to be asked
  try { return (await indexedDB.databases()).length + (await caches.keys()).length > 0 } catch { return false }
}"""


class Visitor:
    """Somebody in one setting, with one window for all jobs: a window costs more than a page.

    Every job begins with empty storages and no cookies. What is built does not differ from job to job, so a cache that
    stays warm hides no fault, and a page that was judged is not judged again while it is the same, tag by tag.
    """

    page: Page
    context: BrowserContext

    def __init__(
        self,
        browser: Browser,
        origin: str,
        manifest: Manifest,
        setting: Setting,
        declared: frozenset[str],
        recorder: Recorder | None = None,
        *,
        deployed: bool = False,
        judge: Judge | None = None,
        links: Links | None = None,
    ) -> None:
        """`declared` are the hosts that the site's policy lets pages ask something of.

        `deployed` is whether the site at `origin` is one that buyers use, to which nothing may be sent.
        `judge` and `links` may be those of other visitors: what was fine there is not judged, or asked for, once more.
        """
        self.origin = origin
        self.manifest = manifest
        self.setting = setting
        self.judge = judge or Judge()
        self.recorder = recorder or Recorder()
        self.links = links or Links()
        self.nodes = {node.id: node for node in manifest.nodes}
        self.buttons = {button.id: button for button in manifest.buttons}
        self.judged: dict[str, dict[tuple[str, tuple[str, ...]], tuple[tuple[str, str], ...]]] = {}
        """What is wrong with the pages that were seen, by their address, and by their mark and the bumps on them."""
        self.trail: Trail | None = None
        """The last path that was walked, unless it cannot be gone on from."""
        self._browser = browser
        self._declared = declared
        self._deployed = deployed
        self._stands = False  # at the end of the trail
        self._keeps_more = False
        self.alarm = Alarm(self.close)
        self.open_window()

    def do(self, job: Job) -> Walked:
        """Do a job from its beginning to its end, or until the visitor is lost."""
        visit = Visit(self, job)
        self.wait_again()
        self.recorder.begin(self.context, job)
        with self._noticing(visit):
            match job.kind:
                case "path":
                    assert job.path is not None
                    visit.path(job.path)
                case "cancel":
                    visit.cancel(self.buttons[job.button])
                case "back":
                    visit.back(self.buttons[job.button])
                case "page":
                    visit.alone(job.address)
        self._stands = job.kind == "path" and self.trail is not None and not self.trail.lost
        if not self.alarm.rang:
            self.recorder.end(self.context, job)
        self.alarm.off()
        if visit.lost or self._keeps_more:
            self._renew()
        return Walked(job=job, pages=tuple(dict.fromkeys(visit.seen)), faults=tuple(visit.faults))

    def begin(self, kept: Mapping[str, Mapping[str, str]] = NOTHING) -> None:
        """Be somebody new: the next page that is opened finds what this one `kept`, and nothing of another."""
        self._stands = False
        if self.setting.javascript:  # without, pages keep nothing, and nobody reads this
            begun = {**NOTHING, **kept}
            if self.page.evaluate(_BEGIN, begun) and self.page.url != _BLANK:
                # Its last words are heard before the new visitor comes. The page after it is of the same origin only if
                # it is the page itself that goes there.
                self.page.evaluate(f"() => {{ location.href = '{_BLANK}' }}")
                self.page.wait_for_url(_BLANK)
                self.page.evaluate(_BEGIN, begun)
        self.context.clear_cookies()

    def return_to(self, trail: Trail, number: int) -> bool:
        """Be where the last path was, as its visitor was then; False where that cannot be."""
        if self._stands and number == len(trail.points) - 1:
            return True
        glance = trail.points[number].glance
        here, there = self.page.url, glance.url
        if glance.cookies or not here.startswith(f"{self.origin}/"):
            return False
        if "#" in there and here.partition("#")[0] == there.partition("#")[0]:
            return False  # the browser would stay on the page that it has
        self.begin(glance.kept)
        self.page.goto(there, referer=glance.referrer or None)
        return True

    def wait_again(self) -> None:
        """Something was seen or done: the page answers."""
        self.alarm.set(SILENCE)

    def close(self) -> None:
        """Close all that is open."""
        self.context.close()

    def open_window(self) -> None:
        """A window with all that it takes, where nobody has been."""
        device = self.setting.device
        self.context = self._browser.new_context(
            viewport={"width": device.width, "height": device.height},
            has_touch=device.touch,
            is_mobile=device.touch and self._browser.browser_type.name != "firefox",  # which has no such mode
            java_script_enabled=self.setting.javascript,
            reduced_motion="reduce" if self.setting.less_motion else "no-preference",
            service_workers="block",
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.add_init_script(keep_script())
        if self.setting.javascript:
            self.context.add_init_script(axe_at_hand())
        self.sit_down(self.context.new_page())

    def sit_down(self, page: Page) -> None:
        """Take a page, and hear what is said on it from now on."""
        self.page, self.context = page, page.context
        links = {urlsplit(b.link or "").hostname or "" for b in self.manifest.buttons} - {""}
        self.noise = Noise(self.context, self.origin, self._declared | links)
        if self._deployed:
            send_nothing(self.context, self.origin)
        self.page.on("popup", self.noise.window)
        self.stand_in = None
        if self.manifest.mode != "demo":
            self.stand_in = StandIn(self.page, self.manifest, self.origin, self.noise, self._declared)

    @contextmanager
    def _noticing(self, visit: Visit) -> Iterator[None]:
        """Losing the way is a fault of the site; so is what a page says until the end."""
        try:
            yield
            self._keeps_more = bool(self.page.evaluate(_KEEPS_MORE if self.setting.javascript else "() => false"))
        except Lost as lost:
            visit.get_lost(str(lost))
        except Error as error:  # of Playwright: the page is not as a visitor needs it
            why = f"the visitor could not go on: {error.message.splitlines()[0]}"
            visit.get_lost("a script of this page never ends: it did not answer any more" if self.alarm.rang else why)
        visit.hear()
        if not self.alarm.rang:  # then there is nothing to be seen any more
            visit.show()

    def _renew(self) -> None:
        """A new window, where the old one is somewhere else, or kept what cannot be taken from it."""
        self.close()
        self._stands = self._keeps_more = False
        self.open_window()
