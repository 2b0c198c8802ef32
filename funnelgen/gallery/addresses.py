"""Other addresses in built pages, so that they work where they lie: in a folder that is opened without a server."""

from __future__ import annotations

import re
from collections.abc import Callable

_TAG = re.compile(r"<[a-z][^<>]*>")
_ATTRIBUTE = re.compile(r"""(?<=\s)(href|src|srcset|poster|action)=("[^"]*"|'[^']*')""")
_URL = re.compile(r"url\((/[^)\"']+)\)")
_PRELOAD = re.compile(r'<link rel="preload"[^>]*>\n?')
# The whole web: a copy that search engines find would compete with the site itself.
_CANONICAL = re.compile(r'<link rel="canonical"[^>]*>\n?')


def readdressed(html: str, address: Callable[[str], str]) -> str:
    """Return a page in which every address was given to `address` (path, `?query` and `#fragment` in one).

    Preloads go: browsers refuse them to pages that come from a file.
    """
    html = _CANONICAL.sub("", _PRELOAD.sub("", html))
    html = _TAG.sub(lambda tag: _ATTRIBUTE.sub(lambda found: _attribute(found, address), tag[0]), html)
    return _URL.sub(lambda found: f"url({address(found[1])})", html)


def _attribute(found: re.Match[str], address: Callable[[str], str]) -> str:
    name, quote, value = found[1], found[2][0], found[2][1:-1]
    if name != "srcset":
        return f"{name}={quote}{address(value)}{quote}"
    candidates = (candidate.split() for candidate in value.split(","))
    return f"{name}={quote}{', '.join(' '.join([address(url), *width]) for url, *width in candidates)}{quote}"
