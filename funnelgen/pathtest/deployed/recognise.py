"""Before anything is walked: whether a site of funnelgen's is at the address, lets us in, and in which mode it is."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from funnelgen.funnel import Funnel, compile_funnel
from funnelgen.funnel.manifest import Mode
from funnelgen.pathtest.deployed.caller import Ask, Unreachable, headers_of, text_of
from funnelgen.pathtest.deployed.wording import kind_of, pay_links
from funnelgen.pathtest.host import LOOPBACK, Answer
from funnelgen.site.models import Site

_THIS_MACHINE = (LOOPBACK, "localhost", "::1")
_PORTS = {"https": 443, "http": 80}


def origin_of(url: str) -> str:
    """The origin of a deployed site's address. Raises ValueError, in words, for what is no such address."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    try:
        port = parts.port
    except ValueError:
        raise ValueError(f"`{url}` has a port that is no number") from None
    host = _in_ascii(parts.hostname or "")
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"`{url}` is no address of a site; it looks like https://deploy-preview-7--studio.netlify.app")
    if parts.username is not None:
        raise ValueError("an address with a password in it would be kept in logs; leave the password out")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError(f"`{url}` names a page; a site stands at the root of its host: {parts.scheme}://{host}")
    if parts.scheme == "http" and host not in _THIS_MACHINE:
        raise ValueError(f"`{url}` is not encrypted, and buyers pay there: name its https address")
    own = port and port != _PORTS[parts.scheme]  # browsers leave the usual one out
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if own else ''}"


def recognise(ask: Ask, origin: str, address: str) -> str:
    """The HTML of a page that the site must have. Raises Unreachable where there is no page of funnelgen's."""
    answer = ask("GET", address)
    host = urlsplit(origin).hostname or ""
    if answer.status in (401, 403):
        raise Unreachable(
            f"`{host}` lets nobody in without a password ({answer.status})",
            "take the password off this deployment for the test; funnelgen knows none",
            lasting=True,
        )
    if 300 <= answer.status < 400:
        raise _elsewhere(answer, origin, address)
    if answer.status >= 500:
        raise Unreachable(
            f"`{host}` has a fault of its own ({answer.status})", "look at it in a browser, and try again"
        )
    html = text_of(answer)
    if answer.status == 200 and kind_of(html):
        return html
    if answer.status == 200:
        raise Unreachable(f"`{origin}{address}` is no page of funnelgen's", "name the address of the deployed site")
    if kind_of(html):
        raise Unreachable(
            f"the site at `{host}` has no page {address}", "name the folder of the site that was deployed there"
        )
    raise Unreachable(f"there is no site at `{origin}{address}` ({answer.status})", "look the address up again")


def look_up_mode(ask: Ask, origin: str, site: Site) -> Mode | None:
    """The mode of the site that is deployed at `origin`, told by where its first payment button leads.

    None where it leads to no link that the site knows, or there is none. Raises Unreachable where no site of
    funnelgen's answers.
    """
    funnel = compile_funnel(site)
    if not funnel.entries:
        return None  # a mistake, which is told when the site is built
    first = next(iter(funnel.buttons.values()), None)
    node = funnel.nodes[first.node if first else funnel.entries[0]]
    html = recognise(ask, origin, node.address)
    return mode_of(pay_links(html), links_by_mode(site, funnel))


def mode_of(hrefs: Mapping[str, str], links: Mapping[Mode, Mapping[str, str]]) -> Mode | None:
    """The mode whose `links` the buttons of a page have; both by button. A page may add a discount to a link."""
    for mode, known in links.items():
        if any(href and urlsplit(href)[:3] == urlsplit(known.get(button, ""))[:3] for button, href in hrefs.items()):
            return mode
    return None


def links_by_mode(site: Site, funnel: Funnel) -> dict[Mode, dict[str, str]]:
    """Where the buttons lead in each mode."""
    demo = {id: f"/demo/{id.replace('+', '/')}/" for id in funnel.buttons}
    return {"live": {**site.links.live}, "test": {**site.links.test}, "demo": demo}


def _in_ascii(host: str) -> str:
    """A host's name as requests have it; empty where it cannot be one."""
    try:
        return host if ":" in host else host.encode("idna").decode()
    except UnicodeError:
        return ""


def _elsewhere(answer: Answer, origin: str, address: str) -> Unreachable:
    to = headers_of(answer).get("location", "nowhere")
    there = urlsplit(to)
    if there.hostname and f"{there.scheme}://{there.netloc}" != origin:
        return Unreachable(f"`{origin}` leads to {to}", "name that address, if it is the site's", lasting=True)
    return Unreachable(f"`{origin}{address}` leads to {to}", "name the folder of the site that was deployed there")
