"""The files of a build that hosts and search engines read, and what they say of the site."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from funnelgen.funnel.graph import Funnel
from funnelgen.funnel.manifest import ManifestPage, Mode
from funnelgen.hosts import netlify
from funnelgen.pages.sitemap import robots, sitemap
from funnelgen.site.models import Site
from funnelgen.site.selling import Service


def host_files(
    site: Site,
    funnel: Funnel,
    mode: Mode,
    pages: Sequence[ManifestPage],
    styles: Iterable[str],
    frame_hosts: Iterable[str],
    *,
    sink: str = "",
    scripts: bool = False,
    origins: Mapping[str, Iterable[str]] = {},
) -> dict[str, bytes]:
    """Return the files by path. `styles` are those of the pages, `frame_hosts` the hosts of their video players.

    `sink` is the address that takes the pages' events, if one does; `scripts` says whether pages load scripts.
    `origins` are those of checkouts within pages, by the policy's directive.
    """
    url = site.config.url
    files = {
        "_headers": netlify.headers(
            styles,
            form_hosts=form_hosts(site, mode),
            frame_hosts=frame_hosts,
            sink=sink,
            scripts=scripts,
            origins=origins,
        ),
        "robots.txt": robots(url, indexed=mode == "live"),
    }
    if url:
        files["sitemap.xml"] = sitemap(url, {page.address: page.alternates for page in pages if page.indexed})
    if moved := moves(funnel, [page.address for page in pages]):
        files["_redirects"] = netlify.redirects(moved)
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
