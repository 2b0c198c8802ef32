"""The fixed words of the pages, one file per locale: a template asks `t("skip")` and holds no word of its own.

Files are read from the plainest to the most particular: English before the site's language, the base before the
theme before the site's own `theme/strings`. Whatever comes later wins, key by key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.site.yamltree import parse_yaml

FALLBACK = "en"
WHERE = "all keys are in strings/en.yaml of the base theme"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# libyaml is ten times faster, and not everywhere. The base loader leaves all scalars text: `no: No thanks` is a word.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ThemeError(Exception):
    """A theme that cannot be used: what is wrong, what to do about it (`help`), in which file and line of it."""

    def __init__(self, message: str, *, help: str = "", path: Path | None = None, line: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """The message with its place and its help, for where it is not shown as a diagnostic."""
        place = f"{self.path}: " if self.path else ""
        return f"{place}{self.message}" + (f" (help: {self.help})" if self.help else "")


def read_mapping(path: Path) -> dict[str, Any]:
    """Read a YAML file that holds one mapping; every scalar stays text. Raises ThemeError where it holds no mapping."""
    try:
        text = path.read_text(encoding="utf-8")
        content = yaml.load(text, Loader=_LOADER)
    except UnicodeDecodeError as error:
        raise ThemeError(f"not readable as YAML: {error}", help="save it as UTF-8", path=path) from error
    except yaml.YAMLError as error:
        found = parse_yaml(text, path.name)[1]  # the same mistake, in plain words
        what, help = (found[0].message, found[0].help) if found else (" ".join(str(error).split()), "")
        line = found[0].span.line if found and found[0].span else 1
        raise ThemeError(f"not readable as YAML: {what}", help=help, path=path, line=line) from error
    if content is None or content == "":
        return {}
    if not isinstance(content, dict):
        raise ThemeError("expected `key: value` lines", path=path)
    return content


def locale_chain(locale: str) -> list[str]:
    """Return the locales to read for one, plainest first: "de-AT" gives en, de, de-AT."""
    parts = locale.replace("_", "-").split("-")
    chain = ["-".join(parts[: n + 1]) for n in range(len(parts))]
    return [FALLBACK, *(name for name in chain if name and name != FALLBACK)]


class Strings:
    """The words of one locale. Calling it gives the words of a key: `t("copyright", name="Harborlight")`."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = dict(words)
        self._names = {key: frozenset(_PLACEHOLDER.findall(text)) for key, text in words.items()}

    @classmethod
    def load(cls, folders: Sequence[Path], locale: str) -> Strings:
        """Read `<locale>.yaml` of every folder (base first, the site's own last) over the English of the first one.

        A locale without a file, or with half of one, falls back to English. Raises ThemeError for a key or a
        placeholder that the base does not have: a typing error would leave the old words standing without a sound.
        """
        base = folders[0] / f"{FALLBACK}.yaml"
        words = _read_words(base)
        known = {key: frozenset(_PLACEHOLDER.findall(text)) for key, text in words.items()}
        for name in locale_chain(locale):
            for folder in folders:
                path = folder / f"{name}.yaml"
                if path != base and path.is_file():
                    words.update(_checked(_read_words(path), known, path))
        return cls(words)

    def keys(self) -> frozenset[str]:
        """Return all keys, for tests and for editors."""
        return frozenset(self._words)

    def __call__(self, key: str, **values: str) -> str:
        """Return the words of `key` with its placeholders filled.

        A value that is Markup (a link) makes the whole Markup, everything else in it escaped. Raises ThemeError for an
        unknown key and for placeholders that are not exactly those of the words.
        """
        text = self._words.get(key)
        if text is None:
            raise ThemeError(f"unknown string `{key}`", help=did_you_mean(key, self._words, otherwise=WHERE))
        if not values and not self._names[key]:
            return text
        if unfit := self._names[key].symmetric_difference(values):
            raise ThemeError(f"string `{key}` and its call disagree on {_names(unfit)}", help=f"its words are: {text}")
        if any(isinstance(value, Markup) for value in values.values()):
            return Markup(_PLACEHOLDER.sub(lambda m: str(escape(values[m[1]])), str(escape(text))))
        return _PLACEHOLDER.sub(lambda m: str(values[m[1]]), text)


def _read_words(path: Path) -> dict[str, str]:
    """Read one strings file: flat, text to text."""
    words = read_mapping(path)
    for key, text in words.items():
        if not isinstance(key, str) or not isinstance(text, str):
            raise ThemeError(f"string `{key}` is not a line of text", path=path)
    return words


def _checked(words: dict[str, str], known: Mapping[str, frozenset[str]], path: Path) -> dict[str, str]:
    """Return `words` if each key and placeholder is one of the base's."""
    for key, text in words.items():
        if key not in known:
            raise ThemeError(f"unknown string `{key}`", help=did_you_mean(key, known, otherwise=WHERE), path=path)
        if extra := set(_PLACEHOLDER.findall(text)) - known[key]:
            raise ThemeError(f"string `{key}` has no {_names(extra)}", help=f"it has {_names(known[key])}", path=path)
    return words


def _names(names: Iterable[str]) -> str:
    """Write placeholders as a reader would type them."""
    return ", ".join(f"`{{{name}}}`" for name in sorted(names)) or "no placeholder"
