"""Steps: note values, what Density lets in, accents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose.arp.rates import RATES, even, rate_beats
from engine.compose.arp.shelf import accents, rhythms
from engine.compose.arp.steps import accent_level, hit, threshold
from engine.compose.dice import Dice

JOINS = tuple(Dice(5).uniform("join", slot) for slot in range(64))
METRES = st.sampled_from([(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (1, 4), (11, 16)])


@pytest.mark.parametrize(
    ("name", "beats"),
    [
        ("1/1", 4),
        ("1/2D", 3),
        ("1/4", 1),
        ("1/4T", 2 / 3),
        ("1/8", 0.5),
        ("1/8T", 1 / 3),
        ("1/8D", 0.75),
        ("1/16T", 1 / 6),
        ("1/32", 0.125),
    ],
)
def test_note_values_in_beats(name: str, beats: float) -> None:
    assert rate_beats(name) == pytest.approx(beats)


def test_three_triplets_last_as_long_as_two_and_two_dotted_as_three() -> None:
    for name in ("1/1", "1/2", "1/4", "1/8", "1/16", "1/32"):
        assert 3 * RATES[name + "T"] == pytest.approx(2 * RATES[name])
        assert 2 * RATES[name + "D"] == pytest.approx(3 * RATES[name])
        assert even(name)
        assert not even(name + "T")


@given(st.sampled_from(sorted(rhythms())), METRES, st.integers(1, 8))
def test_at_fifty_a_rhythm_is_as_written(name: str, metre: tuple[int, int], parts: int) -> None:
    rhythm, step = rhythms()[name], 1 / parts
    for slot in range(24):
        place = slot * step % (metre[0] * 4 / metre[1])
        joins = threshold(rhythm, slot, place, metre, JOINS)
        assert (joins <= 50) == hit(rhythm, slot)
        assert 0 <= joins <= 100


def test_the_weakest_go_first() -> None:
    straight = rhythms()["straight"]
    at = [threshold(straight, slot, slot * 0.25, (4, 4), (0.5,) * 16) for slot in range(16)]
    assert at[0] == 0
    assert max(at[4], at[8], at[12]) < min(at[2], at[6], at[10], at[14])
    assert max(at[2], at[6], at[10], at[14]) < min(at[1::2])


def level(name: str, slot: int, place: float, metre: tuple[int, int] = (4, 4), turn: int = 0) -> float:
    return accent_level(accents()[name], slot, place, metre, turn=turn)


def test_accents_stand_where_they_say() -> None:
    assert [level("beat", slot, slot / 4) for slot in range(5)] == [1.0, 0.3, 0.55, 0.3, 1.0]
    assert [level("off_beat", slot, slot / 2) for slot in range(4)] == [0.3, 1.0, 0.3, 1.0]
    assert [level("threes", slot, slot / 4) for slot in range(6)] == [1.0, 0.3, 0.4] * 2
    assert [level("cycle", 9, 0.5, turn=turn) for turn in (0, 1, 5)] == [1.0, 0.4, 0.4]
    rise = [level("rise", slot, slot / 4, (3, 4)) for slot in range(12)]
    assert rise == sorted(rise)
    assert (rise[0], rise[-1]) == (0.0, 1.0)
    assert {level("flat", slot, slot / 4) for slot in range(16)} == {0.5}


def test_in_compound_time_the_dotted_beats_are_accented() -> None:
    assert [slot for slot in range(6) if level("beat", slot, slot / 2, (6, 8)) == 1.0] == [0, 3]
