"""True-peak overs are found where they are, by how much they are over, and nowhere else."""

from __future__ import annotations

import re

import numpy as np
import pytest

from engine.hear.forensics.finding import Finding, Forensics
from engine.hear.forensics.overs import overs
from engine.hear.loudness import loudness
from engine.hear.quality import quality
from engine.hear.release import release
from engine.hear.sound import Sound
from engine.hear.stereo import stereo
from tests.engine.hear.pieces import piece
from tests.engine.hear.signals import Wave, noise, silence, sine, sound

RATE = 44_100


def between(peak: float, seconds: float = 1.0) -> Wave:
    """A tone at a quarter of the rate whose samples all lie 3 dB below its true peak."""
    place = np.arange(int(seconds * RATE))
    return np.asarray(peak * np.sin(np.pi / 2 * place + np.pi / 4), np.float32)


def faded(wave: Wave) -> Wave:
    """With soft ends: a step into a loud tone rings."""
    edge = np.minimum(1, np.arange(len(wave)) / 2000)
    return np.asarray(wave * edge * edge[::-1], np.float32)


def level(finding: Finding) -> float:
    told = re.search(r"([+-][\d.]+) dBTP", finding.evidence)
    assert told
    return float(told[1])


@pytest.mark.parametrize("decibels", [0.4, 1.0, 2.5])
def test_what_lies_between_the_samples_is_found(decibels: float) -> None:
    wave = faded(between(10 ** (decibels / 20)))
    assert np.abs(wave).max() < 1
    found = overs(sound(silence(2.0), np.concatenate([silence(0.7), wave, silence(0.3)])))
    assert [each.channel for each in found] == [1]
    assert level(found[0]) == pytest.approx(decibels, abs=0.1)
    assert 0.6 < found[0].start < found[0].end < 1.8
    assert "right channel" in found[0].evidence


def test_the_worst_place_is_told() -> None:
    wave = np.concatenate([faded(between(1.1, 0.5)), silence(2.0), faded(between(1.3, 0.5)), silence(1.0)])
    found = overs(sound(wave))[0]
    assert 2.5 <= found.start <= 3.0
    assert "at 2." in found.evidence or ", 2." in found.evidence


def test_samples_above_full_scale_are_overs_too() -> None:
    wave = np.asarray(1.5 * faded(sine(200, 2.0, 1.0)), np.float32)
    assert level(overs(sound(wave))[0]) == pytest.approx(20 * np.log10(1.5), abs=0.1)


@pytest.mark.parametrize("gain", [0.5, 0.98, 1.2])
def test_it_is_the_level_that_the_meter_reads(gain: float) -> None:
    wave = piece("rock", 3)[0][: 15 * RATE]
    heard = sound(np.asarray(gain * wave / np.abs(wave).max(), np.float32))
    peak = loudness(heard).true_peak_db
    assert peak is not None
    found = overs(heard)
    assert [level(each) for each in found] == ([pytest.approx(peak, abs=0.06)] if peak > 0.2 else [])


@pytest.mark.parametrize(
    "wave",
    [
        pytest.param(faded(between(10 ** (-1 / 20))), id="a true peak of -1 dB"),
        pytest.param(faded(between(10 ** (0.1 / 20))), id="within what meters differ by"),
        pytest.param(0.9 * faded(sine(200, 2.0, 1.0)), id="a tone below full scale"),
        pytest.param(noise(3, 0.05), id="noise"),
        pytest.param(silence(1), id="silence"),
        pytest.param(np.ones(1, np.float32), id="one sample"),
    ],
)
def test_what_is_below_full_scale_is_none(wave: Wave) -> None:
    assert overs(sound(np.asarray(wave, np.float32))) == []


def test_more_is_worse_and_surer() -> None:
    found = [overs(sound(faded(between(peak))))[0] for peak in (1.03, 1.1, 1.4)]
    assert [each.severity for each in found] == sorted(each.severity for each in found)
    assert [each.probability for each in found] == sorted(each.probability for each in found)
    assert found[0].probability < found[-1].probability


def test_quality_and_release_say_where() -> None:
    wave = np.concatenate([silence(1.0), faded(between(1.2))])
    heard = Sound(np.stack([wave, wave], axis=1), RATE)
    told = Forensics(findings=overs(heard))
    reasons = quality(told, loudness(heard), stereo(heard)).reasons
    assert sum("dBTP" in each.words for each in reasons) == 1
    check = next(
        each for each in release(heard, loudness(heard), stereo(heard), told).checks if each.name == "true_peak"
    )
    assert not check.passed
    assert "places, the worst at 1." in check.words
