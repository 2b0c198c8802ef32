"""Saves are gathered until it is quiet, on a clock that the tests hold."""

from __future__ import annotations

import threading

import pytest

from funnelgen.preview.changes import AT_ONCE, IN_A_ROW, LATEST, OPEN, Changes, Over


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def due(changes: Changes, clock: Clock) -> float | None:
    """In how many seconds what was saved is taken."""
    left = changes._left()
    return None if left is None else round(left, 6)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def changes(clock: Clock) -> Changes:
    return Changes(clock)


def test_a_save_by_itself_is_taken_at_once(changes: Changes, clock: Clock) -> None:
    assert due(changes, clock) is None
    changes.note("copy/sales.md")
    assert due(changes, clock) == AT_ONCE
    clock.now += AT_ONCE
    assert changes.take() == ("copy/sales.md",)


def test_a_file_that_is_still_written_to_is_waited_for(changes: Changes, clock: Clock) -> None:
    changes.note("copy/sales.md", still_open=True)  # emptied
    assert due(changes, clock) == OPEN
    changes.closed("copy/sales.md")
    assert due(changes, clock) == AT_ONCE


def test_a_file_that_was_only_read_is_no_change(changes: Changes, clock: Clock) -> None:
    changes.closed("copy/sales.md")
    assert due(changes, clock) is None


def test_a_hundred_saves_a_second_are_few_rebuilds_and_the_last_one_counts(changes: Changes, clock: Clock) -> None:
    taken = []
    for number in range(100):
        changes.note(f"copy/{number % 3}.md")
        clock.now += 0.01
        if (due(changes, clock) or 1) <= 0:
            taken.append(changes.take())
            clock.now += 0.01
            changes.done()
    clock.now += LATEST
    taken.append(changes.take())
    assert len(taken) <= 5
    assert taken[-1] is not None
    assert "copy/0.md" in taken[-1]


def test_saves_in_a_row_wait_for_each_other_but_not_for_ever(changes: Changes, clock: Clock) -> None:
    changes.note("a")
    clock.now += AT_ONCE
    changes.take()
    changes.done()
    clock.now += 0.02
    changes.note("b")
    first = clock.now
    assert due(changes, clock) == IN_A_ROW
    while clock.now < first + LATEST - IN_A_ROW:
        clock.now += IN_A_ROW / 2
        changes.note("b")
    assert (due(changes, clock) or 0) <= first + LATEST - clock.now + 1e-6


def test_any_change_at_all_is_more_than_a_named_one(changes: Changes, clock: Clock) -> None:
    changes.note("a")
    changes.note(None)
    clock.now += 1
    assert changes.take() is None
    assert due(changes, clock) is None


def test_who_asks_waits_until_what_was_saved_is_shown() -> None:
    changes = Changes()
    changes.note("a")
    assert changes.take() == ("a",)
    shown = threading.Event()

    def ask() -> None:
        changes.settle(30)
        assert shown.is_set()

    asking = threading.Thread(target=ask)
    asking.start()
    shown.set()
    changes.done()
    asking.join(30)
    assert not asking.is_alive()


def test_the_end_lets_everyone_go(changes: Changes) -> None:
    changes.stop()
    with pytest.raises(Over):
        changes.take()
    changes.settle(30)
