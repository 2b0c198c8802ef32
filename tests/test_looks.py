"""What of a page's looks follows from its words: the drawing, the size of a headline and of a total, short terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from .html import Document
from .sites import built, found, pages_of, site, stack

UPGRADE = "  - sales: course\n  - checkout: course\n  - oto: more\n  - thank-you:\n"
THEMES = ("daybreak", "stillwater", "upbeat")


def more(category: str) -> str:
    """A stack with an upgrade of that category."""
    offer = "  more: {name: More, %s price: 60, promise: More of it., access: Starts at once., deliver: template.zip}\n"
    return stack(UPGRADE, offer % (f"category: {category}," if category else ""))


def drawing(document: Document) -> list[str]:
    """The drawing at the top of a page."""
    return [e.get("data-art") for e in document.all("div") if "data-art" in e.attributes]


@pytest.mark.parametrize(
    ("category", "art"),
    [
        ("course", "course"),
        ("calls", "calls"),
        ("membership", "circle"),
        ("audio", "reset"),
        ("jam", "mini"),
        ("", "mini"),
    ],
)
def test_an_upgrade_has_the_drawing_of_its_category(category: str, art: str, tmp_path: Path) -> None:
    files = site(tmp_path, {"stack.yaml": more(category)})
    assert drawing(Document(pages_of(built(files))["oto/index.html"])) == [art]


def test_copy_chooses_another_drawing(tmp_path: Path) -> None:
    files = site(tmp_path, {"stack.yaml": more("course"), "copy/oto.md": "---\nart: calls\n---\n"})
    assert drawing(Document(pages_of(built(files))["oto/index.html"])) == ["calls"]


def test_a_drawing_that_no_theme_has_is_the_small_one(tmp_path: Path) -> None:
    files = site(tmp_path, {"copy/sales.md": "---\nart: zebra\n---\nWords.\n"})
    assert "<svg" in pages_of(built(files))["sales/index.html"].split("hero-art", 1)[1].split("</div>", 1)[0]


def test_a_drawing_is_a_name_and_no_path(tmp_path: Path) -> None:
    files = site(tmp_path, {"copy/sales.md": "---\nart: ../base/mark\n---\nWords.\n"})
    assert any("copy/sales.md:2" in line for line in found(files))


def test_a_long_headline_is_set_smaller(tmp_path: Path) -> None:
    short = {"copy/sales.md": "---\nheadline: A course in *six weeks*\n---\nWords.\n"}
    long = {
        "copy/sales.md": "---\nheadline: A course for people who began one twice and *finished none*\n---\nWords.\n"
    }
    pages = [
        pages_of(built(site(tmp_path / name, files)))["sales/index.html"] for name, files in (("a", short), ("b", long))
    ]
    assert ['<h1 class="long">' in html for html in pages] == [False, True]


@pytest.mark.parametrize("theme", THEMES)
def test_marked_words_stay_the_words_that_were_written(theme: str, tmp_path: Path) -> None:
    copy = "---\nheadline: Bread & *salt, <twice a* week> for *all*\n---\nWords.\n"
    files = site(tmp_path, {"copy/sales.md": copy, "site.yaml": f"name: Small Studio\ntheme: {theme}\n"})
    document = Document(pages_of(built(files))["sales/index.html"])
    assert document.all("h1")[0].text.strip() == "Bread & salt, <twice a week> for all"
    assert [e.text for e in document.all("em")] == ["salt, <twice a", "all"]


def test_words_are_marked_inside_a_word_too_but_not_between_figures(tmp_path: Path) -> None:
    copy = "---\nheadline: Hand*made* bowls, 2*3*4 of them\n---\nWords.\n"
    document = Document(pages_of(built(site(tmp_path, {"copy/sales.md": copy})))["sales/index.html"])
    assert document.all("h1")[0].text.strip() == "Handmade bowls, 2*3*4 of them"
    assert [e.text for e in document.all("em")] == ["made"]


@pytest.mark.parametrize(
    ("letters", "size"),
    [
        (14, None),
        (15, "w18"),
        (18, "w18"),
        (19, "w22"),
        (23, "w26"),
        (26, "w26"),
        (27, "w18"),
        (36, "w22"),
        (60, "w18"),
    ],
)
def test_a_long_word_is_set_in_the_size_in_which_a_phone_shows_it_whole(
    letters: int, size: str | None, tmp_path: Path
) -> None:
    """One that no line holds is broken in the middle, not before its last letters."""
    copy = f"---\nheadline: A {'w' * letters} of *ours*\n---\nWords.\n"
    document = Document(pages_of(built(site(tmp_path, {"copy/sales.md": copy})))["sales/index.html"])
    assert [name for name in document.all("h1")[0].get("class").split() if name != "long"] == ([size] if size else [])


def test_each_of_several_places_goes_by_its_own_name(tmp_path: Path) -> None:
    def names(deliver: str) -> list[tuple[str, str]]:
        text = stack("  - checkout: course\n  - thank-you:\n").replace("deliver: course.pdf", f"deliver: {deliver}")
        files = site(tmp_path, {"stack.yaml": text, "downloads/course.pdf": "PDF"})
        page = Document(pages_of(built(files))["thank-you/index.html"])
        buttons = (a.text for a in page.all("a") if "btn" in a.get("class").split())
        return list(zip((h3.text for h3 in page.all("h3")), buttons, strict=True))

    one = '[{url: "https://a.example.com", label: Open the course}]'
    two = '[{url: "https://a.example.com", label: The lessons}, {url: "https://b.example.com", label: The forum}]'
    assert names(one) == [("The Course", "Open the course The Course")]
    assert names(two) == [("The lessons", "Open The lessons"), ("The forum", "Open The forum")]


@pytest.mark.parametrize(("price", "long"), [("97", False), ("12345.60", True)])
def test_a_long_total_is_set_smaller(price: str, long: bool, tmp_path: Path) -> None:
    text = stack("  - checkout: course\n  - thank-you:\n").replace("price: 97", f"price: {price}")
    total = Document(pages_of(built(site(tmp_path, {"stack.yaml": text})))["checkout/index.html"]).all(
        "p", role="status"
    )
    assert ["long" in e.get("class") for e in total] == [long]


def test_below_the_first_button_stand_the_terms_in_short(tmp_path: Path) -> None:
    words = Document(pages_of(built(site(tmp_path)))["sales/index.html"]).words.splitlines()
    fine = [line for line in words if "One payment" in line]
    assert [("Full refund within 30 days." in line, "Starts at once." in line) for line in fine] == [
        (True, False),  # beside the button at the top
        (False, True),  # in the offer card, which says the refund below the button
    ]


def test_a_glossary_ends_with_a_way_back(tmp_path: Path) -> None:
    terms = {f"glossary/{n}.md": f"---\nterm: {n}\ndefinition: A thing.\n---\nWords.\n" for n in ("ant", "bee")}
    pages = pages_of(built(site(tmp_path, terms)))
    rels = [
        [e.get("rel") for e in Document(pages[f"glossary/{n}/index.html"]).all("a") if e.get("rel")]
        for n in ("ant", "bee")
    ]
    assert rels == [["next"], ["prev"]]
