"""Videos: which address plays one in the page, and which files a browser plays by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qs, urlencode, urlsplit

from msgspec import Struct

# A `.mov` of today holds what an MP4 does, and browsers play it if it is not called QuickTime.
FILES = {
    ".mp4": "video/mp4",
    ".m4v": "video/mp4",
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".mov": "video/mp4",
}
_YOUTUBE_ID = re.compile(r"[\w-]{11}")
_VIMEO = re.compile(r"/(?:video/|channels/[\w-]+/|showcase/\d+/video/)?(\d{3,})(?:/(\w+))?/?")
_TIME = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?")
_SECONDS = (3600, 60, 1)


class Player(Struct, frozen=True, kw_only=True):
    """Where a video plays in a frame, and whose player it is."""

    name: str  # "YouTube"
    address: str


def player_of(link: str) -> Player | None:
    """The player of a video at YouTube or Vimeo, in the form that notes the least about who watches; else None."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    find = _PLAYERS.get(host)
    return find(parts, parse_qs(parts.query)) if find and parts.scheme in ("https", "http") else None


def file_type(path: str) -> str:
    """The media type of a file that browsers play, by its ending; else empty."""
    return FILES.get(PurePosixPath(path).suffix.lower(), "")


def _youtube(parts: SplitResult, query: Mapping[str, Sequence[str]]) -> Player | None:
    head, _, rest = parts.path.strip("/").partition("/")
    id = query.get("v", [""])[0] if head == "watch" else rest if head in ("embed", "shorts", "live", "v") else ""
    return _youtube_player(id, query)


def _short_youtube(parts: SplitResult, query: Mapping[str, Sequence[str]]) -> Player | None:
    return _youtube_player(parts.path.strip("/"), query)


def _youtube_player(id: str, query: Mapping[str, Sequence[str]]) -> Player | None:
    if not _YOUTUBE_ID.fullmatch(id):
        return None
    start = _seconds((query.get("t") or query.get("start") or [""])[0])
    options = {"autoplay": 1, "rel": 0, **({"start": start} if start else {})}
    return Player(name="YouTube", address=f"https://www.youtube-nocookie.com/embed/{id}?{urlencode(options)}")


def _vimeo(parts: SplitResult, query: Mapping[str, Sequence[str]]) -> Player | None:
    found = _VIMEO.fullmatch(parts.path)
    if found is None:
        return None
    secret = found[2] or query.get("h", [""])[0]  # of a video that is not listed
    options = {**({"h": secret} if secret else {}), "autoplay": 1, "dnt": 1}
    return Player(name="Vimeo", address=f"https://player.vimeo.com/video/{found[1]}?{urlencode(options)}")


def _seconds(time: str) -> int:
    """`90`, `90s` or `1m30s`."""
    found = _TIME.fullmatch(time)
    return sum(int(part) * unit for part, unit in zip(found.groups("0"), _SECONDS, strict=True)) if found else 0


_PLAYERS: Mapping[str, Callable[[SplitResult, Mapping[str, Sequence[str]]], Player | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _short_youtube,
    "vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo,
}
