"""What pages weigh on their way to a visitor: HTML with the style in it, as hosts compress it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import pairwise
from math import ceil

from funnelgen.checks.output.pages import Written, written_pages
from funnelgen.checks.rule import Finding, Subject, found, note
from funnelgen.diagnostics import Note, Span

BUDGET = 14_000  # bytes with Brotli
LIMIT = 20_000
_QUALITY = 5  # of Brotli's 11: hosts that compress as they send take 4 to 6
_SURELY_LIGHT = 2 * BUDGET  # bytes before compression: no page of words and style stays above half of its size
_THEMES = re.compile(rb"<style[^>]*>.*?</style>|<svg[^>]*>.*?</svg>", re.DOTALL)
_PART = re.compile(r"(?m)^(?:#{1,2}[ \t]|/{3,}[ \t]+[A-Za-z])")
_WORD = re.compile(r"\w+")


def page_weight(subject: Subject) -> Iterator[Finding]:
    """A page weighs more than its budget: 14 KB for its words and its style, compressed.

    That much reaches a phone in the first round trip, before the sender waits for an answer (ten packets, RFC
    6928). Every round trip more is a moment in which a visitor on a slow network sees nothing. The weight is
    what Brotli makes of the page, at the quality of hosts that compress while they send. Fonts and pictures load
    beside the page and are not counted. A sales page of the themes that come with funnelgen has room for about 3,500
    words. A longer one may well be worth its wait: then allow it, with the reason, in its front matter, up to 20 KB,
    where `page-too-heavy` begins.

    Fires:

    ```size copy/sales.md
    16000 bytes
    ```

    Mended:

    ```markdown copy/sales.md
    What the course is, in a few words.
    ```
    """
    yield from _heavier(subject, BUDGET, at_most=LIMIT)


def page_too_heavy(subject: Subject) -> Iterator[Finding]:
    """A page weighs more than a page may: 20 KB for its words and its style, compressed.

    A phone on a slow network waits for it through two round trips and more, in which its visitor sees nothing. So
    much are about 7,000 words on a sales page, half an hour's reading, or a style sheet with pictures or fonts in
    it. Nothing need be lost: what only some readers want (a syllabus, the stories of others, long answers) does as
    well on a page of its own, one link away. `page-weight` says how it is measured, and warns above 14 KB. Lists
    that the build makes, such as that of all terms, are judged by neither.

    Fires:

    ```size copy/sales.md
    40000 bytes
    ```

    Mended:

    ```markdown copy/sales.md
    What the course is, in a few words.
    ```
    """
    yield from _heavier(subject, LIMIT)


def travels(html: bytes) -> int:
    """How many bytes of a page travel: with Brotli, as hosts compress while they send."""
    import brotli  # only a build with a page that may be heavy pays for it

    return len(brotli.compress(html, quality=_QUALITY))


def _heavier(subject: Subject, budget: int, *, at_most: int | None = None) -> Iterator[Finding]:
    """Pages above a budget, but for those above `at_most`, which another rule is about."""
    assert subject.built is not None
    written = written_pages(subject)
    for page in subject.built.manifest.pages:
        html = subject.built.files[page.file]
        # Lists and simulated payments are nobody's to shorten; what zlib makes light, Brotli makes lighter.
        if page.address not in written or len(html) < _SURELY_LIGHT or len(zlib.compress(html, 1)) <= BUDGET:
            continue
        weight = travels(html)
        if weight <= budget or (at_most and weight > at_most):
            continue
        message = f"`{page.address}` weighs {weight / 1000:.1f} KB as it travels, its budget is {budget // 1000} KB"
        if 2 * travels(_THEMES.sub(b"", html)) < weight:
            help = "shorten the style sheets and drawings in theme/; a picture or font is lighter as a file of its own"
            yield found(message, _style_sheet(subject), help, subject.site.config)
            return  # they are in every page
        item = written[page.address]
        help, notes = _shorter(subject, item, weight - BUDGET)
        yield found(message, Span(item.file), help, *item.about, notes=notes)


def _shorter(subject: Subject, item: Written, excess: int) -> tuple[str, tuple[Note, ...]]:
    """How many words less would do, and where most of them stand."""
    text = subject.sources.get(item.file, "")
    words = len(_WORD.findall(text))
    if not words:
        return "shorten it, or move a part to a page of its own", ()
    less = min(ceil(excess / (travels(text.encode()) / words) / 50) * 50, words)
    starts = [0, *(match.start() for match in _PART.finditer(text)), len(text)]
    length, start = max((len(_WORD.findall(text[a:b])), -a) for a, b in pairwise(starts))
    help = f"take about {less:,} of its {words:,} words out, or move them to a page of its own and link to it"
    line = text.count("\n", 0, -start) + 1
    return help, note(Span(item.file, line), f"the longest part, of {length:,} words") if len(starts) > 2 else ()


def _style_sheet(subject: Subject) -> Span | None:
    """The site's own style sheet, or where its theme is named."""
    own = next(iter(subject.site.theme_files(".css")), None)
    return Span(own) if own else subject.site.config.places.at("theme")
