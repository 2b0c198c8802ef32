"""Watches a site's folder, and the folders of its theme, for what is saved there.

Only folders that a site is read from are watched: not node_modules, which alone may use up what the system allows.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event, RLock, Thread
from typing import TYPE_CHECKING

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.polling import PollingObserver

from funnelgen.preview.changes import Changes
from funnelgen.site.files import SKIPPED

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver, ObservedWatch

# When a watch is ended in mid-event its library says so on the terminal, which tells a creator nothing.
logging.getLogger("watchdog").addHandler(logging.NullHandler())

GLANCE = 0.5  # seconds between looks at whether the folder is still there
_ASIDE = {"opened", "closed_no_write"}
_WRITING = {"created", "modified"}
_TELLS_CLOSED = sys.platform == "linux"


class Watch:
    """Notes in `changes` what is saved below `folder`, until it is stopped."""

    def __init__(self, folder: Path, changes: Changes, *, poll: bool = False) -> None:
        """`poll` looks at every file again and again, where the system tells nothing: on network drives, for one."""
        self.folder = folder.resolve()
        self.polls = poll
        self._changes = changes
        self._theme: tuple[Path, ...] = ()
        self._on_theme: Callable[[], None] = lambda: None
        self._observer: BaseObserver | None = None
        self._on_themes: list[ObservedWatch] = []
        self._observed = RLock()  # the observer, and what it watches
        self._stopped = Event()
        self._watched: tuple[object, ...] = ()
        self._glances = Thread(target=self._glance, name="glances", daemon=True)

    def start(self) -> None:
        """Watch from now on."""
        self._begin()
        self._glances.start()

    def stop(self) -> None:
        """Watch no more."""
        self._stopped.set()
        if self._glances.is_alive():
            self._glances.join()
        self._end()

    def follow(self, folders: Iterable[Path], on_change: Callable[[], None]) -> None:
        """Watch these folders as well, those of the theme; `on_change` is called before a change in one is noted."""
        own = tuple(path for path in map(Path.resolve, folders) if not path.is_relative_to(self.folder))
        with self._observed:
            self._on_theme = on_change
            if own == self._theme:
                return
            self._theme = own
            try:
                self._watch_theme()
            except OSError:  # the system allows no more watches: they are given back for others
                self._again()

    def told(self, event: FileSystemEvent) -> None:
        """Something happened below the site's folder."""
        if event.event_type in _ASIDE or (event.is_directory and event.event_type == "modified"):
            return
        for name in (event.src_path, event.dest_path):
            own = self._own(Path(os.fsdecode(name))) if name else None
            if own is None:
                continue
            if event.is_directory:
                self._changes.note(None)
                if "/" not in own:
                    self._watched = ()  # a folder of the site's has come, or gone: the next glance watches it
            elif event.event_type == "closed":
                self._changes.closed(own)
            else:
                self._changes.note(own, still_open=event.event_type in _WRITING and _TELLS_CLOSED)

    def told_of_theme(self, event: FileSystemEvent) -> None:
        """Something happened in a folder of the theme's."""
        if event.event_type not in (*_ASIDE, "closed") and not (event.is_directory and event.event_type == "modified"):
            self._on_theme()
            self._changes.note(None)

    def _own(self, path: Path) -> str | None:
        """The path within the site; None for what a site is not made from."""
        if not path.is_relative_to(self.folder):
            return None
        parts = path.relative_to(self.folder).parts
        if not parts or parts[0] in SKIPPED or any(part.startswith(".") for part in parts):
            return None
        return "/".join(parts)

    def _begin(self) -> None:
        with self._observed:
            try:
                self._observe(PollingObserver(timeout=GLANCE) if self.polls else Observer())
            except OSError:  # the system allows no more watches
                if self._observer is not None:
                    self._observer.unschedule_all()
                self.polls = True
                self._observe(PollingObserver(timeout=GLANCE))
            self._watched = self._there()

    def _observe(self, observer: BaseObserver) -> None:
        own = _Handler(self.told)
        if self.folder.is_dir():
            observer.schedule(own, str(self.folder), recursive=False)
            for folder in self._folders():
                observer.schedule(own, str(folder), recursive=True)
        self._observer, self._on_themes = observer, []
        self._watch_theme()
        observer.start()

    def _watch_theme(self) -> None:
        """Watch the theme's folders beside the site's, and no others that were a theme's before."""
        if self._observer is None:
            return
        for watch in self._on_themes:
            self._observer.unschedule(watch)
        self._on_themes, theme = [], _Handler(self.told_of_theme)
        for folder in self._theme:
            if folder.is_dir():
                self._on_themes.append(self._observer.schedule(theme, str(folder), recursive=True))

    def _end(self) -> None:
        with self._observed:
            if self._observer is not None:
                self._observer.stop()
                self._observer.join()
                self._observer = None

    def _again(self) -> None:
        with self._observed:
            self._end()
            self._begin()
            self._changes.note(None)  # what was saved meanwhile was not seen

    def _folders(self) -> list[Path]:
        """The folders that stand in the site's, and are read."""
        try:
            return sorted(path for path in self.folder.iterdir() if path.is_dir() and self._own(path))
        except OSError:
            return []

    def _there(self) -> tuple[object, ...]:
        """What tells the folder, and those in it, from others of the same name."""
        marks = []
        for path in (self.folder, *self._folders()):
            try:
                status = path.stat()
                marks.append((path, status.st_dev, status.st_ino))
            except OSError:
                marks.append((path, 0, 0))
        return tuple(marks)

    def _glance(self) -> None:
        """See whether the folder was removed, renamed or restored, of which its own watch tells nothing."""
        while not self._stopped.wait(GLANCE):
            if self._watched != self._there():
                self._again()


class _Handler(FileSystemEventHandler):
    def __init__(self, tell: Callable[[FileSystemEvent], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._tell(event)
