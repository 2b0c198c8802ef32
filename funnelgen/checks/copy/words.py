"""What is written inside the copy: `{{ … }}` and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.checks.texts import Text
from funnelgen.diagnostics import Edit


def unknown_word(subject: Subject) -> Iterator[Finding]:
    """An expression in double braces says nothing: its name is one that nothing has, or it is more than a name.

    An amount in the copy comes from the stack, as in `{{ price("my-offer") }}`, so that no page can differ from what is
    charged. An expression that cannot be looked up would leave a hole in the sentence, or the braces themselves.

    Fires:

    ```markdown copy/sales.md
    All six weeks cost {{ price("coarse") }}.
    ```

    Mended:

    ```diff copy/sales.md
    - All six weeks cost {{ price("coarse") }}.
    + All six weeks cost {{ price("course") }}.
    ```
    """
    known = subject.words
    for text in (*subject.bodies, *subject.texts):
        if not text.once(_has_words, partial(_has_words, text)):
            continue
        for mistake in known[text.stack].mistakes(text.text):
            span = text.at(mistake.start, len(mistake.text))
            fix = (Edit(span, mistake.word, mistake.meant),) if span and mistake.meant else ()
            if mistake.meant and '"' in mistake.meant and text.is_quoted:
                fix = ()  # it would end the text
            yield found(mistake.message, span, mistake.remedy, fix=fix)


def _has_words(text: Text) -> bool:
    return "{{" in text.text or "{%" in text.text


def raw_html(subject: Subject) -> Iterator[Finding]:
    """There is HTML in the copy, which visitors would read as text.

    It stays text unless site.yaml says `html: true`, because a stray tag breaks a page and a pasted script reads along
    with your visitors. Markdown and blocks have what copy needs; what is meant as text belongs between backquotes.

    Fires:

    ```markdown copy/sales.md
    Six weeks, <b>one module a week</b>.
    ```

    Mended:

    ```diff copy/sales.md
    - Six weeks, <b>one module a week</b>.
    + Six weeks, **one module a week**.
    ```
    """
    if subject.site.config.html:
        return
    for text in subject.bodies:
        opened = set()
        for tag in _TAG.finditer(text.prose):
            slash, name = tag[0][1] == "/", tag[0].strip("</>").split()[0].lower()
            if slash and name in opened:
                continue
            opened.add(name)
            help = "use Markdown or a block, or set `html: true` in site.yaml"
            yield found(f"HTML in copy: `{tag[0][:40]}`", text.at(tag.start(), len(tag[0])), help)


_TAG = re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,2000}|/)?|!--.{0,500}?--|!\w[^<>]{0,2000})>", re.S)
