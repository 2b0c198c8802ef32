"""A visitor with a browser: goes the ways of a plan, looks at every page, and notes what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from msgspec import convert
from playwright.sync_api import Browser, Error, Locator, Page, TimeoutError

from funnelgen.funnel.manifest import Manifest, ManifestButton, ManifestEdge, ManifestNode
from funnelgen.funnel.paths import Move, Path
from funnelgen.pathtest import accessibility
from funnelgen.pathtest.expect import check_page
from funnelgen.pathtest.facts import DEMO_SESSION, Facts, return_address
from funnelgen.pathtest.links import Links
from funnelgen.pathtest.noise import Noise
from funnelgen.pathtest.outcome import Fault, Job, Setting, Walked
from funnelgen.pathtest.plan import in_words
from funnelgen.pathtest.sight import Sight, look_script
from funnelgen.pathtest.standin import SESSION, StandIn

PATIENCE = 8_000  # milliseconds until a page that does not come is a fault
EMAIL = "ada+funnel@example.com"


class Lost(Exception):
    """The visitor cannot go on."""


class Visitor:
    """Somebody in one setting. Contexts last for all jobs of a setting; each job has a page of its own, and so a new
    session storage. What is built does not differ from job to job, so a cache that stays warm hides no fault."""

    def __init__(
        self, browser: Browser, origin: str, manifest: Manifest, setting: Setting, declared: frozenset[str]
    ) -> None:
        """`declared` are the hosts that the site's policy lets pages ask something of."""
        self.origin = origin
        self.manifest = manifest
        self.setting = setting
        device = setting.device
        self.context = browser.new_context(
            viewport={"width": device.width, "height": device.height},
            has_touch=device.touch,
            is_mobile=device.touch,
            java_script_enabled=setting.javascript,
            reduced_motion="reduce" if setting.javascript else "no-preference",
            service_workers="block",
        )
        self.context.set_default_timeout(PATIENCE)
        links = {urlsplit(b.link or "").hostname or "" for b in manifest.buttons} - {""}
        self.noise = Noise(self.context, origin, declared | links)
        self.links = Links(self.context.request, origin)
        self.stand_in = None
        if manifest.mode != "demo":
            self.stand_in = StandIn(self.context, manifest, origin, self.noise, declared)
        self.nodes = {node.id: node for node in manifest.nodes}
        self.buttons = {button.id: button for button in manifest.buttons}

    def do(self, job: Job) -> Walked:
        """Do a job from its beginning to its end, or until the visitor is lost."""
        walk = _Walk(self, job)
        with self._page(walk):
            match job.kind:
                case "path":
                    assert job.path is not None
                    walk.path(job.path)
                case "cancel":
                    walk.cancel(self.buttons[job.button])
                case "back":
                    walk.back(self.buttons[job.button])
                case "page":
                    walk.alone(job.address)
        return Walked(job=job, pages=tuple(dict.fromkeys(walk.seen)), faults=tuple(walk.faults))

    def close(self) -> None:
        """Close all that is open."""
        self.context.close()

    @contextmanager
    def _page(self, walk: _Walk) -> Iterator[None]:
        """A page for one job; losing the way on it is a fault of the site."""
        walk.page = page = self.context.new_page()
        page.on("popup", lambda other: self.noise.note("ways", f"a window of its own opens: {other.url}"))
        try:
            yield
        except Lost as lost:
            walk.fault("ways", str(lost))
        except Error as error:  # of Playwright: the page is not as a visitor needs it
            walk.fault("ways", f"the visitor could not go on: {error.message.splitlines()[0]}")
        finally:
            walk.hear()
            page.close()
            self.context.clear_cookies()


