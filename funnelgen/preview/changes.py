"""What was saved, gathered until it is quiet: a hundred saves a second are few rebuilds, and the last one counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition

AT_ONCE = 0.005  # seconds of quiet after a save that stands by itself
IN_A_ROW = 0.06  # and after one of several
OPEN = 0.1  # a file that was written to and not closed yet: half of it may be missing
LATEST = 0.5  # however many saves keep coming
_APART = 0.25  # seconds between saves that are not in a row


class Changes:
    """Filled by the watcher, emptied by the one who rebuilds; both may wait for the other."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._news = Condition()
        self._paths: set[str] = set()
        self._any = False
        self._open: set[str] = set()
        self._first = self._last = self._taken = float("-inf")
        self._over = False
        self._working = False

    def note(self, path: str | None, *, still_open: bool = False) -> None:
        """A file has changed, or, for None, any may have. `still_open`: it is being written to."""
        with self._news:
            if not self._waiting:
                self._first = self._clock()
            self._last = self._clock()
            if path is None:
                self._any = True
            else:
                self._paths.add(path)
                (self._open.add if still_open else self._open.discard)(path)
            self._news.notify_all()

    def closed(self, path: str) -> None:
        """A file that was being written to was closed; one that nobody wrote to is none of our business."""
        with self._news:
            known = path in self._open or path in self._paths
        if known:
            self.note(path)

    def take(self) -> tuple[str, ...] | None:
        """Wait for something to change and then for quiet. Which files changed; None where any may have.

        Raises Over once there is nothing more to come.
        """
        with self._news:
            while True:
                if self._over:
                    raise Over
                left = self._left()
                if left is not None and left <= 0:
                    break
                self._news.wait(left)
            taken = None if self._any else tuple(sorted(self._paths))
            self._paths, self._open, self._any = set(), set(), False
            self._working = True
            return taken

    def done(self) -> None:
        """What was taken is what is shown now."""
        with self._news:
            self._working, self._taken = False, self._clock()
            self._news.notify_all()

    @property
    def pending(self) -> bool:
        """Whether something has changed that nobody took yet."""
        with self._news:
            return self._waiting or self._over

    def settle(self, seconds: float) -> None:
        """Wait until what was saved is what is shown, but no longer than that."""
        end = self._clock() + seconds
        with self._news:
            while (self._waiting or self._working) and not self._over and (left := end - self._clock()) > 0:
                self._news.wait(left)

    def pause(self, seconds: float) -> None:
        """Wait so long, or until something is saved."""
        with self._news:
            self._news.wait_for(lambda: self._waiting or self._over, seconds)

    def stop(self) -> None:
        """Let everyone go who waits."""
        with self._news:
            self._over = True
            self._news.notify_all()

    @property
    def _waiting(self) -> bool:
        return self._any or bool(self._paths)

    def _left(self) -> float | None:
        """How long to wait still; None where nothing has changed."""
        if not self._waiting:
            return None
        quiet = OPEN if self._open else AT_ONCE if self._first - self._taken > _APART else IN_A_ROW
        return min(self._last + quiet, self._first + LATEST) - self._clock()


class Over(Exception):
    """Nobody will change anything any more."""
