"""A deployment is waited for until it is there, and no longer than was said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from funnelgen.pathtest.deployed.caller import Unreachable
from funnelgen.pathtest.deployed.waiting import PAUSE, until


class Clock:
    """A clock that goes on by pauses alone."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds


def looks(*seen: str) -> Iterator[tuple[bool, str]]:
    """What is seen at each look: "none" is a site that cannot be reached, "new" the one that is waited for."""
    for one in seen:
        yield one == "new", one


def look(given: Iterator[tuple[bool, str]]) -> tuple[bool, str]:
    """The next look."""
    content, seen = next(given)
    if seen == "none":
        raise Unreachable("there is no site", "wait")
    return content, seen


@pytest.mark.parametrize(
    ("seen", "seconds", "got", "looked"),
    [
        (["new"], 0, "new", 1),
        (["old", "new"], 0, "old", 1),
        (["none", "old", "new", "old"], 600, "new", 3),
        (["old"] * 9, 3 * PAUSE, "old", 4),
        (["old", "new"], 4, "new", 2),
    ],
)
def test_waits_as_long_as_needed(seen: list[str], seconds: int, got: str, looked: int) -> None:
    given, clock, told = looks(*seen), Clock(), list[int]()
    assert until(lambda: look(given), end=seconds, tell=lambda: told.append(1), clock=clock, pause=clock.pause) == got
    assert len(told) == (looked > 1)
    assert clock.now == min((looked - 1) * PAUSE, seconds)


def test_a_site_that_is_never_there_is_told() -> None:
    given, clock = looks(*["none"] * 9), Clock()
    with pytest.raises(Unreachable):
        until(lambda: look(given), end=45, clock=clock, pause=clock.pause)
    assert clock.now == 45


def test_a_password_is_not_waited_for() -> None:
    def locked() -> tuple[bool, str]:
        raise Unreachable("nobody is let in", "take the password off", lasting=True)

    clock = Clock()
    with pytest.raises(Unreachable):
        until(locked, end=600, clock=clock, pause=clock.pause)
    assert clock.now == 0
