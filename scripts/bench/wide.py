"""A site as large as one likes in every dimension by itself: stacks, steps, offers, terms, pages, their length, links.

Everything is made from plain sentences and numbers, alike in every run, and nothing in it is an error; `mistakes` puts
as many broken links in as are wanted.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generate import page_name, sentence, term_name, term_slug


@dataclass(frozen=True, kw_only=True, slots=True)
class Size:
    """How large a site is. `steps` and `offers` are those of all stacks together."""

    stacks: int = 1
    steps: int = 60
    offers: int = 60
    terms: int = 300
    pages: int = 100
    sentences: int = 24  # of each text; one has about 15 words
    links: int = 6  # of each text
    mistakes: int = 0  # pages with a link to a term that is misspelt
    longest: int = 24  # sentences of one page
    slips: int = 0  # paragraphs of that page with a wrong word, a typed amount, HTML and a claim in each

    def times(self, name: str, factor: int) -> Size:
        """The same with one of its dimensions so many times as large."""
        return replace(self, **{name: getattr(self, name) * factor})

    @property
    def files(self) -> int:
        """How many copy files it has: one for each step but the last of a stack, and the free pages."""
        return self.steps - self.stacks + self.pages


LARGE = Size(stacks=10, steps=300, offers=300, terms=2000, pages=210)
"""300 steps, 2,000 terms, 500 files of copy."""


def write_site(out: Path, size: Size) -> None:
    """Write a site of that size into a new folder."""
    for name, text in site(size):
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def site(size: Size) -> Iterator[tuple[str, str]]:
    """Every file of it, by its path."""
    yield (
        "site.yaml",
        "name: Wide Studio\nurl: https://wide-studio.page\ncurrency: USD\nlocale: en-US\n"
        "legal: {terms: guide-0000, privacy: guide-0001, refunds: guide-0002, contact: guide-0003}\n"
        "seller: {name: Wide Studio, address: 1 Road, email: help@wide-studio.page, country: US}\n",
    )
    names = [""] if size.stacks == 1 else [f"audience-{number:03}" for number in range(size.stacks)]
    for name in names:
        ids = step_ids(size.steps // size.stacks)
        yield f"stacks/{name}.yaml" if name else "stack.yaml", stack(name, ids, size.offers // size.stacks)
        for id in ids[:-1]:
            yield f"copy/{name}/{id}.md" if name else f"copy/{id}.md", markdown(f"{name} {id}", size, [])
    yield "pages/index.md", markdown("index", size, [])
    yield "pages/about.md", longest(size)
    for index in range(max(4, size.pages)):
        front = [f"title: Guide {index}", f"description: Guide {index}, one of many to be checked."]
        yield f"pages/{page_name(index)}.md", markdown(page_name(index), size, front, mistakes=index < size.mistakes)
    for index in range(size.terms):
        front = [f"term: {term_name(index).capitalize()}", f"definition: Number {index} of the terms to be checked."]
        front += [f"related: [{term_slug((index + 1) % size.terms)}]"]
        yield f"glossary/{term_slug(index)}.md", markdown(term_slug(index), size, front)


def step_ids(number: int) -> list[str]:
    """The ids of so many steps: a checkout, upsells with their downsells, a page of thanks."""
    upsells = [f"{kind}-{n:03}" for n in range(1 + number // 2) for kind in ("oto", "downsell")]
    return ["sales", "checkout", *upsells[: 2 * ((number - 3) // 2)], "thank-you"]


def stack(name: str, ids: list[str], offers: int) -> str:
    """A stack's YAML: the offers, then the steps, each upsell with its downsell."""
    lines = [f"audience: people who test {name or 'one stack'}", "offers:"]
    for number in range(max(3, offers)):
        rng = random.Random(f"{name} offer {number}")
        keys = [f"name: Offer {number}", "category: course", f"price: {100 + number % 50}"]
        keys += [f"promise: {sentence(rng)}", "shape: Six weekly modules and a workbook.", "access: At once, for good."]
        keys += ["refund: Full refund within 30 days.", "includes: [Six modules, A workbook]"]
        keys += ['deliver: {url: "https://members.wide-studio.page/x", label: Open it}']
        lines += [f"  offer-{number:04}:", *(f"    {key}" for key in keys)]
    lines.append("steps:")
    sold = 0
    for id in ids:
        kind = id if id == "thank-you" else id.partition("-")[0]
        offer = f" offer-{sold % max(3, offers):04}" if kind != "thank-you" else ""
        if kind == "downsell":
            lines.append(f"    downsell: {{offer:{offer}, id: {id}}}")
        else:
            lines += [f"  - {kind}:{offer}", f"    id: {id}"]
        sold += kind != "sales"
    return "\n".join(lines) + "\n"


def longest(size: Size) -> str:
    """The page that is long by itself, and wrong as often as is wanted."""
    text = markdown("about", replace(size, sentences=size.longest), ["title: About", "description: All about it."])
    wrong = "It costs $97, says {{{{ nobody{0} }}}}, earn $5,000 a month, <b>guaranteed</b>, only {0} seats left."
    return text + "".join(f"\n{wrong.format(number)}\n" for number in range(size.slips))


def markdown(name: str, size: Size, front: list[str], *, mistakes: bool = False) -> str:
    """A file of copy: headings, paragraphs, a block, links to pages, terms and the web."""
    rng = random.Random(name)
    targets = [f"[a guide](page:{page_name(rng.randrange(max(4, size.pages)))})" for _ in range(size.links // 3)]
    targets += [f"[a term](term:{term_slug(rng.randrange(size.terms))})" for _ in range(size.links // 3)]
    targets += ["[a longer treatment](https://example.org/reading)"] * (size.links - len(targets))
    if mistakes:
        targets.append(f"[one that is misspelt](term:{term_slug(rng.randrange(size.terms))}x)")
    parts = [" ".join(sentence(rng) for _ in range(4)) for _ in range(max(1, size.sentences // 4))]
    parts.insert(1, f"## What it takes\n\nRead on in {', in '.join(targets)}.")
    parts.append("/// note | Before you go on\n\nTake your time.\n\n///")
    if not front or not front[0].startswith("term:"):
        front = [f"headline: {sentence(rng)}", *front]
    return "\n".join(["---", *front, "---", "\n\n".join(parts), ""])
