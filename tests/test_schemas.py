"""The JSON Schemas say to editors what loading says: no more is accepted, and no less.

After a change of a key, or of a rule that may be allowed, `UPDATE_DOCS=1 pytest tests/test_schemas.py` writes
docs/schema again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import schema_components

from funnelgen.checks import RULES
from funnelgen.explain import explain
from funnelgen.funnel.manifest import Manifest
from funnelgen.schemas import NAMES as WRITTEN
from funnelgen.schemas import schema, schema_text
from funnelgen.site import kinds
from funnelgen.site.models import Offer
from funnelgen.site.steps import STEP_KINDS

from .casefiles import Case, cases
from .sites import EXAMPLE, ROOT, SMALL

NAMES = [*WRITTEN, "funnel", "event", "proof"]
FOLDER = ROOT / "docs" / "schema"
GOOD = [case for case in cases() if not any(line[6:11] == "error" for line in (case.expected or "").split("\n"))]


if os.environ.get("UPDATE_DOCS"):
    for name in NAMES:
        (FOLDER / f"{name}.schema.json").write_text(schema_text(name), encoding="utf-8")


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """What judges documents of a kind."""
    return jsonschema.Draft202012Validator(schema(name))


def wrong(name: str, document: Any) -> list[str]:
    """What an editor would underline."""
    return [error.message for error in validator(name).iter_errors(document)]


class Yaml12(yaml.SafeLoader):
    """YAML 1.2, as editors read it: `no` and `on` are words, and a date is a text."""


Yaml12.yaml_implicit_resolvers = {}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(true|false)\Z"), list("tf"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"(|~|null)\Z"), ["", "~", "n"])
Yaml12.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?\d+\Z"), list("-0123456789"))
Yaml12.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"-?\d*\.\d+\Z"), list("-.0123456789"))


def as_an_editor_reads(text: str) -> Any:
    """What the schema is asked about."""
    return yaml.load(text, Loader=Yaml12) or {}


def without_empty_keys(part: Any) -> Any:
    """A document without the keys that have no value. A thank-you page has none, being a kind of step."""
    if isinstance(part, dict):
        return {k: without_empty_keys(v) for k, v in part.items() if v is not None or k == "thank-you"}
    return [without_empty_keys(item) for item in part] if isinstance(part, list) else part


def name_of(path: str) -> str | None:
    """The schema for a file of a site."""
    name = {"stacks": "stack"}.get(path.partition("/")[0], path.removesuffix(".yaml"))
    return name if path.endswith(".yaml") and name in WRITTEN else None


@pytest.mark.parametrize("name", NAMES)
def test_the_files_in_docs_are_current(name: str) -> None:
    """UPDATE_DOCS=1 writes them again."""
    assert (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8") == schema_text(name)


@pytest.mark.parametrize("name", NAMES)
def test_each_is_a_schema_whose_references_all_lead_somewhere(name: str) -> None:
    text = schema(name)
    jsonschema.Draft202012Validator.check_schema(text)
    references = {part.split('"')[0] for part in json.dumps(text).split('"$ref": "')[1:]}
    assert {f"#/$defs/{name}" for name in text["$defs"]} >= references
    assert text["title"]


def test_the_schema_of_the_manifest_is_the_one_of_its_types() -> None:
    assert set(schema("funnel")["$defs"]) == set(schema_components([Manifest])[1])


@pytest.mark.parametrize("name", ["site", "stack"])
def test_the_examples_files_are_valid(name: str) -> None:
    assert wrong(name, as_an_editor_reads((EXAMPLE / f"{name}.yaml").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.id())
def test_whatever_loading_accepts_is_valid(case: Case) -> None:
    for path, text in case.files.items():
        if (name := name_of(path)) and isinstance(text, str):
            assert wrong(name, without_empty_keys(as_an_editor_reads(text))) == [], path


# What only loading can find: how an amount is spelt, which YAML hides from a schema; what is measured against another
# key or against a list that is none of ours; mistakes for which YAML itself has no document.
NOT_FOR_EDITORS = re.compile(
    r"`price`: `(0\d+|\d+e\d|\.5)` is not|too many decimals|no (currency|locale) is called|a device's name|"
    r"there is no (day|time zone)|"
    r"is a file or a `url`|has a control character|brackets open"
)


def misread(case: Case) -> Iterator[tuple[str, str]]:
    """The YAML files of a case with an unknown key, a missing one or a wrong value, and what loading says of it."""
    if re.search("^FG00[12] ", case.expected or "", re.MULTILINE):
        return  # it is no document
    for line in (case.expected or "").split("\n"):
        found = re.match(r"FG00[456] error ([\w./-]+\.yaml):\d+:\d+ (.*)", line)
        if found and name_of(found[1]) and not NOT_FOR_EDITORS.search(found[2]):
            yield found[1], found[2]


@pytest.mark.parametrize("case", [case for case in cases() if any(misread(case))], ids=lambda case: case.id())
def test_whatever_loading_refuses_is_not(case: Case) -> None:
    for path, message in misread(case):
        text, name = case.files[path], name_of(path)
        assert name
        assert isinstance(text, str)
        assert wrong(name, as_an_editor_reads(text)) != [], message


def test_the_small_sites_files_are_valid() -> None:
    for name in ("site", "stack"):
        assert wrong(name, as_an_editor_reads(str(SMALL[f"{name}.yaml"]))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("site", "nmae: x\nname: x\n"),
        ("site", "url: https://small.example\n"),
        ("site", "name: x\ntax: maybe\n"),
        ("site", "name: x\nbrand: red\n"),
        ("site", "name: x\nseller: {emial: x}\n"),
        ("site", "name: x\nform: mailchimp\n"),
        ("site", "name: x\nform: {action: 'https://x.example', fild: x}\n"),
        ("site", "name: x\nsells_to: [FR]\n"),
        ("site", "name: x\nplaces: null\n"),
        ("stack", "offers: {}\n"),
        ("stack", "offers: {}\nsteps: []\naudiance: x\n"),
        ("stack", "offers: {}\nsteps: []\nname: x\n"),
        ("stack", "offers: {a: {price: 1}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, prise: 1}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, price: '1,000'}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, price: -1}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, pay: 3 33}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, every: day}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, trial: 0}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, id: a}}\nsteps: []\n"),
        ("stack", "offers: {a: {name: A, deliver: [{fiel: x}]}}\nsteps: []\n"),
        ("stack", "offers: {A B: {name: A}}\nsteps: []\n"),
        ("stack", "offers: {}\nsteps: [checkout]\n"),
        ("stack", "offers: {}\nsteps: [{chekout: a}]\n"),
        ("stack", "offers: {}\nsteps: [{checkout: a, decline: b}]\n"),
        ("stack", "offers: {}\nsteps: [{checkout: a, downsell: b}]\n"),
        ("stack", "offers: {}\nsteps: [{oto: a, bump: b}]\n"),
        ("stack", "offers: {}\nsteps: [{oto: a, downsell: {price: 1}}]\n"),
        ("stack", "offers: {}\nsteps: [{oto: a, downsell: {offer: b, downsell: c}}]\n"),
        ("stack", "offers: {}\nsteps: [{downsell: a}]\n"),
        ("stack", "offers: {}\nsteps: [{thank-you: a}]\n"),
        ("stack", "offers: {}\nsteps: [{checkout: a, path: order}]\n"),
        ("links", "prod: {}\n"),
        ("links", "live: [a]\n"),
    ],
)
def test_an_editor_underlines_what_loading_refuses(name: str, text: str) -> None:
    assert wrong(name, as_an_editor_reads(text)) != []


@pytest.mark.parametrize("kind", STEP_KINDS)
def test_every_kind_of_step_with_every_key(kind: str) -> None:
    described = STEP_KINDS[kind]
    allow = {"oto-price-range": "because"}
    step: dict[str, Any] = {"id": "a", "path": "/a/", "allow": allow, **dict.fromkeys(described.edges, "b")}
    if kind == "downsell":
        step = {"oto": "x", "downsell": {"offer": "y", **step}}
    else:
        step |= {kind: "x" if described.sells else None}
        step |= {key: ["c", "d"] for key in described.keys if key in ("bump", "cross-sell")}
        step |= {"downsell": "e"} if "downsell" in described.keys else {}
    assert wrong("stack", {"offers": {}, "steps": [step]}) == []


def keys(part: Any, above: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key that a schema knows, at every level, with what it says of it."""
    if isinstance(part, dict):
        for name, value in part.get("properties", {}).items():
            yield f"{above}.{name}", value
        for name, value in part.items():
            yield from keys(value, f"{above}.{name}")
    if isinstance(part, list):
        for item in part:
            yield from keys(item, above)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_key_at_every_level_is_explained(name: str) -> None:
    known = dict(keys(schema(name)))
    assert known
    for place, key in known.items():
        assert key["title"], place
        assert key["title"][0].isupper(), place
        assert key["description"].endswith((".", "?")), place
        shown = "examples" in key or "enum" in key or key.get("type") in ("boolean", "null") or ".Allow." in place
        assert shown, f"{place} has no example"
        assert ("`" in key["description"]) == ("markdownDescription" in key), place


