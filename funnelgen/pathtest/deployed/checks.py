"""What must hold at a deployed site's host, besides what a visitor sees. A check is a function, and a line in CHECKS.

A difference that is met at many addresses is one fault, told at the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urljoin, urlsplit

from funnelgen.pathtest.deployed.caller import Unreachable, ask_all, headers_of, text_of
from funnelgen.pathtest.deployed.deployment import Deployment
from funnelgen.pathtest.deployed.policy import POLICY, Difference, differences, kept_for
from funnelgen.pathtest.deployed.wording import kind_of
from funnelgen.pathtest.facts import return_address
from funnelgen.pathtest.host import headers_for

Found = tuple[str, str, str]
"""The check, the address, and what is wrong there."""
Check = Callable[[Deployment], Iterator[Found]]

NO_PAGE = "/no-such-page-of-this-site/"
SESSION = "funnelgen-test"
HOUR = 3_600  # seconds; how long a page may be shown without asking again, until its price is too old
PRIVATE = ("/.funnelgen/funnel.json", "/stack.yaml", "/links.yaml")


def pages(site: Deployment) -> Iterator[Found]:
    """The deployed pages say what the site says now: it is not an older deployment, nor another site's."""
    return (("deployed", address, wrong) for address, wrong in site.differing.items())


def headers(site: Deployment) -> Iterator[Found]:
    """Pages, pictures, fonts and downloads come with the headers of `_headers`."""
    answers = {address: answer for address, answer in {**site.pages, **site.files}.items() if answer.status == 200}
    if not answers:
        return
    wanted = {address: _wanted(site, address) for address in answers}
    came = {address: headers_of(answer) for address, answer in answers.items()}
    # `Cache-Control` tells nothing: hosts have one of their own.
    telling = {address: [name for name in names if name != "Cache-Control"] for address, names in wanted.items()}
    if not any(name.lower() in came[address] for address, names in telling.items() for name in names):
        address, names = next(iter(telling.items()))
        yield "headers", address, f"none of the {len(names)} headers of `_headers` came: this host does not read it"
        return
    yield from _once(
        (address, wrong)
        for address in answers
        for wrong in differences(wanted[address], came[address], encrypted=site.encrypted)
    )


def kept(site: Deployment) -> Iterator[Found]:
    """Pages are said to be pages, and browsers do not keep them for long, unless `_headers` says so itself."""
    for address, answer in site.pages.items():
        came = headers_of(answer)
        seconds = 0 if "Cache-Control" in _wanted(site, address) else kept_for(came.get("cache-control", ""))
        if answer.status == 200 and seconds > HOUR:
            hours = seconds // HOUR
            yield "headers", address, f"browsers may keep the page for {hours} hours, and with it an old price"
        kind = came.get("content-type", "nothing")
        if answer.status == 200 and kind.split(";")[0].strip().lower() != "text/html":
            yield "headers", address, f"the page is said to be `{kind}`, and should be `text/html`"


def listed(site: Deployment) -> Iterator[Found]:
    """Where it goes live, search engines are not told to pass by pages that they may list."""
    if site.manifest.mode != "live":
        return
    for page in site.listed:
        said = headers_of(site.pages[page.address]).get("x-robots-tag", "")
        if page.indexed and "noindex" in said.lower():
            yield "headers", page.address, f"the header `X-Robots-Tag` is `{said}`: search engines are told to pass"


def files(site: Deployment) -> Iterator[Found]:
    """The files that pages need are there."""
    for address, answer in site.files.items():
        if answer.status >= 400 and site.mentions(address):
            yield "deployed", address, f"the file is answered with {answer.status}, and pages need it"


def missing_page(site: Deployment) -> Iterator[Found]:
    """What is not there is answered with 404, and the site's own page for it."""
    answer = site.ask("GET", NO_PAGE)
    if answer.status != 404:
        yield "deployed", NO_PAGE, f"a page that is not there is answered with {answer.status}, and should be with 404"
    elif kind_of(text_of(answer)) != "404":
        yield "deployed", NO_PAGE, "a page that is not there shows the host's own words, and not the site's 404.html"


