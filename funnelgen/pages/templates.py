"""Jinja over a theme's folders: which file a template's name stands for, and where in it something failed."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from markupsafe import Markup

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages import views
from funnelgen.pages.strings import read_text
from funnelgen.pages.themes import Theme, ThemeError

_INDENT = re.compile(r"\n[ \t]+")
_ALL = "`funnelgen theme eject` lists all templates by name"
_BELOW = re.compile(r"@\d+$")
_TIERS = ((14, ""), (18, "w18"), (22, "w22"), (26, "w26"), (34, "w18"), (42, "w22"))
"""Up to so many letters, and the class. From 27 on they stand in two lines, or more."""
_MISSING = re.compile(r"^'funnelgen\.pages\.views\.[\w.]*?(\w+) object' has no attribute '(\w+)'$")
_LETTERS = re.compile(r"[^\W\d_]+")


class _Cache(jinja2.FileSystemBytecodeCache):
    """Compiled templates, kept between builds; where there is no room for them, the next build compiles them again."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


class Templates(jinja2.Environment):
    """Jinja over the theme's folders; `{% extends "theme:…" %}` reaches the same file one folder further down."""

    def __init__(self, theme: Theme, cache: Path | None, *, without: Path | None = None) -> None:
        """`without` is a file that is to be passed over, as if it were not there."""
        self.theme = theme
        self._without = without
        if cache:
            cache.mkdir(parents=True, exist_ok=True)
        super().__init__(
            loader=jinja2.FunctionLoader(self._source),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_Cache(str(cache)) if cache else None,
        )
        self.globals["sized"] = sized
        self._places: dict[str, Path | None] = {}

    def join_path(self, template: str, parent: str) -> str:
        """Turn "theme:sections/offer.html" into the name of the file after the one that asks for it."""
        if not template.startswith("theme:"):
            return template
        asking = self.place(parent)
        depth = next(n for n, folder in enumerate(self.theme.folders) if asking and asking.is_relative_to(folder))
        return f"{template.removeprefix('theme:')}@{depth + 1}"

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give all templates the same globals: Jinja's chain of mappings costs more per section than rendering it."""
        return self.globals

    def place(self, name: str) -> Path | None:
        """Return the file that a template name stands for."""
        if name not in self._places:
            relative, _, depth = name.partition("@")
            if ".." in Path(relative).parts:
                return None  # what lies outside of a theme is no template
            inside = relative if relative.startswith("art/") else f"templates/{relative}"
            folders = self.theme.folders[int(depth or 0) :]
            paths = (folder / inside for folder in folders)
            self._places[name] = next((path for path in paths if path != self._without and path.is_file()), None)
        return self._places[name]

    def overriding(self) -> list[Path]:
        """Return the templates that stand in the place of base's, those of the site first."""
        return [path for folder in self.theme.folders[:-1] for path in sorted(folder.glob("templates/**/*.html"))]

    def icons(self) -> list[str]:
        """Return the names of all icons."""
        return sorted({path.stem for folder in self.theme.folders for path in folder.glob("templates/icons/*.svg")})

    def text(self, name: str, context: Mapping[str, Any]) -> str:
        """Return what a template makes of `context`. Raises ThemeError, with its place, for whatever fails in it."""
        try:
            return self.get_template(name).render(context)
        except ThemeError as error:
            if error.path is None:
                error.path, error.line = self._where(error, name)
            raise
        except Exception as error:
            raise self._failed(error, name) from error

    def _failed(self, error: Exception, name: str) -> ThemeError:
        """Return what to say of a template in which something failed. A bug of ours is raised as it is."""
        path, line = self._where(error, name)
        match error:
            case jinja2.TemplateNotFound():
                return self.not_found(str(error.name), path, line)
            case RecursionError():
                help = "a template must not call or extend itself; `theme:` before a name means the one that lies below"
                return ThemeError("template comes to itself again and never ends", help=help, path=path, line=line)
            case jinja2.UndefinedError() if (found := _MISSING.search(error.message or "")) and (
                view := getattr(views, found[1], None)
            ):
                told = no_attribute(view, found[2])
                told.path, told.line = path, line
                return told
            case jinja2.TemplateError():
                return ThemeError(f"template failed at line {line}: {error.message}", path=path, line=line)
        if not any(not self._is_shipped(file) for file, _ in _passed(error)):
            raise error
        words = f"{type(error).__name__}: {error}"
        return ThemeError(f"template failed at line {line}: {words}", path=path, line=line)

    def _is_shipped(self, file: Path) -> bool:
        return any(
            file.is_relative_to(folder) for folder in self.theme.folders if folder.parent == self.theme.base.parent
        )

    def not_found(self, name: str, path: Path | None, line: int) -> ThemeError:
        """Return what to say of a template that there is not, which the one at `path` asks for."""
        inside = _BELOW.sub("", name)
        if inside != name and self.place(inside):
            help = f"leave out `theme:`: no theme has one that `{inside}` could extend"
            return ThemeError(f"no template `{inside}` lies below this one", help=help, path=path, line=line)
        folders = [folder / "templates" for folder in self.theme.folders]
        known = {file.relative_to(it).as_posix() for it in folders for file in it.glob("**/*.*")}
        return ThemeError(
            f"no template `{inside}`", help=did_you_mean(inside, sorted(known), otherwise=_ALL), path=path, line=line
        )

    def _where(self, error: Exception, name: str) -> tuple[Path | None, int]:
        """Return the file and line in which rendering `name` failed: the innermost template in the traceback."""
        if isinstance(error, jinja2.TemplateSyntaxError):
            return Path(error.filename or ""), error.lineno
        return next(reversed([*_passed(error)]), (self.place(name), 1))

    def _source(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        """Return a template's text, without the indentation that would only make pages longer."""
        path = self.place(name)
        if path is None:
            return None
        source = read_text(path)
        if "<pre" not in source and "<textarea" not in source:
            source = _INDENT.sub("\n", source)
        return source, str(path), lambda: True


def no_attribute(view: type, name: str) -> ThemeError:
    """Return what to say of a field that a view does not have: `an offer has no `nmae``."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"(?<=.)(View|Card)$", "", view.__name__)).lower()
    article = "an" if words[0] in "aeiou" else "a"
    known = [it for it in dir(view) if not it.startswith("_")]
    otherwise = f"it has {', '.join(f'`{it}`' for it in known)}"
    return ThemeError(f"{article} {words} has no `{name}`", help=did_you_mean(name, known, otherwise=otherwise))


def sized(words: str, *classes: str) -> Markup:
    """Return the class attribute of words: `classes`, and how many letters a line must hold for their longest word.

    That is w18, w22 or w26. Style sheets cannot know how long a word is, and not every browser has a dictionary to
    break it by; a word that no line holds gets one in which no two or three letters are left over.
    """
    letters = max(map(len, _LETTERS.findall(Markup(words).striptags())), default=0)
    tier = next((name for most, name in _TIERS if letters <= most), "w18")
    names = " ".join(filter(None, (*classes, tier)))
    return Markup(' class="{}"').format(names) if names else Markup("")


def _passed(error: Exception) -> Iterator[tuple[Path, int]]:
    """Yield file and line of each template that an error came through, the innermost last."""
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename.endswith((".html", ".svg")):
            yield Path(frame.f_code.co_filename), line
