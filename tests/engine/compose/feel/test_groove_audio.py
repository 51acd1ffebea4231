"""The groove of a recording, on drums whose every onset is known."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.compose.feel.groove_audio import extract, groove_of_file, onsets
from engine.errors import EngineError, InvalidValue
from engine.hear.sound import HEARING_RATE, resampled
from tests.engine.hear.signals import noise, placed

RATE = 44_100
PUSH = [0.0, 0.022, -0.012, 0.03, 0.0, 0.018, -0.02, 0.025, 0.0, 0.022, -0.012, 0.03, 0.0, 0.018, -0.02, 0.025]
"""Seconds each sixteenth is late."""


def hit(level: float, decay: float, seed: int) -> np.ndarray:
    wave = noise(0.12, 1.0, seed=seed) * np.exp(-decay * np.arange(round(0.12 * RATE)) / RATE)
    return np.asarray(level * wave, np.float32)


def beat(bpm: float, late, bars: int = 8, swing: float = 0.0) -> np.ndarray:
    sixteenth = 15 / bpm
    events = []
    for step in range(16 * bars):
        at = 0.1 + (step + swing / 3 * (step % 2)) * sixteenth + late[step % 16]
        level = {0: 0.8, 8: 0.6, 4: 0.7, 12: 0.7}.get(step % 16, 0.35 if step % 2 == 0 else 0.12)
        events.append((at, hit(level, 45.0, step % 3)))
    return placed((16 * bars + 2) * sixteenth, events)


def written(folder: Path, wave: np.ndarray) -> str:
    path = folder / "beat.wav"
    soundfile.write(path, wave, RATE)
    return str(path)


def test_onsets_are_found_to_a_few_milliseconds() -> None:
    places = np.cumsum([0.2, 0.11, 0.23, 0.17, 0.125, 0.3, 0.09, 0.14])
    loud = [0.8, 0.2, 0.5, 0.1, 0.8, 0.3, 0.4, 0.15]
    wave = placed(2.0, [(at, hit(level, 60.0, 1)) for at, level in zip(places, loud, strict=True)])
    times, velocities = onsets(resampled(wave, RATE, HEARING_RATE))
    assert len(times) == len(places)
    assert np.ptp(times - places) < 0.006
    assert np.corrcoef(velocities, 20 * np.log10(loud))[0, 1] > 0.98


@pytest.mark.parametrize("wave", [np.zeros(22_050, np.float32), np.zeros(10, np.float32)])
def test_in_silence_nothing_begins(wave) -> None:
    assert len(onsets(wave)[0]) == 0


def test_golden_the_push_and_pull_of_every_step_is_heard(tmp_path) -> None:
    result = groove_of_file(written(tmp_path, beat(96.0, PUSH)), grid="16", bars=1, name="heard", tempo=96.0)
    groove = result.groove
    assert (len(groove.timing), groove.name) == (16, "heard")
    ms = np.array(groove.timing) * 60_000 / 96
    wanted = np.array(PUSH) * 1000
    assert np.abs(ms - ms.mean() - wanted + wanted.mean()).max() < 6, "milliseconds"
    loud = np.array(groove.velocity)
    assert loud[[0, 4, 8, 12]].min() > loud[[2, 6, 10, 14]].max() > loud[1::2].max()


@pytest.mark.parametrize("swing", [0.0, 0.5, 1.0])
def test_swing_is_heard(tmp_path, swing) -> None:
    groove = groove_of_file(
        written(tmp_path, beat(92.0, [0.0] * 16, swing=swing)), grid="16", tempo=92.0, signature=(4, 4)
    ).groove
    assert groove.swing == pytest.approx(100 * swing, abs=9)


def test_the_errand_gives_plain_data_and_tells_how_far_it_is(tmp_path) -> None:
    steps = []
    found = extract(lambda *told: steps.append(told), written(tmp_path, beat(120.0, PUSH, bars=4)), tempo=120.0)
    assert set(found) == {"groove", "summary", "notices"}
    assert "BPM" in found["notices"][0]
    assert [done for done, _, _ in steps] == [0, 1, 2]


def test_what_has_no_beat_is_refused_in_words(tmp_path) -> None:
    with pytest.raises(EngineError) as caught:
        groove_of_file(written(tmp_path, np.zeros(RATE * 4, np.float32)))
    assert caught.value.hint
    with pytest.raises(InvalidValue):
        groove_of_file(written(tmp_path, beat(120.0, PUSH, bars=2)), grid="7")
