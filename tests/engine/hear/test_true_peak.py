"""True peak: EBU Tech 3341 cases 15 to 23, a direct interpolation, and pruning that must not change a result."""

import numpy as np
import pytest
import scipy.fft

from engine.hear.sound import Sound
from engine.hear.true_peak import interpolator, peaks
from engine.hear.true_peak_kernels import TAPS
from tests.engine.hear.signals import Wave, noise, sine, sound

RATE = 48_000


def true_peak_db(wave: Wave, rate: int = RATE) -> float:
    _, (true,) = peaks(sound(wave, rate=rate))
    return float(20 * np.log10(true))


def tapered(wave: Wave) -> Wave:
    """Faded in and out over 10 ms, so that the ends add no peak of their own."""
    fade = np.minimum(1, np.arange(wave.size) / 480)
    return np.asarray(wave * fade * fade[::-1], dtype=np.float32)


@pytest.mark.parametrize(
    ("part", "phase", "level", "expected"),
    [
        pytest.param(4, 0, 0.5, -6, id="case 15"),
        pytest.param(4, 45, 0.5, -6, id="case 16"),
        pytest.param(6, 60, 0.5, -6, id="case 17"),
        pytest.param(8, 67.5, 0.5, -6, id="case 18"),
        pytest.param(4, 45, 1.41, 3, id="case 19"),
    ],
)
def test_sines_between_the_samples(part: int, phase: float, level: float, expected: float) -> None:
    measured = true_peak_db(tapered(sine(RATE / part, 1, level, RATE, phase)))
    assert expected - 0.4 <= measured <= expected + 0.2


def over(offset: int) -> Wave:
    """A tone at a sixth of the rate, 0.5 high, with one period at full scale; made at four times the rate.

    Band-limited, scaled so that its highest value at four times the rate is 1, then every fourth sample kept.
    """
    count = 4 * RATE
    time = np.arange(count) / 4
    wave = 0.5 * np.sin(2 * np.pi * time / 6)
    middle = (time >= RATE / 2) & (time < RATE / 2 + 6)
    wave[middle] *= 2
    spectrum = scipy.fft.rfft(wave * np.minimum(1, np.minimum(np.arange(count), np.arange(count)[::-1]) / 2000))
    spectrum[int(0.45 * RATE) :] = 0  # a bin is 1 Hz
    limited = scipy.fft.irfft(spectrum, count)
    return np.asarray((limited / np.abs(limited).max())[offset::4], dtype=np.float32)


@pytest.mark.parametrize("offset", range(4), ids=["case 20", "case 21", "case 22", "case 23"])
def test_an_over_between_the_samples(offset: int) -> None:
    assert -0.4 <= true_peak_db(over(offset)) <= 0.2


def direct(wave: Wave) -> float:
    """The same interpolation, of every point."""
    phases, _ = interpolator()
    padded = np.pad(wave.astype(np.float64), TAPS)
    return float(max(np.abs(wave).max(), *(np.abs(np.convolve(padded, row[::-1])).max() for row in phases)))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("length", [1, 5, 31, 32, 33, 100, 4_096, 4_097, 50_000])
def test_pruning_changes_nothing(seed: int, length: int) -> None:
    wave = noise(length / RATE, 0.3, RATE, seed)
    if seed % 2:
        wave = np.clip(2 * wave, -0.5, 0.5)
    if seed % 4 > 1:
        wave = wave * np.exp(-np.arange(length) / 500).astype(np.float32)
    _, (true,) = peaks(sound(wave, rate=RATE))
    assert true == pytest.approx(direct(wave), rel=1e-5)


@pytest.mark.parametrize("part", [2.3, 2.5, 3, 4.1, 7.7, 20])
def test_the_interpolator_is_flat(part: float) -> None:
    """A sine's amplitude, read from the best of the quarter points with what lies between them reckoned in."""
    phases, _ = interpolator()
    taps = np.arange(TAPS) - TAPS // 2 + 1
    for point, row in zip((0.25, 0.5, 0.75), phases, strict=True):
        gain = abs(np.sum(row * np.exp(2j * np.pi * (taps - point) / part)))
        assert 20 * np.log10(gain) == pytest.approx(0, abs=0.03 if part > 2.4 else 0.3)


def test_a_true_peak_is_never_below_the_sample_peak_and_each_channel_has_its_own() -> None:
    one, two = noise(0.5, 0.1), noise(0.5, 0.2, seed=1)
    highest, true = peaks(sound(one, two))
    assert highest == pytest.approx([np.abs(one).max(), np.abs(two).max()])
    assert all(t >= h for t, h in zip(true, highest, strict=True))
    assert true[1] > true[0]


def test_beyond_full_scale_and_at_192_khz() -> None:
    assert peaks(sound(sine(1_000, 0.1, 4.0)))[1][0] == pytest.approx(4, abs=0.01)
    dense = Sound(noise(0.1, 0.2, 192_000)[:, None], 192_000)
    assert peaks(dense)[0] == peaks(dense)[1]
