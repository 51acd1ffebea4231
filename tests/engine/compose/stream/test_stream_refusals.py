"""What a stream refuses, and in which words."""

from typing import Any

import msgspec
import pytest

from engine.compose.part.request import ChordAt
from engine.compose.stream.compose import compose_stream
from engine.compose.stream.request import LAST_BAR, Macros, Point, SignatureFrom, StreamRequest
from engine.errors import InvalidValue

NAN = float("nan")


def refused(**wrong: Any) -> InvalidValue:
    with pytest.raises(InvalidValue) as caught:
        compose_stream(msgspec.structs.replace(StreamRequest(role="bass", seed=1), **wrong))
    assert caught.value.hint.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"role": "tuba"}, "role"),
        ({"style": "polka"}, "style"),
        ({"style": " "}, "style"),
        ({"bar": -1}, "bar"),
        ({"bar": LAST_BAR + 1}, "bar"),
        ({"bar": 1.5}, "bar"),
        ({"bars": 0}, "bars"),
        ({"bars": 9}, "bars"),
        ({"seed": -1}, "seed"),
        ({"tempo": NAN}, "tempo"),
        ({"signature_numerator": 0}, "signature_numerator"),
        ({"signature_denominator": 3}, "signature_denominator"),
        ({"macros": {"density": 3}}, "macros"),
        ({"macros": Macros(density=101)}, "macros.density"),
        ({"macros": Macros(surprise=NAN)}, "macros.surprise"),
        ({"points": [Point(beat=NAN)]}, "points[0].beat"),
        ({"points": [Point(beat=2), Point(beat=1)]}, "points[1].beat"),
        ({"points": [Point(beat=1, swing=-1)]}, "points[0].swing"),
        ({"points": [Point(beat=1, tempo=5)]}, "points[0].tempo"),
        ({"points": [Point(beat=1)] * 129}, "points"),
        ({"signatures": [SignatureFrom(bar=2, numerator=3, denominator=4)] * 2}, "signatures[1].bar"),
        ({"signatures": [SignatureFrom(bar=2, numerator=3, denominator=5)]}, "signatures[0].denominator"),
        ({"signatures": "3/4"}, "signatures"),
        ({"signature_numerator": 33, "signature_denominator": 1}, "signature_numerator"),
        ({"signatures": [SignatureFrom(bar=2, numerator=99, denominator=2)]}, "signatures[0].numerator"),
        ({"harmony_numerator": 0}, "harmony_numerator"),
        ({"harmony_numerator": 3, "harmony_denominator": 7}, "harmony_denominator"),
        ({"key": "H major"}, "key"),
        ({"progression": "what"}, "progression"),
        ({"chords": []}, "chords"),
        ({"kit": {"gong": 3}}, "kit"),
        ({"kick": [-1.0]}, "kick"),
        ({"kick": [NAN]}, "kick"),
    ],
)
def test_a_wrong_wish_is_refused_by_its_name(wrong: dict[str, Any], field: str) -> None:
    assert refused(**wrong).field == field


def test_harmony_that_is_too_long_to_go_round_is_refused() -> None:
    assert refused(chords=[ChordAt(start=0.0, duration=4000.0, symbol="C")]).field == "chords"
