"""The preview's script, which every page shown by it has: it listens, brings the page up to date, shows what is wrong.

It is put into a page when the page is sent, and is never part of one that was made.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from funnelgen import map
from funnelgen.preview.answers import etag_of
from funnelgen.preview.headers import CLIENT

LISTEN = Path(map.__file__).with_name("listen.js")
_PARTS = ("morph.js", "overlay.js", "client.js")


@cache
def script() -> bytes:
    """The script: its parts as one, with the overlay's style."""
    folder = Path(__file__).parent
    parts = [LISTEN.read_text(encoding="utf-8"), *((folder / name).read_text(encoding="utf-8") for name in _PARTS)]
    style = (folder / "overlay.css").read_text(encoding="utf-8").replace("\\", "\\\\").replace("`", "\\`")
    return ("(() => {\n'use strict';\n" + f"const STYLE = `{style}`;\n" + "\n".join(parts) + "})();\n").encode()


MARK = etag_of(script()).encode()
"""Stands for this version of the script: a page with another one is another page."""


def brought(html: bytes, etag: str) -> bytes:
    """A page with the script in its head; `etag` is the mark of the page as it was made."""
    tag = f'<script src="{CLIENT}" data-page="{etag.strip(chr(34))}" defer></script>'.encode()
    head, found, rest = html.partition(b"</head>")
    return head + tag + found + rest if found else tag + html


def nothing() -> bytes:
    """A page to show where there is none of the site's."""
    page = (
        b'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        b'<meta name="viewport" content="width=device-width,initial-scale=1">'
        b'<meta name="color-scheme" content="light dark"><title>No page yet</title></head>'
        b"<body></body></html>"
    )
    return brought(page, '""')
