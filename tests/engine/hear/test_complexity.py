"""Rhythm complexity: plain patterns read low, syncopated ones higher, whatever the level or the tempo."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.hear.complexity import clip_complexity, complexity
from engine.notes import Clip, Note
from tests.engine.hear.arrangements import Grid, bass, drums, grid, heard
from tests.engine.hear.signals import Wave, noise, silence

FOUR = "x...x...x...x..."
BACK = "....x.......x..."
PATTERNS = {
    "kick alone": {"kick": FOUR},
    "four to the floor": {"kick": FOUR, "snare": BACK, "hat": "..x...x...x...x."},
    "rock": {"kick": "x.......x.......", "snare": BACK, "hat": "x.x.x.x.x.x.x.x."},
    "break": {"kick": "x.x.......x.....", "snare": "....x..x.x..x..x", "hat": "x.x.x.x.x.x.x.x."},
    "funk": {"kick": "x..x..x...x..x..", "snare": "....x..x.x..x..x", "hat": "x.x.x.x.x.x.x.x."},
}
BPM = 110
STAGES = ("x...x...x...x...", "x...x.x.....x...", "x..x..x.....x...", "x..x..x...x..x..")


def of(wave: Wave, rhythm: Grid, level: float = 0.5) -> float:
    found = complexity(heard(wave, level), rhythm).complexity
    assert found is not None
    return found


def of_pattern(name: str, bpm: float = BPM) -> float:
    return of(drums(bpm, 4, **PATTERNS[name]), grid(bpm, 4))


def test_patterns_in_their_order() -> None:
    found = {name: of_pattern(name) for name in PATTERNS}
    assert found["kick alone"] < 0.1
    assert found["four to the floor"] < 0.2
    assert found["rock"] < 0.25
    assert found["rock"] + 0.1 < found["break"] < found["funk"]
    assert found["funk"] > 0.4


@pytest.mark.parametrize("bpm", [80, 100, 125, 160])
def test_tempo_and_level_hardly_matter(bpm: float) -> None:
    for name in ("four to the floor", "funk"):
        assert of_pattern(name, bpm) == pytest.approx(of_pattern(name), abs=0.12)
    wave = drums(bpm, 4, **PATTERNS["funk"])
    assert of(wave, grid(bpm, 4), 0.005) == pytest.approx(of(wave, grid(bpm, 4)), abs=0.01)


def test_each_stroke_moved_off_the_beat_adds() -> None:
    found = [of(drums(BPM, 4, kick=stage), grid(BPM, 4)) for stage in STAGES]
    assert all(np.diff(found) > 0), found


def test_a_syncopated_bass_over_a_straight_kick_counts_less_than_alone() -> None:
    line = bass(BPM, 4, "...x..x...x..x..")
    straight = drums(BPM, 4, kick=FOUR)
    assert of(straight, grid(BPM, 4)) < of(straight + line, grid(BPM, 4)) < of(line, grid(BPM, 4))


@pytest.mark.parametrize(
    ("wave", "rhythm"),
    [
        (silence(1), Grid(beats=[], downbeats=[])),
        (noise(2), Grid(beats=[0.1, 0.6], downbeats=[0.1])),
        (np.zeros(1, np.float32) + np.float32(0.5), Grid(beats=[], downbeats=[])),
    ],
)
def test_without_beats_there_is_none(wave: Wave, rhythm: Grid) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert complexity(heard(wave + np.float32(1e-9)), rhythm).complexity is None


def test_noise_and_silence_on_a_grid_are_plain() -> None:
    for wave in (noise(8), silence(8) + np.float32(1e-9)):
        found = complexity(heard(wave), grid(BPM, 3))
        assert found.syncopation == 0
        assert found.density is not None
        assert found.density < 0.05  # where the noise begins is a stroke


def clip(pattern: str, pitch: int = 36, numerator: int = 4) -> Clip:
    notes = [Note(pitch=pitch, start_time=i / 4, duration=0.2) for i, c in enumerate(pattern) if c == "x"]
    return Clip(length=len(pattern) / 4, notes=notes, signature_numerator=numerator)


def of_clip(made: Clip) -> float:
    found = clip_complexity(made).complexity
    assert found is not None
    return found


def test_clips_by_the_same_measure() -> None:
    assert of_clip(clip(FOUR)) < 0.1
    assert of_clip(clip("x..x..x...x..x..")) > 0.35
    stages = [of_clip(clip(stage)) for stage in STAGES]
    assert all(np.diff(stages) > 0)


def test_a_clip_that_sounds_like_the_recording_reads_alike() -> None:
    for pattern in (FOUR, "x..x..x...x..x.."):
        assert of_clip(clip(pattern * 4)) == pytest.approx(of(drums(BPM, 4, kick=pattern), grid(BPM, 4)), abs=0.15)


def test_clips_without_notes_and_wrong_ones() -> None:
    assert clip_complexity(Clip(length=4, notes=[])).complexity is None
    assert clip_complexity(Clip(length=4, notes=[Note(pitch=60, start_time=0, duration=1, mute=True)])).density is None
    with pytest.raises(InvalidValue):
        clip_complexity(Clip(length=0, notes=[]))


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="x.", min_size=1, max_size=64), st.integers(0, 127), st.integers(1, 13))
def test_always_between_0_and_1(pattern: str, pitch: int, numerator: int) -> None:
    found = clip_complexity(clip(pattern, pitch, numerator))
    for value in (found.complexity, found.syncopation, found.density):
        assert value is None or 0 <= value <= 1
