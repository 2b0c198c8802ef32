"""A site that is loaded again: only what changed is read, and the result is that of a first load."""

from __future__ import annotations

from pathlib import Path

import pytest

from funnelgen.site import load_site
from funnelgen.site.kept import Kept

from .sites import site, write


def test_what_did_not_change_is_the_same_object(tmp_path: Path) -> None:
    folder, kept = site(tmp_path), Kept()
    before = load_site(folder, kept=kept).site
    write(folder, {"copy/sales.md": "Other words.\n"})
    after = load_site(folder, kept=kept).site
    assert before
    assert after
    assert after.copy["", "sales"] != before.copy["", "sales"]
    assert after.copy["", "checkout"] is before.copy["", "checkout"]
    assert after.stacks[0] is before.stacks[0]


@pytest.mark.parametrize("told", [True, False], ids=["told what changed", "told nothing"])
def test_every_kind_of_change_is_seen(tmp_path: Path, told: bool) -> None:
    folder, kept = site(tmp_path, {"pages/about.md": "About.\n", "assets/a.txt": "a"}), Kept()
    load_site(folder, kept=kept)

    def same_as_fresh(*changed: str) -> None:
        again = load_site(folder, kept=kept, changed=changed if told else None)
        fresh = load_site(folder)
        assert (again.site, again.diagnostics, again.sources) == (fresh.site, fresh.diagnostics, fresh.sources)

    write(folder, {"copy/sales.md": "Shorter.\n"})
    same_as_fresh("copy/sales.md")
    write(folder, {"copy/sales.md": "---\nheadlin: x\n---\nBroken\0 in two ways.\n"})
    same_as_fresh("copy/sales.md")
    same_as_fresh()  # what was wrong is said again, though nothing was read
    write(folder, {"site.yaml": "name: A studio\ncurrency: JPY\n"})  # every amount is read anew
    same_as_fresh("site.yaml")
    write(folder, {"glossary/term.md": "---\nterm: New\n---\n"})
    same_as_fresh("glossary/term.md")
    (folder / "pages/about.md").rename(folder / "pages/over.md")
    same_as_fresh("pages/about.md", "pages/over.md")
    (folder / "copy/sales.md").unlink()
    same_as_fresh("copy/sales.md")
    (folder / "assets/a.txt").unlink()
    (folder / "assets/a.txt").symlink_to(folder / "site.yaml")
    same_as_fresh("assets/a.txt")
    write(folder, {"site.yaml": "name: Another\n"})  # and so did what the link leads to
    same_as_fresh("site.yaml")


def test_a_file_that_is_named_is_read_though_it_looks_the_same(tmp_path: Path) -> None:
    """Two saves within one tick of the system's clock, of as many letters, leave no other trace."""
    import os

    folder, kept = site(tmp_path, {"copy/sales.md": "One.\n"}), Kept()
    load_site(folder, kept=kept)
    path = folder / "copy/sales.md"
    status = path.stat()
    path.write_text("Two.\n")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert load_site(folder, kept=kept, changed=["copy/sales.md"]).sources["copy/sales.md"] == "Two.\n"


def test_nothing_grows(tmp_path: Path) -> None:
    folder, kept = site(tmp_path), Kept()
    for number in range(5):
        write(folder, {f"pages/page-{number}.md": "Words.\n"})
        load_site(folder, kept=kept)
        (folder / f"pages/page-{number}.md").unlink()
    load_site(folder, kept=kept)
    held = repr({name: value for name, value in vars(kept).items() if name != "_old"})
    assert "page-" not in held
