"""Which day it is where the site is. Nothing else of a site depends on when it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

GIVEN = "SOURCE_DATE_EPOCH"
"""The variable of the environment that stands for the clock (https://reproducible-builds.org/specs/source-date-epoch/)."""


class ClockError(ValueError):
    """The environment gives no moment that could be one; `remedy` says what to do."""

    remedy = "write seconds since 1970, as `git log -1 --format=%ct` prints them, or unset it"


def day_at(zone: str, environ: Mapping[str, str]) -> date:
    """The day in that time zone, by the clock or by the moment that the environment gives. Raises ClockError."""
    there, given = ZoneInfo(zone), environ.get(GIVEN, "")
    if not given:
        return datetime.now(there).date()
    if not re.fullmatch("[0-9]{1,11}", given):
        raise ClockError(f"the variable `{GIVEN}` is no moment")
    return datetime.fromtimestamp(int(given), there).date()
