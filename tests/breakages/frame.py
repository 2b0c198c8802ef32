"""What a breakage of a built site is, and the few ways in which one alters files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from functools import reduce
from typing import Literal, NamedTuple

from funnelgen.pathtest.facts import DESKTOP, PHONE
from funnelgen.pathtest.outcome import Setting

Files = Mapping[str, bytes]
Change = Callable[[Files], Files]

BARE = Setting(device=PHONE, javascript=False)
ON_PHONE = Setting(device=PHONE)
ON_DESKTOP = Setting(device=DESKTOP)
BARE_ON_DESKTOP = Setting(device=DESKTOP, javascript=False)


class Breakage(NamedTuple):
    """A way to break a built site: what is altered, which visit meets it, and what is said then."""

    what: str
    change: Change
    visit: str
    """What the visitor does: the kind of a job, and words of it: `page opening /oto/`, `path oto, accepted`."""
    said: str
    """One of the findings, as `check: sentence`; an ellipsis stands for the rest of it."""
    on: Setting | None = None
    """Where; else on a phone, without JavaScript as far as the visit allows."""
    site: Literal["demo", "test", "live"] = "demo"
    """The example in demo mode, or a small site with payment links."""

    @property
    def check(self) -> str:
        """Which check says so."""
        return self.said.partition(":")[0]

    @property
    def setting(self) -> Setting:
        """Who visits. Detours are made with JavaScript alone."""
        return self.on or (ON_PHONE if self.visit.startswith(("cancel", "back")) else BARE)

    def is_in(self, faults: Iterable[str]) -> bool:
        """Whether these have what should be said."""
        if self.said.endswith("…"):
            return any(fault.startswith(self.said[:-1]) for fault in faults)
        return self.said in faults


def swap(file: str, before: str, after: str) -> Change:
    """What matches `before` becomes `after`."""

    def change(files: Files) -> Files:
        changed = re.sub(before, after, files[file].decode(), flags=re.DOTALL)
        return {**files, file: changed.encode()}

    return change


def put(file: str, html: str, *, before: str = "<main") -> Change:
    """`html` stands before the first place that reads so."""

    def change(files: Files) -> Files:
        return {**files, file: files[file].decode().replace(before, html + before, 1).encode()}

    return change


def write(file: str, text: str) -> Change:
    """The file holds this instead, or is there at all."""
    return lambda files: {**files, file: text.encode()}


def gone(file: str) -> Change:
    """The file, or all files of such names, are not there."""
    return lambda files: {name: data for name, data in files.items() if not fnmatchcase(name, file)}


def trade(one: str, other: str) -> Change:
    """Two files stand in each other's place."""
    return lambda files: {**files, one: files[other], other: files[one]}


def both(*changes: Change) -> Change:
    """One change after the other."""
    return lambda files: reduce(lambda changed, change: change(changed), changes, files)


def style(file: str, css: str) -> Change:
    """The page has another style, which its policy allows: how it looks must be found, not that it was blocked."""
    return both(_no_policy, put(file, f"<style>{css}</style>", before="</head>"))


def script(file: str, code: str) -> Change:
    """The page has a script, which its policy allows."""
    return both(_no_policy, put(file, f"<script>{code}</script>", before="</head>"))


def free(change: Change) -> Change:
    """A change on a site without a policy."""
    return both(_no_policy, change)


_no_policy = swap("_headers", r"Content-Security-Policy: [^\n]*\n", "X-None: 1\n")
