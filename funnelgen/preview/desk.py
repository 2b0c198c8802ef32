"""The desk: takes what was saved, has it rebuilt, tells the tabs and the terminal; and finishes while nobody saves."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

from funnelgen.preview.changes import Changes, Over
from funnelgen.preview.engine import Engine, Rebuilt, State
from funnelgen.preview.tabs import Tabs

Report = Callable[[Rebuilt, State], None]
"""Told of every rebuild once it is finished, or the next save has come, with what there was to see then."""


class Desk:
    """One thread that does all rebuilding, one after another."""

    def __init__(self, engine: Engine, changes: Changes, tabs: Tabs, report: Report, ended: Callable[[], None]) -> None:
        """`ended` is called when it stops, by itself or not."""
        self._engine = engine
        self._changes = changes
        self._tabs = tabs
        self._report = report
        self._ended = ended
        self._thread = Thread(target=self._run, name="rebuilding", daemon=True)
        self.failure: BaseException | None = None

    def start(self) -> None:
        """Finish what the engine began with, then wait for saves."""
        self._thread.start()

    def stop(self) -> None:
        """Stop after the step at hand."""
        self._changes.stop()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            self._finish()
            while True:
                self._rebuild(self._changes.take())
        except Over:
            pass
        except BaseException as error:
            self.failure = error  # the main thread says it, and ends
            self._changes.stop()
        finally:
            self._ended()

    def _rebuild(self, changed: tuple[str, ...] | None) -> None:
        try:
            rebuilt = self._engine.refresh(changed, seen=self._tabs.seen())
        finally:
            self._changes.done()
        self._tabs.tell()
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
