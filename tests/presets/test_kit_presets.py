"""The built-in kits fit their schema, and share out the styles among them."""

import json
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.kit.request import SoundName
from engine.compose.kit.shelf import kit_sounds


def check(document: Any) -> None:
    rules = presets.load("schema/kits.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_the_kits_fit_their_schema() -> None:
    kits = presets.load("kits")
    check(kits)
    for field in ("id", "name", "description"):
        assert len({kit[field] for kit in kits}) == len(kits)


def test_every_genre_of_drums_has_one_kit() -> None:
    words = [word for kit in kit_sounds().values() for word in kit.words]
    assert len(words) == len(set(words))
    assert set(presets.names("drums")) <= set(words)


def test_the_wire_names_every_kit() -> None:
    assert set(kit_sounds()) <= set(SoundName.__args__)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("part", "field", "wrong"), [("kick", "drive", "hard"), ("hat", "open", -1), ("tom", "colour", 3)]
)
def test_the_schema_bites(part: str, field: str, wrong: Any) -> None:
    broken = json.loads(json.dumps(presets.load("kits")))
    broken[0][part][field] = wrong
    with pytest.raises(jsonschema.ValidationError):
        check(broken)
