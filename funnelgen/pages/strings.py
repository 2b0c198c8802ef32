"""The fixed words of the pages, one file per locale: a template asks `t("skip")` and holds no word of its own.

Files are read from the plainest to the most particular: English before the site's language, the base before the
theme before the site's own `theme/strings`. Whatever comes later wins, key by key.

Words with a number in them may stand in the forms that their language has (`one`, `few`, `other`, …); which form a
number takes is CLDR's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup, escape
from msgspec import Struct

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.money import babel_locale, format_number
from funnelgen.site.yamltree import parse_yaml

FALLBACK = "en"
STAND_INS = {"pt": "pt-BR"}
"""A language without words of its own, and the country whose words all its readers understand; CLDR names the same."""
OTHER = "other"
"""The plural form that every language has, for numbers that have none of their own."""
WHERE = "all keys are in strings/en.yaml of the base theme"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# libyaml is ten times faster, and not everywhere. The base loader leaves all scalars text: `no: No thanks` is a word.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class ThemeError(Exception):
    """A theme that cannot be used: what is wrong, what to do about it (`help`), in which file and line of it.

    In a YAML file, `at` has the keys (and numbers of items) that lead to the place: the value there, or with `on_key`
    the key itself.
    """

    def __init__(
        self,
        message: str,
        *,
        help: str = "",
        path: Path | None = None,
        line: int = 1,
        at: tuple[str | int, ...] = (),
        on_key: bool = False,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.path = path
        self.line = line
        self.at = at
        self.on_key = on_key

    def __str__(self) -> str:
        """The message with its place and its help, for where it is not shown as a diagnostic."""
        place = f"{self.path}: " if self.path else ""
        return f"{place}{self.message}" + (f" (help: {self.help})" if self.help else "")


def read_text(path: Path) -> str:
    """Read a text file of a theme. Raises ThemeError where it is not UTF-8 or cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"not UTF-8: byte 0x{error.object[error.start]:02x}"
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ThemeError(message, help="save it as UTF-8 in your editor", path=path, line=line) from error
    except OSError as error:
        raise _unread(path, error) from error


