"""One funnel in English, German and Arabic: each page speaks its language throughout, and names its counterparts."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from funnelgen.pipeline import Output

from ..html import Document, Element
from ..sites import built, found, write

URL = "https://small.internal"
SITE = """\
name: Small Studio
url: https://small.internal
locale: en-US
currency: EUR
tax: included
sells_to: [EU]
menu: [glossary, about]
seller: {name: Small Studio, address: 1 Quay, email: help@small.internal, phone: "1", country: IE, vat: IE1}
legal: {terms: terms, privacy: privacy, refunds: terms, withdrawal: terms}
"""
STACK = """\
audience: people who test
LOCALE
offers:
  guide: {name: NAME 1, promise: NAME., deliver: guide.pdf}
  course: {name: NAME, category: course, price: 1297, promise: NAME., refund: NAME., deliver: guide.pdf}
  calls: {name: NAME 2, category: calls, price: 97, pitch: NAME., deliver: guide.pdf}
steps:
  - lead-magnet: guide
  - sales: course
  - checkout: course
    bump: calls
  - oto: calls
    id: more
  - thank-you:
"""
TERMS = "By law you can withdraw within 14 days: [withdraw](mailto:help@small.internal).\n"
TONGUES = {"launch": ("", "Course"), "kurs": ("de-DE", "Kurs"), "dawra": ("ar", "دورة")}
HREFS = {"en-US": "launch", "de-DE": "kurs", "ar": "dawra", "x-default": "launch"}


def files() -> dict[str, str]:
    """The site's files: what is sold in three languages, the pages beside it in English, and some in German too."""
    out = {
        "site.yaml": SITE,
        "pages/index.md": "Welcome.\n",
        "pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
        "pages/terms.md": "---\nupdated: 2026-03-01\n---\n" + TERMS,
        "pages/privacy.md": "What we keep.\n",
        "pages/kurs/terms.md": "---\nupdated: 2026-03-01\n---\nDer Widerruf: 14 Tage. {{ price('course') }}\n",
        "glossary/course.md": "---\nterm: Kurs\ndefinition: A course in sixty minutes.\n---\nA course.\n",
        "downloads/guide.pdf": "%PDF guide",
    }
    for stack, (locale, name) in TONGUES.items():
        own = f"locale: {locale}\nsame_as: launch" if locale else ""
        out[f"stacks/{stack}.yaml"] = STACK.replace("LOCALE", own).replace("NAME", name)
        for step in ("sales", "checkout", "more", "lead-magnet"):
            out[f"copy/{stack}/{step}.md"] = f"---\nnote: {name}.\n---\n{name}, {{{{ price('course') }}}}.\n"
    return out


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    return built(write(tmp_path_factory.mktemp("tongues"), files()))


def page(output: Output, path: str) -> Document:
    """A built page, read."""
    return Document(output.files[f"{path}index.html"].decode())


def alternates(document: Document) -> dict[str, str]:
    """The versions that a page names: full address by language."""
    return {link.get("hreflang"): link.get("href") for link in document.all("link", rel="alternate")}


def footer(document: Document) -> dict[str, Element]:
    """The links of a page to legal pages and languages, by their words."""
    links = [element for element in document.all("a") if element.get("href").startswith("/")]
    return {link.text: link for link in links}


@pytest.mark.parametrize(
    ("stack", "lang", "dir", "price", "button", "total"),
    [
        ("launch", "en-US", "ltr", "€1,297", "Buy now", "€1,297.00"),
        ("kurs", "de-DE", "ltr", "1.297 €", "Zahlungspflichtig bestellen", "1.297,00\xa0€"),
        ("dawra", "ar", "rtl", "1,297", "", "1,297.00"),
    ],
)
def test_a_stack_speaks_its_language_throughout(
    output: Output, stack: str, lang: str, dir: str, price: str, button: str, total: str
) -> None:
    """Fixed words, amounts in the copy, on buttons and in the summary, and in which direction it is read."""
    for step in ("sales", "checkout", "more", "thank-you"):
        (html,) = page(output, f"{stack}/{step}/").all("html")
        assert (html.get("lang"), html.get("dir")) == (lang, dir)
    for step in ("sales", "checkout"):
        assert price in page(output, f"{stack}/{step}/").words.replace("\xa0", " ")
    assert total in page(output, f"{stack}/checkout/").all("bdi", data_fg="total")[0].text
    assert button in page(output, f"{stack}/more/").words


def test_the_manifest_says_amounts_as_pages_do(output: Output) -> None:
    """And in which language each page and node is, so that whoever reads it need not look into the pages."""
    said = {button.id: button.today.short for button in output.manifest.buttons}
    assert (said["launch/more"], said["kurs/more"]) == ("€97", "97\xa0€")
    assert {node.stack: node.locale for node in output.manifest.nodes} == {
        "launch": "en-US", "kurs": "de-DE", "dawra": "ar"
    }  # fmt: skip
    locales = {page.address: page.locale for page in output.manifest.pages}
    assert (locales["/kurs/terms/"], locales["/terms/"], locales["/demo/kurs/more/"]) == ("de-DE", "en-US", "de-DE")


