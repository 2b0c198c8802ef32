"""What reading can mend for certain, and what it leaves to whoever wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from funnelgen.fixes import mend
from funnelgen.site import load_site

from .sites import SMALL, site

STACK = str(SMALL["stack.yaml"])


def mended(folder: Path, file: str, text: str) -> str:
    """The text of one file of the small site after what is wrong with reading it was mended."""
    site(folder, {file: text})
    found = load_site(folder).diagnostics
    assert found
    files = {new.name: new.after for new in mend(folder, found)}
    return files.get(file, text)


@pytest.mark.parametrize(
    ("file", "text", "after"),
    [
        ("site.yaml", "nmae: x\n", "name: x\n"),
        (
            "site.yaml",
            "name: x\nseller: {emial: a@b.example}  # mine\n",
            "name: x\nseller: {email: a@b.example}  # mine\n",
        ),
        ("site.yaml", "name: x\ntax: includd\n", "name: x\ntax: included\n"),
        ("site.yaml", "name: x\nsensitive: Yes\nhtml: 'off'\n", "name: x\nsensitive: true\nhtml: 'false'\n"),
        ("site.yaml", "name: x\nseller: {name: Oak, Elm & Co}\n", 'name: x\nseller: {name: "Oak, Elm & Co"}\n'),
        ("stack.yaml", STACK.replace("offers:", "ofers:"), STACK),
        ("stack.yaml", STACK.replace("checkout:", "chekcout:"), STACK),
        ("stack.yaml", STACK.replace("bump:", "bmup:"), STACK),
        ("stack.yaml", STACK.replace("thank-you:", "thankyou:"), STACK),
        ("copy/sales.md", "---\nheadlin: x\n---\n", "---\nheadline: x\n---\n"),
        (
            "copy/sales.md",
            "/// testimonal | Dana\n    sorce: a mail\n\nx\n///\n",
            "/// testimonial | Dana\n    source: a mail\n\nx\n///\n",
        ),
        ("glossary/a.md", "---\nterm: a\ndefintion: b\n---\n", "---\nterm: a\ndefinition: b\n---\n"),
    ],
)
def test_what_can_only_be_meant_is_mended(tmp_path: Path, file: str, text: str, after: str) -> None:
    assert mended(tmp_path, file, text) == after


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("site.yaml", "name: x\nnmae: y\n"),  # it is there already
        ("site.yaml", "name: x\ncolour: red\n"),  # nothing is near
        ("site.yaml", "name: x\nsensitive: maybe\n"),
        ("site.yaml", "name: x\nmenu: {a, b}\n"),
        (
            "stack.yaml",
            STACK.replace("    price: 97\n    promise: A course in six weeks.\n", "    prise: 97\n"),
        ),  # or promise?
        ("stack.yaml", STACK.replace("price: 97", "price: 1,200")),  # or 1.2?
        ("stack.yaml", "offers:\n  a: {name: A, includes: one, two}\nsteps: []\n"),  # one thing, or two?
        (
            "stack.yaml",
            'offers:\n  a: {name: A, promise: Say "no", and mean it}\nsteps: []\n',
        ),  # it has quotes of its own
        ("stack.yaml", STACK.replace("- checkout:", "- upsell:")),
        ("copy/sales.md", "/// quote\nx\n///\n"),
    ],
)
def test_what_could_mean_something_else_is_left(tmp_path: Path, file: str, text: str) -> None:
    assert mended(tmp_path, file, text) == text
