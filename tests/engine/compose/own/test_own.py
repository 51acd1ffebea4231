"""A style learnt from clips: what is counted, what is blended, and that the knob only ever hands over more."""

import sqlite3
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.bass.compose import compose_bass
from engine.compose.bass.request import BassRequest
from engine.compose.dice import Dice
from engine.compose.drums.compose import compose_drums
from engine.compose.drums.request import DrumsRequest, Pad
from engine.compose.melody.compose import compose_melody
from engine.compose.melody.request import MelodyRequest
from engine.compose.own.blend import blended
from engine.compose.own.describe import described
from engine.compose.own.learn import Lesson, learn
from engine.compose.own.model import FORMAT, OwnStyle
from engine.compose.own.shelf import Shelf
from engine.compose.part.harmony import Harmony, find_harmony
from engine.compose.part.request import PartRequest
from engine.errors import InvalidValue
from engine.notes import Note
from engine.store import Store

# A bass of roots and octaves with a pick-up, two bars of A minor.
_LINE = [(0, 33), (0.5, 45), (1.5, 33), (2, 45), (3.75, 40), (4, 33), (4.5, 45), (5.5, 33), (6, 45), (7.75, 31)]
BASS = [Note(pitch, start, 0.25, 100) for start, pitch in _LINE]
HOUSE = [
    *(Note(36, float(beat), 0.25, 110) for beat in range(8)),
    *(Note(46, beat + 0.5, 0.25, 80) for beat in range(8)),
    *(Note(39, float(beat), 0.25, 96) for beat in (1, 3, 5, 7)),
]
PLAIN = [Note(36, float(beat), 1.0, 90) for beat in range(16)]


def harmony(bars: int = 4, metre: tuple[int, int] = (4, 4)) -> Harmony:
    request = PartRequest(progression="i VI", key="A minor", bars=bars)
    return find_harmony(request, "house", bars * metre[0] * 4 / metre[1], Dice(1))


def own_bass() -> OwnStyle:
    return learn("My bass", "bass", [Lesson(name="loop", notes=BASS, length=8)])


def own_drums() -> OwnStyle:
    return learn("My house", "drums", [Lesson(name="loop", notes=HOUSE, length=8)])


def play(style: OwnStyle, amount: float, seed: int = 1, base: list[Note] | None = None) -> list[Note]:
    given_notes = PLAIN if base is None else base
    return blended(given_notes, style, amount, harmony=harmony(), bar=4.0, length=16.0, dice=Dice(seed))


def test_what_was_played_is_what_was_counted() -> None:
    style = own_drums()
    assert style.cells["0"] == {"0:36:112 6:46:80": 2}
    assert style.cells["1"] == {"0:36:112 0:39:96 6:46:80": 2}
    assert (style.low, style.high, style.bars, style.version, style.format) == (36, 46, 2, 1, FORMAT)
    assert style.groove["2"].velocity == 80


def test_at_nothing_the_generator_plays_alone() -> None:
    assert play(own_drums(), 0) == PLAIN


def test_at_all_the_user_plays_alone_and_sounds_like_the_clip() -> None:
    out = play(own_drums(), 100, base=[])
    assert {(note.start_time % 4, note.pitch) for note in out} == {(n.start_time % 4, n.pitch) for n in HOUSE}


def test_a_line_keeps_the_users_rhythm_and_the_songs_harmony() -> None:
    found = harmony()
    out = play(own_bass(), 100)
    assert {note.start_time % 4 for note in out} <= {start % 4 for start, _ in _LINE}
    assert all(note.pitch % 12 in {*found.scale, *found.at(note.start_time).chord.pcs} for note in out)
    roots = [note.pitch % 12 == found.at(note.start_time).chord.root for note in out if note.start_time % 1 == 0]
    assert sum(roots) / len(roots) > 0.6  # the clip has its roots on the beats
    assert all(28 <= note.pitch <= 52 for note in out)


@pytest.mark.parametrize("style", [own_bass(), own_drums()], ids=["bass", "drums"])
def test_the_knob_only_hands_over_more(style: OwnStyle) -> None:
    strange = [Note(100, beat + 0.25, 0.25, 90) for beat in range(16)]
    left = [{n.start_time for n in play(style, amount, 3, strange) if n.pitch == 100} for amount in range(0, 101, 10)]
    assert all(later <= earlier for earlier, later in pairwise(left))
    assert len(left[0]) == 16
    assert left[-1] == set()
    assert 3 <= len(left[5]) <= 13


def test_two_seeds_play_differently_and_one_seed_the_same() -> None:
    style = learn("Line", "bass", [Lesson(name="a", notes=BASS, length=8), Lesson(name="b", notes=PLAIN, length=16)])
    assert play(style, 100, 1) == play(style, 100, 1)
    takes = {msgspec.json.encode(play(style, 100, seed)) for seed in range(10)}
    assert len(takes) >= 8


