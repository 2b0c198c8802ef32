"""“Did you mean …?”: the nearest of a few known words to one that was mistyped."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache
from heapq import nlargest

from funnelgen.diagnostics import Edit, Span

FEW = 50  # words that are compared one by one without a thought


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The word of `known` that `word` was most likely meant to be, or None where none is close.

    Close means a ratio of at least 0.6 in difflib's measure, its own default: two slips in a word
    of six letters are still understood, another word is not.
    """
    from difflib import get_close_matches  # only a mistake pays for the import

    folded = {k.casefold().replace("_", "-"): k for k in known}
    typed = word.casefold().replace("_", "-")
    found = get_close_matches(typed, _likely(typed, folded), n=4, cutoff=0.6)
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
    typed = word.casefold()
    slips = _edits(typed, near.casefold())
    if slips > min(2, max(1, len(word) // 3)):
        return None
    far = slips + 2  # at least as many as the lengths differ by
    letters = set(typed)
    rivals = (other.casefold() for other in known if other != near and abs(len(other) - len(word)) < far)
    alike = (other for other in rivals if len(letters ^ set(other)) < 2 * far)  # a slip changes two letters at most
    return near if all(_edits(typed, other, far) >= far for other in alike) else None


def _likely(word: str, known: Collection[str]) -> Collection[str]:
    """Of many words those that have the most pairs of letters in common with this one: difflib takes its time."""
    if len(known) <= FEW:
        return known
    pairs = _pairs(word)
    return nlargest(FEW, known, key=lambda other: len(pairs & _pairs(other)) / (len(pairs) + len(_pairs(other)) or 1))


@lru_cache(maxsize=20_000)
def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[at : at + 2] for at in range(len(word) - 1))


def _edits(a: str, b: str, most: int = 1000) -> int:
    """How many slips lie between two words: a letter too many, too few, wrong, or two that changed places.

    Of two close words the one with fewer is meant ("prise": price, not promise). From `most` on nobody counts further.
    """
    above: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        above, before, row = row, above, [i]
        for j, y in enumerate(b, 1):
            slips = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                slips = min(slips, before[j - 2] + 1)
            row.append(slips)
        if min(row) >= most and min(above) >= most:
            return most
    return row[-1]


def did_you_mean(word: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """A `help:` sentence for an unknown word: the nearest known one, else the list, else `otherwise`."""
    known = list(known)
    near = nearest(word, known)
    if near is not None:
        return f"did you mean `{near}`?"
    if otherwise:
        return otherwise
    more = f" and {len(known) - FEW} more" if len(known) > FEW else ""
    return f"known here: {', '.join(f'`{k}`' for k in sorted(known)[:FEW]) or 'nothing yet'}{more}"


def misspelt(word: str, known: Collection[str], span: Span | None, otherwise: str = "") -> tuple[str, tuple[Edit, ...]]:
    """The help for an unknown word at `span`, and its fix where only one other can be meant."""
    meant = certain(word, known)
    fix = (Edit(span, word, meant),) if meant and span else ()
    return did_you_mean(word, known, otherwise=otherwise), fix
