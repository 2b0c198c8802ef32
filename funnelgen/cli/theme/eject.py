"""`funnelgen theme eject`: take a piece of the theme into the site, to change it there."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from funnelgen.cli.theme.viewing import broken, whole_site

if TYPE_CHECKING:
    from funnelgen.eject import Ejected
    from funnelgen.pages.themes import Theme


@click.command(epilog="Example: funnelgen theme eject offer sites/launch-your-course")
@click.argument("piece", required=False)
@click.argument("site", type=click.Path(path_type=Path), default=".")
@click.option("--extend", is_flag=True, help="Write a short template that fills blocks of the theme's, and is no copy.")
def eject(piece: str | None, site: Path, extend: bool) -> None:
    """Copy one PIECE of the theme that SITE uses into its theme/ folder, where it is used from then on.

    A PIECE is a template (offer, pages/checkout, layout), a drawing (art/cover), a style sheet (offer.css) or the words
    of a language (strings/de). Without one, they are listed. What is there is never overwritten.
    """
    from funnelgen import eject as ejecting
    from funnelgen import pipeline
    from funnelgen.pages.pieces import UnknownPiece
    from funnelgen.pages.strings import ThemeError

    if piece and (Path(piece) / "site.yaml").is_file():
        site, piece = Path(piece), None  # what a site may take is asked for
    if piece is None and site == Path() and not Path("site.yaml").is_file():
        click.echo(_listed(_default()))
        return
    whole, sources = whole_site(site)
    try:
        theme = pipeline.theme_of(whole)
        if piece is None:
            click.echo(_listed(theme))
            return
        ejected = ejecting.eject(site, theme, piece, extend=extend)
    except pipeline.Failed as failed:
        broken(failed, sources, site, lost="written" if piece else "listed")
    except ThemeError as error:
        broken(pipeline.theme_failed(whole, error), sources, site, lost="written" if piece else "listed")
    except (UnknownPiece, ejecting.Refused) as error:
        raise click.UsageError(f"{error}\nhelp: {error.help}") from error
    except OSError as error:
        raise click.ClickException(f"`{site / 'theme'}` cannot be written: {error.strerror}") from error
    click.echo(_told(ejected, site, theme.name))


def _default() -> Theme:
    """The theme that a site has which names none."""
    from funnelgen.pages.themes import load_theme
    from funnelgen.pipeline import shipped
    from funnelgen.site.models import Config

    name, root = Config(name="").theme, shipped("themes")
    return load_theme(name, themes_root=root, site_theme=None, brand=None, locale="en-US")


def _told(ejected: Ejected, site: Path, theme: str) -> str:
    """What was written, what follows from it, and what to do next."""
    piece, here = ejected.piece, shlex.quote(str(site))
    what = "extends the one of" if ejected.extended else "copied from"
    lines = [
        f"{click.style(f'wrote {ejected.path}', fg='green', bold=True)}, {what} theme `{theme}`",
        "",
        "  pages take it from there now, and look as before until you change it",
        "",
        f"  change  {ejected.path}",
        f"  see     funnelgen serve {here}",
        "  undo    delete the file",
    ]
    if ejected.parts:
        lines += ["", f"  keep    data-fg: a build refuses a page that lost its {_either(ejected.parts)}"]
    if ejected.blocks and not ejected.extended:
        blocks = ", ".join(f"`{name}`" for name in ejected.blocks)
        lines += [
            "",
            f"  less    only a part is to change? delete it, and fill one of its blocks ({blocks}):",
            f"          funnelgen theme eject {piece.name} {here} --extend",
        ]
    if piece.inside.startswith("strings/"):
        lines += ["", "  less    keep the lines that you change, and delete the others: they come from the theme"]
    return "\n".join(lines)


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _listed(theme: Theme) -> str:
    """All pieces, a paragraph per folder."""
    from textwrap import fill

    from funnelgen.pages.pieces import pieces_of

    groups: dict[str, list[str]] = {}
    for name in pieces_of(theme):
        folder, slash, _ = name.rpartition("/")
        sheet = " (style sheets)" if name.endswith(".css") else ""
        groups.setdefault((folder + slash or "for every page") + sheet, []).append(name)
    paragraphs = [
        f"{click.style(group, bold=True)}\n"
        + fill("  ".join(names), 100, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
        for group, names in groups.items()
    ]
    head = f"pieces of theme `{theme.name}`; the last part of a name is enough where it means one alone"
    return "\n\n".join([head, *paragraphs])
