"""Damage of known strength is found where it was done; clean material gives no finding."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

import numpy as np
import pytest

from engine.hear.forensics.all import forensics
from engine.hear.forensics.clipping import clipping
from engine.hear.forensics.dc import dc_offset
from engine.hear.forensics.dropouts import dropouts
from engine.hear.forensics.finding import REPORTED, Finding
from engine.hear.forensics.kernels import flat_tops
from engine.hear.forensics.phase import phase
from engine.hear.sound import Sound
from tests.engine.hear.pieces import TEMPI, piece
from tests.engine.hear.signals import Wave, kick, noise, placed, silence, sine, sound

KINDS = tuple(TEMPI)
LIMITED = ("rock", "techno", "drum and bass")
"""Kinds that are driven into saturation as they are made."""

DETECTORS = {
    "clipping": clipping,
    "dc_offset": dc_offset,
    "dropout": dropouts,
    "repeat": dropouts,
    "inverted_channel": phase,
    "mono_loss": phase,
    "channel_delay": phase,
}
RATE = 44_100


@lru_cache
def music(kind: str = "house", seed: int = 1) -> Wave:
    """Ten seconds, at a level a mix has."""
    wave = piece(kind, seed)[0][: 10 * RATE]
    return np.asarray(0.4 * wave / np.abs(wave).max(), np.float32)


def wide(kind: str = "house", seed: int = 1) -> tuple[Wave, Wave]:
    return music(kind, seed), np.asarray(0.8 * music(kind, seed) + 0.05 * noise(10, 0.2, seed=9), np.float32)


def found(kind: str, *channels: Wave) -> list[Finding]:
    """What the one detector of a kind says."""
    return [each for each in DETECTORS[kind](sound(*channels)) if each.kind == kind and each.probability >= REPORTED]


def sixteen_bit(wave: Wave) -> Wave:
    return np.asarray(np.round(wave * 32767) / 32767, np.float32)


@pytest.mark.parametrize("kind", KINDS)
def test_clean_music_gives_no_finding(kind: str) -> None:
    loud = music(kind)[: 7 * RATE]  # of the slowest kind two bars, of the others four
    for heard in (sound(loud, np.asarray(0.8 * loud, np.float32)), sound(sixteen_bit(0.1 * loud))):
        kinds = {each.kind for each in forensics(heard).findings}
        assert kinds <= ({"compression"} if kind in LIMITED else set())


@pytest.mark.parametrize(
    "wave",
    [
        pytest.param(sine(20, 5, 0.9), id="a slow sine stays near its top"),
        pytest.param(sixteen_bit(sine(30, 5, 0.3)), id="and in sixteen bit longer"),
        pytest.param(np.sign(sine(110, 5, 1)).astype(np.float32) * np.float32(0.5), id="a square on purpose"),
        pytest.param(np.concatenate([silence(2), sine(440, 3), silence(2)]), id="silence around it"),
        pytest.param(sine(440, 5) * np.linspace(1, 0, 5 * RATE, dtype=np.float32), id="a fade"),
        pytest.param(placed(5, [(n * 0.5, kick()) for n in range(9)]), id="strokes out of silence"),
        pytest.param(noise(5), id="noise"),
    ],
)
def test_what_sounds_like_damage_and_is_none(wave: Wave) -> None:
    assert forensics(sound(wave, wave)).findings == []


def clipped_share(wave: Wave, share: float) -> Wave:
    """The wave at full scale, with that share of its samples cut off."""
    room = np.quantile(np.abs(wave), 1 - share)
    return np.asarray(np.clip(wave, -room, room) / room, np.float32)


@pytest.mark.parametrize("share", [0.005, 0.02, 0.1, 0.3])
@pytest.mark.parametrize("after", [1.0, 0.31])
@pytest.mark.parametrize("kind", ["house", "rock", "techno", "drum and bass"])
def test_clipping_is_found_at_any_level(kind: str, share: float, after: float) -> None:
    clipped = found("clipping", sixteen_bit(np.float32(after) * clipped_share(music(kind), share)))
    assert len(clipped) == 1
    assert ("full scale" in clipped[0].evidence) == (after == 1)


def test_harder_clipping_is_worse() -> None:
    worse = [found("clipping", clipped_share(music(), share))[0].severity for share in (0.001, 0.01, 0.1)]
    assert worse == sorted(worse)
    assert worse[0] < worse[-1]


def test_the_place_of_clipping_is_told() -> None:
    wave = music("techno")
    loud = np.copy(wave)
    loud[4 * RATE : 5 * RATE] *= 3
    clipped = found("clipping", wave, np.clip(loud, -0.5, 0.5))
    assert [each.channel for each in clipped] == [1]
    assert 4 <= clipped[0].start <= 5
    assert "right" in clipped[0].evidence


def test_a_corner_tells_a_clipped_wave_from_a_slow_one() -> None:
    slow = sine(30, 1, 0.9)
    clipped = np.clip(sine(30, 1, 1.2), -0.9, 0.9)
    assert len(flat_tops(slow, 0.9, 1e-4, 8e-4)) == 0
    assert len(flat_tops(clipped, 0.9, 1e-4, 8e-4)) >= 58


@pytest.mark.parametrize("offset", [0.01, -0.05])
def test_an_offset_is_found(offset: float) -> None:
    shifted = found("dc_offset", music(), music() + np.float32(offset))
    assert [each.channel for each in shifted] == [1]
    told = re.search(r"([+-][\d.]+) %", shifted[0].evidence)
    assert told
    assert float(told[1]) == pytest.approx(100 * offset, abs=0.15)


def test_a_slow_wave_is_no_offset() -> None:
    assert found("dc_offset", music() + sine(1.3, 10, 0.1)) == []


@pytest.mark.parametrize("milliseconds", [1, 5, 20, 100])
def test_a_hole_is_found_where_it_is(milliseconds: float) -> None:
    wave = sine(220, 4, 0.4) + sine(331, 4, 0.2)
    first = int(1.7111 * RATE)
    wave[first : first + int(milliseconds * RATE / 1000)] = 0
    holes = found("dropout", wave)
    assert len(holes) == 1
    assert holes[0].start == pytest.approx(1.7111, abs=0.002)
    assert holes[0].end - holes[0].start == pytest.approx(milliseconds / 1000, abs=0.001)


def test_a_hole_that_holds_its_last_value_is_found() -> None:
    wave = sine(220, 4, 0.4)
    wave[50_000:50_500] = wave[50_000]
    assert len(found("dropout", wave)) == 1


@pytest.mark.parametrize("buffer", [64, 256, 441, 1024])
def test_a_buffer_that_came_twice_is_found(buffer: int) -> None:
    wave = music("rock").copy()
    wave[100_000 : 100_000 + buffer] = wave[100_000 - buffer : 100_000]
    repeated = found("repeat", wave)
    assert len(repeated) == 1
    assert f"{buffer} samples" in repeated[0].evidence
    assert repeated[0].start == pytest.approx((100_000 - buffer) / RATE, abs=0.001)


def test_a_wave_that_repeats_is_no_stutter() -> None:
    period = noise(0.01, seed=3)[:441]
    assert found("repeat", np.tile(period, 400)) == []


def test_a_channel_upside_down_is_found() -> None:
    left, right = wide()
    assert found("inverted_channel", left, right) == []
    assert len(found("inverted_channel", left, -right)) == 1


def test_what_is_lost_in_mono_is_found() -> None:
    middle, side = noise(10, 0.085, seed=6), noise(10, 0.2, seed=5)
    left, right = middle + side, middle - side
    assert len(found("mono_loss", left, right)) == 1
    assert found("mono_loss", left, left) == []


@pytest.mark.parametrize("late", [7, 44, 200])
def test_a_late_channel_is_found_with_its_delay(late: int) -> None:
    wave = noise(5, seed=2)
    delayed = found("channel_delay", wave[late:], wave[:-late])
    assert len(delayed) == 1
    assert f"({late} samples)" in delayed[0].evidence
    assert delayed[0].channel == 1
    assert found("channel_delay", wave[:-late], wave[late:])[0].channel == 0


def test_unrelated_channels_and_one_side_alone_have_no_phase() -> None:
    assert forensics(sound(noise(5, seed=1), noise(5, seed=2))).findings == []
    assert forensics(sound(noise(5, seed=1), silence(5))).findings == []


@pytest.mark.parametrize("frames", [1, 2, 3, 50, 300, RATE])
@pytest.mark.parametrize("value", [0.0, 0.25, 1.0])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_nothing_to_look_at(frames: int, value: float, channels: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        findings = forensics(Sound(np.full((frames, channels), value, np.float32), RATE)).findings
    # A second that is one value is an offset and nothing else, but for the step to full scale, which rings above it.
    assert {each.kind for each in findings} - {"true_peak_over"} == (
        {"dc_offset"} if value and frames == RATE else set()
    )


def test_every_finding_is_within_its_ranges() -> None:
    left, right = wide("techno")
    left, right = np.clip(3 * left, -0.4, 0.4) + np.float32(0.06), np.clip(-3 * right, -0.4, 0.4)
    left[60_000:60_300] = 0
    findings = forensics(sound(left, right)).findings
    assert {each.kind for each in findings} >= {"clipping", "dc_offset", "inverted_channel"}
    for each in findings:
        assert 0.5 <= each.probability <= 1
        assert 0 <= each.severity <= 1
        assert 0 <= each.start <= each.end <= 10
        assert each.evidence.endswith(".")
        assert each.hint.endswith(".")
