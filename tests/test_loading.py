"""A site's folder is read into typed models, and everything that is wrong with it is said at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, structs

from funnelgen.diagnostics import Severity, Span
from funnelgen.money import parse_money
from funnelgen.site import SiteNotFound, load_site
from funnelgen.site import files as reading
from funnelgen.site.looks import Font, Tokens
from funnelgen.site.models import Deliverable, Instalments, Legal, Seller, Step
from funnelgen.site.places import Places
from funnelgen.site.selling import Form
from funnelgen.site.steps import STEP_KINDS
from funnelgen.site.writing import Block, Item

from .sites import EXAMPLE, SMALL, found, loaded, place, said, site, stack, write

# --- what can be written ---------------------------------------------------------------------------------------------

EVERY_KEY = """\
name: Small Studio
url: https://small.example
description: Small courses by {{ site.name }}.
locale: de-DE
currency: EUR
tax: included
theme: daybreak
brand: "#bb4519"
scheme: dark
radius: soft
density: calm
fonts: [{family: Literata, file: literata.woff2, weight: 300 700}]
tokens: {light: {accent-soft: "#f3e9ff"}, dark: {accent-soft: "#2a1f3d"}}
tracking: {beacon: /events}
seller:
  name: Small Studio Ltd
  address: |
    1 Wharf
    Portland
  email: help@small.example
  phone: +1 207 555 0100
  country: US
  vat: DE123
  statement: SMALL
