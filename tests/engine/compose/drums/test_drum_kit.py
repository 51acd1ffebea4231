"""Pads and their roles: General MIDI, a map, the names in a rack."""

from __future__ import annotations

from typing import Any

import pytest

from engine.compose.drums.compose import Pad
from engine.compose.drums.kit import general_midi, kit_of, role_of
from engine.compose.drums.roles import ROLES
from engine.errors import InvalidValue
from tests.engine.compose.drums.drum_grids import take


@pytest.mark.parametrize(
    ("name", "role"),
    [
        *(("Kick", "kick"), ("BD", "kick"), ("Kick 909", "kick"), ("BD1", "kick"), ("Bass Drum", "kick")),
        *(("Kick 808", "kick"), ("808", "sub"), ("Sub 808", "sub"), ("Snare", "snare"), ("SD 2", "snare")),
        *(("Snare 808", "snare"), ("Snare Rim", "rim"), ("Clap", "clap"), ("Hand Clap", "clap"), ("CP", "clap")),
        *(("Rim", "rim"), ("Side Stick", "rim"), ("Rimshot", "rim"), ("Finger Snap", "clap")),
        *(("CH", "hat"), ("Hihat Closed", "hat"), ("HH Closed 1", "hat"), ("Hi-Hat", "hat"), ("hat", "hat")),
        *(("HH Open", "open_hat"), ("Open Hat", "open_hat"), ("OH", "open_hat"), ("Hihat Open", "open_hat")),
        *(("HH Pedal", "hat_low"), ("Pedal Hat", "hat_low"), ("Ride Bell", "ride"), ("Ride 1", "ride")),
        *(("Crash", "crash"), ("Cymbal", "crash"), ("Tom Low", "low_tom"), ("Lo Tom", "low_tom"), ("LT", "low_tom")),
        *(("Tom Hi", "high_tom"), ("Tom Mid", "mid_tom"), ("Floor Tom", "low_tom"), ("Tom", "mid_tom")),
        *(("Shaker", "shaker"), ("Maracas", "shaker"), ("Tambourine", "tambourine"), ("Cowbell", "cowbell")),
        *(("Conga Hi", "conga_high"), ("Conga L", "conga_low"), ("Claves", "clave"), ("Perc 3", "perc")),
        *(("Wood Block", "perc"), ("open_hat", "open_hat"), ("Vox Chop", None), ("", None), ("!!", None)),
    ],
)
def test_roles_are_read_from_the_names_on_pads(name: str, role: str | None) -> None:
    assert role_of(name) == role


def test_general_midi_is_what_comes_without_a_kit() -> None:
    found = take("house", 1)
    kit = general_midi().pitches
    assert {(lane.role, lane.pitch) for lane in found.lanes} <= set(kit.items())
    assert {note.pitch for note in found.notes} == {lane.pitch for lane in found.lanes}
    assert (kit["kick"], kit["snare"], kit["clap"], kit["hat"], kit["open_hat"]) == (36, 38, 39, 42, 46)
    assert not [notice for notice in found.notices if "kit" in notice]


def rack(*names: str) -> list[Pad]:
    return [Pad(pitch=36 + place, name=name) for place, name in enumerate(names)]


def test_a_rack_is_played_on_its_own_pads() -> None:
    names = ("Kick 909", "Snare", "CP 1", "HH Closed", "Vocal", "HH Open", "Rim", "Tom Low")
    found = take("house", 1, kit=rack(*names))
    pads = {lane.role: lane.pitch for lane in found.lanes}
    assert (pads["kick"], pads["open_hat"]) == (36, 41)
    assert 40 not in {note.pitch for note in found.notes}
    same = take("house", 1)
    kicks = [note.start_time for note in found.notes if note.pitch == 36]
    assert kicks == [note.start_time for note in same.notes if note.pitch == 36]


