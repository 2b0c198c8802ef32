"""The pipeline: from a site to its files, a line per phase."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct

from funnelgen.checks import Built, Contrast, Framed, KeptTexts, check_output, check_site, no_theme, unreadable
from funnelgen.diagnostics import Diagnostic, has_errors, in_order
from funnelgen.funnel import Funnel, compile_funnel
from funnelgen.funnel.manifest import Manifest, Mode, make_manifest
from funnelgen.site import Loaded, Site

if TYPE_CHECKING:
    from funnelgen.pages import Edition
    from funnelgen.pages.press import Printed
    from funnelgen.pages.render import Mark, Renderer
    from funnelgen.pages.themes import Theme, ThemeError


class Checked(Struct, frozen=True, kw_only=True):
    """A site with its funnel and everything that was found wrong with both."""

    site: Site | None
    funnel: Funnel | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]

    @property
    def can_build(self) -> bool:
        """Whether there is a site and no error in it."""
        return self.funnel is not None and not has_errors(self.diagnostics)


class Output(Struct, frozen=True, kw_only=True):
    """A built site: its files by path, the manifest, which is not one of them, and what is wrong with the pages."""

    files: Mapping[str, bytes]
    manifest: Manifest
    diagnostics: tuple[Diagnostic, ...] = ()


class Failed(Exception):
    """A page could not be made, for a reason in the site's or the theme's own files."""

    def __init__(self, diagnostic: Diagnostic, sources: Mapping[str, str] = {}) -> None:
        """`sources` has the text that the diagnostic points into, where it is none of those that were loaded."""
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic
        self.sources = sources


Progress = Callable[[int, int], None]
"""Told how many pages are made, and of how many."""


def check(loaded: Loaded, mode: Mode, *, kept: KeptTexts | None = None, only_errors: bool = False) -> Checked:
    """Everything that can be said about a site without making a page, or only what stops a build.

    `kept` is what an earlier check of the same site left for this one.
    """
    if loaded.site is None:
        diagnostics = tuple(in_order(loaded.diagnostics))
        return Checked(site=None, funnel=None, diagnostics=diagnostics, sources=loaded.sources)
    funnel = compile_funnel(loaded.site)
    broken = has_errors(loaded.diagnostics)
    found = check_site(
        loaded.site, funnel, mode=mode, sources=loaded.sources, broken=broken, kept=kept, only_errors=only_errors
    )
    diagnostics = tuple(in_order([*loaded.diagnostics, *found, *no_theme(loaded.site, shipped("themes"))]))
    return Checked(site=loaded.site, funnel=funnel, diagnostics=diagnostics, sources=loaded.sources)


def build(
    site: Site,
    funnel: Funnel,
    mode: Mode,
    *,
    progress: Progress = lambda done, of: None,
    cache: Path | None = None,
    workers: int = 1,
    sources: Mapping[str, str] = {},
    mark: Mark = lambda name, html: html,
    sink: str | None = None,
) -> Output:
    """Make every file of a checked site. Pure but for the reading of themes, assets and downloads.

    `cache` is a folder for compiled templates, cut fonts and encoded pictures, which every later build of any site
    then finds ready; `workers` is how many processes may render a large site. Neither changes a byte of the output.
    `sources` are the site's texts, to point into; `mark` may mark sections in pages, `sink` takes a preview's events.
    Raises Failed where a theme, one of the site's own templates or a picture is at fault.
    """
    from funnelgen.hosts.files import form_hosts, host_files
    from funnelgen.hosts.netlify import content_security_policy
    from funnelgen.pages import jobs_of, print_pages
    from funnelgen.pages.embedding import embed_origins
    from funnelgen.pages.fonts.fit import fit_fonts
    from funnelgen.pages.journey import require_scripts
    from funnelgen.pages.themes import ThemeError

    try:
        renderer = renderer_of(site, cache=cache, mark=mark)
        theme = renderer.theme
        edition = edition_of(site, funnel, mode, renderer, sink=sink)
        printed = print_pages(edition, renderer, list(jobs_of(edition)), workers=workers, progress=progress)
        require_scripts(edition, theme, printed.theme_files)
        printed = fit_fonts(printed, theme, cache=cache / "fonts" if cache else None)
    except ThemeError as error:
        raise theme_failed(site, error) from error
    pages = tuple(page for page, _ in printed.pages)
    files = {page.file: html for page, html in printed.pages}
    files |= printed.theme_files
    files |= {address.removeprefix("/"): file.read() for address, file in printed.published.items()}
    files |= _pictures(site, funnel, printed, cache=cache, progress=progress, sources=sources)
    scripts = any(path.endswith(".js") for path in printed.theme_files)
    policy = content_security_policy(
        printed.styles,
        form_hosts=form_hosts(site, mode),
        frame_hosts=printed.frame_hosts,
        sink=edition.sink,
        scripts=scripts,
        origins=embed_origins(edition),
    )
    files |= host_files(site, funnel, mode, pages, policy)
    manifest = make_manifest(site, funnel, mode=mode, links=dict(edition.links), pages=pages)
    files = dict(sorted(files.items()))
    framed = printed.pictures.framed
    found = judge(site, funnel, theme, files, manifest, lacking=printed.lacking, framed=framed, sources=sources)
    return Output(files=files, manifest=manifest, diagnostics=found)


def judge(
    site: Site,
    funnel: Funnel,
    theme: Theme,
    files: Mapping[str, bytes],
    manifest: Manifest,
    *,
    lacking: Mapping[str, str],
    framed: frozenset[tuple[str, str]],
    sources: Mapping[str, str],
) -> tuple[Diagnostic, ...]:
    """What is wrong with built pages. Of `files` those are needed that a rule reads: pages and fonts.

    `lacking` are the letters that a family of the theme does not have, `framed` the pictures in the theme's frames.
    """
    built = Built(
        files=files,
        manifest=manifest,
        low_contrasts=tuple(low_contrasts(theme)),
        untranslated=theme.untranslated(),
        drawings=theme.drawings(),
        lacking=lacking,
        framed=_framed(framed, theme),
    )
    return tuple(in_order(check_output(site, funnel, built, mode=manifest.mode, sources=sources)))


def renderer_of(site: Site, *, cache: Path | None, mark: Mark = lambda name, html: html) -> Renderer:
    """What renders the pages of a site: its theme, read, with what is kept of it in the folder `cache`.

    `mark` may mark each section in the pages. Raises ThemeError.
    """
    from jinja2 import __version__ as jinja_version

    from funnelgen import __version__
    from funnelgen.pages.render import Renderer

    compiled = cache / f"templates-{__version__}-{jinja_version}" if cache else None
    theme = _theme(site)
    if site.theme_files(""):
        from funnelgen.pages.proof import faults

        for fault in faults(theme):
            raise fault
    return Renderer(theme, cache=compiled, mark=mark)


def edition_of(site: Site, funnel: Funnel, mode: Mode, renderer: Renderer, *, sink: str | None = None) -> Edition:
    """The site in a mode, as that renderer's theme shows it. `sink` takes the events of a preview."""
    from funnelgen.pages import Edition

    theme, draw = renderer.theme, renderer.picture
    words, tongues, frames = theme.strings, theme.tongues, theme.frames
    return Edition(site, funnel, mode=mode, strings=words, tongues=tongues, frames=frames, draw=draw, sink=sink)


