"""Sites for tests: written from texts into a folder, loaded, checked, built.

`SMALL` is the smallest site that is wholly fine: nothing is found wrong with it, not even when it goes live (hence
`.internal`, which nobody can own on the web; `.example` would be found to be a placeholder). A test says only in what
its own site differs: `site(tmp_path, {"stack.yaml": …})`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.funnel import Funnel, compile_funnel
from funnelgen.pipeline import Checked, Output, build, check
from funnelgen.site import Loaded, Site, load_site
from funnelgen.site.models import Config, Links, Offer, Stack, Step
from funnelgen.site.selling import Discount

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "sites" / "launch-your-course"

Mode = Literal["demo", "test", "live"]
Files = Mapping[str, str | bytes | None]

SMALL: Files = {
    "site.yaml": """\
name: Small Studio
url: https://small.internal
currency: USD
locale: en-US
seller: {name: Small Studio LLC, address: "1 Quay, Portland", email: help@small.internal}
legal: {terms: terms, privacy: terms, refunds: terms}
sells_to: [US]
""",
    "stack.yaml": """\
audience: people who test
offers:
  guide: {name: The Guide, promise: Know where to begin., deliver: guide.pdf}
  course:
    name: The Course
    category: course
    price: 97
    promise: A course in six weeks.
    shape: Six modules.
    access: Starts at once.
    refund: Full refund within 30 days.
    deliver: course.pdf
  template:
    name: The Template
    category: template
    price: 27
    pitch: Fill it in tonight.
    deliver: template.zip
steps:
  - lead-magnet: guide
  - sales: course
  - checkout: course
    bump: template
  - thank-you:
""",
    "copy/lead-magnet.md": "---\nnote: The guide opens on the next page.\n---\nTake the guide.\n",
    "copy/sales.md": "What the course is.\n",
    "copy/checkout.md": "Your order.\n",
    "pages/index.md": "---\ndescription: Courses for people who test.\n---\nWelcome.\n",
    "pages/terms.md": "What you buy, what we keep, and how your money comes back.\n",
    "downloads/guide.pdf": b"%PDF guide",
    "downloads/course.pdf": b"%PDF course",
    "downloads/template.zip": b"PK template",
}


def write(folder: Path, files: Files) -> Path:
    """Write `files` (path → text or bytes; None takes one away) below `folder`, and give the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        if content is None:
            path.unlink(missing_ok=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def site(folder: Path, changes: Files = SMALL) -> Path:
    """Write the small site with some files changed, added, or (None) taken away."""
    return write(folder, {**SMALL, **changes})


def stack(steps: str, offers: str = "") -> str:
    """A stack.yaml with the small site's offers, `offers` beside them, and the steps given."""
    head = str(SMALL["stack.yaml"]).partition("steps:\n")[0]
    return f"{head}{offers}steps:\n{steps}"


def checked(folder: Path, mode: Mode = "demo", today: date | None = None) -> Checked:
    """Load and check what stands in `folder`, on a day."""
    return check(load_site(folder, today=today), mode)


def found(folder: Path, mode: Mode = "demo") -> list[str]:
    """What is found wrong, one line each, as `said` writes it."""
    return [said(d) for d in checked(folder, mode).diagnostics]


def said(diagnostic: Diagnostic) -> str:
    """A diagnostic in a line: `FG101 error stack.yaml:12:15 no offer is called `x``."""
    return f"{diagnostic.code} {diagnostic.severity.value} {place(diagnostic.span)} {diagnostic.message}"


def place(span: Span | None) -> str:
    """file:line:column, or a hyphen where nothing is pointed at."""
    return f"{span.file}:{span.line}:{span.column}" if span else "-"


def loaded(folder: Path) -> Site:
    """The site in `folder`, which has no mistake."""
    read = load_site(folder)
    assert not read.diagnostics, [said(d) for d in read.diagnostics]
    assert read.site is not None
    return read.site


def problems(folder: Path) -> Loaded:
    """What loading alone gives."""
    return load_site(folder)


def funnel_of(folder: Path) -> Funnel:
    """The funnel of the site in `folder`."""
    return compile_funnel(loaded(folder))


def built(folder: Path, mode: Mode = "demo", today: date | None = None) -> Output:
    """The output of a site that has no error, on a day."""
    result = checked(folder, mode, today)
    assert result.can_build, [said(d) for d in result.diagnostics]
    assert result.site is not None
    assert result.funnel is not None
    return build(result.site, result.funnel, mode, sources=result.sources)


def site_of(
    *steps: Step,
    offers: Iterable[Offer] = (),
    name: str = "",
    config: Config | None = None,
    discount: Discount | None = None,
) -> Site:
    """A site in memory, with one stack and nothing else."""
    catalogue = {o.id: o for o in offers}
    stack = Stack(name=name, audience="people who test", offers=catalogue, steps=steps, discount=discount)
    return Site(
        config=config or Config(name="Small Studio"),
        stacks=(stack,),
        links=Links(),
        copy={},
        pages={},
        glossary={},
        files={},
        folder=Path("nowhere"),
    )


def pages_of(output: Output) -> dict[str, str]:
    """The HTML of every page, by the path of its file."""
    return {name: data.decode() for name, data in output.files.items() if name.endswith(".html")}
