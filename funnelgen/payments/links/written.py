"""links.yaml with other links: its comments, its order and its layout stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from funnelgen.payments.addresses import payment_of
from funnelgen.site import yamltree
from funnelgen.site.links import LinkMode
from funnelgen.site.variables import variable_in


class CannotWrite(Exception):
    """links.yaml is written in a way in which its lines cannot be told apart."""


def with_links(text: str, mode: LinkMode, links: Mapping[str, str]) -> str:
    """The text of links.yaml with those links under `mode:`; others, and those in the environment, stay.

    So does one that opens the same payment: what the seller added to it, a language or a campaign, is not lost.
    Raises CannotWrite where the file is no list of lines, one per link.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix("\ufeff")
    end = "\r\n" if "\r\n" in body else "\n"
    lines = body.split(end)
    section = _section(body.replace("\r\n", "\n"), mode)
    if section is None:
        while lines and not lines[-1].strip():
            lines.pop()
        lines += [*([""] if lines else []), f"{mode}:", *_written(links), ""]
        return mark + end.join(lines)
    key, written = section
    new = dict(links)
    last, indent = key.span.line, "  "
    for name, value in written:
        number = value.span.line - 1
        if value.span.end_line != value.span.line or name.span.line != value.span.line:
            raise CannotWrite(f"the link of `{name.text}` is not on one line")
        last, indent = value.span.line, lines[number][: name.span.column - 1]
        if indent.strip():
            raise CannotWrite(f"`{mode}:` is not written with one link per line")
        link = new.pop(name.text, value.text)
        if payment_of(link) != payment_of(value.text) and not variable_in(value.text):
            before, after = lines[number][: value.span.column - 1], lines[number][value.span.end_column - 1 :]
            lines[number] = before + (" " if before.endswith(":") else "") + link + after
    lines[last:last] = list(_written(new, indent))
    return mark + end.join(lines)


def lines_of(text: str, mode: LinkMode) -> dict[str, str]:
    """What links.yaml has under `mode:`, by button, as it is written. Raises CannotWrite as `with_links` does."""
    section = _section(text.removeprefix("\ufeff").replace("\r\n", "\n"), mode)
    return {name.text: value.text for name, value in section[1]} if section else {}


def _section(text: str, mode: LinkMode) -> tuple[yamltree.Scalar, list[tuple[yamltree.Scalar, yamltree.Scalar]]] | None:
    tree, problems = yamltree.parse_yaml(text, "links.yaml")
    if problems or not (tree is None or isinstance(tree, yamltree.Mapping)):
        raise CannotWrite("links.yaml has mistakes of its own; `funnelgen check` names them")
    pair = next(((key, value) for key, value in tree.pairs if key.text == mode), None) if tree else None
    if pair is None:
        return None
    key, value = pair
    if yamltree.is_empty(value):
        return key, []
    if not isinstance(value, yamltree.Mapping) or not all(isinstance(v, yamltree.Scalar) for _, v in value.pairs):
        raise CannotWrite(f"`{mode}:` is not written with one link per line")
    return key, [(k, v) for k, v in value.pairs if isinstance(v, yamltree.Scalar)]


def _written(links: Mapping[str, str], indent: str = "  ") -> Iterator[str]:
    for id, link in links.items():
        yield f"{indent}{id}: {link}"
