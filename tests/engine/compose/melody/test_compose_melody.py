"""What holds for every melody, whatever is asked for."""

from __future__ import annotations

import itertools
import math
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.compose.melody.compose import MelodyRequest, compose_melody, rehearse_melodies
from engine.compose.melody.style import styles
from engine.compose.part.request import ChordAt
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.notes import Note, beats_per_bar
from engine.theory.symbols import read_symbol
from tests.engine.compose.melody.melody_measures import one_at_a_time, takes

PERCENT = st.floats(0, 100)
METRES = st.sampled_from([(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (2, 2), (7, 16), (1, 4), (11, 8)])
NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(0, 127),
        start_time=st.floats(-2, 20),
        duration=st.floats(0.05, 6),
        velocity=st.floats(0, 127),
    ),
    max_size=12,
)
REQUESTS = st.fixed_dictionaries(
    {
        "style": st.sampled_from(["auto", *styles()]),
        "bars": st.integers(1, 9),
        "seed": st.integers(0, 2**31 - 1),
        "tempo": st.floats(20, 999),
        "key": st.sampled_from(["C major", "F# minor", "D dorian", "8A", "follow"]),
        "progression": st.sampled_from(["auto", "i VI III VII", "Dm7 G7 | Cmaj7", "C", "E7alt A7 D7 G7"]),
        "contour": st.sampled_from(["auto", "arch", "rise", "fall", "wave", "level"]),
        "phrase": st.sampled_from([2, 4, 8]),
        "range": st.integers(5, 36),
        "register": st.none() | st.integers(36, 96),
        "clip_length": st.none() | st.floats(0.0625, 40),
        "swing_grid": st.sampled_from(["style", "8", "16"]),
        "before": st.none() | NOTES,
        "line": st.none() | NOTES,
        **dict.fromkeys(
            ("density", "complexity", "humanise", "swing", "variation", "tension", "rests", "leaps"), PERCENT
        ),
    }
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(asked=REQUESTS, metre=METRES)
def test_whatever_is_asked_the_notes_are_sound(asked: dict[str, Any], metre: tuple[int, int]) -> None:
    request = MelodyRequest(signature_numerator=metre[0], signature_denominator=metre[1], **asked)
    take = compose_melody(request)
    made = take.notes
    assert take.length <= request.bars * beats_per_bar(*metre)
    assert made == sorted(made, key=lambda note: (note.start_time, note.pitch))
    for note in made:
        assert note.start_time >= 0
        assert note.duration > 0
        assert note.end_time <= take.length
        assert 1 <= note.velocity <= 127
        assert take.resolved.lowest <= note.pitch <= take.resolved.highest
    assert take.resolved.highest - take.resolved.lowest <= request.range
    assert one_at_a_time(made)
    assert all(abs(b.pitch - a.pitch) <= 12 for a, b in itertools.pairwise(made))
    assert compose_melody(request) == take
    assert msgspec.convert(msgspec.to_builtins(take), type(take)) == take


@pytest.mark.parametrize("style", styles())
def test_tones_are_of_the_key_the_chord_or_the_style(style: str) -> None:
    own = {int(degree) for degree in styles()[style].colour}
    for seed in range(8):
        take = compose_melody(MelodyRequest(style=style, seed=seed, key="Eb major", progression="I vi7 II7 V7"))
        for note in take.notes:
            sounding = [span for span in take.chords if span.start <= note.start_time + 0.13]
            chord = read_symbol(sounding[-1].symbol)
            allowed = {3, 5, 7, 8, 10, 0, 2} | set(chord.pcs) | {(3 + degree) % 12 for degree in own}
            assert note.pitch % 12 in allowed, (note, chord.symbol)


def test_a_bar_does_not_hang_on_how_many_follow() -> None:
    for style in ("pop", "house", "jazz"):
        long = compose_melody(MelodyRequest(style=style, seed=5, bars=16, key="C", progression="C Am F G"))
        short = compose_melody(MelodyRequest(style=style, seed=5, bars=5, key="C", progression="C Am F G"))
        starts = [(note.start_time, note.pitch) for note in long.notes if note.start_time < 19.5]
        assert starts == [(note.start_time, note.pitch) for note in short.notes if note.start_time < 19.5]


def test_a_knob_leaves_other_choices_where_they_were() -> None:
    plain, other = takes(6), takes(6, leaps=90)
    for one, two in zip(plain, other, strict=True):
        assert [note.start_time for note in one.notes] == [note.start_time for note in two.notes]
    loud = takes(6, humanise=0)
    assert [[note.pitch for note in take.notes] for take in plain] == [
        [note.pitch for note in take.notes] for take in loud
    ]


def test_seeds_make_different_melodies() -> None:
    made = {tuple((note.start_time, note.pitch) for note in take.notes) for take in takes(40)}
    assert len(made) == 40


def test_the_id_names_the_recipe() -> None:
    once, again, other = (
        compose_melody(MelodyRequest(seed=seed, key="C", style="pop", tension=tension))
        for seed, tension in ((3, 35.0), (3, 35.0), (3, 36.0))
    )
    assert once.take == again.take
    assert once.take != other.take


def test_what_was_resolved_makes_the_same_again() -> None:
    for seed in range(6):
        take = compose_melody(MelodyRequest(seed=seed, progression="Am F C", context=ChordsContext(track_name="House")))
        known = msgspec.to_builtins(take.resolved)
        again = {name: known[name] for name in MelodyRequest.__struct_fields__ if name in known}
        # "auto" follows a drawn course lightly, a course that is asked for firmly.
        again["contour"] = "auto"
        second = compose_melody(MelodyRequest(seed=take.seed, **again))
        assert second.notes == take.notes


def test_wide_leaps_turn_back() -> None:
    for take in takes(40, leaps=100):
        for a, b, c in zip(take.notes, take.notes[1:], take.notes[2:], strict=False):
            first, second = b.pitch - a.pitch, c.pitch - b.pitch
            if abs(first) >= 8:
                assert first * second <= 0 or abs(second) <= 4


def test_strong_beats_stand_on_the_chord() -> None:
    strong = [
        note.pitch % 12 in {0: (0, 4, 7), 1: (7, 11, 2), 2: (9, 0, 4), 3: (5, 9, 0)}[int(note.start_time // 4) % 4]
        for take in takes(60)
        for note in take.notes
        if note.start_time % 2 == 0
    ]
    assert 0.70 <= sum(strong) / len(strong) <= 0.90


@pytest.mark.parametrize("metre", [(3, 4), (5, 4), (6, 8), (7, 8)])
def test_other_metres_have_their_own_weight(metre: tuple[int, int]) -> None:
    bar = beats_per_bar(*metre)
    made = [
        note.start_time % bar
        for take in takes(40, signature_numerator=metre[0], signature_denominator=metre[1], humanise=0)
        for note in take.notes
    ]
    odd = sum(round(start * 4) % 2 for start in made) / len(made)
    assert odd < 0.3
    assert made.count(0.0) / len(made) > 1.05 / (bar * 2)
    if metre == (6, 8):
        # Two groups of three eighths: the second dotted beat is struck more often than the quarters of 3/4.
        assert made.count(1.5) > made.count(1.0)


def test_auto_takes_the_style_from_the_name_then_the_tempo() -> None:
    for name, tempo, style in (
        ("Deep house lead", 174, "deep_house"),
        ("Keys", 92, "pop"),
        ("", 122, "house"),
        ("", 130, "techno"),
        ("", 138, "trance"),
        ("", 174, "drum_and_bass"),
        ("Film strings", 122, "cinematic"),
    ):
        take = compose_melody(MelodyRequest(seed=1, tempo=tempo, context=ChordsContext(track_name=name)))
        assert take.resolved.style == style, name


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tension", 101),
        ("rests", -1),
        ("leaps", math.nan),
        ("density", math.inf),
        ("range", 4),
        ("range", 37),
        ("range", 12.5),
        ("register", 35),
        ("register", 97),
        ("phrase", 3),
        ("phrase", True),
        ("contour", "zigzag"),
        ("style", "polka"),
        ("before", [1]),
        ("line", [Note(60, math.nan, 1)]),
        ("bars", 0),
        ("key", "H sharp"),
        ("progression", " "),
        ("chords", []),
        ("tempo", 5),
        ("seed", -1),
    ],
)
def test_bad_input_is_refused_by_name(field: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        compose_melody(MelodyRequest(**{field: value}))
    assert refused.value.field == field
    assert refused.value.hint


def test_chords_given_in_time_are_followed() -> None:
    chords = [
        ChordAt(start=0, duration=2, root=2, pitch_classes=[2, 5, 9], bass=2),
        ChordAt(start=2, duration=2, symbol="G7"),
    ]
    take = compose_melody(MelodyRequest(seed=2, key="C major", chords=chords, bars=2, style="pop"))
    assert [span.symbol for span in take.chords] == ["Dm", "G7", "Dm", "G7"]
    assert take.resolved.source == "chords"


def test_rehearsal_meets_every_style() -> None:
    assert list(rehearse_melodies()) == list(styles())


def test_a_short_clip_says_so() -> None:
    take = compose_melody(MelodyRequest(seed=1, clip_length=6.5))
    assert take.length == 6.5
    assert any("6.5 beats long" in notice for notice in take.notices)