def choose_mode(site: Site, environ: Mapping[str, str]) -> Mode:
    """The mode of a build for which none was asked.

    No links, demo. On Netlify (`CONTEXT` is set) production is live and all else test, or demo without test
    links. Elsewhere live if there are live links, since that is what the creator has set up last.
    """
    links = site.links
    context = environ.get("CONTEXT")
    if not links.live and not links.test:
        return "demo"
    if context and context != "production":
        return "test" if links.test else "demo"
    return "live" if links.live or context == "production" else "test"


def theme_of(site: Site) -> Theme:
    """The theme that a site is made with, its own changes over it. Raises Failed where it cannot be used."""
    from funnelgen.pages.themes import ThemeError

    try:
        return _theme(site)
    except ThemeError as error:
        raise theme_failed(site, error) from error


def theme_failed(site: Site, error: ThemeError) -> Failed:
    """A theme's mistake, at its place where that is in a file of the site, else where the theme is named."""
    from funnelgen.pages.mistakes import told

    return Failed(*told(site, error))


def _theme(site: Site) -> Theme:
    from funnelgen.pages.looks import stated_looks
    from funnelgen.pages.themes import load_theme

    config = site.config
    return load_theme(
        config.theme,
        themes_root=shipped("themes"),
        site_theme=site.folder / "theme",
        brand=config.brand,
        locale=config.locale,
        scheme=config.scheme,
        folder=site.folder / config.own_theme if config.own_theme else None,
        stated=stated_looks(site),
        others=list(dict.fromkeys(site.locale_of(stack.name) for stack in site.stacks)),
    )


def _pictures(
    site: Site,
    funnel: Funnel,
    printed: Printed,
    *,
    cache: Path | None,
    progress: Progress,
    sources: Mapping[str, str],
) -> dict[str, bytes]:
    """The files of the pictures that the pages refer to. Raises Failed for one that cannot be read to its end."""
    from funnelgen.pages.pictures import referred

    variants = referred(printed.pictures.variants, (html for _, html in printed.pages))
    if not variants:
        return {}
    from funnelgen.pages.encode import UnreadablePicture, encode

    pages = len(printed.pages)
    try:
        made = encode(
            variants,
            cache=cache / "pictures" if cache else None,
            progress=lambda done, of: progress(pages + done, pages + of),
        )
    except UnreadablePicture as error:
        raise Failed(unreadable(site, funnel, error.path, error.why, sources=sources)) from error
    return {unquote(address).removeprefix("/"): data for address, data in made.items()}


def _framed(framed: frozenset[tuple[str, str]], theme: Theme) -> tuple[Framed, ...]:
    """The frames that pictures were put into, with what each shows."""
    return tuple(Framed(path=path, shown=theme.frames[frame].shown) for path, frame in sorted(framed))


def low_contrasts(theme: Theme) -> Iterator[Contrast]:
    """What the theme's own measure finds too hard to see, in the schemes that visitors get."""
    for pair in theme.tokens.audit():
        if not pair.enough and theme.scheme in ("auto", pair.scheme):
            yield Contrast(
                scheme=pair.scheme,
                text=pair.text,
                ground=pair.ground,
                colours=pair.colours,
                ratio=pair.ratio,
                wanted=pair.wanted,
                nearest=pair.nearest,
            )


def shipped(name: str) -> Path:
    """A folder that comes with funnelgen: inside the package when installed, beside it in a checkout."""
    inside = Path(__file__).parent / name
    return inside if inside.is_dir() else Path(__file__).parent.parent / name
