"""Every path through the example and a small shop, on a phone and a desktop, with and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as File
from tempfile import TemporaryDirectory

import pytest

from funnelgen.funnel.paths import Path, all_paths

from .sites import EXAMPLE, Served, read, serving, write_shop
from .visitor import Visitor, describe
from .watch import DEVICES, PHONE, Device, Visits

pytestmark = pytest.mark.browser


def paths_of(source: File) -> list[Path]:
    """Every path of a site."""
    _, funnel = read(source)
    return [path for entry in funnel.entries for path in all_paths(funnel, entry)]


def shop_paths() -> list[Path]:
    """Every path of the small shop with two bumps."""
    with TemporaryDirectory() as folder:
        return paths_of(write_shop(File(folder), bumps=2))


def ways() -> Iterator[object]:
    """Every path of the example, four times."""
    for path in paths_of(EXAMPLE):
        for device in DEVICES:
            for javascript in (True, False):
                words = f"{describe(path)}, {device.name}, {'with' if javascript else 'without'} script"
                yield pytest.param(path, device, javascript, id=words)


@pytest.mark.parametrize(("path", "device", "javascript"), list(ways()))
def test_walk(example: Served, visits: Visits, path: Path, device: Device, javascript: bool) -> None:
    Visitor(visits.open(device=device, javascript=javascript), example).go(path)


@pytest.mark.parametrize("path", [pytest.param(path, id=describe(path)) for path in shop_paths()])
def test_walk_with_tripwire_and_two_bumps(shop_of_two: Served, visits: Visits, path: Path) -> None:
    Visitor(visits.open(device=PHONE, javascript=False), shop_of_two).go(path)


def test_walk_through_a_site_without_copy(visits: Visits, tmp_path: File) -> None:
    """Every word has a default, so that a stack alone makes a funnel that works."""
    source = write_shop(tmp_path / "site", bumps=1, copy=False)
    with serving(source, tmp_path / "dist") as served:
        for path in paths_of(source)[-2:]:
            Visitor(visits.open(device=PHONE), served).go(path)
