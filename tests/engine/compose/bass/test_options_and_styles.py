"""The menus, and which style a name, a track or a tempo means."""

import pytest

import presets
from engine.compose.bass.options import bass_options
from engine.compose.bass.styles import bass_styles, find_style
from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from tests.engine.compose.bass.asked import STYLES


def test_the_menu_lists_every_style_and_the_one_in_use() -> None:
    found = bass_options("Drum & Bass".replace(" & ", "_and_"))
    assert found.style == "drum_and_bass"
    assert [entry.id for entry in found.styles] == list(STYLES)
    assert all(entry.description and entry.kick in ("with", "between") for entry in found.styles)


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("jazz", "walking"),
        ("Dub", "reggae"),
        ("808", "hip_hop"),
        ("303", "acid"),
        ("rolling", "deep_house"),
        ("dnb", "drum_and_bass"),
        ("pop", "root_fifth"),
        ("funk_soul", "funk"),
        ("Tech House", "house"),
    ],
)
def test_other_names_are_understood(name: str, style: str) -> None:
    assert find_style(name, None, 120)[0].id == style


def test_every_style_of_the_chords_has_its_bass() -> None:
    for name in presets.load("styles"):
        assert find_style(name, None, 120)[0].id in STYLES


@pytest.mark.parametrize(
    ("track", "style"),
    [
        ("Upright bass", "walking"),
        ("Acid line", "acid"),
        ("Dub bass", "reggae"),
        ("Trap sub", "trap"),
        ("Reese", "drum_and_bass"),
    ],
)
def test_a_track_says_its_style(track: str, style: str) -> None:
    found, notices = find_style("auto", ChordsContext(track_name=track), 120)
    assert found.id == style
    assert "track name" in notices[0]


def test_the_tempo_says_it_where_no_name_does() -> None:
    assert find_style("auto", None, 174)[0].id == "drum_and_bass"
    assert find_style("auto", None, 240)[0].id == "walking"


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidValue, match="style"):
        bass_options("polka")
    with pytest.raises(InvalidValue, match="tempo"):
        bass_options(tempo=5)


def test_a_style_is_itself_in_every_bar_of_its_file() -> None:
    assert bass_styles()["acid"].sequence is not None
    assert all(style.patterns for style in bass_styles().values() if style.id != "acid")
