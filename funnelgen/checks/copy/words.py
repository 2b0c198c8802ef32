"""What is written inside the copy: `{{ … }}` and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from funnelgen.checks.rule import Finding, Subject, found


def unknown_word(subject: Subject) -> Iterator[Finding]:
    """`{{ … }}` with a name that nothing has. It would be an error or an empty space on the page."""
    for text in (*subject.bodies, *subject.texts):
        for mistake in subject.words[text.stack].mistakes(text.text):
            yield found(mistake.message, text.at(mistake.start, len(mistake.text)), mistake.remedy)


def raw_html(subject: Subject) -> Iterator[Finding]:
    """HTML in copy. It stays text unless the site asks for it: a stray tag can break a page or track a visitor."""
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
