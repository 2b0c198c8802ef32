"""Netlify: `_headers` and `_redirects`, in the form that its parsers read (facts in docs/hosts.md)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

YEAR = 31_536_000  # seconds; the longest that caches keep what never changes

SECURITY = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Referrer-Policy": "strict-origin",  # a session id in an address is never passed on
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def headers(rules: Mapping[str, Mapping[str, str]]) -> bytes:
    """The `_headers` file of rules: headers by the pattern of an address's path."""
    return "\n".join(_rule(path, values) for path, values in rules.items()).encode()


def rules(policy: str) -> Mapping[str, Mapping[str, str]]:
    """The headers of every address, by the pattern of its path.

    One policy for every address, since Netlify applies a rule by address and the 404 page has any.
    """
    return {
        "/*": {"Content-Security-Policy": policy, **SECURITY},
        "/assets/*": {"Cache-Control": f"public, max-age={YEAR}, immutable"},
        "/files/*": {"Cache-Control": "private, max-age=3600", "X-Robots-Tag": "noindex"},
    }


def content_security_policy(
    styles: Iterable[str] = (),
    *,
    form_hosts: Iterable[str] = (),
    frame_hosts: Iterable[str] = (),
    sink: str = "",
    scripts: bool = False,
    origins: Mapping[str, Iterable[str]] = {},
) -> str:
    """A policy that allows the site's own styles, pictures, fonts and forms, and nothing from elsewhere but this.

    `styles` are the texts of all style elements of the site: each is allowed by its hash, and nothing else is.
    `frame_hosts` are those of video players. `scripts` says whether pages load scripts, which are the site's own.
    `sink` is the address that takes events, if one does: they may be sent there alone.
    `origins` are those of checkouts within pages, by the policy's directive; pages without one take their scripts back.
    """
    more = {directive: sorted(set(sources)) for directive, sources in origins.items()}
    frames = sorted({*(f"https://{host}" for host in frame_hosts), *more.get("frame-src", ())})
    hashes = [*sorted({f"'sha256-{_hash(style)}'" for style in styles}), *more.get("style-src", ())]
    policy = {
        "default-src": ["'none'"],
        "style-src": hashes or ["'none'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'", *_origin(sink)],  # Lighthouse and its like fetch robots.txt from within the page
        **({"script-src": ["'self'", *more.get("script-src", ())]} if frames or sink or scripts else {}),
        **({"frame-src": frames} if frames else {}),
        "form-action": ["'self'", *sorted(f"https://{host}" for host in form_hosts)],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items())


def redirects(moves: Mapping[str, str]) -> bytes:
    """The `_redirects` file: from an address to another, for this visit only (302)."""
    return "".join(f"{source} {target} 302\n" for source, target in sorted(moves.items())).encode()


def _rule(path: str, values: Mapping[str, str]) -> str:
    lines = [path]
    for name, value in values.items():
        if any(c in value for c in "\r\n"):
            raise ValueError(f"the header {name} would have a line break")
        lines.append(f"  {name}: {value}")
    return "\n".join(lines) + "\n"


def _origin(sink: str) -> list[str]:
    """The host of an address elsewhere, as a policy names it: in letters that a header may have."""
    if not sink or sink.startswith("/"):
        return []
    parts = urlsplit(sink)
    host = (parts.hostname or "").encode("idna").decode()
    return [f"https://{host}" + (f":{parts.port}" if parts.port else "")]


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
