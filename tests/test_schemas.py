"""The JSON Schemas say to editors what loading says: no more is accepted, and no less."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from msgspec.json import schema_components

from funnelgen.funnel.manifest import Manifest
from funnelgen.schemas import schema, schema_text
from funnelgen.site.models import Offer
from funnelgen.site.steps import STEP_KINDS

from .casefiles import cases
from .sites import EXAMPLE, ROOT, SMALL

NAMES = ["site", "stack", "links", "funnel"]
GOOD = [case for case in cases() if not any(line[6:11] == "error" for line in (case.expected or "").split("\n"))]


def wrong(name: str, document: Any) -> list[str]:
    """What an editor would underline."""
    validator = jsonschema.Draft202012Validator(schema(name))
    return [error.message for error in validator.iter_errors(document)]


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


@pytest.mark.parametrize("name", NAMES)
def test_the_files_in_docs_are_current(name: str) -> None:
    path = ROOT / "docs" / "schema" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), f"funnelgen schema {name} > {path.relative_to(ROOT)}"


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
def test_whatever_loading_accepts_is_valid(case: Any) -> None:
    for path, text in case.files.items():
        kind = path.partition("/")[0].removesuffix(".yaml").replace("stacks", "stack")
        if path.endswith(".yaml"):
            assert wrong(kind, as_an_editor_reads(text)) == [], path


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
    step: dict[str, Any] = {"id": "a", "path": "/a/", "allow": {"x": "because"}, **dict.fromkeys(described.edges, "b")}
    if kind == "downsell":
        step = {"oto": "x", "downsell": {"offer": "y", **step}}
    else:
        step |= {kind: "x" if described.sells else None}
        step |= {key: ["c", "d"] for key in described.keys if key in ("bump", "cross-sell")}
        step |= {"downsell": "e"} if "downsell" in described.keys else {}
    assert wrong("stack", {"offers": {}, "steps": [step]}) == []


def test_every_key_of_an_offer_is_described_for_editors() -> None:
    described = schema("stack")["$defs"]["Offer"]["properties"]
    assert set(described) == {f for f in Offer.__struct_fields__ if f not in ("id", "places")}
    assert all(d.get("description") for d in described.values())


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
