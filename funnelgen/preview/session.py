"""A running preview: its engine, its watcher, its server, and the threads that they run in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from threading import Event, Thread
from traceback import print_exception

from msgspec import Struct

from funnelgen.funnel.manifest import Mode
from funnelgen.preview.changes import Changes
from funnelgen.preview.desk import Desk, Fault, Report
from funnelgen.preview.editor import Opener
from funnelgen.preview.engine import Engine, Rebuilt, State
from funnelgen.preview.server import listen
from funnelgen.preview.site import Preview
from funnelgen.preview.tabs import Tabs
from funnelgen.preview.watch import Watch

LOOPBACK = "127.0.0.1"
TURN = 0.001  # seconds after which a thread that works lets one that answers go first
PATIENCE = 2.0  # seconds for which a request waits for what was just saved


class Settings(Struct, frozen=True, kw_only=True):
    """How a preview runs."""

    folder: Path
    mode: Mode = "demo"
    host: str = LOOPBACK
    port: int = 0  # any free one
    names: Collection[str] = ()  # by which browsers may reach it besides
    cache: Path | None = None
    poll: bool = False
    environ: Mapping[str, str] = {}  # in which links.yaml may have its links


class Session:
    """A preview from its start to its end."""

    def __init__(
        self,
        settings: Settings,
        *,
        report: Report = lambda rebuilt, state: None,
        fault: Fault = print_exception,
        editor: Opener | None = None,
    ) -> None:
        """`report` is told of every rebuild, `fault` of faults of ours; `editor` opens files, if there is one.

        Raises NoPort where it cannot listen.
        """
        self._changes = Changes()
        self._tabs = Tabs()
        self._ended = Event()
        self._report = report
        self.engine = Engine(settings.folder, settings.mode, cache=settings.cache, environ=settings.environ)
        preview = Preview(self.engine, self._tabs, cache=settings.cache, editor=editor)
        preview.wait = lambda: self._changes.settle(PATIENCE)
        self.server = listen(preview, settings.host, settings.port, names=settings.names)
        self._watch = Watch(settings.folder, self._changes, poll=settings.poll)
        self._desk = Desk(self.engine, self._changes, self._tabs, report=self._done, fault=fault)
        self._serving = Thread(target=self.server.serve_forever, args=(0.1,), name="serving", daemon=True)

    @property
    def polls(self) -> bool:
        """Whether it looks for changes because the system does not tell of them."""
        return self._watch.polls

    def start(self, told: Callable[[State], None] = lambda state: None) -> None:
        """Read the site, serve it, and show every save from now on. `told` hears first what there is to see."""
        self._watch.start()  # before anything is read, so that no save is missed
        state = self.engine.refresh().state
        self._follow_theme()
        self._serving.start()
        sys.setswitchinterval(TURN)
        told(state)
        self._desk.start()

    def wait(self) -> None:
        """Wait until somebody stops it."""
        while not self._ended.wait(1):  # by the second, since not every system interrupts a wait without end
            pass

    def stop(self) -> None:
        """End all of it."""
        self._tabs.close()
        self._watch.stop()
        self._desk.stop()
        if self._serving.is_alive():
            self.server.shutdown()
        self.server.server_close()
        self._ended.set()

    def _done(self, rebuilt: Rebuilt | None, state: State) -> None:
        self._follow_theme()
        self._report(rebuilt, state)

    def _follow_theme(self) -> None:
        self._watch.follow(self.engine.theme_folders(), self.engine.forget_theme)