@pytest.mark.parametrize("name", WRITTEN)
def test_every_example_and_default_is_valid(name: str) -> None:
    whole = schema(name)
    for place, key in keys(whole):
        judge = jsonschema.Draft202012Validator({**key, "$defs": whole["$defs"]})
        for value in [*key.get("examples", ()), *([key["default"]] if "default" in key else [])]:
            assert [error.message for error in judge.iter_errors(value)] == [], place


@pytest.mark.parametrize("name", WRITTEN)
def test_no_key_has_alternatives_whose_names_would_hide_its_own(name: str) -> None:
    """The YAML language server shows the titles of an `anyOf` in place of the key's."""
    assert not {"anyOf", "oneOf", "allOf"} & set(re.findall(r'"(\w+)":', schema_text(name)))


def test_an_offer_has_the_keys_of_its_model() -> None:
    described = schema("stack")["$defs"]["Offer"]["properties"]
    assert set(described) == {f for f in Offer.__struct_fields__ if f not in ("id", "places")}


def test_what_may_be_allowed_is_named_with_what_it_is_about() -> None:
    allowed = schema("stack")["$defs"]["Allow"]["properties"]
    assert set(allowed) == {rule.name for rule in RULES if rule.can_be_allowed} - {"idle-allow"}
    for rule in RULES:
        if rule.name in allowed:
            assert allowed[rule.name]["title"] == f"{rule.code} {rule.name}"
            assert allowed[rule.name]["description"] == explain(rule).title


