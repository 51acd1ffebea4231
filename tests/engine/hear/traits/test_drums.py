"""Four on the floor and hats between the beats."""

from __future__ import annotations

import numpy as np
import pytest

from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.traits.drums import four_floor, offbeat_hats
from tests.benchmarks.hearing.synth_patterns import loop
from tests.benchmarks.hearing.train_traits import known, spectra_of


@pytest.mark.parametrize(("kicks", "floor"), [("four", True), ("half", False), ("break", False), ("rock", False)])
@pytest.mark.parametrize(("hats", "between"), [("off", True), ("on", False), ("sixteenths", False)])
def test_each_pattern_is_heard_apart_from_the_other(kicks: str, floor: bool, hats: str, between: bool) -> None:
    made = loop(np.random.default_rng(901), kicks, hats)
    spectra, beats = spectra_of(made.samples), known(made.bpm, made.beats)
    four, off = four_floor(spectra, beats), offbeat_hats(spectra, beats)
    assert four.probability is not None
    assert off.probability is not None
    assert (four.probability > 0.5) is floor, four
    assert (off.probability > 0.5) is between, off


def test_shares_count_the_strokes() -> None:
    made = loop(np.random.default_rng(902), "four", "off")
    spectra, beats = spectra_of(made.samples), known(made.bpm, made.beats)
    assert four_floor(spectra, beats).on_beats > 0.9
    assert offbeat_hats(spectra, beats).on_offbeats > 0.9


def test_without_beats_nothing_is_claimed() -> None:
    made = loop(np.random.default_rng(903), "four", "off", bars=1)
    assert four_floor(spectra_of(made.samples), known(120, [])).probability is None
    assert offbeat_hats(spectra_of(made.samples), known(120, [0.0, 0.5])).probability is None


def test_silence_has_no_strokes() -> None:
    spectra = Spectra(Sound(np.zeros((22_050 * 5, 1), np.float32), 22_050))
    beats = known(120, [index / 2 for index in range(10)])
    four, off = four_floor(spectra, beats), offbeat_hats(spectra, beats)
    assert four.probability is not None
    assert off.probability is not None
    assert four.probability < 0.5
    assert off.probability < 0.5
