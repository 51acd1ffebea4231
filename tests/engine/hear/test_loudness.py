"""Loudness against the signals of EBU Tech 3341 and 3342, against ffmpeg, and at the edges.

Left out, because they are recordings that only the EBU has: Tech 3341 cases 7 and 8, Tech 3342 cases 5 and 6.
"""

import re
import shutil
import subprocess
import time
import warnings
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.hear.loudness import Loudness, loudness
from engine.hear.loudness_weighting import channel_weights, k_weighting
from engine.hear.sound import Sound
from tests.engine.hear.signals import Wave, noise, silence, sine, sound

RATE = 48_000


def db(level: float) -> float:
    return float(10 ** (level / 20))


def tones(*parts: tuple[float | None, float], rate: int = RATE) -> Wave:
    """1 kHz at these levels (dBFS; None is silence) for these seconds, one after the other without a jump in phase."""
    envelope = np.concatenate([np.full(round(s * rate), 0.0 if level is None else db(level)) for level, s in parts])
    return np.asarray(envelope * np.sin(2 * np.pi * 1000 * np.arange(envelope.size) / rate), dtype=np.float32)


def of_tones(*parts: tuple[float | None, float], rate: int = RATE) -> Loudness:
    wave = tones(*parts, rate=rate)
    return loudness(sound(wave, wave, rate=rate))


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize("level", [-23, -33], ids=["case 1", "case 2"])
def test_steady_tones_at_any_rate(level: int, rate: int) -> None:
    heard = of_tones((level, 20 if rate == RATE else 4), rate=rate)
    assert heard.integrated_lufs == pytest.approx(level, abs=0.1)
    assert heard.momentary_max == pytest.approx(level, abs=0.1)
    assert heard.short_term_max == pytest.approx(level, abs=0.1)
    assert heard.true_peak_db == pytest.approx(level, abs=0.05)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([(-36, 10), (-23, 60), (-36, 10)], id="case 3"),
        pytest.param([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], id="case 4"),
        pytest.param([(-26, 20), (-20, 20.1), (-26, 20)], id="case 5"),
    ],
)
def test_gated_tones(parts: list[tuple[float, float]]) -> None:
    assert of_tones(*parts).integrated_lufs == pytest.approx(-23, abs=0.1)


def five_one(*levels: float | None) -> Loudness:
    waves = [silence(20, RATE) if level is None else tones((level, 20)) for level in levels]
    return loudness(sound(*waves, rate=RATE))


def test_case_6_surround_with_and_without_lfe() -> None:
    assert five_one(-28, -28, -24, -30, -30).integrated_lufs == pytest.approx(-23, abs=0.1)
    # The same as 5.1; whatever is in the fourth channel does not count.
    assert five_one(-28, -28, -24, None, -30, -30).integrated_lufs == pytest.approx(-23, abs=0.1)
    assert five_one(-28, -28, -24, -10, -30, -30).integrated_lufs == pytest.approx(-23, abs=0.1)


def test_case_9_short_term_stays() -> None:
    heard = of_tones(*[(-20, 1.34), (-30, 1.66)] * 5)
    assert heard.short_term_max == pytest.approx(-23, abs=0.1)
    assert heard.curve.step == 0.1
    assert heard.curve.short_term[30:] == pytest.approx([-23.0] * len(heard.curve.short_term[30:]), abs=0.101)


@pytest.mark.parametrize("i", range(20))
def test_case_10_short_term_bursts(i: int) -> None:
    assert of_tones((None, 0.15 * i), (-23, 3), (None, 1)).short_term_max == pytest.approx(-23, abs=0.1)


def test_case_11_short_term_stairs() -> None:
    stairs = [part for i in range(20) for part in ((None, 0.15 * i), (-38 + i, 3), (None, 3 - 0.15 * i))]
    curve = of_tones(*stairs).curve
    for i in range(20):
        first, last = round(6 * i / curve.step), round(6 * (i + 1) / curve.step)
        assert max(curve.short_term[first:last]) == pytest.approx(-38 + i, abs=0.101)


