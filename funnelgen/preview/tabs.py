"""The tabs that listen: each is told when there is something new to see, over one connection that stays open.

A browser opens only six connections to one host, and a creator two hundred tabs. So a tab listens while it is visible,
and of the visible ones of a browser only a few: who is turned away asks from time to time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Condition

MOST = 4  # open streams of one browser
BEAT = 10.0  # seconds between signs of life, by which a connection is found that has gone
STILL_HERE = b": still here\n\n"
GO_AND_ASK = b"event: ask\ndata: {}\n\n"


class _Tab:
    def __init__(self, browser: str, address: str) -> None:
        self.browser = browser
        self.address = address
        self.asked_to_go = False


class Tabs:
    """Everyone who listens."""

    def __init__(self) -> None:
        self._news = Condition()
        self._number = 0
        self._open: list[_Tab] = []
        self._over = False

    def seen(self) -> tuple[str, ...]:
        """The addresses of the pages that are on a screen now."""
        with self._news:
            return tuple(dict.fromkeys(tab.address for tab in self._open))

    def tell(self) -> None:
        """There is something new."""
        with self._news:
            self._number += 1
            self._news.notify_all()

    def close(self) -> None:
        """The preview ends: let everyone go."""
        with self._news:
            self._over = True
            self._news.notify_all()

    def listen(self, browser: str, address: str, message: Callable[[str], bytes]) -> Iterator[bytes]:
        """What one tab hears: what `message` has to say of its address, at once and whenever there is something new."""
        tab = _Tab(browser, address)
        with self._news:
            self._open.append(tab)
            of_browser = [it for it in self._open if it.browser == browser and not it.asked_to_go]
            for other in of_browser[:-MOST]:
                other.asked_to_go = True
            self._news.notify_all()
        try:
            yield from self._hear(tab, message)
        finally:
            with self._news:
                self._open.remove(tab)

    def _hear(self, tab: _Tab, message: Callable[[str], bytes]) -> Iterator[bytes]:
        heard = -1
        while not (self._over or tab.asked_to_go):
            with self._news:
                if heard == self._number:
                    self._news.wait(BEAT)
                new, heard = heard != self._number, self._number
            if not (self._over or tab.asked_to_go):
                yield message(tab.address) if new else STILL_HERE
        if tab.asked_to_go:
            yield GO_AND_ASK
