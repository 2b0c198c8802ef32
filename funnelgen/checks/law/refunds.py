"""Which words refuse a refund, or end it before the time that the law gives."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.law.words import every, first, number_before, sentences

PERIOD = 14  # days
_NEAR = 30  # characters
_DAYS = {"day": 1.0, "week": 7.0, "hour": 1 / 24}


def below_law(text: str, spoken: str, *, of_refund: bool) -> tuple[int, str] | None:
    """The words that refuse a refund or end it early, and where they begin; None where there are none.

    In a text that is not only `of_refund`, a time counts where its sentence speaks of money back.
    """
    parts = list(sentences(text))
    for start, sentence in parts:
        refused = first("no-refund", sentence, spoken)
        asked = text.startswith("?", start + len(sentence))
        if refused and not asked and not _is_conditional(sentence[refused.end() :], spoken):
            return start + refused.start(), sentence[refused.start() : refused.end()]
    about = [part for part in parts if of_refund or first("refund", part[1], spoken)]
    times = [(start, sentence, list(_periods(sentence, spoken))) for start, sentence in about]
    if any(days >= PERIOD for *_, periods in times for days, _, _ in periods):
        return None  # a shorter time beside it is how long the money takes, or another case
    for start, sentence, periods in times:
        limit = next((period for period in periods if period[0]), None)
        if limit and not first("not-the-period", sentence, spoken):
            _, begin, end = limit
            return start + begin, sentence[begin:end]
    return None


def _is_conditional(rest: str, spoken: str) -> bool:
    """Whether a refusal holds for a case only. That something was opened is no such case: the right lasts longer."""
    return bool(first("condition-of-refund", rest, spoken)) and not first("begun", rest, spoken)


def _periods(sentence: str, spoken: str) -> Iterator[tuple[float, int, int]]:
    """Every time in a sentence: the days that it lasts, where its number begins, where its unit ends."""
    for unit, days in _DAYS.items():
        for found in every(unit, sentence, spoken):
            number = number_before(sentence, found.start(), spoken)
            if number and (unit == "day" or _is_a_limit(sentence, number[1], found.end(), spoken)):
                yield number[0] * days, number[1], found.end()


def _is_a_limit(sentence: str, start: int, end: int, spoken: str) -> bool:
    """Whether a time limits something ("within a week", "a 48-hour guarantee"): a call lasts an hour as well."""
    before = sentence[max(0, start - _NEAR) : start].rstrip()
    behind = sentence[end : end + _NEAR].lstrip(" -")
    limits = any(found.end() == len(before) for found in every("within", before, spoken))
    back = first("refund", behind, spoken)
    return limits or (back is not None and not back.start())
