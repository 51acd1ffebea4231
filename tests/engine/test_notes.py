"""Notes and beats: Live's fields, Live's defaults, and arithmetic that survives rounding."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.notes import (
    DENOMINATORS,
    Clip,
    Note,
    bar_start,
    beats_per_bar,
    beats_to_seconds,
    whole_bars,
)


def test_a_note_has_lives_fields_and_defaults():
    assert msgspec.to_builtins(Note(60, 1.5, 0.25)) == {
        "pitch": 60,
        "start_time": 1.5,
        "duration": 0.25,
        "velocity": 100.0,
        "mute": False,
        "probability": 1.0,
        "velocity_deviation": 0.0,
        "release_velocity": 64.0,
    }
    assert Note(60, 1.5, 0.25).end_time == 1.75


@pytest.mark.parametrize(
    "wrong",
    [
        {"pitch": 128},
        {"pitch": -1},
        {"duration": 0},
        {"velocity": 127.5},
        {"probability": 1.01},
        {"velocity_deviation": -128},
        {"release_velocity": 128},
    ],
)
def test_a_note_outside_lives_ranges_is_refused(wrong):
    note = {"pitch": 60, "start_time": 0, "duration": 1} | wrong
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(note, Note)


def test_a_clip_counts_bars_and_sorts_as_live_does():
    notes = [Note(64, 1, 1), Note(60, 1, 1), Note(67, 0, 1)]
    clip = Clip(9.0, notes, 6, 8)
    assert clip.beats_per_bar == 3.0
    assert clip.bars == 3.0
    assert [note.pitch for note in clip.sorted_notes()] == [67, 60, 64]
    assert [note.pitch for note in clip.notes] == [64, 60, 67]


@pytest.mark.parametrize(
    ("numerator", "denominator", "beats"), [(4, 4, 4.0), (6, 8, 3.0), (7, 16, 1.75), (3, 2, 6.0), (99, 1, 396.0)]
)
def test_beats_in_a_bar(numerator, denominator, beats):
    assert beats_per_bar(numerator, denominator) == beats
    assert bar_start(2, numerator, denominator) == 2 * beats


@pytest.mark.parametrize(
    ("numerator", "denominator", "field"),
    [(0, 4, "signature_numerator"), (100, 4, "signature_numerator"), (4, 3, "signature_denominator")],
)
def test_a_signature_live_cannot_show_is_refused(numerator, denominator, field):
    with pytest.raises(InvalidValue) as caught:
        beats_per_bar(numerator, denominator)
    assert caught.value.field == field


@given(st.integers(1, 512), st.integers(1, 99), st.sampled_from(DENOMINATORS))
def test_whole_bars_is_not_fooled_by_rounding(bars, numerator, denominator):
    length = bars * beats_per_bar(numerator, denominator)
    assert whole_bars(length, numerator, denominator) == bars
    assert whole_bars(length - 1e-9, numerator, denominator) == bars
    assert whole_bars(length + 0.01, numerator, denominator) == bars + 1


def test_whole_bars_is_at_least_one():
    assert whole_bars(0.0) == 1


def test_beats_to_seconds():
    assert beats_to_seconds(4, 120) == 2.0
    with pytest.raises(InvalidValue, match="tempo"):
        beats_to_seconds(4, 0)
