"""How claims are told from honest sentences: the corpus, the lists, and text as it is really written.

`python -m tests.claims.measure --missed` prints precision and recall by rule.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelgen.checks.claims import RULES
from funnelgen.checks.claims.judging import ANYWHERE, DECLINING, OF_OFFERS, judge
from funnelgen.checks.claims.sentences import Plain
from funnelgen.checks.claims.wording import LANGUAGES, LISTS, language
from funnelgen.checks.texts import KeptTexts, Text, texts_of, written_of
from funnelgen.site.writing import FrontMatter

from ..sites import EXAMPLE, loaded
from .measure import false_alarms, fires, is_found
from .patterns import unhinted
from .sentences import Sentence, sentences

ALL = sentences()
HONEST = [sentence for sentence in ALL if not sentence.rule]
CLAIMING = [sentence for sentence in ALL if sentence.rule]
FLOOR = {"en": 0.95, "de": 0.9, "es": 0.9, "fr": 0.9, "pt": 0.9}  # recall; the lists beyond English are a start
ROLES = ("prose", "faq", "testimonial")


def text(words: str, role: str = "prose") -> Text:
    return Text(words, None, "", {}, role=role, about=FrontMatter())


def found(words: str, role: str = "prose") -> list[tuple[str, str]]:
    """The rule and the words of every claim, as they stand in the text."""
    lists = language("en")
    assert lists is not None
    plain = text(words, role)
    return [
        (c.rule, words[c.start : c.start + c.length]) for c in judge(plain, lists, ANYWHERE | OF_OFFERS | DECLINING)
    ]


@pytest.mark.parametrize("sentence", HONEST, ids=Sentence.id)
def test_an_honest_sentence_is_not_found_wherever_it_stands(sentence: Sentence) -> None:
    assert false_alarms(sentence) == set()


@pytest.mark.parametrize("name", LANGUAGES)
def test_enough_claims_are_found(name: str) -> None:
    due = Counter(s.rule for s in CLAIMING if s.language == name)
    hits = Counter(s.rule for s in CLAIMING if s.language == name and is_found(s))
    assert hits.total() >= FLOOR[name] * due.total(), due - hits
    assert not [rule for rule in due if hits[rule] < 0.6 * due[rule]]


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    english = [s for s in ALL if s.language == "en"]
    assert len([s for s in english if s.rule]) >= 80
    assert len([s for s in english if not s.rule]) >= 160
    assert {s.rule for s in english if s.rule} == {rule.name for rule in RULES}


def test_the_copy_of_the_example_site_claims_nothing() -> None:
    site = loaded(EXAMPLE)
    lists = language(site.config.locale)
    assert lists is not None
    written = written_of(site, {}, KeptTexts())
    texts = [*(text for file in written for text in (*file.bodies, *file.texts)), *texts_of(site, {})]
    assert len(texts) > 200
    # Each as if it stood in the copy of a step, the glossary and the legal pages too.
    claims = [c for t in texts for c in judge(text(t.text, t.role), lists, ANYWHERE | OF_OFFERS)]
    assert [(c.rule, c.words) for c in claims] == []


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("**Guaranteed** results in a week.", "Guaranteed** results"),
        ("_Guaranteed results_ in a week.", "Guaranteed results"),
        ("Guaranteed\nresults in a week.", "Guaranteed\nresults"),
        ("Guaranteed\u00a0results in a week.", "Guaranteed\u00a0results"),
        ("GUARANTEED RESULTS!", "GUARANTEED RESULTS"),
        ("See [guaranteed results](page:about).", "guaranteed results"),
        ("“Guaranteed results.”", "Guaranteed results"),
        ("- Six lessons\n- Guaranteed results\n", "Guaranteed results"),
        ("### Guaranteed results\nSix lessons.", "Guaranteed results"),
        ("You can’t fail.", "You can’t fail"),
        ("Make \\$10k a month.", "Make \\$10k a month"),
        ("İstanbul: guaranteed results.", "guaranteed results"),  # "İ" is two letters in lower case
    ],
)
def test_what_is_found_is_exactly_the_words(written: str, words: str) -> None:
    assert [part for _, part in found(written)] == [words]


@pytest.mark.parametrize(
    "written",
    [
        "`Guaranteed results`",
        "```\nGuaranteed results\n```",
        "<!-- Guaranteed results -->",
        "[the book](/guaranteed-results/)",
        "| Guaranteed results | never |",
        "We can’t promise\nguaranteed results.",
        "Guaranteed results? Never.",
        "Guaranteed results are not what we sell.",
        "“Guaranteed results” is what such pages say.",
        "### Are guaranteed results possible?\nNo.",
        "{{ guaranteed results }}",
    ],
)
def test_what_nobody_claims_is_not_found(written: str) -> None:
    assert found(written) == []


def test_a_denial_reaches_no_further_than_its_clause() -> None:
    assert found("No long talk, just guaranteed results.")
    assert found("We do not sell hope. Guaranteed results in a week.")
    assert found("You do not need an audience to make $10k a month.")


def test_one_sentence_is_one_finding_of_a_kind() -> None:
    assert len(found("Make $10k a month, double your income and replace your salary.")) == 1


def test_a_decline_is_a_label_or_a_link() -> None:
    assert found("I don’t want to grow.") == []
    assert found("Or [no, I don’t want to grow](step:thank-you).") == [("shaming-decline", "I don’t want to grow")]
    assert fires("No, I don’t want to grow", "en-GB", "decline") == {"shaming-decline"}


def test_a_language_has_a_list_or_none() -> None:
    assert language("de-AT") is language("de")
    assert language("sv-SE") is None
    assert {path.stem for path in LISTS.glob("*.yaml")} == set(LANGUAGES)


@pytest.mark.parametrize("name", LANGUAGES)
@pytest.mark.filterwarnings("error")
def test_every_pattern_of_a_list_can_be_met(name: str) -> None:
    lists = language(name)
    assert lists is not None
    assert {wording.rule for wording in lists.wordings} == {rule.name for rule in RULES}
    assert unhinted(lists) == {}


@given(st.text(st.sampled_from("ab $1k.,!?\n#*_[](){}<>|`“”’-—¡"), max_size=300), st.sampled_from(ROLES))
def test_any_text_can_be_judged(noise: str, role: str) -> None:
    written = f"{noise} only 3 left {noise}"
    plain = Plain(text(written))
    assert len(plain.text) == len(plain.low) == len(written)
    for _, words in found(written, role):
        assert words.strip() == words
