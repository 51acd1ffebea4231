"""The stereo image of signals whose image is known."""

import time
import warnings

import numpy as np
import pytest
import scipy.signal
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hear.sound import Sound
from engine.hear.stereo import stereo
from tests.engine.hear.signals import Wave, noise, silence, sine, sound


def filtered(wave: Wave, hz: float, kind: str) -> Wave:
    sections = scipy.signal.butter(8, hz, kind, fs=44_100, output="sos")
    return np.asarray(scipy.signal.sosfilt(sections, wave), dtype=np.float32)


ONE, TWO = noise(3, seed=1), noise(3, seed=2)


@pytest.mark.parametrize(
    ("left", "right", "width", "correlation", "balance", "side"),
    [
        pytest.param(ONE, ONE, 0, 1, 0, 0, id="mono"),
        pytest.param(ONE, TWO, 1, 0, 0, 0.5, id="unrelated"),
        pytest.param(ONE, -ONE, 1, -1, 0, 1, id="out of phase"),
        pytest.param(ONE, 0.5 * ONE, 0, 1, -0.6, 0.1, id="panned"),
        pytest.param(ONE, 0 * ONE, 0, None, -1, 0.5, id="left alone"),
        pytest.param(0 * ONE, ONE, 0, None, 1, 0.5, id="right alone"),
        pytest.param(ONE + 0.5 * TWO, ONE - 0.5 * TWO, 0.4, 0.6, 0, 0.2, id="half as much side"),
    ],
)
def test_known_images(
    left: Wave, right: Wave, width: float, correlation: float | None, balance: float, side: float
) -> None:
    heard = stereo(sound(left, right))
    assert heard.width == pytest.approx(width, abs=0.02)
    assert heard.balance == pytest.approx(balance, abs=0.02)
    assert heard.side_share == pytest.approx(side, abs=0.02)
    assert (
        heard.correlation is None if correlation is None else heard.correlation == pytest.approx(correlation, abs=0.02)
    )
    for band in heard.bands:  # white noise: every band looks like the whole
        assert band.width == pytest.approx(width, abs=0.12)


def test_bands_are_heard_apart() -> None:
    bass, air = filtered(ONE, 80, "low"), filtered(noise(3, seed=3), 6_000, "high")
    heard = stereo(sound(bass + air, bass - air))
    low, _, _, high = heard.bands
    assert [band.name for band in heard.bands] == ["low", "low_mid", "mid", "high"]
    assert low.correlation == pytest.approx(1, abs=0.01)
    assert high.correlation == pytest.approx(-1, abs=0.01)
    assert heard.mono_bass == pytest.approx(1, abs=0.01)
    assert (low.width, high.width) == (pytest.approx(0, abs=0.02), 1)


def test_wide_bass_is_found() -> None:
    wide = stereo(sound(sine(60, 3), sine(60, 3, phase=180)))
    assert wide.mono_bass == pytest.approx(0, abs=0.01)
    assert wide.bass_correlation == pytest.approx(-1, abs=0.01)
    assert stereo(sound(sine(60, 3), sine(60, 3, phase=90))).mono_bass == pytest.approx(0.5, abs=0.02)
    without = filtered(filtered(ONE, 2_000, "high"), 2_000, "high")
    assert stereo(sound(without, without)).mono_bass is None


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_side_is_wider(a: float, b: float) -> None:
    less, more = sorted((a, b))
    one, two = (stereo(sound(ONE + side * TWO, ONE - side * TWO)).width for side in (less, more))
    assert one <= two + 1e-6


def test_level_and_rate_do_not_matter() -> None:
    loud = stereo(sound(ONE, TWO + ONE))
    quiet = stereo(sound(0.001 * ONE, 0.001 * (TWO + ONE)))
    assert quiet.width == pytest.approx(loud.width, abs=0.001)
    assert quiet.correlation == pytest.approx(loud.correlation, abs=0.001)
    assert stereo(sound(ONE, TWO + ONE, rate=96_000)).width == pytest.approx(loud.width, abs=0.001)


def test_surround_reads_the_front_pair() -> None:
    heard = stereo(sound(ONE, TWO, ONE, ONE, -ONE, -ONE))
    assert heard == stereo(sound(ONE, TWO))


def test_a_constant_is_no_image() -> None:
    shifted = stereo(sound(ONE + np.float32(0.5), TWO + np.float32(0.5)))
    assert shifted.correlation == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize("frames", [1, 2, 100, 44_100])
@pytest.mark.parametrize("value", [0.0, 0.5])
@pytest.mark.parametrize("channels", [1, 2])
def test_nothing_to_see(frames: int, value: float, channels: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        heard = stereo(Sound(np.full((frames, channels), value, np.float32), 44_100))
    assert (heard.width, heard.balance, heard.side_share) == (0, 0, 0)
    assert heard.correlation in {None, 1.0}


def test_one_channel_is_mono() -> None:
    heard = stereo(sound(ONE))
    assert (heard.width, heard.correlation, heard.bands) == (0, 1, [])


def test_a_click_in_ten_milliseconds() -> None:
    wave = silence(0.01)
    wave[5] = 0.5
    assert stereo(sound(wave, wave)).correlation == pytest.approx(1, abs=0.01)


def test_five_minutes_cost_little() -> None:
    noise_ = np.random.default_rng(0).standard_normal((44_100 * 60, 2), dtype=np.float32) * np.float32(0.1)
    shared, own = [], []
    for _ in range(3):
        made = Sound(noise_, 44_100)
        began = time.process_time()
        assert len(made.hearing)
        shared.append(time.process_time() - began)
        stereo(made)
        own.append(time.process_time() - began - shared[-1])
    assert min(own) < 8 * min(shared)  # no more than a few times what resampling to mono costs
