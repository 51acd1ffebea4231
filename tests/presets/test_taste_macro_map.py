"""What is believed of the knobs before the first rating fits its schema, and has words for all there is."""

import json
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.steer.map import STEERED, steer_map
from engine.compose.steer.request import LEAST, MOST


def check(document: Any) -> None:
    rules = presets.load("schema/taste_macro_map.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_it_fits_its_schema_and_keeps_within_what_a_request_may_say() -> None:
    document = presets.load("taste/macro_map")
    check(document)
    assert (1 - document["stretch"]["bound"], 1 + document["stretch"]["bound"]) == (LEAST, MOST)
    assert set(document["nouns"]) == set(STEERED)
    moved = {name for role in STEERED for meaning in steer_map(role).steer.values() for name in meaning.moves}
    assert set(document["words"]) <= moved
    assert set(document["ways"]) == moved


def test_the_schema_bites() -> None:
    broken = json.loads(json.dumps(presets.load("taste/macro_map")))
    broken["stretch"]["bound"] = 4
    with pytest.raises(jsonschema.ValidationError):
        check(broken)
