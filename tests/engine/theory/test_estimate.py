"""The key of a handful of notes."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.theory.keys import Key, estimate_key, usual_key

# i-iv-v-i and I-IV-V-I, a bar a chord: how many beats each pitch class sounds, from the tonic up.
MINOR_LOOP = [12, 0, 4, 8, 0, 4, 0, 12, 4, 0, 4, 0]
MAJOR_LOOP = [12, 0, 4, 0, 8, 4, 0, 12, 0, 4, 0, 4]


@pytest.mark.parametrize("tonic", range(12))
@pytest.mark.parametrize(("loop", "mode"), [(MINOR_LOOP, "minor"), (MAJOR_LOOP, "major")])
def test_progressions_name_their_key(tonic, loop, mode):
    weights = [loop[(pc - tonic) % 12] for pc in range(12)]
    key, confidence, second = estimate_key(weights)
    assert key == usual_key(tonic, mode)
    assert second != key
    assert 1 / 24 <= confidence <= 1


@given(st.lists(st.floats(0, 100), min_size=12, max_size=12).filter(any), st.integers(0, 11))
def test_transposing_the_notes_transposes_the_answer(weights, shift):
    moved = [weights[(pc - shift) % 12] for pc in range(12)]
    here, there = estimate_key(weights), estimate_key(moved)
    assert here[1] == pytest.approx(there[1], abs=1e-6)
    # Ties between keys may fall either way, so only a clear answer must follow exactly.
    if here[1] > 0.6:
        assert there[0] == usual_key(here[0].tonic_pc + shift, here[0].mode)


def test_a_tonic_that_sounds_longer_is_surer():
    flat = estimate_key([1, 0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1])
    leaning = estimate_key([4, 0, 1, 0, 2, 1, 0, 3, 0, 1, 0, 1])
    assert flat[0] == leaning[0] == Key("C", "major")
    assert leaning[1] > 0.7 > flat[1]


def test_no_direction_means_no_confidence():
    assert estimate_key([1] * 12)[1] == pytest.approx(1 / 24)


@pytest.mark.parametrize(
    "weights", [[], [1] * 11, [0] * 12, [-1] + [1] * 11, [float("nan")] * 12, [float("inf")] + [0] * 11]
)
def test_what_is_no_histogram_is_refused(weights):
    with pytest.raises(InvalidValue, match="pitch_classes"):
        estimate_key(weights)


def test_same_answer_as_music21():
    from music21 import note, stream
    from music21.analysis import discrete

    judge = discrete.KrumhanslSchmuckler()
    dice = random.Random(21)
    for _ in range(12):
        weights = [dice.choice([0, 0, 1, 2, 3, 4]) for _ in range(12)]
        if not any(weights):
            continue
        notes = stream.Stream()
        for pc, weight in enumerate(weights):
            if weight:
                notes.append(note.Note(60 + pc, quarterLength=weight))
        theirs = judge.getSolution(notes)
        ours = estimate_key(weights)[0]
        assert (ours.tonic_pc, ours.mode) == (theirs.tonic.pitchClass, theirs.mode)