def test_bars_before_do_not_depend_on_bars_after() -> None:
    style = own_bass()
    short = blended(PLAIN[:8], style, 60, harmony=harmony(2), bar=4.0, length=8.0, dice=Dice(5))
    long = play(style, 60, 5)
    assert [n for n in long if n.end_time <= 7] == [n for n in short if n.end_time <= 7]


def test_learning_more_adds_up_and_leaves_the_first_alone() -> None:
    first = own_bass()
    before = msgspec.json.encode(first)
    second = learn("whatever", "bass", [Lesson(name="again", notes=BASS, length=8)], first)
    assert msgspec.json.encode(first) == before
    assert (second.id, second.name, second.version, second.bars) == ("my_bass", "My bass", 2, 4)
    assert all(
        second.cells[context][cell] == 2 * count for context, row in first.cells.items() for cell, count in row.items()
    )


def test_it_tells_what_it_learnt() -> None:
    words = " ".join(described(own_bass()))
    assert "1 clip, 2 bars, around 120 BPM" in words
    assert "G0 to A1" in words
    assert "root" in words
    drums = " ".join(described(own_drums()))
    assert "C1 (8)" in drums


@pytest.mark.parametrize(
    ("name", "role", "lessons", "field"),
    [
        ("", "bass", [Lesson(name="a", notes=BASS)], "name"),
        ("***", "bass", [Lesson(name="a", notes=BASS)], "name"),
        ("x", "kazoo", [Lesson(name="a", notes=BASS)], "role"),
        ("x", "bass", [], "lessons"),
        ("x", "bass", [Lesson(name="a", notes=BASS[:3])], "lessons"),
        ("x", "bass", [Lesson(name="a", notes=[Note(60, 0, float("nan"))] * 5)], "lessons"),
        ("x", "bass", [Lesson(name="a", notes=BASS, tempo=0)], "lessons"),
        ("x", "bass", [Lesson(name="a", notes=[msgspec.structs.replace(n, mute=True) for n in BASS])], "lessons"),
    ],
)
def test_what_cannot_be_learnt_is_refused(name: str, role: str, lessons: list[Lesson], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        learn(name, role, lessons)
    assert refused.value.field == field


def test_drums_are_learnt_by_role_from_any_rack() -> None:
    rack = [Note({36: 1, 46: 2, 39: 3}[note.pitch], note.start_time, 0.25, note.velocity) for note in HOUSE]
    pads = [Pad(pitch=1, name="BD 909"), Pad(pitch=2, name="OH"), Pad(pitch=3, name="Clap")]
    style = learn("Mine", "drums", [Lesson(name="a", notes=rack, length=8, kit=pads)])
    assert style.cells == own_drums().cells
    with pytest.raises(InvalidValue, match='0 of the 20 hits in "a" are on pads that say what they are'):
        learn("Mine", "drums", [Lesson(name="a", notes=rack, length=8)])


def shape(notes: list[Note]) -> set[tuple[float, int]]:
    return {(note.start_time % 4, note.pitch) for note in notes}


def test_every_generator_takes_up_its_style_as_far_as_asked() -> None:
    asked = {"own": "mine", "own_amount": 100, "humanise": 0, "bars": 4, "seed": 3}
    drums = compose_drums(DrumsRequest(style="dnb", swing_grid="16", **asked), own_drums())
    assert shape(drums.notes) == shape(HOUSE)
    assert {lane.role for lane in drums.lanes} == {"kick", "clap", "open_hat"}
    bass = compose_bass(BassRequest(style="trance", key="A minor", swing_grid="16", **asked), own_bass())
    assert {note.start_time % 4 for note in bass.notes} <= {start % 4 for start, _ in _LINE}
    line = learn(
        "Line", "melody", [Lesson(name="a", notes=[msgspec.structs.replace(n, pitch=n.pitch + 36) for n in BASS])]
    )
    tune = compose_melody(MelodyRequest(key="A minor", swing_grid="16", **asked), line)
    assert {note.start_time % 4 for note in tune.notes} <= {start % 4 for start, _ in _LINE}
    rack = [Pad(pitch=80, name="Kick"), Pad(pitch=81, name="Clap"), Pad(pitch=82, name="Open Hat")]
    other = compose_drums(DrumsRequest(style="dnb", kit=rack, **asked), own_drums())
    assert {note.pitch for note in other.notes} == {80, 81, 82}


def test_a_take_with_a_style_of_ones_own_is_another_take() -> None:
    plain = compose_bass(BassRequest(seed=1))
    assert compose_bass(BassRequest(seed=1), own_bass()) == plain  # not asked for
    mine = compose_bass(BassRequest(seed=1, own="my_bass"), own_bass())
    assert mine.take != plain.take
    assert mine.resolved.own == "my_bass"
    assert compose_bass(BassRequest(seed=1, own="my_bass", own_amount=0), own_bass()).notes == plain.notes


@pytest.mark.parametrize(
    ("style", "wanted", "field"),
    [(None, {"own": "nobody"}, "own"), (own_drums(), {"own": "x"}, "own"), (None, {"own_amount": 101}, "own_amount")],
)
def test_a_style_that_is_not_there_or_plays_something_else_is_refused(
    style: OwnStyle | None, wanted: dict[str, object], field: str
) -> None:
    for play_it in (
        lambda: compose_bass(BassRequest(**wanted), style),
        lambda: compose_melody(MelodyRequest(**wanted), style),
    ):
        with pytest.raises(InvalidValue) as refused:
            play_it()
        assert refused.value.field == field


def test_a_drum_style_does_not_learn_a_bass() -> None:
    with pytest.raises(InvalidValue, match="plays drums"):
        learn("x", "bass", [Lesson(name="a", notes=BASS)], own_drums())


CLIPS = st.lists(
    st.builds(
        Note,
        pitch=st.integers(35, 60),
        start_time=st.floats(0, 15.9),
        duration=st.floats(0.05, 4),
        velocity=st.floats(1, 127),
    ),
    min_size=4,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(
    CLIPS,
    st.sampled_from(["drums", "bass", "melody"]),
    st.floats(0, 100),
    st.integers(0, 9999),
    st.sampled_from([(4, 4), (3, 4), (7, 8)]),
)
def test_any_clip_can_be_learnt_and_played(
    notes: list[Note], role: str, amount: float, seed: int, metre: tuple[int, int]
) -> None:
    numerator, denominator = metre
    lesson = Lesson(name="a", notes=notes, signature_numerator=numerator, signature_denominator=denominator)
    style = msgspec.json.decode(msgspec.json.encode(learn("Any", role, [lesson])), type=OwnStyle)
    bar = numerator * 4 / denominator
    out = blended(PLAIN, style, amount, harmony=harmony(4, metre), bar=bar, length=4 * bar, dice=Dice(seed))
    assert out == sorted(out, key=lambda note: (note.start_time, note.pitch))
    assert all(note.start_time >= 0 and note.end_time <= 16 and 0 <= note.pitch <= 127 for note in out)
    for pitch in {note.pitch for note in out}:
        row = [note for note in out if note.pitch == pitch]
        assert all(one.end_time <= other.start_time for one, other in pairwise(row))
    assert all(described(style))


def test_the_shelf_keeps_finds_and_forgets(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    shelf = Shelf(Store(path))
    shelf.learn("My bass", "bass", [Lesson(name="a", notes=BASS)])
    shelf.learn("My bass", "bass", [Lesson(name="b", notes=BASS)])
    again = Shelf(Store(path))
    assert [(style.name, style.version) for style in again.all()] == [("My bass", 2)]
    assert again.get("MY BASS").id == again.get("my_bass").id
    with pytest.raises(InvalidValue, match='Did you mean "My bass"'):
        again.get("my bas")
    assert again.forget("my_bass").name == "My bass"
    assert shelf.all() == []
    with pytest.raises(InvalidValue, match="Nothing was learnt"):
        shelf.get("my_bass")
    assert sqlite3.connect(path).execute("SELECT count(*) FROM own_styles").fetchone() == (0,)


def test_a_lesson_can_be_taken_back_until_nothing_is_left(tmp_path: Path) -> None:
    shelf = Shelf(Store(tmp_path / "s.sqlite"))
    first = shelf.learn("My bass", "bass", [Lesson(name="a", notes=BASS)])
    second = shelf.learn("My bass", "bass", [Lesson(name="b", notes=PLAIN, length=16)])
    assert (first.notes, second.notes) == (10, 26)
    with pytest.raises(InvalidValue, match="learnt more since"):
        shelf.unlearn("My bass", 1)
    assert shelf.unlearn("My bass", 2) == first == shelf.get("my_bass")
    assert shelf.unlearn("my_bass") is None
    assert shelf.all() == []
    with pytest.raises(InvalidValue, match="Nothing was learnt"):
        shelf.unlearn("My bass")


def test_what_was_forgotten_leaves_nothing_to_come_back(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    shelf = Shelf(Store(path))
    for _ in range(20):
        shelf.learn("My bass", "bass", [Lesson(name="a", notes=BASS)])
    for _ in range(16):
        shelf.unlearn("My bass")
    assert shelf.get("My bass").version == 4
    with pytest.raises(InvalidValue, match="not kept any more"):
        shelf.unlearn("My bass")
    shelf.learn("My bass", "bass", [Lesson(name="a", notes=BASS)])
    shelf.forget("My bass")
    assert sqlite3.connect(path).execute("SELECT count(*) FROM own_styles_before").fetchone() == (0,)


@pytest.mark.parametrize(("name", "style"), [("My Dub Bass!", "my_dub_bass"), ("Ночь 2", "ночь_2"), ("低音", "低音")])
def test_a_name_may_be_in_any_script(name: str, style: str) -> None:
    assert learn(name, "bass", [Lesson(name="a", notes=BASS)]).id == style
