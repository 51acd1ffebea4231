"""What is refused, what the menus offer, what "auto" takes."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compose.drums.compose import ChordsContext, DrumsRequest, compose_drums, genre_of, rehearse_drums
from engine.compose.drums.options import drums_options
from engine.compose.drums.vocabulary import genres
from engine.errors import InvalidValue


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("density", 0.0), ("density", 2.01), ("density", float("nan")), ("density", True)),
        *((knob, value) for knob in ("complexity", "variation", "fills", "ghosts") for value in (-1, 101, None)),
        *(("humanise", float("inf")), ("swing", "50"), ("swing_grid", "32"), ("phrase", 5), ("phrase", True)),
        *(("build", "riser"), ("bars", 0), ("bars", 65), ("bars", 2.5), ("seed", -1), ("tempo", 0)),
        *(("signature_numerator", 0), ("signature_denominator", 3), ("clip_length", 0.01), ("style", 7)),
    ],
)
def test_what_cannot_be_is_refused_by_name_with_a_hint(field: str, value: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        compose_drums(DrumsRequest(**{"style": "house", field: value}))
    assert refused.value.field == field
    assert refused.value.hint


@pytest.mark.parametrize(
    ("tempo", "style"), [(75, "ambient"), (80, "lo_fi"), (95, "hiphop"), (120, "house"), (133, "techno"), (174, "dnb")]
)
def test_auto_takes_what_is_usual_at_a_tempo(tempo: float, style: str) -> None:
    result = compose_drums(DrumsRequest(tempo=tempo, seed=1))
    assert result.resolved.style == style
    assert result.notices[0].startswith("Style: ")


@pytest.mark.parametrize(
    ("name", "style"),
    [
        ("Deep House Drums", "deep_house"),
        ("Dembow", "dembow"),
        ("garage beat", "uk_garage"),
        ("Jungle Breaks", "jungle"),
        ("my trap hats", "trap"),
        ("D&B loop", "dnb"),
    ],
)
def test_auto_reads_the_track_s_name(name: str, style: str) -> None:
    assert genre_of("auto", ChordsContext(track_name=name), 120)[0].id == style


def test_the_menus_offer_every_genre_with_its_kit() -> None:
    options = drums_options()
    assert [option.id for option in options.styles] == list(genres())
    assert options.style == "house"
    house = options.styles[0]
    assert {lane.role for lane in house.lanes if lane.always} >= {"kick", "open_hat"}
    assert not next(lane.always for lane in house.lanes if lane.role == "clap")
    assert house.tempo[0] < house.tempo[1]
    assert {role.id for role in options.roles} >= {lane.role for option in options.styles for lane in option.lanes}
    assert drums_options("Drum and Bass").style == "dnb"
    assert drums_options(context=ChordsContext(track_name="Trap")).style == "trap"


@pytest.mark.parametrize(("wrong", "field"), [({"style": "polka"}, "style"), ({"tempo": 5}, "tempo")])
def test_menus_refuse_what_takes_refuse(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        drums_options(**wrong)
    assert refused.value.field == field


def test_the_rehearsal_meets_every_genre() -> None:
    assert list(rehearse_drums()) == [style for style in genres() for _ in range(2)]


def test_the_summary_says_what_was_made() -> None:
    result = compose_drums(DrumsRequest(style="house", seed=1, clip_length=6.0))
    assert result.summary.startswith("House, 1.5 bars, ")
    assert result.notices == ["The clip is 6 beats long, so the music ends there."]
