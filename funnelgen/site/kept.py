"""What the loads of a folder keep for the next one: a file that did not change is neither read nor decoded again."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from funnelgen.diagnostics import Diagnostic
from funnelgen.site.models import File

Signature = tuple[int, int, int, int]


def signature(status: os.stat_result) -> Signature:
    """What tells a file from itself after a change, without reading it; a save by rename makes another inode."""
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino


class Listing(Struct, frozen=True, kw_only=True):
    """The files of a folder as they were found, and what was wrong with them."""

    files: Mapping[str, File]
    problems: tuple[Diagnostic, ...]
    links: bool  # whether one of them is a link: then a change elsewhere may be its change


class Read(Struct, frozen=True, kw_only=True):
    """The text of a file, None where it cannot be one, and what was wrong with it."""

    file: File
    text: str | None
    problems: tuple[Diagnostic, ...]


class Made(Struct, frozen=True, kw_only=True):
    """What a text was decoded into, with what else that depends on, and what was wrong with it."""

    text: str
    currency: str
    value: Any
    problems: tuple[Diagnostic, ...]


class Kept:
    """Kept by the one who loads the same folder again and again, and given to every load.

    A file that did not change is the same `File` object again, a text the same model: what was made from either may be
    kept by identity. What a load does not ask for, the next one does not have: nothing grows.
    """

    def __init__(self) -> None:
        self.listing: Listing | None = None
        self.changed: Collection[str] | None = None
        self._signatures: dict[str, Signature] = {}
        self._old: tuple[dict[str, Read], dict[str, Made]] = ({}, {})
        self._read: dict[str, Read] = {}
        self._made: dict[str, Made] = {}

    def begin(self, changed: Collection[str] | None) -> None:
        """Begin a load. `changed` are the files, by path, that may have changed since the last; None, any may have."""
        self.changed = changed
        self._old, self._read, self._made = (self._read, self._made), {}, {}

    def file(self, file: File, status: os.stat_result) -> File:
        """The file as it was given before if it is still the same, else `file`."""
        before = self.listing.files.get(file.path) if self.listing else None
        now = signature(status)
        named = self.changed is not None and file.path in self.changed
        if before and not named and self._signatures.get(file.path) == now and before.source == file.source:
            return before
        self._signatures[file.path] = now
        return file

    def listed(self, listing: Listing) -> None:
        """Keep what was found in the folder."""
        self.listing = listing
        self._signatures = {path: it for path, it in self._signatures.items() if path in listing.files}

    def text(self, file: File) -> Read | None:
        """What was read from this file before."""
        kept = self._old[0].get(file.path)
        if kept is None or kept.file is not file:
            return None
        self._read[file.path] = kept
        return kept

    def keep_text(self, read: Read) -> None:
        """Keep what was read from a file."""
        self._read[read.file.path] = read

    def made(self, path: str, text: str, currency: str) -> Made | None:
        """What this very text was decoded into before."""
        kept = self._old[1].get(path)
        if kept is None or kept.text != text or kept.currency != currency:
            return None
        self._made[path] = kept
        return kept

    def keep_made(self, path: str, made: Made) -> None:
        """Keep what the text of a file was decoded into."""
        self._made[path] = made
