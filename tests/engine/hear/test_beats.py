"""Where beats are, from given probabilities."""

import numpy as np
import pytest

from engine.hear import beat_network, beats

RATE = beat_network.RATE


def pulses(times: np.ndarray, seconds: float, rate: float = RATE) -> np.ndarray:
    """High where a beat is, low elsewhere; three frames wide."""
    frames = np.arange(round(seconds * rate))
    distance = np.abs(frames[:, None] - times[None, :] * rate).min(axis=1)
    return np.asarray(0.02 + 0.9 * np.maximum(0, 1 - distance / 2), np.float32)


@pytest.mark.parametrize("bpm", [40.0, 97.3, 174.0, 270.0])
def test_beats_are_found(bpm: float) -> None:
    true = np.arange(0.3, 19.9, 60 / bpm)
    found = beats.found(pulses(true, 20), bpm * 1.01)
    assert len(found) == pytest.approx(len(true), abs=1)
    off = (found - 0.3 + 30 / bpm) % (60 / bpm) - 30 / bpm
    assert np.abs(off).max() < 0.02


def test_a_beat_that_is_not_played_is_found_between_its_neighbours() -> None:
    true = np.arange(0.3, 19.9, 0.5)
    found = beats.found(pulses(np.delete(true, [7, 20]), 20), 120)
    for silent in (true[7], true[20]):
        assert np.abs(found - silent).min() < 0.04


def test_too_short_has_no_beats() -> None:
    assert len(beats.found(np.full(8, 0.1, np.float32), 60)) == 0


def test_a_grid_is_laid_through_loose_beats() -> None:
    dice = np.random.default_rng(1)
    true = 0.21 + 60 / 121.4 * np.arange(200)
    times = np.delete(true + dice.normal(0, 0.008, 200), [30, 31, 90])
    onsets = pulses(true, 105, 86.13)
    period, first, error = beats.refined(times, onsets, 86.13)
    assert 60 / period == pytest.approx(121.4, abs=0.02)
    assert first == pytest.approx(0.21, abs=0.01)
    assert error == pytest.approx(0.008 / (60 / 121.4), rel=0.3)


def test_a_beat_just_before_the_beginning_is_the_beginning() -> None:
    times = -0.005 + 0.5 * np.arange(1, 40)
    assert beats.refined(times, np.zeros(1, np.float32), 86.13)[1] == 0.0
