"""What `funnelgen theme preview` and `gallery` have in common: whose look, which folder, and what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from funnelgen.cli.shared import fail, loaded_site, print_findings

if TYPE_CHECKING:
    from funnelgen.pages.themes import Listed
    from funnelgen.pipeline import Failed
    from funnelgen.site import Site

Command = TypeVar("Command", bound=Callable[..., Any])


def viewing_options(name: str) -> Callable[[Command], Command]:
    """SITE, --out (`name` is its default), --open and --quiet."""

    def add(command: Command) -> Command:
        command = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")(command)
        command = click.option("--open", "open_", is_flag=True, help="Open it in your browser.")(command)
        out = click.Path(path_type=Path)
        command = click.option("--out", type=out, default=name, show_default=True, help="The folder to make.")(command)
        return click.argument("site", type=click.Path(path_type=Path), required=False)(command)

    return add


def site_folder(site: Path | None) -> Path | None:
    """The site that is meant: the one named, else the current folder if it is one, else none."""
    return site if site or not Path("site.yaml").is_file() else Path()


def whole_site(folder: Path) -> tuple[Site, Mapping[str, str]]:
    """Read the site in `folder`, with its texts; one that cannot be read ends the command."""
    loaded = loaded_site(folder)
    if loaded.site is None:
        print_findings(loaded.diagnostics, loaded.sources, folder)
        fail()
    return loaded.site, loaded.sources


def themes() -> tuple[Listed, ...]:
    """The themes that come with funnelgen."""
    from funnelgen.pages.themes import listed
    from funnelgen.pipeline import shipped

    return listed(shipped("themes"))


def refuse_occupied(out: Path, folder: Path | None) -> None:
    """End the command where `out` must not be replaced, before anything is built."""
    from funnelgen.output import OutputError, check_target

    try:
        check_target(out, site=folder)
    except OutputError as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error


def broken(failed: Failed, sources: Mapping[str, str], folder: Path | None, lost: str = "made") -> NoReturn:
    """Say what is wrong with a theme, that nothing was `lost`, and end the command. `sources` are the site's texts."""
    print_findings([failed.diagnostic], {**sources, **failed.sources}, folder or Path())
    click.echo(f"nothing was {lost}", err=True)
    fail()


def write(files: Mapping[str, bytes], out: Path) -> Path:
    """Write the folder, which git leaves alone, and give its first page."""
    from funnelgen.output import OutputError, write_output

    try:
        write_output({**files, ".gitignore": b"*\n"}, out, site=None)
    except OutputError as error:
        raise click.ClickException(f"{error}\nhelp: {error.remedy}") from error
    return out / "index.html"


def tell(said: str, page: Path, *, open_: bool, quiet: bool) -> None:
    """Say what was made and where it is; open it where that was asked for."""
    address = page.resolve().as_uri()
    if not quiet:
        click.echo(f"{click.style(said, fg='green', bold=True)}\n\n  open  {address}")
    if open_:
        import webbrowser

        if not webbrowser.open(address):
            raise click.ClickException(f"no browser could be started\nhelp: open {address} yourself")
