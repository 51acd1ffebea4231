"""What menus offer is what requests understand."""

import msgspec
import pytest

from engine.compose import warm
from engine.compose.chords import ChordsContext, ChordsRequest, compose_chords
from engine.compose.options import chords_options
from engine.compose.stock import rhythms, styles, voicings
from engine.errors import InvalidValue


def test_menus_are_complete() -> None:
    menus = chords_options("deep_house")
    assert (menus.style, menus.style_name) == ("deep_house", "Deep house")
    assert [len(menus.styles), len(menus.progressions), len(menus.rhythms), len(menus.voicings)] == [14, 12, 8, 8]
    assert menus.progressions[0].name == "i9 iv9"
    assert all(item.description.endswith(".") for item in menus.progressions)
    assert msgspec.json.encode(menus)


def test_auto_shows_the_style_a_take_would_have() -> None:
    context = ChordsContext(track_name="Liquid pad")
    menus = chords_options("auto", context, 174.0)
    take = compose_chords(ChordsRequest(context=context, tempo=174.0, progression="#2", seed=1))
    assert menus.style == take.resolved.style == "drum_and_bass"
    assert menus.progressions[1].id == take.resolved.progression


@pytest.mark.parametrize("style", [item.id for item in chords_options().styles])
def test_every_entry_can_be_asked_for(style: str) -> None:
    menus = chords_options(style)
    for item in menus.progressions:
        assert compose_chords(ChordsRequest(progression=item.id, bars=2, seed=1)).resolved.style == style
    for rhythm in menus.rhythms:
        assert compose_chords(ChordsRequest(style=style, rhythm=rhythm.id, bars=1, seed=1)).resolved.rhythm == rhythm.id
    for voicing in menus.voicings:
        take = compose_chords(ChordsRequest(style=style, voicing=voicing.id, bars=1, seed=1))
        assert take.resolved.voicing == voicing.id


@pytest.mark.parametrize(
    ("field", "given"), [("style", {"style": "polka"}), ("tempo", {"tempo": float("nan")}), ("tempo", {"tempo": 5})]
)
def test_what_is_not_allowed_is_refused(field: str, given: dict) -> None:
    with pytest.raises(InvalidValue) as refused:
        chords_options(**given)
    assert refused.value.field == field


def test_a_context_is_checked_here_too() -> None:
    with pytest.raises(InvalidValue):
        chords_options("auto", ChordsContext(track_name="x" * 500))


def test_after_warming_nothing_is_read_any_more() -> None:
    def reads() -> list[int]:
        return [shelf.cache_info().misses for shelf in (styles, rhythms, voicings)]

    warm()
    before = reads()
    assert min(before) > 0
    warm()
    compose_chords(ChordsRequest(seed=1))
    assert reads() == before
