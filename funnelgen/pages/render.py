"""Views in, HTML out: one Jinja environment per build, the page's own CSS inlined, nothing of the offer lost.

Templates get `section(name, …)`, `picture(image)`, `art(slot)`, `icon(name)`, `script(name)` and `t(key, …)`. A theme
may arrange a page as it likes; that price, terms, accept, decline and total are still there is checked in the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct, structs

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.css import PLAIN_KINDS, StyleSheets, hashed
from funnelgen.pages.fonts.letters import letters_of
from funnelgen.pages.promises import Promise, lost, shown_instead
from funnelgen.pages.strings import read_bytes
from funnelgen.pages.tags import attributes
from funnelgen.pages.templates import Templates
from funnelgen.pages.themes import Theme, ThemeError
from funnelgen.pages.views import Page, Picture, View

_STYLE_MARK = "\0style\0"
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_FOR_READERS = re.compile(rb"^[ \t]*(?://[^\n]*)?\n|^[ \t]+", re.MULTILINE)
"""What a script has for those who read it: comments on lines of their own, indentation, empty lines."""
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")


Mark = Callable[[str, str], str]
"""Given a section's name and its HTML, what stands in the page: for who looks for sections in pages afterwards."""


class Drawn(Struct, frozen=True, kw_only=True):
    """The HTML of one page, and what it needs of the whole: its styles, players and letters beyond English ones."""

    html: str
    styles: tuple[str, ...]
    frame_hosts: frozenset[str]
    letters: frozenset[str]


class Renderer:
    """Renders the pages of one build with one theme, and gathers the fonts and styles that they use."""

    def __init__(self, theme: Theme, *, cache: Path | None = None, mark: Mark = lambda name, html: html) -> None:
        """`cache` is a folder for compiled templates; it saves some milliseconds per template on the next build."""
        self.theme = theme
        self._mark_section = mark
        self._sheets = StyleSheets(theme)
        self._styles: dict[str, None] = {}
        self._icons: dict[str, Markup] = {}
        self._assets: dict[str, bytes] = {}
        self._letters: frozenset[str] = frozenset()
        self._env = Templates(theme, cache)
        self._env.globals.update(t=theme.strings, icon=self._icon, picture=self.picture)
        self._favicon: str | None = None
        self._frame_hosts: set[str] = set()

    def render(self, page: Page) -> str:
        """Return the HTML of one page, and gather what it needs.

        Raises ThemeError for a template that is broken or lost a part of the offer.
        """
        drawn = self.draw(page)
        self._frame_hosts |= drawn.frame_hosts
        self._styles.update(dict.fromkeys(drawn.styles))
        self._letters |= drawn.letters
        return drawn.html

    def draw(self, page: Page) -> Drawn:
        """Return one page, and what it needs; of that nothing is gathered but files. Raises ThemeError as `render`."""
        drawing = _Drawing(self._env, self._script, self._mark_section)
        plain = page.kind in PLAIN_KINDS
        context = {
            "page": page,
            "t": self.theme.speaking(page.lang),
            "css": Markup(_STYLE_MARK),
            "fonts": () if plain else [self._sheets.font(name) for name in self.theme.preload],
            "favicon": page.head.favicon or ("" if plain else self._mark()),
            "colours": self._ground_colours(plain=plain),
        }
        html = drawing.render(f"pages/{page.kind}.html", **context)
        self._check(page, html, context)
        css = self._sheets.sheet(page.kind, frozenset(drawing.used), len(page.bumps))
        letters = frozenset[str]() if plain else letters_of(html[html.find("<body") :]) | letters_of(css)
        return Drawn(
            html=html.replace(_STYLE_MARK, css),
            styles=tuple(text.replace(_STYLE_MARK, css) for text in _STYLE.findall(html)),
            frame_hosts=frozenset(urlsplit(section.player).netloc for section in page.sections if section.player),
            letters=letters,
        )

    def files(self) -> dict[str, bytes]:
        """Return the files that the pages rendered so far refer to: hashed path ("assets/…") to content."""
        return dict(sorted({**self._sheets.assets, **self._assets}.items()))

    def styles(self) -> tuple[str, ...]:
        """Return the distinct texts of all style elements rendered so far, for the Content-Security-Policy's hashes."""
        return tuple(self._styles)

    def frame_hosts(self) -> tuple[str, ...]:
        """Return the hosts of the players that may open in the pages rendered so far, for the policy."""
        return tuple(sorted(self._frame_hosts))

    def picture(self, image: Picture) -> Markup:
        """Return a picture's HTML: the one template for all of them, also for those between the words of copy."""
        return Markup(self._env.text("picture.html", {"image": image}).strip())

    def letters(self) -> frozenset[str]:
        """Return the letters that the pages rendered so far show in the theme's fonts, but for English ones."""
        return self._letters

    def _icon(self, name: str) -> Markup:
        if name not in self._icons:
            if not self._env.place(f"icons/{name}.svg"):
                raise ThemeError(f"unknown icon `{name}`", help=did_you_mean(str(name), self._env.icons()))
            self._icons[name] = Markup(self._env.text(f"icons/{name}.svg", {}))
        return self._icons[name]

    def _script(self, name: str) -> str:
        """Return the address under which a script of the theme is published."""
        path = self.theme.find(f"scripts/{name}.js")
        if path is None:
            raise ThemeError(f"no script `{name}`")
        content = read_bytes(path)
        if not any(map(_goes_on, content.splitlines())):
            content = _FOR_READERS.sub(b"", content)
        self._assets[hashed(path.name, content)] = content
        return f"/{hashed(path.name, content)}"

    def _ground_colours(self, *, plain: bool) -> list[tuple[str, str]]:
        """Return (media query, page colour) for the browser's own bars."""
        tokens, scheme = (self.theme.plain if plain else self.theme.tokens), self.theme.scheme
        if scheme != "auto":
            return [("", (tokens.dark if scheme == "dark" else tokens.light)["bg"])]
        return [("", tokens.light["bg"]), ("(prefers-color-scheme:dark)", tokens.dark["bg"])]

    def _mark(self) -> str:
        """Return the address of the theme's mark as an icon for the browser's tab; empty if the theme has none."""
        if self._favicon is None:
            svg = str(_Drawing(self._env, self._script, self._mark_section).art("mark"))
            self._favicon = ""
            if svg:
                colours = self.theme.tokens.light
                svg = _VARIABLE.sub(lambda m: colours.get(m[1], "currentColor"), svg)
                content = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()
                path = hashed("mark.svg", content)
                self._assets[path] = content
                self._favicon = f"/{path}"
        return self._favicon

    def _check(self, page: Page, html: str, context: Mapping[str, Any]) -> None:
        """Raise ThemeError if a part that the view has did not reach the page."""
        part = lost(page, html)
        if part:
            other = shown_instead(part, html) if part.name in ("price", "total") else None
            message = f"the template of `{page.address}` lost {part.what}"
            if other is not None:
                message = f"the template of `{page.address}` gives another {part.name}: `data-amount` is `{other}`"
            raise ThemeError(
                message,
                help=part.needed,
                path=self._culprit(page, part, context) or self._env.place(f"pages/{page.kind}.html"),
            )

    def _culprit(self, page: Page, part: Promise, context: Mapping[str, Any]) -> Path | None:
        """Return the template without which the page would have kept its part, of those that lie over base."""
        for path in self._env.overriding():
            env = Templates(self.theme, None, without=path)
            env.globals.update(self._env.globals)
            with suppress(ThemeError):
                html = _Drawing(env, self._script, self._mark_section).render(f"pages/{page.kind}.html", **context)
                if lost(page, html) != part:
                    return path
        return None


