"""A built site: the same everywhere, whole, and safe for whoever visits it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from funnelgen.explain import blank_picture
from funnelgen.funnel.manifest import encode_manifest
from funnelgen.hosts import netlify
from funnelgen.pages import structured_data
from funnelgen.pipeline import Failed, Output, build, check, choose_mode
from funnelgen.site import load_site

from .html import Document
from .sites import EXAMPLE, SMALL, Files, Mode, built, checked, found, loaded, pages_of, site, stack

LINKS = {
    "links.yaml": """\
live:
  checkout: https://buy.stripe.com/abc?locale=en&x=1
  checkout+template: https://buy.stripe.com/def
test:
  checkout: https://buy.stripe.com/test_abc
  checkout+template: https://buy.stripe.com/test_def
"""
}


@pytest.fixture(scope="module")
def output() -> Output:
    return built(EXAMPLE)


@pytest.fixture(scope="module")
def documents(output: Output) -> dict[str, Document]:
    return {name: Document(html) for name, html in pages_of(output).items()}


# --- the same everywhere ---------------------------------------------------------------------------------------------

AT_ANOTHER_TIME = """
import datetime, sys, time
class Date(datetime.date):
    @classmethod
    def today(cls): return cls(2041, 2, 3)
class Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None): return cls(2041, 2, 3, 4, 5, 6, tzinfo=tz)
datetime.date, datetime.datetime = Date, Datetime
time.time = lambda: 2244000000.0
sys.argv = ["funnelgen", "build", *sys.argv[1:]]
from funnelgen.__main__ import main
main()
"""


def bytes_of(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_bytes_in_another_folder_on_another_day_with_another_locale(tmp_path: Path) -> None:
    ignore = shutil.ignore_patterns("dist", ".funnelgen")
    one = shutil.copytree(EXAMPLE, tmp_path / "one", ignore=ignore)
    two = shutil.copytree(EXAMPLE, tmp_path / "a longer name" / "two", ignore=ignore)
    for path in two.rglob("*"):
        os.utime(path, (1, 1))
    plain = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    other = {
        "PYTHONHASHSEED": "4242",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "de_DE.UTF-8",
        "LANGUAGE": "ar",
        "TZ": "Pacific/Kiritimati",
        "HOME": str(tmp_path / "nowhere"),
        "PYTHONUTF8": "0",
    }
    subprocess.run([sys.executable, "-m", "funnelgen", "build", "one", "-q"], env=plain, cwd=tmp_path, check=True)
    command = [sys.executable, "-c", AT_ANOTHER_TIME, str(two), "-q", "--out", str(tmp_path / "elsewhere")]
    subprocess.run(command, env={**plain, **other}, cwd="/", check=True)
    first, second = bytes_of(one / "dist"), bytes_of(tmp_path / "elsewhere")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert (one / ".funnelgen/funnel.json").read_bytes() == (two / ".funnelgen/funnel.json").read_bytes()


def test_the_same_bytes_from_one_process_and_from_several(tmp_path: Path) -> None:
    terms = {
        f"glossary/term-{n}.md": f"---\nterm: Term {n}\ndefinition: Number {n}.\n---\nAfter term {n - 1}.\n"
        for n in range(220)
    }
    result = checked(site(tmp_path, terms))
    assert result.site
    assert result.funnel
    one = build(result.site, result.funnel, "demo")
    three = build(result.site, result.funnel, "demo", workers=3, cache=tmp_path / "cache")
    warm = build(result.site, result.funnel, "demo", workers=2, cache=tmp_path / "cache")
    assert one == three == warm


# --- whole -----------------------------------------------------------------------------------------------------------


def leads_nowhere(output: Output) -> list[tuple[str, str]]:
    """(page, link) of every link within the site that leads to no file, or to no element."""
    documents = {name: Document(html) for name, html in pages_of(output).items()}
    lost = []
    for name, document in documents.items():
        for link in document.links():
            parts = urlsplit(link)
            if parts.scheme in ("https", "mailto", "tel") or link.startswith("data:image/svg+xml"):
                continue
            path = unquote(parts.path)
            file = name if not path else path.removeprefix("/") + ("index.html" if path.endswith("/") else "")
            ids = {e.get("id") for e in documents[file].elements} if file in documents else set()
            if (
                not link.startswith(("/", "#"))
                or file not in output.files
                or (parts.fragment and parts.fragment not in ids)
            ):
                lost.append((name, link))
    return lost


def test_every_link_within_the_example_leads_to_a_page_or_file(output: Output) -> None:
    assert leads_nowhere(output) == []


def test_every_link_within_a_site_of_several_stacks_leads_to_a_page_or_file(tmp_path: Path) -> None:
    text = str(SMALL["stack.yaml"])
    files = {"stack.yaml": None, "stacks/coaches.yaml": text, "stacks/teachers.yaml": text}
    output = built(site(tmp_path, files))
    assert leads_nowhere(output) == []
    assert {"coaches/index.html", "coaches/checkout/index.html", "teachers/index.html"} <= set(output.files)


def test_a_download_is_found_whatever_its_name(tmp_path: Path) -> None:
    names = ["Part #1.pdf", "100%41.pdf", "Café menü.pdf", "a&b=c.pdf", "no-suffix", "many.dots.tar.gz"]
    items = "".join(f'      - "{name}"\n' for name in names)
    offers = f"  box:\n    name: The Box\n    price: 9\n    deliver:\n{items}"
    files: Files = {f"downloads/{name}": f"content of {name}" for name in names}
    text = stack("  - checkout: box\n  - thank-you:\n", offers)
    output = built(site(tmp_path, {**files, "stack.yaml": text}))
    assert leads_nowhere(output) == []
    thanks = Document(pages_of(output)["thank-you/index.html"])
    offered = [a.get("href") for a in thanks.all("a") if "download" in a.attributes]
    published = [output.files[unquote(urlsplit(href).path).removeprefix("/")] for href in offered]
    assert published == [f"content of {name}".encode() for name in names]


def test_a_picture_is_found_whatever_its_name(tmp_path: Path) -> None:
    files: Files = {
        "assets/My #1 pic.png": blank_picture("300 x 200 pixels"),
        "assets/no-suffix": blank_picture("30 x 20 pixels"),
        "copy/sales.md": "---\nimage: 'assets/My #1 pic.png'\nalt: x\n---\n![y](assets/no-suffix)\n",
    }
    output = built(site(tmp_path, files))
    assert leads_nowhere(output) == []
    assert {"My #1 pic", "no-suffix"} <= {name.removeprefix("assets/").rsplit("-", 1)[0] for name in output.files}
    assert not any(part.startswith(".") for name in output.files for part in name.split("/"))


def test_a_video_of_the_sites_own_is_published(tmp_path: Path) -> None:
    text = "/// video | A look\n    src: assets/look.mp4\n    captions: assets/look.vtt\n\nA minute.\n///\n"
    output = built(site(tmp_path, {"copy/sales.md": text, "assets/look.mp4": b"MP4", "assets/look.vtt": b"VTT"}))
    assert leads_nowhere(output) == []
    assert {b"MP4", b"VTT"} <= set(output.files.values())


@pytest.mark.parametrize("kind", ["lead-magnet", "sales", "checkout", "oto", "tripwire"])
def test_a_step_without_any_copy_still_makes_its_page(tmp_path: Path, kind: str) -> None:
    text = stack(f"  - {kind}: {'guide' if kind == 'lead-magnet' else 'course'}\n  - thank-you:\n")
    output = built(site(tmp_path, {name: None for name in SMALL if name.startswith("copy/")} | {"stack.yaml": text}))
    document = Document(pages_of(output)[f"{kind}/index.html"])
    name, promise = "The Course", "A course in six weeks."
    if kind == "lead-magnet":
        name, promise = "The Guide", "Know where to begin."
    assert document.all("title")[0].text == name
    assert promise in document.words
    assert leads_nowhere(output) == []


def test_without_a_hub_the_first_step_stands_at_the_sites_address(tmp_path: Path) -> None:
    output = built(site(tmp_path, {"pages/index.md": None}))
    assert "index.html" in output.files
    assert "_redirects" not in output.files


def test_where_no_page_stands_at_the_sites_address_a_redirect_leads_to_the_first_step(tmp_path: Path) -> None:
    files = {"pages/index.md": None, "stack.yaml": None, "stacks/coaches.yaml": SMALL["stack.yaml"]}
    output = built(site(tmp_path, files))
    assert output.files["_redirects"] == b"/ /coaches/ 302\n"


# --- what only buyers see --------------------------------------------------------------------------------------------


def test_pages_behind_the_payment_are_kept_from_search_engines(output: Output, documents: dict[str, Document]) -> None:
    paid = {node.address for node in output.manifest.nodes if node.behind_payment}
    sitemap, robots = output.files["sitemap.xml"].decode(), output.files["robots.txt"].decode()
    for page in output.manifest.pages:
        if page.address in paid:
            assert documents[page.file].is_hidden, page.file
            assert f"example{page.address}<" not in sitemap
            assert page.address not in robots


def test_the_sitemap_names_exactly_the_pages_that_may_be_found(output: Output, documents: dict[str, Document]) -> None:
    named = set(re.findall("<loc>(.*?)</loc>", output.files["sitemap.xml"].decode()))
    open_ = {p.address for p in output.manifest.pages if not documents[p.file].is_hidden}
    assert named == {f"https://launch-your-course.example{address}" for address in open_}
    assert open_ == {p.address for p in output.manifest.pages if p.indexed}
    assert {"/", "/sales/", "/checkout/", "/glossary/order-bump/"} <= open_


@pytest.mark.parametrize("mode", ["demo", "test", "live"])
def test_only_a_live_site_wants_to_be_found(tmp_path: Path, mode: Mode) -> None:
    robots = built(site(tmp_path, LINKS), mode).files["robots.txt"].decode()
    assert ("Disallow: /\n" in robots) == (mode != "live")
    assert ("Sitemap: https://small.internal/sitemap.xml" in robots) == (mode == "live")


def test_nothing_before_the_payment_gives_away_what_is_paid_for(output: Output) -> None:
    paid = {node.address for node in output.manifest.nodes if node.behind_payment}
    free = re.compile(r"/files/[0-9a-f]{24}/launch-checklist\.pdf")
    public = {p.file: pages_of(output)[p.file] for p in output.manifest.pages if p.address not in paid}
    for name, html in public.items():
        assert "/files/" not in free.sub("", html), name
        assert "members.launch-your-course.example" not in html, name
    assert [name for name, html in public.items() if free.search(html)] == ["sales/index.html"]


def test_downloads_have_names_that_nobody_can_guess(output: Output) -> None:
    names = [name for name in output.files if name.startswith("files/")]
    assert len(names) == 4
    assert all(re.fullmatch(r"files/[0-9a-f]{24}/[a-z-]+\.(pdf|zip)", name) for name in names)


def test_what_no_page_names_is_not_published(tmp_path: Path) -> None:
    files: Files = {"assets/notes.txt": "private", "downloads/draft.pdf": "draft", "theme/x.txt": "x", "notes.md": "x"}
    output = built(site(tmp_path, files))
    assert not {b"private", b"draft", b"x"} & set(output.files.values())


def test_neither_the_manifest_nor_the_sites_own_files_are_published(output: Output) -> None:
    assert not any(name.endswith((".yaml", ".md", "funnel.json")) for name in output.files)
    assert not any(name.startswith(".") for name in output.files)


# --- amounts ---------------------------------------------------------------------------------------------------------


def test_structured_data_has_the_price_that_the_button_charges(output: Output, documents: dict[str, Document]) -> None:
    (button,) = [b for b in output.manifest.buttons if b.id == "checkout"]
    for name in ("checkout/index.html", "sales/index.html"):
        (product,) = [d for d in documents[name].data() if d["@type"] == "Product"]
        assert product["offers"]["price"] == button.today.value == "97.00"
        assert product["offers"]["priceCurrency"] == "USD"


def test_structured_data_can_be_read_on_every_page(documents: dict[str, Document]) -> None:
    kinds = {data["@type"] for document in documents.values() for data in document.data()}
    assert kinds == {"Product", "FAQPage", "DefinedTerm", "BreadcrumbList"}


def test_every_amount_on_a_page_is_one_of_the_manifest(output: Output, documents: dict[str, Document]) -> None:
    buttons = {b.id: b for b in output.manifest.buttons}
    for page in output.manifest.pages:
        for element in documents[page.file].elements:
            button = element.get("data-button")
            if button:
                assert buttons[button].page == page.address
                assert element.get("href") == buttons[button].link
                assert buttons[button].today.short in element.text


def test_each_combination_of_bumps_shows_its_total_and_its_button(documents: dict[str, Document]) -> None:
    checkout = documents["checkout/index.html"]
    assert [t.get("data-amount") for t in checkout.all("bdi", data_fg="total")] == ["97.00", "124.00"]
    assert [a.get("data-button") for a in checkout.elements if a.get("data-fg") == "accept"] == [
        "checkout",
        "checkout+sales-page-template",
    ]
    assert not any("checked" in e.attributes for e in checkout.elements)


# --- hostile texts ---------------------------------------------------------------------------------------------------

EVIL = "\"><script>alert(1)</script>' onload=x </style></title>\u2028{{ a }} &amp;".replace("{{ a }}", "{a}")
QUOTED, OTHER, THIRD = (json.dumps(EVIL + end, ensure_ascii=False) for end in ("", "x", "y"))


def hostile(folder: Path, mode: Mode = "demo") -> Output:
    """A site that says the worst in every name and text that it may write."""
    keys = "promise pitch shape access support refund terms".split()
    texts = "".join(f"    {key}: {QUOTED}\n" for key in keys)
    includes = f"    includes: [{QUOTED}]\n    alt: {QUOTED}\n    image: assets/a.png\n"
    files: Files = {
        "site.yaml": (
            f"name: {QUOTED}\nurl: https://small.example\ndescription: {QUOTED}\nmenu: [glossary, about, sales]\n"
            f"seller: {{name: {QUOTED}, address: {QUOTED}, statement: {QUOTED}, email: a&b@small.example}}\n"
            "legal: {privacy: about}\n"
        ),
        "stack.yaml": (
            f"audience: {QUOTED}\noffers:\n  guide:\n    name: {QUOTED}\n    deliver: guide.pdf\n{texts}{includes}"
            f"  course:\n    name: {QUOTED}\n    category: {QUOTED}\n    price: 97\n{texts}{includes}"
            f"    deliver: [{{url: 'https://x.example/?a=1&b=%22%3Cscript%3E', label: {QUOTED}}}]\n"
            f"  club:\n    name: {QUOTED}\n    price: 49\n    every: month\n{texts}{includes}    deliver: course.pdf\n"
            "steps:\n  - lead-magnet: guide\n  - sales: course\n  - checkout: course\n    bump: club\n"
            "  - oto: course\n    downsell: club\n  - thank-you:\n    cross-sell: club\n"
        ),
        "assets/a.png": blank_picture("30 x 20 pixels"),
        "pages/about.md": (
            f"---\nheadline: {QUOTED}\ntitle: {QUOTED}\ndescription: {QUOTED}\n---\n{{{{ site.name }}}}\n"
        ),
        "glossary/evil.md": (
            f"---\nterm: {QUOTED}\nalso: [{OTHER}]\nkind: {QUOTED}\ndefinition: {QUOTED}\ntitle: {QUOTED}\n"
            f"differs: [{{term: {THIRD}, how: {QUOTED}}}]\n---\nText {{{{ site.name }}}} and `code`.\n"
        ),
    }
    front = "".join(f"{key}: {QUOTED}\n" for key in "headline eyebrow title description accept decline alt".split())
    copy = (
        f"/// note | {EVIL}\nText\n///\n\n/// faq | {EVIL}\n### {{{{ site.name }}}} | {{{{ site.name }}}}\nText\n///\n"
    )
    for name in ("lead-magnet", "sales", "checkout", "oto", "downsell", "thank-you"):
        files = {**files, f"copy/{name}.md": f"---\n{front}image: assets/a.png\n---\n{copy.replace(EVIL, 'Title')}"}
    return built(site(folder, files), mode)


def test_nothing_that_a_creator_writes_becomes_markup(tmp_path: Path) -> None:
    output = hostile(tmp_path)
    for name, html in pages_of(output).items():
        document = Document(html)
        assert all(e.get("type") == "application/ld+json" for e in document.all("script")), name
        assert not any(attribute.startswith("on") for e in document.elements for attribute in e.attributes), name
        assert len(document.all("title")) == len(document.all("style")) == 1, name
        for data in document.all("script"):
            assert "<" not in data.text, name
            assert "\u2028" not in data.text, name
            json.loads(data.text)
        for e in document.elements:
            for value in (e.get("href"), e.get("src"), e.get("action")):
                assert not value or value.startswith(("/", "#", "https://", "mailto:", "data:image/")), (name, value)


def test_what_a_creator_writes_is_read_as_it_was_written(tmp_path: Path) -> None:
    output = hostile(tmp_path)
    said = re.sub(r"\s+", " ", EVIL)
    words = {name: Document(html).words.replace("\u2028", " ") for name, html in pages_of(output).items()}
    for name in (
        "lead-magnet",
        "sales",
        "checkout",
        "oto",
        "downsell",
        "thank-you",
        "about",
        "glossary",
        "glossary/evil",
    ):
        assert said in words[f"{name}/index.html"], name
    sales = Document(pages_of(output)["sales/index.html"])
    assert sales.all("title")[0].text == EVIL
    assert EVIL in [e.get("content") for e in sales.all("meta", name="description")]
    assert EVIL in [e.get("alt") for e in sales.all("img")]
    (product,) = [d for d in sales.data() if d["@type"] == "Product"]
    assert product["name"] == EVIL
    assert product["offers"]["seller"]["name"] == EVIL


def test_hostile_texts_change_no_header(tmp_path: Path) -> None:
    output = hostile(tmp_path)
    plain = built(site(tmp_path / "plain"))
    lines = [re.sub(r"'sha256-\S+'", "", line) for line in output.files["_headers"].decode().split("\n")]
    others = [re.sub(r"'sha256-\S+'", "", line) for line in plain.files["_headers"].decode().split("\n")]
    assert [line.split() for line in lines] == [line.split() for line in others]


def test_links_that_run_code_are_dropped_even_where_nobody_looked_at_the_findings(tmp_path: Path) -> None:
    text = (
        '---\nsubhead: "[z](javascript:alert(0))"\n---\n'
        "[a](javascript:alert(1)) [b](JAVASCRIPT:alert(1)) [c](data:text/html,x) ![d](data:image/png;base64,x)\n"
        "[e](javascript&#58;alert(1)) [f](java\tscript:alert(1)) <javascript:alert(1)> [g][g]\n"
        "[h](//evil.example) [i](vbscript:x) [j](  javascript:alert(1))\n\n[g]: javascript:alert(1)\n\n"
        "/// video | x\n    src: javascript:alert(2)\n    captions: javascript:alert(3)\n\nx\n///\n"
    )
    read = load_site(site(tmp_path, {"copy/sales.md": text}))
    result = check(read, "demo")
    assert not result.can_build
    assert {d.code for d in result.diagnostics} <= {"FG302", "FG303"}
    assert result.site
    assert result.funnel
    document = Document(pages_of(build(result.site, result.funnel, "demo"))["sales/index.html"])
    for link in document.links():
        assert (
            urlsplit(link.strip()).scheme.lower() not in ("javascript", "data", "vbscript") or "image/svg+xml" in link
        )
        assert "evil.example" not in link


def test_html_in_copy_stays_text(tmp_path: Path) -> None:
    text = "A <b>bold</b> word <img src=x onerror=alert(1)>\n\n<script>alert(1)</script>\n\n<!-- note -->\n"
    read = load_site(site(tmp_path, {"copy/sales.md": text}))
    result = check(read, "demo")
    assert {d.code for d in result.diagnostics} == {"FG304"}
    assert result.site
    assert result.funnel
    document = Document(pages_of(build(result.site, result.funnel, "demo"))["sales/index.html"])
    assert "<b>bold</b>" in document.words
    assert "<script>alert(1)</script>" in document.words
    assert "bold" not in [e.text for e in document.all("b")]


def test_structured_data_cannot_leave_its_element() -> None:
    text = structured_data.encode({"name": EVIL})
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text)["name"] == EVIL


# --- payment links ---------------------------------------------------------------------------------------------------


def test_a_live_build_carries_the_live_links_and_no_simulated_page(tmp_path: Path) -> None:
    output = built(site(tmp_path, LINKS), "live")
    checkout = Document(pages_of(output)["checkout/index.html"])
    assert [a.get("href") for a in checkout.elements if a.get("data-button")] == [
        "https://buy.stripe.com/abc?locale=en&x=1",
        "https://buy.stripe.com/def",
    ]
    assert not any(name.startswith("demo/") for name in output.files)
    assert not any("/demo/" in html or "test_" in html for html in pages_of(output).values())
    assert leads_nowhere(output) == []


def test_a_test_build_carries_the_test_links(tmp_path: Path) -> None:
    html = pages_of(built(site(tmp_path, LINKS), "test"))["checkout/index.html"]
    assert "https://buy.stripe.com/test_abc" in html
    assert "https://buy.stripe.com/abc" not in html


def test_a_demonstration_leads_to_simulated_pages_that_say_so(output: Output, documents: dict[str, Document]) -> None:
    demo = documents["demo/checkout/sales-page-template/index.html"]
    assert demo.is_hidden
    assert "Simulated checkout" in demo.words
    assert "$124.00" in demo.words
    links = [a.get("href") for a in demo.all("a")]
    assert "/oto/?paid=checkout%2Bsales-page-template&session_id=demo" in links
    assert "/checkout/" in links
    assert not any("stripe.com" in html for html in pages_of(output).values())


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"links.yaml": LINKS["links.yaml"].replace("/abc", "/test_abc")}, "FG405"),
        ({"links.yaml": "live: {checkout: 'https://buy.stripe.com/abc'}\n"}, "FG402"),
        (
            {"links.yaml": LINKS["links.yaml"].replace("https://buy.stripe.com/def", "http://buy.stripe.com/def")},
            "FG404",
        ),
        ({"links.yaml": LINKS["links.yaml"].replace("buy.stripe.com/def", "buy.strype.com/def")}, "FG407"),
        ({**LINKS, "site.yaml": "name: x\n"}, "FG401"),
        ({}, "FG402"),
    ],
)
def test_a_live_build_is_refused_where_a_payment_would_go_wrong(tmp_path: Path, files: Files, code: str) -> None:
    result = checked(site(tmp_path, files), "live")
    assert not result.can_build
    assert code in {d.code for d in result.diagnostics}


def test_which_links_a_build_takes_where_nobody_says(tmp_path: Path) -> None:
    none = loaded(site(tmp_path / "none"))
    both = loaded(site(tmp_path / "both", LINKS))
    test = loaded(site(tmp_path / "test", {"links.yaml": "test: {checkout: 'https://buy.stripe.com/test_a'}\n"}))
    live = loaded(site(tmp_path / "live", {"links.yaml": "live: {checkout: 'https://buy.stripe.com/a'}\n"}))
    production, preview = {"CONTEXT": "production"}, {"CONTEXT": "deploy-preview"}
    assert [choose_mode(s, {}) for s in (none, both, test, live)] == ["demo", "live", "test", "live"]
    assert [choose_mode(s, production) for s in (none, both, test, live)] == ["demo", "live", "live", "live"]
    assert [choose_mode(s, preview) for s in (none, both, test, live)] == ["demo", "test", "test", "demo"]


# --- headers ---------------------------------------------------------------------------------------------------------


def policy(output: Output) -> dict[str, list[str]]:
    """The Content-Security-Policy of every address."""
    (line,) = [x for x in output.files["_headers"].decode().split("\n") if "Content-Security-Policy:" in x]
    parts = [part.split() for part in line.partition(": ")[2].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("mode", ["demo", "test", "live"])
def test_the_policy_allows_exactly_the_styles_that_are_in_the_pages(tmp_path: Path, mode: Mode) -> None:
    output = built(site(tmp_path, LINKS), mode)
    styles = {e.text for html in pages_of(output).values() for e in Document(html).all("style")}
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in styles}
    assert set(policy(output)["style-src"]) == hashes


def test_the_policy_allows_nothing_else(output: Output, documents: dict[str, Document]) -> None:
    rules = policy(output)
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert rules["base-uri"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    assert not any("unsafe" in value or "*" in value for values in rules.values() for value in values)
    for document in documents.values():
        assert not any("style" in e.attributes for e in document.elements)


def test_the_policy_lets_the_form_reach_its_service(tmp_path: Path) -> None:
    text = str(SMALL["site.yaml"]) + "form: {action: 'https://forms.internal:8443/subscribe?x=1', field: mail}\n"
    output = built(site(tmp_path, {**LINKS, "site.yaml": text}), "live")
    assert policy(output)["form-action"] == ["'self'", "https://forms.internal:8443"]
    (form,) = Document(pages_of(output)["lead-magnet/index.html"]).all("form")
    assert form.get("action") == "https://forms.internal:8443/subscribe?x=1"


@pytest.mark.parametrize(
    "action", ["https://a.example;script-src x", "https://a.example\\n", "https://a;b.example", "https://a,b"]
)
def test_an_address_that_would_change_the_policy_is_refused(tmp_path: Path, action: str) -> None:
    text = str(SMALL["site.yaml"]) + f'form: {{action: "{action}/x"}}\n'
    assert [line[:5] for line in found(site(tmp_path, {"site.yaml": text}))] == ["FG006"]


def test_no_line_break_can_enter_a_header() -> None:
    policy = netlify.content_security_policy(form_hosts=["a.example\nX-Evil: 1"])
    with pytest.raises(ValueError, match="line break"):
        netlify.headers(netlify.rules(policy))


def test_a_page_may_not_stand_in_a_frame_and_passes_no_session_on(output: Output) -> None:
    text = output.files["_headers"].decode()
    assert "X-Frame-Options: DENY" in text
    assert "Referrer-Policy: strict-origin" in text
    assert text.startswith("/*\n  Content-Security-Policy:")


# --- themes ----------------------------------------------------------------------------------------------------------


def test_a_broken_template_of_the_sites_own_is_a_finding_with_its_file(tmp_path: Path) -> None:
    site(tmp_path, {"theme/templates/sections/price.html": "{{ price.nothing.at.all }}"})
    result = checked(tmp_path)
    assert result.site
    assert result.funnel
    with pytest.raises(Failed) as failed:
        build(result.site, result.funnel, "demo")
    assert failed.value.diagnostic.code == "FG601"
    assert failed.value.diagnostic.span
    assert failed.value.diagnostic.span.file == "theme/templates/sections/price.html"


def test_a_theme_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    site(tmp_path, {"site.yaml": str(SMALL["site.yaml"]) + "theme: daybraek\n"})
    result = checked(tmp_path)
    assert result.site
    assert result.funnel
    with pytest.raises(Failed, match="daybraek") as failed:
        build(result.site, result.funnel, "demo")
    assert failed.value.diagnostic.help == "did you mean `daybreak`?"
    assert failed.value.diagnostic.span
    assert failed.value.diagnostic.span.file == "site.yaml"


# --- the whole -------------------------------------------------------------------------------------------------------

GOLDEN = Path(__file__).parent / "golden"


def test_a_small_site_is_built_as_it_always_was() -> None:
    """`UPDATE_GOLDEN=1 pytest tests/test_build.py` writes what is built; read the difference before it is kept.

    Of the pages it is the words that count, in their order: lines are for those who read the file.
    """
    output = built(GOLDEN / "site")
    words = "\n\n".join(f"== {name}\n{Document(html).words}" for name, html in sorted(pages_of(output).items())) + "\n"
    now = {"manifest.json": encode_manifest(output.manifest).decode(), "pages.txt": words}
    for name, text in now.items():
        if os.environ.get("UPDATE_GOLDEN"):
            (GOLDEN / name).write_text(text, encoding="utf-8")
        assert text.split() == (GOLDEN / name).read_text(encoding="utf-8").split(), name