def test_case_12_momentary_stays() -> None:
    heard = of_tones(*[(-20, 0.18), (-30, 0.22)] * 25)
    assert heard.momentary_max == pytest.approx(-23, abs=0.1)
    # After the last tone nothing more ends, so the last value is left out.
    assert heard.curve.momentary[10:-1] == pytest.approx([-23.0] * len(heard.curve.momentary[10:-1]), abs=0.101)


@pytest.mark.parametrize("i", range(20))
def test_case_13_momentary_bursts(i: int) -> None:
    assert of_tones((None, 0.02 * i), (-23, 0.4), (None, 1)).momentary_max == pytest.approx(-23, abs=0.1)


def test_case_14_momentary_stairs() -> None:
    stairs = [part for i in range(20) for part in ((None, 0.02 * i), (-38 + i, 0.4), (None, 0.4 - 0.02 * i))]
    curve = of_tones(*stairs).curve
    for i in range(20):
        first, last = round(0.8 * i / curve.step), round(0.8 * (i + 1) / curve.step)
        assert max(curve.momentary[first:last]) == pytest.approx(-38 + i, abs=0.101)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        pytest.param([-20, -30], 10, id="case 1"),
        pytest.param([-20, -15], 5, id="case 2"),
        pytest.param([-40, -20], 20, id="case 3"),
        pytest.param([-50, -35, -20, -35, -50], 15, id="case 4"),
    ],
)
def test_loudness_range(levels: list[float], expected: float) -> None:
    assert of_tones(*[(level, 20) for level in levels]).lra == pytest.approx(expected, abs=1)


def test_the_printed_coefficients() -> None:
    shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585]
    high_pass = [1, -2, 1, -1.99004745483398, 0.99007225036621]
    np.testing.assert_allclose(k_weighting(48_000), [shelf, high_pass], rtol=1e-7)


def test_channels_that_count() -> None:
    assert channel_weights(6) == pytest.approx((1, 1, 1, 0, 1.41, 1.41), abs=0.01)
    mono, stereo = tones((-20, 2)), tones((-20, 2))
    one = loudness(sound(mono, rate=RATE)).integrated_lufs
    two = loudness(sound(mono, stereo, rate=RATE)).integrated_lufs
    assert one is not None
    assert two == pytest.approx(one + 3.01, abs=0.02)
    with pytest.raises(InvalidValue, match="1 to 8"):
        channel_weights(9)
    with pytest.raises(InvalidValue, match="rate"):
        k_weighting(0)


def programme(seed: int, channels: int, rate: int) -> Sound:
    """Noise of a random slope under a random envelope."""
    rng = np.random.default_rng(seed)
    length = rate * 25
    raw = rng.standard_normal((length, channels))
    slope = rng.uniform(0.2, 0.95)
    for frame in range(1, 64):  # a short running sum makes it darker without a recursive loop
        raw[frame:] += slope**frame * rng.choice([-1, 1]) * raw[:-frame] * 0.1
    steps = np.repeat(rng.uniform(-45, -8, 25), rate)[:, None]
    return Sound((raw / np.abs(raw).max() * 10 ** (steps / 20)).astype(np.float32), rate)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