class _Drawing:
    """The rendering of one page: what it used, and a fresh id for each drawing on it."""

    def __init__(self, env: Templates, address: Callable[[str], str], mark: Mark) -> None:
        self._env = env
        self._address = address
        self._mark = mark
        self._scripts: set[str] = set()
        self._context: dict[str, Any] = {}
        self._drawings = 0
        self.used: set[str] = set()

    def render(self, template: str, **context: Any) -> str:
        own = {"section": self.section, "art": self.art, "drawing": self.drawing, "script": self.script}
        self._context = {**own, **context}
        return self._env.text(template, self._context)

    def section(self, name: str, **context: Any) -> Markup:
        """Render sections/<name>.html with the page and `context`; its CSS joins the page unless nothing came out."""
        html = self._env.get_template(f"sections/{name}.html").render({**self._context, **context})
        if not html or html.isspace():
            return Markup("")
        self.used.add(name)
        return Markup(self._mark(name, html))

    def script(self, name: str, told: View | None = None, *, defer: bool = True) -> Markup:
        """Load a script of the theme, once on a page, with its data; it runs once the page is there, or at once."""
        if name in self._scripts:
            return Markup("")
        self._scripts.add(name)
        given = {f"data-{field}": value for field, value in structs.asdict(told).items()} if told else {}
        return Markup("<script{}></script>").format(attributes({"src": self._address(name), "defer": defer, **given}))

    def art(self, slot: str) -> Markup:
        """Render the theme's drawing for a slot, or `mini` where it has none; `id` in it is unique on the page."""
        name = self.drawing(slot)
        if not name:
            return Markup("")
        self._drawings += 1
        return Markup(self._env.text(f"art/{name}.svg", {"id": f"a{self._drawings}"}))

    def drawing(self, slot: str) -> str:
        """Return the name of the drawing that the theme has for a slot; empty where it has none."""
        names = (slot,) if slot in ("mark", "mini") else (slot, "mini")
        return next((name for name in names if self._env.place(f"art/{name}.svg")), "")


def _goes_on(line: bytes) -> bool:
    """Whether a text of a script may go on in the next line, whose indentation it then says."""
    return line.count(b"`") % 2 == 1 or line.rfind(b"${") > line.rfind(b"}") or line.endswith(b"\\")
