"""Waits for a deployment: hosts take minutes, and until then the address has the old pages, or none."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from funnelgen.pathtest.deployed.caller import Unreachable

PAUSE = 10  # seconds between two looks

Seen = TypeVar("Seen")


def until(
    look: Callable[[], tuple[bool, Seen]],
    *,
    end: float,
    tell: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], None] = time.sleep,
) -> Seen:
    """What `look` sees as soon as it is content with it, or at the latest when `clock` says `end`.

    A site that cannot be reached may be there soon. Raises Unreachable where it is not, to the end, or where waiting is
    no use. `tell` is called once, if there is something to wait for.
    """
    told = False
    while True:
        left = end - clock()
        try:
            content, seen = look()
        except Unreachable as error:
            if left <= 0 or error.lasting:
                raise
        else:
            if content or left <= 0:
                return seen
        if not told:
            tell()
            told = True
        pause(min(PAUSE, left))
