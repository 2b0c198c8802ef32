"""Ends the wait for a page that never answers: Playwright asks a page's scripts without a limit."""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable

from greenlet import greenlet


class Alarm:
    """Rings when nobody has set it anew for some time. Belongs to the thread in which Playwright runs."""

    def __init__(self, ring: Callable[[], None]) -> None:
        """`ring` may call Playwright, as the handlers of its events do."""
        self.rang = False
        self._ring = ring
        self._handle: TimerHandle | None = None

    def set(self, seconds: float) -> None:
        """Ring after so many seconds, unless it is set anew before."""
        self.off()
        self.rang = False
        self._handle = asyncio.get_running_loop().call_later(seconds, self._over)

    def off(self) -> None:
        """Do not ring."""
        if self._handle is not None:
            self._handle.cancel()

    def _over(self) -> None:
        # The loop runs while a call of Playwright's is waited for. What calls it in turn needs a stack of its own.
        self.rang = True
        greenlet(self._ring).switch()
