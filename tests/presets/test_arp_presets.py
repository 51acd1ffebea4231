"""The arp's shelf fits its schemas, and everything it names exists."""

import json
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.arp.rates import RATES
from engine.compose.stock import styles as chord_styles

LISTS = ["styles", "rhythms", "accents", "figures"]


def check(name: str, document: Any) -> None:
    rules = presets.load(f"schema/arp_{name}.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_fits_its_schema_and_says_everything_once(name: str) -> None:
    entries = presets.load(f"arp/{name}")
    check(name, entries)
    for field in ("id", "name", "description"):
        assert len({each[field] for each in entries}) == len(entries)


@pytest.mark.parametrize("style", presets.load("arp/styles"), ids=lambda style: style["id"])
def test_a_style_names_only_what_there_is(style: dict[str, Any]) -> None:
    assert style["chords"] in chord_styles()
    assert style["tempo"][0] < style["tempo"][1]
    assert set(style["rates"]) <= set(RATES)
    for name in ("figures", "rhythms", "accents"):
        assert set(style[name]) <= {each["id"] for each in presets.load(f"arp/{name}")}


def test_no_two_styles_claim_the_same_word() -> None:
    words = [word for style in presets.load("arp/styles") for word in style["words"]]
    assert len(words) == len(set(words))


def test_every_entry_is_used_by_a_style() -> None:
    for name in ("figures", "rhythms", "accents"):
        used = {each for style in presets.load("arp/styles") for each in style[name]}
        assert {each["id"] for each in presets.load(f"arp/{name}")} - used <= {"chord", "flat"}


@pytest.mark.parametrize(
    ("name", "field", "wrong"), [("styles", "gate", 500), ("rhythms", "steps", "...."), ("accents", "unit", "day")]
)
def test_the_schemas_bite(name: str, field: str, wrong: Any) -> None:
    broken = json.loads(json.dumps(presets.load(f"arp/{name}")))
    broken[0][field] = wrong
    with pytest.raises(jsonschema.ValidationError):
        check(name, broken)
