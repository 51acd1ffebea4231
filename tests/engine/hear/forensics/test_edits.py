"""Cuts are found where they are; what begins, strikes or fades is none."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from engine.hear.forensics.edit_kernels import BLOCK, bends, predictor, surprises
from engine.hear.forensics.edits import edits, strengths
from engine.hear.forensics.seams import Seam
from engine.hear.sound import Samples, Sound
from tests.engine.hear.pieces import piece
from tests.engine.hear.signals import Wave, kick, noise, placed, silence, sine, sound

RATE = 44_100


@lru_cache
def music(kind: str, seed: int = 1) -> Samples:
    """Eight seconds of stereo in sixteen bit."""
    wave = piece(kind, seed)[0][: 8 * RATE]
    wave = 0.4 * wave / np.abs(wave).max()
    both = np.stack([wave, 0.8 * np.roll(wave, 200)], axis=1)
    return np.asarray(np.round(both * 32767) / 32768, np.float32)


def chord(seconds: float = 6.0) -> Wave:
    """Held tones over a little noise."""
    tones = sum(sine(hertz, seconds, 0.1) for hertz in (110, 164.81, 220, 277.18, 329.63))
    return np.asarray(tones + noise(seconds, 1e-4, seed=3), np.float32)


def without(samples: Samples, first: int, end: int, fade: int = 0) -> Sound:
    """With a piece taken out, faded over or not."""
    share = ((np.arange(fade) + 0.5) / max(1, fade)).astype(np.float32)[:, None]
    seam = samples[first : first + fade] * (1 - share) + samples[end : end + fade] * share
    return Sound(np.concatenate([samples[:first], seam, samples[end + fade :]]), RATE)


def crossing(samples: Samples, frame: int) -> int:
    middle = samples[frame : frame + 2000].sum(axis=1)
    return frame + 1 + int(np.flatnonzero((middle[:-1] < 0) & (middle[1:] >= 0))[0])


@pytest.mark.parametrize("kind", ["dark ambient", "piano", "ballad", "lo-fi"])
@pytest.mark.parametrize("first", [77_777, 140_003])
def test_a_cut_is_found_where_it_is(kind: str, first: int) -> None:
    found = edits(without(music(kind), first, first + 31_111))
    assert len(found) == 1
    assert found[0].start == pytest.approx(first / RATE, abs=0.001)
    assert found[0].probability > 0.8
    assert f"at {first / RATE:.2f}" in found[0].evidence


def test_a_cut_at_zero_crossings_is_found_by_its_corner() -> None:
    samples = chord()[:, None]
    first, end = crossing(samples, 100_000), crossing(samples, 133_000)
    found = edits(without(samples, first, end))
    assert [each.start for each in found] == [pytest.approx(first / RATE, abs=0.001)]


def test_a_splice_of_two_sounds_and_every_cut_are_told() -> None:
    other = np.asarray(0.7 * chord()[::-1] + sine(415, 6, 0.1), np.float32)
    found = edits(sound(np.concatenate([chord()[:80_000], other[:90_000], chord()[:70_000]])))
    assert sorted(each.start for each in found) == pytest.approx([80_000 / RATE, 170_000 / RATE], abs=0.001)


@pytest.mark.parametrize("milliseconds", [10, 50])
def test_what_is_faded_over_leaves_no_seam(milliseconds: int) -> None:
    assert edits(without(chord()[:, None], 100_000, 131_111, milliseconds * RATE // 1000)) == []


@pytest.mark.parametrize(
    "kind", ["dark ambient", "piano", "ballad", "lo-fi", "deep house", "house", "rock", "techno", "drum and bass"]
)
def test_clean_music_has_no_edit(kind: str) -> None:
    assert edits(Sound(music(kind), RATE)) == []
    assert edits(Sound(music(kind, 5) * np.float32(0.1), RATE)) == []


@pytest.mark.parametrize(
    "wave",
    [
        pytest.param(np.concatenate([silence(1), sine(440, 3), silence(1)]), id="a tone that begins and ends"),
        pytest.param(placed(6, [(number * 0.5, kick()) for number in range(11)]), id="strokes out of silence"),
        pytest.param(np.sign(sine(110, 5)).astype(np.float32) * np.float32(0.4), id="a square"),
        pytest.param(((np.arange(5 * RATE) * 220 / RATE) % 1 - 0.5).astype(np.float32), id="a saw"),
        pytest.param(noise(5), id="noise"),
        pytest.param(silence(3), id="silence"),
        pytest.param(np.ones(1, np.float32), id="one sample"),
        pytest.param(sine(440, 0.05), id="a short sound"),
    ],
)
def test_what_begins_and_what_repeats_is_no_edit(wave: Wave) -> None:
    assert edits(sound(wave)) == []


def test_what_happens_all_the_time_is_the_sound_itself() -> None:
    seam = Seam(frame=9, forward=50, backward=50, alone=20, rise=0, jump=0.3)
    assert strengths([seam], 10)[0] == 20
    assert max(strengths([seam] * 12, 10)) == pytest.approx(3)
    begins = Seam(frame=9, forward=50, backward=50, alone=20, rise=40, jump=0.3)
    assert strengths([begins], 10) == [0.0]


def test_bends_are_found_in_their_block() -> None:
    wave = np.zeros(4 * BLOCK, np.float32)
    wave[2 * BLOCK + 10] = 1
    usual, sharpest, where = bends(wave[:, None])
    assert list(sharpest) == [0, 0, 2, 0]
    assert where[2] == 2 * BLOCK + 11
    assert float(usual.max()) == 0


def test_what_prediction_leaves_of_a_tone_is_its_surprise() -> None:
    wave = sine(700, 0.1)
    left = surprises(wave, predictor((wave * np.hanning(len(wave))).astype(np.float32), 24))
    assert np.abs(left).max() < 0.02 * np.abs(wave).max()
    torn = np.concatenate([wave[:2000], wave[2031:]])
    after = surprises(torn, predictor((torn * np.hanning(len(torn))).astype(np.float32), 24))
    assert 2000 - 24 <= int(np.abs(after).argmax()) <= 2010
