"""What is wrong in a style sheet or a drawing of a site's own, which a browser would pass over without a word."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from xml.parsers import expat

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.strings import ThemeError

_DECLARED = re.compile(r"(--[\w-]+)[\"']?\s*:|@property\s+(--[\w-]+)")
_TOKEN = re.compile(
    r"""/\*.*?\*/|(?P<comment>/\*)
    |(?P<far>url\(\s*["']?\s*(?:https?:)?//[^)]*\))
    |url\([^)]*\)
    |"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(?P<quote>["'])
    |(?P<open>\{)|(?P<close>\})
    |(?P<load>@import\b)
    |var\(\s*--(?P<token>[\w-]+)\s*\)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_AWAY = "put the file into the theme: another server would be told of every visit"


def declared(text: str) -> set[str]:
    """Return the custom properties that a style sheet or a template gives a value, without their hyphens."""
    return {(found[1] or found[2])[2:] for found in _DECLARED.finditer(text)}


def sheet_faults(text: str, path: Path, known: Collection[str]) -> Iterator[ThemeError]:
    """Yield what is wrong in a style sheet. `known` are the custom properties that have a value somewhere."""
    opened: list[int] = []
    for found in _TOKEN.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        match found.lastgroup:
            case "comment":
                yield ThemeError("comment is never closed", help="end it with `*/`", path=path, line=line)
                return
            case "quote":
                yield ThemeError("text in quotes does not end in its line", help="close it", path=path, line=line)
                return
            case "open":
                opened.append(line)
            case "close" if opened:
                opened.pop()
            case "close":
                yield ThemeError("`}` closes what was never opened", help="take it out", path=path, line=line)
                return
            case "load":
                help = "write the rules here: a page has all its CSS in it, and loads none"
                yield ThemeError("`@import` loads another style sheet", help=help, path=path, line=line)
            case "far":
                yield ThemeError(f"`{found[0]}` loads from another server", help=_AWAY, path=path, line=line)
            case "token" if found["token"] not in known:
                message, help = f"unknown token `{found['token']}`", did_you_mean(found["token"], known)
                yield ThemeError(message, help=help, path=path, line=line)
    if opened:
        yield ThemeError("`{` is never closed", help="end the rule with `}`", path=path, line=opened[-1])


def drawing_faults(text: str, path: Path) -> Iterator[ThemeError]:
    """Yield what is wrong in an SVG that stands in the page's HTML: it could take the rest of the page along."""
    found: list[ThemeError] = []
    parser = expat.ParserCreate()
    depth = 0

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        line, element = parser.CurrentLineNumber, name.rpartition(":")[2]
        if not depth and element != "svg":
            help = "a drawing is one `svg` element with all in it"
            found.append(ThemeError(f"`{name}` is no drawing", help=help, path=path, line=line))
        depth += 1
        if element.lower() == "script":
            found.append(ThemeError("a drawing has a `script`", help="take it out", path=path, line=line))
        for key, value in attributes.items():
            if key.lower().startswith("on") or value.strip().lower().startswith("javascript:"):
                message = f"a drawing runs a script in `{key}`"
                found.append(ThemeError(message, help="take it out", path=path, line=line))

    parser.StartElementHandler = begin
    try:
        parser.Parse(text.strip() and text, True)
    except expat.ExpatError as error:
        help = "export it again as SVG: every tag is closed, every value in quotes"
        words = expat.ErrorString(error.code)
        found.append(ThemeError(f"drawing is not whole: {words}", help=help, path=path, line=error.lineno))
    yield from found