def test_every_version_of_a_page_names_every_other_and_itself(output: Output) -> None:
    """In full, as search engines want it; only where they may list the page."""
    for step in ("", "sales/", "checkout/"):
        wanted = {locale: f"{URL}/{stack}/{step}" for locale, stack in HREFS.items()}
        for stack in TONGUES:
            assert alternates(page(output, f"{stack}/{step}")) == wanted
    terms = {"en-US": f"{URL}/terms/", "de-DE": f"{URL}/kurs/terms/", "x-default": f"{URL}/terms/"}
    assert alternates(page(output, "terms/")) == alternates(page(output, "kurs/terms/")) == terms
    for hidden in ("launch/more/", "kurs/thank-you/", "about/", "glossary/", "demo/kurs/more/"):
        assert not alternates(page(output, hidden))


def test_the_sitemap_names_the_versions_too(output: Output) -> None:
    sitemap = ElementTree.fromstring(output.files["sitemap.xml"])
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    there = {}
    for entry in sitemap.findall("s:url", space):
        links = entry.findall("x:link[@rel='alternate']", space)
        there[str(entry.findtext("s:loc", "", space))] = {str(a.get("hreflang")): str(a.get("href")) for a in links}
    for address, versions in there.items():
        assert versions == alternates(page(output, address.removeprefix(f"{URL}/")))
        assert all(there[other] == versions for other in versions.values())
    assert there[f"{URL}/kurs/sales/"]["ar"] == f"{URL}/dawra/sales/"


def test_without_an_address_no_page_names_another(tmp_path: Path) -> None:
    """What is not absolute is no use to a search engine. Readers still find the other language in the footer."""
    output = built(write(tmp_path, files() | {"site.yaml": SITE.replace(f"url: {URL}\n", "")}))
    assert not alternates(page(output, "kurs/sales/"))
    assert footer(page(output, "kurs/sales/"))["English"].get("href") == "/launch/sales/"


def test_readers_find_the_other_languages_in_the_footer(output: Output) -> None:
    links = footer(page(output, "launch/checkout/"))
    assert (links["Deutsch"].get("href"), links["Deutsch"].get("lang")) == ("/kurs/checkout/", "de-DE")
    assert links["العربية"].get("hreflang") == "ar"
    assert "English" not in links
    assert "Deutsch" not in footer(page(output, "launch/more/"))


def test_legal_pages_in_another_language_are_said_to_be(output: Output, tmp_path: Path) -> None:
    """A stack's own page comes first; where it has none, the link says in which language the site's is."""
    links = footer(page(output, "kurs/checkout/"))
    assert links["AGB"].get("href") == "/kurs/terms/"
    assert (links["Datenschutz (English)"].get("href"), links["Datenschutz (English)"].get("hreflang")) == (
        "/privacy/", "en-US"
    )  # fmt: skip
    assert footer(page(output, "launch/checkout/"))["Privacy"].get("hreflang") == ""
    findings = found(write(tmp_path, files()))
    assert [line for line in findings if line.startswith("FG131")] == [
        "FG131 warning stacks/dawra.yaml:2:9 pages in `ar` lead to legal pages in `en-US`: `terms`, `privacy`",
        "FG131 warning stacks/kurs.yaml:2:9 pages in `de-DE` lead to legal pages in `en-US`: `privacy`",
    ]


def test_a_page_of_a_stack_is_in_its_language(output: Output) -> None:
    """Its dates, its amounts, its menu; and it leads on to what is in its language."""
    terms = page(output, "kurs/terms/")
    assert "1. März 2026" in terms.words
    assert "1.297 €" in terms.words.replace("\xa0", " ")
    links = footer(terms)
    assert not {"Glossary", "About", "Glossar"} & links.keys()
    assert terms.all("a", href="/kurs/")
    assert "March 1, 2026" in page(output, "terms/").words


def test_no_page_leads_into_a_glossary_in_another_language_unasked(output: Output) -> None:
    assert not [link for link in page(output, "kurs/sales/").links() if link.startswith("/glossary/")]
    assert "/glossary/" in list(page(output, "about/").links())


def test_the_sites_own_pages_speak_of_what_is_sold_in_their_language(output: Output) -> None:
    """The first stack by name is the Arabic one; a reader of English is not sent there."""
    assert page(output, "glossary/course/").all("a", href="/launch/")
    assert not page(output, "glossary/course/").all("a", href="/dawra/")


def test_a_hub_of_a_stack_stands_before_its_first_step(tmp_path: Path) -> None:
    output = built(write(tmp_path, files() | {"pages/kurs/index.md": "[Los](step:lead-magnet)\n"}))
    hub = page(output, "kurs/")
    assert alternates(hub)["de-DE"] == f"{URL}/kurs/"
    assert alternates(hub)["en-US"] == f"{URL}/"
    assert hub.all("a", href="/kurs/lead-magnet/")
    assert alternates(page(output, "launch/"))["de-DE"] == f"{URL}/kurs/lead-magnet/"


def test_words_that_a_language_lacks_are_told_where_it_is_named(tmp_path: Path) -> None:
    sites = files() | {"stacks/kurs.yaml": files()["stacks/kurs.yaml"].replace("de-DE", "sv-SE")}
    output = built(write(tmp_path, sites))
    (finding,) = [d for d in output.diagnostics if d.code == "FG613"]
    assert "not in `sv`" in finding.message
    assert finding.span is not None
    assert (finding.span.file, finding.span.line) == ("stacks/kurs.yaml", 2)
