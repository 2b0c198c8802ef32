"""Kinds of text that a key may hold: an id, an address, a URL, one line, prose.

Each is a type hint with its pattern, its words for a mistake (`extra`) and its words for editors. Where a function
checks what a pattern cannot, `written` is the part of it that editors can check: a pattern of the same meaning in
Python and in JavaScript.
"""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from msgspec import Meta

from funnelgen.site.tangles import MOST_OPEN, unclosed

_ID = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_DEVICES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
TAKEN = {"assets", "copy", "dist", "downloads", "glossary", "pages", "stacks", "theme"}
LONGEST_NAME = 120  # characters in one segment of a path; file systems stop at 255 bytes


def wrong_path(text: str) -> str | None:
    """What is wrong with a relative path of the site's own ("art/cover.jpg"), or None.

    Refuses whatever could leave the folder or cannot exist on some system: absolute paths, `..`,
    backslashes, drive letters, control characters, Windows device names, very long names.
    """
    if not text:
        return "is empty"
    if text.startswith(("/", "~")) or re.match(r"^[A-Za-z]:", text):
        return f"`{_short(text)}` is an absolute path"
    if "\\" in text:
        return f"`{_short(text)}` has a backslash"
    for segment in text.split("/"):
        if segment in ("", ".", ".."):
            return f"`{_short(text)}` has `{segment}` in it" if segment else f"`{_short(text)}` has an empty part"
        if len(segment) > LONGEST_NAME:
            return f"a name in it has {len(segment)} characters, at most {LONGEST_NAME} are allowed"
        if segment.partition(".")[0].casefold() in _DEVICES:
            return f"`{_short(segment)}` is a device's name on Windows"
        if (
            re.search(r'[\x00-\x1f\x7f-\x9f\ud800-\udfff<>:"|?*]', segment)
            or segment != segment.strip(" ")
            or segment.endswith(".")
        ):
            return f"`{_short(segment)}` cannot be a file's name everywhere"
    return None


def wrong_address(text: str) -> str | None:
    """What is wrong with an address on the site ("/order/"), or None."""
    if not re.fullmatch(r"/([a-z0-9]+(-[a-z0-9]+)*/)*", text):
        return f"`{_short(text)}` is not an address"
    return wrong_path(text.strip("/")) if text != "/" else None


def split_url(text: str) -> SplitResult:
    """The parts of a web address; none where it is no address at all (`https://[x`)."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


@lru_cache(maxsize=4096)  # a preview asks of the same links after every save
def wrong_url(text: str) -> str | None:
    """What is wrong with a web address that pages may link to, or None."""
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return f"`{_short(text)}` is not a web address"
    if parts.scheme not in ("https", "http") or re.search(r"[\s<>\"'`\\{}|^]", text):
        return f"`{_short(text)}` is not a web address"
    here = host == "localhost" or host.endswith((".localhost", ".local")) or host.startswith(("127.", "0.0.0.0"))
    if not here and not re.fullmatch(r"[\w-]+(\.[\w-]+)+", host):  # a header is made of it
        return f"`{_short(text)}` is not a web address"
    if parts.scheme == "http" or here:
        return f"`{_short(text)}` would not be reachable or safe for a visitor"
    if parts.username or parts.password:
        return f"`{_short(text)}` has a password in it"
    return None


def wrong_site_url(text: str) -> str | None:
    """What is wrong with a site's own address, or None. Pages, files and return addresses begin at a host's root."""
    if wrong := wrong_url(text):
        return wrong
    if "?" in text or "#" in text:
        return f"`{_short(text)}` has more than an address in it, and every return address would end in that"
    if split_url(text).path not in ("", "/"):
        return f"`{_short(text)}` is a folder, and funnelgen's pages live at the root of a host"
    return None


def wrong_sink(text: str) -> str | None:
    """What is wrong with an address that pages send events to, on the web or on the site itself, or None."""
    if not text.startswith("/"):
        return wrong_url(text)
    if not re.fullmatch(r"/[A-Za-z0-9._~-][A-Za-z0-9._~/-]*", text) or ".." in text:
        return f"`{_short(text)}` is not an address"
    return f"`{_short(text)}` belongs to the preview" if text.startswith("/_funnel") else None


def wrong_id(text: str) -> str | None:
    """What is wrong with an id beyond its pattern, or None."""
    if len(text) > 60:
        return f"has {len(text)} characters, at most 60 are allowed"
    return f"`{text}` is a device's name on Windows" if text in _DEVICES else None


def wrong_theme(text: str) -> str | None:
    """What is wrong with a theme's name ("daybreak"), or with its folder in the site ("./my-theme"), or None."""
    if not text.startswith("./"):
        return wrong_id(text) if re.fullmatch(_ID, text) else f"`{_short(text)}` is not a theme's name"
    folder = text.removeprefix("./").rstrip("/")
    if folder.partition("/")[0] in TAKEN:
        return f"`{_short(text)}` is no place for a theme: the site has something else there"
    return wrong_path(folder)


def wrong_date(text: str) -> str | None:
    """What is wrong with a date that has the right form, or None."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return f"there is no day `{text}`"
    return None


def wrong_zone(text: str) -> str | None:
    """What is wrong with a time zone's name, or None."""
    from zoneinfo import ZoneInfo  # only sites with dates pay for the import

    try:
        ZoneInfo(text)
    except (LookupError, ValueError, OSError):
        return f"there is no time zone `{_short(text)}`"
    return None


def wrong_line(text: str) -> str | None:
    """A text that must stay on one line, because a title or a header is made of it."""
    if "\n" in text:
        return "has a line break"
    return None if text else "is empty"


