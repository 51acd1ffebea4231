"""Notes as Live keeps them, and which style a track asks for."""

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose.part.auto import choose_style
from engine.compose.part.finish import finished
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.notes import Note

NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(58, 62),
        start_time=st.floats(-1, 9, allow_nan=False),
        duration=st.floats(0.001, 6, allow_nan=False),
        velocity=st.floats(1, 127),
    ),
    max_size=24,
)


@given(NOTES, st.floats(0.1, 8))
def test_notes_are_sorted_inside_and_never_twice_at_once(notes: list[Note], length: float) -> None:
    before = msgspec.json.encode(notes)
    out = finished(notes, length)
    assert msgspec.json.encode(notes) == before
    assert out == sorted(out, key=lambda note: (note.start_time, note.pitch))
    assert all(note.start_time >= 0 and note.end_time <= length and note.duration > 0 for note in out)
    for pitch in range(58, 63):
        row = [note for note in out if note.pitch == pitch]
        assert all(one.end_time <= other.start_time for one, other in itertools.pairwise(row))
    assert finished(out, length) == out


def test_the_louder_of_two_that_start_together_stays() -> None:
    assert [note.velocity for note in finished([Note(60, 0, 1, 50), Note(60, 0, 1, 90)], 4)] == [90]


class Style(msgspec.Struct, frozen=True):
    id: str
    name: str
    words: tuple[str, ...]
    tempo: tuple[int, int]


STYLES = {
    style.id: style
    for style in (
        Style("house", "House", ("house",), (118, 128)),
        Style("deep_house", "Deep house", ("deep", "deep house"), (116, 124)),
        Style("dnb", "Drum and bass", ("dnb", "drum and bass"), (165, 180)),
    )
}


@pytest.mark.parametrize(
    ("name", "tempo", "wanted", "found"),
    [
        ("Deep house bass", 174, "auto", "deep_house"),
        ("my HOUSE", 120, "auto", "house"),
        ("", 172, "auto", "dnb"),
        ("", 126, "auto", "house"),
        ("", 60, "auto", "deep_house"),
        ("dnb", 174, "House", "house"),
    ],
)
def test_words_first_then_tempo(name: str, tempo: float, wanted: str, found: str) -> None:
    style, notices = choose_style(STYLES, wanted, ChordsContext(track_name=name), tempo)
    assert style.id == found
    assert bool(notices) == (wanted == "auto")


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(InvalidValue, match="house"):
        choose_style(STYLES, "hause", None, 120)
