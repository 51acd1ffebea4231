"""An error's sentence is what a producer reads: it must name the field, the value and the way out."""

import pytest

from engine.errors import EngineError, InvalidValue, closest, shorten


def test_invalid_value_says_field_value_and_hint():
    error = InvalidValue("bars", 65, "Use 1 to 64.")
    assert (error.field, error.value, error.hint) == ("bars", 65, "Use 1 to 64.")
    assert str(error) == "bars: 65 is not allowed. Use 1 to 64."
    assert isinstance(error, ValueError)


def test_a_huge_value_does_not_come_back_whole():
    assert len(str(InvalidValue("key", "x" * 1_000_000, "Short."))) < 120
    assert len(str(InvalidValue("weights", list(range(10_000)), "Short."))) < 120


def test_a_value_is_spelled_on_one_line_and_short():
    assert shorten("a\nb") == "'a\\nb'"
    assert shorten("x" * 10**7) == "'" + "x" * 78 + "…"
    assert shorten({str(n): n for n in range(20)}) == "an object with 20 members"
    # Python itself refuses to spell numbers this long.
    assert shorten(10**5000) == "a very large number"


def test_engine_error_carries_its_hint():
    error = EngineError("music21 is not installed.", "Install it.")
    assert str(error) == "music21 is not installed."
    assert error.hint == "Install it."
    assert EngineError("plain").hint == ""


@pytest.mark.parametrize(
    ("word", "expected"),
    [("dorain", 'Did you mean "dorian"? '), ("DORIAN", 'Did you mean "dorian"? '), ("zzz", ""), ("", "")],
)
def test_closest_names_the_nearest_word(word, expected):
    assert closest(word, ["dorian", "lydian"]) == expected
