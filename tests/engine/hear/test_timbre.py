"""Timbre: against librosa where definitions agree, against known signals where they are ours."""

import warnings

import numpy as np
import pytest
import scipy.signal

from engine.hear.sound import HEARING_RATE, Sound
from engine.hear.spectrum import Spectra
from engine.hear.timbre import MFCC, Timbre, timbre
from engine.hear.timbre_perception import critical_bands, perceived
from engine.hear.timbre_tonal import TEMPI
from tests.engine.hear.signals import Wave, click, kick, noise, placed, silence, sine, sound

BINS = 465  # up to 10 kHz


def seen(wave: Wave) -> Spectra:
    return Spectra(sound(wave))


def of(wave: Wave) -> Timbre:
    return timbre(seen(wave))


def chord(seconds: float, *hertz: float) -> Wave:
    return np.asarray(
        sum(sine(f * n, seconds, 0.2 / n) for f in hertz for n in (1, 2, 3)) / np.float32(len(hertz)), np.float32
    )


def pink(seconds: float, seed: int) -> Wave:
    white = noise(seconds, 0.5, seed=seed)
    return np.asarray(scipy.signal.lfilter([0.05], [1, -0.95], white), dtype=np.float32)


MATERIAL = {"white": noise(4), "pink": pink(4, 1), "chord": chord(4, 220, 277, 330) + noise(4, 0.005, seed=2)}


@pytest.mark.parametrize("name", MATERIAL)
def test_as_librosa_defines_it(name: str) -> None:
    from tests.engine.hear.plain_librosa import librosa

    spectra = seen(MATERIAL[name])
    ours = timbre(spectra)
    magnitudes = spectra.fine.T[:BINS]
    hertz = np.arange(BINS) * HEARING_RATE / 1024
    spectral = librosa.feature
    centroid = spectral.spectral_centroid(S=magnitudes, freq=hertz).mean()
    rolloff = spectral.spectral_rolloff(S=magnitudes, freq=hertz).mean()
    flatness = spectral.spectral_flatness(S=magnitudes, amin=1e-10 * spectra.fine.max() ** 2).mean()
    contrast = 2 * spectral.spectral_contrast(S=magnitudes, freq=hertz, fmin=200, n_bands=5).mean(axis=1)
    assert ours.spectral_centroid == pytest.approx(centroid, rel=0.01)
    assert ours.spectral_rolloff == pytest.approx(rolloff, rel=0.01)
    assert ours.spectral_flatness == pytest.approx(flatness, rel=0.02, abs=1e-4)
    # It works in 10 log10 of a magnitude; its last band runs to the end.
    assert ours.spectral_contrast is not None
    assert ours.spectral_contrast[:5] == pytest.approx(list(contrast[:5]), abs=3)
    assert len(ours.spectral_contrast) == 7


@pytest.mark.parametrize("name", MATERIAL)
def test_cepstra_as_in_librosa(name: str) -> None:
    from tests.engine.hear.plain_librosa import librosa

    spectra = seen(MATERIAL[name])
    ours = timbre(spectra)
    theirs = librosa.feature.mfcc(S=librosa.power_to_db(spectra.mel.T, ref=1.0, top_db=80), n_mfcc=MFCC)
    assert ours.mfcc == pytest.approx(theirs.mean(axis=1), abs=0.3)
    assert ours.mfcc_std == pytest.approx(theirs.std(axis=1), rel=0.05, abs=0.1)
    slopes = librosa.feature.delta(theirs, width=9, mode="nearest")
    assert ours.mfcc_delta == pytest.approx(slopes.std(axis=1), rel=0.05, abs=0.1)


def test_constant_q_chroma_against_librosa() -> None:
    from tests.engine.hear.plain_librosa import librosa

    for hertz in ((261.6, 329.6, 392.0), (220.0, 261.6, 329.6), (185.0, 233.1, 277.2)):
        spectra = seen(chord(6, *hertz))
        theirs = librosa.feature.chroma_cqt(y=spectra.sound.hearing, sr=HEARING_RATE, tuning=0).mean(axis=1)
        ours = np.array(timbre(spectra).chroma)
        assert np.corrcoef(ours, theirs)[0, 1] > 0.9
        wanted = {round(12 * np.log2(f / 440) + 69) % 12 for f in hertz}
        assert set(np.argsort(ours)[-3:]) == wanted


@pytest.mark.parametrize("gain", [0.1, 0.001])
def test_level_moves_nothing_but_the_first_coefficient(gain: float) -> None:
    wave = placed(4, [(0.5 * i, kick()) for i in range(8)]) + chord(4, 220, 330)
    loud, quiet = of(wave), of(np.float32(gain) * wave)
    for name in Timbre.__struct_fields__:
        one, two = getattr(loud, name), getattr(quiet, name)
        if name == "mfcc":
            one, two = one[1:], two[1:]
        assert two == pytest.approx(one, rel=0.01, abs=0.02), name


