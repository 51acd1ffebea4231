"""Ducking of known depth, and what only looks like it."""

from __future__ import annotations

import numpy as np
import pytest

from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.traits.all import traits
from engine.hear.traits.grid import places, smooth_beats
from engine.hear.traits.pumping import Pumping, pumping
from tests.benchmarks.hearing.synth_pumping import not_pumped, pumped
from tests.benchmarks.hearing.train_traits import known, spectra_of


def heard(depth: float, shape: str, kind: str, drums: str, per_beat: int = 1, seed: int = 921) -> Pumping:
    case = pumped(np.random.default_rng(seed), depth, shape, kind, drums, per_beat, beats=16, bpm=124)
    return pumping(spectra_of(case.samples), known(case.bpm, case.beats))


@pytest.mark.parametrize("depth", [3.0, 6.0, 12.0])
@pytest.mark.parametrize("drums", ["none", "kick"])
def test_depth_is_right_within_one_decibel_with_the_kick_too(depth: float, drums: str) -> None:
    found = heard(depth, "linear", "saws", drums)
    assert found.depth_db == pytest.approx(depth, abs=1)
    assert found.rate == "1/4"
    assert found.probability is not None
    assert found.probability > 0.5


def test_a_kick_over_a_steady_pad_is_no_pumping() -> None:
    found = heard(0, "linear", "saws", "kick, hats, clap")
    assert found.depth_db == 0
    assert found.probability is not None
    assert found.probability <= 0.5


@pytest.mark.parametrize(("per_beat", "rate"), [(1, "1/4"), (2, "1/8"), (4, "1/16")])
def test_the_rate_is_told(per_beat: int, rate: str) -> None:
    assert heard(9, "sine", "sines", "kick", per_beat).rate == rate


@pytest.mark.parametrize("how", ["tremolo", "late tremolo", "plucks", "steady"])
def test_level_that_moves_for_another_reason_is_not_ducked(how: str) -> None:
    case = not_pumped(np.random.default_rng(923), how)
    assert pumping(spectra_of(case.samples), known(case.bpm, case.beats)).depth_db in {None, 0.0}


@pytest.mark.parametrize("seconds", [0.0001, 0.01, 5])
def test_silence_and_blips_are_not_judged(seconds: float) -> None:
    spectra = Spectra(Sound(np.zeros((max(1, int(22_050 * seconds)), 1), np.float32), 22_050))
    all_of_it = traits(spectra, known(120, [index / 2 for index in range(int(seconds * 2))]))
    assert all_of_it.pumping.probability is None
    assert all_of_it.supersaw.probability is None


def test_jitter_leaves_beats_that_keep_one_tempo_and_a_missed_one_comes_back() -> None:
    exact = 0.3 + 0.5 * np.arange(32)
    rough = exact + np.random.default_rng(1).uniform(-0.01, 0.01, 32)
    line = smooth_beats(list(np.delete(rough, 7)))
    assert len(line) == 32
    assert np.abs(line - exact).max() < 0.006


def test_beats_that_change_their_tempo_stay_as_they_are() -> None:
    beats = np.cumsum(np.linspace(0.4, 0.6, 40))
    assert np.array_equal(smooth_beats(list(beats)), beats)


def test_only_whole_beats_inside_are_laid_out() -> None:
    where = places(np.array([-0.5, 0.0, 0.5, 1.0, 1.5]), 4, 100.0, 120)
    assert where.tolist() == [[0, 12, 25, 38], [50, 62, 75, 88]]
