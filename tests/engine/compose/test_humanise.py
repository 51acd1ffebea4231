"""Touch: loose but never smeared, never outside the clip, never twice the same pitch at once."""

import statistics

import pytest

from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.stock import styles
from tests.engine.compose import chord_measures as ear


def take(**more):
    return compose_chords(ChordsRequest(**{"style": "house", "seed": 4, "rhythm": "stabs", "bars": 16} | more))


def chords_of(result) -> list[list]:
    groups: list[list] = []
    for note in result.notes:
        if groups and note.start_time - groups[-1][0].start_time < 0.1:
            groups[-1].append(note)
        else:
            groups.append([note])
    return groups


def test_at_zero_all_is_on_the_grid_at_one_loudness() -> None:
    for style in styles():
        result = take(style=style, humanise=0)
        assert all((note.start_time * 4).is_integer() for note in result.notes)
        assert len({note.velocity for note in result.notes}) == 1


@pytest.mark.parametrize("tempo", [60.0, 125.0, 174.0, 300.0])
def test_a_chord_never_smears(tempo: float) -> None:
    result = take(humanise=100, tempo=tempo)
    for group in chords_of(result):
        spread = max(note.start_time for note in group) - min(note.start_time for note in group)
        assert spread <= 0.0601
        assert spread * 60_000 / tempo <= 25.1


def test_chords_are_rolled_from_the_bottom() -> None:
    late = []
    for group in chords_of(take(humanise=100, tempo=100)):
        ordered = sorted(group, key=lambda note: note.pitch)
        late.append(ordered[-1].start_time - ordered[0].start_time)
    assert statistics.fmean(late) > 0


def test_the_hand_drifts_like_a_hand() -> None:
    deviations = []
    for seed in range(12):
        loose, strict = take(humanise=100, seed=seed, bars=32), take(humanise=0, seed=seed, bars=32)
        middle = lambda group: statistics.fmean(note.start_time for note in group)  # noqa: E731
        pairs = zip(chords_of(loose), chords_of(strict), strict=True)
        deviations.append([(middle(a) - middle(b)) * 500 for a, b in pairs])
    spread = statistics.fmean(statistics.pstdev(row) for row in deviations)
    assert 10 < spread < 20, "milliseconds"
    together = statistics.fmean(statistics.correlation(row[:-1], row[1:]) for row in deviations)
    assert 0.1 < together < 0.4, "neighbours hang together"


def test_no_note_starts_before_the_clip_or_ends_after_it() -> None:
    for seed in range(40):
        result = take(humanise=100, tempo=300, seed=seed, bars=2, rhythm="pads")
        assert min(note.start_time for note in result.notes) >= 0
        assert max(note.start_time + note.duration for note in result.notes) <= 8


def test_jazz_swings_its_off_beats_as_the_knob_is_turned() -> None:
    def lateness(humanise: float) -> float:
        notes = [
            note
            for seed in range(6)
            for note in take(style="jazz", rhythm="comping", humanise=humanise, tempo=120, seed=seed).notes
            if 0.3 < note.start_time % 1 < 0.9
        ]
        return statistics.fmean(note.start_time % 1 for note in notes) - 0.5

    assert lateness(0) == 0
    assert 0.01 < lateness(30) < lateness(100)
    assert 0.09 < lateness(100) < 0.17, "near a triplet"


def test_the_top_voice_is_leaned_on() -> None:
    result = take(humanise=30)
    tops = [max(group, key=lambda note: note.pitch).velocity for group in chords_of(result)]
    lows = [min(group, key=lambda note: note.pitch).velocity for group in chords_of(result)]
    assert statistics.fmean(tops) > statistics.fmean(lows) + 2


def test_the_same_strikes_sound_at_any_humanise() -> None:
    assert len(ear.onsets(take(humanise=0))) == len(ear.onsets(take(humanise=100)))
    assert len(take(humanise=0).notes) == len(take(humanise=100).notes)
