"""The desk: takes what was saved, has it rebuilt, tells the tabs and the terminal; and finishes while nobody saves."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Thread

from funnelgen.preview.changes import Changes, Over
from funnelgen.preview.engine import Engine, Rebuilt, State
from funnelgen.preview.tabs import Tabs

GARBAGE = (50_000, 20, 50)  # objects, of which a save makes some ten thousand, before it is looked for
OFTEN = 20  # saves after which all of it is looked for
BREATH = 0.05  # seconds in which browsers fetch the page, before the rest is looked at
Report = Callable[[Rebuilt | None, State], None]
"""Told of every rebuild once it is finished, or the next save has come, with what there was to see then.

At first it is told of no rebuild: of what was found when all pages were made for the first time.
"""


Fault = Callable[[Exception], None]
"""Told what went wrong by our own fault."""


class Desk:
    """One thread that does all rebuilding, one after another."""

    def __init__(self, engine: Engine, changes: Changes, tabs: Tabs, *, report: Report, fault: Fault) -> None:
        self._engine = engine
        self._changes = changes
        self._tabs = tabs
        self._report = report
        self._fault = fault
        self._finished = 0
        self._theme: object = None  # with which the pages were made that stay
        self._thread = Thread(target=self._run, name="rebuilding", daemon=True)

    def start(self) -> None:
        """Finish what the engine began with, then wait for saves."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the step at hand."""
        self._changes.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        self._guarded(self._begin)
        with suppress(Over):
            while True:
                changed = self._changes.take()
                self._guarded(partial(self._rebuild, changed))

    def _guarded(self, step: Callable[[], None]) -> None:
        """Do something that a rule of ours may stumble over in half-written words: the next save may mend it."""
        try:
            step()
        except Exception as error:
            self._engine.fault()
            self._tabs.tell()
            self._fault(error)

    def _begin(self) -> None:
        self._finish()
        self._report(None, self._engine.state)

    def _rebuild(self, changed: tuple[str, ...] | None) -> None:
        try:
            rebuilt = self._engine.refresh(changed, seen=self._tabs.seen())
        finally:
            self._changes.done()
        self._tabs.tell()
        self._changes.pause(BREATH)
        self._finish()
        self._report(rebuilt, self._engine.state)

    def _finish(self) -> None:
        number = self._engine.state.number
        for state in self._engine.finish():
            if state.number != number:
                number = state.number
                self._tabs.tell()
            if self._changes.pending:
                return
        self._tidy()

    def _tidy(self) -> None:
        """See to garbage while nobody waits. A thousand pages are a million objects that stay; to look through them
        for garbage in the middle of a save takes longer than the save."""
        generation = self._engine.state.generation
        if generation is not None and generation.renderer is not self._theme:
            self._theme = generation.renderer
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            gc.set_threshold(*GARBAGE)
        self._finished += 1
        if self._finished % OFTEN == 0:
            gc.collect()  # what outlived a save or two, and few others: those that stay are not looked at
