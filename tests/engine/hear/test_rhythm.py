"""Rhythm on drums of which every beat is known, and on what has none."""

import numpy as np
import pytest

from engine.errors import InvalidValue
from engine.hear import rhythm as heard
from engine.hear.rhythm_result import Hints, Rhythm
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from tests.engine.hear.signals import Wave, noise, placed, silence, sine

RATE = 44_100


def rhythm(wave: Wave, hints: Hints | None = None) -> Rhythm:
    return heard.rhythm(Spectra(Sound(wave[:, None], RATE)), hints)


def kick(click: bool = True) -> Wave:
    time = np.arange(RATE // 4) / RATE
    wave = 0.8 * np.sin(2 * np.pi * (50 * time + 4 * (1 - np.exp(-35 * time)))) * np.exp(-14 * time)
    return np.asarray(wave + click * noise(0.25, 0.2, seed=1) * np.exp(-400 * time), np.float32)


def snare() -> Wave:
    time = np.arange(RATE // 5) / RATE
    wave = (noise(0.2, 0.3, seed=3) + 0.24 * np.sin(2 * np.pi * 190 * time)) * np.exp(-20 * time)
    return np.asarray(wave, np.float32)


def hat(level: float = 0.2) -> Wave:
    time = np.arange(round(0.08 * RATE)) / RATE
    return np.asarray(level * np.diff(noise(0.08, 1.0, seed=2), append=0) * np.exp(-60 * time), np.float32)


def rock(bpm: float, seconds: float = 20.0, swing: float = 0.0, meter: int = 4, first: float = 0.0) -> Wave:
    """Kick on one (and three), snares on the other beats, hats on eighths of which the second comes late."""
    beat, events = 60 / bpm, []
    for number in range(int((seconds - first) / beat) + 1):
        at = first + number * beat
        low = number % meter in ((0, 2) if meter == 4 else (0,))
        events += [(at, kick() if low else snare()), (at, hat()), (at + (0.5 + swing / 6) * beat, hat(0.15))]
    return placed(seconds, events)


def house(bpm: float, click: bool, seconds: float = 20.0) -> Wave:
    beat = 60 / bpm
    beats = range(int(seconds / beat) + 1)
    events = [(number * beat, kick(click)) for number in beats]
    events += [((number + 0.5) * beat, hat()) for number in beats]
    return placed(seconds, [*events, *((number * beat, 0.6 * snare()) for number in beats[1::2])])


@pytest.mark.parametrize("bpm", [90.0, 120.0, 128.37, 174.0])
def test_a_steady_tempo_is_right_to_a_twentieth(bpm: float) -> None:
    result = rhythm(rock(bpm))
    assert result.tempo.bpm == pytest.approx(bpm, abs=0.05)
    assert result.tempo.steady
    assert len(result.tempo.curve) == 1
    assert result.tempo.confidence > 0.4


def test_the_octaves_that_may_be_meant_are_octaves_of_what_was_heard() -> None:
    tempo = rhythm(rock(124)).tempo
    ratios = [each.bpm / tempo.bpm for each in tempo.candidates]
    assert ratios[0] == 1
    octaves = [ratio for ratio in ratios if abs(ratio - 0.5) < 0.02 or abs(ratio - 2) < 0.08]
    assert octaves
    assert octaves == pytest.approx([0.5 if ratio < 1 else 2.0 for ratio in octaves], abs=1e-4)


def test_beats_lie_where_they_are_played() -> None:
    result = rhythm(rock(100, first=0.25))
    true = 0.25 + 0.6 * np.arange(len(result.beats))
    assert np.abs(np.array(result.beats) - true).max() < 0.02
    assert result.grid_offset == pytest.approx(0.25, abs=0.02)
    assert result.downbeats[:3] == pytest.approx([0.25, 2.65, 5.05], abs=0.02)


def test_a_loop_begins_with_its_first_beat() -> None:
    result = rhythm(rock(90))
    assert result.beats[0] < 0.02
    assert result.grid_offset == result.beats[0]


@pytest.mark.parametrize("click", [True, False])
def test_a_kick_without_a_click_is_still_the_beat(click: bool) -> None:
    result = rhythm(house(126, click))
    assert result.tempo.bpm == pytest.approx(126, abs=0.05)
    assert min(result.beats[1] % (60 / 126), 60 / 126 - result.beats[1] % (60 / 126)) < 0.03


@pytest.mark.parametrize("bpm", [118.0, 125.0, 133.33])
@pytest.mark.parametrize("click", [True, False])
def test_four_bars_of_kicks_with_hats_between_are_not_twice_as_fast(bpm: float, click: bool) -> None:
    beat = 60 / bpm
    events = [(n * beat, kick(click)) for n in range(16)] + [((n + 0.5) * beat, hat()) for n in range(16)]
    result = rhythm(placed(16 * beat, events))
    assert result.tempo.bpm == pytest.approx(bpm, abs=0.02)
    assert len(result.beats) == 16
    assert result.downbeats == pytest.approx([0, 4 * beat, 8 * beat, 12 * beat], abs=0.02)


def test_a_loop_with_silence_at_its_end_keeps_the_tempo_of_its_onsets() -> None:
    wave = np.concatenate([rock(110, 16 * 60 / 110), silence(0.07)])
    result = rhythm(wave)
    assert result.tempo.bpm == pytest.approx(110, abs=0.2)
    assert len(result.beats) == 16


@pytest.mark.parametrize("meter", [3, 5])
def test_bars_of_other_lengths(meter: int) -> None:
    result = rhythm(rock(130, meter=meter))
    assert (result.meter.numerator, result.meter.denominator) == (meter, 4)
    assert np.diff(result.downbeats) == pytest.approx(np.full(len(result.downbeats) - 1, meter * 60 / 130), abs=0.03)


def test_swing_is_measured_and_straight_is_straight() -> None:
    assert rhythm(rock(90, swing=1.0)).swing.amount == pytest.approx(1.0, abs=0.12)
    assert rhythm(rock(90, swing=0.5)).swing.amount == pytest.approx(0.5, abs=0.12)
    assert rhythm(rock(90)).swing.amount < 0.1


@pytest.mark.parametrize("seconds", [1 / RATE, 0.01, 0.5, 3.0])
def test_silence_and_the_very_short_have_no_tempo(seconds: float) -> None:
    result = rhythm(silence(seconds))
    assert result.tempo.bpm is None
    assert (result.beats, result.downbeats, result.grid_offset) == ([], [], None)
    assert result.tempo.words


@pytest.mark.parametrize(
    "wave",
    [
        noise(10.0),
        sine(220, 10.0),
        np.full(4 * RATE, 0.3, np.float32),
        placed(3.0, [(0.0, kick())]),
        sine(220, 8.0, 0.1) + sine(277, 8.0, 0.1) + sine(330, 8.0, 0.1),
    ],
    ids=["noise", "sine", "constant", "one hit", "drone"],
)
def test_what_has_no_beat_is_given_none(wave: Wave) -> None:
    assert rhythm(wave).tempo.bpm is None


def test_hints_are_priors_in_words() -> None:
    wave = rock(90)
    agreed = rhythm(wave, Hints(name="loop_90bpm.wav"))
    assert agreed.tempo.bpm == pytest.approx(90, abs=0.05)
    assert "agrees" in agreed.tempo.prior
    refused = rhythm(wave, Hints(tempo=131))
    assert refused.tempo.bpm == pytest.approx(90, abs=0.05)
    assert "otherwise" in refused.tempo.prior
    assert rhythm(wave).tempo.prior == ""


@pytest.mark.parametrize("tempo", [0.0, 19.9, 1000.0])
def test_a_hint_out_of_range_is_refused(tempo: float) -> None:
    with pytest.raises(InvalidValue):
        rhythm(rock(90, 3.0), Hints(tempo=tempo))


def test_level_does_not_matter() -> None:
    wave = rock(110, 12.0)
    assert rhythm(wave).beats == pytest.approx(rhythm(0.05 * wave).beats, abs=0.005)


def test_a_tempo_that_moves_is_a_curve() -> None:
    times, at, beat = [], 0.0, 0.5
    while at < 30:
        times.append(at)
        at, beat = at + beat, beat * 1.004  # 120 BPM to 95
    result = rhythm(placed(30.0, [(t, kick() if n % 2 == 0 else snare()) for n, t in enumerate(times)]))
    assert not result.tempo.steady
    assert result.tempo.curve[0].bpm == pytest.approx(119, abs=4)
    assert result.tempo.curve[-1].bpm == pytest.approx(95, abs=5)
