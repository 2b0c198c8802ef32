"""Load a site: read its folder, decode every file, and give the site together with every problem found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from msgspec import Struct, structs

from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.money import babel_locale, is_currency
from funnelgen.site import yamltree
from funnelgen.site.copytext import cut_blocks
from funnelgen.site.decode import Reader
from funnelgen.site.decoders import DECODERS
from funnelgen.site.files import Folder
from funnelgen.site.frontmatter import split_front_matter
from funnelgen.site.kept import Kept, Made
from funnelgen.site.kinds import wrong_id
from funnelgen.site.models import Config, Links, Site, Stack
from funnelgen.site.problems import problem
from funnelgen.site.variables import fill
from funnelgen.site.writing import Copy, FrontMatter, Term, TermFront

T = TypeVar("T")


class Loaded(Struct, frozen=True, kw_only=True):
    """A site and what is wrong with its files. `sources` has the texts, for diagnostics to quote."""

    site: Site | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, str]


class SiteNotFound(Exception):
    """The folder is no site: it is not there, or has no site.yaml."""


def load_site(
    root: Path,
    *,
    kept: Kept | None = None,
    changed: Collection[str] | None = None,
    environ: Mapping[str, str] = {},
    today: date | None = None,
) -> Loaded:
    """Read the site in the folder `root`.

    `kept` is what earlier loads of the same folder left for this one; `changed` are then the files, by path, that may
    have changed since, None where any may have. The result is the same without either. `environ` has the variables
    that links.yaml may name, and `SOURCE_DATE_EPOCH`, the moment of the build; `today` is its day by itself. Raises
    SiteNotFound where there is no folder or no site.yaml in it. Every other mistake is a diagnostic; `site` is None
    only where site.yaml or every stack cannot be read at all.
    """
    try:
        if not root.is_dir():
            raise SiteNotFound(f"there is no folder `{root}`")
        if not (root / "site.yaml").is_file():
            if (root / "site.yml").is_file():
                raise SiteNotFound(f"`{root}` has a site.yml, which must be called site.yaml")
            raise SiteNotFound(f"`{root}` is not a site: it has no site.yaml")
    except OSError as error:
        raise SiteNotFound(f"`{root}` cannot be read: {error.strerror}") from error
    kept = kept or Kept()
    kept.begin(changed)
    return _Loading(Folder(root, kept), environ, today).load()


class _Loading:
    """One load: the folder, what was decoded, what was wrong."""

    def __init__(self, folder: Folder, environ: Mapping[str, str], today: date | None) -> None:
        self.folder = folder
        self.environ = environ
        self.today = today
        self.problems: list[Diagnostic] = []
        self.currency = "USD"

    def load(self) -> Loaded:
        self._other_endings()
        config = self._config()
        stacks = self._stacks()
        links = self._model(Links, "links.yaml", "links.yaml") if "links.yaml" in self.folder.files else Links()
        pages = {c.name: c for c in self._copies("pages")}
        copy = {(c.stack, c.name): c for c in self._copies("copy")}
        glossary = {term.slug: term for term in self._terms()}
        site = None
        if config is not None and stacks and links is not None:
            own = (f"{config.own_theme}/",) if config.own_theme else ()
            used = ("assets/", "downloads/", "theme/", *own)
            site = Site(
                config=config,
                stacks=tuple(stacks),
                links=fill(links, self.environ),
                copy=copy,
                pages=pages,
                glossary=glossary,
                files={path: file for path, file in self.folder.files.items() if path.startswith(used)},
                folder=self.folder.root,
                today=self._today(config, stacks),
                unreadable=self._unreadable(),
            )
        return Loaded(site=site, diagnostics=(*self.folder.problems, *self.problems), sources=self.folder.texts)

    def _today(self, config: Config, stacks: list[Stack]) -> date | None:
        """The day at the site, where one decides what is sold: without a date a build is the same on every day."""
        if not any(offer.open or offer.closes for stack in stacks for offer in stack.offers.values()):
            return None
        from funnelgen.site.clock import ClockError, day_at  # only sites with dates pay for the import

        try:
            return self.today or day_at(config.timezone, self.environ)
        except ClockError as error:
            self._refuse("FG006", str(error), Span("site.yaml"), error.remedy)
            return None

    def _with_other_ending(self) -> list[str]:
        own = [p for p in ("stack.yml", "links.yml") if p in self.folder.files]
        return own + self.folder.below("stacks", ".yml")

    def _other_endings(self) -> None:
        """Refuse what would silently not be read: without its links.yaml a site would be built in demo mode."""
        for path in self._with_other_ending():
            help = f"rename it to {path.removesuffix('.yml')}.yaml"
            self._refuse("FG009", f"`{path}` is not read", Span(path), help)

    def _config(self) -> Config | None:
        config: Config | None = self._model(Config, "site.yaml", "site.yaml")
        if config is None:
            return None
        # An unknown one is replaced, since every amount of the site has to be read and shown with it.
        if not is_currency(config.currency):
            help = "three capitals, as in `USD` or `EUR`"
            self._refuse("FG006", f"no currency is called `{config.currency}`", config.places.at("currency"), help)
            config = structs.replace(config, currency=self.currency)
        if not self._is_locale(config):
            config = structs.replace(config, locale="en")
        self.currency = config.currency
        return config

    def _is_locale(self, model: Config | Stack) -> bool:
        """Whether the model's `locale:` is one that CLDR knows; a problem where it is not."""
        try:
            babel_locale(model.locale or "en")
        except ValueError:
            help = "a language and a country, as in `en-US` or `de`"
            self._refuse("FG006", f"no locale is called `{model.locale}`", model.places.at("locale"), help)
            return False
        return True

    def _stacks(self) -> list[Stack]:
        several = [p for p in self.folder.below("stacks", ".yaml") if p.count("/") == 1]
        single = "stack.yaml" in self.folder.files
        if single and several:
            help = "keep stack.yaml for one audience, or stacks/ for several"
            self._refuse("FG009", "a site has stack.yaml or stacks/, not both", Span("stack.yaml"), help)
        if not single and not several and not any(p.startswith("stack") for p in self._with_other_ending()):
            self._refuse("FG009", "there is no stack.yaml", Span("site.yaml"), "write what you sell in stack.yaml")
        files = [("", "stack.yaml")] if single else []
        for path in several:
            name = path.removeprefix("stacks/").removesuffix(".yaml")
            if self._good_name(name, path):
                files.append((name, path))
        stacks = [s for name, path in files if (s := self._model(Stack, path, "a stack", name=name, file=path))]
        return [s if self._is_locale(s) else structs.replace(s, locale=None) for s in stacks]

    def _model(self, cls: type, path: str, what: str, **given: Any) -> Any:
        text = self.folder.text(path)
        if text is None:
            return None
        return self._once(path, text, lambda: self._decoded(cls, text, path, what, **given))

    def _once(self, path: str, text: str, make: Callable[[], T]) -> T:
        """What a file's text is made into; kept, with the problems that are found on the way, for the next load."""
        kept = self.folder.kept.made(path, text, self.currency)
        if kept:
            self.problems += kept.problems
            value: T = kept.value
            return value
        told, currency = len(self.problems), self.currency
        value = make()
        found = tuple(self.problems[told:])
        self.folder.kept.keep_made(path, Made(text=text, currency=currency, value=value, problems=found))
        return value

    def _decoded(self, cls: type, text: str, path: str, what: str, **given: Any) -> Any:
        tree, problems = yamltree.parse_yaml(text, path)
        self.problems += problems
        if tree is None and problems:
            return None
        reader = self._reader()
        empty = yamltree.Mapping([], Span(path, 1, 1, 1, 1))
        model = reader.model(cls, tree or empty, what, **given)
        self.problems += reader.problems
        return model

    def _reader(self) -> Reader:
        return Reader(DECODERS, currency=self.currency)

    def _copies(self, folder: str) -> list[Copy]:
        """The Markdown files of copy/ or pages/. A folder below copy/ stands for a stack, if there is one or not.

        One below pages/ stands for a stack that there is: its own page `terms` is called "german/terms".
        """
        out = []
        for path in self.folder.below(folder, ".md"):
            stack, slash, name = path.removeprefix(folder + "/").removesuffix(".md").rpartition("/")
            if folder == "pages" and stack and f"stacks/{stack}.yaml" not in self.folder.files:
                self._refuse("FG008", f"`pages/{stack}/` belongs to no stack", Span(path), self._whose_pages(stack))
                continue
            if not self._good_name(name, path):
                continue
            name = stack + slash + name if folder == "pages" else name
            copy = self._markdown(path, FrontMatter, "front matter", partial(Copy, name=name, stack=stack, file=path))
            if copy is not None:
                out.append(copy)
        return out

    def _whose_pages(self, folder: str) -> str:
        stacks = [path.removeprefix("stacks/").removesuffix(".yaml") for path in self.folder.below("stacks", ".yaml")]
        if not stacks:
            return "put it into pages/ itself: only a site with several stacks has folders there"
        return "a folder in pages/ is called after its stack; " + did_you_mean(folder, stacks)

    def _unreadable(self) -> frozenset[str]:
        """The Markdown files of which nothing was read; call it last."""
        folders = (self.folder.below(name, ".md") for name in ("copy", "pages", "glossary"))
        return frozenset(path for paths in folders for path in paths if path not in self.folder.texts)

    def _terms(self) -> list[Term]:
        out = []
        for path in self.folder.below("glossary", ".md"):
            slug = path.removeprefix("glossary/").removesuffix(".md")
            if self._good_name(slug, path):
                term = self._markdown(path, TermFront, "a glossary term", partial(Term, slug=slug, file=path))
                if term is not None:
                    out.append(term)
        return out

    def _markdown(self, path: str, cls: type, what: str, item: Callable[..., T]) -> T | None:
        """A file of Markdown as what `item` makes of its front matter and its blocks."""
        text = self.folder.text(path)
        return None if text is None else self._once(path, text, lambda: self._cut(path, text, cls, what, item))

    def _cut(self, path: str, text: str, cls: type, what: str, item: Callable[..., T]) -> T | None:
        tree, body, first_line, problems = split_front_matter(text, path)
        reader = self._reader()
        front = reader.model(cls, tree or yamltree.Mapping([], Span(path, 1, 1, 1, 1)), what)
        blocks, cut = cut_blocks(body, path, first_line)
        self.problems += [*problems, *(() if tree is None and problems else reader.problems), *cut]
        return None if front is None else item(front=front, blocks=blocks)

    def _good_name(self, name: str, path: str) -> bool:
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and not wrong_id(name):
            return True
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        better = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
        better = f", as in `{better}`" if better and better != name and not wrong_id(better) else ""
        help = f"use lower-case letters, digits and hyphens{better}: the name becomes an address"
        self._refuse("FG008", f"`{name[:60]}` cannot be a page's name", Span(path), help)
        return False

    def _refuse(self, code: str, message: str, span: Span | None, help: str = "") -> None:
        self.problems.append(problem(code, message, span, help=help))
