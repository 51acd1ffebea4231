"""Swing from given onsets."""

import numpy as np
import pytest

from engine.hear.rhythm_result import Swing
from engine.hear.swing import swing

RATE = 86.13
BEATS = 0.6 * np.arange(50)


def onsets(places: dict[float, float]) -> np.ndarray:
    """A peak of given height at each place in every beat."""
    out = np.zeros(round(31 * RATE))
    frames = np.arange(len(out))
    for place, height in places.items():
        for beat in BEATS:
            out += height * np.maximum(0, 1 - np.abs(frames - (beat + 0.6 * place) * RATE) / 1.5)
    return np.asarray(out, np.float32)


@pytest.mark.parametrize("amount", [0.0, 0.3, 0.66, 1.0])
def test_late_eighths_are_swing(amount: float) -> None:
    found = swing(BEATS, onsets({0.0: 1.0, 0.5 + amount / 6: 0.7}), RATE)
    assert found.amount == pytest.approx(amount, abs=0.08)
    assert found.ratio == pytest.approx(0.5 + amount / 6, abs=0.015)
    assert found.grid == 8
    assert found.confidence > 0.3


def test_late_sixteenths_are_swing_of_sixteenths() -> None:
    late = 0.25 + 0.5 * 0.1
    found = swing(BEATS, onsets({0.0: 1.0, late: 0.7, 0.5: 0.9, 0.5 + late: 0.7}), RATE)
    assert found.grid == 16
    assert found.amount == pytest.approx(0.6, abs=0.15)


def test_without_off_beats_nothing_swings() -> None:
    assert swing(BEATS, onsets({0.0: 1.0}), RATE).confidence < 0.1
    assert swing(BEATS[:3], onsets({0.0: 1.0}), RATE) == Swing()
