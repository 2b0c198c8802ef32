"""Keys that nobody else may see."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.diagnostics import Span
from funnelgen.diagnostics.secrets import SECRET, has_sign
from funnelgen.site.files import LARGEST_TEXT


def published_secret(subject: Subject) -> Iterator[Finding]:
    """A secret key stands in a file of the site.

    With it anyone can charge, refund and read your customers' data in your name. What is in the site's folder is in git
    and may be on the page, so a key that was here is no secret any more: taking it out is not enough. The keys of
    Stripe, Paddle, Polar and Square are known by how they begin; publishable ones (`pk_live_…`) may stand anywhere.

    Fires:

    ```yaml links.yaml
    # whsec_1234567890abcdef
    test: {checkout: "https://buy.stripe.com/test_abc"}
    ```

    Mended:

    ```diff links.yaml
    - # whsec_1234567890abcdef
    - test: {checkout: "https://buy.stripe.com/test_abc"}
    + test: {checkout: "https://buy.stripe.com/test_abc"}
    ```
    """
    kept = {written.item.file: written.whole for written in subject.written}
    for file, text in (*subject.sources.items(), *_other_texts(subject)):
        if not (kept[file].once(has_sign, partial(has_sign, text)) if file in kept else has_sign(text)):
            continue
        line, after = 1, 0
        for secret in SECRET.finditer(text):
            line, after = line + text.count("\n", after, secret.start()), secret.start()
            column = secret.start() - text.rfind("\n", 0, secret.start())
            span = Span(file, line, column, line, column + len(secret[0]))
            help = "revoke it at your provider, then keep the new one in an environment variable"
            yield found("a secret key stands here", span, help)


def _other_texts(subject: Subject) -> Iterator[tuple[str, str]]:
    """Files that are published as they are, and can hold text: name and content."""
    for path, file in subject.site.files.items():
        if path.rpartition(".")[2].lower() in _TEXTS and file.size <= LARGEST_TEXT:
            yield path, file.read().decode("utf-8", "replace")


_TEXTS = {"css", "csv", "env", "htm", "html", "js", "json", "md", "mjs", "svg", "txt", "xml", "yaml", "yml"}
