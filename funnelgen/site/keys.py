"""Keys that went wrong: one that is misspelt, and words that a comma cut off their text and made a key."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator

from msgspec import Struct, inspect

from funnelgen.diagnostics import Edit, Span
from funnelgen.diagnostics.suggest import certain, did_you_mean, nearest
from funnelgen.site import yamltree


class Meant(Struct, frozen=True, kw_only=True):
    """What an unknown key was meant to be: `name` is empty where none is near."""

    name: str
    certain: bool
    help: str
    fix: tuple[Edit, ...] = ()


def meant(key: yamltree.Scalar, known: Collection[str], taken: Container[str]) -> Meant:
    """The key of `known` that `key` stands for; never one of `taken`, which are there already."""
    help = did_you_mean(key.text, known)
    near = nearest(key.text, known)
    if near is None or near in taken:
        return Meant(name="", certain=False, help=help)
    if certain(key.text, [name for name in known if name not in taken]) != near:
        return Meant(name=near, certain=False, help=help)
    return Meant(name=near, certain=True, help=help, fix=(Edit(key.span, key.text, near),))


class Cut(Struct, frozen=True, kw_only=True):
    """Words that a comma cut off a text, where they stand, and the quotes that would have kept them."""

    words: str
    span: Span
    fix: tuple[Edit, ...]


def whole_pairs(
    node: yamltree.Mapping, known: Container[str] = ()
) -> Iterator[tuple[yamltree.Scalar, yamltree.Node, Cut | None]]:
    """The pairs of a mapping, each value whole, and what a comma had cut off it.

    In `{promise: Know more, sell more}` YAML ends the text at the comma, and the rest becomes a key without a value.
    """
    pairs: list[tuple[yamltree.Scalar, yamltree.Node, list[yamltree.Scalar]]] = []
    for key, value in node.pairs:
        if pairs and key.text not in known and _is_bare(key, value) and _can_go_on(pairs[-1][1]):
            pairs[-1][2].append(key)
        else:
            pairs.append((key, value, []))
    for key, value, rest in pairs:
        if rest and isinstance(value, yamltree.Scalar):
            yield key, *_whole(value, rest)
        else:
            yield key, value, None


def _whole(first: yamltree.Scalar, rest: list[yamltree.Scalar]) -> tuple[yamltree.Scalar, Cut]:
    last = rest[-1]
    texts = [part.text for part in (first, *rest)]
    comma = "," if all(text.isdigit() for text in texts) else ", "  # 1,200 was written without a space
    fix: tuple[Edit, ...] = ()
    if not any(c in text for text in texts for c in '"\\'):
        fix = (Edit(first.span, first.text, f'"{first.text}'), Edit(last.span, last.text, f'{last.text}"'))
    whole = yamltree.Scalar(comma.join(texts), first.span.to(last.span))
    return whole, Cut(words=comma.join(texts[1:]), span=rest[0].span.to(last.span), fix=fix)


def _is_bare(key: yamltree.Scalar, value: yamltree.Node) -> bool:
    """Whether not even a colon stands behind the key, as only brackets allow."""
    after = value.span.line == key.span.end_line and value.span.column == key.span.end_column
    return key.plain and yamltree.is_empty(value) and after


def _can_go_on(value: yamltree.Node) -> bool:
    return isinstance(value, yamltree.Scalar) and value.plain and not yamltree.is_empty(value)


def bare(kind: inspect.Type) -> inspect.Type:
    """A type without what is said about it."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def holds_keys(kind: inspect.Type) -> bool:
    """Whether a key has keys of its own below it, which may be left out for now."""
    kind = bare(kind)
    if isinstance(kind, inspect.UnionType):
        return any(map(holds_keys, kind.types))
    return isinstance(kind, inspect.DictType | inspect.StructType)
