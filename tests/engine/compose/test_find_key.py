"""Where the key comes from, and what is done when key and progression disagree."""

import pytest

from engine.compose.find_key import find_key, fit_to_progression
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue

C_MAJOR_HEARD = [8.0, 0, 4, 0, 6, 3, 0, 6, 0, 4, 0, 2]


def test_what_is_asked_for_is_taken() -> None:
    found = find_key("Bb minor", None, None, "A minor")
    assert (found.key.name, found.notices) == ("Bb minor", ())


def test_lives_scale_comes_before_what_is_heard() -> None:
    context = ChordsContext(scale_mode=True, scale_root=2, scale_name="Dorian", pitch_classes=C_MAJOR_HEARD)
    found = find_key(None, None, context, "A minor")
    assert found.key.name == "D dorian"
    assert "Live's scale" in found.notices[-1]


def test_a_scale_switched_off_is_not_followed() -> None:
    context = ChordsContext(scale_mode=False, scale_root=2, scale_name="Dorian", pitch_classes=C_MAJOR_HEARD)
    found = find_key("follow", None, context, "A minor")
    assert found.key.name == "C major"
    assert "plays in the Set" in found.notices[-1]


def test_too_little_sound_is_not_trusted() -> None:
    quiet = ChordsContext(pitch_classes=[weight / 10 for weight in C_MAJOR_HEARD])
    found = find_key(None, None, quiet, "F minor")
    assert found.key.name == "F minor"
    assert "at home" in found.notices[-1]


def test_an_unknown_live_scale_is_said_and_passed_over() -> None:
    context = ChordsContext(scale_mode=True, scale_root=2, scale_name="Zirconian")
    found = find_key(None, None, context, "F minor")
    assert found.key.name == "F minor"
    assert "Zirconian" in found.notices[0]


@pytest.mark.parametrize(
    ("key", "mode", "expected", "camelot"),
    [
        ("10B", "minor", "B minor", "10A"),
        ("10B", "dorian", "E dorian", "10A"),
        ("8A", "major", "C major", "8B"),
        ("8B", "lydian", "F lydian", "8B"),
        ("10B", "major", "D major", "10B"),
        ("D major", "minor", "D minor", "7A"),
        ("D", "dorian", "D dorian", "8A"),
        ("d", None, "D minor", "7A"),
    ],
)
def test_a_mode_given_by_hand_overrides(key: str, mode: str | None, expected: str, camelot: str) -> None:
    found = find_key(key, mode, None, "A minor")
    assert (found.key.name, found.key.camelot) == (expected, camelot)


def test_a_camelot_number_is_kept_and_the_change_is_told() -> None:
    assert find_key("10B", "minor", None, "A minor").notices == (
        "10B is D major; with mode minor that is B minor (10A).",
    )


@pytest.mark.parametrize(
    ("key", "gender", "expected", "words"),
    [
        ("10B", "minor", "B minor", "10B is D major; this progression is minor, so B minor (10A) was used."),
        ("A minor", "major", "C major", "A minor was asked for; this progression is major, so C major (8B) was used."),
        ("F#", "minor", "F# minor", "F#: the progression is minor, so F# minor (11A) was used."),
        ("E phrygian", "major", "C major", "E phrygian was asked for"),
    ],
)
def test_a_progression_of_the_other_gender_moves_the_key(key: str, gender: str, expected: str, words: str) -> None:
    found = fit_to_progression(find_key(key, None, None, "A minor"), gender)
    assert found.key.name == expected
    assert words in found.notices[-1]


@pytest.mark.parametrize(("key", "gender"), [("D dorian", "minor"), ("F lydian", "major"), ("10B", None)])
def test_nothing_moves_when_they_agree(key: str, gender: str | None) -> None:
    found = find_key(key, None, None, "A minor")
    assert fit_to_progression(found, gender) is found


@pytest.mark.parametrize(
    ("key", "mode", "field"), [("H minor", None, "key"), ("13A", None, "key"), ("C", "blue", "mode")]
)
def test_what_is_no_key_is_refused(key: str, mode: str | None, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        find_key(key, mode, None, "A minor")
    assert refused.value.field == field
    assert len(refused.value.hint) > 20
