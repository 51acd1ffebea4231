"""How corrections teach fits its schema."""

import json
from typing import Any

import jsonschema
import pytest

import presets


def check(document: Any) -> None:
    rules = presets.load("schema/taste_corrections.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_it_fits_its_schema_and_bands_rise() -> None:
    document = presets.load("taste/corrections")
    check(document)
    assert document["bands"] == sorted(set(document["bands"]))
    # Before the first correction a reading is no likelier than what was heard, however near it is.
    assert document["otherwise"] < document["as_heard"]


def test_the_schema_bites() -> None:
    broken = json.loads(json.dumps(presets.load("taste/corrections")))
    broken["close"] = 0.01
    with pytest.raises(jsonschema.ValidationError):
        check(broken)
