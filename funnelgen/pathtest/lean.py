"""What needs no walk of its own, because another walk sees just the same. Decided from manifest and files alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from funnelgen.funnel.manifest import Manifest
from funnelgen.funnel.paths import Path

_DATA = re.compile(rb"<script[^>]*\btype=[\"']?application/ld\+json[^>]*>.*?</script>", re.DOTALL | re.IGNORECASE)
_SCRIPTED = re.compile(rb"<script|<noscript|javascript:|\(scripting|\son[a-z]+\s*=", re.IGNORECASE)


def covering(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Some of `paths`, in their order, that take every way that all of them take, and end wherever they end."""
    missing = {move for path in paths for move in path.moves}
    chosen: set[Path] = set()
    while missing:
        best = max(paths, key=lambda path: len(missing.intersection(path.moves)))
        chosen.add(best)
        missing.difference_update(best.moves)
    return tuple(path for path in paths if path in chosen)


def scripted(manifest: Manifest, files: Mapping[str, bytes]) -> frozenset[str]:
    """The addresses of pages that may differ with JavaScript and without: they have a script, or words for its absence.

    All of them where a style sheet asks for scripts.
    """
    styles = any(b"(scripting" in data for name, data in files.items() if name.endswith(".css"))
    return frozenset(
        page.address
        for page in manifest.pages
        if styles or _SCRIPTED.search(_DATA.sub(b"", files.get(page.file, b"<script")))
    )


def met_on_paths(manifest: Manifest) -> Collection[str]:
    """The addresses of pages that a path meets as who opens them by themselves does.

    A page behind a payment is none of them: opened by itself, it must do without one.
    """
    nodes = {node.id: node for node in manifest.nodes}
    met = {nodes[entry].address for entry in manifest.entries}
    met |= {nodes[e.target].address for e in manifest.edges if e.name == "continue" and e.target}
    met |= {page.address for page in manifest.pages if page.kind == "demo"}
    return met - {node.address for node in manifest.nodes if node.behind_payment}
