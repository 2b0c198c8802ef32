"""funnelgen compiles offer funnels: a YAML stack and Markdown copy become static pages that lose no buyer.

loaded = funnelgen.load(Path("my-site"))
checked = funnelgen.check(loaded, "demo")
output = funnelgen.build(checked.site, checked.funnel, "demo")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from funnelgen.diagnostics import Diagnostic
    from funnelgen.funnel import Funnel
    from funnelgen.money import Money
    from funnelgen.output import write_output
    from funnelgen.pipeline import build, check
    from funnelgen.site import Site
    from funnelgen.site import load_site as load

__version__ = "0.1.0"

__all__ = ["Diagnostic", "Funnel", "Money", "Site", "__version__", "build", "check", "load", "write_output"]

_HOMES = {
    "Diagnostic": "diagnostics",
    "Funnel": "funnel",
    "Money": "money",
    "Site": "site",
    "build": "pipeline",
    "check": "pipeline",
    "load": "site.load_site",
    "write_output": "output",
}


def __getattr__(name: str) -> Any:
    """Import what is public when it is used: `funnelgen --version` should not wait for a Markdown parser."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `funnelgen` has no attribute `{name}`")
    module, _, attribute = home.partition(".")
    return getattr(import_module(f"funnelgen.{module}"), attribute or name)
