"""How a buyer says no."""

from __future__ import annotations

from collections.abc import Iterator

from funnelgen.checks.claims.judging import claims
from funnelgen.checks.rule import Finding, Subject, found


def shaming_decline(subject: Subject) -> Iterator[Finding]:
    """A decline puts words of shame into the buyer's mouth.

    "No, I don't want to grow" makes somebody insult themselves who only wants the thing just paid for. It is a named
    dark pattern (confirmshaming), and the sentence that buyers remember. A decline says what happens next. Both
    `decline:` and links in the copy of a step are looked at.

    Fires:

    ```yaml stack.yaml
    audience: people who test
    offers:
      course: {name: The Course, price: 97, deliver: course.pdf}
      calls: {name: Three Calls, price: 97, deliver: course.pdf}
    steps:
      - checkout: course
      - oto: calls
      - thank-you:
    ```

    ```markdown copy/oto.md
    ---
    decline: No, I don’t want to grow
    ---
    Three calls of an hour each.
    ```

    Mended:

    ```diff copy/oto.md
    - decline: No, I don’t want to grow
    + decline: No thanks, continue without the calls
    ```
    """
    help = "say what happens, as in `No thanks, continue without the calls`"
    for claim in claims(subject, "shaming-decline"):
        text = claim.text
        yield found(f"`{claim.words}` shames who declines", text.at(claim.start, claim.length), help, text.about)
