"""`funnelgen serve` as it is run: what the terminal says, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from threading import Event

import pytest
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver

from funnelgen.preview.changes import Changes
from funnelgen.preview.editor import editor_of
from funnelgen.preview.watch import Watch

from ..sites import SMALL, site, write
from .serving import LONGEST, serving

FUNNELGEN = Path(sys.executable).with_name("funnelgen")


class Terminal:
    """A running `funnelgen serve`, read line by line."""

    def __init__(self, *arguments: object) -> None:
        environ = {**os.environ, "NO_COLOR": "1"}
        command = [str(FUNNELGEN), "serve", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ, start_new_session=True
        )

    def line(self) -> str:
        """The next line; waits for it."""
        assert self.process.stdout
        return self.process.stdout.readline().rstrip("\n")

    def until(self, words: str) -> str:
        """The next line that has these words."""
        assert self.process.stdout
        for line in self.process.stdout:
            if words in line:
                return line
        raise AssertionError(f"it never said {words!r}")

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        """Stop it; its exit code and what it said at last."""
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said


@contextmanager
def running(*arguments: object) -> Iterator[Terminal]:
    terminal = Terminal(*arguments)
    try:
        yield terminal
    finally:
        terminal.process.kill()
        terminal.process.communicate()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_what_it_rebuilds_and_stops_cleanly(tmp_path: Path, how: signal.Signals) -> None:
    with running(site(tmp_path), "--port", 0) as it:
        first = re.fullmatch(r"(http://127\.0\.0\.1:\d+/) shows Small Studio in demo mode; stop with Ctrl-C", it.line())
        assert first
        assert it.line() == f"map {first[1]}_funnel/ · journeys {first[1]}_funnel/journeys"
        write(tmp_path, {"copy/checkout.md": "Other words.\n"})
        # So soon after the start not every page is made yet to tell which are others.
        assert re.fullmatch(r"copy/checkout\.md: (shown|/checkout/) \(\d+ ms\)", it.line())
        write(tmp_path, {"copy/checkout.md": "And others.\n"})
        assert re.fullmatch(r"copy/checkout\.md: /checkout/ \(\d+ ms\)", it.line())
        with urllib.request.urlopen(f"{first[1]}checkout/") as answer:
            assert b"And others." in answer.read()
        assert it.end(how) == (0, "\nstopped\n")


def test_it_stops_while_a_tab_listens(tmp_path: Path) -> None:
    with running(site(tmp_path), "--port", 0) as it:
        address = it.line().split()[0]
        with urllib.request.urlopen(f"{address}_funnel/events?page=/sales/") as listening:
            assert listening.readline().startswith(b"data: {")
            assert it.end()[0] == 0


def test_what_is_wrong_is_said_as_check_says_it_and_that_it_is_mended(tmp_path: Path) -> None:
    with running(site(tmp_path), "--port", 0) as it:
        it.line()
        write(tmp_path, {"stack.yaml": str(SMALL["stack.yaml"]).replace("bump: template", "bump: tempalte")})
        assert "cannot be shown, the last good pages stay" in it.until("stack.yaml: ")
        assert it.line() == "error[FG101]: no offer is called `tempalte`"
        it.until("1 error in")
        write(tmp_path, {"stack.yaml": SMALL["stack.yaml"]})
        it.until("stack.yaml: ")
        assert it.line() == "nothing is wrong any more"


def test_what_a_site_is_warned_of_is_said_without_a_save(tmp_path: Path) -> None:
    with running(site(tmp_path, {"copy/spare.md": "For no step.\n"}), "--port", 0) as it:
        assert "stop with Ctrl-C" in it.line()
        assert it.line().startswith("map ")
        assert it.line().startswith("warning[FG115]")


def test_only_findings_that_came_are_said_and_how_many_went(tmp_path: Path) -> None:
    with running(site(tmp_path), "--port", 0) as it:
        it.until("map ")
        write(tmp_path, {"copy/spare.md": "For no step.\n"})
        it.until("1 warning in")
        write(tmp_path, {"copy/other.md": "For none either.\n"})
        assert it.until("warning[").startswith("warning[FG115]")
        assert "copy/other.md" in it.line()
        it.until("1 warning in")
        assert it.line() == "2 open"
        write(tmp_path, {"copy/other.md": None})
        assert it.line().startswith("copy/other.md: ")
        assert it.line() == "1 finding less; 1 open"
        write(tmp_path, {"copy/checkout.md": "Other words.\n"})
        assert it.line().startswith("copy/checkout.md: ")
        write(tmp_path, {"copy/spare.md": None})
        assert it.line().startswith("copy/spare.md: ")
        assert it.line() == "nothing is wrong any more"


def test_files_that_an_editor_takes_away_again_are_no_news(tmp_path: Path) -> None:
    from funnelgen.cli.serve import _Teller
    from funnelgen.preview.engine import Rebuilt, State

    said = StringIO()
    teller = _Teller(site(tmp_path), quiet=False)
    with redirect_stdout(said):
        for names in (("copy/sed6iUmdR",), ("copy/sed6iUmdR", "stack.yaml")):
            teller.rebuilt(Rebuilt(changed=names, seconds=0, state=State()), State(complete=True))
    assert said.getvalue() == "stack.yaml: shown (0 ms)\n"


def test_a_site_that_is_broken_from_the_start_is_waited_for(tmp_path: Path) -> None:
    with running(site(tmp_path, {"stack.yaml": "a: [\n"}), "--port", 0) as it:
        assert "in demo mode; stop with Ctrl-C" in it.line()
        it.until("1 error in")
        write(tmp_path, {"stack.yaml": SMALL["stack.yaml"]})
        it.until("stack.yaml: ")


def test_quiet_says_problems_only(tmp_path: Path) -> None:
    with running(site(tmp_path), "--port", 0, "--quiet") as it:
        it.line()
        write(tmp_path, {"copy/checkout.md": "Other words.\n"})
        write(tmp_path, {"copy/spare.md": "For no step.\n"})
        assert it.line().startswith("warning[FG115]")
        code, said = it.end()
        assert (code, "stopped" in said) == (0, False)


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with running(site(tmp_path / "one"), "--port", 0) as one:
        port = int(one.line().split(":")[2].partition("/")[0])
        with running(site(tmp_path / "two"), "--port", port) as two:
            assert f"({port} is taken) shows Small Studio" in two.line()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "there is no folder"),
        ([".", "--host", "192.0.2.1"], "cannot listen on `192.0.2.1`"),
        ([".", "--host", "a..b"], "cannot listen on `a..b`"),
    ],
)
def test_what_cannot_be_served_is_said(tmp_path: Path, arguments: list[str], said: str) -> None:
    site(tmp_path)
    done = subprocess.run([FUNNELGEN, "serve", *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# --- what is watched -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("poll", [False, True], ids=["told", "looking"])
def test_every_way_of_saving_reaches_the_page(tmp_path: Path, poll: bool) -> None:
    folder = site(tmp_path / "site")
    with serving(folder, poll=poll) as it:
        copy = folder / "copy/checkout.md"

        def reaches(words: str, address: str = "/checkout/") -> None:
            it.until(lambda state: state.generation and state.complete and words in page(state, address))

        copy.write_text("Saved in place.\n")
        reaches("Saved in place.")
        beside = folder / "copy/.checkout.md.swp"
        beside.write_text("Saved beside, and renamed.\n")
        beside.replace(copy)
        reaches("Saved beside, and renamed.")
        copy.rename(folder / "copy/checkout.md~")
        copy.write_text("The old one was renamed first.\n")
        reaches("The old one was renamed first.")
        write(folder, {"glossary/word.md": "---\nterm: Word\ndefinition: A new folder.\n---\nWord.\n"})
        reaches("A new folder.", "/glossary/word/")
        (folder / "glossary").rename(folder / "gone")
        it.until(lambda state: state.complete and "/glossary/word/" not in state.generation.jobs)
        folder.rename(tmp_path / "away")
        it.until(lambda state: state.lost)
        (tmp_path / "away").rename(folder)
        it.until(lambda state: not state.lost and state.complete)
        copy.write_text("After it came back.\n")
        reaches("After it came back.")


def page(state: object, address: str) -> str:
    generation = getattr(state, "generation", None)
    made = generation.page(address) if generation else None
    return generation.html(made).decode() if generation and made else ""


def test_what_a_build_writes_is_no_change(tmp_path: Path) -> None:
    folder = site(tmp_path)
    with serving(folder) as it:
        write(
            folder,
            {"dist/index.html": "x", ".git/index": "x", "node_modules/a.js": "x", ".funnelgen/funnel.json": "{}"},
        )
        write(folder, {"copy/checkout.md": "Other words.\n"})
        (rebuilt, _), *_ = it.reports(1)
        assert rebuilt.changed == ("copy/checkout.md",)


def test_the_theme_is_watched_beside_the_site_without_beginning_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save between two beginnings would be lost."""
    begun: list[BaseObserver] = []

    def observer() -> BaseObserver:
        begun.append(Observer())
        return begun[-1]

    monkeypatch.setattr("funnelgen.preview.watch.Observer", observer)
    changes, told = Changes(), Event()
    watch = Watch(site(tmp_path / "site"), changes)
    watch.start()
    try:
        for name in ("dawn", "dusk"):
            (tmp_path / name).mkdir()
            watch.follow([tmp_path / name], told.set)
            (tmp_path / name / "theme.css").write_text("a {}")
            assert told.wait(LONGEST)
            assert changes.take() is None
            told.clear()
        (tmp_path / "dawn" / "theme.css").write_text("b {}")  # in use no more
        write(tmp_path / "site", {"copy/checkout.md": "Other words.\n"})
        while "copy/checkout.md" not in (taken := changes.take() or ()):
            assert not taken
    finally:
        watch.stop()
    assert len(begun) == 1
    assert not told.is_set()


# --- editors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["", "vim", "nano -w", "'unclosed", "/no/such/code"])
def test_an_editor_without_a_window_is_none_to_open(command: str) -> None:
    assert editor_of({"EDITOR": command}) is None


def test_an_editor_with_a_window_is_told_where_to_go(tmp_path: Path) -> None:
    editor = tmp_path / "code"
    editor.write_text('#!/bin/sh\nprintf "%s\\n" "$@" > "$0.said.new" && mv "$0.said.new" "$0.said"\n')
    editor.chmod(0o755)
    opener = editor_of({"VISUAL": f"{editor} --wait", "EDITOR": "vim"})
    assert opener
    assert opener(tmp_path / "copy/sales.md", 12, 3)
    said = tmp_path / "code.said"
    for _ in range(300):
        if said.exists():
            break
        time.sleep(0.1)
    assert said.read_text().splitlines() == ["--goto", f"{tmp_path.resolve()}/copy/sales.md:12:3"]
