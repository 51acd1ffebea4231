"""The melody styles on the shelf fit their schema, can be read, and are what they say."""

from __future__ import annotations

import copy
import itertools
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.melody.style import styles

ROWS: list[dict[str, Any]] = presets.load("melody/styles")


def check(document: Any) -> None:
    rules = presets.load("schema/melody_styles.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_the_shelf_fits_its_schema() -> None:
    check(ROWS)
    assert list(styles()) == [row["id"] for row in ROWS]


@pytest.mark.parametrize(
    ("field", "value"), [("follow", -1), ("reach", 2), ("grid", 4), ("words", []), ("figures", [1])]
)
def test_the_schema_bites(field: str, value: Any) -> None:
    broken = copy.deepcopy(ROWS)
    broken[0][field] = value
    with pytest.raises(jsonschema.ValidationError):
        check(broken)


def test_harmony_is_drawn_from_styles_that_are_there() -> None:
    known = presets.load("styles")
    assert all(row["chord_style"] in known for row in ROWS)
    # What both shelves hold has one name.
    assert set(known) - {row["id"] for row in ROWS} == set()


def test_pop_is_as_it_was_learnt() -> None:
    pop = styles()["pop"]
    assert not pop.figures
    assert pop.rates == (0, 0, 0, 0)
    assert (pop.rest, pop.again, pop.leap, pop.same, pop.five, pop.tones, pop.spread) == (0, 0, 0, 0, 0, 0, 1)


def test_every_tempo_has_one_usual_style() -> None:
    usual = sorted(style.tempo for style in styles().values() if style.usual)
    assert all(low < high for low, high in usual)
    assert all(one[1] == two[0] for one, two in itertools.pairwise(usual))


def test_words_and_descriptions_are_said_once() -> None:
    words = [word for row in ROWS for word in row["words"]]
    assert len(set(words)) == len(words)
    assert len({row["description"] for row in ROWS}) == len(ROWS)
