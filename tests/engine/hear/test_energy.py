"""Energy: pieces in their order and ranges, at any level, bar by bar."""

import warnings
from functools import lru_cache

import numpy as np
import pytest

from engine.hear.energy import Energy, energy
from engine.hear.loudness import loudness
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from tests.engine.hear.arrangements import Grid, drums, grid, heard, pad
from tests.engine.hear.pieces import BARS, RANGES, piece
from tests.engine.hear.signals import Wave, noise, silence, sine

NO_BEATS = Grid(beats=[], downbeats=[])


def of(spectra: Spectra, rhythm: Grid) -> Energy:
    return energy(spectra, loudness(spectra.sound), rhythm)


@lru_cache(64)
def of_piece(kind: str, seed: int, level: float = 0.5) -> Energy:
    wave, bpm = piece(kind, seed)
    return of(heard(wave, level), grid(bpm, BARS))


@pytest.mark.parametrize("seed", [101, 102])
@pytest.mark.parametrize("kind", RANGES)
def test_kinds_of_music(kind: str, seed: int) -> None:
    low, high = RANGES[kind]
    found = of_piece(kind, seed).energy
    assert found is not None
    assert low <= found <= high


@pytest.mark.parametrize("kind", RANGES)
def test_ten_decibels_quieter_is_the_same(kind: str) -> None:
    loud, quiet, faint = (of_piece(kind, 101, level) for level in (0.5, 0.5 * 10**-0.5, 0.0005))
    assert quiet.energy == pytest.approx(loud.energy, abs=0.051)
    assert quiet.per_bar == pytest.approx(loud.per_bar, abs=0.11)
    assert faint.energy == pytest.approx(loud.energy, abs=0.051)


def test_the_curve_follows_the_bars() -> None:
    calm, full = pad(120, 2), drums(120, 4, kick="x...", snare="....x...", hat="x.x.") + 0.5 * pad(120, 4, 48, 12)
    found = of(heard(np.concatenate([calm, full, calm])), grid(120, 8))
    assert len(found.per_bar) == len(found.bar_starts) == 8
    assert found.bar_starts[5] == pytest.approx(10)
    quiet, loud = found.per_bar[:2] + found.per_bar[6:], found.per_bar[2:6]
    assert max(quiet) + 2 < min(loud)
    assert found.energy == pytest.approx(np.mean(loud), abs=1.0)  # a breakdown does not make a track calm


def test_without_beats_bars_are_two_seconds() -> None:
    found = of(heard(pad(80, 4)), NO_BEATS)
    assert len(found.per_bar) == 6
    assert found.energy is not None
    assert found.energy < 3


def test_steady_sounds_are_calm() -> None:
    for wave in (noise(8), sine(440, 8)):
        found = of(heard(wave), NO_BEATS).energy
        assert found is not None
        assert found < 3.5


@pytest.mark.parametrize("wave", [silence(2), np.full(44_100, 0.5, np.float32) * 0, np.ones(1, np.float32)])
def test_nothing_has_no_energy(wave: Wave) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = of(Spectra(Sound(wave[:, None], 44_100)), NO_BEATS)
    assert found.energy is None
    assert found.per_bar == []


def test_dc_is_calm() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = of(Spectra(Sound(np.full((88_200, 1), 0.5, np.float32), 44_100)), NO_BEATS).energy
    assert found is None or found < 3
