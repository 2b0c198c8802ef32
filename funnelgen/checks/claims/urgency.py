"""What presses the reader: scarcity that nobody can check, clocks, and words that hurry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.claims.judging import claims, sold_with
from funnelgen.checks.rule import Finding, Subject, found

# A clock in raw HTML: an element that is named after one, or a script that speaks of one.
_CLOCK = re.compile(r"<[a-z][\w-]{0,20}\s[^<>]{0,900}?(count-?down|deadline-?timer|urgency)", re.I)
_NAMED = re.compile(r"count-?down|deadline", re.I)


def false_scarcity(subject: Subject) -> Iterator[Finding]:
    """The copy says that something runs out, without anything that a reader could check.

    A page that says "only 3 left" or "ends tonight" says so every day, since nobody changes it: files do not run out,
    and a static page cannot count. To claim falsely that an offer is open for a short time only is unfair under all
    circumstances in the EU (Directive 2005/29/EC, Annex I, no. 7), and a named dark pattern in the USA. This is no
    legal advice. Real limits are welcome: how many places the group has, and the date on which it starts or the price
    changes. A sentence with a date is not found; neither is a page that explains the practice.

    Fires:

    ```markdown copy/sales.md
    Only 3 spots left. The price goes up at midnight!
    ```

    Mended:

    ```diff copy/sales.md
    - Only 3 spots left. The price goes up at midnight!
    + The group has twelve places and starts on 3 March.
    ```
    """
    help = "say what is limited, why, and until which date, or leave it out"
    for claim in claims(subject, "false-scarcity"):
        text = claim.text
        message = f"`{claim.words}` is scarcity that nobody can check"
        yield found(message, text.at(claim.start, claim.length), help, text.about)


def countdown(subject: Subject) -> Iterator[Finding]:
    """The copy counts down, or raw HTML brings a clock.

    A clock that starts anew for each visitor measures nothing, and readers know it. Timers that reset or mean nothing
    are a named dark pattern in the USA, and in the EU a false limit of time is unfair under all circumstances
    (Directive 2005/29/EC, Annex I, no. 7). This is no legal advice. Where something does end, its date says so
    better. A timer for an exercise is not found.

    Fires:

    ```markdown copy/sales.md
    This offer ends in 00:14:59. When the timer hits zero, it is gone.
    ```

    Mended:

    ```diff copy/sales.md
    - This offer ends in 00:14:59. When the timer hits zero, it is gone.
    + Enrollment closes on 28 February; the group starts a week later.
    ```
    """
    help = "give the date and the reason, or leave it out"
    for claim in claims(subject, "countdown"):
        text = claim.text
        yield found(f"`{claim.words}` counts down", text.at(claim.start, claim.length), help, text.about)
    if not subject.site.config.html:
        return  # no tag would reach the page
    for text in sold_with(subject):
        for start, name in _clocks(text.prose):
            yield found(f"`{name}` in HTML brings a clock", text.at(start, len(name)), help, text.about)


def _clocks(html: str) -> Iterator[tuple[int, str]]:
    """The first element or script that is named after a clock: where its name stands, and the name."""
    start, low = 0, html.lower()
    while (start := low.find("<script", start)) >= 0:
        end = max(low.find("</script", start), start + 1)
        if name := _NAMED.search(html, start, end):
            yield name.start(), name[0]
            return
        start = end
    if clock := _CLOCK.search(html):
        yield clock.start(1), clock[1]


def pressure(subject: Subject) -> Iterator[Finding]:
    """The copy hurries or scares the reader where it could give a reason.

    "Act now", "don't be left behind", "stop making excuses": what can be read in two minutes does not need it, and a
    buyer who was pushed asks for the money back sooner. That is an editor's advice; no law is meant. A customer's own
    words are not judged.

    Fires:

    ```markdown copy/sales.md
    Act now, and don’t be left behind.
    ```

    Mended:

    ```diff copy/sales.md
    - Act now, and don’t be left behind.
    + It takes two evenings a week, and you can start on any day.
    ```
    """
    help = "give the reason to decide: what it is, how long it takes, what it costs"
    for claim in claims(subject, "pressure"):
        text = claim.text
        yield found(f"`{claim.words}` presses the reader", text.at(claim.start, claim.length), help, text.about)
