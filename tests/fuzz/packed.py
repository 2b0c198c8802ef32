"""A site as one text: what a guided fuzzer changes byte by byte, and what is kept of a site that failed.

A file begins with a line `=== path`; all up to the next such line is its content. A line `=== mode live` says for which
mode the site is checked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast, get_args

from tests.sites import Mode

MOST_BYTES = 300_000
_NAME = re.compile(r"[A-Za-z0-9_. -]{1,80}(/[A-Za-z0-9_. -]{1,80}){0,6}")


def pack(files: Mapping[str, bytes], mode: Mode = "demo") -> bytes:
    """The files, sorted by path, and the mode."""
    parts = [f"=== {name}\n".encode() + content + b"\n" for name, content in sorted(files.items())]
    return f"=== mode {mode}\n".encode() + b"".join(parts)


def unpack(data: bytes) -> tuple[dict[str, bytes], Mode]:
    """The files of a packed site, whatever was done to it, and the mode, without paths that would leave the site."""
    files: dict[str, bytes] = {}
    mode = "demo"
    for part in (b"\n" + data[:MOST_BYTES].removesuffix(b"\n")).split(b"\n=== ")[1:]:
        head, _, content = part.partition(b"\n")
        name = head.decode("utf-8", "replace").strip()
        if name.startswith("mode "):
            mode = name.removeprefix("mode ")
        elif is_plain(name):
            files[name] = content
    return files, cast(Mode, mode if mode in get_args(Mode) else "demo")


def is_plain(name: str) -> bool:
    """Whether a path may be written below a folder without a thought. Bad ones have tests of their own."""
    return bool(_NAME.fullmatch(name)) and not any(part.strip(". ") != part for part in name.split("/"))
