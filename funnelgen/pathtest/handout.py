"""Hands out jobs to workers, so that each stays with one kind of visitor: a browser's window for one costs seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from threading import Lock

from funnelgen.pathtest.outcome import Job, Setting

FEW = 3
"""So many jobs are left to who is at them: a second window would take longer than they do."""


class Handout:
    """Jobs by their setting, each in the order in which they came. Safe to ask from several threads."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._lock = Lock()
        self._begun: set[Setting] = set()
        self._left: dict[Setting, deque[int]] = {}
        for number, job in enumerate(jobs):
            self._left.setdefault(job.setting, deque()).append(number)

    def take(self, last: Setting | None) -> int | None:
        """The number of a job for who did one in the setting `last`; None where there is nothing left to do.

        First what is left of that setting, in order. Then a setting that nobody began, the largest first. Then the end
        of the longest one: paths that begin alike stand at its beginning, and are done by who began them.
        """
        with self._lock:
            if last and self._left[last]:
                return self._left[last].popleft()
            new = [setting for setting in self._left if setting not in self._begun]
            if new:
                largest = max(new, key=lambda setting: len(self._left[setting]))
                self._begun.add(largest)
                return self._left[largest].popleft()
            longest = max(self._left.values(), key=len, default=deque[int]())
            return longest.pop() if len(longest) > FEW else None
