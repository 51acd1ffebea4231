"""Steering: at rest nothing at all, told in full, within ranges, and what it means is data."""

import math
from typing import Any

import msgspec
import pytest

from engine.compose.arp.live import arp_live
from engine.compose.arp.request import ArpRequest
from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.drums.compose import DrumsRequest, compose_drums
from engine.compose.drums.request import LaneWish
from engine.compose.melody.compose import MelodyRequest, compose_melody
from engine.compose.steer.apply import louder, steered
from engine.compose.steer.curves import Meaning, Parameter, at
from engine.compose.steer.map import STEERED, SteerMap, steer_map
from engine.compose.steer.request import KNOBS, Steer, check_steer, resting
from engine.compose.stream.compose import compose_stream
from engine.compose.stream.request import Macros, Point, StreamRequest
from engine.errors import InvalidValue
from engine.notes import Note
from tests.engine.compose.steer.band import ASK, PARTS, streamed

FULL = Steer(**dict.fromkeys(KNOBS, 1.0))


def contents(answer: Any) -> bytes:
    return msgspec.json.encode(answer)


@pytest.mark.parametrize("role", STEERED)
def test_knobs_at_rest_change_nothing_at_all(role: str) -> None:
    assert contents(ASK[role](seed=5, steer=Steer())) == contents(ASK[role](seed=5))


@pytest.mark.parametrize("role", PARTS)
def test_a_stream_with_knobs_at_rest_is_the_same(role: str) -> None:
    asked = StreamRequest(role=role, seed=3, bars=2, points=[Point(beat=1.0, energy=80)])  # type: ignore[arg-type]
    still = msgspec.structs.replace(
        asked, steer=Steer(), points=[Point(beat=0.5, steer=Steer()), Point(beat=1.0, energy=80, steer=Steer())]
    )
    assert contents(compose_stream(still)) == contents(compose_stream(asked))


@pytest.mark.parametrize("role", STEERED)
def test_the_answer_tells_what_was_moved_and_where_to(role: str) -> None:
    found = steer_map(role)
    answer = ASK[role](seed=5, steer=FULL)
    assert set(answer.steered) == set(found.moves(FULL))
    for name, value in answer.steered.items():
        assert found.parameters[name].low <= value <= found.parameters[name].high
        own = getattr(getattr(answer, "resolved", None), name, None)
        if own is not None and name not in ("register", "velocity", "voices"):
            assert own == value


def test_the_same_request_steered_is_the_same_take_and_another_one_than_at_rest() -> None:
    for role in STEERED:
        first, second, plain = (ASK[role](seed=5, steer=steer) for steer in (FULL, FULL, None))
        assert contents(first) == contents(second)
        takes = [answer.variations[0].take if role == "vary" else answer.take for answer in (first, plain)]
        assert takes[0] != takes[1]


def test_a_parameter_is_moved_from_where_it_stands_and_never_out_of_its_range() -> None:
    at_rest, moved = (
        steered(BassRequest(density=60, steer=steer), steer_map("bass"), ("register", "velocity"))
        for steer in (None, Steer(energy=0.5))
    )
    assert at_rest.request == BassRequest(density=60)
    assert (at_rest.told, at_rest.mark, at_rest.beyond) == ({}, (), {})
    assert moved.request.density == 75
    assert moved.request.steer is None
    assert moved.beyond == {"velocity": 8.0}
    top = steered(BassRequest(density=90, steer=FULL), steer_map("bass"), ("register", "velocity"))
    assert top.request.density == 100


def test_the_map_is_data_and_any_other_one_can_take_its_place() -> None:
    learnt = SteerMap(
        role="bass",
        parameters={"density": Parameter(50, 0, 100)},
        steer={"energy": Meaning("Fewer notes.", {"density": ((-1, 40), (0, 0), (1, -40))})},
    )
    asked = BassRequest(seed=2, style="funk", steer=Steer(energy=1.0, tension=1.0))
    answer = compose_bass(asked, steering=learnt)
    assert answer.steered == {"density": 10.0}
    assert answer.notes == compose_bass(BassRequest(seed=2, style="funk", density=10)).notes
    stream = StreamRequest(role="bass", seed=2, style="funk", steer=Steer(energy=1.0))
    usual, other = compose_stream(stream).bars[0], compose_stream(stream, learnt).bars[0]
    assert other.parameters["density"] == 10
    assert usual.take != other.take


