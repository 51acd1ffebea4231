"""Ids are read kindly and refused clearly; a track's words outweigh the tempo."""

import pytest

from engine.compose.auto_style import auto_style
from engine.compose.stock import pick, rhythms, stock_progression, styles, voicings
from engine.errors import InvalidValue


def test_menus_keep_their_order() -> None:
    assert next(iter(styles())) == "house"
    assert list(styles())[-1] == "reggaeton"
    assert len(styles()) == 14
    assert list(rhythms()) == ["pads", "stabs", "offbeat", "charleston", "pulse", "comping", "push", "tresillo"]
    assert list(voicings()) == ["close", "drop2", "drop3", "spread", "shell", "rootless", "quartal", "stab"]


@pytest.mark.parametrize("text", ["deep_house", "Deep house", "deep-house", " DEEP HOUSE "])
def test_ids_are_read_as_people_write_them(text: str) -> None:
    assert pick("style", text, styles()) == "deep_house"


def test_an_unknown_id_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(InvalidValue) as refused:
        pick("style", "tecno", styles())
    assert refused.value.field == "style"
    assert 'Did you mean "techno"?' in refused.value.hint
    assert all(name in refused.value.hint for name in ("auto", *styles()))


def test_stock_progressions_are_found_by_id() -> None:
    found = stock_progression("house.anthem")
    assert found is not None
    assert (found[0].id, found[1].figures) == ("house", "i VI III VII")
    assert stock_progression("house.polka") is None


@pytest.mark.parametrize(
    ("track", "tempo", "style"),
    [
        ("Deep Keys", 174.0, "deep_house"),
        ("House Piano", 124.0, "house"),
        ("3-Tech House stab", 100.0, "tech_house"),
        ("Dub Techno Chords", 124.0, "techno"),
        ("D&B pad", 120.0, "drum_and_bass"),
        ("drum & bass", 90.0, "drum_and_bass"),
        ("Lofi Rhodes beat", 80.0, "lo_fi"),
        ("lo-fi", 140.0, "lo_fi"),
        ("Boom-Bap loop", 90.0, "hip_hop"),
        ("Jazz trio", 124.0, "jazz"),
        ("PERREO", 124.0, "reggaeton"),
        ("Neo Soul keys", 90.0, "funk_soul"),
        ("Drill 808", 142.0, "trap"),
    ],
)
def test_words_in_the_name_decide(track: str, tempo: float, style: str) -> None:
    found, notice = auto_style(track, tempo)
    assert found.id == style
    assert "track's name" in notice


@pytest.mark.parametrize(
    ("tempo", "style"),
    [(60, "ambient"), (75, "lo_fi"), (88, "hip_hop"), (96, "reggaeton"), (110, "pop"), (124, "house"),
     (130, "techno"), (145, "trap"), (174, "drum_and_bass"), (240, "jazz")],
)  # fmt: skip
def test_the_tempo_decides_when_the_name_says_nothing(tempo: float, style: str) -> None:
    found, notice = auto_style("4-MIDI", tempo)
    assert found.id == style
    assert "tempo" in notice


def test_words_inside_words_do_not_count() -> None:
    assert auto_style("Greenhouse trapeze", 174.0)[0].id == "drum_and_bass"
