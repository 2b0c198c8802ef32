"""The templates as they are shipped: every word comes from the strings, and every string is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from .conftest import THEMES

ROOT = THEMES.parent
TEMPLATES = sorted(
    [*THEMES.glob("*/templates/**/*.html"), *THEMES.glob("*/templates/**/*.svg"), *THEMES.glob("*/art/*.svg")]
)
STYLES = sorted(THEMES.glob("*/**/*.css"))
SPOKEN = r'\b(?:alt|title|placeholder|aria-label|aria-description|content|value)="([^"]*)"'
# Values that machines read.
TECHNICAL = {"width=device-width,initial-scale=1", "noindex", "summary_large_image", "script-src 'self'"}


def name_of(path: Path) -> str:
    """Name a file in a test's id as one would in an editor."""
    return str(path.relative_to(THEMES))


def asked_for() -> Iterator[str]:
    """Yield every key that a template or a module of the compiler asks for."""
    for path in TEMPLATES:
        yield from re.findall(r"""\bt\(\s*["']([\w-]+)["']""", path.read_text())
    for path in (ROOT / "funnelgen").rglob("*.py"):
        # Modules also choose between keys before they ask, so any literal that is a key counts.
        yield from re.findall(r"""["']([a-z][\w-]*)["']""", path.read_text())
        yield from re.findall(r"""f["']([a-z][\w-]*-)\{""", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_hold_no_words(path: Path) -> None:
    """So that a translation is one file."""
    source = path.read_text()
    spoken = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>|&\w+;", " ", spoken)
    assert not re.search(r"[^\W\d_]", text), text.split()
    attributes = [value for value in re.findall(SPOKEN, spoken) if value not in TECHNICAL]
    assert not any(re.search(r"[^\W\d_]", value) for value in attributes), attributes


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_keep_the_strict_policy(path: Path) -> None:
    """No style attribute, no script but data, nothing from anybody else's server."""
    source = path.read_text()
    assert not re.search(r"\sstyle=|\son\w+=", source)
    assert not re.search(r"<script(?! type=\"application/ld\+json\")", source)
    assert not re.search(r"http(?!-equiv)", source)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.suffix == ".html"], ids=name_of)
def test_templates_hold_no_colours(path: Path) -> None:
    """A colour that is no token would stay when the brand's changes, and at night."""
    assert not re.search(r"""["':]\s*(?:#[0-9a-f]{3,8}\b|rgb|hsl|oklch)""", path.read_text(), re.IGNORECASE)


def test_every_string_asked_for_exists_and_every_string_is_asked_for() -> None:
    """A key without a caller is a word that a translator writes for nobody."""
    keys = set(yaml.safe_load((THEMES / "base/strings/en.yaml").read_text()))
    templates = {key for path in TEMPLATES for key in re.findall(r"""\bt\(\s*["']([\w-]+)["']""", path.read_text())}
    assert templates <= keys
    asked = set(asked_for())
    prefixes = tuple(name for name in asked if name.endswith("-"))
    assert {key for key in keys - asked if not key.startswith(prefixes)} == set()


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_styles_know_no_left_and_right(path: Path) -> None:
    """Logical properties serve both directions of writing."""
    css = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    physical = r"(?<![\w-])(?:left|right|(?:margin|padding|border)-(?:left|right|top|bottom)|width|height)\s*:"
    assert not re.findall(physical, re.sub(r"\((?:max|min)-(?:width|height):", "(", css))
    assert not re.search(r"text-align:\s*(?:left|right)", css)


def test_a_theme_leaves_importance_to_the_engine() -> None:
    """An important rule in a theme could not be beaten by one line in the creator's own style sheet."""
    assert not [
        name_of(path) for path in STYLES if path.parts[len(THEMES.parts)] != "base" and "!important" in path.read_text()
    ]


def test_each_style_sheet_belongs_to_a_template() -> None:
    """A file whose name no section or page has would never be inlined."""
    names = {f"{path.parent.name}/{path.stem}" for path in TEMPLATES}
    lonely = [name_of(path) for path in STYLES if path.stem not in ("base", "site")]
    assert [name for name in lonely if "/".join(Path(name).with_suffix("").parts[1:]) not in names] == []
