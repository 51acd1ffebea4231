import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.hear.chroma import chroma, partials, register_chroma
from engine.hear.key_registers import REGISTERS
from engine.hear.spectrum import Spectra
from tests.engine.hear.signals import noise, silence, sine, sound


def note(pitch: float, seconds: float = 1.5, partial_count: int = 6) -> np.ndarray:
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    return np.sum([sine(h * hertz, seconds, 0.3 / h) for h in range(1, partial_count + 1)], axis=0, dtype=np.float32)


@settings(max_examples=25, deadline=None)
@given(st.floats(40, 95))
def test_a_sine_is_one_partial_at_its_pitch(pitch):
    found = partials(Spectra(sound(sine(440 * 2 ** ((pitch - 69) / 12), 1.0))))
    inside = (found.frame > 3) & (found.frame < found.frames - 5)
    assert np.abs(found.pitch[inside] - pitch).max() < 0.06
    assert found.clarity[inside].min() > 0.9
    assert found.magnitude[inside] == pytest.approx(0.5, rel=0.2)


@pytest.mark.parametrize("pitch", [33, 40, 48, 57, 60, 71, 76])
def test_a_note_with_overtones_is_one_pitch_class(pitch):
    table = register_chroma(partials(Spectra(sound(note(pitch)))), 0.0).sum(axis=(0, 1))
    assert table.argmax() == pitch % 12
    assert np.delete(table, pitch % 12).max() < 0.25 * table.max()


@pytest.mark.parametrize(("pitch", "register"), [(40, 0), (60, 1), (80, 2)])
def test_a_note_lies_in_its_register(pitch, register):
    table = register_chroma(partials(Spectra(sound(sine(440 * 2 ** ((pitch - 69) / 12), 1.0)))), 0.0)
    assert table.shape[1:] == (REGISTERS, 12)
    assert table.sum(axis=(0, 2)).argmax() == register


def test_a_chord_over_a_bass_keeps_its_third():
    wave = note(36) + note(60) + note(63) + note(67)
    table = chroma(Spectra(sound(wave * np.float32(0.4))))[:, 8]
    assert set(np.argsort(-table)[:3]) == {0, 3, 7}
    assert table[3] > 2 * table[4]  # the bass's own fifth partial would make it major


def test_the_chroma_follows_the_tuning():
    wave = note(60.45)
    cents_right = chroma(Spectra(sound(wave)), 45.0)[:, 8]
    assert cents_right.argmax() == 0
    assert cents_right.max() == 1.0
    assert np.delete(cents_right, 0).max() < 0.3


def test_white_noise_holds_few_and_unclear_partials():
    found = partials(Spectra(sound(noise(4.0))))
    assert found.clarity.mean() < 0.25


def test_silence_holds_none():
    found = partials(Spectra(sound(silence(1.0))))
    assert len(found.frame) == 0
    assert chroma(Spectra(sound(silence(1.0)))).max() == 0
