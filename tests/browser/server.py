"""The host of `funnelgen test`, for a folder that was built."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from funnelgen.pathtest import host
from funnelgen.pathtest.host import LOOPBACK, Files, Host

__all__ = ["EVENTS", "LOOPBACK", "Files", "Host", "hosting"]

EVENTS = "/events"
"""Where the tests' pages post their events."""


def hosting(folder: Path) -> AbstractContextManager[Host]:
    """A host that serves `folder`, as it is now, until the block is left."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return host.hosting(files)
