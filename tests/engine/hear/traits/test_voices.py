"""Acid lines, and the voices of one note."""

from __future__ import annotations

import numpy as np
import pytest

from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.traits.acid import acid
from engine.hear.traits.supersaw import supersaw
from tests.benchmarks.hearing import synth_voices
from tests.benchmarks.hearing.train_traits import known, spectra_of


def beats_at(bpm: float, seconds: float) -> list[float]:
    return [index * 60 / bpm for index in range(int(seconds * bpm / 60))]


def test_acid_stands_above_every_other_line() -> None:
    rng = np.random.default_rng(911)
    lines = [synth_voices.acid(rng, 5.0) for _ in range(5)]
    others = [synth_voices.not_acid(rng, kind, 5.0) for kind in synth_voices.LINES]
    found = [acid(spectra_of(wave), known(bpm, beats_at(bpm, 5))).probability or 0 for wave, bpm in lines]
    wrong = [acid(spectra_of(wave), known(bpm, beats_at(bpm, 5))).probability or 0 for wave, bpm in others]
    assert np.median(found) > 0.8, found
    assert np.median(wrong) < 0.2, wrong
    assert sum(each > other for each in found for other in wrong) >= 0.9 * len(found) * len(wrong), (found, wrong)


def test_acid_needs_a_second_of_sound_and_no_beats() -> None:
    wave, bpm = synth_voices.acid(np.random.default_rng(912), 4.0)
    assert acid(spectra_of(wave[:20_000]), known(bpm, [])).probability is None
    assert acid(spectra_of(wave), known(bpm, [])).probability is not None


@pytest.mark.parametrize(("voices", "cents"), [(3, 20.0), (5, 30.0), (7, 40.0), (9, 60.0), (3, 5.0)])
def test_voices_are_counted_and_their_detune_measured(voices: int, cents: float) -> None:
    heard = supersaw(spectra_of(synth_voices.supersaw(np.random.default_rng(voices), voices, cents)))
    assert heard.voices is not None
    assert heard.detune_cents is not None
    assert abs(heard.voices - voices) <= 1, heard
    assert abs(heard.detune_cents - cents) <= 5, heard


def test_one_saw_is_one_voice() -> None:
    heard = supersaw(spectra_of(synth_voices.supersaw(np.random.default_rng(1), 1, 0)))
    assert (heard.voices, heard.detune_cents) == (1, 0.0)
    assert heard.probability is not None
    assert heard.probability < 0.1


@pytest.mark.parametrize("kind", ["noise", "silence", "blip", "long"])
def test_what_is_no_isolated_note_is_not_counted(kind: str) -> None:
    rng = np.random.default_rng(5)
    sound = {
        "noise": 0.1 * rng.standard_normal(44_100),
        "silence": np.zeros(44_100),
        "blip": np.sin(np.arange(2000) / 20),
        "long": 0.1 * np.sin(np.arange(22_050 * 16) / 20),
    }[kind]
    spectra = Spectra(Sound(np.asarray(sound[:, None], np.float32), 22_050))
    assert supersaw(spectra).voices is None
