"""The maps of macros and steering fit their schema, rest where nobody has touched them, and name what there is."""

import itertools
import json
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.steer.map import STEERED
from engine.compose.steer.request import KNOBS
from engine.compose.stream.options import styles_of
from engine.compose.stream.request import MACROS, ROLES, Macros


def check(document: Any) -> None:
    rules = presets.load("schema/macros.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def curves(document: Any) -> list[tuple[str, str, list[list[float]]]]:
    own = [(macro, meaning["moves"]) for macro, meaning in document["macros"].items()]
    styles = [(macro, moves) for style in document["styles"].values() for macro, moves in style.items()]
    return [(macro, name, curve) for macro, moves in [*own, *styles] for name, curve in moves.items()]


def test_there_is_a_map_for_every_role() -> None:
    assert set(presets.names("macros")) == set(STEERED) > set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_a_map_fits_its_schema_and_names_what_there_is(role: str) -> None:
    document = presets.load(f"macros/{role}")
    check(document)
    assert document["role"] == role
    assert list(document["macros"]) == list(MACROS)
    assert set(document["styles"]) <= set(styles_of(role))
    assert all(set(style) <= set(MACROS) for style in document["styles"].values())
    assert {name for _, name, _ in curves(document)} == set(document["parameters"])
    for parameter in document["parameters"].values():
        assert parameter["low"] <= parameter["usual"] <= parameter["high"]


@pytest.mark.parametrize("role", ROLES)
def test_moves_rest_where_nobody_touched_the_macro_and_only_ever_rise_or_only_fall(role: str) -> None:
    usual = Macros()
    for macro, _, curve in curves(presets.load(f"macros/{role}")):
        places, values = [point[0] for point in curve], [point[1] for point in curve]
        assert places == sorted(places)
        assert places[0] == 0
        assert places[-1] == 100
        resting = [value for place, value in curve if place == getattr(usual, macro)]
        assert resting == [0] or _at(curve, getattr(usual, macro)) == 0
        assert values in (sorted(values), sorted(values, reverse=True))
        assert values[0] != values[-1]


@pytest.mark.parametrize("role", STEERED)
def test_a_knob_rests_at_0_and_moves_parameters_one_way(role: str) -> None:
    document = presets.load(f"macros/{role}")
    check(document)
    assert set(document["steer"]) <= set(KNOBS)
    for meaning in document["steer"].values():
        assert meaning["words"].endswith(".")
        assert set(meaning["moves"]) <= set(document["parameters"])
        for curve in meaning["moves"].values():
            places, values = zip(*curve, strict=True)
            assert places == tuple(sorted(places))
            assert (places[0], places[-1]) == (-1, 1)
            assert _at(curve, 0) == 0
            assert list(values) in (sorted(values), sorted(values, reverse=True))
            assert values[0] != values[-1]


def _at(curve: list[list[float]], stand: float) -> float:
    for (a, x), (b, y) in itertools.pairwise(curve):
        if a <= stand <= b:
            return x + (y - x) * (stand - a) / (b - a)
    raise AssertionError(stand)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("parameters", "velocity", "usual"), "loud"),
        (("macros", "energy", "moves", "velocity"), [[0, 1]]),
        (("surprise", "kinds"), {"boom": 1}),
        (("surprise", "most"), 3),
        (("steer", "energy", "moves", "velocity"), [[-2, 0], [0, 0]]),
        (("steer", "energy"), {}),
    ],
)
def test_the_schema_bites(path: tuple[str, ...], wrong: Any) -> None:
    broken = json.loads(json.dumps(presets.load("macros/bass")))
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        check(broken)


@pytest.mark.parametrize("missing", ["macros", "steer", "surprise"])
def test_a_part_needs_macros_and_steering(missing: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        check({key: value for key, value in presets.load("macros/bass").items() if key != missing})


def test_who_has_no_macros_may_have_none() -> None:
    with pytest.raises(jsonschema.ValidationError):
        check({**presets.load("macros/vary"), "macros": presets.load("macros/bass")["macros"]})
