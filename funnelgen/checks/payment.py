"""FG4, payment: does every button charge, with the right kind of link, in the right mode?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.payments import is_test_link, provider_of
from funnelgen.site.files import LARGEST_TEXT
from funnelgen.site.kinds import wrong_url

_TEXTS = {"css", "csv", "env", "htm", "html", "js", "json", "md", "mjs", "svg", "txt", "xml", "yaml", "yml"}
_SECRET = re.compile(r"\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{8,}|\bwhsec_[A-Za-z0-9]{8,}")


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
    for mode, id, link, span in _all_links(subject):
        wrong = wrong_url(link)
        if wrong:
            yield found(f"the {mode} link of `{id}`: {wrong}", span, "a payment link begins with `https://`")


def test_link_live(subject: Subject) -> Iterator[Finding]:
    """A live link that charges no real money: buyers would get everything for nothing."""
    for mode, id, link, span in _all_links(subject):
        if mode == "live" and is_test_link(link):
            yield found(f"the live link of `{id}` is a test link", span, "copy the link from your provider's live mode")


def live_link_test(subject: Subject) -> Iterator[Finding]:
    """A test link that charges real money."""
    for mode, id, link, span in _all_links(subject):
        if mode == "test" and is_test_link(link) is False:
            yield found(
                f"the test link of `{id}` charges real money", span, "copy the link from your provider's test mode"
            )


def unknown_host(subject: Subject) -> Iterator[Finding]:
    """A payment link to a host that no known provider has; a slip there sends money elsewhere."""
    for _, id, link, span in _all_links(subject):
        host = urlsplit(link).hostname if not wrong_url(link) else None
        if host and provider_of(link) is None and host not in subject.site.config.hosts:
            help = f"check the address; if it is right, add `hosts: [{host}]` to site.yaml"
            yield found(f"no payment provider is known at `{host}` (`{id}`)", span, help)


def same_link(subject: Subject) -> Iterator[Finding]:
    """Two buttons have one link, though they charge different things."""
    first: dict[tuple[str, str], tuple[str, Span | None]] = {}
    for mode, id, link, span in _all_links(subject):
        other, where = first.setdefault((mode, link), (id, span))
        if other != id:
            message = f"`{id}` has the link of `{other}`"
            yield found(message, span, "give each button the link of its own charge", notes=note(where, "here first"))


def published_secret(subject: Subject) -> Iterator[Finding]:
    """A secret key stands in a file of the site. What is in the folder is in git, and may be on the page."""
    for file, text in (*subject.sources.items(), *_other_texts(subject)):
        for secret in _SECRET.finditer(text):
            line = text.count("\n", 0, secret.start()) + 1
            column = secret.start() - text.rfind("\n", 0, secret.start())
            span = Span(file, line, column, line, column + len(secret[0]))
            help = "revoke it at your provider, then keep the new one in an environment variable"
            yield found("a secret key stands here", span, help)


def _other_texts(subject: Subject) -> Iterator[tuple[str, str]]:
    """Files that are published as they are, and can hold text: name and content."""
    for path, file in subject.site.files.items():
        if path.rpartition(".")[2].lower() in _TEXTS and file.size <= LARGEST_TEXT:
            yield path, file.read().decode("utf-8", "replace")


def _links(subject: Subject) -> dict[str, str]:
    return {"live": subject.site.links.live, "test": subject.site.links.test}.get(subject.mode, {})


def _all_links(subject: Subject) -> Iterator[tuple[str, str, str, Span | None]]:
    """(mode, button, link, place) of every link that a build in this mode, or a later one, would publish."""
    for mode, links in (("live", subject.site.links.live), ("test", subject.site.links.test)):
        for id, link in links.items():
            yield mode, id, link, subject.site.links.places.at(f"{mode}.{id}")
