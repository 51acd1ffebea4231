"""rpc.discover answers an OpenRPC document that the OpenRPC meta-schema accepts."""

from __future__ import annotations

import copy
import json
import subprocess
from functools import lru_cache
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from bridge.openrpc import document
from bridge.registry import REGISTRY
from tests.bridge.house import ROOT, House


@lru_cache(maxsize=1)
def meta_schema() -> dict[str, Any]:
    """The meta-schema as its own package exports it."""
    script = "process.stdout.write(JSON.stringify(require('@open-rpc/meta-schema').default))"
    found = subprocess.run(["node", "-e", script], cwd=ROOT / "js", capture_output=True, check=True)
    schema: dict[str, Any] = json.loads(found.stdout)
    return schema


@lru_cache(maxsize=1)
def validator() -> jsonschema.Draft7Validator:
    # The OpenRPC meta-schema refers to a meta-schema of JSON Schema draft 7 under a name of its own; here it gets
    # draft 7 itself, since nothing may be fetched. It points into that file in one place, given as it is there.
    draft7 = jsonschema.Draft7Validator.META_SCHEMA
    stand_in = {**draft7, "$id": "https://meta.json-schema.tools/", "definitions": dict(draft7["definitions"])}
    stand_in["definitions"]["JSONSchemaObject"] = {"properties": {"$ref": {"type": "string"}}}
    resource = Resource(contents=stand_in, specification=DRAFT7)
    known = Registry().with_resources(
        [("https://meta.json-schema.tools", resource), ("https://meta.json-schema.tools/", resource)]
    )
    return jsonschema.Draft7Validator(meta_schema(), registry=known)


def faults(found: dict[str, Any]) -> list[str]:
    return [f"{list(each.absolute_path)}: {each.message[:200]}" for each in validator().iter_errors(found)]


async def test_the_document_is_valid(house: House) -> None:
    async with await house.client() as client:
        found = await client.call("rpc.discover")
    assert faults(found) == []
    assert {each["name"] for each in found["methods"]} >= set(REGISTRY)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.pop("openrpc"),
        lambda d: d.update(openrpc="9.9.9"),
        lambda d: d["info"].pop("title"),
        lambda d: d["methods"][0].pop("name"),
        lambda d: d["methods"][0].update(params={}),
        lambda d: d["methods"][1]["params"][0].update(schema={"type": "no type"}),
        lambda d: d["methods"][0]["result"].pop("schema"),
        lambda d: d.update(extra=1),
    ],
)
def test_the_check_itself_notices_damage(damage: Any) -> None:
    # Two methods with parameters, so that there is something to damage, and no more: the whole was looked at above.
    found = json.loads(json.dumps(document(REGISTRY), default=str))
    found["methods"] = sorted(found["methods"], key=lambda each: -len(each["params"]))[:2]
    found["components"] = {}
    assert faults(found) == []
    broken = copy.deepcopy(found)
    damage(broken)
    assert faults(broken)


def test_every_reference_leads_somewhere() -> None:
    found = document(REGISTRY)

    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [ref for each in value.values() for ref in references(each)]
        return [ref for each in value for ref in references(each)] if isinstance(value, list) else []

    schemas = found["components"]["schemas"]
    assert references(found)
    assert [ref for ref in references(found) if ref.removeprefix("#/components/schemas/") not in schemas] == []


def test_every_parameter_is_described_in_words() -> None:
    mute = [
        f"{each['name']} {param['name']}"
        for each in document(REGISTRY)["methods"]
        for param in each["params"]
        if not param.get("description")
    ]
    assert mute == []


def test_ranges_and_defaults_are_in_the_document() -> None:
    methods = {each["name"]: each for each in document(REGISTRY)["methods"]}
    lines = methods["engine.log"]["params"][0]
    assert lines["required"] is False
    assert (lines["schema"]["minimum"], lines["schema"]["maximum"], lines["schema"]["default"]) == (1, 500, 100)
    assert [each["required"] for each in methods["session.hello"]["params"]] == [True, True, True]
    bars = next(each for each in methods["compose.chords"]["params"] if each["name"] == "bars")
    assert (bars["schema"]["minimum"], bars["schema"]["maximum"]) == (1, 64)
