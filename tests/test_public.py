"""What `import funnelgen` offers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import funnelgen

from .sites import site


def test_all_that_is_named_is_there() -> None:
    for name in funnelgen.__all__:
        assert getattr(funnelgen, name) is not None
    assert not hasattr(funnelgen, "manager")


def test_a_site_can_be_built_from_python(tmp_path: Path) -> None:
    folder = site(tmp_path / "site")
    checked = funnelgen.check(funnelgen.load(folder), "demo")
    assert checked.site is not None
    assert checked.funnel is not None
    output = funnelgen.build(checked.site, checked.funnel, "demo")
    funnelgen.write_output(output.files, tmp_path / "public", site=folder)
    assert (tmp_path / "public" / "checkout" / "index.html").is_file()


def test_importing_it_imports_nothing_else() -> None:
    code = "import funnelgen, sys; print([m for m in sys.modules if m.startswith(('funnelgen.', 'jinja2', 'msgspec'))])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
