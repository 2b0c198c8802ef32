"""Opens a file in the creator's editor, where that is one with a window: one in a terminal has nowhere to appear."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

Opener = Callable[[Path, int, int], bool]

_AT_ONCE = "{file}:{line}:{column}"
_EDITORS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("code", "code-insiders", "codium", "cursor", "windsurf"), ("--goto", _AT_ONCE)),
    **dict.fromkeys(("subl", "zed", "zeditor"), (_AT_ONCE,)),
    **dict.fromkeys(
        ("idea", "pycharm", "webstorm", "phpstorm"), ("--line", "{line}", "--column", "{column}", "{file}")
    ),
    **dict.fromkeys(("gvim", "mvim"), ("+{line}", "{file}")),
    "mate": ("--line", "{line}:{column}", "{file}"),
    "kate": ("--line", "{line}", "--column", "{column}", "{file}"),
    "gedit": ("+{line}:{column}", "{file}"),
    "emacsclient": ("--no-wait", "+{line}:{column}", "{file}"),
}
"""Editors with a window, and how each is told where to go."""


def editor_of(environ: Mapping[str, str]) -> Opener | None:
    """What opens files in the editor that `VISUAL` or `EDITOR` names; None where that is none with a window."""
    for name in ("VISUAL", "EDITOR"):
        words = _words(environ.get(name, ""))
        known = _EDITORS.get(Path(words[0]).stem) if words else None
        if known and shutil.which(words[0]):
            # What waits for the window to be closed (`code --wait`, for git) would wait for nothing here.
            own = [word for word in words if word not in ("--wait", "-w")]
            return lambda file, line, column: _start([*own, *known], file, line, column)
    return None


def _words(command: str) -> list[str]:
    try:
        return shlex.split(command, posix=os.name == "posix")
    except ValueError:
        return []


def _start(command: list[str], file: Path, line: int, column: int) -> bool:
    filled = [word.format(file=file.resolve(), line=line, column=column) if "{" in word else word for word in command]
    try:
        subprocess.Popen(
            filled, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=True
        )
    except OSError:
        return False
    return True
