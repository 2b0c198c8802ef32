"""What `funnelgen check` prints for machines, by the name of the format."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from funnelgen.diagnostics import Diagnostic

FORMATS = ("json", "github", "sarif")


def written(format_: str, diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], site: Path) -> str:
    """Findings in one of FORMATS. `sources` has the files' texts by name, `site` is the site's folder."""
    formats: dict[str, Callable[[], str]] = {
        "json": lambda: _json(diagnostics),
        "github": lambda: _github(diagnostics, site),
        "sarif": lambda: _sarif(diagnostics, sources, site),
    }
    return formats[format_]()


def _json(diagnostics: Sequence[Diagnostic]) -> str:
    from funnelgen.diagnostics.json import lines

    return lines(diagnostics)


def _github(diagnostics: Sequence[Diagnostic], site: Path) -> str:
    from funnelgen.diagnostics.github import lines

    return lines(diagnostics, from_root(site))


def _sarif(diagnostics: Sequence[Diagnostic], sources: Mapping[str, str], site: Path) -> str:
    from funnelgen import __version__
    from funnelgen.diagnostics.sarif import About, log
    from funnelgen.explain import FAMILIES, as_markdown, as_text, documented, explain

    about, found = {}, {diagnostic.code for diagnostic in diagnostics}
    for kind in (kind for kind in documented() if kind.code in found):
        e = explain(kind)
        about[kind.code] = About(
            title=e.title,
            why=" ".join(" ".join(e.paragraphs[:1]).split()),
            text=as_text(kind),
            markdown=as_markdown(kind),
            family=FAMILIES[kind.code[:3]],
        )
    return log(diagnostics, sources, about, folder=from_root(site), version=__version__)


def from_root(site: Path) -> str:
    """The site's folder as the repository calls it: from its root on GitHub, elsewhere from where the command runs.

    A folder outside of both keeps its whole path.
    """
    folder = site.resolve()
    roots = [Path(root).resolve() for root in (os.environ.get("GITHUB_WORKSPACE"), Path.cwd()) if root]
    seen = next((folder.relative_to(root) for root in roots if folder.is_relative_to(root)), folder)
    return seen.as_posix().encode("utf-8", "backslashreplace").decode()  # a folder's name need not be UTF-8