def test_brighter_and_warmer() -> None:
    sections = scipy.signal.butter(4, 6_000, "high", fs=44_100, output="sos")
    hats = of(scipy.signal.sosfilt(sections, noise(2)).astype(np.float32))
    pad = of(chord(2, 131, 165, 196))
    white = of(noise(2))
    values = [(t.brightness, t.warmth, t.sharpness) for t in (hats, white, pad)]
    brightness, warmth, sharpness = zip(*values, strict=True)
    assert brightness[0] > 0.95
    assert 0.4 < brightness[1] < 0.8
    assert brightness[2] < 0.25
    assert warmth[0] < 0.05 < warmth[1] < 0.3
    assert warmth[2] > 0.5
    assert sharpness[0] > sharpness[1] > 2 * sharpness[2]


def test_one_acum() -> None:
    """The standard's reference: noise as wide as a critical band around 1 kHz."""
    sections = scipy.signal.butter(6, (920, 1_080), "band", fs=44_100, output="sos")
    band = scipy.signal.sosfilt(sections, noise(4)).astype(np.float32)
    assert of(band).sharpness_acum == pytest.approx(1, abs=0.15)


def test_critical_bands_take_every_mel_band_once() -> None:
    belongs, hertz, bark = critical_bands()
    assert (belongs.sum(axis=1) == 1).all()
    assert (np.diff(hertz) > 0).all()
    assert np.diff(bark).max() < 1.6
    assert perceived(np.zeros((3, 64), np.float32)) is None


def test_flux_and_flatness_have_ends() -> None:
    tone, white, clicks = of(sine(1_000, 3)), of(noise(3)), of(placed(3, [(0.1 * i, click()) for i in range(30)]))
    assert tone.spectral_flatness is not None
    assert tone.spectral_flatness < 1e-4
    assert white.spectral_flatness == pytest.approx(0.56, abs=0.03)  # exp(-Euler's constant)
    assert tone.spectral_flux is not None
    assert white.spectral_flux is not None
    assert clicks.spectral_flux is not None
    assert tone.spectral_flux < 0.02 < white.spectral_flux < clicks.spectral_flux


def test_temporal_centroid() -> None:
    assert of(noise(4)).temporal_centroid_share == pytest.approx(0.5, abs=0.01)
    early, late = (of(placed(4, [(start, noise(0.5))])) for start in (0.0, 3.5))
    assert early.temporal_centroid == pytest.approx(0.25, abs=0.03)
    assert late.temporal_centroid == pytest.approx(3.75, abs=0.03)


@pytest.mark.parametrize("bpm", [60, 84.85, 120, 169.71])
def test_tempogram_peaks_at_the_beat(bpm: float) -> None:
    beat = 60 / bpm
    found = of(placed(12, [(beat * i, kick()) for i in range(int(12 / beat))]))
    by_tempo = dict(zip(found.tempogram_bpm, found.tempogram, strict=True))
    best = max(by_tempo[tempo] for tempo in by_tempo)
    assert by_tempo[bpm] == pytest.approx(best, abs=0.15)
    assert by_tempo[bpm] > 0.6
    assert max(of(noise(12)).tempogram) < 0.2
    assert len(found.tempogram) == len(TEMPI)


@pytest.mark.parametrize("wave", [silence(1), silence(0.0001), np.zeros(1, np.float32)])
def test_silence_has_no_timbre(wave: Wave) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        heard = of(wave)
    assert heard.spectral_centroid is None
    assert heard.mfcc is None
    assert heard.chroma == [0] * 12
    assert set(heard.tempogram) == {0}


@pytest.mark.parametrize("wave", [np.array([0.5], np.float32), np.full(441, 0.5, np.float32), sine(440, 0.01)])
def test_the_shortest_sounds(wave: Wave) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        heard = of(wave)
    values = [v for name in Timbre.__struct_fields__ for v in np.ravel(getattr(heard, name))]
    assert np.isfinite(np.array(values, float)).all()
    assert 0 <= heard.temporal_centroid_share <= 1  # type: ignore[operator]


def test_dc_and_a_rate_of_its_own() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        timbre(Spectra(Sound(np.full((44_100, 2), 0.5, np.float32), 44_100)))
        low = timbre(Spectra(Sound(sine(440, 1, rate=8_000)[:, None], 8_000)))
    assert low.spectral_centroid == pytest.approx(440, rel=0.2)
