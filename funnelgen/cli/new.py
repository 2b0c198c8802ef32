"""`funnelgen new`: make a site to write in."""

from __future__ import annotations

from pathlib import Path

import click

STARTERS = ["starter", "launch-your-course"]


@click.command(epilog='Example: funnelgen new my-site --name "My Studio"')
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "starter",
    type=click.Choice(STARTERS),
    default=STARTERS[0],
    show_default=True,
    help="What it begins as: a small funnel, or the whole example.",
)
@click.option("--name", help="What the business is called, wherever its name stands.")
def new(folder: Path, starter: str, name: str | None) -> None:
    """Make a new site in FOLDER: a funnel that works, with words to write over. Nothing is overwritten."""
    from funnelgen import starters

    if name is not None and (wrong := starters.wrong_name(name)):
        raise click.BadParameter(wrong, param_hint="--name")
    try:
        starters.make(folder, starters.files_of(starter, name))
    except starters.Occupied as error:
        raise click.UsageError(f"{error}; name a folder that is not there yet") from error
    except OSError as error:
        raise click.ClickException(f"`{folder}` cannot be written: {error.strerror}") from error
    click.echo(_next_steps(folder, starters.STARTERS[starter].about))


def _next_steps(folder: Path, about: str) -> str:
    import shlex

    here = shlex.quote(str(folder))
    rows = [
        (folder / "site.yaml", "who you are"),
        (folder / "stack.yaml", "what you sell, in which order"),
        (folder / "copy", "the words of each step; free pages are in pages/"),
        (folder / "downloads", "what people receive"),
    ]
    longest = max(len(str(path)) for path, _ in rows)
    written = [
        f"  {'write' if not number else '':<6} {path!s:<{longest}}  {text}" for number, (path, text) in enumerate(rows)
    ]
    head = click.style(f"made a site in {folder}", fg="green", bold=True)
    return "\n".join(
        [
            f"{head}: {about}",
            "",
            *written,
            "",
            f"  look   funnelgen serve {here} --open",
            f"  check  funnelgen check {here}",
            f"  build  funnelgen build {here}",
        ]
    )
