"""“Did you mean …?”: the nearest of a few known words to one that was mistyped."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from funnelgen.diagnostics import Edit, Span


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word of `known` that `word` was most likely meant to be, or None where none is close.

    Close means a ratio of at least 0.6 in difflib's measure, its own default: two slips in a word
    of six letters are still understood, another word is not.
    """
    from difflib import get_close_matches  # only a mistake pays for the import

    folded = {k.casefold().replace("_", "-"): k for k in known}
    typed = word.casefold().replace("_", "-")
    found = get_close_matches(typed, folded, n=4, cutoff=0.6)
    return folded[min(found, key=lambda k: _edits(typed, k))] if found else None


def certain(word: str, known: Iterable[str]) -> str | None:
    """The word that `word` was meant to be, where no other could be meant; else None.

    Certain means: one or two slips, in at most a third of its letters, and every other known word at least two
    slips further away. What is certain may be mended without asking.
    """
    known = list(known)
    near = nearest(word, known)
    if near is None:
        return None
    slips = {other: _edits(word.casefold(), other.casefold()) for other in known}
    if slips[near] > min(2, max(1, len(word) // 3)):
        return None
    return near if all(count >= slips[near] + 2 for other, count in slips.items() if other != near) else None


def _edits(a: str, b: str) -> int:
    """Levenshtein's distance: of two close words the one with fewer slips ("prise": price, not promise)."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A `help:` sentence for an unknown word: the nearest known one, else the list, else `otherwise`."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return f"did you mean `{near}`?"
    if otherwise:
        return otherwise
    return f"known here: {', '.join(f'`{k}`' for k in sorted(known)) or 'nothing yet'}"


def misspelt(
    word: str, known: Collection[str], span: Span | None, otherwise: str = ""
) -> tuple[str, tuple[Edit, ...]]:
    """The help for an unknown word at `span`, and its fix where only one other can be meant."""
    meant = certain(word, known)
    fix = (Edit(span, word, meant),) if meant and span else ()
    return did_you_mean(word, known, otherwise=otherwise), fix
