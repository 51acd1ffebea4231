"""The built-in kit: every role sounds like what it is, harder is brighter, all are levelled."""

import numpy as np
import pytest

from engine.compose.drums.roles import ROLES
from engine.compose.kit.hits import ALTERNATES, LAYERS, LEVELS, built_in_hit, layer_of, loudness_gain
from engine.compose.kit.shelf import kit_sounds
from engine.compose.kit.signal import band, hit_loudness, noise, seconds, tone

RATE = 44100
KITS = list(kit_sounds())


def centre(sound: np.ndarray) -> float:
    """Middle of the spectrum, Hz."""
    power = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


def lasts(sound: np.ndarray) -> float:
    """Seconds until 95 % of the energy has passed."""
    energy = np.cumsum((sound**2).sum(axis=1))
    return float(np.searchsorted(energy, 0.95 * energy[-1]) / RATE)


def hit(role: str, layer: int = LAYERS - 1, kit: str = "club") -> np.ndarray:
    return built_in_hit(kit, role, layer, 0, RATE)


@pytest.mark.parametrize("kit", KITS)
def test_every_role_is_in_every_kit_and_sounds(kit: str) -> None:
    assert set(LEVELS) == set(ROLES)
    for role in ROLES:
        sound = hit(role, 3, kit)
        assert np.isfinite(sound).all()
        assert sound.shape[1] == 2
        assert 0.01 < lasts(sound) < 3.0
        # The first millisecond is silent to no ear: a hit is on time.
        onset = np.flatnonzero(np.abs(sound).max(axis=1) > 0.1 * np.abs(sound).max())[0] / RATE
        assert onset < 0.012, role


@pytest.mark.parametrize("kit", KITS)
def test_roles_lie_where_they_belong(kit: str) -> None:
    found = {role: centre(hit(role, LAYERS - 1, kit)) for role in ROLES}
    assert found["sub"] < 80
    assert found["kick"] < 250
    assert found["low_tom"] < found["mid_tom"] < found["high_tom"] < 1000
    assert found["conga_low"] < found["conga_high"]
    assert found["kick"] < found["snare"] < found["hat"]
    assert found["hat"] > 5000
    assert found["open_hat"] > 5000
    assert found["crash"] > 2500
    assert lasts(hit("hat", 5, kit)) < 0.5 * lasts(hit("open_hat", 5, kit)) < 0.9 * lasts(hit("crash", 5, kit))


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"hat_low", "sub", "clave"}))
def test_a_harder_blow_is_brighter(role: str) -> None:
    soft, middle, hard = (centre(hit(role, layer)) for layer in (0, 2, 5))
    assert soft < middle < hard


def test_kits_differ() -> None:
    for role in ("kick", "snare", "hat", "clap", "low_tom"):
        a, b, c = (centre(hit(role, 4, kit)) for kit in KITS)
        assert len({round(a), round(b), round(c)}) == 3


def test_two_strikes_in_a_row_are_not_the_same_samples() -> None:
    assert ALTERNATES == 2
    for role in ("hat", "snare", "clap"):
        one, other = (built_in_hit("club", role, 4, turn, RATE) for turn in (0, 1))
        assert not np.array_equal(one, other)
        assert centre(one) == pytest.approx(centre(other), rel=0.1)


def test_a_hit_is_the_same_every_time_and_shared_safely() -> None:
    sound = hit("snare")
    built_in_hit.cache_clear()
    assert np.array_equal(sound, hit("snare"))
    with pytest.raises(ValueError, match="read-only"):
        sound[0] = 1.0


@pytest.mark.parametrize("kit", KITS)
def test_all_hits_are_equally_loud_before_the_mix(kit: str) -> None:
    for role in ROLES:
        for layer in (0, 5):
            assert hit_loudness(hit(role, layer, kit).astype(np.float64), RATE) == pytest.approx(1.0, rel=0.12), role


def test_levels_follow_role_and_velocity() -> None:
    assert loudness_gain("kick", 127) > loudness_gain("snare", 127) > loudness_gain("hat", 127)
    gains = [loudness_gain("snare", velocity) for velocity in (1, 30, 64, 100, 127)]
    assert gains == sorted(gains)
    assert 20 * np.log10(gains[4] / gains[2]) == pytest.approx(10.1, abs=0.3)
    assert [layer_of(velocity) for velocity in (1, 64, 127)] == [0, 3, 5]


def test_at_48_khz_a_hit_has_the_same_pitch() -> None:
    sound = built_in_hit("club", "sub", 5, 0, 48000)
    power = np.abs(np.fft.rfft(sound[:, 0])) ** 2
    assert np.fft.rfftfreq(len(sound), 1 / 48000)[power.argmax()] == pytest.approx(46.25, abs=2)


def test_a_band_keeps_what_lies_in_it_and_moves_nothing() -> None:
    time = seconds(0.5, RATE)
    both = tone(time, 200.0) + tone(time, 5000.0)
    low, high = band(both, RATE, high=800, steep=4), band(both, RATE, low=1500, steep=4)
    middle = slice(4000, -4000)
    assert np.abs(low - tone(time, 200.0))[middle].max() < 0.02
    assert np.abs(high - tone(time, 5000.0))[middle].max() < 0.02


def test_the_ear_hears_little_of_the_lowest() -> None:
    time = seconds(0.5, RATE)
    assert hit_loudness(tone(time, 25.0), RATE) < 0.3 * hit_loudness(tone(time, 400.0), RATE)
    assert hit_loudness(tone(time, 4000.0), RATE) > 1.3 * hit_loudness(tone(time, 400.0), RATE)
    assert hit_loudness(np.zeros(100), RATE) == 0
    assert noise(5, 1).tolist() == noise(5, 1).tolist()
