"""The choice among tempi: evidence, hints and whole bars."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.hear import tempo, tempo_evidence, tempo_pulse
from engine.hear.rhythm_result import Hints
from engine.hear.spectrum import FINE_RATE


@pytest.mark.parametrize(
    ("name", "bpm"),
    [
        ("loop_174bpm.wav", 174.0),
        ("BPM 90 keys", 90.0),
        ("92.5 bpm groove", 92.5),
        ("808 kick", None),
        ("take 3 of 120", None),
        ("20240101bpm", None),
        ("", None),
    ],
)
def test_a_tempo_is_read_from_a_name_that_speaks_of_one(name: str, bpm: float | None) -> None:
    assert tempo.named_tempo(name) == bpm


def test_a_hint_decides_between_equals_and_not_against_the_audio() -> None:
    scores = np.full(len(tempo.grid()), -10.0)
    half, whole = (int(np.argmin(np.abs(tempo.grid() - bpm))) for bpm in (87, 174))
    scores[half], scores[whole] = 0.5, 0.0
    hints = Hints(name="x_174bpm")
    assert tempo.peaks(scores)[0][0] == pytest.approx(87, rel=0.01)
    assert tempo.peaks(tempo.hinted(scores, hints))[0][0] == pytest.approx(174, rel=0.01)
    scores[half] = 4.0
    assert tempo.peaks(tempo.hinted(scores, hints))[0][0] == pytest.approx(87, rel=0.01)


def test_hints_out_of_range_are_left_out() -> None:
    assert tempo.hint_tempi(Hints(tempo=500, name="10bpm")) == []
    assert tempo.hint_tempi(Hints(tempo=120, name="90bpm")) == [120, 90]


def test_peaks_are_apart_and_their_shares_are_whole() -> None:
    dice = np.random.default_rng(0)
    found = tempo.peaks(dice.normal(0, 2, len(tempo.grid())))
    assert sum(share for _, share in found) == pytest.approx(1)
    logs = np.sort(np.log([bpm for bpm, _ in found]))
    assert np.diff(logs).min() >= 0.06 - 1e-9
    assert [share for _, share in found] == sorted((share for _, share in found), reverse=True)


@given(bpm=st.floats(100, 200), bars=st.sampled_from([2, 4, 8]), padding=st.floats(0, 0.15))
def test_a_loop_of_whole_bars_speaks_for_its_tempo(bpm: float, bars: int, padding: float) -> None:
    def near(seconds: float) -> float:
        return float(tempo_evidence.whole_bars(seconds, np.array([bpm])).max())

    assert near(bars * 240 / bpm + padding) > 0.9
    assert near(1.5 * bars * 240 / bpm) < 0.1
    assert near(bars * 240 / bpm + 30) == 0


@pytest.mark.parametrize("bpm", [40.0, 120.0, 260.0])
def test_evidence_is_strong_where_onsets_repeat(bpm: float) -> None:
    frames = round(30 * FINE_RATE)
    level = np.full((frames, 64), -80, np.float32)
    places = np.round(np.arange(0, 30, 60 / bpm) * FINE_RATE).astype(int)
    level[np.minimum(places, frames - 1)] = 0
    beats = np.zeros(frames // 2, np.float32)
    found = tempo_evidence.evidence(level, beats, beats, np.zeros(tempo_evidence.COUNT), FINE_RATE)
    same = found[:, tempo_evidence.RATIOS.index(1)]
    here = int(np.argmin(np.abs(tempo_evidence.tempi() - bpm)))
    assert same[here] > 0.5
    assert same[here] > same[here - 25] + 0.4
    assert np.isfinite(found).all()


def test_parts_that_take_turns_pulse_against_each_other() -> None:
    frames, rate = 860, 43.0
    signals = np.zeros((2, frames), np.float32)
    for row, first in enumerate((0.0, 0.5)):  # a kick on one and three, a snare on two and four, at 120 BPM
        signals[row, np.round(np.arange(first, 19, 1.0) * rate).astype(int)] = 1
    found = tempo_pulse.pulses(signals, rate, tempo_evidence.LOWEST, tempo_evidence.STEP, tempo_evidence.COUNT)
    here = int(np.argmin(np.abs(tempo_evidence.tempi() - 120)))
    halves, whole = (found[here, 2 * len(tempo_pulse.RATIOS) + place] for place in (0, 1))
    assert halves < -0.9
    assert whole > 0.9
    assert np.isfinite(found).all()
    assert np.abs(found).max() <= 1.5