def redirects(site: Deployment) -> Iterator[Found]:
    """The lines of `_redirects` are followed."""
    for source, line in site.built.redirects.items():
        answer = site.ask("GET", source)
        to = urljoin(site.origin + source, headers_of(answer).get("location", ""))
        if answer.status != line.status:
            yield (
                "headers",
                source,
                f"the address is answered with {answer.status}, and `_redirects` says {line.status}",
            )
        elif to != urljoin(site.origin + source, line.target):
            yield (
                "headers",
                source,
                f"the address leads to {to.removeprefix(site.origin)}, and `_redirects` says {line.target}",
            )


def returns(site: Deployment) -> Iterator[Found]:
    """Buyers who come back with a session in the address get the page."""
    back = {return_address(button, SESSION): button for button in site.manifest.buttons if button.returns_to}
    for address, answer in ask_all(site.ask, "GET", back).items():
        path = urlsplit(address).path
        plain = site.pages.get(path)
        if plain is None or plain.status != 200:
            continue  # a fault of its own
        if answer.status != 200:
            yield "deployed", path, f"with `{urlsplit(address).query}` the page is answered with {answer.status}"
        elif kind_of(text_of(answer)) != kind_of(text_of(plain)):
            yield "deployed", path, f"with `{urlsplit(address).query}` another page is shown"


def private(site: Deployment) -> Iterator[Found]:
    """The site's own files are not published beside what was built."""
    for address, answer in ask_all(site.ask, "GET", PRIVATE).items():
        body = answer.body.lstrip()[:200]
        if answer.status == 200 and not body.lower().startswith((b"<!doctype", b"<html")):
            yield "deployed", address, "the site's own file can be read by anybody: publish only what was built"


def encryption(site: Deployment) -> Iterator[Found]:
    """Whoever comes without encryption is sent to the encrypted address."""
    parts = urlsplit(site.origin)
    if not site.encrypted or parts.port:
        return
    try:
        answer = site.call(f"http://{parts.netloc}")("GET", "/")
    except Unreachable:
        return  # nothing is answered without encryption, which is as good
    if not 300 <= answer.status < 400 or not (headers_of(answer).get("location", "")).startswith("https://"):
        yield "headers", "/", f"without encryption the site is answered with {answer.status}, and not sent to https"


CHECKS: Mapping[str, Check] = {
    "comparing the deployed pages with the site": pages,
    "looking for files that pages need": files,
    "comparing the headers with `_headers`": headers,
    "how long pages are kept": kept,
    "what search engines are told": listed,
    "a page that is not there": missing_page,
    "redirects": redirects,
    "coming back from a payment": returns,
    "files that are not for the public": private,
    "coming without encryption": encryption,
}
"""All checks, by what is done."""


def _wanted(site: Deployment, address: str) -> Mapping[str, str]:
    """The headers that `_headers` gives an address. The policy allows the styles of the pages as they are deployed.

    Another release of a library writes a font's file another way, and so a style with its name in it. That is no fault.
    """
    wanted = headers_for(site.built.rules, address)
    for name, value in wanted.items():
        if name.lower() == POLICY and not site.identical:
            return {**wanted, name: _with_styles(value, site)}
    return wanted


def _with_styles(policy: str, site: Deployment) -> str:
    own = "style-src " + " ".join(site.style_hashes)
    return "; ".join(own if part.split()[:1] == ["style-src"] else part.strip() for part in policy.split(";"))


def _once(met: Iterator[tuple[str, Difference]]) -> Iterator[Found]:
    """Each difference at the first address that has it."""
    at: dict[Difference, list[str]] = {}
    for address, wrong in met:
        at.setdefault(wrong, []).append(address)
    for wrong, addresses in at.items():
        others = len(addresses) - 1
        more = f", here and at {others} other {'address' if others == 1 else 'addresses'}" if others else ""
        yield "headers", addresses[0], f"{wrong}{more}"