def test_the_performance_does_not_depend_on_the_pads() -> None:
    plain = take("funk", 6, humanise=100)
    moved = take("funk", 6, humanise=100, kit={role: pitch + 40 for role, pitch in general_midi().pitches.items()})
    assert [(note.start_time, note.pitch + 40, note.velocity) for note in plain.notes] == [
        (note.start_time, note.pitch, note.velocity) for note in moved.notes
    ]


def test_a_missing_role_goes_to_the_nearest_one_and_is_told() -> None:
    found = take("house", 1, kit={"kick": 36, "snare": 40, "hat": 44}, lanes=None)
    assert {note.pitch for note in found.notes} == {36, 40, 44}
    assert "The kit has no Open hat: Closed hat plays it." in found.notices
    whole = take("house", 1)
    if any(lane.role == "clap" for lane in whole.lanes):
        assert "The kit has no Clap: Snare plays it." in found.notices


def test_what_nothing_stands_in_for_is_left_out_and_told() -> None:
    found = take("house", 1, kit={"kick": 36})
    assert {note.pitch for note in found.notes} == {36}
    assert "The kit has no Open hat, nor anything near it: left out." in found.notices
    assert not any("808" in notice for notice in take("trap", 1).notices)


def test_two_roles_on_one_pad_never_sound_twice_at_once() -> None:
    found = take("house", 1, kit={"kick": 36, "snare": 40, "hat": 44}, complexity=100)
    starts = [(round(note.start_time, 3), note.pitch) for note in found.notes]
    assert len(starts) == len(set(starts))


def test_an_808_plays_only_where_the_rack_has_one() -> None:
    assert not any(lane.role == "sub" for lane in take("trap", 1).lanes)
    found = take("trap", 1, kit=rack("Kick", "Snare", "Clap", "CH", "OH", "808"))
    lane = next(lane for lane in found.lanes if lane.role == "sub")
    assert lane.pitch == 41
    assert max(note.duration for note in found.notes if note.pitch == 41) > 0.5


def test_a_second_closed_hat_is_the_lower_one_of_rolls_and_toms_spread() -> None:
    kit = kit_of([("Hat 1", 42), ("Hat 2", 43), ("Tom", 45), ("Tom", 46), ("Tom", 47), ("Kick", 36), ("Kick 2", 35)])
    assert (kit.pitches["hat"], kit.pitches["hat_low"]) == (42, 43)
    assert len({kit.pitches[role] for role in ("low_tom", "mid_tom", "high_tom")}) == 3
    assert kit.pitches["kick"] == 35
    assert "sub" not in kit.pitches
    single = kit_of([("Hat", 42)])
    assert single.pitches["hat_low"] == 42
    assert "hat_low" not in single.notices


def test_the_order_of_pads_does_not_matter() -> None:
    pads = [("Kick", 36), ("Snare A", 38), ("Snare B", 40), ("Clap", 39), ("Perc", 50), ("Perc 2", 51)]
    assert kit_of(pads) == kit_of(pads[::-1])


def test_a_kit_without_a_known_name_gives_no_notes_and_says_so() -> None:
    found = take("house", 1, kit=[Pad(pitch=60, name="Choir")])
    assert found.notes == []
    assert found.lanes == []
    assert "The kit has no Kick, nor anything near it: left out." in found.notices


@pytest.mark.parametrize(
    "kit",
    [
        {"gong": 36},
        {"kick": 128},
        {"kick": -1},
        {"kick": True},
        {"kick": 36.5},
        {},
        [],
        "gm",
        [Pad(pitch=300, name="Kick")],
        [36],
        [Pad(pitch=36, name=None)],  # type: ignore[arg-type]
        [Pad(pitch=place % 128, name="Kick") for place in range(129)],
    ],
)
def test_a_kit_that_cannot_be_is_refused(kit: Any) -> None:
    with pytest.raises(InvalidValue) as refused:
        take("house", kit=kit)
    assert refused.value.field.startswith("kit")
    assert refused.value.hint


def test_every_stand_in_is_told_by_name() -> None:
    for role in ROLES.values():
        if not role.silent:
            kit = kit_of([("Kick", 36)])
            assert role.id in kit.pitches or role.name in kit.notices[role.id]
