"""Fixtures for all tests."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

from .sites import ROOT

set_hypothesis_home_dir(ROOT / ".pytest_cache" / "hypothesis")
# Examples are drawn alike in every run, so that a red test stays red until it is mended.
settings.register_profile(
    "funnelgen",
    derandomize=True,
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("funnelgen")
