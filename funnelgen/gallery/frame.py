"""The quiet frame around what is looked at: our own page, which wears no theme."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

FOLDER = Path(__file__).parent / "frames"


def page(name: str, /, **context: Any) -> str:
    """Return the HTML of one of the frames, `preview` or `gallery`, its styles inlined."""
    styles = Markup("\n".join(text(f"{part}.css") for part in ("frame", name)))
    return _environment().get_template(f"{name}.html").render(styles=styles, **context)


def text(name: str) -> str:
    """Return a file that belongs to the frames."""
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