def wrong_prose(text: str) -> str | None:
    """A text that may have some Markdown in it, as long as nobody is lost in its brackets."""
    return None if unclosed(text) is None else f"has more than {MOST_OPEN} brackets open"


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _text(description: str, **more: Any) -> Meta:
    extra: dict[str, Any] = {k: more.pop(k) for k in ("what", "help", "check", "written") if k in more}
    return Meta(description=description, extra=extra, **more)


Id = Annotated[
    str,
    _text(
        "lower-case letters, digits and hyphens",
        max_length=60,
        pattern=_ID,
        what="an id",
        check=wrong_id,
        written=_ID.replace("^", "^(?!(con|prn|aux|nul|com[1-9]|lpt[1-9])$)", 1),
        help="an id has lower-case letters, digits and hyphens, as in `launch-your-course`",
    ),
]
Line = Annotated[str, _text("one line of text", max_length=300, check=wrong_line, written=r"^\s*\S[^\n]*\s*$")]
Prose = Annotated[str, _text('text; `{{ price("…") }}` may stand in it', max_length=5000, check=wrong_prose)]
_SEGMENT = r"""(?!\.\.?(/|$))(?! )[^\x00-\x1f/\\<>:"|?*]*[^\x00-\x1f/\\<>:"|?* .]"""
Path = Annotated[
    str,
    _text(
        "a file of the site",
        check=wrong_path,
        written=f"^(?!~){_SEGMENT}(/{_SEGMENT})*$",
        help="name a file inside the site's folder",
    ),
]
_FOLDER = rf"\./(?!({'|'.join(sorted(TAKEN))})(/|$)){_SEGMENT}(/{_SEGMENT})*/?"
ThemeName = Annotated[
    str,
    _text(
        "a theme",
        max_length=300,
        check=wrong_theme,
        written=f"^({_ID[1:-1]}|{_FOLDER})$",
        help="a theme's name, as `funnelgen theme list` has them, or a folder of the site, as in `./my-theme`",
    ),
]
Address = Annotated[
    str,
    _text(
        "an address on the site",
        check=wrong_address,
        written="^/([a-z0-9]+(-[a-z0-9]+)*/)*$",
        help="an address looks like `/order/`, in lower case",
    ),
]
_BREAKS = r"""\s<>"'`\\{}|^"""  # what ends an address wherever one is quoted
_LABEL = rf"[^{_BREAKS}/?#@:.]+"
_HOST = rf"(?!127\.|0\.0\.0\.0){_LABEL}(\.(?!local(host)?([:/?#]|$)){_LABEL})+"
Url = Annotated[
    str,
    _text(
        "a web address",
        check=wrong_url,
        written=rf"^[Hh][Tt][Tt][Pp][Ss]://{_HOST}(:[0-9]*)?([/?#][^{_BREAKS}]*)?$",
        help="a web address begins with `https://` and a host's name",
    ),
]
SiteUrl = Annotated[
    str,
    _text(
        "a site's address",
        check=wrong_site_url,
        written=rf"^[Hh][Tt][Tt][Pp][Ss]://{_HOST}(:[0-9]*)?/?$",
        help="write `https://` and a host alone; beside another site, a subdomain, as in `https://course.example.com`",
    ),
]
Sink = Annotated[
    str,
    _text(
        "an address that takes events",
        max_length=300,
        check=wrong_sink,
        written=rf"^([Hh][Tt][Tt][Pp][Ss]://{_HOST}(:[0-9]*)?([/?#][^{_BREAKS}]*)?"
        r"|/(?!_funnel)(?!.*\.\.)[A-Za-z0-9._~-][A-Za-z0-9._~/-]*)$",
        help="write an `https://` address, or a path on the site's own host as in `/events`",
    ),
]
CurrencyCode = Annotated[
    str,
    _text("an ISO 4217 currency", pattern="^[A-Z]{3}$", what="a currency", help="three capitals, as in `USD` or `EUR`"),
]
CountryCode = Annotated[
    str,
    _text("a country", pattern="^[A-Za-z]{2}$", what="a country", help="two letters, as in `US`, `DE` or `GB`"),
]
LocaleTag = Annotated[
    str,
    _text(
        "a language, with a country where it matters",
        pattern="^[a-z]{2,3}(-[A-Za-z]{4})?(-[A-Z]{2})?$",
        what="a locale",
        help="a language and a country, as in `en-US` or `de`",
    ),
]
Colour = Annotated[
    str,
    _text(
        "a colour", pattern="^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$", what="a colour", help="a hex colour, as in `#2457ff`"
    ),
]
Code = Annotated[
    str,
    _text(
        "a discount's code",
        pattern="^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$",
        what="a code",
        help="a code has letters from a to z, digits, hyphens and underscores, as in `SPRING-20`",
    ),
]
Email = Annotated[
    str,
    _text(
        "an email address",
        max_length=254,
        pattern=r"""^[^@\s<>"']+@[^@\s<>"']+\.[^@\s<>"']+$""",
        what="an email address",
        help="write one as in `help@example.com`",
    ),
]
_DAY = "write year, month and day, as in `2026-11-21`"
Date = Annotated[str, _text("a date", pattern=r"^\d{4}-\d{2}-\d{2}$", what="a date", check=wrong_date, help=_DAY)]
TimeZone = Annotated[
    str,
    _text(
        "a time zone",
        check=wrong_zone,
        max_length=60,
        pattern=r"^[A-Za-z]+([/_+-][A-Za-z0-9]+)*$",
        what="a time zone",
        help="write a region and a city, as in `Europe/Berlin` or `America/New_York`",
    ),
]
Days = Annotated[int, Meta(ge=1, le=730, extra={"help": "write a number of days from 1 to 730"})]
Quantity = Annotated[int, Meta(ge=2, le=999, extra={"help": "write the most that one buyer may take, from 2 to 999"})]
