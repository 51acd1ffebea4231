"""Curves that were stretched: by how much an answer tells, and sent again that makes the same notes."""

from typing import Any

import msgspec
import pytest

from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.steer.map import STEERED, map_of, steer_map, stretched
from engine.compose.steer.request import KNOBS, LEAST, MOST, Steer, check_steer
from engine.compose.stream.compose import compose_stream
from engine.compose.stream.request import Point, StreamRequest
from engine.errors import InvalidValue
from tests.engine.compose.steer.band import ASK

FULL = dict.fromkeys(KNOBS, 1.0)


def names(role: str) -> list[str]:
    return [f"{knob}.{name}" for knob, meaning in steer_map(role).steer.items() for name in meaning.moves]


def steer(stretch: dict[str, float] | None, **stands: float) -> Any:
    return Steer(**(stands or FULL), stretch=stretch)


@pytest.mark.parametrize("role", STEERED)
def test_nothing_stretched_is_what_is_on_the_shelf_to_the_last_bit(role: str) -> None:
    plain = msgspec.json.encode(ASK[role](seed=5, steer=steer(None)))
    assert msgspec.json.encode(ASK[role](seed=5, steer=steer({}))) == plain
    assert msgspec.json.encode(ASK[role](seed=5, steer=steer(dict.fromkeys(names(role), 1.0)))) == plain
    at_rest = msgspec.json.encode(ASK[role](seed=5))
    assert msgspec.json.encode(ASK[role](seed=5, steer=Steer(stretch=dict.fromkeys(names(role), 2.0)))) == at_rest


@pytest.mark.parametrize("role", STEERED)
def test_what_an_answer_tells_of_stretching_repeats_it(role: str) -> None:
    by = dict.fromkeys(names(role), 0.5)
    answer = ASK[role](seed=5, steer=steer(by))
    assert answer.stretched == by
    assert msgspec.json.encode(ASK[role](seed=5, steer=steer(answer.stretched))) == msgspec.json.encode(answer)
    takes = [
        (each.variations[0] if role == "vary" else each).take for each in (answer, ASK[role](seed=5, steer=steer({})))
    ]
    assert takes[0] != takes[1]


@pytest.mark.parametrize("role", STEERED)
@pytest.mark.parametrize("factor", [LEAST, 0.0, 0.3, 1.7, MOST])
def test_a_stretched_curve_rises_where_it_rose_and_stays_within_ranges(role: str, factor: float) -> None:
    found = stretched(role, dict.fromkeys(names(role), factor))
    for knob, meaning in steer_map(role).steer.items():
        for name, curve in meaning.moves.items():
            assert found.steer[knob].moves[name] == tuple((stand, move * factor) for stand, move in curve)
    for stand in (-1.0, -0.3, 0.4, 1.0):
        answer = ASK[role](seed=5, steer=steer(dict.fromkeys(names(role), factor), **dict.fromkeys(KNOBS, stand)))
        for name, value in answer.steered.items():
            assert found.parameters[name].low <= value <= found.parameters[name].high


def test_what_a_request_says_of_stretching_goes_before_any_map() -> None:
    given = stretched("bass", {"energy.density": 2.0})
    assert map_of("bass", None, given) is given
    assert map_of("bass", Steer(energy=1.0), given) is given
    assert map_of("bass", Steer(energy=1.0, stretch={}), given) is steer_map("bass")
    answer = compose_bass(BassRequest(seed=1, density=40.0, steer=Steer(energy=0.5, stretch={"energy.density": 2.0})))
    assert answer.resolved.density == 70


def test_a_stream_is_stretched_for_all_its_bars_and_told_so() -> None:
    by = {"energy.density": 2.0}
    asked = StreamRequest(role="bass", seed=2, bars=2, points=[Point(beat=2.0, steer=Steer(energy=0.5))])
    plain = compose_stream(asked)
    # The knobs rest as it begins: what they mean is said all the same.
    wide = compose_stream(msgspec.structs.replace(asked, steer=Steer(stretch=by)))
    assert (plain.stretched, wide.stretched) == ({}, by)
    assert plain.bars[0].parameters == wide.bars[0].parameters
    assert wide.bars[1].parameters["density"] - plain.bars[1].parameters["density"] == 15
    alone = compose_stream(StreamRequest(role="bass", seed=2, bar=1, steer=Steer(energy=0.5, stretch=by)))
    assert msgspec.json.encode(alone.bars[0]) == msgspec.json.encode(wide.bars[1])
    assert msgspec.json.encode(compose_stream(msgspec.structs.replace(asked, steer=Steer(stretch={})))) == (
        msgspec.json.encode(plain)
    )


def test_what_cannot_be_stretched_is_refused_by_name() -> None:
    with pytest.raises(InvalidValue, match=r"energy\.density"):
        compose_bass(BassRequest(steer=Steer(energy=0.1, stretch={"energy.wit": 1.5})))
    later = StreamRequest(role="bass", points=[Point(beat=1.0, steer=Steer(stretch={}))])
    with pytest.raises(InvalidValue, match="hold"):
        compose_stream(later)
    for wrong in (3.0, -1.0, float("nan"), "1", True):
        with pytest.raises(InvalidValue) as refused:
            check_steer(Steer(stretch={"energy.density": wrong}))  # type: ignore[dict-item]
        assert refused.value.field == "steer.stretch.energy.density"
