"""Lossy coding is told by its grid and by its bit rate, resampling by where the spectrum ends; other ends are none."""

from __future__ import annotations

import io
import re
from functools import lru_cache

import numpy as np
import pytest
import scipy.signal
import soundfile
import soxr

from engine.hear.forensics.edge import edges, origin_of
from engine.hear.forensics.finding import Finding
from engine.hear.forensics.lossy import lossy
from engine.hear.forensics.traces import candidates, proof
from engine.hear.forensics.transforms import AAC_SINE, MP3, VORBIS, Transform, prototype
from engine.hear.sound import Samples, Sound, Source
from tests.engine.hear.pieces import piece
from tests.engine.hear.signals import noise, silence, sine

RATE = 44_100
MP3_WRITER = (
    "MPEG_LAYER_III" in soundfile.available_subtypes("MP3") if "MP3" in soundfile.available_formats() else False
)
needs_mp3 = pytest.mark.skipif(not MP3_WRITER, reason="this libsndfile writes no MP3")


@lru_cache
def music(kind: str, seed: int = 1, seconds: float = 4) -> Samples:
    """Stereo whose sides differ, at a level a mix has."""
    wave = piece(kind, seed)[0][: int(seconds * RATE)]
    wave = 0.4 * wave / np.abs(wave).max()
    return np.stack([wave, 0.7 * np.roll(wave, 331)], axis=1).astype(np.float32)


def sixteen_bit(samples: Samples) -> Samples:
    return np.ascontiguousarray(np.round(samples * 32767) / 32768, np.float32)


def through_mp3(samples: Samples, rate: int) -> Samples:
    """Coded with a constant bit rate, decoded, cut by some samples, and rounded."""
    file = io.BytesIO()
    soundfile.write(
        file, samples, RATE, format="MP3", subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT", compression_level=(320 - rate) / 288,
    )  # fmt: skip
    assert len(file.getvalue()) * 8 / 1000 / (len(samples) / RATE) == pytest.approx(rate, rel=0.03)
    file.seek(0)
    return sixteen_bit(soundfile.read(file, dtype="float32", always_2d=True)[0][777:])


def on_grid(transform: Transform, seconds: float, offset: int, step: float = 0.02) -> Samples:
    """Noise whose coefficients of a windowed cosine transform are rounded coarsely: what a coder does to it."""
    size = transform.hop
    place = np.arange(2 * size)
    window = np.sin(np.pi * (place + 0.5) / (2 * size))
    if transform.name == VORBIS.name:
        window = np.sin(np.pi / 2 * window**2)
    cosines = np.cos(np.pi / size * (place[:, None] + 0.5 + size / 2) * (np.arange(size) + 0.5)) * np.sqrt(2 / size)
    wave = noise(seconds, 0.02, seed=8).astype(np.float64)
    out = np.zeros(len(wave))
    for first in range(offset, len(wave) - 2 * size, size):
        found = (wave[first : first + 2 * size] * window) @ cosines
        out[first : first + 2 * size] += window * (cosines @ (np.round(found / step) * step))
    return sixteen_bit(out.astype(np.float32)[:, None])


def told(found: list[Finding], kind: str) -> Finding:
    assert [each.kind for each in found] == [kind]
    assert found[0].probability >= 0.8
    assert 0 <= found[0].severity <= 1
    return found[0]


@needs_mp3
@pytest.mark.parametrize(("kind", "rate"), [("house", 64), ("rock", 128), ("rock", 192), ("house", 320), ("rock", 320)])
def test_mp3_is_told_with_its_bit_rate(kind: str, rate: int) -> None:
    found = told(lossy(Sound(through_mp3(music(kind), rate), RATE)), "lossy")
    assert f"It was MP3 of about {rate} kbit/s" in found.evidence
    assert (found.start, found.channel) == (0.0, None)
    assert re.search(r"ends at [\d.]+ kHz", found.evidence)


@needs_mp3
def test_a_lower_bit_rate_is_worse() -> None:
    found = [lossy(Sound(through_mp3(music("house"), rate), RATE))[0].severity for rate in (320, 96)]
    assert found == sorted(found)


@needs_mp3
def test_one_second_is_enough() -> None:
    coded = through_mp3(music("rock"), 128)[2 * RATE : 3 * RATE]
    assert told(lossy(Sound(np.ascontiguousarray(coded), RATE)), "lossy")
    assert lossy(Sound(sixteen_bit(music("rock"))[2 * RATE : 3 * RATE], RATE)) == []


@needs_mp3
def test_a_file_that_says_so_itself_is_no_finding() -> None:
    coded = through_mp3(music("house"), 128)
    assert lossy(Sound(coded, RATE, Source(lossy=True, container="MP3"))) == []


