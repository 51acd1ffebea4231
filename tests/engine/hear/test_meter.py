"""Bars from given probabilities of down-beats."""

import numpy as np
import pytest

from engine.hear import beat_network, meter

BEATS = 0.5 * np.arange(60)
ONSETS = np.full(3000, 0.1, np.float32)
RATE = 86.13


def downs(length: int, first: int = 0, high: float = 0.7) -> np.ndarray:
    chance = np.full(round(31 * beat_network.RATE), 0.05, np.float32)
    chance[np.round(BEATS[first::length] * beat_network.RATE).astype(int)] = high
    return chance


@pytest.mark.parametrize("length", [3, 4, 5, 7])
@pytest.mark.parametrize("first", [0, 2])
def test_bars_are_found(length: int, first: int) -> None:
    found, metre = meter.bars(BEATS, downs(length, first), ONSETS, RATE)
    assert found == list(range(first, 60, length))
    assert (metre.numerator, metre.denominator) == (length, 4)
    assert metre.confidence > 0.5


def test_without_a_sign_bars_have_four_beats() -> None:
    _, metre = meter.bars(BEATS, downs(4, high=0.05), ONSETS, RATE)
    assert metre.numerator == 4


def test_a_bar_may_be_cut_short() -> None:
    chance = downs(4)
    later = round(30 * beat_network.RATE / 2)
    chance[later:] = downs(4, 2)[later:]
    found, metre = meter.bars(BEATS, chance, ONSETS, RATE)
    assert metre.numerator == 4
    assert set(np.array(found)[:6] % 4) == {0}
    assert set(np.array(found)[-6:] % 4) == {2}


def test_two_beats_in_three_are_six_eighths() -> None:
    onsets = np.zeros(3000, np.float32)
    for third in (0, 1 / 3, 2 / 3):
        onsets[np.round((BEATS + third * 0.5) * RATE).astype(int)] = 1
    _, metre = meter.bars(BEATS, downs(2), onsets, RATE)
    assert (metre.numerator, metre.denominator) == (6, 8)


def test_one_beat_has_no_bars() -> None:
    assert meter.bars(BEATS[:1], downs(4), ONSETS, RATE) == ([], meter.Meter())
