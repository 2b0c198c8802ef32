"""Payment links: is there one for every button, and is it its own?"""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.site.kinds import wrong_url


def missing_site_url(subject: Subject) -> Iterator[Finding]:
    """A live site needs its address: buyers come back to it after a payment."""
    if subject.mode == "live" and subject.site.config.url is None:
        yield found("going live needs the site's address", Span("site.yaml"), "add `url: https://…` to site.yaml")


def missing_link(subject: Subject) -> Iterator[Finding]:
    """A button has no payment link in the mode that is built, so it would charge nothing."""
    if subject.mode == "demo":
        return
    links = _links(subject)
    missing = [f"`{id}`" for id in subject.funnel.buttons if id not in links]
    if missing:
        places = subject.site.links.places
        message = f"{subject.mode} mode has no link for {', '.join(missing)}"
        help = f"add them under `{subject.mode}:` in links.yaml, or build with `--mode demo`"
        yield found(message, places.key(subject.mode) or Span("links.yaml"), help)


def unknown_button(subject: Subject) -> Iterator[Finding]:
    """links.yaml names a button that the stack does not have."""
    known = list(subject.funnel.buttons)
    for mode, links in (("live", subject.site.links.live), ("test", subject.site.links.test)):
        for id in links:
            if id not in known:
                span = subject.site.links.places.key(f"{mode}.{id}")
                yield found(f"no button is called `{id}`", span, did_you_mean(id, known))


def insecure_link(subject: Subject) -> Iterator[Finding]:
    """A payment link that is no https address: it could be read or changed on its way."""
    for mode, id, link, span in all_links(subject):
        wrong = wrong_url(link)
        if wrong:
            yield found(f"the {mode} link of `{id}`: {wrong}", span, "a payment link begins with `https://`")


def same_link(subject: Subject) -> Iterator[Finding]:
    """Two buttons have one link, though they charge different things."""
    first: dict[tuple[str, str], tuple[str, Span | None]] = {}
    for mode, id, link, span in all_links(subject):
        other, where = first.setdefault((mode, link), (id, span))
        if other != id:
            message = f"`{id}` has the link of `{other}`"
            yield found(message, span, "give each button the link of its own charge", notes=note(where, "here first"))


def _links(subject: Subject) -> dict[str, str]:
    return {"live": subject.site.links.live, "test": subject.site.links.test}.get(subject.mode, {})


def all_links(subject: Subject) -> Iterator[tuple[str, str, str, Span | None]]:
    """(mode, button, link, place) of every link that a build in this mode, or a later one, would publish."""
    for mode, links in (("live", subject.site.links.live), ("test", subject.site.links.test)):
        for id, link in links.items():
            yield mode, id, link, subject.site.links.places.at(f"{mode}.{id}")
