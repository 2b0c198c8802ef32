"""The only writer: a build is staged beside the old output and swapped in whole.

A build that fails or is killed leaves the last good one. A folder that a build did not make is never
deleted and never written into: every output carries a mark, and the mark is looked for first.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from funnelgen.site.files import OUTPUT_MARK

MARK_TEXT = b"This folder is made by funnelgen, and replaced whole by the next run.\n"
OWN = ("copy", "glossary", "pages", "assets", "downloads", "theme", "stacks", ".funnelgen", ".git")
"""The site's own folders."""

_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2 (Linux) and RENAME_SWAP of renamex_np (macOS)


class OutputError(Exception):
    """The output cannot be written where it should be; `remedy` says what to do."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def write_output(files: Mapping[str, bytes], target: Path, *, site: Path | None) -> None:
    """Write `files` (path below the output → bytes) so that `target` holds them and nothing else.

    `site` is the folder of the site that they were built from, None where they are no site's.
    Raises OutputError where `target` is no folder to build into, the disk refuses, or the site has no room for
    the manifest that belongs to the files; then `target` is as it was before.
    """
    target = _resolved(target)
    check_target(target, site=site)
    if site:
        own_folder(site)
    staging = target.parent / f".{target.name}.new-{os.getpid()}"
    try:
        _recover(target)
        shutil.rmtree(staging, ignore_errors=True)
        made = set()
        for name, data in {**files, OUTPUT_MARK: MARK_TEXT}.items():
            path = _inside(staging, name)
            if path.parent not in made:
                path.parent.mkdir(parents=True, exist_ok=True)
                made.add(path.parent)
            path.write_bytes(data)
        _swap(staging, target)
    except OSError as error:
        raise OutputError(f"`{target}` cannot be written: {error.strerror or error}", _remedy(error)) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write_manifest(data: bytes, site: Path) -> None:
    """Write `.funnelgen/funnel.json` into the site, whole or not at all. Raises OutputError."""
    folder = own_folder(site)
    new = folder / f"funnel.json.new-{os.getpid()}"
    try:
        new.write_bytes(data)
        new.replace(folder / "funnel.json")
    except OSError as error:
        new.unlink(missing_ok=True)
        raise OutputError(f"`{folder}` cannot be written: {error.strerror or error}", _remedy(error)) from error


def clear_output(target: Path) -> None:
    """Take away what `write_output` made at `target`, and nothing else. Raises OutputError."""
    target = _resolved(target)
    if target.is_symlink() or not (target / OUTPUT_MARK).is_file():
        return
    try:
        shutil.rmtree(target)
    except OSError as error:
        raise OutputError(f"`{target}` cannot be removed: {error.strerror or error}", _remedy(error)) from error


def own_folder(site: Path) -> Path:
    """The site's `.funnelgen`, made where it is not there and ignored by git. Raises OutputError."""
    folder = site / ".funnelgen"
    try:
        folder.mkdir(exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        raise OutputError(f"`{folder}` cannot be written: {error.strerror or error}", _remedy(error)) from error
    return folder


def rewrite(path: Path, data: bytes) -> None:
    """Put other bytes into a file of the site's own, whole or not at all; its permissions stay. Raises OutputError."""
    path = path.resolve()  # of a link, what it points to is written
    new = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        new.write_bytes(data)
        shutil.copymode(path, new)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        help = "check its permissions and the room on the disk; the file is as it was"
        raise OutputError(f"`{path}` cannot be written: {error.strerror or error}", help) from error


def write_own(path: Path, data: bytes, *, mark: bytes) -> None:
    """Write a file that was asked for, whole or not at all. Raises OutputError.

    A file that is there already is replaced only if it has `mark` near its beginning: what funnelgen made has it, and
    what somebody wrote by hand is not lost.
    """
    path = path.resolve()
    check_own(path, mark=mark)
    new = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError as error:
        new.unlink(missing_ok=True)
        help = "check that its folder is there and may be written to"
        raise OutputError(f"`{path}` cannot be written: {error.strerror or error}", help) from error


def check_own(path: Path, *, mark: bytes) -> None:
    """Refuse a file that `write_own` would not replace. Raises OutputError; touches nothing."""
    try:
        with path.open("rb") as old:
            theirs = mark not in old.read(2000)
    except FileNotFoundError:
        return
    except OSError as error:
        help = "check that its folder is there and may be written to"
        raise OutputError(f"`{path}` cannot be written: {error.strerror or error}", help) from error
    if theirs:
        help = "name another file, or remove this one"
        raise OutputError(f"`{path}` was not made by funnelgen, and would be replaced", help)


def check_target(target: Path, *, site: Path | None) -> None:
    """Refuse a folder that a build must not replace. Raises OutputError; touches nothing."""
    target, site = _resolved(target), site.resolve() if site else None
    help = "name a new folder with `--out`, or leave it out"
    if target == Path(target.anchor) or target == Path.home().resolve():
        raise OutputError(f"`{target}` is no folder to build into", help)
    if site and site.is_relative_to(target):
        raise OutputError(f"`{target}` is the site itself, or around it", help)
    if site and any(target.is_relative_to(site / name) for name in OWN):
        raise OutputError(f"`{target}` is one of the site's own folders", help)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise OutputError(f"`{target}` is not a folder", help)
    try:
        foreign = target.is_dir() and not (target / OUTPUT_MARK).is_file() and any(target.iterdir())
    except OSError as error:
        raise OutputError(f"`{target}` cannot be read: {error.strerror}", _remedy(error)) from error
    if foreign:
        raise OutputError(f"`{target}` has files that no build made, and would be replaced", "empty it, or " + help)


def _resolved(target: Path) -> Path:
    """Absolute, with links in its parents followed; a link as the target itself stays visible."""
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow the target itself
    return target.parent.resolve() / target.name if target.name else target


def _inside(folder: Path, name: str) -> Path:
    path = folder / name
    if not Path(os.path.normpath(path)).is_relative_to(folder) or "\0" in name:
        raise OutputError(f"`{name}` would lie outside the output", "rename the page or file")
    return path


def _swap(staging: Path, target: Path) -> None:
    """Put `staging` in the place of `target`: in one step where the system can, else in two with a way back."""
    if not target.exists():
        staging.rename(target)
    elif not _exchange(staging, target):
        old = target.parent / f".{target.name}.old-{os.getpid()}"
        target.rename(old)
        try:
            staging.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def _exchange(a: Path, b: Path) -> bool:
    """Swap two folders atomically; False where the system has no call for that."""
    if os.name != "posix":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(a), os.fsencode(b)
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        here = -100  # AT_FDCWD
        return bool(libc.renameat2(here, first, here, second, _EXCHANGE) == 0)
    if sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        return bool(libc.renamex_np(first, second, _EXCHANGE) == 0)
    return False


def _recover(target: Path) -> None:
    """Clear what a killed build left; bring back the old output if it was caught between two renames."""
    if not target.parent.is_dir():
        return
    for leftover in sorted(target.parent.iterdir()):
        if not leftover.name.startswith(f".{target.name}."):
            continue
        kind, _, process = leftover.name.removeprefix(f".{target.name}.").partition("-")
        if kind not in ("new", "old") or not process.isdigit() or _is_running(int(process)):
            continue
        if kind == "old" and not target.exists():
            leftover.rename(target)
        else:
            shutil.rmtree(leftover, ignore_errors=True)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process != os.getpid()


def _remedy(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "free some space; the last build is untouched"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "check the folder's permissions, or name another with `--out`; the last build is untouched"
    return "name another folder with `--out`; the last build is untouched"
