"""Compares the headers that came with those that `_headers` says. What means the same is the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

POLICY = "content-security-policy"
TRANSPORT = "strict-transport-security"
YEAR = 31_536_000  # seconds
_LONGEST = 90  # characters of a header that are told


class Difference(NamedTuple):
    """A header that is not as it should be. `wanted` or `came` is None where there should be, or was, none."""

    header: str
    wanted: str | None
    came: str | None

    def __str__(self) -> str:
        """In words, with what was wanted and what came."""
        came = "missing" if self.came is None else f"`{_short(self.came)}`"
        due = "not be there" if self.wanted is None else f"be `{_short(self.wanted)}`"
        return f"the header `{self.header}` is {came}, and should {due}"


def differences(wanted: Mapping[str, str], came: Mapping[str, str], *, encrypted: bool) -> Iterator[Difference]:
    """Where the headers that came are not those that were wanted; others may come besides.

    `came` has its names in small letters. `encrypted` is whether they came by https: elsewhere browsers pay no heed
    to a promise of https, and hosts leave it out.
    """
    for name, value in wanted.items():
        key, got = name.lower(), came.get(name.lower())
        if key == TRANSPORT and not encrypted:
            continue
        if got is None:
            yield Difference(name, value, None)
        elif key == POLICY:
            yield from _of_policy(name, value, got)
        elif key == TRANSPORT:
            if _max_age(got) < min(_max_age(value), YEAR):  # hosts that set their own promise a year, which is enough
                yield Difference(name, value, got)
        elif _parts(value) != _parts(got):
            yield Difference(name, value, got)


def kept_for(cache_control: str) -> int:
    """For how many seconds a `Cache-Control` lets browsers show a page without asking again."""
    said = cache_control.lower()
    return 0 if "no-store" in said or "no-cache" in said else _max_age(said)


def _of_policy(header: str, wanted: str, came: str) -> Iterator[Difference]:
    """Directive by directive: a whole policy is too long to find the difference in."""
    due, got = _directives(wanted), _directives(came)
    for name in dict.fromkeys((*due, *got)):
        if due.get(name, "") != got.get(name, ""):
            yield Difference(f"{header}: {name}", due.get(name), got.get(name))


def _directives(policy: str) -> dict[str, str]:
    """A policy's directives with their sources in order: which comes first means nothing."""
    found: dict[str, str] = {}
    for name, *sources in filter(None, map(str.split, policy.split(";"))):
        found.setdefault(name.lower(), " ".join(sorted(sources)))  # of two, browsers take the first
    return found


def _parts(value: str) -> set[str]:
    """The parts of a header's value, in whatever order and case."""
    return {" ".join(part.split()).lower() for part in value.split(",") if part.strip()}


def _max_age(value: str) -> int:
    found = re.search(r"max-age\s*=\s*\"?(\d{1,12})", value, re.IGNORECASE)
    return int(found[1]) if found else 0


def _short(value: str) -> str:
    return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
