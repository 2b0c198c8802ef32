"""The engine: what changed on disk becomes a new generation of the site, or a list of what is wrong with it.

It knows no browser and no network. A refresh does what has to be done before the page on screen can be shown; `finish`
does the rest in small steps, so that the next save never waits for it.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from operator import is_
from pathlib import Path
from threading import RLock
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from funnelgen.checks import KeptTexts
from funnelgen.diagnostics import Diagnostic, has_errors, in_order
from funnelgen.funnel.manifest import Mode
from funnelgen.pages.render import Renderer
from funnelgen.pages.strings import ThemeError
from funnelgen.pipeline import Failed, check, judge, renderer_of, theme_failed
from funnelgen.preview.generation import SINK, Generation, Made, Unreadable
from funnelgen.site import Loaded, Site, SiteNotFound, load_site
from funnelgen.site.kept import Kept, Signature, signature
from funnelgen.site.models import File
from funnelgen.site.pictures import NoPicture

ATTEMPTS = 3  # at reading a site of which files go while it is read


class State(Struct, frozen=True, kw_only=True):
    """What there is to see now. Never changed: the next one takes its place."""

    number: int = 0  # grows with everything that a page on screen should hear of
    generation: Generation | None = None  # the last that can be shown
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, str] = {}
    lost: str = ""  # why there is no site to read, where there is none
    complete: bool = False  # whether all pages are made, and `differing` and `diagnostics` are the last word
    differing: tuple[str, ...] = ()  # pages that are others than when this was last told
    met: tuple[Diagnostic, ...] = ()  # those of the diagnostics that were met when something was asked for

    @property
    def broken(self) -> bool:
        """Whether what is on disk cannot be shown, so that an older generation stands."""
        return bool(self.lost) or has_errors(d for d in self.diagnostics if d not in self.met)


class Rebuilt(Struct, frozen=True, kw_only=True):
    """What a refresh did: for which files, None for any, in how many seconds, and what there is to see after it."""

    changed: tuple[str, ...] | None
    seconds: float
    state: State


class Met(Struct, frozen=True, kw_only=True):
    """What was met when something was asked for; of a picture its file, and what is wrong with it."""

    diagnostic: Diagnostic
    picture: tuple[File, NoPicture] | None = None

    def now(self, generation: Generation) -> Met | None:
        """The same picture in a later generation; None where its file has changed, or nothing names it any more."""
        assert self.picture is not None
        file, why = self.picture
        if generation.site.files.get(file.path) is not file:
            return None
        with suppress(KeyError):
            return replace(self, diagnostic=Unreadable(generation, file.path, why).diagnostic)
        return None


class Engine:
    """Holds a site as it was last read. Used by one thread, but for `state`, which any may look at."""

    def __init__(
        self,
        folder: Path,
        mode: Mode,
        *,
        cache: Path | None = None,
        sink: str | None = SINK,
        environ: Mapping[str, str] = {},
    ) -> None:
        """`cache` is what builds keep, `sink` takes the pages' events; without one they are those of a build.

        `environ` is the environment that links.yaml may take its links from.
        """
        self.folder = folder
        self._environ = environ
        self.mode = mode
        self.state = State()
        self._cache = cache
        self._sink = sink
        self._kept = Kept()
        self._texts = KeptTexts()
        self._loaded: Loaded | None = None
        self._renderer: tuple[tuple[Any, ...], Renderer] | None = None
        self._stale = False  # the theme
        self._before: Generation | None = None
        self._found: tuple[Diagnostic, ...] = ()  # when the site was read, checked and made
        self._met: tuple[Met, ...] = ()  # when something was asked for
        self._lock = RLock()

    def refresh(self, changed: Collection[str] | None = None, *, seen: Iterable[str] = ()) -> Rebuilt:
        """Read what changed, and give what there is to see then.

        `changed` are files by path, None where any may have changed. `seen` are the addresses of pages on screen: a
        generation stands only if these can be made.
        """
        started = time.perf_counter()
        after = self._settled(changed, tuple(seen))
        with self._lock:
            if self.state.generation is not after.generation:
                self._before = self.state.generation
            after = replace(after, number=self.state.number, met=())
            self._met = self._still_met(after)
            self.state = after
            self._update(found=after.diagnostics)
        seconds = time.perf_counter() - started
        return Rebuilt(changed=tuple(changed) if changed is not None else None, seconds=seconds, state=self.state)

    def finish(self) -> Iterator[State]:
        """Make every page, check everything; yields between the steps, and a new state where there is more to say."""
        generation, loaded = self.state.generation, self._loaded
        if generation is None or loaded is None or self.state.broken:
            return
        with suppress(OSError):  # a file has gone: the next refresh, which is due, finds that out
            yield from self._finish(generation, loaded)

    def _finish(self, generation: Generation, loaded: Loaded) -> Iterator[State]:
        checked = check(loaded, self.mode, kept=self._texts)
        if checked.diagnostics != self._found:
            self._update(found=checked.diagnostics)
        yield self.state
        try:
            for address in generation.left():
                generation.page(address)
                yield self.state
            generation.fit_fonts(self._cache / "fonts" if self._cache else None)
        except Failed as failed:
            # A template fails on a page that nobody looks at: then the whole generation is none that can be shown.
            sources = {**loaded.sources, **failed.sources}
            self._update(generation=self._before or generation, found=(failed.diagnostic,), sources=sources)
            yield self.state
            return
        pages = tuple(generation.pages())
        generation.shelf.prune(frozenset[str]().union(*(made.names for made in pages)))
        found = tuple(in_order([*checked.diagnostics, *_judged(generation, pages)]))
        self._update(found=found, complete=True, differing=generation.finish())
        yield self.state

    def report(self, failed: Failed) -> None:
        """Something could not be made when it was asked for: say so, and leave the rest as it is."""
        with self._lock:
            if failed.diagnostic not in self.state.diagnostics:
                picture = (failed.file, failed.why) if isinstance(failed, Unreadable) else None
                self._met = (*self._met, Met(diagnostic=failed.diagnostic, picture=picture))
                self._update(sources={**self.state.sources, **failed.sources})

    def forget_theme(self) -> None:
        """Read the theme anew with the next refresh: a file of it has changed that is not one of the site's own."""
        self._stale = True

    def theme_folders(self) -> tuple[Path, ...]:
        """Where the theme in use is read from."""
        return self._renderer[1].theme.folders if self._renderer else ()

    def _update(self, *, found: Collection[Diagnostic] | None = None, **changes: Any) -> None:
        """The next state, with what was found, if that is new, and what was met besides."""
        with self._lock:
            self._found = self._found if found is None else tuple(found)
            met = tuple(it.diagnostic for it in self._met if it.diagnostic not in self._found)
            diagnostics = tuple(in_order([*self._found, *met]))
            self.state = replace(self.state, number=self.state.number + 1, diagnostics=diagnostics, met=met, **changes)

    def _still_met(self, after: State) -> tuple[Met, ...]:
        """The pictures that were met and are broken still. All else is found again when all pages are made."""
        pictures = tuple(it for it in self._met if it.picture)
        if after.generation is None or after.broken:
            return pictures
        return tuple(now for it in pictures if (now := it.now(after.generation)))

    def fault(self) -> None:
        """Something went wrong by our own fault: say so where it is seen, and leave what there is to see."""
        self._update(found=(), lost="funnelgen met a bug of its own; the terminal has the lines to report")

    def _settled(self, changed: Collection[str] | None, seen: tuple[str, ...]) -> State:
        """The next state. A file may go while the site is read: then it is read again."""
        for _ in range(ATTEMPTS):
            try:
                return self._next(changed, seen)
            except OSError as error:
                changed, lost = None, f"`{error.filename}` cannot be read: {error.strerror}"
        return replace(self.state, lost=lost, diagnostics=(), complete=False, differing=())

    def _next(self, changed: Collection[str] | None, seen: tuple[str, ...]) -> State:
        state = replace(self.state, lost="", complete=False, differing=())
        try:
            self._loaded = loaded = load_site(self.folder, kept=self._kept, changed=changed, environ=self._environ)
        except SiteNotFound as error:
            return replace(state, lost=str(error), diagnostics=())
        state = replace(state, sources=loaded.sources)
        checked = check(loaded, self.mode, kept=self._texts, only_errors=True)
        if checked.site is None or checked.funnel is None or not checked.can_build:
            return replace(state, diagnostics=check(loaded, self.mode, kept=self._texts).diagnostics)
        try:
            renderer = self._renderer_of(checked.site)
            before = state.generation
            generation = Generation(
                checked.site,
                checked.funnel,
                self.mode,
                renderer,
                sources=checked.sources,
                sink=self._sink,
                before=before,
            )
            for address in seen:
                generation.page(address)
        except Failed as failed:
            return replace(state, diagnostics=(failed.diagnostic,), sources={**loaded.sources, **failed.sources})
        # What was only a warning is said until `finish` has looked again: it would flicker otherwise.
        found = tuple(d for d in state.diagnostics if not d.is_error)
        return replace(state, generation=generation, diagnostics=found)

    def _renderer_of(self, site: Site) -> Renderer:
        """What renders the site, the same one as long as its theme is the same. Raises Failed."""
        folders = tuple(f"{folder}/" for folder in site.theme_folders)
        own = tuple(file for path, file in site.files.items() if path.startswith(folders))
        settings = (site.config, *(site.locale_of(stack.name) for stack in site.stacks))
        stale, self._stale = self._stale, False  # said anew meanwhile, it holds for the next refresh
        if self._renderer is not None and not stale:
            (before, files, extended), renderer = self._renderer
            same = len(files) == len(own) and all(map(is_, files, own))
            if before == settings and same and extended == _extended(site, renderer):
                return renderer
        try:
            renderer = renderer_of(site, cache=self._cache)
        except (ThemeError, OSError) as error:
            self._stale |= stale  # what is kept was made before
            if isinstance(error, ThemeError):
                raise theme_failed(site, error) from error
            raise
        self._renderer = ((settings, own, _extended(site, renderer)), renderer)
        return renderer


def _extended(site: Site, renderer: Renderer) -> tuple[tuple[str, Signature], ...]:
    """The files of themes in the site that its own theme extends, with what tells each from itself after a change.

    They are none of the site's files: only the theme that site.yaml names makes them count.
    """
    root = site.folder.resolve()
    listed = {root / folder for folder in site.theme_folders}
    folders = (folder.resolve() for folder in renderer.theme.folders)
    files = (file for it in folders if it not in listed and it.is_relative_to(root) for file in it.rglob("*"))
    return tuple(sorted((str(file), signature(file.stat())) for file in files if file.is_file()))


def _judged(generation: Generation, pages: tuple[Made, ...]) -> tuple[Diagnostic, ...]:
    """What the rules about built pages find."""
    return judge(
        generation.site,
        generation.funnel,
        generation.renderer.theme,
        {**{made.page.file: generation.html(made) for made in pages}, **generation.theme_files()},
        generation.manifest(),
        lacking=generation.fitted.lacking,
        framed=frozenset[tuple[str, str]]().union(*(made.framed for made in pages)),
        sources=generation.sources,
    )