class _Walk:
    """One job as it goes: where the visitor is, and what was wrong until now."""

    page: Page

    def __init__(self, visitor: Visitor, job: Job) -> None:
        self.visitor = visitor
        self.job = job
        self.faults: list[Fault] = []
        self.seen: list[str] = []
        self._done: list[Move] = []
        self._at = job.address

    # --- jobs ---------------------------------------------------------------------------------------------------------

    def path(self, path: Path) -> None:
        """From the entry to the end."""
        self.open(self._node(path.moves[0].node).address)
        for move in path.moves:
            node = self._node(move.node)
            self.look(node.address)
            if move.edge is not None:
                self.take(node, move)
            self._done.append(move)

    def cancel(self, button: ManifestButton) -> None:
        """To the payment, and back to the page without having paid."""
        self.open(button.page)
        self.press(button)
        self._click(self.page.locator("[data-demo=cancel]"), "the way to cancel")
        self.arrive(button.page)
        self.look(button.page)

    def back(self, button: ManifestButton) -> None:
        """Through the payment, and back by the browser's own button: what is shown must be one whole order."""
        self.open(button.page)
        self.press(button)
        self.pay(button)
        target = urlsplit(return_address(button)).path
        self.look(target)
        for _ in range(2):  # over the payment page
            self.page.go_back(wait_until="load")
        self.look(button.page, after_back=button)
        self.open(target)
        self.look(target)

    def alone(self, address: str) -> None:
        """A page that nobody came to from another; judged for accessibility where scripts may run."""
        self.open(address)
        sight = self.look(address)
        if not self.visitor.setting.javascript:
            return
        for what in self.visitor.links.missing(address, sight.links):
            self.fault("links", what)
        for what in accessibility.findings(self.page):
            self.fault("axe", what)
        charges = [b for b in self.visitor.manifest.buttons if b.page == address and b.bumps]
        if charges:
            fullest = max(charges, key=lambda b: len(b.bumps))
            self.tick(fullest)
            for what in accessibility.findings(self.page):
                self.fault("axe", f"with {' and '.join(fullest.bumps)} ticked: {what}")

    # --- steps --------------------------------------------------------------------------------------------------------

    def open(self, address: str) -> None:
        """Go to an address by hand."""
        self._at = address
        answer = self.page.goto(self.visitor.origin + address)
        if answer is not None and answer.status >= 400:
            raise Lost(f"{address} is answered with {answer.status}")

    def take(self, node: ManifestNode, move: Move) -> None:
        """Leave a step as the path says."""
        edge = next(e for e in self.visitor.manifest.edges if e.source == node.id and e.name == move.edge)
        if move.button is not None:
            self.press(self.visitor.buttons[move.button])
            self.pay(self.visitor.buttons[move.button])
        elif move.edge == "submit":
            self.opt_in(edge)
        else:
            self._click(self._way(edge), f"the way to {move.edge}")
            self.arrive(self._target(edge))

    def press(self, button: ManifestButton) -> None:
        """Tick the bumps of a button, press it, and be at the payment."""
        self.tick(button)
        if self.visitor.stand_in:
            self.visitor.stand_in.pressed = button
        self._click(self.page.locator(f'[data-button="{button.id}"]:visible'), f"the button `{button.id}`")
        if button.link and button.link.startswith("/"):
            self.arrive(button.link)
            self.look(button.link)
        else:
            self._wait(lambda url: not url.startswith(self.visitor.origin), "the payment page", strict=False)

    def tick(self, button: ManifestButton) -> None:
        """Tick the bumps of a button, and see that the page follows."""
        for offer in button.bumps:
            line = next(line for line in button.lines if line.offer == offer)
            self.page.get_by_role("checkbox", name=line.name).check()
        if button.bumps:
            self.look(button.page, bumps=button.bumps)

    def pay(self, button: ManifestButton) -> None:
        """Pay, and be back where the provider must send the buyer."""
        self._click(self.page.locator("[data-demo=pay]"), "the way to pay")
        session = SESSION if self.visitor.stand_in else DEMO_SESSION
        whole = self.visitor.origin + return_address(button, session)
        # A page that tells of its visitors takes the session out of its address before anybody else can read it.
        without = whole.partition("&session_id=")[0]
        self._wait(lambda url: url in (whole, without), return_address(button, session))

    def opt_in(self, edge: ManifestEdge) -> None:
        """Ask for what the form gives."""
        form = self.page.locator("main form")
        form.locator("input[type=email]").fill(EMAIL)
        action = form.get_attribute("action") or ""
        form.locator("button, input[type=submit]").click()
        target = self._target(edge)
        if action.startswith("/") or not action:
            self.arrive(target)
        else:
            self.open(target)  # the form's service sends its visitors there; what it is told stands in its own settings

    def arrive(self, address: str) -> None:
        """Be at an address of the site, whatever stands in its query."""
        self._wait(lambda url: urlsplit(url).path == address, address)

    def look(self, address: str, bumps: tuple[str, ...] = (), after_back: ManifestButton | None = None) -> Sight:
        """See what is on the page, and compare it with the manifest. After going back either order may be shown."""
        self._at = address
        self.seen.append(address)
        listed = next((p for p in self.visitor.manifest.pages if p.address == address), None)
        if listed is None:
            raise Lost(f"the manifest has no page {address}")
        sight = convert(self.page.evaluate(look_script()), Sight)
        if after_back and sight.ticked == len(after_back.bumps):
            bumps = after_back.bumps
        facts = Facts(manifest=self.visitor.manifest, page=listed, device=self.visitor.setting.device, bumps=bumps)
        for check, what in check_page(sight, facts):
            self.fault(check, what)
        for other in sight.connects:
            self.visitor.noise.judge(other, "connects to")
        self.hear()
        return sight

    def fault(self, check: str, what: str) -> None:
        """Note something that is wrong here."""
        self.faults.append(Fault(check=check, address=self._at, where=self._where(), what=what))

    def hear(self) -> None:
        """Note what was heard on this page."""
        for check, what in self.visitor.noise.take():
            self.fault(check, what)

    # --- how ----------------------------------------------------------------------------------------------------------

    def _click(self, found: Locator, name: str) -> None:
        number = found.count()
        if number == 0:
            raise Lost(f"{name} is not there")
        try:
            found.first.click()
        except TimeoutError:
            raise Lost(f"{name} cannot be pressed") from None

    def _wait(self, there: object, name: str, *, strict: bool = True) -> None:
        try:
            self.page.wait_for_url(there)  # type: ignore[arg-type] # a function of the address
        except TimeoutError:
            shown = self.page.url.removeprefix(self.visitor.origin)
            raise Lost(f"the visitor should be at {name}, and is at {shown}") from None

    def _way(self, edge: ManifestEdge) -> Locator:
        if edge.name == "decline":
            return self.page.locator("[data-fg=decline]:visible")
        return self.page.locator(f'main a[href="{self._target(edge)}"]:visible')

    def _where(self) -> str:
        if self.job.kind != "path":
            return self.job.words
        words = in_words(self.visitor.manifest, self._done)
        path = self.job.path
        left = path.moves[len(self._done) :] if path else ()
        here = left[0].node if left else ""
        return " → ".join(filter(None, (words, here))) or self.job.words

    def _node(self, id: str) -> ManifestNode:
        return self.visitor.nodes[id]

    def _target(self, edge: ManifestEdge) -> str:
        return self.visitor.nodes[edge.target or ""].address
