"""The headers of production, widened by what the preview's own client needs and by nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from funnelgen.hosts import netlify
from funnelgen.hosts.files import form_hosts
from funnelgen.pages.embedding import embed_origins
from funnelgen.preview.generation import SINK, Generation

CLIENT = "/_funnel/client.js"
OWN = "/_funnel/"
"""Below it stands all that is the preview's and no part of the site."""

_NO_STORE = {"Cache-Control": "no-store"}
_OWN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def page_headers(generation: Generation | None, host: str) -> dict[str, str]:
    """The headers of every address of the site; `host` is the preview's own, with the port."""
    headers = dict(netlify.rules(widened(_policy(generation), host))["/*"])
    headers["X-Frame-Options"] = "SAMEORIGIN"  # the funnel map shows pages in miniature
    # Over HTTP it means nothing (RFC 6797), and through a tunnel it would bind a name that is somebody else's.
    del headers["Strict-Transport-Security"]
    return headers


def _policy(generation: Generation | None) -> str:
    """The policy of production, with the preview's own place for events."""
    if generation is None:
        return netlify.content_security_policy()
    return netlify.content_security_policy(
        generation.styles(),
        form_hosts=form_hosts(generation.site, generation.mode),
        frame_hosts=generation.players,
        sink=SINK,
        origins=embed_origins(generation.edition),
    )


def file_headers(path: str) -> dict[str, str]:
    """The headers of a file that pages refer to, beside those of every address."""
    rules = netlify.rules("")
    return dict(next((it for start, it in rules.items() if start != "/*" and path.startswith(start[:-1])), {}))


def own_headers() -> dict[str, str]:
    """The headers of what is the preview's own."""
    return {
        **_NO_STORE,
        "Content-Security-Policy": _OWN_POLICY,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def widened(policy: str, host: str) -> str:
    """A page's policy that also lets the preview's one script run and ask, and the map frame the page."""
    directives: dict[str, list[str]] = {}
    for directive in policy.split("; "):
        name, *sources = directive.split()
        directives[name] = sources
    more: Mapping[str, str] = {"script-src": f"http://{host}{CLIENT}", "connect-src": f"http://{host}{OWN}"}
    for name, source in more.items():
        directives[name] = [*(it for it in directives.get(name, ()) if it != "'none'"), source]
    directives["frame-ancestors"] = ["'self'"]
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
