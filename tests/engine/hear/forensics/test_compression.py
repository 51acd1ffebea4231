"""Heavy compression is told, roughly by its ratio; what is merely loud, steady or short is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import pytest
import scipy.ndimage

from engine.hear.forensics.compression import compression, ratio
from engine.hear.forensics.dynamics import dynamics
from engine.hear.forensics.models import grown, trees
from engine.hear.sound import Sound
from tests.engine.hear.pieces import piece
from tests.engine.hear.signals import Wave, noise, placed, silence, sine, sound

RATE = 44_100


@lru_cache
def strokes(seed: int, seconds: float = 14.0) -> Wave:
    """Strokes of many levels that die away over soft held tones: what has dynamics."""
    rng = np.random.default_rng(seed)
    events = []
    for number in range(int(seconds * 4)):
        place = np.arange(int(0.6 * RATE)) / RATE
        fall = np.exp(-place / rng.uniform(0.05, 0.25)) * np.minimum(1, place / 0.002)
        tone = np.sin(2 * np.pi * rng.uniform(80, 900) * place) + 0.4 * rng.standard_normal(len(place))
        events.append((number / 4, np.asarray(10 ** (rng.uniform(-24, 0) / 20) * 0.3 * fall * tone, np.float32)))
    held = 0.01 * sine(220, seconds, 1.0) + 0.01 * sine(277, seconds, 1.0)
    return np.asarray(placed(seconds, events)[: int(seconds * RATE)] + held, np.float32)


def pressed(wave: Wave, to_one: float, decibels: float) -> Wave:
    """Through a compressor by definition: what the mean power of 10 ms is above a threshold is divided by the ratio."""
    power = scipy.ndimage.uniform_filter1d(np.square(wave, dtype=np.float64), RATE // 100)
    level = 10 * np.log10(power + 1e-9)
    threshold = np.quantile(level, 0.95) - decibels / (1 - 1 / to_one)
    gain = -(1 - 1 / to_one) * np.maximum(0, level - threshold)
    out = wave * 10 ** (gain / 20)
    return np.asarray(0.5 * out / np.abs(out).max(), np.float32)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("to_one", "decibels"), [(8, 15), (20, 18)])
def test_heavy_compression_is_told(seed: int, to_one: float, decibels: float) -> None:
    assert compression(sound(strokes(seed))) == []
    found = compression(sound(pressed(strokes(seed), to_one, decibels)))
    assert len(found) == 1
    assert found[0].kind == "compression"
    assert 0.5 <= found[0].probability <= 1
    assert found[0].evidence.startswith("It was ")
    assert re.search(r"[\d.]+ dB above the mean level", found[0].evidence)


def test_a_higher_ratio_is_told_as_one() -> None:
    said = []
    for to_one, decibels in ((2, 4), (20, 18)):
        figures = [dynamics(sound(pressed(strokes(seed), to_one, decibels))) for seed in range(3)]
        said.append(np.median([ratio(each) for each in figures if each]))
    assert said[1] > 1.5 * said[0]


def test_level_and_channels_do_not_matter() -> None:
    wave = pressed(strokes(1), 8, 15)
    one, other = dynamics(sound(wave)), dynamics(sound(0.1 * wave, 0.1 * wave))
    assert one is not None
    assert other == pytest.approx(one, abs=0.02)
    assert len(one) == 20


@pytest.mark.parametrize("kind", ["dark ambient", "bright ambient", "piano", "ballad", "lo-fi", "deep house", "house"])
@pytest.mark.parametrize("seed", [1, 2])
def test_clean_music_is_not_compressed(kind: str, seed: int) -> None:
    wave = piece(kind, seed)[0][: 12 * RATE]
    assert compression(sound(np.asarray(0.5 * wave / np.abs(wave).max(), np.float32))) == []


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: sine(440, 8), id="a tone"),
        pytest.param(lambda: noise(8), id="noise"),
        pytest.param(lambda: np.sign(sine(110, 8)).astype(np.float32) * np.float32(0.5), id="a square"),
        pytest.param(lambda: silence(8), id="silence"),
        pytest.param(lambda: np.ones(1, np.float32), id="one sample"),
        pytest.param(lambda: np.full(8 * RATE, 0.5, np.float32), id="one value"),
        pytest.param(lambda: pressed(strokes(1), 8, 15)[: 2 * RATE], id="too short to say"),
        pytest.param(
            lambda: np.concatenate([silence(20), strokes(3)[: 2 * RATE], silence(20)]), id="rests around too little"
        ),
    ],
)
def test_steady_sounds_and_little_sound_are_not(make: Callable[[], Wave]) -> None:
    assert compression(sound(make())) == []


def test_the_trees_are_answered_as_written() -> None:
    model = trees()["present"]
    assert len(model.features) == len(model.thresholds) == len(model.leaves) > 10
    assert max(max(each) for each in model.features) < 20
    low, high = [-1e9] * 20, [1e9] * 20
    assert grown("present", low) == pytest.approx(model.bias + sum(each[0] for each in model.leaves))
    assert grown("present", high) == pytest.approx(model.bias + sum(each[3] for each in model.leaves))


def test_any_rate_is_measured_alike() -> None:
    wave = strokes(2, 8)
    slow = np.asarray(wave[: len(wave) // 2 * 2].reshape(-1, 2).mean(axis=1), np.float32)
    one, other = dynamics(sound(wave)), dynamics(Sound(slow[:, None], RATE // 2))
    assert one is not None
    assert other == pytest.approx(one, abs=1.5)
