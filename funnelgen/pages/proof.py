"""A theme's own files, proof-read: what can be said of templates, drawings and style sheets without making a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import meta, nodes

from funnelgen.diagnostics.suggest import did_you_mean
from funnelgen.pages.marks import declared, drawing_faults, sheet_faults
from funnelgen.pages.strings import ThemeError, read_text
from funnelgen.pages.templates import Templates, no_attribute
from funnelgen.pages.themes import Theme
from funnelgen.pages.views import Page, SiteView

GIVEN = frozenset(
    "page t css fonts favicon colours section art drawing script icon picture sized id image super caller loop".split()
)
"""The names that a template gets from us, wherever it stands."""
_ASSIGNED = re.compile(r"\b(\w+)\s*=[^=]")


def faults(theme: Theme) -> Iterator[ThemeError]:
    """Yield what is wrong in the files of the theme that are none of funnelgen's, folder by folder."""
    own = [(depth, folder) for depth, folder in enumerate(theme.folders) if folder.parent != theme.base.parent]
    files = [(depth, folder, _files(folder)) for depth, folder in own]
    if not any(found for _, _, found in files):
        return
    env = Templates(theme, None)
    known: set[str] | None = None
    for depth, folder, found in files:
        for path in found:
            inside = path.relative_to(folder).as_posix()
            if path.suffix == ".css":
                known = known or _custom_properties(theme)
                yield from sheet_faults(read_text(path), path, known)
            else:
                yield from _template_faults(env, f"{inside.removeprefix('templates/')}@{depth}", path)


def _files(folder: Path) -> list[Path]:
    patterns = ("templates/**/*.html", "templates/**/*.svg", "art/*.svg", "*.css", "pages/*.css", "sections/*.css")
    return sorted({path for pattern in patterns for path in folder.glob(pattern) if path.is_file()})


def _custom_properties(theme: Theme) -> set[str]:
    """The names that `var(--…)` may have: tokens, and what any style sheet or template of the theme declares."""
    known = {*theme.tokens.light, *theme.tokens.dark, *theme.tokens.sizes}
    for folder in theme.folders:
        for path in (*folder.glob("**/*.css"), *folder.glob("templates/**/*.html")):
            known |= declared(read_text(path))
    return known


def _template_faults(env: Templates, name: str, path: Path) -> Iterator[ThemeError]:
    text = read_text(path)
    try:
        env.compile(text, name, str(path), raw=True)
        tree = env.parse(text, name, str(path))
    except jinja2.TemplateSyntaxError as error:
        message = f"template failed at line {error.lineno}: {error.message}"
        yield ThemeError(message, path=path, line=error.lineno)
        return
    found = [
        *_names(env, tree),
        *_fields(tree),
        *_calls(env, tree),
        *_others(env, tree, name),
        *_blocks(env, tree, name),
    ]
    for line, fault in sorted(found, key=lambda it: it[0]):
        fault.path, fault.line = path, line
        yield fault
    if path.suffix == ".svg" and not found:
        yield from _drawn(env, name, path)


Found = tuple[int, ThemeError]


def _drawn(env: Templates, name: str, path: Path) -> Iterator[ThemeError]:
    try:
        yield from drawing_faults(env.text(name, {"id": "a1"}), path)
    except ThemeError as error:
        yield error


def _names(env: Templates, tree: nodes.Template) -> Iterator[Found]:
    """Names that nobody gives: not we, not this template, not one that calls it as a section."""
    stored = {it.name for it in tree.find_all(nodes.Name) if it.ctx != "load"}
    unknown = meta.find_undeclared_variables(tree) - GIVEN - env.globals.keys() - stored
    if not unknown:
        return
    paths = [it for folder in env.theme.folders for it in folder.glob("templates/**/*.html")]
    assigned = {name for it in paths for name in _ASSIGNED.findall(read_text(it))}
    tested = {it.node.name for it in tree.find_all(nodes.Test) if isinstance(it.node, nodes.Name)}
    tested |= {it.node.name for it in tree.find_all(nodes.Filter) if isinstance(it.node, nodes.Name)}
    for name in sorted(unknown - assigned - tested):
        line = next(it.lineno for it in tree.find_all(nodes.Name) if it.name == name)
        help = did_you_mean(name, sorted(GIVEN), otherwise="docs/themes.md says what a template gets")
        yield line, ThemeError(f"a template gets no `{name}`", help=help)


