"""A preview for tests: a session on a free port, and plain requests to it."""

from __future__ import annotations

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Event
from typing import Any

import msgspec

from funnelgen.preview.desk import Fault
from funnelgen.preview.editor import Opener
from funnelgen.preview.engine import Rebuilt, State
from funnelgen.preview.session import Session, Settings

LONGEST = 30  # seconds that anything may take on a busy machine


class Serving:
    """A running session, what it reported, and how it answers."""

    def __init__(self, folder: Path, editor: Opener | None = None, **settings: Any) -> None:
        self.folder = folder
        self.faults: list[Exception] = []
        self.begun = Event()
        """Whether everything was looked at once, so that it can be told what a save changes."""
        self._news = Condition()
        self._reports: list[tuple[Rebuilt, State]] = []
        fault: Fault = self.faults.append
        self.session = Session(Settings(folder=folder, **settings), report=self._report, fault=fault, editor=editor)

    @property
    def port(self) -> int:
        return self.session.server.server_port

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(
        self, target: str, headers: Mapping[str, str] = {}, method: str = "GET", body: bytes | None = None
    ) -> Answer:
        """Ask on a connection of its own; the target is sent as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            own = {"Host": f"127.0.0.1:{self.port}", **headers}
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in own.items():
                if value:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def state(self, page: str = "/") -> dict[str, Any]:
        """What a tab at `page` is told."""
        told: dict[str, Any] = msgspec.json.decode(self.get(f"/_funnel/state?page={page}").body)
        return told

    def reports(self, number: int) -> list[tuple[Rebuilt, State]]:
        """The first reports, when so many have come."""
        with self._news:
            assert self._news.wait_for(lambda: len(self._reports) >= number, LONGEST), "no rebuild was reported"
            return list(self._reports)

    def until(self, what: Any) -> State:
        """The state of the first report of which `what` is true."""

        def found() -> State | None:
            return next((state for _, state in self._reports if what(state)), None)

        with self._news:
            state = self._news.wait_for(found, LONGEST)
            assert state, "it never came to that"
            return state

    def _report(self, rebuilt: Rebuilt | None, state: State) -> None:
        if rebuilt is None:
            self.begun.set()
            return  # what was found at first
        with self._news:
            self._reports.append((rebuilt, state))
            self._news.notify_all()


class Answer:
    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self) -> str:
        return self.body.decode()


@contextmanager
def serving(folder: Path, editor: Opener | None = None, **settings: Any) -> Iterator[Serving]:
    """A session that shows `folder` until the block is left."""
    it = Serving(folder, editor, **settings)
    it.session.start()
    try:
        yield it
    finally:
        it.session.stop()
    assert not it.faults
