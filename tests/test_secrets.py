"""A secret key in a site's files is not printed: what a command says ends in the logs of CI."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from funnelgen.cli import cli
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.secrets import masked, masked_line
from funnelgen.diagnostics.text import excerpt

from .sites import site

TAIL = "51HabcDEF0123456789xyz"
KEYS = [
    *(f"{kind}_{mode}_{TAIL}" for kind in ("sk", "rk") for mode in ("live", "test")),
    f"whsec_{TAIL}",
    f"pdl_live_apikey_{TAIL}",
    f"polar_oat_{TAIL}",
    f"sq0csp-{TAIL}",
]


@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
@pytest.mark.parametrize("key", KEYS)
def test_no_format_prints_a_key(key: str, format_: str, tmp_path: Path) -> None:
    links = f"{key}: https://buy.stripe.com/abc\nlive:\n  checkout: {key}\nembed_live:\n  key: {key}\n"
    folder = site(tmp_path, {"links.yaml": links})
    said = CliRunner().invoke(cli, ["check", str(folder), "--format", format_])
    assert "FG409" in said.output
    assert "FG004" in said.output
    assert key[:8] in said.output
    assert TAIL not in said.output
    assert TAIL[:8] not in said.output


@pytest.mark.parametrize("text", ["pk_live_51HabcDEF0123", "task_live_12345678901", "sk_live", "whsec_"])
def test_what_is_no_secret_stays(text: str) -> None:
    assert masked(text) == text


def test_carets_stand_below_what_is_left_of_a_key() -> None:
    line = f"key: {KEYS[0]} # mine"
    assert masked_line(line, 5, 5 + len(KEYS[0])) == ("key: sk_live_… # mine", 5, 14)
    assert masked_line(line, line.index("mine"), len(line)) == ("key: sk_live_… # mine", 17, 21)
    assert masked_line(line, 0, 20) == ("key: sk_live_… # mine", 0, 13)


def test_a_key_that_the_end_of_a_cut_line_would_halve_is_not_shown() -> None:
    line = f"{'a ' * 40}{KEYS[0]}"
    for widest in range(40, len(line)):
        part = excerpt(Span("a.yaml", 1, 1, 1, 2), {"a.yaml": line}, widest)
        assert part
        assert "51H" not in part[0]