def _fields(tree: nodes.Template) -> Iterator[Found]:
    """Fields of the page, and of its site, that there are not."""
    tested = {id(it.node) for it in tree.find_all(nodes.Test)}
    for it in tree.find_all(nodes.Getattr):
        if id(it) in tested:
            continue
        match it.node:
            case nodes.Name(name="page"):
                view: type = Page
            case nodes.Getattr(node=nodes.Name(name="page"), attr="site"):
                view = SiteView
            case _:
                continue
        if not hasattr(view, it.attr):
            yield it.lineno, no_attribute(view, it.attr)


def _calls(env: Templates, tree: nodes.Template) -> Iterator[Found]:
    """Sections, icons and words that there are not, where they are named outright."""
    for call in tree.find_all(nodes.Call):
        if not (isinstance(call.node, nodes.Name) and call.args and isinstance(call.args[0], nodes.Const)):
            continue
        what, name = call.node.name, str(call.args[0].value)
        if what == "section" and not env.place(f"sections/{name}.html"):
            yield call.lineno, env.not_found(f"sections/{name}.html", None, call.lineno)
        if what == "icon" and not env.place(f"icons/{name}.svg"):
            yield call.lineno, ThemeError(f"unknown icon `{name}`", help=did_you_mean(name, env.icons()))
        if what == "t" and name not in (keys := env.theme.strings.keys()):
            yield call.lineno, ThemeError(f"unknown string `{name}`", help=did_you_mean(name, sorted(keys)))


def _others(env: Templates, tree: nodes.Template, name: str) -> Iterator[Found]:
    """Templates that this one extends or includes, and that there are not."""
    others: list[nodes.Extends | nodes.Include] = [*tree.find_all(nodes.Extends), *tree.find_all(nodes.Include)]
    for it in others:
        if isinstance(it.template, nodes.Const) and not getattr(it, "ignore_missing", False):
            asked = env.join_path(str(it.template.value), name)
            if not env.place(asked):
                yield it.lineno, env.not_found(asked, None, it.lineno)


def _blocks(env: Templates, tree: nodes.Template, name: str) -> Iterator[Found]:
    """Blocks that nothing below has: Jinja would never show what is in them."""
    known: set[str] = set()
    below, seen = _parent(env, tree, name), {name}
    if below is None:
        return
    while below and below not in seen and (path := env.place(below)):
        seen.add(below)
        try:
            parent = env.parse(read_text(path), below, str(path))
        except jinja2.TemplateSyntaxError:
            return  # said of that file
        known |= {block.name for block in parent.find_all(nodes.Block)}
        below = _parent(env, parent, below)
    if below:
        return  # one that is missing, or a ring: said elsewhere
    for block in (it for it in tree.body if isinstance(it, nodes.Block)):
        if block.name not in known:
            message = f"no template below has a block `{block.name}`, so what is in it is never shown"
            yield block.lineno, ThemeError(message, help=did_you_mean(block.name, sorted(known)))


def _parent(env: Templates, tree: nodes.Template, name: str) -> str | None:
    extends = next(iter(tree.find_all(nodes.Extends)), None)
    if extends is None or not isinstance(extends.template, nodes.Const):
        return None
    return env.join_path(str(extends.template.value), name)


def unasked(theme: Theme) -> Iterator[ThemeError]:
    """Yield the templates and style sheets of the theme's own that nothing asks for: most likely misspelt."""
    templates = {it.relative_to(f).as_posix(): f for f in theme.folders[::-1] for it in f.glob("templates/**/*.html")}
    shipped = {name for name, folder in templates.items() if folder.parent == theme.base.parent}
    below = {it.relative_to(theme.base).as_posix() for it in theme.base.glob("templates/**/*.html")} | shipped
    words = " ".join(read_text(it) for f in theme.folders for it in f.glob("templates/**/*.html"))
    sheets = {it.removeprefix("templates/").removesuffix("html") + "css" for it in templates}
    for folder in (it for it in theme.folders if it.parent != theme.base.parent):
        first = "site.css" if folder == theme.site else "theme.css"
        for path in _files(folder):
            inside = path.relative_to(folder).as_posix()
            quoted = re.search(rf"[\"'/]{re.escape(path.stem)}(\.html)?[\"']", words)
            asked = {first, "base.css", *sheets} if path.suffix == ".css" else below
            if path.suffix != ".svg" and inside not in asked and (path.suffix == ".css" or not quoted):
                yield ThemeError(f"nothing asks for `{inside}`", help=did_you_mean(inside, sorted(asked)), path=path)
