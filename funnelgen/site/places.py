"""Where a model stands in its file."""

from __future__ import annotations

from funnelgen.diagnostics import Span


class Places:
    """Where a model stands in its file: itself, and by name each key ("price", "includes.2").

    Not part of a model's value: any two are equal, so that a site read twice is the same site.
    """

    __slots__ = ("_keys", "_values", "span")

    def __init__(self, span: Span | None = None) -> None:
        self.span = span
        self._keys: dict[str, Span] = {}
        self._values: dict[str, Span] = {}

    def add(self, name: str, key: Span | None, value: Span) -> None:
        """Remember where the key called `name` and its value stand."""
        if key is not None:
            self._keys[name] = key
        self._values[name] = value

    def has(self, name: str) -> bool:
        """Whether the key is written, with a good value or a bad one."""
        return name in self._values

    def at(self, name: str) -> Span | None:
        """The place of a key's value, or the model's own where the key is not given."""
        return self._values.get(name, self.span)

    def key(self, name: str) -> Span | None:
        """The place of the key itself, or the model's own where it is not given."""
        return self._keys.get(name, self.span)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Places)

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        return f"Places({self.span})"
