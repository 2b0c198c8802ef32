"""Writes a large site for the benchmarks: an example site with many free pages and glossary terms added.

The stack, the copy and the legal pages are the example's, so the site is valid whatever the language of stacks becomes.
Every page that is added has about 400 words, with headings, a list, a table and links. The same arguments give the same
bytes: text is drawn from a generator seeded with the page's name.

    python scripts/bench/generate.py OUT [--pages 900] [--terms 90] [--base sites/launch-your-course]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "sites" / "launch-your-course"

ADJECTIVES = (
    "steady quiet narrow patient early plain open honest small second gentle written daily bright slow careful "
    "simple shared useful common narrower familiar practical early-stage weekly hand-made outlined borrowed ready first"
).split()
NOUNS = (
    "outline lesson reader promise workbook question morning chapter example answer habit calendar sentence list "
    "module exercise draft audience deadline review welcome pattern detail subject story method paragraph session "
    "plan idea"
).split()
VERBS = (
    "keeps shapes follows opens carries answers explains names supports repeats shortens prepares holds joins shows"
).split()
ENDINGS = (
    "before the day begins",
    "without adding another task",
    "so that nobody has to guess",
    "and leaves room for one more try",
    "when the group meets again",
    "as the first reader will notice",
    "in the order in which people ask",
    "while the material is still fresh",
)
WORDS_PER_PAGE = 400


def term_name(index: int) -> str:
    """The name of a glossary term: two plain words, so that prose may mention it by chance, as real prose does."""
    name = f"{ADJECTIVES[index % len(ADJECTIVES)]} {NOUNS[(index // len(ADJECTIVES) + index) % len(NOUNS)]}"
    pairs = len(ADJECTIVES) * len(NOUNS)
    return name if index < pairs else f"{name} {index}"


def term_slug(index: int) -> str:
    """The file name of a glossary term."""
    return term_name(index).replace(" ", "-")


def page_name(index: int) -> str:
    """The file name of a free page."""
    return f"guide-{index:04}"


def sentence(rng: random.Random) -> str:
    """One sentence of about 15 words, which says nothing that a check could object to."""
    return (
        f"The {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)} {rng.choice(VERBS)} the {rng.choice(ADJECTIVES)} "
        f"{rng.choice(NOUNS)} {rng.choice(ENDINGS)}."
    )


def paragraph(rng: random.Random, sentences: int) -> str:
    """Some sentences, one of them with emphasis."""
    lines = [sentence(rng) for _ in range(sentences)]
    return " ".join(lines) + f" That is *{rng.choice(ADJECTIVES)}* enough."


def bullets(rng: random.Random) -> str:
    """A list of four."""
    return "\n".join(f"- {sentence(rng)}" for _ in range(4))


def table(rng: random.Random) -> str:
    """A table of three columns and four rows, without amounts: those belong to the stack."""
    rows = [f"| The {rng.choice(NOUNS)} | {rng.choice(ADJECTIVES)} | {rng.randint(2, 40)} |" for _ in range(4)]
    return "\n".join(["| What | How | Minutes |", "|---|---|---|", *rows])


def links(rng: random.Random, pages: int, terms: int) -> str:
    """A paragraph that links to another free page, to a term and to another site."""
    targets = []
    if pages:
        targets.append(f"[another guide](page:{page_name(rng.randrange(pages))})")
    if terms:
        targets.append(f"[a term](term:{term_slug(rng.randrange(terms))})")
    targets.append("[a longer treatment](https://example.org/reading)")
    return f"Read on in {', in '.join(targets)}."


def filled(rng: random.Random, blocks: list[str]) -> str:
    """The blocks, followed by as many paragraphs as bring the page to its length."""
    while sum(len(block.split()) for block in blocks) < WORDS_PER_PAGE - 40:
        blocks.append(paragraph(rng, 4))
    return "\n\n".join(blocks) + "\n"


def free_page(index: int, pages: int, terms: int) -> str:
    """The text of one free page: front matter and Markdown."""
    rng = random.Random(page_name(index))
    front = "\n".join(
        [
            "---",
            f"headline: Guide {index} to the {rng.choice(ADJECTIVES)} {rng.choice(NOUNS)}",
            f"title: Guide {index}",
            f"description: Guide {index} in a series that exists to be built quickly, page after page.",
            "---",
        ]
    )
    body = [
        paragraph(rng, 3),
        "## Where to begin",
        paragraph(rng, 3),
        bullets(rng),
        "## What it takes",
        table(rng),
        links(rng, pages, terms),
        "### In one week",
        paragraph(rng, 2),
        "## What comes after",
    ]
    return f"{front}\n{filled(rng, body)}"


def glossary_term(index: int, pages: int, terms: int) -> str:
    """The text of one glossary term: front matter, Markdown and the block with its example."""
    rng = random.Random(term_slug(index))
    related = ", ".join(sorted({term_slug((index + step) % terms) for step in (1, 7)} - {term_slug(index)}))
    front = "\n".join(
        [
            "---",
            f"term: {term_name(index).capitalize()}",
            "kind: noun",
            f"definition: Number {index} of the terms that exist to be built quickly, each on a page of its own.",
            f"related: [{related}]",
            "reviewed: 2026-11-21",
            "---",
        ]
    )
    body = [
        "## In practice",
        paragraph(rng, 3),
        bullets(rng),
        f"/// example | The case of number {index}\n\n{table(rng)}\n\n///",
        links(rng, pages, terms),
        "## When to use it",
        paragraph(rng, 3),
        "## The common mistake",
    ]
    return f"{front}\n{filled(rng, body)}"


def generate_site(out: Path, *, pages: int, terms: int, base: Path = EXAMPLE) -> None:
    """Writes the site `base` to the new folder `out`, with so many free pages and glossary terms added."""
    shutil.copytree(base, out, ignore=shutil.ignore_patterns("dist", ".funnelgen"))
    for folder in ("pages", "glossary"):
        (out / folder).mkdir(exist_ok=True)
    for index in range(pages):
        (out / "pages" / f"{page_name(index)}.md").write_text(free_page(index, pages, terms), encoding="utf-8")
    for index in range(terms):
        (out / "glossary" / f"{term_slug(index)}.md").write_text(glossary_term(index, pages, terms), encoding="utf-8")


def main() -> None:
    """Reads the arguments and writes the site."""
    parser = argparse.ArgumentParser(description="write a large site for the benchmarks")
    parser.add_argument("out", type=Path, help="the folder to make; must not exist")
    parser.add_argument("--pages", type=int, default=900, help="free pages to add (default: 900)")
    parser.add_argument("--terms", type=int, default=90, help="glossary terms to add (default: 90)")
    parser.add_argument("--base", type=Path, default=EXAMPLE, help="the site to add them to")
    arguments = parser.parse_args()
    if arguments.out.exists():
        sys.exit(f"{arguments.out} is there already; name a new folder")
    generate_site(arguments.out, pages=arguments.pages, terms=arguments.terms, base=arguments.base)


if __name__ == "__main__":
    main()
