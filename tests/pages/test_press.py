"""Rendering on several cores: the same site, and the same mistakes, as on one."""

from __future__ import annotations

from multiprocessing import active_children
from pathlib import Path

import pytest

from funnelgen.explain import blank_picture
from funnelgen.pages.press import WORTH_IT
from funnelgen.pipeline import Failed, Output, build, check
from funnelgen.site import load_site

from ..sites import site


def large_site(folder: Path, **files: str) -> Path:
    """A site with more pages than one process renders alone, some with a picture of their own."""
    pages = {
        f"pages/guide-{n}.md": f"---\nheadline: Guide {n}\n---\n![p](assets/{n % 7}.png)\n" for n in range(WORTH_IT)
    }
    pictures = {f"assets/{n}.png": blank_picture(f"{n + 20} x 20 pixels") for n in range(7)}
    return site(folder, {**pages, **pictures, **files})


def built_with(folder: Path, workers: int) -> Output:
    checked = check(load_site(folder), "demo")
    assert checked.site is not None
    assert checked.funnel is not None
    return build(checked.site, checked.funnel, "demo", workers=workers)


def test_any_number_of_processes_gives_the_same_site(tmp_path: Path) -> None:
    folder = large_site(tmp_path)
    alone = built_with(folder, 1)
    assert len(alone.manifest.pages) > WORTH_IT
    for workers in (2, 3):
        together = built_with(folder, workers)
        assert together.files == alone.files
        assert together.manifest == alone.manifest


@pytest.mark.parametrize("kind", ["sales", "404"])
def test_a_broken_template_is_told_whichever_process_meets_it(tmp_path: Path, kind: str) -> None:
    folder = large_site(tmp_path)
    template = folder / "theme" / "templates" / "pages" / f"{kind}.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ page.nothing }}")
    with pytest.raises(Failed) as failed:
        built_with(folder, 2)
    span = failed.value.diagnostic.span
    assert span is not None
    assert span.file == f"theme/templates/pages/{kind}.html"
    assert not active_children()
