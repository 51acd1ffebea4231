"""Single lanes: thinned, silenced, called in, drawn anew, locked."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compose.drums.compose import DrumsRequest, LaneWish, compose_drums
from engine.compose.drums.vocabulary import genres
from engine.errors import InvalidValue
from engine.notes import Note
from tests.engine.compose.drums.drum_grids import steps, take

HATS = {"hat", "hat_low", "open_hat"}


def by_role(style: str, seed: int = 0, **wishes: Any) -> dict[str, list[float]]:
    return {lane.role: lane.steps for lane in take(style, seed, **wishes).lanes}


@pytest.mark.parametrize("style", genres())
def test_a_silenced_lane_is_silent_and_the_others_play_on(style: str) -> None:
    plain = by_role(style, 3)
    for role in plain:
        muted = by_role(style, 3, lanes={role: LaneWish(mute=True)})
        assert role not in muted
        others = set(plain) - ({role} | (HATS if role in HATS else set()))
        assert {other: plain[other] for other in others} == {other: muted[other] for other in others}


@pytest.mark.parametrize("style", genres())
def test_a_lane_that_is_called_in_plays(style: str) -> None:
    for lane in genres()[style].lanes:
        if lane.role != "sub":
            called = by_role(style, 1, lanes={lane.role: LaneWish(mute=False)}, bars=4, fills=0)
            assert lane.role in called


@pytest.mark.parametrize("style", ["house", "hiphop", "trap", "funk", "afrobeats"])
def test_rolling_the_dice_again_changes_one_lane(style: str) -> None:
    plain = by_role(style, 2, fills=0)
    for role in plain:
        takes = [by_role(style, 2, fills=0, lanes={role: LaneWish(reroll=number)}) for number in range(12)]
        assert takes[0] == plain
        others = set(plain) - ({role} | (HATS if role in HATS else set()))
        for again in takes:
            assert {other: plain[other] for other in others} == {other: again[other] for other in others}
        # A crash has one way to be played, and the lower hat is a pad of the hat's own lane.
        if role not in ("crash", "hat_low"):
            assert len({tuple(again[role]) for again in takes}) > 1, role


def test_density_of_one_lane_is_its_own() -> None:
    plain = by_role("tech_house", 2, fills=0)
    counts = []
    for density in (0.0, 0.5, 1.0, 2.0):
        asked = by_role("tech_house", 2, fills=0, lanes={"hat": LaneWish(density=density)})
        counts.append(len(asked.get("hat", [])))
        assert {role: asked[role] for role in plain if role != "hat"} == {
            role: plain[role] for role in plain if role != "hat"
        }
    assert counts == sorted(counts)
    assert counts[0] == 0 < counts[-1]


def test_the_core_outlasts_a_lane_of_no_density() -> None:
    bars = steps(take("house", 2, fills=0, lanes={"kick": LaneWish(density=0.0)}), "kick")
    assert all(bar == {0, 4, 8, 12} for bar in bars)


def test_a_locked_lane_keeps_its_notes_whatever_else_changes() -> None:
    first = take("funk", 5)
    kept = [note for note in first.notes if note.pitch == 36]
    for wishes in ({"density": 0.4}, {"complexity": 100.0}, {"seed": 77}, {"fills": 100.0}, {"swing": 60.0}):
        asked: dict[str, Any] = {"seed": 5, **wishes}
        again = compose_drums(DrumsRequest(style="funk", lanes={"kick": LaneWish(keep=kept)}, **asked))
        assert [note for note in again.notes if note.pitch == 36] == kept
        lane = next(lane for lane in again.lanes if lane.role == "kick")
        assert lane.locked
        assert len(lane.steps) == len(kept)
        assert not any(lane.locked for lane in again.lanes if lane.role != "kick")


def test_what_is_kept_ends_with_the_clip_and_is_left_as_it_was() -> None:
    kept = [Note(36, 0.0, 99.0, 100.0), Note(36, 500.0, 1.0, 100.0), Note(36, 3.0, 0.25, 80.0)]
    found = take("house", 1, bars=2, lanes={"kick": LaneWish(keep=kept)})
    kicks = [note for note in found.notes if note.pitch == 36]
    assert [note.start_time for note in kicks] == [0.0, 3.0]
    assert kicks[0].end_time == 3.0
    assert kept[0].duration == 99.0


def test_an_empty_lock_keeps_a_lane_empty() -> None:
    found = take("house", 1, lanes={"clap": LaneWish(keep=[]), "snare": LaneWish(keep=[])})
    assert not [note for note in found.notes if note.pitch in (38, 39)]


@pytest.mark.parametrize(
    ("lanes", "field"),
    [
        ({"gong": LaneWish()}, "lanes"),
        ({"kick": LaneWish(density=2.1)}, "lanes.kick.density"),
        ({"kick": LaneWish(density=float("nan"))}, "lanes.kick.density"),
        ({"kick": LaneWish(reroll=-1)}, "lanes.kick.reroll"),
        ({"kick": LaneWish(reroll=1.5)}, "lanes.kick.reroll"),  # type: ignore[arg-type]
        ({"kick": LaneWish(mute="yes")}, "lanes.kick.mute"),  # type: ignore[arg-type]
        ({"kick": LaneWish(keep=[Note(200, 0.0, 1.0)])}, "lanes.kick.keep"),
        ({"kick": {"mute": True}}, "lanes.kick"),
        ([], "lanes"),
    ],
)
def test_a_wish_that_cannot_be_is_refused(lanes: Any, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        take("house", lanes=lanes)
    assert refused.value.field == field
    assert refused.value.hint


def test_with_every_lane_silenced_there_is_nothing_and_no_complaint() -> None:
    for style in genres():
        silent = {lane.role: LaneWish(mute=True) for lane in genres()[style].lanes}
        assert take(style, 1, lanes=silent, fills=0).notes == []
