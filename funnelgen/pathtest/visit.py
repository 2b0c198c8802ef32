"""One job as it goes: a visitor goes the ways of a plan, looks at every page, and notes what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from msgspec import convert, structs
from playwright.sync_api import TimeoutError

from funnelgen.funnel.manifest import ManifestButton, ManifestEdge, ManifestNode
from funnelgen.funnel.paths import Move, Path
from funnelgen.pathtest.expect import check_page
from funnelgen.pathtest.facts import DEMO_SESSION, Facts, return_address
from funnelgen.pathtest.outcome import Fault, Job
from funnelgen.pathtest.plan import in_words
from funnelgen.pathtest.pressing import Lost, press, sending
from funnelgen.pathtest.sight import Glance, look_script
from funnelgen.pathtest.standin import SESSION
from funnelgen.pathtest.trail import Point, Trail
from funnelgen.site.kinds import split_url

if TYPE_CHECKING:
    from funnelgen.pathtest.walk import Visitor

EMAIL = "ada+funnel@example.com"
_LOOKS, _BETWEEN = 200, 10  # at a page that fades in: how often at most, and milliseconds from one to the next


class Visit:
    """Where the visitor is, and what was wrong until now."""

    def __init__(self, visitor: Visitor, job: Job) -> None:
        self.visitor = visitor
        self.job = job
        self.page = visitor.page
        self.lost = False
        self.faults: list[Fault] = []
        self.seen: list[str] = []
        self._shown = 0
        self._done: tuple[Move, ...] = ()
        self._at = job.address

    # --- jobs ---------------------------------------------------------------------------------------------------------

    def path(self, path: Path) -> None:
        """From the entry to the end, or from where the path of the last job leaves this one."""
        trail = self._beginning(path)
        if trail.lost:
            return
        if not trail.points:
            self.begin(self._node(path.moves[0].node).address)
        for number in range(max(len(trail.points) - 1, 0), len(path.moves)):
            move = path.moves[number]
            node = self._node(move.node)
            self._done = path.moves[:number]
            if number == len(trail.points):
                glance = self.look(node.address)
                trail.points.append(Point(glance=glance, seen=len(self.seen), faults=len(self.faults)))
            if move.edge is not None:
                self.take(node, move)
        self._done = path.moves

    def cancel(self, button: ManifestButton) -> None:
        """To the payment, and back to the page without having paid."""
        self.begin(button.page)
        self.press(button)
        self._press("[data-demo=cancel]", "the way to cancel")
        self.arrive(button.page)
        self.look(button.page)

    def back(self, button: ManifestButton) -> None:
        """Through the payment, and back by the browser's own button: what is shown must be one whole order."""
        self.begin(button.page)
        self.press(button)
        self.pay(button)
        target = urlsplit(return_address(button)).path
        self.look(target)
        for _ in range(2):  # over the payment page
            self.page.go_back(wait_until="load")
        self.look(button.page, after_back=button)

    def alone(self, address: str) -> None:
        """A page that nobody came to from another."""
        self.begin(address)
        self.look(address)

    # --- steps --------------------------------------------------------------------------------------------------------

    def begin(self, address: str) -> None:
        """Come to an address as somebody new."""
        self.visitor.begin()
        self.open(address)

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
            self._press(self._way(edge), f"the way to {move.edge}")
            self.arrive(self._target(edge))

    def press(self, button: ManifestButton) -> None:
        """Tick the bumps of a button, press it, and be at the payment."""
        self.tick(button)
        if self.visitor.stand_in:
            self.visitor.stand_in.pressed = button
        self._press(f'[data-button="{button.id}"]', f"the button `{button.id}`")
        if button.link and button.link.startswith("/"):
            self.arrive(button.link)
            self.look(button.link)
        else:
            self._wait(lambda url: not url.startswith(self.visitor.origin), "the payment page")

    def tick(self, button: ManifestButton) -> None:
        """Tick the bumps of a button, and see that the page follows."""
        for offer in button.bumps:
            line = next(line for line in button.lines if line.offer == offer)
            self._press("input[type=checkbox]", f"the box to tick for {line.name}", words=line.name)
        if button.bumps:
            self.look(button.page, bumps=button.bumps)

    def pay(self, button: ManifestButton) -> None:
        """Pay, and be back where the provider must send the buyer."""
        self._press("[data-demo=pay]", "the way to pay")
        session = SESSION if self.visitor.stand_in else DEMO_SESSION
        whole = self.visitor.origin + return_address(button, session)
        # A page that tells of its visitors takes the session out of its address before anybody else can read it,
        # and writes the rest its own way: `a%2Fb` for `a/b`.
        due = unquote(whole), unquote(whole.partition("&session_id=")[0])
        self._wait(lambda url: unquote(url) in due, return_address(button, session))

    def opt_in(self, edge: ManifestEdge) -> None:
        """Ask for what the form gives."""
        self._press("main form input[type=email]", "the field for an email address")
        self.page.keyboard.insert_text(EMAIL)
        action = self.page.evaluate("() => document.querySelector('main form').getAttribute('action') ?? ''")
        target = self._target(edge)
        host = split_url(action).hostname
        with sending(self.page, host) if host else nullcontext():
            self._press("main form :is(button, input[type=submit])", "the form's button")
        if host:
            self.open(target)  # the form's service sends its visitors there; what it is told stands in its own settings
        else:
            self.arrive(target)

    def arrive(self, address: str) -> None:
        """Be at an address of the site, whatever stands in its query."""
        self._wait(lambda url: urlsplit(url).path == address, address)

    def look(self, address: str, bumps: tuple[str, ...] = (), after_back: ManifestButton | None = None) -> Glance:
        """See what is on the page, and compare it with the manifest. After going back either order may be shown."""
        self._at = address
        self.visitor.wait_again()
        self.seen.append(address)
        listed = next((p for p in self.visitor.manifest.pages if p.address == address), None)
        if listed is None:
            raise Lost(f"the manifest has no page {address}")
        known = self.visitor.judged.setdefault(address, {})
        glance = self._glance([mark for mark, _ in known])
        if after_back and glance.ticked == len(after_back.bumps):
            bumps = after_back.bumps
        if (glance.mark, bumps) not in known:
            facts = Facts(manifest=self.visitor.manifest, page=listed, device=self.visitor.setting.device, bumps=bumps)
            known[glance.mark, bumps] = tuple(self._judge(glance if glance.sight else self._glance([]), facts))
        for check, what in known[glance.mark, bumps]:
            self.fault(check, what)
        self.hear()
        self.show()
        self.visitor.recorder.looked(self.page, self.job, address, bumps)
        return glance

    def get_lost(self, why: str) -> None:
        """Note that the way ends here."""
        self.lost = True
        self.fault("ways", why)
        if self.visitor.trail and self.job.kind == "path":
            self.visitor.trail.lost = True

    def fault(self, check: str, what: str) -> None:
        """Note something that is wrong here."""
        self.faults.append(Fault(check=check, address=self._at, where=self._where(), what=what))

    def hear(self) -> None:
        """Note what was heard on this page."""
        for check, what in self.visitor.noise.take():
            self.fault(check, what)

    def show(self) -> None:
        """Have whoever records see the page as it is, if something was found since the last time."""
        if new := self.faults[self._shown :]:
            self.visitor.recorder.faulty(self.page, new)
        self._shown = len(self.faults)

    # --- how ----------------------------------------------------------------------------------------------------------

    def _beginning(self, path: Path) -> Trail:
        """What this path has in common with the last one, if the visitor is there again; else a trail without points.

        Lost on the same way as the last, nobody needs to go it again.
        """
        last = self.visitor.trail
        trail = Trail(path=path)
        if last and last.ends_alike(path):
            trail = structs.replace(last, path=path)
        elif last and (number := last.parting(path)) and self._is_again_at(last, number):
            trail = last.until(number, path)
        self.visitor.trail = trail
        self.faults, self.seen = trail.faults, trail.seen
        self._shown = len(self.faults)
        return trail

    def _is_again_at(self, trail: Trail, number: int) -> bool:
        if not self.visitor.return_to(trail, number):
            return False
        known = trail.points[number].glance.mark
        again = self._glance([known]).mark == known
        self.visitor.noise.take()  # told where the page was met first, or heard again from the beginning
        return again

    def _glance(self, known: Sequence[str]) -> Glance:
        """The page as it is, once it has faded in."""
        for _ in range(_LOOKS):
            glance = convert(self.page.evaluate(look_script(), known), Glance)
            if glance.settled:
                break
            self.page.wait_for_timeout(_BETWEEN)
        return glance

    def _judge(self, glance: Glance, facts: Facts) -> Iterator[tuple[str, str]]:
        """What is wrong with a page that was not met before: the check's name, and a sentence."""
        sight = glance.sight
        assert sight
        yield from check_page(sight, facts)
        for other in sight.connects:
            self.visitor.noise.judge(other, "connects to")
        if self.visitor.setting.javascript and not facts.bumps:
            ask, links = self.page.request, self.visitor.links
            missing = links.missing(ask, self.visitor.origin, facts.page.address, sight.links)
            yield from (("links", what) for what in missing)
        if self.visitor.setting.javascript and facts.bumps in self._extremes(facts):
            found = self.visitor.judge.findings(self.page, facts.device, glance.kinds)
            yield from (("axe", what) for what in found)

    def _extremes(self, facts: Facts) -> tuple[tuple[str, ...], ...]:
        """No bump, and all of them: what hinders people with one of several does so with all."""
        return (), max((button.bumps for button in facts.all_charges), key=len, default=())

    def _press(self, selector: str, name: str, words: str = "") -> None:
        self.visitor.wait_again()
        found = self.page.get_by_label(words) if words else self.page.locator(f"{selector}:visible")
        self.visitor.recorder.pressing(found.first)
        press(self.page, selector, name, words)

    def _wait(self, there: Callable[[str], bool], name: str) -> None:
        try:
            self.page.wait_for_url(there)
        except TimeoutError:
            shown = self.page.url.removeprefix(self.visitor.origin)
            raise Lost(f"the visitor should be at {name}, and is at {shown}") from None

    def _way(self, edge: ManifestEdge) -> str:
        return "[data-fg=decline]" if edge.name == "decline" else f'main a[href="{self._target(edge)}"]'

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
