"""Which files a page was made from: the mappings of a site, watched while the page is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from funnelgen.site.models import Site

K = TypeVar("K")
V = TypeVar("V")

WATCHED = ("copy", "pages", "glossary", "files")
"""The mappings of a site that hold one file each. What else a page is made from is the same for all pages."""

_ALL = object()

Reads = Mapping[tuple[str, object], object]
"""What was looked up: (mapping, key) → what stood there, None where nothing did."""


class Log:
    """Notes what is looked up, while somebody wants to know."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, object], object] | None = None

    def begin(self) -> None:
        """Note from now on."""
        self._noted = {}

    def end(self) -> Reads:
        """What was looked up since `begin`."""
        noted, self._noted = self._noted, None
        return noted or {}

    def note(self, name: str, key: object, value: object) -> None:
        """Something was looked up."""
        if self._noted is not None:
            self._noted[name, key] = value


class _Watched(Mapping[K, V]):
    """A mapping that tells what is looked up in it."""

    def __init__(self, name: str, inner: Mapping[K, V], log: Log) -> None:
        self._name = name
        self._inner = inner
        self._log = log

    def __getitem__(self, key: K) -> V:
        self._log.note(self._name, key, self._inner.get(key))
        return self._inner[key]

    def __contains__(self, key: object) -> bool:
        there = key in self._inner
        self._log.note(self._name, key, self._inner[key] if there else None)  # type: ignore[index] # it is there, so it is a key
        return there

    def __iter__(self) -> Iterator[K]:
        self._log.note(self._name, _ALL, tuple(self._inner))
        return iter(self._inner)

    def __len__(self) -> int:
        self._log.note(self._name, _ALL, tuple(self._inner))
        return len(self._inner)


def watched(site: Site, log: Log) -> Site:
    """The same site, which tells `log` what is looked up in it."""
    return replace(site, **{name: _Watched(name, getattr(site, name), log) for name in WATCHED})


def still_hold(reads: Reads, site: Site) -> bool:
    """Whether the same lookups find the same objects in `site`."""
    for (name, key), value in reads.items():
        mapping: Mapping[Any, object] = getattr(site, name)
        if key is _ALL:
            if tuple(mapping) != value:
                return False
        elif mapping.get(key) is not value:
            return False
    return True
