"""The table of what is added to payment links: the same for Python and for the script in the pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
import yaml


class Case(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A link, what is known of a visitor, and the link that is to come of it."""

    about: str
    link: str
    made: str
    email: str = ""
    reference: str = ""
    campaign: Mapping[str, str] = {}
    refused: str = ""  # "email" or "reference": the one that does not fit


_FILE = Path(__file__).with_suffix(".yaml")
CASES = msgspec.convert(yaml.safe_load(_FILE.read_text(encoding="utf-8")), list[Case])
cases = pytest.mark.parametrize("case", CASES, ids=lambda case: case.about)
