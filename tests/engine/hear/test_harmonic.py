"""The harmonic share of tones, strokes and mixes of known energies; the medians against scipy."""

import time
import warnings

import numpy as np
import pytest
import scipy.ndimage
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hear.harmonic import harmonic
from engine.hear.harmonic_kernels import running_median
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from tests.engine.hear.signals import Wave, click, kick, noise, placed, silence, sine, sound


def share(wave: Wave) -> float:
    found = harmonic(Spectra(sound(wave)))
    assert found.harmonic_ratio is not None
    assert found.percussive_ratio is not None
    assert found.harmonic_ratio + found.percussive_ratio == pytest.approx(1, abs=1e-6)
    return found.harmonic_ratio


def saw(hertz: float, seconds: float, level: float = 0.2) -> Wave:
    count = int(10_000 / hertz)
    return np.asarray(sum(sine(hertz * n, seconds, level / n) for n in range(1, count)), np.float32)


def below_8_khz(wave: Wave) -> Wave:
    """What the shared spectra hear in full."""
    sections = scipy.signal.butter(8, 8_000, fs=44_100, output="sos")
    return np.asarray(scipy.signal.sosfilt(sections, wave), dtype=np.float32)


def scaled(wave: Wave, energy: float) -> Wave:
    return wave * np.float32(np.sqrt(energy / np.mean(np.square(wave))))


CLICKS = placed(6, [(0.25 * i + 0.01, click(seed=i)) for i in range(23)])
DRUMS = placed(6, [(0.5 * i, kick()) for i in range(12)]) + placed(6, [(0.25 + 0.5 * i, click()) for i in range(11)])


@pytest.mark.parametrize("hertz", [55, 110, 440, 1_000, 6_000])
def test_a_tone_is_harmonic(hertz: float) -> None:
    assert share(sine(hertz, 6)) > 0.97


def test_a_saw_chord_is_harmonic() -> None:
    assert share(saw(110, 6) + saw(138.6, 6) + saw(164.8, 6)) > 0.7  # partials closer than the window resolves beat


def test_melodies_are_harmonic() -> None:
    notes = placed(6, [(0.25 * i, saw(220 * 2 ** ((i * 5 % 12) / 12), 0.25)) for i in range(24)])
    assert share(notes) > 0.7


def test_strokes_are_percussive() -> None:
    assert share(CLICKS) < 0.05
    assert share(DRUMS) < 0.2


def test_steady_noise_is_both() -> None:
    assert 0.3 < share(noise(6)) < 0.6


@pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_mix_reads_its_parts(part: float) -> None:
    mix = scaled(saw(220, 6), part) + scaled(below_8_khz(CLICKS), 1 - part)
    assert share(0.1 * mix) == pytest.approx(part, abs=0.1)


def test_level_does_not_matter() -> None:
    mix = scaled(saw(220, 6), 0.5) + scaled(DRUMS, 0.5)
    assert share(1e-4 * mix) == pytest.approx(share(0.1 * mix), abs=0.002)


@pytest.mark.parametrize("wave", [silence(1), np.zeros(1, np.float32)])
def test_silence_has_no_share(wave: Wave) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert harmonic(Spectra(sound(wave))).harmonic_ratio is None


def test_short_sounds_and_dc() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for wave in (np.array([0.5], np.float32), np.full(4_410, 0.5, np.float32), sine(440, 0.01)):
            ratio = harmonic(Spectra(sound(wave))).harmonic_ratio
            assert ratio is not None
            assert 0 <= ratio <= 1


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 40), st.integers(1, 3), st.sampled_from([3, 5, 15, 17]), st.integers(0, 1000))
def test_running_medians(count: int, rows: int, width: int, seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 9, (rows, count)).astype(np.float32)
    expected = scipy.ndimage.median_filter(values, (1, width), mode="nearest")
    np.testing.assert_array_equal(running_median(values, width), expected)


def test_it_is_quick() -> None:
    shared, own = [], []
    for _ in range(3):
        spectra = Spectra(Sound(noise(60)[:, None], 44_100))
        began = time.process_time()
        assert spectra.mel.size
        shared.append(time.process_time() - began)
        harmonic(spectra)
        own.append(time.process_time() - began - shared[-1])
    assert min(own) < 3 * min(shared)  # hearing tones apart from strokes costs about as much as the spectrum itself