def written(kind: Any) -> re.Pattern[str]:
    """The pattern by which an editor judges a kind of text."""
    return re.compile(kind.__metadata__[0].extra["written"])


PLACES = ["a.pdf", "art/cover.jpg", "a b.pdf", ".hidden", "ü.pdf", "a/b/c.d", "2026"]
NO_PLACES = ["", "../x", "a/../b", "a/./b", "/a", "~/a", "C:/a", "a\\b", "a//b", "a.", "..", ".", "a:b", "a/"]
HOSTS = ["https://example.com", "https://example.com/a?b=c#d", "https://example.com:443/", "https://my-local.com"]
NO_HOSTS = ["", "http://example.com", "https://localhost/", "https://a.local/", "https://b.localhost:3/", "https://e"]
NO_HOSTS += ["https://127.0.0.1/", "https://u:p@example.com/", "https://example.com/a b", "ftp://a.b", "https://a..b"]


@pytest.mark.parametrize(
    ("kind", "check", "good", "bad"),
    [
        (kinds.Path, kinds.wrong_path, PLACES, NO_PLACES),
        (kinds.Url, kinds.wrong_url, [*HOSTS, "HTTPS://Example.com/", "https://müller.example"], NO_HOSTS),
        (
            kinds.Address,
            kinds.wrong_address,
            ["/", "/order/", "/a/b-c/"],
            ["", "order", "/order", "//", "/A/", "/a--b/"],
        ),
        (kinds.Line, kinds.wrong_line, ["a", "a b", "…"], ["", "a\nb"]),
    ],
    ids=["path", "url", "address", "line"],
)
def test_an_editor_judges_a_text_as_loading_does(kind: Any, check: Any, good: list[str], bad: list[str]) -> None:
    for text in good:
        assert check(text) is None, text
        assert written(kind).search(text), text
    for text in bad:
        assert check(text), text
        assert not written(kind).search(text), text


@given(st.sampled_from([kinds.Path, kinds.Url, kinds.Address, kinds.Line]), st.data())
def test_an_editor_underlines_no_text_that_loading_accepts(kind: Any, data: st.DataObject) -> None:
    text = data.draw(st.text() | st.from_regex(written(kind))).strip()
    check = kind.__metadata__[0].extra["check"]
    assert check(text) or written(kind).search(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text(max_size=5), x, max_size=3),
    )
)
def test_any_document_can_be_judged(document: Any) -> None:
    for name in NAMES:
        wrong(name, document)


@pytest.mark.parametrize(("name", "model"), [("site", "Config"), ("stack", "Offer")])
def test_the_guide_has_every_key_with_the_words_that_editors_show(name: str, model: str) -> None:
    guide = (ROOT / "docs" / "site.md").read_text(encoding="utf-8")
    for key, value in schema(name)["$defs"][model]["properties"].items():
        needed = " **(needed)**" if key in schema(name)["$defs"][model].get("required", ()) else ""
        assert f"| `{key}`{needed} | {value['description']} |" in guide