@pytest.mark.parametrize(
    ("seed", "channels", "rate"), [(0, 2, 44_100), (1, 1, 48_000), (2, 2, 48_000), (3, 6, 48_000), (4, 2, 22_050)]
)
def test_as_ffmpeg_measures(seed: int, channels: int, rate: int, tmp_path: Path) -> None:
    made = programme(seed, channels, rate)
    soundfile.write(tmp_path / "a.wav", made.samples, rate, subtype="FLOAT")
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(tmp_path / "a.wav")]
    command += ["-af", "ebur128=peak=true:metadata=1,ametadata=print:file=-", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    last = dict(re.findall(r"lavfi\.r128\.(\w+)=(\S+)", done.stdout))  # later values replace earlier ones
    peak = re.findall(r"Peak:\s+(\S+) dBFS", done.stderr)[-1]
    heard = loudness(made)
    assert heard.integrated_lufs == pytest.approx(float(last["I"]), abs=0.05)
    assert heard.lra == pytest.approx(float(last["LRA"]), abs=0.3)  # steps of a second: windows matter
    assert heard.true_peak_db == pytest.approx(float(peak), abs=0.15)  # ffmpeg prints tenths


def test_a_quiet_end_does_not_pull_it_down() -> None:
    loud = of_tones((-20, 10)).integrated_lufs
    assert of_tones((-20, 10), (None, 30)).integrated_lufs == pytest.approx(loud, abs=0.1)


@settings(max_examples=20, deadline=None)
@given(st.floats(-30, 0), st.integers(0, 5))
def test_gain_moves_every_level_alike(gain: float, seed: int) -> None:
    wave = noise(4, 0.1, 22_050, seed)
    before = loudness(sound(wave, rate=22_050))
    after = loudness(sound(wave * np.float32(db(gain)), rate=22_050))
    for name in ("integrated_lufs", "momentary_max", "short_term_max", "true_peak_db", "sample_peak_db", "rms_db"):
        assert getattr(after, name) == pytest.approx(getattr(before, name) + gain, abs=0.03), name
    for name in ("lra", "plr", "psr", "crest_db"):
        assert getattr(after, name) == pytest.approx(getattr(before, name), abs=0.03), name


def test_ratios_of_a_sine() -> None:
    heard = of_tones((-20, 4))
    assert heard.crest_db == pytest.approx(3.01, abs=0.02)
    assert heard.plr == pytest.approx(0, abs=0.05)
    assert heard.psr == pytest.approx(0, abs=0.05)
    assert heard.lra == 0


@pytest.mark.parametrize("frames", [1, 2, 441, 4_410, 44_100 * 4])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_silence_is_nothing(frames: int, channels: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        heard = loudness(Sound(np.zeros((frames, channels), np.float32), 44_100))
    values = {name: getattr(heard, name) for name in heard.__struct_fields__}
    curve = values.pop("curve")
    assert values.pop("true_peaks") == [None] * channels
    assert set(values.values()) == {None}
    assert set(curve.momentary) | set(curve.short_term) == {-70.0}


def test_a_short_sound_is_its_own_window() -> None:
    heard = loudness(sound(sine(1000, 0.1, db(-20)), rate=44_100))
    assert heard.integrated_lufs is None
    assert heard.lra is None
    assert heard.loudness_db == pytest.approx(-23, abs=0.2)
    assert heard.momentary_max == heard.short_term_max == heard.loudness_db


def test_one_sample_and_dc() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        one = loudness(sound(np.array([0.5], np.float32)))
        steady = loudness(sound(np.full(44_100, 0.5, np.float32)))
    assert one.sample_peak_db == pytest.approx(-6.02, abs=0.01)
    assert one.integrated_lufs is None
    assert steady.crest_db == 0
    assert steady.sample_peak_db == pytest.approx(-6.02, abs=0.01)


@pytest.mark.parametrize("rate", [50, 1_000, 4_000])
def test_odd_rates_do_no_harm(rate: int) -> None:
    assert loudness(sound(noise(4, 0.1, rate), rate=rate)).rms_db == pytest.approx(-20, abs=1.5)


def test_the_curve_stays_small_for_hours() -> None:
    curve = loudness(sound(noise(3_600, 0.1, 1_000), rate=1_000)).curve
    assert 500 <= len(curve.momentary) == len(curve.short_term) <= 600
    assert curve.step * len(curve.momentary) == pytest.approx(3_600, abs=curve.step)


def test_silence_after_sound_is_no_slower() -> None:
    wave = np.zeros((44_100 * 60, 2), np.float32)
    wave[:441] = 0.5
    noisy = np.stack([noise(60), noise(60, seed=1)], axis=1)

    def cost(samples: Wave) -> float:
        made = Sound(samples, 44_100)
        loudness(made)
        began = time.process_time()
        loudness(made)
        return time.process_time() - began

    assert cost(wave) < 3 * cost(noisy) + 0.05
