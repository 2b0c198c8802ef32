"""Examples of what a pattern matches, to see whether the words it stands under are in all of them."""

from __future__ import annotations

from importlib import import_module
from random import Random
from typing import Any

from funnelgen.checks.claims.wording import Language

# Python's own reading of an expression. It has no public name, and is the same in every version that we test with.
_parse: Any = import_module("re._parser").parse

_EXAMPLES = 40  # of each expression


def unhinted(lists: Language) -> dict[str, str]:
    """Words that a wording matches but is not looked for in, by rule: an alternative that no stem begins."""
    random = Random(1)
    out: dict[str, str] = {}
    for wording in lists.wordings:
        for part in wording.expressions():
            tree = _parse(part.pattern)
            for _ in range(_EXAMPLES):
                match = part.search(_example(tree, random))
                if match and match[0].strip() and wording not in lists.hinted(match[0]):
                    out[f"{wording.rule}: {part.pattern[:80]}"] = match[0]
    return out


def _example(tree: Any, random: Random) -> str:
    return "".join(_of(str(kind), value, random) for kind, value in tree)


def _of(kind: str, value: Any, random: Random) -> str:
    match kind:
        case "LITERAL":
            return chr(value)
        case "IN":
            return _of_set(value, random)
        case "BRANCH":
            return _example(random.choice(value[1]), random)
        case "SUBPATTERN":
            return _example(value[3], random)
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            least, most, tree = value
            return "".join(_example(tree, random) for _ in range(random.randint(least, min(most, max(least, 2)))))
        case _:  # looking around and anchors take no letters
            return ""


def _of_set(members: Any, random: Random) -> str:
    kinds = {str(kind): value for kind, value in members}
    if "NEGATE" in kinds:
        return "q"
    if "CATEGORY" in kinds:
        return {"CATEGORY_DIGIT": "4", "CATEGORY_WORD": "q"}.get(str(kinds["CATEGORY"]), "!")
    kind, value = random.choice([m for m in members if str(m[0]) != "LITERAL" or chr(m[1]) not in ".,-"] or members)
    return chr(value) if str(kind) == "LITERAL" else chr(random.randint(*value))
