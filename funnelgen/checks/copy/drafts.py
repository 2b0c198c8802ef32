"""Words that were meant to be written over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text

_STAND_IN = re.compile(
    r"(?i)\blorem ipsum\b|\bwrite here (?:who|what|how|why|which)\b|\bplaceholder text\b|\bexample text\b[^.\n]{0,60}"
    r"|\[(?:your|insert|add)\b[^\]\n]{0,40}\](?!\()|(?-i:\b(?:TODO|FIXME|TBD|XXX)\b)"
)
_SIGNS = "lorem|write here|placeholder|example text|[your|[insert|[add|todo|fixme|tbd|xxx".split("|")
"""One of these stands in each; to look for fixed words first is many times quicker."""
_UNREAD = ("src", "captions", "image")


def placeholder_text(subject: Subject) -> Iterator[Finding]:
    """A text that was meant to be written over stands on the page.

    "Lorem ipsum", "TODO", "[your name]", or a sentence of a starter site that tells what to write. In a draft it
    reminds; on a live page it tells a buyer that nobody has read it through, and terms that say "Example text" bind
    nobody.

    Fires (live):

    ```markdown copy/sales.md
    What the course is. TODO: say for whom.
    ```

    Mended:

    ```diff copy/sales.md
    - What the course is. TODO: say for whom.
    + What the course is, and for whom.
    ```
    """
    for text in (*subject.bodies, *subject.texts):
        if text.role in _UNREAD:
            continue
        for start, words in _kept_stand_ins(text):
            span = text.at(start, len(words))
            help = "write your own words over it"
            yield found(f"`{words}` was meant to be written over", span, help, text.about, only_live=True)


def _kept_stand_ins(text: Text) -> tuple[tuple[int, str], ...]:
    return text.once(_stand_ins, lambda: tuple(_stand_ins(text)))


def _stand_ins(text: Text) -> Iterator[tuple[int, str]]:
    """Where each such text begins, and its words."""
    low = text.prose.lower()
    if any(sign in low for sign in _SIGNS):
        for stand_in in _STAND_IN.finditer(text.prose):
            yield stand_in.start(), stand_in[0].strip()
