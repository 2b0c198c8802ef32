"""Good files gone bad: bytes cut, doubled and slipped in, YAML rebuilt with values in the wrong places."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

import yaml

from . import texts
from .values import DOWNLOADS, ODD_AMOUNTS, OFFERS, PAGES

SIGNS = (*":-#&*!|>%@`'\"[]{},?\n\t ", "\\", "\r\n", "\u2028", "\ufeff", "\x00", "\x1b", "é", "🎓", "שלום", "<script>")
CODE = (
    "{{",
    "}}",
    "{%",
    "---\n",
    "///",
    "/// faq\n",
    "null",
    "- ",
    ": ",
    "<<: *a\n",
    "&a ",
    "*a",
    "!!int ",
    "[x](javascript:a)",
)
PIECES = tuple(piece.encode() for piece in (*SIGNS, *CODE))
NAMES = ("x", "thank-you", "oto", "checkout", "cards", "price", "allow", *OFFERS, *PAGES, *DOWNLOADS)
SCALARS = (
    *ODD_AMOUNTS,
    *NAMES,
    *texts.ODD,
    "true",
    "month",
    "JPY",
    "de-DE",
    "#fff",
    "con",
    "/a/",
    "https://x.example/",
)


def spoilt(rng: Random, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The site with one or two of its texts spoilt, or, now and then, a file that is gone, renamed or another's."""
    out = dict(files)
    names = [name for name in files if name.endswith((".yaml", ".md"))]
    for _ in range(rng.choice((1, 1, 2))):
        name = rng.choice(names)
        match rng.randrange(12):
            case 0 if name != "site.yaml":  # without it there is no site to look at
                out.pop(name, None)
            case 1:
                out[rng.choice((f"{name}.bak", f"copy/{name.rpartition('/')[2]}", name.lower(), "pages/x.md"))] = files[
                    name
                ]
            case 2:
                out[name] = files[rng.choice(names)]
            case 3 | 4 | 5 if name.endswith(".yaml"):
                out[name] = rebuilt(rng, files[name])
            case _:
                out[name] = cut(rng, files[name])
    return {name: data for name, data in out.items() if not _is_taken(name, out)}


def _is_taken(name: str, files: Mapping[str, bytes]) -> bool:
    """Whether another file has the path as its folder."""
    parents = name.split("/")[:-1]
    return any("/".join(parents[:number]) in files for number in range(1, len(parents) + 1))


def cut(rng: Random, data: bytes) -> bytes:
    """The bytes with a few cuts, doublings and insertions; sometimes a very long one."""
    for _ in range(rng.randint(1, 3)):
        start = rng.randint(0, len(data))
        end = min(len(data), start + rng.randint(0, 40))
        match rng.randrange(5):
            case 0:
                piece = b""
            case 1:
                piece = data[start:end] * 2
            case 2:
                piece = bytes(rng.randrange(256) for _ in range(rng.randint(1, 4)))
            case 3 if rng.random() < 0.3:
                piece = rng.choice(texts.RUNS).encode() * rng.choice((30, 300, 2000))
            case _:
                piece = rng.choice(PIECES)
        data = data[:start] + piece + data[end:]
    return data


def rebuilt(rng: Random, data: bytes) -> bytes:
    """The YAML with a few values replaced, moved, repeated or taken away, and keys renamed."""
    tree = yaml.load(data, Loader=yaml.BaseLoader)
    for _ in range(rng.randint(1, 3)):
        spots = list(places_in(tree))
        if not spots:
            break
        container, key = rng.choice(spots)
        other, there = rng.choice(spots)
        match rng.randrange(5):
            case 0:
                container[key] = _tree(rng)
            case 1:
                del container[key]
            case 2:
                container[key] = copy.deepcopy(other[there])
            case 3 if isinstance(container, dict):
                container[rng.choice(SCALARS)] = container.pop(key)
            case 4 if isinstance(container, list):
                container.append(copy.deepcopy(container[key]))
    return str(yaml.dump(tree, allow_unicode=True, sort_keys=False)).encode("utf-8", "replace")


def _tree(rng: Random, depth: int = 0) -> Any:
    match rng.randrange(4) if depth < 3 else 0:
        case 1:
            return [_tree(rng, depth + 1) for _ in range(rng.randint(0, 3))]
        case 2:
            return {rng.choice(SCALARS): _tree(rng, depth + 1) for _ in range(rng.randint(0, 3))}
    return rng.choice(SCALARS)


def places_in(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Every (container, key or index) of a tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in list(pairs):
        yield tree, key
        yield from places_in(value)
