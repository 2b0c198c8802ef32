"""What is sent back: whole, in part, or only that nothing has changed."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from funnelgen.preview.requests import Request

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_TEXTS = ("text/", "application/json", "application/javascript", "image/svg+xml")
_KINDS = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2", ".avif": "image/avif"}
_KINDS |= {".webp": "image/webp", ".vtt": "text/vtt", ".xml": "application/xml", ".md": "text/markdown"}
_KINDS |= {".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".webm": "video/webm"}


class Part(Struct, frozen=True):
    """A stretch of a file on disk."""

    path: Path
    start: int
    length: int


class Answer(Struct, frozen=True, kw_only=True):
    """An answer. A stream, which an iterator is, ends when the connection does."""

    status: int = HTTPStatus.OK
    headers: Mapping[str, str] = {}
    body: bytes | Part | Iterator[bytes] = b""

    @property
    def length(self) -> int | None:
        """How many bytes the body has; None of a stream."""
        if isinstance(self.body, bytes):
            return len(self.body)
        return self.body.length if isinstance(self.body, Part) else None


def text(status: int, words: str, **headers: str) -> Answer:
    """A few plain words."""
    kind = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Answer(status=status, headers={**kind, **headers}, body=(words + "\n").encode())


def content_type(path: str) -> str:
    """What a file is, by its name: the same on every machine for what sites have."""
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    kind = _KINDS.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind


def etag_of(*content: bytes) -> str:
    """A mark of content, for browsers to ask with whether it is still the same."""
    digest = hashlib.sha256()
    for part in content:
        digest.update(part)
    return f'"{digest.hexdigest()[:20]}"'


def fitting(answer: Answer, request: Request) -> Answer:
    """The answer as the request wants it: a part, or not at all if the browser has it already."""
    etag = answer.headers.get("ETag", "")
    if answer.status != HTTPStatus.OK or request.method not in ("GET", "HEAD") or not etag:
        return answer
    asked = request.headers.get("if-none-match", "")
    if asked.strip() == "*" or etag in (mark.strip().removeprefix("W/") for mark in asked.split(",")):
        headers = {name: value for name, value in answer.headers.items() if name != "Content-Type"}
        return Answer(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    wanted = request.headers.get("range", "") if request.method == "GET" else ""
    if wanted and request.headers.get("if-range", etag) == etag:
        return _in_part(answer, wanted)
    return answer


def _in_part(answer: Answer, wanted: str) -> Answer:
    """One range of bytes. Several at once, which no player asks for, are answered whole."""
    match, size = _RANGE.fullmatch(wanted.strip()), answer.length
    if match is None or size is None or match[0] == "bytes=-":
        return answer
    if match[1]:
        start, end = int(match[1]), min(int(match[2]) if match[2] else size, size - 1)
        if match[2] and int(match[2]) < start:
            return answer  # no range at all, by RFC 9110
    else:
        start, end = max(0, size - int(match[2])), size - 1
    if start > end:
        headers = {**answer.headers, "Content-Range": f"bytes */{size}"}
        return Answer(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    length = end - start + 1
    body = answer.body
    part = Part(body.path, body.start + start, length) if isinstance(body, Part) else body[start : end + 1]  # type: ignore[index] # a stream has no length and was answered whole
    headers = {**answer.headers, "Content-Range": f"bytes {start}-{end}/{size}"}
    return replace(answer, status=HTTPStatus.PARTIAL_CONTENT, headers=headers, body=part)
