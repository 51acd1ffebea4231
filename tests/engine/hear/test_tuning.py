import numpy as np
import pytest

from engine.hear.chroma import partials
from engine.hear.spectrum import Spectra
from engine.hear.tuning import tuning
from tests.engine.hear.signals import noise, silence, sine, sound


def chord(cents: float, pitches: tuple[int, ...] = (57, 60, 64, 69)) -> np.ndarray:
    tones = [sine(h * 440 * 2 ** ((p - 69 + cents / 100) / 12), 2.0, 0.1 / h) for p in pitches for h in (1, 2, 3)]
    return np.sum(tones, axis=0, dtype=np.float32)


@pytest.mark.parametrize("cents", [-45.0, -31.77, -10.0, 0.0, 7.5, 25.0, 45.0])
def test_the_tuning_of_a_chord_is_read_to_two_cents(cents):
    # A third partial lies 2 cents above the tempered note; hence not exactly.
    assert tuning(partials(Spectra(sound(chord(cents))))) == pytest.approx(cents, abs=2.0)


def test_a_recording_at_432_hz_reads_31_8_cents_flat():
    wave = sum(sine(432 * ratio, 2.0, 0.1) for ratio in (0.5, 1.0, 2.0))
    assert tuning(partials(Spectra(sound(wave)))) == pytest.approx(-31.8, abs=0.5)


def test_a_quarter_tone_is_fifty_cents_on_either_side():
    assert abs(tuning(partials(Spectra(sound(chord(50.0)))))) == pytest.approx(50, abs=2.0)


def test_noise_under_the_notes_does_not_move_it():
    wave = chord(20.0) + noise(2.0, 0.01)
    assert tuning(partials(Spectra(sound(wave)))) == pytest.approx(20, abs=2.5)


def test_detuned_voices_read_their_middle():
    wave = sum(chord(12.0 + spread) for spread in (-12.0, -6.0, 0.0, 6.0, 12.0))
    assert tuning(partials(Spectra(sound(wave * np.float32(0.3))))) == pytest.approx(12, abs=4)


def test_silence_has_no_tuning_to_be_off():
    assert tuning(partials(Spectra(sound(silence(1.0))))) == 0.0
