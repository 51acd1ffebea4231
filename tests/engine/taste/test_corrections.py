"""What is set right again and again decides where hearing is in two minds, and never what is clear."""

from __future__ import annotations

import pytest

from engine.hear.key_result import named
from engine.taste.corrections import Corrected, Habits, habits_of, lean_key, lean_tempo, told
from engine.theory.keys import Key

KEYS: list[Key] = [named(place) for place in range(24)]
C_MAJOR, A_MINOR, C_MINOR = 0, 21, 12


def halved(times: int, bpm: float = 174.0) -> Habits:
    return habits_of([Corrected("tempo", str(bpm), str(bpm / 2))] * times)


def shares(**of: float) -> list[float]:
    found = [0.001] * 24
    for name, share in of.items():
        found[{"c_major": C_MAJOR, "a_minor": A_MINOR, "c_minor": C_MINOR}[name]] = share
    return found


def test_who_always_halves_174_gets_87_where_both_are_near() -> None:
    lean = lean_tempo(halved(6), [(174.02, 0.5), (116.0, 0.3), (87.01, 0.4)])
    assert lean is not None
    assert (lean.place, lean.times) == (2, 6)
    assert lean.words == "as you corrected it 6 times at 160 to 200 BPM"


@pytest.mark.parametrize(
    "habits", [Habits(), halved(1), halved(6, 120.0), habits_of([Corrected("tempo", "170", "340")] * 9)]
)
def test_nothing_or_little_or_other_habits_leave_what_was_heard(habits: Habits) -> None:
    assert lean_tempo(habits, [(174.0, 0.5), (87.0, 0.4)]) is None


def test_clear_evidence_stands_however_often_it_was_set_right() -> None:
    assert lean_tempo(halved(10_000), [(174.0, 0.9), (87.0, 0.05)]) is None
    assert lean_tempo(halved(10_000), [(174.0, 0.6), (87.0, 0.6 * 0.34)]) is None
    assert lean_tempo(halved(10_000), [(174.0, 0.6), (87.0, 0.6 * 0.36)]) is not None
    assert lean_tempo(halved(10_000), [(174.0, 0.6), (116.0, 0.5)]) is None
    assert lean_tempo(halved(10_000), []) is None


def test_the_less_near_it_is_the_more_often_it_must_have_been_said() -> None:
    needed = []
    for share in (0.49, 0.35, 0.25, 0.19):
        candidates = [(174.0, 0.5), (87.0, share)]
        needed.append(next(times for times in range(100) if lean_tempo(halved(times), candidates)))
    assert needed == sorted(needed)
    assert needed[0] >= 3
    assert len(set(needed)) == 4


def test_saying_that_it_was_right_speaks_against_the_habit() -> None:
    right = [Corrected("tempo", "174", "174.5")] * 6
    both = habits_of([*right, *[Corrected("tempo", "172", "86")] * 6])
    assert both.tempo == {"160-200": {"same": 6, "half": 6}}
    assert lean_tempo(both, [(174.0, 0.5), (87.0, 0.45)]) is None


def test_keys_go_to_their_kin_by_the_mode_that_was_heard() -> None:
    relative = habits_of([Corrected("key", "C major", "A minor"), *[Corrected("key", "Eb major", "Cm")] * 5])
    assert relative.key == {"major": {"relative": 6}}
    lean = lean_key(relative, KEYS, shares(c_major=0.45, a_minor=0.4))
    assert lean is not None
    assert (lean.place, lean.words) == (A_MINOR, "as you corrected it 6 times where major was heard")
    assert lean_key(relative, KEYS, shares(c_major=0.45, c_minor=0.4)) is None
    assert lean_key(relative, KEYS, shares(a_minor=0.45, c_major=0.4)) is None, "a minor key was never set right"
    assert lean_key(relative, KEYS, shares(c_major=0.8, a_minor=0.1)) is None
    parallel = habits_of([Corrected("key", "C major", "C minor")] * 6)
    found = lean_key(parallel, KEYS, shares(c_major=0.45, c_minor=0.4))
    assert found is not None
    assert found.place == C_MINOR
    assert lean_key(relative, KEYS, []) is None


def test_what_is_no_octave_and_no_kin_or_makes_no_sense_is_not_counted() -> None:
    odd = [
        ("tempo", "174", "121"),
        ("tempo", "0", "100"),
        ("tempo", "fast", "90"),
        ("key", "C major", "D major"),
        ("key", "H", "C"),
    ]
    assert not habits_of(Corrected(*each) for each in odd)


def test_habits_are_told_in_words() -> None:
    habits = habits_of(
        [
            *[Corrected("tempo", "60", "120")] * 2,
            Corrected("tempo", "210", "210"),
            *[Corrected("key", "C major", "A minor")] * 3,
        ]
    )
    assert [each.words for each in told(habits)] == [
        "The relative key where major was heard: 3 times.",
        "Twice the tempo under 70 BPM: twice.",
        "The tempo as heard at 200 BPM and more: once.",
    ]
