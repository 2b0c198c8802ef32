"""Pages of our own, which wear no theme: the funnel map, the preview's journeys, the gallery."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


@cache
def own_templates(folder: Path) -> Environment:
    """The templates in a folder of ours, each compiled once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def own_text(path: Path) -> str:
    """A style or script of ours, read once."""
    return path.read_text(encoding="utf-8")
