"""A recording is known again by five seconds of it, and a stranger is not."""

from __future__ import annotations

import numpy as np
import pytest
import soxr

from engine.errors import InvalidValue
from engine.hear.fingerprint import FRAME_RATE, Fingerprint, fingerprint
from engine.hear.fingerprint_index import HASHES, Index, pairs
from engine.hear.sound import HEARING_RATE, Samples, Sound
from engine.hear.spectrum import Spectra

SECONDS = 12


def song(seed: int) -> Samples:
    """Random notes of three voices: nobody would dance, but no two are alike."""
    dice = np.random.default_rng(seed)
    out = np.zeros(SECONDS * HEARING_RATE, np.float32)
    for _ in range(SECONDS * 8):
        first = int(dice.integers(0, len(out) - HEARING_RATE // 2))
        seconds = np.arange(HEARING_RATE // 2) / HEARING_RATE
        hz = 440 * 2 ** ((int(dice.integers(45, 90)) - 69) / 12)
        tone = sum(np.sin(2 * np.pi * hz * n * seconds) / n for n in (1, 2, 3)) * np.exp(-seconds * 6)
        out[first : first + len(seconds)] += 0.1 * tone
    return out


def heard(signal: Samples) -> Fingerprint:
    return fingerprint(Spectra(Sound(np.ascontiguousarray(signal, np.float32)[:, None], HEARING_RATE)))


@pytest.fixture(scope="module")
def index() -> Index:
    made = Index(FRAME_RATE)
    for seed in range(12):
        made.add(f"song {seed}", heard(song(seed)))
    return made


def excerpt(seed: int, start: float = 4.0, seconds: float = 5.0) -> Samples:
    return song(seed)[int(start * HEARING_RATE) : int((start + seconds) * HEARING_RATE)]


@pytest.mark.parametrize("start", [0.0, 1.234, 4.0, 6.9])
def test_five_seconds_are_enough_and_say_where_they_are(index: Index, start: float) -> None:
    found = index.identify(heard(excerpt(7, start)))
    assert found[0].id == "song 7"
    assert found[0].offset == pytest.approx(start, abs=0.1)
    assert found[0].speed == 1.0


@pytest.mark.parametrize("speed", [0.94, 0.96, 0.99, 1.01, 1.04, 1.06])
def test_another_speed_is_known_and_told(index: Index, speed: float) -> None:
    found = index.identify(heard(soxr.resample(excerpt(3), HEARING_RATE, HEARING_RATE / speed)))
    assert found[0].id == "song 3"
    assert found[0].speed == pytest.approx(speed, abs=0.009)
    assert found[0].offset == pytest.approx(4.0, abs=0.2)


def test_noise_does_not_hide_it(index: Index) -> None:
    part = excerpt(5)
    noise = np.random.default_rng(0).standard_normal(len(part)) * np.sqrt(np.mean(part**2)) * 10 ** (-10 / 20)
    assert index.identify(heard(part + noise))[0].id == "song 5"


def test_ten_decibels_less_give_the_same_landmarks() -> None:
    whole, quiet = heard(song(1)), heard(song(1) * np.float32(10**-0.5))
    assert np.array_equal(whole.frames, quiet.frames)
    assert np.allclose(whole.pitches, quiet.pitches, atol=1e-3)


@pytest.mark.parametrize("seed", range(100, 106))
def test_a_stranger_is_not_known(index: Index, seed: int) -> None:
    assert index.identify(heard(excerpt(seed))) == []


def test_silence_and_one_sample_have_no_landmarks(index: Index) -> None:
    for signal in (np.zeros(HEARING_RATE, np.float32), np.ones(1, np.float32), np.full(HEARING_RATE, 0.3, np.float32)):
        print_ = heard(signal)
        assert index.identify(print_) == []
    assert len(heard(np.zeros(HEARING_RATE, np.float32))) == 0
    assert Index(FRAME_RATE).identify(heard(excerpt(1))) == []


def test_what_is_removed_is_not_found_and_the_rest_is() -> None:
    own = Index(FRAME_RATE)
    for seed in (6, 7, 8):
        own.add(f"song {seed}", heard(song(seed)))
    own.remove("song 7")
    own.remove("never there")
    assert len(own) == 2
    assert "song 7" not in own
    assert own.identify(heard(excerpt(7))) == []
    assert own.identify(heard(excerpt(8)))[0].id == "song 8"
    own.add("song 7", heard(song(7)))
    assert own.identify(heard(excerpt(7)))[0].id == "song 7"


def test_hashes_stay_below_their_bound_at_the_edges() -> None:
    frames = np.repeat(np.arange(0, 60, 6, dtype=np.float32), 2)
    pitches = np.tile(np.array([-1.2, 65.0], np.float32), 10)
    hashes, first = pairs(frames, pitches)
    assert len(hashes) == len(first) > 0
    assert int(hashes.max()) < HASHES


def test_a_name_is_taken_once(index: Index) -> None:
    for name in ("", "song 1"):
        with pytest.raises(InvalidValue):
            index.add(name, heard(song(1)))


def test_shapes_are_checked() -> None:
    with pytest.raises(InvalidValue):
        Fingerprint(np.zeros(2, np.float32), np.zeros(3, np.float32))
