"""How good the word lists are: `python -m tests.claims.measure` prints precision and recall by rule.

What the lists were tuned on stands apart from what was held out. `--missed` names the sentences that were judged
wrongly, without those held out unless `--all` is given.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable

from funnelgen.checks.claims.judging import ANYWHERE, DECLINING, OF_OFFERS, judge
from funnelgen.checks.claims.wording import language
from funnelgen.checks.texts import Text
from funnelgen.site.writing import FrontMatter

from .sentences import Sentence, sentences

RULES = sorted(ANYWHERE | OF_OFFERS | DECLINING)
ROLES = ("prose", "faq", "testimonial", "decline")


def fires(text: str, locale: str, role: str) -> set[str]:
    """The rules that find something in a text that stands in a step's copy."""
    lists = language(locale)
    assert lists is not None
    rules = DECLINING if role == "decline" else ANYWHERE | OF_OFFERS
    return {claim.rule for claim in judge(Text(text, None, "", {}, role=role, about=FrontMatter()), lists, rules)}


def false_alarms(sentence: Sentence) -> set[str]:
    """What is found in an honest sentence, wherever it might stand."""
    roles = ROLES if sentence.role == "prose" else (sentence.role,)
    return {rule for role in roles for rule in fires(sentence.text, sentence.language, role)}


def is_found(sentence: Sentence) -> bool:
    """Whether a sentence that must fire does."""
    return sentence.rule in fires(sentence.text, sentence.language, sentence.role)


def table(chosen: Iterable[Sentence]) -> str:
    """Precision and recall by rule, as a Markdown table."""
    due: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    honest = 0
    for sentence in chosen:
        if sentence.rule:
            due[sentence.rule] += 1
            hits[sentence.rule] += is_found(sentence)
        else:
            honest += 1
            alarms.update(false_alarms(sentence))
    lines = [
        f"| rule | must fire | found | recall | false alarms in {honest} | precision |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for rule in [*RULES, "all"]:
        n, hit, wrong = (c.total() if rule == "all" else c[rule] for c in (due, hits, alarms))
        recall = f"{hit / n:.0%}" if n else "–"
        precision = f"{hit / (hit + wrong):.0%}" if hit + wrong else "–"
        lines.append(f"| {rule} | {n} | {hit} | {recall} | {wrong} | {precision} |")
    return "\n".join(lines)


def main(arguments: list[str]) -> None:
    """Print the tables."""
    everything = sentences()
    parts = {"tuned on": False, "held out": True}
    for title, held_out in parts.items():
        for languages in (("en",), ("de", "es", "fr", "pt")):
            chosen = [s for s in everything if s.held_out == held_out and s.language in languages]
            print(f"\n{title}, {', '.join(languages)}\n\n{table(chosen)}")  # noqa: T201 # it is a script
    if "--missed" in arguments:
        for sentence in everything:
            if sentence.held_out and "--all" not in arguments:
                continue
            if sentence.rule and not is_found(sentence):
                print(f"missed      {sentence.id()}")  # noqa: T201 # it is a script
            if not sentence.rule and false_alarms(sentence):
                print(f"false alarm {sorted(false_alarms(sentence))} {sentence.text}")  # noqa: T201 # it is a script


if __name__ == "__main__":
    main(sys.argv[1:])