def test_a_map_that_moves_what_nobody_has_is_refused() -> None:
    wrong = SteerMap("vary", {"wit": Parameter(0, 0, 1)}, {"energy": Meaning("Wit.", {"wit": ((-1, 0), (1, 1))})})
    with pytest.raises(ValueError, match="wit"):
        steered(BassRequest(steer=FULL), wrong)


@pytest.mark.parametrize("role", PARTS)
def test_a_stream_follows_from_the_next_sixteenth_on(role: str) -> None:
    asked = StreamRequest(role=role, seed=3, bar=4, bars=2)  # type: ignore[arg-type]
    moved = msgspec.structs.replace(asked, points=[Point(beat=2.1, steer=FULL)])
    plain, answer = compose_stream(asked), compose_stream(moved)
    assert answer.bars[0].changes == [2.25]
    assert (answer.bars[0].steer, answer.bars[1].steer) == (None, FULL)
    assert answer.bars[0].parameters == plain.bars[0].parameters
    from_there = compose_stream(msgspec.structs.replace(asked, bar=5, bars=1, steer=FULL)).bars[0]
    assert contents(from_there) == contents(answer.bars[1])
    assert from_there.take != plain.bars[1].take


def test_steering_moves_macros_no_hand_has_moved() -> None:
    answer = compose_stream(StreamRequest(role="melody", seed=1, macros=Macros(density=70), steer=FULL))
    assert answer.bars[0].macros == Macros(density=70)
    assert answer.bars[0].parameters["density"] == 100
    assert streamed("melody", 1, Steer()) == streamed("melody", 1)


def test_dark_cymbals_are_fewer_and_wishes_for_lanes_stay() -> None:
    locked = [Note(42, 0.0, 0.1, 99.0)]
    asked = DrumsRequest(seed=1, style="house", steer=Steer(darkness=1.0), lanes={"hat": LaneWish(keep=locked)})
    answer = compose_drums(asked)
    assert [lane.velocities for lane in answer.lanes if lane.role == "hat"] == [[99.0]]
    assert [note for note in answer.notes if note.pitch == 42] == locked


def test_a_register_that_was_asked_for_is_moved_too() -> None:
    for register in (None, 60):
        plain, dark = (
            compose_melody(MelodyRequest(seed=1, register=register, steer=steer)).resolved
            for steer in (None, Steer(darkness=1.0))
        )
        assert dark.lowest == plain.lowest - 10


def test_the_tables_of_a_live_arp_are_steered_too() -> None:
    plain, hard = (arp_live(ArpRequest(seed=1, steer=steer)) for steer in (Steer(), Steer(energy=1.0)))
    assert plain == arp_live(ArpRequest(seed=1))
    assert hard.resolved.density == 80
    assert hard.resolved.velocity == plain.resolved.velocity + 16
    assert hard.steered == {"velocity": 16.0, "density": 80.0, "accent_depth": 75.0}


def test_curves_are_straight_between_points_and_level_beyond() -> None:
    curve = ((-1.0, -10.0), (0.0, 0.0), (1.0, 30.0))
    assert [at(curve, stand) for stand in (-2, -1, -0.5, 0, 0.5, 1, 2)] == [-10, -10, -5, 0, 15, 30, 30]
    assert Parameter(0, -12, 12, 1).kept(3.6) == 4
    assert louder([Note(60, 0, 1, 120.0)], 20.0)[0].velocity == 127


def test_all_knobs_at_rest_are_no_steering() -> None:
    assert resting(Steer()) is None
    assert resting(None) is None
    assert resting(FULL) is FULL


@pytest.mark.parametrize("wrong", [1.1, -2, math.nan, True, "loud", None])
def test_what_is_no_steering_is_refused_by_its_name(wrong: Any) -> None:
    broken = Steer(tension=wrong)
    for ask in (
        lambda: check_steer(broken),
        lambda: compose_chords(ChordsRequest(steer=broken)),
        lambda: compose_stream(StreamRequest(role="bass", steer=broken)),
        *(lambda role=role: ASK[role](steer=broken) for role in STEERED),  # type: ignore[misc]
    ):
        with pytest.raises(InvalidValue) as refused:
            ask()
        assert refused.value.field == "steer.tension"
    with pytest.raises(InvalidValue, match="points"):
        compose_stream(StreamRequest(role="bass", points=[Point(beat=0, steer=broken)]))
    with pytest.raises(InvalidValue, match="steer"):
        check_steer({"energy": 1})
