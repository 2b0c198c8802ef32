"""The sites that are broken: the example in demo mode, and a small site with payment links."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from funnelgen.pipeline import Output

from ..sites import EXAMPLE, SMALL, built, site

LINKS = """\
test:
  checkout: https://buy.stripe.com/test_one
  checkout+template: https://buy.stripe.com/test_two
live:
  checkout: https://buy.stripe.com/one
  checkout+template: https://buy.stripe.com/two
"""


def build_sites(folder: Path) -> Mapping[str, Output]:
    """Build them, by mode."""
    small = site(folder / "small", {**SMALL, "links.yaml": LINKS})
    return {"demo": built(EXAMPLE), "test": built(small, "test"), "live": built(small, "live")}
