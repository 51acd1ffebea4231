"""A clip is known again by its notes."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.bass.compose import BassRequest, compose_bass
from engine.notes import Note
from engine.taste.mark import changed_share, mark_of

NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(0, 127),
        start_time=st.integers(0, 64_000_000).map(lambda step: step / 1e6),
        duration=st.integers(1, 8_000_000).map(lambda step: step / 1e6),
        velocity=st.integers(1, 127).map(float),
    ),
    min_size=1,
    max_size=20,
)


def moved(note: Note, **changes: float) -> Note:
    fields = {name: getattr(note, name) for name in note.__struct_fields__}
    return Note(**{**fields, **changes})


@settings(max_examples=30)
@given(NOTES, st.randoms(use_true_random=False), st.floats(-1e-9, 1e-9))
def test_order_and_hairs_do_not_matter(notes: list[Note], dice: random.Random, hair: float) -> None:
    again = [moved(note, start_time=note.start_time + hair, duration=note.duration + abs(hair)) for note in notes]
    dice.shuffle(again)
    assert mark_of(again) == mark_of(notes)
    assert len(mark_of(notes)) == 16


def test_every_change_one_hears_matters() -> None:
    notes = compose_bass(BassRequest(seed=1)).notes
    first = notes[0]
    marks = {mark_of(notes), mark_of(notes[1:])}
    for changes in ({"pitch": 1}, {"start_time": 9.01}, {"duration": 0.13}, {"velocity": 3}, {"mute": True}):
        marks.add(mark_of([moved(first, **changes), *notes[1:]]))
    assert len(marks) == 7
    assert mark_of([moved(first, release_velocity=1.0), *notes[1:]]) == mark_of(notes)
    assert mark_of([]) == ""


def test_how_much_was_changed() -> None:
    notes = compose_bass(BassRequest(seed=1)).notes
    assert changed_share(notes, notes) == 0
    assert changed_share([], []) == 0
    assert changed_share(notes, []) == changed_share([], notes) == 1
    assert changed_share(notes, [moved(note, pitch=note.pitch + 1) for note in notes]) == 1
    louder = changed_share(notes, [moved(note, velocity=1.0) for note in notes])
    assert 0.3 < louder < 0.35
    one = changed_share(notes, [moved(notes[0], pitch=1), *notes[1:]])
    assert abs(one - 1 / len(notes)) < 1e-9
