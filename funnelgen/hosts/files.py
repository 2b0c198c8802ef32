"""The files of a build that hosts and search engines read, and what they say of the site."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from urllib.parse import urlsplit

from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import ManifestPage, Mode
from funnelgen.hosts import netlify
from funnelgen.pages.sitemap import robots, sitemap
from funnelgen.site.models import Site
from funnelgen.site.selling import Service


def host_files(site: Site, funnel: Funnel, mode: Mode, pages: Sequence[ManifestPage], policy: str) -> dict[str, bytes]:
    """Return the files by path. `policy` is the Content-Security-Policy of all pages."""
    files = {"_headers": netlify.headers(netlify.rules(policy)), **files_for_search(site, mode, pages)}
    if moved := moves(funnel, [page.address for page in pages]):
        files["_redirects"] = netlify.redirects(moved)
    return files


def files_for_search(site: Site, mode: Mode, pages: Sequence[ManifestPage]) -> dict[str, bytes]:
    """Return what search engines read, by path: which pages there are, and whether they are to be found."""
    url = site.config.url
    files = {"robots.txt": robots(url, indexed=mode == "live")}
    if url:
        files["sitemap.xml"] = sitemap(url, {page.address: page.alternates for page in pages if page.indexed})
    return files


def form_hosts(site: Site, mode: Mode) -> list[str]:
    """Return the hosts besides the site's own to which its forms may send."""
    if mode == "demo":
        return []
    waiting = [offer.waiting_list for stack in site.stacks for offer in stack.offers.values()]
    forms = [form for form in (site.config.form, *waiting) if isinstance(form, Service)]
    return list(dict.fromkeys(urlsplit(form.action).netloc for form in forms))


def moves(funnel: Funnel, addresses: Collection[str]) -> Mapping[str, str]:
    """Return addresses that lead to another: where no page is the site's first, the first step is."""
    return {} if "/" in addresses or not funnel.entries else {"/": funnel.nodes[funnel.entries[0]].address}
