"""Tags that are not written in a template."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape


def attributes(given: Mapping[str, str | bool]) -> Markup:
    """Attributes as a tag has them, each after a space; those that are empty are left out."""
    named = {name: value for name, value in given.items() if value}
    return Markup("".join(f" {n}" if value is True else f' {n}="{escape(value)}"' for n, value in named.items()))
