"""What stands in the copy, and would not be on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from funnelgen.checks.output.files import shows
from funnelgen.checks.rule import Finding, Subject, found
from funnelgen.site.kinds import split_url
from funnelgen.site.selling import Form


def blocked_content(subject: Subject) -> Iterator[Finding]:
    """Something in the copy comes from elsewhere, or is not allowed to run, and would not be on the page.

    Pages load nothing from other sites: that keeps them fast, tells nobody else who reads them, and lets the
    published policy (`Content-Security-Policy`) be strict. So a picture from elsewhere is left out, and of HTML in
    copy a browser blocks scripts, frames, `style="…"` and whatever has an address elsewhere, without a word to you:
    the page would look right in an editor and have a hole online. Files in assets/ get another name when they are
    published, so only Markdown and front matter find them.

    Fires:

    ```markdown copy/sales.md
    ![The six workbooks](https://pictures.example/books.jpg)
    ```

    Mended:

    ```markdown copy/sales.md
    ![The six workbooks](assets/books.jpg)
    ```

    ```picture assets/books.jpg
    1200 x 800 pixels
    ```
    """
    for text, start, link, target in subject.links:
        if target.href and not target.href.startswith("/assets/") and shows(text, start):
            help = "put the picture into assets/, and write `![…](assets/NAME)`"
            yield found(f"the picture `{link}` is not the site's own", text.at(start, len(link)), help, text.about)
    if not subject.site.config.html:
        return  # it stays text, and is reported as such
    form = subject.site.config.form
    host = urlsplit(form.action).netloc if isinstance(form, Form) else ""
    for text in subject.bodies:
        for tag in _TAG.finditer(text.prose):
            blocked, help = _blocked(tag["name"].lower(), tag["rest"], host)
            if blocked:
                yield found(blocked, text.at(tag.start(), len(tag[0])), help, text.about)


_TAG = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<rest>(?:\s[^<>]{0,2000})?)/?>")
_ATTRIBUTE = re.compile(
    r"\s(?P<name>style|on[a-z]{3,20}|src|srcset|poster|data|action)\s*=\s*[\"']?(?P<value>[^\"'>\s]*)", re.IGNORECASE
)
_NEVER = {"script", "iframe", "frame", "object", "embed", "base"}


def _blocked(name: str, rest: str, form_host: str) -> tuple[str, str]:
    """What of a tag no browser would show or run, and what to do instead; nothing where the tag is harmless."""
    if name in _NEVER and "application/ld+json" not in rest:
        return f"`<{name}>` is blocked on the page", "link to it: pages load and run nothing from elsewhere"
    for attribute in _ATTRIBUTE.finditer(rest):
        key, value = attribute["name"].lower(), attribute["value"]
        if key == "style" or key.startswith("on"):
            return f"`{key}=` of `<{name}>` is blocked on the page", "leave it out; style sheets stand in theme/"
        if key == "action":
            host = split_url(value).netloc
            if host and host != form_host:
                message = f"a form that sends to `{host}` is blocked on the page"
                return message, "name the service in site.yaml: `form: {action: https://…}`"
        elif not value.startswith("data:"):
            return f"`<{name}>` does not show `{value[:60]}`", "use Markdown with a file in assets/, or link to it"
    return "", ""
