"""`funnelgen serve`: show a site while it is written."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.shared import cache_folder, loaded_site, print_findings, site_argument

if TYPE_CHECKING:
    from funnelgen.diagnostics import Diagnostic
    from funnelgen.funnel.manifest import Mode
    from funnelgen.preview.engine import Rebuilt, State
    from funnelgen.preview.server import Server
    from funnelgen.preview.session import Session, Settings

PORT = 8000
LOOPBACK = "127.0.0.1"
_NAMED = 3  # files or pages in a line


@click.command(epilog="Example: funnelgen serve sites/launch-your-course --open")
@site_argument
@click.option(
    "--mode",
    type=click.Choice(["demo", "test", "live"]),
    default="demo",
    show_default=True,
    help="Which payment links: simulated, the test ones, the live ones.",
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="The next free one is used."
)
@click.option("--host", default=LOOPBACK, show_default=True, help="0.0.0.0 shows the site to the whole network.")
@click.option("--open", "open_", is_flag=True, help="Open it in the browser.")
@click.option("--poll", is_flag=True, help="Look for changes instead of being told: for network drives.")
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
def serve(site: Path, mode: Mode, port: int, host: str, open_: bool, poll: bool, quiet: bool) -> None:
    """Show SITE in the browser while you write it: every save is on the page before you look up.

    Below /_funnel/ are the map of the funnel, and /_funnel/journeys: what visitors of the preview did.
    Nothing is written into the site. Stop with Ctrl-C.
    """
    import os

    try:
        import watchdog  # noqa: F401 - to say what is missing before anything else
    except ImportError as error:
        raise click.ClickException("`serve` needs watchdog: pip install 'funnelgen[serve]'") from error
    if not (site / "site.yaml").is_file():
        loaded_site(site)  # says what it lacks
    from funnelgen.preview.session import Settings

    settings = Settings(
        folder=site,
        mode=mode,
        host=host,
        port=port,
        names=_names(host),
        cache=cache_folder(),
        poll=poll,
        environ=os.environ,
    )
    _run(settings, open_=open_, quiet=quiet)


def _run(settings: Settings, *, open_: bool, quiet: bool) -> None:
    """Serve until somebody stops it."""
    import os

    from funnelgen.preview.editor import editor_of
    from funnelgen.preview.server import NoPort
    from funnelgen.preview.session import Session

    teller = _Teller(settings.folder, quiet=quiet)
    try:
        session = Session(settings, report=teller.rebuilt, fault=teller.fault, editor=editor_of(os.environ))
    except NoPort as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a supervisor's way to say Ctrl-C
    try:
        session.start(partial(teller.started, session, settings))
        if open_:
            click.launch(_address(session.server))
        session.wait()
    except KeyboardInterrupt:
        click.echo("" if quiet else "\nstopped")
    finally:
        session.stop()


class _Teller:
    """What the terminal says: a line at the start, a line for every rebuild, and findings when they are others."""

    def __init__(self, folder: Path, *, quiet: bool) -> None:
        self.folder = folder
        self.quiet = quiet
        self.told: tuple[Diagnostic, ...] = ()
        self.files: set[str] = set()  # that were there

    def started(self, session: Session, settings: Settings, state: State) -> None:
        """Where it can be seen, in which mode, and how it is stopped."""
        address = _address(session.server)
        port = session.server.server_port
        taken = f" ({settings.port} is taken)" if settings.port not in (0, port) else ""
        shown = click.style(address, fg="cyan", bold=True)
        name = state.generation.site.config.name if state.generation else self.folder.resolve().name
        click.echo(f"{shown}{taken} shows {name} in {settings.mode} mode; stop with Ctrl-C")
        if not self.quiet:
            click.echo(f"map {address}_funnel/ · journeys {address}_funnel/journeys")
        if session.polls and not settings.poll:
            click.echo("the system does not tell of changes here, so every file is looked at twice a second", err=True)
        if session.server.shared:
            _invite(address)
        self.files |= _files(state)
        self.findings(state)

    def rebuilt(self, rebuilt: Rebuilt | None, state: State) -> None:
        """What changed, what that did, how long it took. Whoever read our output may have gone (`| head`)."""
        with suppress(BrokenPipeError):
            if rebuilt is not None:
                self._rebuilt(rebuilt, state)
            self.findings(state)

    def _rebuilt(self, rebuilt: Rebuilt, state: State) -> None:
        names = [] if rebuilt.changed is None else [it for it in rebuilt.changed if self._is_news(it)]
        self.files |= _files(state)
        # What an editor writes beside a file and takes away again is no news, unless something came of it.
        is_news = names or rebuilt.changed is None or state.differing or state.broken
        if is_news and not self.quiet:
            what = _listed(names) or "the folder"
            click.echo(f"{click.style(what, bold=True)}: {_outcome(state)} ({rebuilt.seconds * 1000:.0f} ms)")

    def _is_news(self, name: str) -> bool:
        return name in self.files or (self.folder / name).exists()

    def fault(self, error: Exception) -> None:
        """A fault of ours, with the lines that a report needs; the preview goes on."""
        from traceback import format_exception

        from funnelgen import __version__

        click.echo("".join(format_exception(error)), err=True)
        click.echo(f"funnelgen {__version__} met a bug of its own; please report it with the lines above", err=True)

    def findings(self, state: State) -> None:
        """The findings that were not said yet, and how many went. One that only moved to another line is the same."""
        known, now = {_mark(d) for d in self.told}, {_mark(d) for d in state.diagnostics}
        new = [d for d in state.diagnostics if _mark(d) not in known]
        stay = [d for d in self.told if _mark(d) in now]
        # Until everything is checked again, what is not found may only not be looked for yet; but for errors.
        waiting = [] if state.complete else [d for d in self.told if _mark(d) not in now and not d.is_error]
        gone = len(self.told) - len(stay) - len(waiting)
        self.told = (*state.diagnostics, *waiting)
        if new:
            print_findings(new, state.sources, self.folder)
        if self.quiet or not (gone or (new and stay)):
            return
        if state.complete and not state.diagnostics:
            click.echo(click.style("nothing is wrong any more", fg="green"))
        elif self.told:
            less = f"{gone} finding{'' if gone == 1 else 's'} less; " if gone else ""
            click.echo(f"{less}{len(self.told)} open")


def _mark(d: Diagnostic) -> tuple[str, str, str]:
    """What tells a finding from others, wherever in its file it stands."""
    return d.code, d.message, d.span.file if d.span else ""


def _files(state: State) -> set[str]:
    """The files that the site was read from."""
    return {*state.sources, *(state.generation.site.files if state.generation else ())}


def _outcome(state: State) -> str:
    """What a rebuild led to, in a few words."""
    if state.lost:
        return f"{state.lost}; the last good pages stay"
    if state.broken:
        return "cannot be shown, the last good pages stay" if state.generation else "cannot be shown yet"
    compared = state.complete and state.generation is not None and state.generation.comparable
    if not compared:
        return "shown"  # the next save came before all pages were made
    if not state.differing:
        return "no page differs"
    return _listed(state.differing) if len(state.differing) <= _NAMED else f"{len(state.differing)} pages"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _address(server: Server) -> str:
    """Where the preview is, for people to open: an address of this machine on the network if it is shared."""
    host = str(server.server_address[0])
    if host in ("0.0.0.0", "::"):
        host = _on_network() or LOOPBACK
    return f"http://{f'[{host}]' if ':' in host else host}:{server.server_port}/"


def _on_network() -> str:
    """This machine's address on its network. Nothing is sent to find it out."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # an address that nobody has (RFC 5737)
        except OSError:
            return ""
        return str(asking.getsockname()[0])


def _names(host: str) -> tuple[str, ...]:
    """By which names others on the network may call this machine."""
    import socket

    if host == LOOPBACK:
        return ()
    name = socket.gethostname().partition(".")[0].lower()
    return (name, f"{name}.local", socket.gethostname().lower())


def _invite(address: str) -> None:
    """Say who can see it now; a phone gets there by its camera."""
    click.echo("everyone on this network can see it, what is in downloads/ too", err=True)
    if not sys.stdout.isatty():
        return
    try:
        import segno
    except ImportError:
        click.echo("for a code that a phone can read: pip install 'funnelgen[serve]'", err=True)
        return
    segno.make(address, micro=False).terminal(compact=True)
