"""What rewards count for fits its schema and has every kind there is."""

import json
from typing import Any

import jsonschema
import pytest

import presets


def check(document: Any) -> None:
    rules = presets.load("schema/taste_rewards.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_the_table_fits_its_schema_and_has_every_kind_of_the_plan() -> None:
    check(presets.load("taste/rewards"))
    wanted = {"stars", "kept", "deleted", "undone", "rerolled", "edited", "duplicated", "looped", "exported"}
    wanted |= {"chosen", "passed"}
    kinds = presets.load("taste/rewards")["kinds"]
    assert set(kinds) == wanted
    for kind in kinds.values():
        assert kind["from"]["amount"] < kind["to"]["amount"]


def test_the_schema_bites() -> None:
    broken = json.loads(json.dumps(presets.load("taste/rewards")))
    broken["kinds"]["kept"]["to"]["stars"] = 6
    with pytest.raises(jsonschema.ValidationError):
        check(broken)
