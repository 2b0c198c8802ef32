"""`/_funnel/journeys`, and the page that makes a new visitor."""

from __future__ import annotations

from pathlib import Path

from funnelgen.funnel.manifest import Manifest
from funnelgen.own import own_templates
from funnelgen.preview.journeys.book import Journey
from funnelgen.preview.journeys.story import Story, story_of

FOLDER = Path(__file__).parent
FEW = 2  # visitors who only looked; so many and more are told in one line


def journeys_page(journeys: tuple[Journey, ...], manifest: Manifest) -> bytes:
    """The page with all journeys so far, the newest first."""
    stories = [story_of(journey, manifest) for journey in journeys]
    starts = [(node.id, node.stack) for node in manifest.nodes if node.id in manifest.entries]
    last = f"Visitor {stories[0].number}: {_last(stories[0])}" if stories else ""
    left = {story.number for story in stories[1:] if _only_looked(story)}  # the newest may only have begun
    shown = [story for story in stories if len(left) < FEW or story.number not in left]
    folded = len(stories) - len(shown)
    return _render("journeys.html", site=manifest.site.name, stories=shown, folded=folded, starts=starts, last=last)


def new_visitor_page(start: str, manifest: Manifest) -> bytes:
    """The page that forgets who the visitor was, and goes on to the first page of the stack that `start` begins.

    `start` comes from the address: where it is no entry of the site, the first one is meant.
    """
    entries = {node.id: node.address for node in manifest.nodes if node.id in manifest.entries}
    address = entries.get(start) or next(iter(entries.values()), "/")
    return _render("new-visitor.html", address=address)


def _only_looked(story: Story) -> bool:
    """Whether somebody saw one page and did nothing there."""
    return len(story.stops) == 1 and not story.stops[0].lines and not story.full


def _last(story: Story) -> str:
    """What happened last, for those who do not see it appear."""
    stop = story.stops[-1]
    words = (stop.lines[-1].words, stop.lines[-1].about, stop.lines[-1].amount) if stop.lines else ("seen",)
    return " ".join(filter(None, (f"{stop.step},", *words)))


def _render(name: str, **what: object) -> bytes:
    return own_templates(FOLDER).get_template(name).render(what).encode()
