"""The quiet frame around what is looked at: our own page, which wears no theme."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup

from funnelgen.own import own_templates, own_text

FOLDER = Path(__file__).parent / "frames"


def page(name: str, /, **context: Any) -> str:
    """Return the HTML of one of the frames, `preview` or `gallery`, its styles inlined."""
    styles = Markup("\n".join(text(f"{part}.css") for part in ("frame", name)))
    return own_templates(FOLDER).get_template(f"{name}.html").render(styles=styles, **context)


def text(name: str) -> str:
    """Return a file that belongs to the frames."""
    return own_text(FOLDER / name)
