"""funnel.json: everything that is true of a built funnel, for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from funnelgen.funnel.manifest import VERSION, decode_manifest, encode_manifest
from funnelgen.pipeline import Output
from funnelgen.schemas import schema

from .sites import EXAMPLE, built, site, stack


@pytest.fixture(scope="module")
def output() -> Output:
    return built(EXAMPLE)


@pytest.fixture(scope="module")
def manifest(output: Output) -> Any:
    """As another program reads it."""
    return json.loads(encode_manifest(output.manifest))


def test_it_is_read_back_as_it_was_written(output: Output) -> None:
    assert decode_manifest(encode_manifest(output.manifest)) == output.manifest


def test_it_is_what_its_schema_says(manifest: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema("funnel"))
    jsonschema.validate(manifest, schema("funnel"), cls=jsonschema.Draft202012Validator)


def test_its_version_is_the_first_thing_in_it(output: Output, manifest: Any) -> None:
    assert manifest["version"] == VERSION == 1
    assert encode_manifest(output.manifest).startswith(b'{\n  "version": 1,')


def test_another_version_is_refused(output: Output) -> None:
    later = encode_manifest(output.manifest).replace(b'"version": 1', b'"version": 2', 1)
    with pytest.raises(msgspec.ValidationError):
        decode_manifest(later)


def test_what_is_no_manifest_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode_manifest(b"{}")
    with pytest.raises(msgspec.DecodeError):
        decode_manifest(b"")


def test_it_says_what_each_button_charges_and_where_the_buyer_comes_back(manifest: Any) -> None:
    button = next(b for b in manifest["buttons"] if b["id"] == "checkout+sales-page-template")
    assert button["page"] == "/checkout/"
    assert button["bumps"] == ["sales-page-template"]
    assert button["today"] == {"value": "124.00", "minor": 12400, "text": "$124.00", "short": "$124"}
    assert [(line["offer"], line["price"]["value"]) for line in button["lines"]] == [
        ("launch-your-course", "97.00"),
        ("sales-page-template", "27.00"),
    ]
    assert button["link"] == "/demo/checkout/sales-page-template/"
    assert button["returns_to"] == "/oto/?paid=checkout%2Bsales-page-template&session_id={CHECKOUT_SESSION_ID}"


def test_it_says_what_renews(manifest: Any) -> None:
    button = next(b for b in manifest["buttons"] if b["id"] == "thank-you")
    assert button["lines"][0]["every"] == "month"


def test_it_names_every_page_that_was_built_and_no_other(output: Output, manifest: Any) -> None:
    files = {page["file"] for page in manifest["pages"]}
    assert files == {name for name in output.files if name.endswith(".html")}
    assert {page["address"] for page in manifest["pages"] if page["node"]} == {n["address"] for n in manifest["nodes"]}


def test_pages_behind_the_payment_are_not_to_be_found(manifest: Any) -> None:
    paid = {n["address"] for n in manifest["nodes"] if n["behind_payment"]}
    assert paid == {"/oto/", "/downsell/", "/thank-you/"}
    assert not any(page["indexed"] for page in manifest["pages"] if page["address"] in paid)


def test_it_counts_the_paths(manifest: Any) -> None:
    assert manifest["entries"] == ["lead-magnet"]
    assert manifest["path_counts"] == {"lead-magnet": 12}


def test_amounts_of_currencies_without_decimals(tmp_path: Path) -> None:
    files = {
        "site.yaml": "name: x\ncurrency: JPY\nlocale: ja-JP\n",
        "stack.yaml": stack("  - checkout: course\n  - thank-you:\n"),
    }
    (button,) = json.loads(encode_manifest(built(site(tmp_path, files)).manifest))["buttons"]
    assert (button["today"]["value"], button["today"]["minor"]) == ("97", 97)


def test_a_funnel_with_more_paths_than_a_machine_counts(tmp_path: Path) -> None:
    steps = "  - checkout: course\n" + "  - oto: course\n" * 70 + "  - thank-you:\n"
    output = built(site(tmp_path, {"stack.yaml": stack(steps)}))
    written = encode_manifest(output.manifest)
    jsonschema.validate(json.loads(written), schema("funnel"), cls=jsonschema.Draft202012Validator)
    assert decode_manifest(written) == output.manifest