legal: {terms: terms, privacy: privacy, refunds: refunds, imprint: imprint, contact: contact, withdrawal: withdrawal}
menu: [glossary, about]
form: {action: https://forms.example/subscribe, field: mail}
sells_to: [US, EU, UK]
sensitive: true
html: true
hosts: [pay.small.example]
allow: {no-audience: because}
"""


def unwritten(model: Struct) -> list[str]:
    """The keys that a test of every key has left out: it has to grow with the language."""
    return [name for name in model.__struct_fields__ if not getattr(model, name)]


def test_every_key_of_site_yaml(tmp_path: Path) -> None:
    config = loaded(site(tmp_path, {"site.yaml": EVERY_KEY})).config
    assert config.name == "Small Studio"
    assert config.url == "https://small.example"
    assert config.description == "Small courses by {{ site.name }}."
    assert (config.locale, config.currency, config.tax) == ("de-DE", "EUR", "included")
    assert (config.theme, config.brand, config.scheme) == ("daybreak", "#bb4519", "dark")
    assert (config.radius, config.density) == ("soft", "calm")
    assert config.fonts == (Font(family="Literata", file="literata.woff2", weight="300 700"),)
    assert config.tokens == Tokens(light={"accent-soft": "#f3e9ff"}, dark={"accent-soft": "#2a1f3d"})
    assert config.tracking.beacon == "/events"
    assert config.seller == Seller(
        name="Small Studio Ltd",
        address="1 Wharf\nPortland",
        email="help@small.example",
        phone="+1 207 555 0100",
        country="US",
        vat="DE123",
        statement="SMALL",
    )
    assert config.legal == Legal(
        terms="terms",
        privacy="privacy",
        refunds="refunds",
        imprint="imprint",
        contact="contact",
        withdrawal="withdrawal",
    )
    assert config.menu == ("glossary", "about")
    assert config.form == Form(action="https://forms.example/subscribe", field="mail")
    assert config.sells_to == ("US", "EU", "UK")
    assert config.sensitive
    assert config.html
    assert config.hosts == ("pay.small.example",)
    assert config.allow == {"no-audience": "because"}
    assert unwritten(config) + unwritten(config.seller) + unwritten(config.legal) == []


def test_what_site_yaml_may_leave_out(tmp_path: Path) -> None:
    config = loaded(site(tmp_path, {"site.yaml": "name: Small Studio\n"})).config
    assert config.url is None
    assert (config.locale, config.currency, config.tax, config.theme) == ("en", "USD", "added", "daybreak")
    assert (config.seller, config.legal, config.form) == (Seller(), Legal(), "netlify")
    assert not config.html


EVERY_OFFER_KEY = """\
  all:
    name: All of It
    category: course
    price: 97
    lowest: 120
    every: month
    trial: 14
    open: 2026-12-01
    closes: 2026-12-06
    sold_out: true
    closed: true
    waiting_list: https://forms.example.com/wait
    quantity: 10
    promise: The promise.
    shape: The shape.
    includes: [One, Two]
    pitch: The pitch.
    access: The access.
    support: The support.
    refund: The refund.
    terms: The terms.
    cancel: The way out.
    cost: 4.50
    deliver:
      - guide.pdf
      - {file: extra/b.zip, label: The B}
      - {url: "https://members.example.com/x", label: Open it}
    image: assets/a.png
    alt: A picture
    allow: {oto-price-range: because}
  plan: {name: The Plan, pay: 3 x 33}
  dear: {name: Dear, pay: 12×8.50, price: 102}
"""


def test_every_key_of_an_offer(tmp_path: Path) -> None:
    offers = loaded(site(tmp_path, {"stack.yaml": stack("  - thank-you:\n", EVERY_OFFER_KEY)})).stacks[0].offers
    offer = offers["all"]
    assert (offer.id, offer.name, offer.category) == ("all", "All of It", "course")
    assert (offer.price, offer.cost) == (parse_money("97", "USD"), parse_money("4.50", "USD"))
    assert (offer.every, offer.trial, offer.quantity) == ("month", 14, 10)
    assert offer.lowest == parse_money("120", "USD")
    assert (offer.open, offer.closes) == ("2026-12-01", "2026-12-06")
    assert offer.sold_out
    assert offer.closed
    assert offer.waiting_list == "https://forms.example.com/wait"
    assert (offer.promise, offer.shape, offer.pitch) == ("The promise.", "The shape.", "The pitch.")
    assert (offer.access, offer.support, offer.refund) == ("The access.", "The support.", "The refund.")
    assert (offer.terms, offer.cancel) == ("The terms.", "The way out.")
    assert offer.includes == ("One", "Two")
    assert offer.deliver == (
        Deliverable(file="guide.pdf"),
        Deliverable(file="extra/b.zip", label="The B"),
        Deliverable(url="https://members.example.com/x", label="Open it"),
    )
    assert (offer.image, offer.alt) == ("assets/a.png", "A picture")
    assert offer.allow == {"oto-price-range": "because"}
    assert unwritten(offer) == ["pay"]
    assert offers["plan"].pay == Instalments(times=3, each=parse_money("33", "USD"))
    assert offers["dear"].pay == Instalments(times=12, each=parse_money("8.50", "USD"))


@pytest.mark.parametrize("plan", ["3 x 33", "3x33", "3 × 33", "60 x 1"])
def test_payment_plans_as_people_write_them(tmp_path: Path, plan: str) -> None:
    offers = loaded(site(tmp_path, {"stack.yaml": stack("  - thank-you:\n", f"  a: {{name: A, pay: {plan}}}\n")}))
    assert offers.stacks[0].offers["a"].pay


@pytest.mark.parametrize(
    "plan", ["1 x 33", "61 x 1", "3 33", "3 x", "x 3", "3 x 33 x 3", "-3 x 33", "03 x 33", "[3, 33]"]
)
def test_payment_plans_that_are_none(tmp_path: Path, plan: str) -> None:
    site(tmp_path, {"stack.yaml": stack("  - thank-you:\n", f"  a: {{name: A, pay: {plan}}}\n")})
    (problem,) = load_site(tmp_path).diagnostics
    assert problem.message == "`pay` is not a payment plan"
    assert "`3 x 33`" in problem.help


def test_amounts_have_the_decimals_of_the_sites_currency(tmp_path: Path) -> None:
    def price(currency: str) -> str:
        files = {"site.yaml": f"name: x\ncurrency: {currency}\n", "stack.yaml": SMALL["stack.yaml"]}
        return str(loaded(site(tmp_path, files)).stacks[0].offers["course"].price)

    assert [price(c) for c in ("USD", "JPY", "KWD")] == ["97.00 USD", "97 JPY", "97.000 KWD"]


EVERY_STEP = """\
  - lead-magnet: guide
    submit: small
  - tripwire: template
    id: small
    path: /small/
    accept: thanks
    decline: sales
    allow: {many-decisions: because}
  - thank-you:
    id: thanks
    continue: sales
  - sales: course
    continue: checkout
  - checkout: course
    bump: [template, guide]
    accept: oto
  - oto: course
    accept: thank-you
    decline: smaller
    downsell:
      offer: template
      id: smaller
      path: /smaller/
      accept: thank-you
      decline: thank-you
      allow: {downsell-price-range: because}
  - oto: course
    downsell: template
  - checkout: guide
    bump: template
  - thank-you:
    cross-sell: course
"""


def test_every_kind_of_step_with_every_key(tmp_path: Path) -> None:
    steps = loaded(site(tmp_path, {"stack.yaml": stack(EVERY_STEP)})).stacks[0].steps
    assert [(s.kind, s.id, s.offer) for s in steps] == [
        ("lead-magnet", "lead-magnet", "guide"),
        ("tripwire", "small", "template"),
        ("thank-you", "thanks", None),
        ("sales", "sales", "course"),
        ("checkout", "checkout", "course"),
        ("oto", "oto", "course"),
        ("oto", "oto-2", "course"),
        ("checkout", "checkout-2", "guide"),
        ("thank-you", "thank-you", None),
    ]
    assert {s.kind for s in steps} | {"downsell"} == set(STEP_KINDS)
    assert steps[0].go == {"submit": "small"}
    assert (steps[1].path, steps[1].go) == ("/small/", {"accept": "thanks", "decline": "sales"})
    assert steps[1].allow == {"many-decisions": "because"}
    assert steps[2].go == {"continue": "sales"}
    assert steps[4].bump == ("template", "guide")
    assert steps[5].downsell == Step(
        kind="downsell",
        id="smaller",
        offer="template",
        path="/smaller/",
        go={"accept": "thank-you", "decline": "thank-you"},
        allow={"downsell-price-range": "because"},
    )
    assert steps[6].downsell == Step(kind="downsell", id="downsell", offer="template")
    assert steps[7].bump == ("template",)
    assert steps[8].cross_sell == ("course",)


def test_keys_of_a_step_may_stand_before_its_kind(tmp_path: Path) -> None:
    steps = loaded(site(tmp_path, {"stack.yaml": stack("  - id: buy\n    checkout: course\n")})).stacks[0].steps
    assert [(s.kind, s.id) for s in steps] == [("checkout", "buy")]


def test_links_by_mode_and_button(tmp_path: Path) -> None:
    text = "live: {checkout: https://buy.stripe.com/a}\ntest:\n  checkout+template: https://buy.stripe.com/test_a\n"
    links = loaded(site(tmp_path, {"links.yaml": text})).links
    assert links.live == {"checkout": "https://buy.stripe.com/a"}
    assert links.test == {"checkout+template": "https://buy.stripe.com/test_a"}


def test_several_stacks_each_with_its_copy(tmp_path: Path) -> None:
    text = SMALL["stack.yaml"]
    files = {"stack.yaml": None, "stacks/teachers.yaml": text, "stacks/coaches.yaml": text}
    copy = {"copy/coaches/sales.md": "For coaches.", "copy/teachers/sales.md": "For teachers.", "copy/sales.md": None}
    read = loaded(site(tmp_path, {**files, **copy, "copy/checkout.md": None, "copy/lead-magnet.md": None}))
    assert [(s.name, s.file) for s in read.stacks] == [
        ("coaches", "stacks/coaches.yaml"),
        ("teachers", "stacks/teachers.yaml"),
    ]
    assert {key: c.blocks[0].body for key, c in read.copy.items()} == {
        ("coaches", "sales"): "For coaches.",
        ("teachers", "sales"): "For teachers.",
    }


def test_front_matter_and_prose(tmp_path: Path) -> None:
    text = """\
---
headline: The *course*
subhead: A sentence.
eyebrow: One · Two
title: The title
description: The description.
image: assets/a.png
alt: A picture
art: calls
accept: Get it
decline: No thanks
note: Small print
consent: A box
updated: 2026-11-21
allow: {no-audience: because}
---

First.

## Second
"""
    copy = loaded(site(tmp_path, {"copy/sales.md": text})).copy["", "sales"]
    assert (copy.name, copy.stack, copy.file) == ("sales", "", "copy/sales.md")
    front = copy.front
    assert (front.headline, front.subhead, front.eyebrow) == ("The *course*", "A sentence.", "One · Two")
    assert (front.title, front.description) == ("The title", "The description.")
    assert (front.image, front.alt, front.art, front.accept) == ("assets/a.png", "A picture", "calls", "Get it")
    assert (front.note, front.consent) == ("Small print", "A box")
    assert (front.decline, front.updated, front.allow) == ("No thanks", "2026-11-21", {"no-audience": "because"})
    assert unwritten(front) == []
    assert [(b.name, b.body, b.body_line) for b in copy.blocks] == [("prose", "First.\n\n## Second", 18)]


def test_blocks_with_titles_options_and_items(tmp_path: Path) -> None:
    text = """\
Before.

/// modules | Six | modules
### The promise | 28 min
One sentence.

### Ten people

Write.
///

/// testimonial | Dana R., course creator
    source: "an email"
    sample: true

I liked it.
///
After.
"""
    before, modules, quote, after = loaded(site(tmp_path, {"copy/sales.md": text})).copy["", "sales"].blocks
    assert (before.name, before.body) == ("prose", "Before.")
    assert (modules.name, modules.title, modules.span) == (
        "modules",
        "Six | modules",
        Span("copy/sales.md", 3, 1, 3, 28),
    )
    assert modules.items == (
        Item(title="The promise", label="28 min", body="One sentence.", line=4),
        Item(title="Ten people", body="Write.", line=7),
    )
    assert quote == Block(
        name="testimonial",
        span=Span("copy/sales.md", 12, 1, 12, 42),
        title="Dana R., course creator",
        body="I liked it.",
        body_line=16,
        options={"source": "an email", "sample": "true"},
    )
    assert (after.body, after.body_line) == ("After.", 18)


def test_a_glossary_term(tmp_path: Path) -> None:
    text = """\
---
term: Order bump
also: [checkout add-on, bump]
kind: noun
definition: A small extra.
differs:
  - {term: Upsell, how: comes later}
part_of: page:index
related: [upsell]
reviewed: 2026-11-21
title: What an order bump is
description: In one sentence.
allow: {undefined-term: because}
---
## In practice
"""
    term = loaded(site(tmp_path, {"glossary/order-bump.md": text})).glossary["order-bump"]
    front = term.front
    assert (term.slug, term.file) == ("order-bump", "glossary/order-bump.md")
    assert (front.term, front.also, front.kind) == ("Order bump", ("checkout add-on", "bump"), "noun")
    assert [(d.term, d.how) for d in front.differs] == [("Upsell", "comes later")]
    assert (front.part_of, front.related, front.reviewed) == ("page:index", ("upsell",), "2026-11-21")
    assert (front.title, front.description) == ("What an order bump is", "In one sentence.")
    assert unwritten(front) == []
    assert term.blocks[0].body == "## In practice"


def test_one_thing_may_stand_without_its_brackets(tmp_path: Path) -> None:
    text = "  a: {name: A, includes: One thing, deliver: {url: 'https://x.example/'}}\n"
    read = loaded(site(tmp_path, {"site.yaml": "name: x\nmenu: about\n", "stack.yaml": stack("  []\n", text)}))
    assert read.config.menu == ("about",)
    assert read.stacks[0].offers["a"].includes == ("One thing",)
    assert len(read.stacks[0].offers["a"].deliver) == 1


# --- places ----------------------------------------------------------------------------------------------------------


def models(value: Any) -> Iterator[Struct]:
    """A model and all that it is made of."""
    if isinstance(value, Struct):
        yield value
        value = structs.asdict(value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ()
    for part in parts:
        yield from models(part)


def test_places_are_no_part_of_a_sites_value(tmp_path: Path) -> None:
    moved = {name: f"# moved\n\n{text}" for name, text in SMALL.items() if isinstance(text, str) and "yaml" in name}
    one, two = loaded(site(tmp_path / "one")), loaded(site(tmp_path / "two", moved))
    assert (one.config, one.stacks) == (two.config, two.stacks)
    assert one.stacks[0].offers["course"].places.at("price") != two.stacks[0].offers["course"].places.at("price")
    assert Places(Span("a")) == Places(Span("b"))
    assert hash(Places(Span("a"))) == hash(Places(Span("b")))


def test_every_key_that_was_written_knows_its_place() -> None:
    read = load_site(EXAMPLE)
    assert read.site is not None
    lines = read.sources["stack.yaml"].split("\n")
    for offer in read.site.stacks[0].offers.values():
        for key in ("name", "price", "promise", "deliver"):
            if offer.places.has(key):
                span = offer.places.key(key)
                assert span is not None
                assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == key
    assert all(getattr(model, "places", True) for model in models(read.site.stacks))


# --- everything at once ----------------------------------------------------------------------------------------------


def test_mistakes_in_all_files_are_said_at_once(tmp_path: Path) -> None:
    site(
        tmp_path,
        {
            "site.yaml": "name: x\ntax: maybe\nbrnd: red\n",
            "stack.yaml": str(SMALL["stack.yaml"]).replace("97", "97,50").replace("category", "categry"),
            "links.yaml": "live: {checkout: 'http://x'}\n prod: x\n",
            "copy/sales.md": "/// fqa\n///\n",
            "copy/checkout.md": "---\nheadline: x\n",
            "pages/index.md": b"caf\xe9",
            "glossary/a.md": "---\nterm:\n---\n",
            "assets/nul.png": "x",
        },
    )
    codes = {(d.code, d.span.file if d.span else "") for d in load_site(tmp_path).diagnostics}
    assert codes == {
        ("FG006", "site.yaml"),
        ("FG004", "site.yaml"),
        ("FG006", "stack.yaml"),
        ("FG004", "stack.yaml"),
        ("FG001", "links.yaml"),
        ("FG011", "copy/sales.md"),
        ("FG010", "copy/checkout.md"),
        ("FG007", "pages/index.md"),
        ("FG005", "glossary/a.md"),
        ("FG008", "assets/nul.png"),
    }


def test_what_can_be_read_is_checked_even_where_something_else_cannot(tmp_path: Path) -> None:
    site(
        tmp_path,
        {"stack.yaml": str(SMALL["stack.yaml"]).replace("price: 97", "price: 97,50").replace("bump: t", "bump: x")},
    )
    assert [line.split()[0] for line in found(tmp_path)] == ["FG006", "FG101"]


def test_without_a_site_or_a_stack_there_is_nothing_to_check(tmp_path: Path) -> None:
    assert load_site(site(tmp_path / "a", {"site.yaml": "name: [\n"})).site is None
    assert load_site(site(tmp_path / "b", {"stack.yaml": "a: [\n"})).site is None
    assert load_site(site(tmp_path / "c", {"links.yaml": "a: [\n"})).site is None


# --- folders ---------------------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(SiteNotFound, match="there is no folder"):
        load_site(tmp_path / "nowhere")
    with pytest.raises(SiteNotFound, match=r"has no site\.yaml"):
        load_site(tmp_path)
    with pytest.raises(SiteNotFound, match=r"must be called site\.yaml"):
        load_site(write(tmp_path, {"site.yml": "name: x"}))
    with pytest.raises(SiteNotFound, match="there is no folder"):
        load_site(tmp_path / "site.yml")


def test_a_path_that_cannot_be_one(tmp_path: Path) -> None:
    with pytest.raises(SiteNotFound):
        load_site(tmp_path / ("x" * 300))
    with pytest.raises(SiteNotFound):
        load_site(Path("a\0b"))


def test_what_a_build_and_an_editor_leave_in_the_folder_is_passed_over(tmp_path: Path) -> None:
    site(
        tmp_path,
        {
            "dist/index.html": "x",
            "preview/.funnelgen-output": "mark",
            "preview/aux.html": "x",
            ".git/config": "x",
            ".funnelgen/funnel.json": "{}",
            "node_modules/aux.js": "x",
            "stack.yaml~": "x",
            "#stack.yaml#": "x",
            "notes.txt": "x",
        },
    )
    assert set(loaded(tmp_path).files) == {"downloads/guide.pdf", "downloads/course.pdf", "downloads/template.zip"}
    assert found(tmp_path) == []


def test_a_link_to_a_file_of_the_site_is_followed(tmp_path: Path) -> None:
    site(tmp_path, {"assets/a.png": "PNG"})
    (tmp_path / "assets/b.png").symlink_to("a.png")
    assert loaded(tmp_path).files["assets/b.png"].read() == b"PNG"


def test_a_site_that_is_itself_reached_by_a_link(tmp_path: Path) -> None:
    site(tmp_path / "real", {"assets/a.png": "PNG"})
    (tmp_path / "real/assets/b.png").symlink_to("a.png")
    (tmp_path / "link").symlink_to("real")
    assert "assets/b.png" in loaded(tmp_path / "link").files


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("/etc/passwd", "the link `assets/x` leads out of the site"),
        ("../../outside.txt", "the link `assets/x` leads out of the site"),
        ("..", "the link `assets/x` leads to a folder"),
        (".", "the link `assets/x` leads to a folder"),
        ("../.env", "the link `assets/x` leads to a hidden file"),
        ("nowhere", "the link `assets/x` leads nowhere"),
        ("x", "the link `assets/x` leads nowhere"),
    ],
)
def test_links_that_could_publish_something_else_are_refused(tmp_path: Path, target: str, message: str) -> None:
    site(tmp_path / "site", {".env": "SECRET=1", "assets/a.png": "PNG"})
    write(tmp_path, {"outside.txt": "x"})
    (tmp_path / "site/assets/x").symlink_to(target)
    read = load_site(tmp_path / "site")
    assert [said(d) for d in read.diagnostics] == [f"FG008 error assets/x:1:1 {message}"]
    assert read.site is not None
    assert "assets/x" not in read.site.files


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    site(tmp_path)
    (tmp_path / "copy/a").symlink_to("b")
    (tmp_path / "copy/b").symlink_to("a")
    assert [said(d) for d in load_site(tmp_path).diagnostics] == [
        "FG008 error copy/a:1:1 the link `copy/a` leads nowhere",
        "FG008 error copy/b:1:1 the link `copy/b` leads nowhere",
    ]


def test_a_link_in_the_place_of_stack_yaml(tmp_path: Path) -> None:
    site(tmp_path / "site", {"stack.yaml": None})
    write(tmp_path, {"stack.yaml": str(SMALL["stack.yaml"])})
    (tmp_path / "site/stack.yaml").symlink_to("../stack.yaml")
    codes = [said(d) for d in load_site(tmp_path / "site").diagnostics]
    assert codes[0] == "FG008 error stack.yaml:1:1 the link `stack.yaml` leads out of the site"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("aux.png", "`aux.png` is a device's name on Windows"),
        ("COM1", "`COM1` is a device's name on Windows"),
        ("a:b.png", "`a:b.png` cannot be a file's name everywhere"),
        ("what?.png", "`what?.png` cannot be a file's name everywhere"),
        ("line\nbreak.png", "`line\nbreak.png` cannot be a file's name everywhere"),
        (" space.png", "` space.png` cannot be a file's name everywhere"),
        ("dot.", "`dot.` cannot be a file's name everywhere"),
        ("back\\slash.png", "`assets/back\\slash.png` has a backslash"),
        ("x" * 200, "a name in it has 200 characters, at most 120 are allowed"),
    ],
)
def test_names_that_could_not_be_published_everywhere(tmp_path: Path, name: str, message: str) -> None:
    site(tmp_path, {f"assets/{name}": "PNG"})
    (problem,) = load_site(tmp_path).diagnostics
    assert (problem.code, problem.message) == ("FG008", f"a file's name: {message}")


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    folder = site(tmp_path, {"assets/a.png": "PNG"}) / "assets"
    (folder / os.fsdecode(b"caf\xe9.png")).touch()
    (problem,) = load_site(tmp_path).diagnostics
    assert problem.message == "a file's name: `caf\\udce9.png` cannot be a file's name everywhere"
    assert place(problem.span) == "assets/caf\\udce9.png:1:1"


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    site(tmp_path, {"assets/a.png": "PNG"})
    os.mkfifo(tmp_path / "assets/pipe")
    assert [said(d) for d in load_site(tmp_path).diagnostics] == [
        "FG008 error assets/pipe:1:1 `assets/pipe` is not a file"
    ]


def test_too_many_files_are_said_once_even_beside_another_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 12)
    site(tmp_path, {f"assets/{n}.png": "x" for n in range(9)} | {"assets/aux.png": "x"})
    messages = [d.message for d in load_site(tmp_path).diagnostics]
    assert messages.count("more than 12 files") == 1


# --- bytes -----------------------------------------------------------------------------------------------------------


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    files = {name: b"\xef\xbb\xbf" + text.encode() for name, text in SMALL.items() if isinstance(text, str)}
    files["copy/sales.md"] = b"\xef\xbb\xbf---\nheadline: x\n---\ny"
    site(tmp_path, files)
    assert found(tmp_path) == []
    assert loaded(tmp_path).copy["", "sales"].front.headline == "x"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path: Path, end: str) -> None:
    files = {name: text.replace("\n", end) for name, text in SMALL.items() if isinstance(text, str)}
    files["copy/sales.md"] = f"---{end}headline: x{end}---{end}{end}/// note{end}y{end}///{end}"
    site(tmp_path / "a", files)
    site(tmp_path / "b", {"copy/sales.md": "---\nheadline: x\n---\n\n/// note\ny\n///\n"})
    one, two = loaded(tmp_path / "a"), loaded(tmp_path / "b")
    assert (one.config, one.stacks, one.copy) == (two.config, two.stacks, two.copy)


def test_a_place_behind_another_systems_line_ends(tmp_path: Path) -> None:
    text = str(SMALL["stack.yaml"]).replace("promise: A", "promiss: A").replace("\n", "\r\n")
    site(tmp_path, {"stack.yaml": text})
    assert found(tmp_path)[0].startswith("FG004 error stack.yaml:8:5 `course` has no key `promiss`")


def test_emoji_and_other_scripts(tmp_path: Path) -> None:
    site(tmp_path, {"site.yaml": "name: 名前 🎓 שלום\n", "copy/sales.md": "مرحبا {{ nope }}\n"})
    assert loaded(tmp_path).config.name == "名前 🎓 שלום"
    assert found(tmp_path) == ["FG301 error copy/sales.md:1:7 nothing is called `nope` here"]


@pytest.mark.parametrize(
    ("raw", "line", "column", "byte"),
    [
        (b"caf\xe9\n", 1, 4, "e9"),
        (b"one\ntw\xc3\xb6 \xff\n", 2, 5, "ff"),
        ("name: x\n".encode("utf-16"), 1, 1, "ff"),
        (b"\x80", 1, 1, "80"),
    ],
)
def test_bytes_that_are_not_utf8_have_their_place(
    tmp_path: Path, raw: bytes, line: int, column: int, byte: str
) -> None:
    site(tmp_path, {"copy/sales.md": raw})
    (problem,) = load_site(tmp_path).diagnostics
    assert (problem.code, place(problem.span)) == ("FG007", f"copy/sales.md:{line}:{column}")
    assert problem.message == f"`copy/sales.md` is not UTF-8: byte 0x{byte} here"
    assert problem.help == "save it as UTF-8 in your editor"


@pytest.mark.parametrize("name", [name for name, text in SMALL.items() if isinstance(text, str)])
def test_an_empty_file_works_or_says_what_is_missing(tmp_path: Path, name: str) -> None:
    site(tmp_path, {name: ""})
    problems = load_site(tmp_path).diagnostics
    assert bool(problems) == (name in ("site.yaml", "stack.yaml"))
    assert {d.code for d in problems} <= {"FG005"}


def test_a_file_of_ten_megabytes_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    site(tmp_path, {"copy/sales.md": b"x" * 10_000_000, "stack.yaml": b"[" * 10_000_000})
    assert [said(d) for d in load_site(tmp_path).diagnostics] == [
        "FG007 error stack.yaml:1:1 `stack.yaml` has 10.0 MB, too much for a text",
        "FG007 error copy/sales.md:1:1 `copy/sales.md` has 10.0 MB, too much for a text",
    ]


def test_a_download_may_be_large(tmp_path: Path) -> None:
    site(tmp_path)
    with (tmp_path / "downloads/course.pdf").open("wb") as file:
        file.truncate(10_000_000_000)
    assert found(tmp_path) == []


# --- the models ------------------------------------------------------------------------------------------------------


def test_a_site_cannot_be_changed() -> None:
    read = loaded(EXAMPLE)
    with pytest.raises(AttributeError):
        read.config.name = "other"  # type: ignore[misc]  # what is refused is the point


def test_every_problem_of_reading_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    site(tmp_path, {"site.yaml": "name: x\ntax: maybe\nsensitive: on\nmenu: {a: b}\n", "stack.yaml": "offers: []\n"})
    for problem in load_site(tmp_path).diagnostics:
        assert problem.severity is Severity.ERROR
        assert problem.span is not None
        assert problem.help
