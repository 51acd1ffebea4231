"""The figure goes down with each fault, says why, and the release check holds a file against its profile."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import jsonschema
import numpy as np
import pytest

import presets
from engine.errors import InvalidValue
from engine.hear.forensics.all import forensics
from engine.hear.loudness import loudness
from engine.hear.quality import Quality, quality
from engine.hear.release import Release, profile, release
from engine.hear.sound import Sound, Source
from engine.hear.stereo import stereo
from tests.engine.hear.pieces import piece
from tests.engine.hear.signals import Wave, noise, silence, sound

RATE = 44_100


@lru_cache
def mix(level: float = 0.5) -> Wave:
    wave = piece("house", 1)[0][: 6 * RATE]
    return np.asarray(level * wave / np.abs(wave).max(), np.float32)


def judged(heard: Sound) -> Quality:
    return quality(forensics(heard), loudness(heard), stereo(heard))


def held(heard: Sound, against: str = "release") -> Release:
    return release(heard, loudness(heard), stereo(heard), forensics(heard), against)


@lru_cache
def master(lufs: float, *, bits: int = 24, rate: int = RATE) -> Sound:
    """Pink enough: noise with peaks, at a wanted loudness."""
    wave = noise(6, 0.05, seed=4)
    wave = np.clip(wave, -0.14, 0.14) * (1 - 1e-3 * np.abs(noise(6, 1, seed=5)))
    now = loudness(sound(wave, wave)).integrated_lufs
    assert now is not None
    wave = np.asarray(wave * 10 ** ((lufs - now) / 20), np.float32)
    return Sound(np.stack([wave, wave], axis=1), rate, Source(bits=bits, container="WAV"))


def test_clean_music_is_a_hundred() -> None:
    assert judged(sound(mix(), 0.9 * mix())) == Quality(score=100.0, reasons=[])


def test_silence_is_not_judged() -> None:
    assert judged(sound(silence(2))) == Quality()


def test_every_missing_point_has_a_reason() -> None:
    bad = sound(np.clip(4 * mix(), -0.5, 0.5) + np.float32(0.05), -np.clip(4 * mix(), -0.5, 0.5))
    found = judged(bad)
    assert found.score == pytest.approx(100 - sum(each.points for each in found.reasons), abs=0.11)
    assert [each.points for each in found.reasons] == sorted((each.points for each in found.reasons), reverse=True)
    assert len(found.reasons) >= 3


def test_more_damage_is_less_quality() -> None:
    levels = np.quantile(np.abs(mix()), (1, 0.999, 0.99, 0.9))
    scores = [judged(sound(np.clip(mix(), -level, level))).score for level in levels]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_both_channels_clipped_are_one_fault() -> None:
    clipped = np.clip(3 * mix(), -0.5, 0.5)
    assert judged(sound(clipped, clipped)).score == judged(sound(clipped)).score


def test_a_good_master_passes() -> None:
    found = held(master(-12.5))
    assert found.passed, [each for each in found.checks if not each.passed]
    assert {each.name for each in found.checks} == {
        "bits", "rate", "loudness", "true_peak", "correlation", "clip_runs", "dc",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("make", "fails"),
    [
        (lambda: master(-12.5, bits=16), "bits"),
        (lambda: master(-12.5, rate=48_000), "rate"),
        (lambda: master(-20), "loudness"),
        (lambda: sound(1.9 * mix(), 1.9 * mix()), "true_peak"),
        (lambda: sound(mix(), -mix()), "correlation"),
        (lambda: sound(np.clip(3 * mix(), -0.5, 0.5), np.clip(3 * mix(), -0.5, 0.5)), "clip_runs"),
        (lambda: sound(mix() + np.float32(0.05), mix()), "dc"),
        (lambda: sound(silence(2), silence(2)), "loudness"),
    ],
)
def test_each_check_can_fail_and_says_what_to_do(make: Callable[[], Sound], fails: str) -> None:
    found = held(make())
    failed = {each.name: each for each in found.checks if not each.passed}
    assert fails in failed
    assert not found.passed
    assert failed[fails].words != "Fine."
    assert [each.passed for each in found.checks] == sorted(each.passed for each in found.checks)


def test_how_far_to_turn_it_is_told() -> None:
    words = {each.name: each.words for each in held(master(-20)).checks}["loudness"]
    assert words == "Raise it by 6.0 to 10.0 dB."


def test_profiles_differ() -> None:
    assert held(master(-15), "streaming").passed
    assert not held(master(-15), "club").passed


@pytest.mark.parametrize("name", ["relase", "", "../release"])
def test_an_unknown_profile_names_the_known(name: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        profile(name)
    assert "club, release, streaming" in caught.value.hint


@pytest.mark.parametrize("name", presets.names("release"))
def test_profiles_fit_their_schema(name: str) -> None:
    rules = presets.load("schema/release.schema")
    document = presets.load(f"release/{name}")
    jsonschema.Draft202012Validator(rules).validate(document)
    assert profile(name).name
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(rules).validate({**document, "true_peak": "loud"})
