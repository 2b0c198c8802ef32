"""Which sentences of a site claim something, and which only speak of it.

A wording is no claim where its sentence denies it ("we can't promise"), tells it of others ("anyone who promises"),
quotes it, or asks it as a visitor would; nor where the next sentence says no. What is left is a claim, also in the
mouth of a customer: an endorsement counts as the seller's own words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from weakref import WeakKeyDictionary

from msgspec import Struct

from funnelgen.checks.claims.sentences import Plain, Sentence
from funnelgen.checks.claims.wording import Language, Wording, language
from funnelgen.checks.rule import Subject
from funnelgen.checks.texts import Text
from funnelgen.site.models import Legal, Offer
from funnelgen.site.writing import FrontMatter, TermFront

ANYWHERE = frozenset({"earnings-claim", "guaranteed-result", "health-claim", "as-seen-in"})
"""The rules that hold on free pages as well. The others are about offers: an article may explain what scarcity is."""

OF_OFFERS = frozenset({"false-scarcity", "countdown", "pressure", "reference-price", "hype"})
DECLINING = frozenset({"shaming-decline"})
_OF_STEPS = ANYWHERE | OF_OFFERS
_WITH_LINKS = _OF_STEPS | DECLINING
_OF_VOICES = _OF_STEPS - {"pressure", "hype"}  # a customer may be carried away

_UNJUDGED = ("example", "title of example", "differs", "src", "captions", "image")
_BEFORE = 160  # characters of a clause that are looked at
_LINK = re.compile(r"(?<!!)\[([^\[\]]{1,200})\]\(")


class Claim(Struct, frozen=True):
    """A wording that claims something: the rule's name, its words and its place; whether a link stands beside it."""

    rule: str
    words: str
    text: Text
    start: int
    length: int
    linked: bool


_FOUND: WeakKeyDictionary[Subject, Mapping[str, Sequence[Claim]]] = WeakKeyDictionary()


def claims(subject: Subject, rule: str) -> Sequence[Claim]:
    """What a site claims of the kind that `rule` is about. All kinds are looked for in one pass, and kept."""
    found = _FOUND.get(subject)
    if found is None:
        found = _FOUND[subject] = _all_claims(subject)
    return found.get(rule, ())


def sold_with(subject: Subject) -> Iterator[Text]:
    """The bodies that sell: the copy of the steps."""
    free = _free(subject)
    for text in subject.bodies:
        if isinstance(text.about, FrontMatter) and id(text.about) not in free:
            yield text


def _all_claims(subject: Subject) -> Mapping[str, Sequence[Claim]]:
    lists = {locale: language(locale) for locale in subject.locales}
    out: dict[str, list[Claim]] = {}
    if not any(lists.values()):
        return out
    free = _free(subject)
    for text in (*subject.bodies, *subject.texts):
        for claim in _kept_claims(text, lists[subject.locale_at(text)], _rules_for(text, free)):
            out.setdefault(claim.rule, []).append(claim)
    return out


def _kept_claims(text: Text, lists: Language | None, rules: Collection[str]) -> tuple[Claim, ...]:
    return text.once((judge, lists, rules), lambda: tuple(judge(text, lists, rules)))


def _free(subject: Subject) -> Mapping[int, bool]:
    """The free pages by their front matter's identity, and whether each is a legal one."""
    legal = subject.site.config.legal
    names = {getattr(legal, key) for key in Legal.__struct_fields__ if key != "places"}
    return {id(page.front): page.name.rpartition("/")[2] in names for page in subject.site.pages.values()}


def _rules_for(text: Text, free: Mapping[int, bool]) -> Collection[str]:
    """The rules that hold for a text. A glossary explains, and legal pages disclaim: neither sells."""
    if text.role in _UNJUDGED or isinstance(text.about, TermFront) or free.get(id(text.about)):
        return ()
    if text.role == "decline":
        return DECLINING
    if text.role == "testimonial":
        return _OF_VOICES
    if not isinstance(text.about, FrontMatter | Offer) or id(text.about) in free:
        return ANYWHERE
    return _WITH_LINKS if "](" in text.text else _OF_STEPS


