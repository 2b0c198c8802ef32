"""The files that pages refer to: the theme's, the site's own, and pictures, which are made when they are asked for."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from funnelgen.pages.encode import UnreadablePicture, encode
from funnelgen.pages.pictures import Variant
from funnelgen.preview.answers import Answer, Part, content_type, etag_of
from funnelgen.preview.generation import Generation, Unreadable
from funnelgen.site.kept import Signature, signature
from funnelgen.site.models import File

MOST_PICTURES = 64_000_000  # bytes of encoded pictures that are held


class Files:
    """Answers for what is no page. Remembers which files on disk are what their address says they are."""

    def __init__(self, cache: Path | None) -> None:
        """`cache` is the folder in which builds keep encoded pictures."""
        self._cache = cache / "pictures" if cache else None
        self._true: dict[str, Signature] = {}
        self._pictures: dict[str, bytes] = {}
        self._encoding = Lock()  # a photo takes a second; a browser asks for six

    def answer(self, path: str, generation: Generation) -> Answer | None:
        """The file at `path`, None where no page refers to one. Raises Unreadable for a picture that cannot be read."""
        theme = generation.theme_files().get(path.removeprefix("/"))
        if theme is not None:
            return _whole(path, theme)
        # The shelf is tidied meanwhile: what is on it is looked at once.
        own = generation.shelf.published.get(path)
        if own is not None:
            return self._own(path, own)
        address = quote(path)
        variant = generation.shelf.variants.get(address)
        return _whole(path, self._picture(address, variant, generation)) if variant is not None else None

    def _own(self, path: str, file: File) -> Answer | None:
        """A file as it is on disk, if it still is what the address was made from: a save may just have changed it."""
        try:
            with file.source.open("rb") as opened:
                now = signature(os.fstat(opened.fileno()))
                if self._true.get(path) != now:
                    digest = hashlib.file_digest(opened, "sha256").hexdigest()
                    if not any(digest.startswith(part) for part in path.replace("/", ".").split(".") if len(part) >= 8):
                        return None
                    self._true[path] = now
        except OSError:
            return None
        headers = {"Content-Type": content_type(path), "ETag": etag_of(path.encode()), "Accept-Ranges": "bytes"}
        return Answer(headers=headers, body=Part(file.source, 0, now[0]))

    def _picture(self, address: str, variant: Variant, generation: Generation) -> bytes:
        with self._encoding:
            if address not in self._pictures:
                try:
                    made = encode({address: variant}, cache=self._cache)[address]
                except UnreadablePicture as error:
                    raise Unreadable(generation, error.path, error.why) from error
                while self._pictures and sum(map(len, self._pictures.values())) + len(made) > MOST_PICTURES:
                    del self._pictures[next(iter(self._pictures))]
                self._pictures[address] = made
            return self._pictures[address]


def _whole(path: str, content: bytes) -> Answer:
    headers = {"Content-Type": content_type(path), "ETag": etag_of(content), "Accept-Ranges": "bytes"}
    return Answer(headers=headers, body=content)
