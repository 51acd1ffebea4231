"""What every generator ends with: exact swing, then a player's looseness, and never a lost note."""

import statistics
from copy import deepcopy
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose.dice import Dice
from engine.compose.feel.play import SMEAR_MS, perform
from engine.notes import Note

ROLES = ("drums", "bass", "melody", "chords", "arp")
BEAT = [Note(36, bar * 4.0 + place, 0.25, 110.0) for bar in range(8) for place in (0.0, 2.5)]
BEAT += [Note(38, bar * 4.0 + place, 0.25, 100.0) for bar in range(8) for place in (1.0, 3.0)]
BEAT += [Note(42, step / 4, 0.25, 80.0) for step in range(128)]


def play(notes, **more):
    wish = {"role": "drums", "humanise": 0.0, "swing": 0.0, "grid": 16, "tempo": 120.0, "metre": (4, 4), "length": 32.0}
    return perform(notes, dice=Dice(more.pop("seed", 3)), **wish | more)


def by_name(notes) -> list:
    return sorted(notes, key=lambda note: (note.pitch, note.start_time))


def test_at_zero_all_is_as_written() -> None:
    assert play(BEAT) == sorted(BEAT, key=lambda note: (note.start_time, note.pitch))
    assert play([]) == []


@pytest.mark.parametrize("grid", [8, 16])
@pytest.mark.parametrize("swing", [0.25, 1.0])
def test_swing_is_exact_on_all_voices(grid, swing) -> None:
    pair = 8 / grid
    for note, written in zip(by_name(play(BEAT, grid=grid, swing=swing)), by_name(BEAT), strict=True):
        if (written.start_time / pair) % 1 == 0.5:
            assert note.start_time == pytest.approx(written.start_time + swing * pair / 6, abs=1e-6)
        if (written.start_time / pair) % 1 == 0.0:
            assert note.start_time == written.start_time


def test_swing_keeps_legato() -> None:
    line = [Note(60 + step % 5, step / 4, 0.25) for step in range(32)]
    played = play(line, role="melody", swing=0.8, length=8.0)
    assert all(a.end_time == pytest.approx(b.start_time, abs=2e-6) for a, b in pairwise(played))


def late(humanise: float, seed: int, role: str = "drums") -> list[float]:
    played = play(BEAT, humanise=humanise, seed=seed, role=role)
    return [(a.start_time - b.start_time) * 500 for a, b in zip(by_name(played), by_name(BEAT), strict=True)]


@pytest.mark.parametrize("role", ROLES)
def test_looseness_grows_with_the_knob(role) -> None:
    widths = [statistics.fmean(statistics.pstdev(late(h, seed, role)) for seed in range(8)) for h in (0, 20, 50, 100)]
    assert widths == sorted(widths)
    assert widths[0] == 0
    assert 4 < widths[-1] < 30, "milliseconds"


def test_notes_written_together_never_smear() -> None:
    block = [Note(pitch, beat * 0.5, 0.5) for beat in range(64) for pitch in (48, 55, 60, 64, 67)]
    for role in ROLES:
        played = play(block, role=role, humanise=100, seed=8)
        for beat in range(64):
            starts = [n.start_time for n in played if abs(n.start_time - beat * 0.5) <= 0.2]
            assert len(starts) == 5
            assert (max(starts) - min(starts)) * 500 <= SMEAR_MS + 0.01


def test_rolls_lose_no_note() -> None:
    roll = [Note(42, step / 16, 1 / 16, 60 + step % 60) for step in range(128)]
    for seed in range(20):
        assert len(play(roll, humanise=100, swing=1.0, tempo=180, length=8.0, seed=seed)) == 128


def test_a_bar_does_not_know_how_many_there_are() -> None:
    whole = play(BEAT, humanise=80, swing=0.4)
    alone = play([note for note in BEAT if note.start_time < 16], humanise=80, swing=0.4)
    assert [n for n in whole if n.start_time < 15] == [n for n in alone if n.start_time < 15]


def test_what_rings_to_the_end_still_does() -> None:
    (note,) = play([Note(60, 28.0, 4.0)], role="chords", humanise=100, seed=1)
    assert note.end_time == 32.0


NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(30, 90),
        start_time=st.integers(0, 255).map(lambda n: n / 8),
        duration=st.sampled_from([0.05, 0.25, 1.0, 4.0]),
        velocity=st.floats(1, 127),
        mute=st.booleans(),
        probability=st.floats(0, 1),
    ),
    max_size=60,
    unique_by=lambda note: (note.pitch, note.start_time),
)


@given(
    notes=NOTES,
    role=st.sampled_from(ROLES),
    humanise=st.floats(0, 100),
    swing=st.floats(0, 1),
    grid=st.sampled_from([8, 16]),
    tempo=st.floats(20, 999),
    metre=st.sampled_from([(4, 4), (3, 4), (6, 8), (7, 8), (5, 4)]),
    seed=st.integers(0, 2**31 - 1),
)
def test_whatever_is_asked_the_notes_are_whole(notes, role, humanise, swing, grid, tempo, metre, seed) -> None:
    before = deepcopy(notes)
    wish = {"role": role, "humanise": humanise, "swing": swing, "grid": grid, "tempo": tempo, "metre": metre}
    played = play(notes, **wish, seed=seed)
    assert notes == before, "the input is not touched"
    assert played == play(notes, **wish, seed=seed)
    assert [(n.start_time, n.pitch) for n in played] == sorted((n.start_time, n.pitch) for n in played)
    assert all(n.start_time >= 0 and n.end_time <= 32.0 and 1 <= n.velocity <= 127 for n in played)
    assert sorted((n.pitch, n.mute, n.probability) for n in played) == sorted(
        (n.pitch, n.mute, n.probability) for n in notes
    )
    for pitch in {n.pitch for n in played}:
        row = [n for n in played if n.pitch == pitch]
        assert all(a.end_time <= b.start_time for a, b in pairwise(row))
