"""What the copy leans on without showing it: another price, a famous name, a big word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.claims.judging import claims, sold_with
from funnelgen.checks.rule import Finding, Subject, found

_STRUCK = re.compile(r"<(?:del|s|strike)\b[^<>]{0,200}>([^<>]{0,40}\d[^<>]{0,40})</(?:del|s|strike)>", re.I)


def reference_price(subject: Subject) -> Iterator[Finding]:
    """The copy compares with a price that nothing on the page backs.

    "Was $997", "a $1,500 value", "90 % off today": a reader takes it that somebody pays that price. In the EU an
    announced reduction states the lowest price of the last 30 days (Directive 98/6/EC, Article 6a); in the USA a
    former price must have been charged in earnest (FTC, 16 CFR Part 233). This is no legal advice. Where the price is
    charged somewhere now, say where, and write it as `{{ price("…") }}` if it is an offer of this site: that is not
    found. Else allow it with the reason.

    Fires:

    ```markdown copy/sales.md
    A $1,500 value: was $997, now {{ price("course") }}.
    ```

    Mended:

    ```diff copy/sales.md
    - A $1,500 value: was $997, now {{ price("course") }}.
    + Six modules and a workbook for {{ price("course") }}.
    ```
    """
    help = "say where that price is charged now, or name your price alone"
    for claim in claims(subject, "reference-price"):
        text = claim.text
        message = f"`{claim.words}` is a comparison without a source"
        yield found(message, text.at(claim.start, claim.length), help, text.about)
    if not subject.site.config.html:
        return  # no tag would reach the page
    for text in sold_with(subject):
        for struck in _STRUCK.finditer(text.prose):
            span = text.at(struck.start(1), len(struck[1]))
            yield found(f"`{struck[1].strip()}` is a comparison without a source", span, help, text.about)


def as_seen_in(subject: Subject) -> Iterator[Finding]:
    """The copy names a paper or a channel that wrote about it, without a link to it.

    Borrowed fame is believed, and often is a paid announcement. A link lets a reader look, and costs nothing where it
    is true. So it is with experts who have no name, and with thousands of customers. A sentence with a link is not
    found. That is an editor's advice; where it is not true, it misleads.

    Fires:

    ```markdown copy/sales.md
    As seen in The Daily Example.
    ```

    Mended:

    ```diff copy/sales.md
    - As seen in The Daily Example.
    + As seen in [The Daily Example](https://daily.example/small-courses).
    ```
    """
    help = "link to the article or the broadcast, or leave it out"
    for claim in claims(subject, "as-seen-in"):
        if not claim.linked:
            text = claim.text
            yield found(f"`{claim.words}` cannot be checked", text.at(claim.start, claim.length), help, text.about)


def hype(subject: Subject) -> Iterator[Finding]:
    """The copy praises with a word that any offer could use.

    "Game-changing", "to the next level", "unlock your potential" say nothing that a reader could picture, and stand
    on every page of the kind. A number, a name or a thing does. That is an editor's advice; a customer's own words
    are not judged.

    Fires:

    ```markdown copy/sales.md
    A game-changing course that will unlock your full potential.
    ```

    Mended:

    ```diff copy/sales.md
    - A game-changing course that will unlock your full potential.
    + Six lessons, each ending with a page of your own course.
    ```
    """
    help = "say what it does: a number, a name or a thing in place of the praise"
    for claim in claims(subject, "hype"):
        text = claim.text
        yield found(f"`{claim.words}` could stand on any page", text.at(claim.start, claim.length), help, text.about)
