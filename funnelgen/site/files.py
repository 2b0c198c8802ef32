"""Reading a site's folder: which files there are, and their texts. Everything that touches disk on the way in."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from msgspec.structs import replace

from funnelgen.diagnostics import Diagnostic, Span
from funnelgen.site.kept import Kept, Listing, Read
from funnelgen.site.kinds import wrong_path
from funnelgen.site.models import File
from funnelgen.site.problems import problem

LARGEST_TEXT = 2_000_000  # bytes of a file that is parsed; the longest book chapter is a tenth of it
MOST_FILES = 20_000
SKIPPED = {"dist", "node_modules", "__pycache__"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
OUTPUT_MARK = ".funnelgen-output"  # in every folder that a build wrote


class Folder:
    """A site's folder, listed once. `texts` fills as files are read, for diagnostics to quote."""

    def __init__(self, root: Path, kept: Kept) -> None:
        """`kept` is what earlier loads of this folder left for this one."""
        self.root = root
        self.kept = kept
        self.problems: list[Diagnostic] = []
        self.files: dict[str, File] = {}
        self.texts: dict[str, str] = {}
        self.full = False
        self.links = False
        if not self._look_again():
            self._list()
        self.kept.listed(Listing(files=self.files, problems=tuple(self.problems), links=self.links))

    def below(self, folder: str, suffix: str = "") -> list[str]:
        """Paths of the files under `folder`, sorted, by suffix where one is given."""
        return [p for p in self.files if p.startswith(folder + "/") and p.endswith(suffix)]

    def text(self, path: str) -> str | None:
        """The text of a file: UTF-8, its BOM gone, line ends as `\\n`; None, and a problem, where it cannot be read."""
        if path in self.texts:
            return self.texts[path]
        file = self.files.get(path)
        if file is None or not file.readable:
            return None
        read = self.kept.text(file)
        if read is None:
            told = len(self.problems)
            text = self._read(file)
            read = Read(file=file, text=text, problems=tuple(self.problems[told:]))
            self.kept.keep_text(read)
        else:
            self.problems += read.problems
        if read.text is not None:
            self.texts[path] = read.text
        return read.text

    def _read(self, file: File) -> str | None:
        path = file.path
        if file.size > LARGEST_TEXT:
            self.refuse("FG007", f"`{path}` has {file.size / 1e6:.1f} MB, too much for a text", Span(path), "split it")
            return None
        try:
            raw = file.read()
        except OSError as error:
            self._refuse_closed(path, error.strerror)
            return None
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            column = len(raw[raw.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8", "replace")) + 1
            message = f"`{path}` is not UTF-8: byte 0x{raw[error.start]:02x} here"
            self.refuse("FG007", message, Span(path, line, column), "save it as UTF-8 in your editor")
            return None
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        odd = _CONTROL.search(text)
        if odd:
            line, column = text.count("\n", 0, odd.start()) + 1, odd.start() - text.rfind("\n", 0, odd.start())
            message = f"`{path}` has the control character U+{ord(odd[0]):04X} here"
            help = "delete it; most editors do not show it"
            self.refuse("FG007", message, Span(path, line, column, line, column + 1), help)
            text = _CONTROL.sub("\ufffd", text)
        return text

    def refuse(self, code: str, message: str, span: Span | None, help: str) -> None:
        """Note a problem."""
        self.problems.append(problem(code, message, span, help=help))

    def _refuse_closed(self, path: str, why: str | None) -> None:
        span = Span(path) if path else None
        self.refuse("FG007", f"`{path or '.'}` cannot be read: {why}", span, "check its permissions")

    def _look_again(self) -> bool:
        """List the folder as before but for the files that changed; False where more than files may have changed."""
        before, changed = self.kept.listing, self.kept.changed
        if before is None or changed is None or before.links or not before.files.keys() >= set(changed):
            return False
        files = dict(before.files)
        for path in changed:
            try:
                status = files[path].source.lstat()
            except OSError:
                return False
            if not stat.S_ISREG(status.st_mode) or not (
                files[path].readable and os.access(files[path].source, os.R_OK)
            ):
                return False
            files[path] = self.kept.file(replace(files[path], size=status.st_size), status)
        self.files, self.problems = files, list(before.problems)
        return True

    def _list(self) -> None:
        folders = [""]
        while folders:
            here = folders.pop()
            try:
                entries = sorted(os.scandir(self.root / here), key=lambda e: e.name)
            except OSError as error:
                self._refuse_closed(here, error.strerror)
                continue
            for entry in entries:
                path = f"{here}/{entry.name}" if here else entry.name
                if entry.name.startswith(".") or (not here and entry.name in SKIPPED):
                    continue
                if entry.is_symlink():
                    self.links = True
                    if not self._follow(entry, path):
                        continue
                if entry.is_dir(follow_symlinks=False):
                    if not Path(entry.path, OUTPUT_MARK).exists():
                        folders.append(path)
                    continue
                self._add(entry, path)
        self.files = dict(sorted(self.files.items()))

    def _add(self, entry: os.DirEntry[str], path: str) -> None:
        wrong = wrong_path(path)
        if wrong:
            # A name need not be UTF-8, and what is printed must be.
            path, wrong = (text.encode("utf-8", "backslashreplace").decode() for text in (path, wrong))
            self.refuse("FG008", f"a file's name: {wrong}", Span(path), "rename the file")
            return
        status = entry.stat()
        if not stat.S_ISREG(status.st_mode):
            self.refuse("FG008", f"`{path}` is not a file", Span(path), "only files and folders can be published")
            return
        if len(self.files) == MOST_FILES:
            if not self.full:
                self.refuse("FG007", f"more than {MOST_FILES} files", Span("site.yaml"), "is this the right folder?")
            self.full = True
            return
        readable = os.access(entry.path, os.R_OK)
        if not readable:
            self._refuse_closed(path, os.strerror(errno.EACCES))
        file = File(path=path, size=status.st_size, source=Path(entry.path), readable=readable)
        self.files[path] = self.kept.file(file, status)

    def _follow(self, entry: os.DirEntry[str], path: str) -> bool:
        """A link is followed only to a file of this same site, so that nothing else can be published."""
        try:
            target = Path(entry.path).resolve(strict=True)
        except (OSError, RuntimeError):
            self.refuse("FG008", f"the link `{path}` leads nowhere", Span(path), "remove it, or mend what it points to")
            return False
        root = self.root.resolve()
        if not target.is_relative_to(root):
            wrong = "leads out of the site"
        elif not target.is_file():
            wrong = "leads to a folder"
        elif any(part.startswith(".") for part in target.relative_to(root).parts):
            wrong = "leads to a hidden file"
        else:
            return True
        help = "put a copy of what it points to in its place"
        self.refuse("FG008", f"the link `{path}` {wrong}", Span(path), help)
        return False
