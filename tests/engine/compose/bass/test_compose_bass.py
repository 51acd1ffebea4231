"""What holds for every bass line, whatever was asked for."""

import itertools

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.bass.compose import BassRequest, compose_bass, rehearse_bass
from engine.compose.part.request import ChordAt
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.notes import beats_per_bar
from tests.engine.compose.bass.asked import METRES, STYLES, asked, slides

percent = st.one_of(st.sampled_from([0.0, 50.0, 100.0]), st.floats(0, 100))
chord = st.builds(
    ChordAt,
    start=st.floats(0, 40),
    duration=st.floats(0.1, 8),
    root=st.integers(0, 11),
    pitch_classes=st.lists(st.integers(0, 11), min_size=1, max_size=5),
    bass=st.none() | st.integers(0, 11),
)
requests = st.builds(
    lambda metre, **fields: BassRequest(signature_numerator=metre[0], signature_denominator=metre[1], **fields),
    metre=st.sampled_from(METRES),
    style=st.sampled_from(STYLES),
    bars=st.integers(1, 9),
    seed=st.integers(0, 10_000),
    tempo=st.floats(40, 300),
    key=st.none() | st.sampled_from(["C major", "F# minor", "Bb dorian"]),
    chords=st.none() | st.lists(chord, min_size=1, max_size=6),
    kick=st.none() | st.lists(st.floats(0, 12), max_size=12),
    clip_length=st.none() | st.floats(0.0625, 20),
    swing_grid=st.sampled_from(["style", "8", "16"]),
    **dict.fromkeys(
        (
            *("density", "complexity", "humanise", "swing", "variation"),
            *("movement", "syncopation", "ghosts", "lock", "slide"),
        ),
        percent,
    ),
)


@settings(max_examples=150, deadline=None)
@given(requests)
def test_notes_lie_inside_the_clip_in_register_and_in_order(request: BassRequest) -> None:
    result = compose_bass(request)
    assert result.notes
    assert [(note.start_time, note.pitch) for note in result.notes] == sorted(
        (note.start_time, note.pitch) for note in result.notes
    )
    ends: dict[int, float] = {}
    for note in result.notes:
        assert 28 <= note.pitch <= 55
        assert note.start_time >= 0
        assert note.end_time <= result.length + 1e-9
        assert note.duration > 0
        assert 1 <= note.velocity <= 127
        assert note.start_time >= ends.get(note.pitch, 0.0) - 1e-9
        ends[note.pitch] = note.end_time
    assert compose_bass(request) == result


@settings(max_examples=80, deadline=None)
@given(requests)
def test_every_bar_is_served(request: BassRequest) -> None:
    request = msgspec.structs.replace(request, humanise=0.0, clip_length=None)
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    result = compose_bass(request)
    heard = {int((note.start_time + 1e-6) // bar) for note in result.notes if note.velocity >= 60}
    assert heard == set(range(request.bars))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("metre", METRES)
def test_a_bar_does_not_hang_on_how_many_follow(style: str, metre: tuple[int, int]) -> None:
    fields = {"signature_numerator": metre[0], "signature_denominator": metre[1], "progression": "i | VI | III | VII"}
    bar = beats_per_bar(*metre)
    long = asked(style=style, bars=8, **fields)
    short = asked(style=style, bars=4, **fields)
    upto = 3 * bar  # the last bar of the short one leads back to its beginning
    told = [(note.start_time, note.pitch) for note in short.notes if note.start_time < upto - 0.2]
    assert told == [(note.start_time, note.pitch) for note in long.notes if note.start_time < upto - 0.2]


@pytest.mark.parametrize("style", STYLES)
def test_seeds_give_different_lines(style: str) -> None:
    takes = {tuple((note.start_time, note.pitch) for note in asked(style=style, seed=seed).notes) for seed in range(20)}
    assert len(takes) >= 19
    assert len({asked(style=style, seed=seed).take for seed in range(20)}) == 20


@pytest.mark.parametrize("style", [style for style in STYLES if style != "walking"])
def test_the_key_is_respected(style: str) -> None:
    """Patterns play chord tones and the scale, but for approach notes and the colours of high Complexity."""
    for seed in range(8):
        result = asked(style=style, seed=seed, key="A minor", progression="i VI III VII", movement=0, complexity=20)
        scale = {9, 11, 0, 2, 4, 5, 7}
        assert {note.pitch % 12 for note in result.notes} <= scale


@pytest.mark.parametrize("style", STYLES)
def test_one_note_sounds_at_a_time_where_nothing_slides(style: str) -> None:
    for seed in range(6):
        assert slides(asked(style=style, seed=seed, slide=0).notes) == 0


def test_a_slide_is_a_tenth_of_a_beat_into_another_pitch() -> None:
    notes = asked(style="acid", slide=100, swing=0, swing_grid="16").notes
    over = [(a, b) for a, b in itertools.pairwise(notes) if a.end_time > b.start_time + 1e-6]
    assert len(over) > 5
    for note, after in over:
        assert note.pitch != after.pitch
        assert note.end_time - after.start_time == pytest.approx(0.1, abs=1e-6)


def test_a_chord_stands_on_its_own_bass() -> None:
    chords = [ChordAt(start=0, duration=4, symbol="C/E"), ChordAt(start=4, duration=4, symbol="F")]
    for style in STYLES:
        notes = asked(style=style, key="C major", chords=chords, bars=2, complexity=0).notes
        first = next(note for note in notes if note.velocity >= 60)
        assert first.pitch % 12 == 4, style


def test_what_was_made_is_told() -> None:
    result = asked(style="jazz", chords=[ChordAt(start=0, duration=8, symbol="Dm7")], kick=[0, 2.5])
    assert result.resolved.style == "walking"
    assert result.resolved.source == "chords"
    assert result.resolved.locked
    assert result.summary == f"Walking: {len(result.notes)} notes, 8 bars, D minor"
    assert [span.symbol for span in result.chords] == ["Dm7"]
    assert asked(clip_length=3.0).notices[-1] == "The clip is 3 beats long, so the bass ends there."
    assert asked(style="auto", context=ChordsContext(track_name="Sub 808")).resolved.style == "hip_hop"
    assert not asked(kick=[], seed=2).resolved.locked


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("style", "polka", "Use one of"),
        ("slide", float("nan"), "0 to 100"),
        ("movement", 101, "0 to 100"),
        ("kick", [0.0, -1.0], "Kick 2"),
        ("kick", [9000.0], "8192"),
        ("kick", (0.0,), "list"),
        ("bars", 0, "1 to 64"),
        ("chords", [], "at least one"),
    ],
)
def test_bad_input_is_refused_in_words(field: str, value: object, words: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        asked(**{field: value})
    assert refusal.value.field == field
    assert words in refusal.value.hint


def test_rehearsing_meets_every_style() -> None:
    assert list(rehearse_bass()) == [style for style in STYLES for _ in (0, 1)]
