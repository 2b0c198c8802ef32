"""Where a link in copy leads: `step:checkout`, `term:order-bump`, `page:about`, an address, the web.

The one place where addresses are made, for pages and checks alike.
"""

from __future__ import annotations

import re

from msgspec import Struct

from funnelgen.diagnostics.suggest import certain, did_you_mean
from funnelgen.funnel.graph import Funnel
from funnelgen.site.kinds import split_url, wrong_url
from funnelgen.site.models import Site

GLOSSARY = "/glossary/"
_HTTPS = "link to an `https://` address"
_FORMS = "write `step:ID`, `page:NAME`, `term:NAME`, or an address from the site's root"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_EMAIL = re.compile(r"[^\s<>\"'@/:?#]{1,64}@(?:[\w-]{1,63}\.){1,9}[A-Za-z]{2,24}")


class Target(Struct, frozen=True, kw_only=True):
    """Where a link leads; `href` is empty where it leads nowhere, and `wrong` and `remedy` say why.

    `meant` is how the link should be written, where only one other can be meant.
    """

    href: str = ""
    wrong: str = ""
    remedy: str = ""
    meant: str = ""
    unsafe: bool = False


def page_address(name: str) -> str:
    """The address of a free page: "/about/", "/german/about/", and "/" or "/german/" for a hub."""
    stack, _, own = name.rpartition("/")
    return "/" + "".join(f"{part}/" for part in (stack, own if own != "index" else "") if part)


def term_address(slug: str) -> str:
    """The address of a glossary term."""
    return f"{GLOSSARY}{slug}/"


class Addresses:
    """Every address of a site, by what it belongs to."""

    def __init__(self, site: Site, funnel: Funnel) -> None:
        self.site = site
        self.funnel = funnel
        self.pages = {name: page_address(name) for name in site.pages}
        self.terms = {slug: term_address(slug) for slug in site.glossary}
        self.steps = {node.id: node.address for node in funnel.nodes.values()}
        own = (*self.steps.values(), *self.pages.values(), *self.terms.values())
        self.known = {*own, GLOSSARY} if site.glossary else set(own)

    def resolve(self, link: str, stack: str = "") -> Target:
        """Where the link `link`, as written in copy of `stack`, leads."""
        if not link:
            return Target(wrong="the link is empty", remedy=_FORMS)
        kind, colon, name = link.partition(":")
        if colon and kind in ("step", "term", "page"):
            return self._named(kind, name, stack)
        if link.startswith("#"):
            return Target(href=link)
        if kind in ("mailto", "tel") and re.fullmatch(r"[^\s<>\"']+", name):
            return Target(href=link)
        if kind in ("https", "http"):
            wrong = wrong_url(link)
            return Target(wrong=wrong, remedy=_HTTPS) if wrong else Target(href=link)
        if _SCHEME.match(link) or link.startswith("//"):
            return Target(wrong=f"a link to `{link[:40]}` is not allowed", remedy=_HTTPS, unsafe=True)
        return self._on_site(link, stack)

    def _named(self, kind: str, name: str, stack: str) -> Target:
        name, hash, fragment = name.partition("#")
        if kind == "step":
            other, slash, id = name.rpartition("/")
            node = self.funnel.step(other if slash else stack, id)
            known = self.steps
            address = node.address if node else known.get(name)
        else:
            known = self.terms if kind == "term" else self.pages
            address = known.get(f"{stack}/{name}") if kind == "page" else None
            address = address or known.get(name)
        if address is None:
            own = [n.step.id for n in self.funnel.nodes.values() if n.stack == stack] if kind == "step" else []
            names = dict.fromkeys((*known, *own))
            near = certain(name, names)
            meant = f"{kind}:{near}{hash}{fragment}" if near else ""
            return Target(wrong=f"no {kind} is called `{name}`", remedy=did_you_mean(name, names), meant=meant)
        return Target(href=address + hash + fragment)

    def _on_site(self, link: str, stack: str) -> Target:
        parts = split_url(link)
        path = parts.path
        if path.startswith(("/assets/", "assets/")):
            file = path.removeprefix("/")
            if file in self.site.files:
                return Target(href=f"/{file}")
            assets = [f for f in self.site.files if f.startswith("assets/")]
            remedy = did_you_mean(file, assets, otherwise="put it there")
            near = certain(file, assets)
            if near and near.casefold() == file.casefold():
                remedy += " capitals count in a file's name"
            meant = link.replace(file, near, 1) if near else ""
            return Target(wrong=f"there is no file `{file}`", remedy=remedy, meant=meant)
        if not path.startswith("/"):
            return self._bare(link, stack)
        address = path if path.endswith("/") else path + "/"
        if address not in self.known:
            near = certain(address, self.known)
            meant = link.replace(path, near, 1) if near else ""
            remedy = did_you_mean(address, self.known)
            return Target(wrong=f"no page has the address `{path}`", remedy=remedy, meant=meant)
        return Target(href=address + (f"#{parts.fragment}" if parts.fragment else ""))

    def _bare(self, link: str, stack: str) -> Target:
        """A link without what would say where it leads: a name alone, an email address, a site without `https://`."""
        name, hash, fragment = link.partition("#")
        forms = [f"page:{name}"] if name in self.pages or f"{stack}/{name}" in self.pages else []
        forms += [f"step:{name}"] if self.funnel.step(stack, name) else []
        forms += [f"term:{name}"] if name in self.terms else []
        meant = [form + hash + fragment for form in forms]
        if _EMAIL.fullmatch(link):
            meant = [f"mailto:{link}"]
        elif link.lower().startswith("www.") and not wrong_url(f"https://{link}"):
            meant = [f"https://{link}"]
        remedy = f"did you mean {' or '.join(f'`{m}`' for m in meant)}?" if meant else _FORMS
        only = meant[0] if len(meant) == 1 else ""
        return Target(wrong=f"`{link[:60]}` leads nowhere", remedy=remedy, meant=only)
