"""What requests are refused for: ranges and words are those of the wire's own types."""

import math
from typing import Any

import msgspec
import pytest

from engine.compose.checks import check_choice, check_percent, check_ranged, check_signature, check_tempo
from engine.compose.dice import SEEDS
from engine.compose.request import Bars, Numerator, Percent, Pitch, PitchClass, Seed, Tempo
from engine.errors import InvalidValue

KINDS = (Bars, Numerator, Percent, Pitch, PitchClass, Seed, Tempo)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [-1, 0, 1, 11, 12, 19.5, 20, 64, 65, 99, 100, 100.5, 127, 128, 999, SEEDS - 1, SEEDS])
def test_what_the_wire_refuses_is_refused(kind: Any, value: float) -> None:
    def refused() -> bool:
        try:
            check_ranged("knob", value, kind, "{} to {}")
        except InvalidValue as problem:
            return problem.field == "knob"
        return False

    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        assert refused()
    else:
        assert not refused()


@pytest.mark.parametrize("value", [math.nan, math.inf, True, None, "50"])
def test_what_is_no_number_is_refused(value: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_percent("density", value)
    assert refused.value.hint == "Use a percentage from 0 to 100."


def test_a_hint_says_what_is_allowed_and_what_was_meant_perhaps() -> None:
    with pytest.raises(InvalidValue) as refused:
        check_choice("role", "base", ("drums", "bass"))
    assert refused.value.hint.endswith("Use one of: drums, bass.")
    assert "bass" in refused.value.hint.removesuffix("Use one of: drums, bass.")
    with pytest.raises(InvalidValue) as refused:
        check_tempo("points[0].tempo", 5)
    assert (refused.value.field, refused.value.hint) == (
        "points[0].tempo",
        "Use a tempo from 20 to 999 beats per minute.",
    )


@pytest.mark.parametrize(
    ("signature", "field"), [((0, 4), "numerator"), ((4, 3), "denominator"), ((4, True), "denominator")]
)
def test_a_signature_is_refused_by_the_number_that_is_wrong(signature: tuple[int, int], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        check_signature(*signature, "harmony_")
    assert refused.value.field == f"harmony_{field}"
