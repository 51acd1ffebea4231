"""Messages for wrong parameters name the field, the value and what is allowed; nothing is repaired."""

from __future__ import annotations

import enum
from typing import Annotated, Any, Literal

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta
from msgspec.inspect import type_info

from bridge.errors import InvalidParams
from bridge.validation import Check, describe


class Inner(msgspec.Struct, forbid_unknown_fields=True):
    root: Annotated[int, Meta(ge=0, le=11)] = 0
    weights: Annotated[list[float], Meta(min_length=12, max_length=12)] | None = None


class Params(msgspec.Struct):
    key: str
    bars: Annotated[int, Meta(ge=1, le=64)] = 8
    tension: Annotated[float, Meta(ge=0, le=100)] = 35.0
    denominator: Literal[1, 2, 4, 8, 16] = 4
    style: Literal["house", "techno"] = "house"
    context: Inner | None = None
    name: Annotated[str, Meta(max_length=5)] = ""
    table: dict[str, int] = {}


check = Check(Params)


@pytest.mark.parametrize(
    ("params", "field", "message"),
    [
        ({}, "key", "key is missing"),
        ({"key": 3}, "key", "key is 3; allowed: text"),
        ({"key": None}, "key", "key is None; allowed: text"),
        ({"key": "C", "bars": 99}, "bars", "bars is 99; allowed: a whole number from 1 to 64"),
        ({"key": "C", "bars": 0}, "bars", "bars is 0; allowed: a whole number from 1 to 64"),
        ({"key": "C", "bars": 8.5}, "bars", "bars is 8.5; allowed: a whole number from 1 to 64"),
        ({"key": "C", "bars": True}, "bars", "bars is True; allowed: a whole number from 1 to 64"),
        ({"key": "C", "bars": "8"}, "bars", "bars is '8'; allowed: a whole number from 1 to 64"),
        ({"key": "C", "bars": None}, "bars", "bars is None; allowed: a whole number from 1 to 64"),
        ({"key": "C", "bars": 10**40}, "bars", "bars is 10000000000000000000000000000000000000000; allowed:"),
        ({"key": "C", "bars": 10**4000}, "bars", "bars is a very large number; allowed:"),
        ({"key": "C", "tension": -0.1}, "tension", "tension is -0.1; allowed: a number from 0 to 100"),
        ({"key": "C", "denominator": 3}, "denominator", "denominator is 3; allowed: one of 1, 2, 4, 8, 16"),
        ({"key": "C", "style": "polka"}, "style", "style is 'polka'; allowed: one of house, techno"),
        ({"key": "C", "name": "sixsix"}, "name", "name is 'sixsix'; allowed: text of at most 5 characters"),
        (
            {"key": "C", "context": {"root": 12}},
            "context.root",
            "context.root is 12; allowed: a whole number from 0 to 11",
        ),
        (
            {"key": "C", "context": {"weights": [1.0] * 3}},
            "context.weights",
            "context.weights is [1.0, 1.0, 1.0]; allowed: a list of 12 elements, each a number, or left out",
        ),
        (
            {"key": "C", "context": {"weights": [0.0] * 11 + ["x"]}},
            "context.weights[11]",
            "context.weights[11] is 'x'; allowed: a number",
        ),
        ({"key": "C", "context": {"rot": 1}}, "context.rot", "unknown parameter context.rot"),
        ({"key": "C", "context": 7}, "context", "context is 7; allowed: an object with root, weights, or left out"),
        ({"key": "C", "table": {"a": "b"}}, "table[...]", "table[...] is {'a': 'b'}; allowed: a whole number"),
        ({"key": "C", "tensoin": 3}, "tensoin", "unknown parameter 'tensoin'"),
    ],
)
def test_messages(params: dict[str, Any], field: str, message: str) -> None:
    with pytest.raises(InvalidParams) as caught:
        check(params)
    assert str(caught.value).startswith(message)
    assert caught.value.field == field
    assert caught.value.hint


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(InvalidParams) as caught:
        check({"key": "C", "tensoin": 3})
    assert caught.value.hint.startswith('Did you mean "tension"? Allowed: key, bars,')


def test_positions() -> None:
    assert check(["C", 4]) == Params("C", 4)
    with pytest.raises(InvalidParams, match="9 parameters were given; this method takes at most 8"):
        check([1] * 9)


def test_a_long_value_is_cut() -> None:
    with pytest.raises(InvalidParams) as caught:
        check({"key": "C", "style": "x" * 1_000_000})
    assert len(str(caught.value)) < 200
    with pytest.raises(InvalidParams) as caught:
        check({"key": ["y" * 1000] * 100_000})
    assert str(caught.value) == "key is a list of 100000; allowed: text"


@pytest.mark.parametrize("params", [{"key": "C", "context": {"x" * 5000: 1}}, {"key": "C", "x" * 5000: 1}])
def test_a_long_name_is_cut(params: dict[str, Any]) -> None:
    with pytest.raises(InvalidParams) as caught:
        check(params)
    assert str(caught.value).startswith("unknown parameter ")
    assert len(str(caught.value)) < 200
    assert len(str(caught.value.field)) < 100


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=13) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=15,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from([*check.names, "other"]), json_values))
def test_whatever_comes_is_taken_as_it_is_or_explained(params: dict[str, Any]) -> None:
    try:
        taken = check(params)
    except InvalidParams as problem:
        assert str(problem)  # noqa: PT017 - either outcome is right; both are checked
        assert len(str(problem)) < 400  # noqa: PT017
    else:
        for name, value in params.items():
            assert msgspec.to_builtins(getattr(taken, name)) == value or name == "context"


def test_the_ends_of_a_range_are_written_out() -> None:
    from engine.compose.request import ChordsRequest

    with pytest.raises(InvalidParams) as caught:
        Check(ChordsRequest)({"seed": 1e30})
    assert str(caught.value) == "seed is 1e+30; allowed: a whole number from 0 to 2147483647, or left out"


class Colour(enum.Enum):
    RED = "red"
    BLUE = "blue"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Annotated[int, Meta(ge=1)], "a whole number of at least 1"),
        (Annotated[int, Meta(le=5)], "a whole number of at most 5"),
        (Annotated[float, Meta(gt=0)], "a number above 0"),
        (Annotated[float, Meta(lt=2)], "a number below 2"),
        (Annotated[float, Meta(gt=0, le=2)], "a number above 0 to 2"),
        (Annotated[int, Meta(ge=0, lt=8)], "a whole number from 0 to 7"),
        (Annotated[int, Meta(gt=0, lt=2**31)], "a whole number from 1 to 2147483647"),
        (Annotated[float, Meta(ge=0, lt=8)], "a number from 0 and below 8"),
        (Annotated[str, Meta(min_length=1)], "text of at least 1 characters"),
        (Annotated[str, Meta(min_length=1, max_length=3)], "text of 1 to 3 characters"),
        (bool, "true or false"),
        (None, "null"),
        (Any, "any value"),
        (dict[str, int], "an object"),
        (Colour, "one of red, blue"),
        (list[bool], "a list, each true or false"),
        (int | None, "a whole number, or left out"),
    ],
)
def test_words_for_types(kind: Any, words: str) -> None:
    assert describe(type_info(kind)) == words