@needs_mp3
def test_another_speed_takes_the_grid_away() -> None:
    coded = through_mp3(music("house"), 192)
    moved = sixteen_bit(soxr.resample(coded, RATE, RATE * 0.97, "VHQ"))
    assert [each.kind for each in lossy(Sound(moved, RATE))] != ["lossy"]


@pytest.mark.parametrize("kind", ["dark ambient", "lo-fi", "rock", "techno"])
def test_clean_music_has_no_grid_and_no_end(kind: str) -> None:
    clean = music(kind, 3)
    assert lossy(Sound(sixteen_bit(0.2 * clean), RATE)) == []


@pytest.mark.parametrize(("order", "hertz"), [(2, 8_000), (4, 3_000), (8, 8_000), (8, 15_500)])
def test_a_filter_of_music_is_no_resampling(order: int, hertz: float) -> None:
    filtered = scipy.signal.sosfilt(scipy.signal.butter(order, hertz, fs=RATE, output="sos"), music("rock"), axis=0)
    assert lossy(Sound(sixteen_bit(filtered.astype(np.float32)), RATE)) == []


@pytest.mark.parametrize(
    "samples",
    [
        pytest.param(np.zeros((1, 1), np.float32), id="one sample"),
        pytest.param(silence(3)[:, None], id="silence"),
        pytest.param(noise(5)[:, None], id="noise"),
        pytest.param(sixteen_bit(sine(440, 5)[:, None]), id="a tone"),
        pytest.param(sixteen_bit(sine(4000, 5)[:, None]), id="a tone whose spectrum ends"),
        pytest.param(np.ones((RATE, 2), np.float32), id="one value"),
    ],
)
def test_nothing_to_find(samples: Samples) -> None:
    assert lossy(Sound(samples, RATE)) == []


@pytest.mark.parametrize(("kind", "origin"), [("house", 16_000), ("rock", 22_050), ("house", 32_000), ("rock", 32_000)])
def test_a_lower_rate_is_told(kind: str, origin: int) -> None:
    low = soxr.resample(soxr.resample(music(kind), RATE, origin, "HQ"), origin, RATE, "HQ")
    found = told(lossy(Sound(sixteen_bit(low), RATE)), "resampled")
    assert f"made at {origin / 1000:g} kHz" in found.evidence


@pytest.mark.parametrize("origin", [16_000, 22_050, 32_000])
def test_a_cheap_resampler_is_told_by_its_mirror_image(origin: int) -> None:
    low = soxr.resample(music("rock"), RATE, origin, "HQ")
    place = np.arange(int((len(low) - 1) * RATE / origin)) * origin / RATE
    left = place.astype(int)
    share = (place - left)[:, None]
    drawn = (low[left] * (1 - share) + low[left + 1] * share).astype(np.float32)
    found = told(lossy(Sound(sixteen_bit(drawn), RATE)), "resampled")
    assert f"made at {origin / 1000:g} kHz" in found.evidence
    assert "mirror image" in found.evidence


def test_the_end_of_the_spectrum_is_measured() -> None:
    taps = scipy.signal.firwin(401, 13_000, fs=RATE)
    wave = scipy.signal.fftconvolve(noise(5, 0.2), taps, "same").astype(np.float32)
    end, _ = edges(Sound(sixteen_bit(wave[:, None]), RATE))
    assert end is not None
    assert end.hz == pytest.approx(13_000, abs=300)
    assert end.drop > 40
    assert end.width < 0.06
    assert origin_of(Sound(wave[:, None], RATE), end) is None


def test_the_window_of_mp3_lets_everything_through() -> None:
    response = np.abs(np.fft.rfft(prototype(), 4096))
    assert len(prototype()) == 512
    np.testing.assert_allclose(prototype()[1:], prototype()[:0:-1], atol=1e-9)
    # Each filter is at half power where the next begins: 1/64 of the rate beside its middle.
    assert 20 * np.log10(response[32] / response[0]) == pytest.approx(-3.0, abs=0.1)
    assert 20 * np.log10(response[130:].max() / response[0]) < -90


@pytest.mark.parametrize("transform", [AAC_SINE, VORBIS], ids=["AAC", "Ogg Vorbis"])
def test_a_rounded_transform_is_found_at_its_offset(transform: Transform) -> None:
    sound = Sound(on_grid(transform, 3, 345), RATE)
    assert candidates(sound, transform, 4)[0] == 345
    there, beside = proof(sound, transform, 345, 8), proof(sound, transform, 346, 8)
    assert there is not None
    assert beside is not None
    assert there.score > 8
    assert beside.score < 4


def test_mp3s_transform_keeps_the_deviation_of_noise() -> None:
    taken = MP3.take(noise(0.2, 0.5, seed=1), np.arange(0, 576, 7))
    assert taken.shape[1] == 576
    assert float(np.sqrt(np.mean(np.square(taken)))) == pytest.approx(0.5, rel=0.1)
