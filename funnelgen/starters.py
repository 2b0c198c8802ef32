"""Starters: example sites that a new site begins as, with what an editor and a host need beside them."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from funnelgen import __version__
from funnelgen.pipeline import shipped
from funnelgen.schemas import NAMES, schema_text
from funnelgen.site.files import OUTPUT_MARK


class Starter(Struct, frozen=True, kw_only=True):
    """An example site, and the words in it that stand for the business."""

    about: str
    name: str
    short: str = ""
    statement: str = ""
    domain: str


STARTERS: Mapping[str, Starter] = {
    "starter": Starter(
        about="a free worksheet, a course with an order bump, a thank-you page",
        name="My Studio",
        domain="my-studio.example",
    ),
    "launch-your-course": Starter(
        about="the whole example: checklist, course, bump, upsell, downsell, membership, glossary",
        name="Harborlight Course Studio",
        short="Harborlight",
        statement="HARBORLIGHT STUDIO",
        domain="harborlight.example",
    ),
}
LONGEST_NAME = 50  # more, and titles and descriptions of pages are cut in search results
_SIGNS = re.compile(r"""[][:#{}<>*_`|"\\\x00-\x1f\x7f-\x9f]""")  # they mean something in YAML, Markdown or HTML
_TEXTS = (".yaml", ".md", ".txt")
_SCHEMA = re.compile(r"\A# yaml-language-server: \$schema=\S*?(\w+)\.schema\.json")

GITIGNORE = "# Built from the sources\n/dist/\n/.funnelgen/\n"
NETLIFY = f"""\
# Builds and publishes this site on Netlify, as it stands.
#
# CONTEXT, which Netlify sets for every deploy, chooses the mode: `production` builds with the live payment links, every
# other context (deploy previews, branches) with the test ones. A site without payment links is built in demo mode: each
# button leads to a simulated checkout.

[build]
command = "pip install funnelgen=={__version__} && funnelgen build"
publish = "dist"

[build.environment]
PYTHON_VERSION = "3.11"
"""


class Occupied(Exception):
    """The folder for a new site has something in it."""


def wrong_name(name: str) -> str | None:
    """Why a business's name cannot stand in YAML, Markdown and HTML alike, without quotes; or None."""
    if len(name) > LONGEST_NAME:
        return f"has {len(name)} characters, at most {LONGEST_NAME} are allowed"
    if sign := _SIGNS.search(name):
        return f"`{sign[0]}` means something in YAML or Markdown; put it in later, in quotes"
    if not name[:1].isalnum() or name != name.strip() or name == "null":
        return f"`{name}` is no name: begin with a letter or a digit, and leave no space around it"
    return None


def files_of(starter: str, name: str | None = None) -> dict[str, bytes]:
    """Every file of a new site, by path. `starter` is one of STARTERS; `name` is the business's, if it has one yet."""
    source = shipped("sites") / starter
    written = {path: (source / path).read_bytes() for path in _own_files(source)}
    words = _words(STARTERS[starter], name) if name else {}
    files = {path: _adapted(data, words) if path.endswith(_TEXTS) else data for path, data in written.items()}
    schemas = {f".schema/{schema}.schema.json": schema_text(schema).encode() for schema in NAMES}
    return {**files, **schemas, ".gitignore": GITIGNORE.encode(), "netlify.toml": NETLIFY.encode()}


def make(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new site, whole or not at all. The folder may be there, if it is empty but for git's own.

    Raises Occupied where something else is in it, OSError where it cannot be written.
    """
    if folder.is_symlink() or folder.exists():
        if not folder.is_dir():
            raise Occupied(f"`{folder}` is a file")
        if any(entry.name != ".git" for entry in folder.iterdir()):
            raise Occupied(f"`{folder}` is not empty")
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".funnelgen-new-", dir=folder.parent))
    try:
        for path, data in files.items():
            (staging / path).parent.mkdir(parents=True, exist_ok=True)
            (staging / path).write_bytes(data)
        folder.mkdir(exist_ok=True)
        for entry in sorted(staging.iterdir()):
            entry.rename(folder / entry.name)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _own_files(source: Path) -> list[str]:
    """The site's own files: nothing hidden, nothing that a build wrote."""
    found = []
    for folder, folders, names in os.walk(source):
        here = Path(folder)
        folders[:] = [f for f in sorted(folders) if not f.startswith(".") and not (here / f / OUTPUT_MARK).exists()]
        found += [(here / name).relative_to(source).as_posix() for name in sorted(names) if not name.startswith(".")]
    return found


def _words(starter: Starter, name: str) -> dict[str, str]:
    """What stands for the example's business, and what takes its place; longer words first."""
    host = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "my-studio"
    return {
        starter.domain: f"{host}.example",
        starter.name: name,
        starter.statement: name.upper()[:22].strip(),  # no card statement shows more
        starter.short: name,
    }


def _adapted(data: bytes, words: Mapping[str, str]) -> bytes:
    text = data.decode()
    known = {old: new for old, new in words.items() if old}
    if known:
        text = re.sub("|".join(map(re.escape, known)), lambda found: known[found[0]], text)
    return _SCHEMA.sub(r"# yaml-language-server: $schema=.schema/\1.schema.json", text).encode()