def judge(text: Text, lists: Language | None, rules: Collection[str]) -> Iterator[Claim]:
    """The claims of some kinds in one text: at most one of a kind in each sentence."""
    if not rules or lists is None:
        return
    plain = Plain(text)
    for sentence, answer in pairwise([*plain.sentences(lists.unfinished), None]):
        if sentence and (hinted := lists.hinted(sentence.text)):
            wordings = [wording for wording in hinted if wording.rule in rules]
            yield from _of_sentence(sentence, answer, wordings, plain, lists)


def _of_sentence(
    sentence: Sentence, answer: Sentence | None, wordings: Sequence[Wording], plain: Plain, lists: Language
) -> Iterator[Claim]:
    said: dict[str, tuple[int, int]] = {}
    for wording in wordings:
        if wording.rule in said:
            continue
        for match in _matches(wording, sentence, plain.source):
            start, end = match.span()
            if any(a <= start and end <= b for a, b in said.values()):
                continue  # these words are another rule's finding already
            if not _is_honest(match, sentence, answer, wording.rule, plain, lists):
                said[wording.rule] = start, end
                yield _claim(wording.rule, match, sentence, plain)
                break


def _matches(wording: Wording, sentence: Sentence, text: Text) -> Iterator[re.Match[str]]:
    """Where a wording stands in a sentence. A decline is a label: the front matter's, or a link's whole text."""
    if wording.rule not in DECLINING or text.role == "decline":
        yield from wording.pattern.finditer(sentence.text)
        return
    whole = text.text[sentence.start : sentence.start + len(sentence.text)]
    for link in _LINK.finditer(whole):
        match = wording.pattern.search(sentence.text, link.start(1), link.end(1))
        if match:
            yield match


def _is_honest(
    match: re.Match[str], sentence: Sentence, answer: Sentence | None, rule: str, plain: Plain, lists: Language
) -> bool:
    if rule in DECLINING:
        return bool(lists.honest[rule].search(sentence.text))
    said, start = sentence.text, match.start()
    before = said[max(0, start - _BEFORE) : start]
    clause = before
    for mark in lists.clause.finditer(before):
        clause = before[mark.end() :].lstrip()
    return bool(
        lists.honest[rule].search(said)
        or lists.denied.search(clause)
        or lists.undone.match(said, match.end())
        or lists.distant.search(said, 0, start)
        or (sentence.asks and _is_visitors(sentence, answer, plain, lists))
        or _is_quoted(said, start, match.end(), lists)
    )


def _is_visitors(sentence: Sentence, answer: Sentence | None, plain: Plain, lists: Language) -> bool:
    """Whether a question is asked as a visitor asks it, or is answered with no."""
    if plain.source.role == "faq" and plain.is_heading(sentence):
        return True
    return bool(
        lists.asked.match(sentence.text.lstrip(" \"'¿")) or (answer and lists.refused.match(answer.text.lstrip(" \"'")))
    )


def _is_quoted(said: str, start: int, end: int, lists: Language) -> bool:
    """Whether the words are mentioned: in quotation marks, in a sentence that says something about them."""
    opens, closes = said.rfind('"', 0, start), said.find('"', end)
    if opens < 0 or closes < 0 or said.count('"', 0, start) % 2 == 0:
        return False
    around = said[:opens] + said[closes + 1 :]
    return len(around.strip(" .!?")) > 2 and not lists.own.search(said, opens, closes)


def _claim(rule: str, match: re.Match[str], sentence: Sentence, plain: Plain) -> Claim:
    start, end = sentence.start + match.start(), sentence.start + match.end()
    words = plain.text[start:end]
    end -= len(words) - len(words.rstrip(" .,;:"))
    linked = plain.is_linked(sentence.start, sentence.start + len(sentence.text))
    return Claim(rule, plain.words(start, end), plain.source, start, end - start, linked)