def read_bytes(path: Path) -> bytes:
    """Read a file of a theme as it is. Raises ThemeError where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unread(path, error) from error


def _unread(path: Path, error: OSError) -> ThemeError:
    return ThemeError(f"`{path.name}` cannot be read: {error.strerror}", help="check its permissions", path=path)


def read_mapping(path: Path) -> dict[str, Any]:
    """Read a YAML file that holds one mapping; every scalar stays text. Raises ThemeError where it holds no mapping."""
    text = read_text(path)
    try:
        content = yaml.load(text, Loader=_LOADER)
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
    """Return the locales to read for one, plainest first: "de-AT" gives en, de, de-AT; "pt-PT" en, pt-BR, pt, pt-PT."""
    parts = locale.replace("_", "-").split("-")
    chain = ["-".join(parts[: n + 1]) for n in range(len(parts))]
    stand_in = STAND_INS.get(parts[0])
    chain = [*([stand_in] if stand_in and stand_in != chain[-1] else []), *chain]
    return [FALLBACK, *(name for name in chain if name and name != FALLBACK)]


class Phrase(Struct, frozen=True):
    """The words of one key: by plural form where they count something, else all under `other`."""

    forms: Mapping[str, str]
    locale: str  # of the file; English words keep English forms on a page in another language
    placeholders: frozenset[str]

    @property
    def counts(self) -> bool:
        """Whether the words depend on a number."""
        return len(self.forms) > 1

    def text(self, values: Mapping[str, str | int]) -> str:
        """Return the words for the number among `values`. Raises ValueError where there are forms and no one number."""
        if not self.counts:
            return self.forms[OTHER]
        (number,) = (value for value in values.values() if isinstance(value, int))
        return self.forms.get(babel_locale(self.locale).plural_form(number), self.forms[OTHER])


class Strings:
    """The words of one locale. Calling it gives the words of a key: `t("copyright", name="Harborlight")`."""

    def __init__(self, phrases: Mapping[str, Phrase], locale: str) -> None:
        self._phrases = dict(phrases)
        self.locale = locale
        self._turned = is_rtl(locale)

    @classmethod
    def load(cls, folders: Sequence[Path], locale: str) -> Strings:
        """Read `<locale>.yaml` of every folder (base first, the site's own last) over the English of the first one.

        A locale without a file, or with half of one, falls back to English. Raises ThemeError for a key, a
        placeholder or a plural form that does not exist: a typing error would leave the old words standing without a
        sound.
        """
        base = folders[0] / f"{FALLBACK}.yaml"
        known = _read_phrases(base)
        phrases = dict(known)
        for name in locale_chain(locale):
            for folder in folders:
                path = folder / f"{name}.yaml"
                if path != base and path.is_file():
                    phrases.update(_checked(_read_phrases(path), known, path))
        return cls(phrases, locale)

    def keys(self) -> frozenset[str]:
        """Return all keys, for tests and for editors."""
        return frozenset(self._phrases)

    def untranslated(self) -> frozenset[str]:
        """Return the keys whose words are English, on a site in another language."""
        if language_of(self.locale) == FALLBACK:
            return frozenset()
        return frozenset(k for k, phrase in self._phrases.items() if language_of(phrase.locale) == FALLBACK)

    def __call__(self, key: str, **values: str | int) -> str:
        """Return the words of `key` with its placeholders filled; a number is written as the locale writes it.

        A value that is Markup (a link) makes the whole Markup, everything else in it escaped. Raises ThemeError for an
        unknown key and for placeholders that are not exactly those of the words.
        """
        phrase = self._phrases.get(key)
        if phrase is None:
            raise ThemeError(f"unknown string `{key}`", help=did_you_mean(key, self._phrases, otherwise=WHERE))
        if not values and not phrase.placeholders:
            return phrase.forms[OTHER]
        if unfit := phrase.placeholders.symmetric_difference(values):
            words = f"its words are: {phrase.forms[OTHER]}"
            raise ThemeError(f"string `{key}` and its call disagree on {_names(unfit)}", help=words)
        text = phrase.text(values)
        shown = {name: self._shown(value) for name, value in values.items()}
        if any(isinstance(value, Markup) for value in shown.values()):
            return Markup(_PLACEHOLDER.sub(lambda m: str(escape(shown[m[1]])), str(escape(text))))
        return _PLACEHOLDER.sub(lambda m: str(shown[m[1]]), text)

    def _shown(self, value: str | int) -> str:
        """Return a value as it stands in the words. A name or an address in Latin letters keeps its own direction."""
        if isinstance(value, int):
            return format_number(value, self.locale)
        return isolated(value) if self._turned else value


def is_rtl(locale: str) -> bool:
    """Whether a locale is written from right to left."""
    try:
        return babel_locale(locale).character_order == "right-to-left"
    except ValueError:
        return False


def isolated(text: str) -> str:
    """Return `text` between Unicode's marks of isolation, so that neither it nor what is around it is reordered.

    A list of such texts is left as it is: isolated once more, it would have no direction but from left to right.
    """
    if text.startswith("\u2068"):
        return text
    return Markup("\u2068") + text + "\u2069" if isinstance(text, Markup) else f"\u2068{text}\u2069"


def language_of(locale: str) -> str:
    """Return the language of a locale, without script and country."""
    return locale.replace("_", "-").partition("-")[0]


def tongue_names(locales: Iterable[str]) -> Mapping[str, str]:
    """Return what those who speak each language call it ("Deutsch"), with its country where two share a language."""
    known = {locale: babel_locale(locale) for locale in locales}
    named = [language_of(locale) for locale in known]
    names = {
        tag: locale.get_display_name(locale) if named.count(language_of(tag)) > 1 else locale.get_language_name(locale)
        for tag, locale in known.items()
    }
    return {tag: f"{name[:1].upper()}{name[1:]}" if name else tag for tag, name in names.items()}


def _read_phrases(path: Path) -> dict[str, Phrase]:
    """Read one strings file: a key with its words, or with its words by plural form."""
    return {key: _phrase(key, words, path) for key, words in read_mapping(path).items()}


def _phrase(key: Any, words: Any, path: Path) -> Phrase:
    forms = words if isinstance(words, dict) else {OTHER: words}
    if not isinstance(key, str) or not all(isinstance(text, str) for text in forms.values()):
        raise ThemeError(f"string `{key}` is not a line of text", path=path, at=(key,) if isinstance(key, str) else ())
    if isinstance(words, dict):
        there = plural_forms(path.stem)
        which = f"the forms of `{path.stem}` are {', '.join(f'`{form}`' for form in there)}"
        if extra := [form for form in forms if form not in there]:
            message = f"string `{key}` has no plural form `{extra[0]}`"
            raise ThemeError(message, help=which, path=path, at=(key, extra[0]), on_key=True)
        if OTHER not in forms:
            raise ThemeError(f"string `{key}` lacks the plural form `{OTHER}`", help=which, path=path, at=(key,))
    return Phrase(forms, path.stem, frozenset(name for text in forms.values() for name in _PLACEHOLDER.findall(text)))


def plural_forms(locale: str) -> tuple[str, ...]:
    """Return the plural forms of a language, as CLDR names and orders them: ("one", "other") in English."""
    tags = babel_locale(locale).plural_form.tags | {OTHER}
    return tuple(form for form in ("zero", "one", "two", "few", "many", OTHER) if form in tags)


def _checked(phrases: dict[str, Phrase], known: Mapping[str, Phrase], path: Path) -> dict[str, Phrase]:
    """Return `phrases` if each key and placeholder is one of the base's, and forms stand where the base has some."""
    for key, phrase in phrases.items():
        if key not in known:
            help = did_you_mean(key, known, otherwise=WHERE)
            raise ThemeError(f"unknown string `{key}`", help=help, path=path, at=(key,), on_key=True)
        there = known[key].placeholders
        if extra := phrase.placeholders - there:
            help = f"it has {_names(there)}"
            raise ThemeError(f"string `{key}` has no {_names(extra)}", help=help, path=path, at=(key,))
        if phrase.counts and not known[key].counts:
            raise ThemeError(f"string `{key}` counts nothing", help="write one line of text", path=path, at=(key,))
    return phrases


def _names(names: Iterable[str]) -> str:
    """Write placeholders as a reader would type them."""
    return ", ".join(f"`{{{name}}}`" for name in sorted(names)) or "no placeholder"
