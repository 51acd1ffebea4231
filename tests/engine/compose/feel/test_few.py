"""A handful of notes is played number by number, and comes out as with numpy: to the last bit."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.compose.dice import Dice
from engine.compose.feel import play
from engine.compose.feel.play import perform
from engine.notes import Note

PLACES = st.one_of(
    st.integers(0, 64).map(lambda step: step / 4),
    st.floats(0.0, 16.0).map(lambda beat: round(beat, 3)),
    st.sampled_from([15.99, 1.0, 1.004, 1.0049, 4 / 3]),
)
LASTS = st.sampled_from([0.01, 0.125, 0.25, 0.333, 0.5, 1.0, 3.75, 16.0])
# Few pitches, so that many meet; those of a kit, so that drummers know them.
NOTES = st.builds(Note, st.sampled_from([36, 38, 42, 46, 51, 60, 64]), PLACES, LASTS, st.floats(1.0, 127.0))
WISHES = st.fixed_dictionaries(
    {
        "role": st.sampled_from(["drums", "bass", "melody", "chords", "arp"]),
        "humanise": st.sampled_from([0.0, 20.0, 63.5, 100.0]),
        "swing": st.sampled_from([0.0, 0.31, 1.0]),
        "grid": st.sampled_from([8, 16]),
        "tempo": st.sampled_from([20.0, 97.3, 174.0, 999.0]),
        "metre": st.sampled_from([(4, 4), (7, 8), (6, 8), (3, 4), (1, 16)]),
        "length": st.sampled_from([16.0, 7.9, 80.0]),
    }
)
CHORD = [Note(pitch, beat, 0.5, 90.0) for beat in (0.0, 0.5, 1.0) for pitch in (60, 64, 67)]
CROWD = [Note(60, 1.0 + place / 200, 0.25, 80.0) for place in range(12)]
TIGHT = {"role": "melody", "humanise": 100.0, "swing": 0.31, "grid": 16, "tempo": 174.0, "metre": (4, 4)}


@pytest.fixture(scope="module")
def with_numpy() -> object:
    """Plays any number of notes with numpy."""

    def played(*args: object, **wish: object) -> list[Note]:
        few, play.FEW = play.FEW, 0
        try:
            return perform(*args, **wish)
        finally:
            play.FEW = few

    return played


@settings(max_examples=40)
@given(notes=st.lists(NOTES, max_size=play.FEW), wish=WISHES, seed=st.integers(0, 999))
@example(notes=CHORD, wish=TIGHT | {"length": 16.0}, seed=1)
@example(notes=CROWD, wish=TIGHT | {"length": 1.05}, seed=2)
def test_few_notes_are_played_as_many_are(with_numpy, notes, wish, seed) -> None:
    assert repr(perform(notes, dice=Dice(seed), **wish)) == repr(with_numpy(notes, dice=Dice(seed), **wish))


def test_it_is_asked_for_few_notes_only(monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(play, "few_fingered", lambda starts, *_: asked.append(len(starts)) or ([0.0], [0.0]))
    many = [Note(60, place / 4, 0.25) for place in range(play.FEW + 1)]
    perform(many, dice=Dice(1), **TIGHT, length=32.0)
    perform(many[:1], dice=Dice(1), **TIGHT, length=32.0)
    assert asked == [1]
