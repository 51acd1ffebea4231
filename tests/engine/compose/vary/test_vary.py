"""Variations: distinct, as far as asked for, musical, and the clip itself never touched."""

import gzip
import itertools
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.dice import Dice
from engine.compose.request import ChordsContext
from engine.compose.vary.climb import Plan, climb
from engine.compose.vary.drum_edits import DRUM_EDITS
from engine.compose.vary.material import Material
from engine.compose.vary.vary import FARTHEST, VaryRequest, VaryResult, vary
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.keys import parse_key
from tests.engine.compose.vary.clips import (
    CLIPS,
    KICK,
    any_notes,
    bass,
    beat,
    chords,
    faults,
    fingerprint,
    late,
    places,
    tune,
)

MUSIC = Path(__file__).parents[4].parent / "shared" / "data" / "music"
ROLES = sorted(CLIPS)
METRES = ((4, 4), (3, 4), (6, 8), (7, 8), (5, 4))


def varied(notes: list[Note], **wish: object) -> VaryResult:
    return vary(VaryRequest(**{"notes": notes, "length": 16.0, "seed": 7, **wish}))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("distance", [1, 10, 30, 60, 100])
def test_sixteen_variations_are_all_different_and_the_clip_is_as_it_was(role: str, distance: float) -> None:
    notes = CLIPS[role]()
    before = fingerprint(notes)
    result = varied(notes, count=16, distance=distance, role=role)
    assert fingerprint(notes) == before
    assert len({places(each.notes) for each in result.variations} | {places(notes)}) == 17
    assert all(not faults(each.notes, 16.0) for each in result.variations)
    assert len({each.take for each in result.variations}) == 16
    assert "no more" not in " ".join(result.notices)


@pytest.mark.parametrize("role", ROLES)
def test_distance_is_what_is_measured(role: str) -> None:
    notes = CLIPS[role]()
    middles = []
    for distance in (0, 5, 10, 20, 35, 50, 70, 85, 100):
        found = [each.distance for each in varied(notes, count=8, distance=distance, role=role).variations]
        middles.append(sum(found) / len(found))
        # Farther out a clip whose core has to stay may leave no more room.
        if 0 < distance <= 50:
            assert min(found) >= FARTHEST[role] * distance / 100 - 0.02
    assert middles == sorted(middles)
    assert middles[0] == 0.0
    assert middles[-1] > 0.75 * FARTHEST[role]


@given(st.sampled_from(ROLES), st.integers(0, 10_000), st.lists(st.integers(1, 100), min_size=2, max_size=4))
@settings(max_examples=25, deadline=None)
def test_one_seeds_distance_never_falls(role: str, seed: int, wishes: list[int]) -> None:
    notes = CLIPS[role]()
    found = [
        varied(notes, count=1, distance=distance, role=role, seed=seed).variations[0].distance
        for distance in sorted(wishes)
    ]
    # What finishing trims may cost a hair.
    assert all(later >= sooner - 0.02 for sooner, later in itertools.pairwise(found))


def test_the_way_itself_never_falls_back() -> None:
    plan = Plan(Material(VaryRequest(notes=beat(), length=16.0), beat()), DRUM_EDITS["none"])
    for seed in range(5):
        found = [climb(plan, Dice(seed), step / 50, lambda _: True).difference for step in range(1, 25)]
        assert found == sorted(found)


def test_distance_0_is_the_clip_itself() -> None:
    notes = late(beat(), 0.03)
    notes[0] = msgspec.structs.replace(notes[0], start_time=-0.01, probability=0.5)
    result = varied(notes, count=3, distance=0)
    for each in result.variations:
        assert fingerprint(each.notes) == sorted(fingerprint(notes), key=lambda row: (row[1], row[0]))
        assert each.distance == 0.0


@given(
    any_notes(),
    st.sampled_from(("auto", *ROLES)),
    st.integers(1, 100),
    st.sampled_from(METRES),
    st.sampled_from(("none", "rhythm", "pitch")),
    st.integers(0, 2**31 - 1),
)
@settings(max_examples=60, deadline=None)
def test_whatever_is_given_comes_back_in_order(
    notes: list[Note], role: str, distance: int, metre: tuple[int, int], keep: str, seed: int
) -> None:
    before = fingerprint(notes)
    numerator, denominator = metre
    wish = {"role": role, "distance": distance, "seed": seed, "keep": keep, "count": 3}
    result = varied(notes, signature_numerator=numerator, signature_denominator=denominator, **wish)
    again = varied(notes, signature_numerator=numerator, signature_denominator=denominator, **wish)
    assert fingerprint(notes) == before
    assert msgspec.json.encode(again) == msgspec.json.encode(result)
    for each in result.variations:
        assert not faults(each.notes, 16.0)
        assert each.notes
        assert 0.0 < each.distance <= 1.0
    marks = [
        tuple((round(n.start_time, 3), n.pitch, round(n.duration, 3), round(n.velocity)) for n in each.notes)
        for each in result.variations
    ]
    assert len(set(marks)) == len(marks)
    if len(marks) < 3:
        assert any("no more" in notice for notice in result.notices)


@pytest.mark.parametrize("role", ROLES)
def test_a_single_note_has_variations_too(role: str) -> None:
    pitch = {"drums": 38, "bass": 36}.get(role, 60)
    result = varied([Note(pitch, 0.0, 1.0, 90.0)], count=8, distance=40, role=role, length=4.0)
    assert len(result.variations) == 8 or any("no more" in notice for notice in result.notices)
    assert len(result.variations) >= 3


def test_the_count_can_be_turned_up_without_changing_the_first_ones() -> None:
    few, many = varied(tune(), count=3).variations, varied(tune(), count=9).variations
    assert [fingerprint(each.notes) for each in few] == [fingerprint(each.notes) for each in many[:3]]


def test_small_changes_leave_kick_and_backbeat() -> None:
    notes = beat(4)
    core = {(round(n.start_time * 4), n.pitch) for n in notes if n.pitch == KICK or n.velocity > 100}
    near = varied(notes, count=16, distance=15, role="drums").variations
    far = varied(notes, count=16, distance=100, role="drums").variations

    def kept(notes_: list[Note]) -> float:
        return len(core & places(notes_)) / len(core)

    assert sum(kept(each.notes) for each in near) / 16 > 0.95
    assert sum(kept(each.notes) for each in near) > sum(kept(each.notes) for each in far)
    # Even far away the bar begins with its kick.
    assert all({(0, KICK), (16, KICK)} <= places(each.notes) for each in far)


def test_a_phrase_ends_otherwise_before_it_begins_otherwise() -> None:
    notes = beat(4)
    found = varied(notes, count=16, distance=12, role="drums").variations
    first = sum(len({p for p in places(each.notes) ^ places(notes) if p[0] < 48}) / 3 for each in found)
    last = sum(len({p for p in places(each.notes) ^ places(notes) if p[0] >= 48}) for each in found)
    assert last > 1.3 * first


def test_a_loop_stays_a_loop() -> None:
    bar = list(beat(1))
    loop = [msgspec.structs.replace(n, start_time=n.start_time + 4 * i) for i in range(4) for n in bar]
    for each in varied(loop, count=8, distance=40, role="drums").variations:
        found = [frozenset((s - 16 * bar_, p) for s, p in places(each.notes) if s // 16 == bar_) for bar_ in range(3)]
        assert found[0] == found[1] == found[2]


def test_density_and_register_stay() -> None:
    for role in ROLES:
        notes = CLIPS[role]()
        low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
        for each in varied(notes, count=8, distance=100, role=role).variations:
            assert 0.6 * len(notes) <= len(each.notes) <= 1.5 * len(notes)
            assert low - 5 <= min(n.pitch for n in each.notes)
            assert max(n.pitch for n in each.notes) <= high + 5


def test_swing_carries_over_to_new_notes() -> None:
    notes = late(list(beat(4)) + [Note(42, bar * 4 + at, 0.25, 50.0) for bar in range(4) for at in (0.75, 2.25)], 0.07)
    for each in varied(notes, count=8, distance=60, role="drums").variations:
        odd = [n.start_time * 4 % 1 for n in each.notes if round(n.start_time * 4 - 0.28) % 2]
        even = [n.start_time % 0.5 for n in each.notes if round(n.start_time * 4) % 2 == 0]
        assert all(abs(late_ - 0.28) < 0.02 for late_ in odd)
        assert all(abs(late_) < 0.01 or abs(late_ - 0.5) < 0.01 for late_ in even)


def test_loudness_keeps_its_character() -> None:
    notes = beat(4)
    for each in varied(notes, count=8, distance=60, role="drums").variations:
        hats = [n.velocity for n in each.notes if n.pitch in (42, 46)]
        assert 60 <= sum(hats) / len(hats) <= 90


def test_a_bass_keeps_its_roots_where_bars_begin() -> None:
    notes = bass()
    roots = {(16 * bar, pitch) for bar, pitch in enumerate((33, 41, 36, 43))}
    for distance in (20, 60, 100):
        for each in varied(notes, count=8, distance=distance, role="bass").variations:
            assert roots <= places(each.notes)


@pytest.mark.parametrize("role", ["bass", "melody", "chords"])
@pytest.mark.parametrize("key", ["C major", "A minor"])
def test_new_notes_lie_in_the_key(role: str, key: str) -> None:
    scale = set(parse_key(key).scale_pcs)
    for distance in (20, 100):
        result = varied(CLIPS[role](), count=6, distance=distance, role=role, key=key)
        assert result.key == key
        assert {n.pitch % 12 for each in result.variations for n in each.notes} <= scale


def test_lives_scale_is_followed_and_told() -> None:
    context = ChordsContext(scale_root=0, scale_name="Major", scale_mode=True)
    result = varied(tune(), context=context, distance=80, role="melody")
    assert result.key == "C major"
    assert any("Live's scale" in notice for notice in result.notices)


@pytest.mark.parametrize("role", ROLES)
def test_rhythm_or_pitch_can_be_kept(role: str) -> None:
    notes = CLIPS[role]()
    onsets = sorted({round(n.start_time * 4) for n in notes})
    for each in varied(notes, count=6, distance=70, role=role, keep="rhythm").variations:
        assert sorted({round(n.start_time * 4) for n in each.notes}) == onsets
    for each in varied(notes, count=6, distance=70, role=role, keep="pitch").variations:
        assert sorted(n.pitch for n in each.notes) == sorted(n.pitch for n in notes)
    free = varied(notes, count=6, distance=70, role=role).variations
    assert any(sorted({round(n.start_time * 4) for n in each.notes}) != onsets for each in free)


def test_what_lies_outside_the_clip_comes_back_as_it_was() -> None:
    notes = [*tune(), Note(50, 17.0, 2.0, 44.0), Note(51, -3.0, 1.0, 45.0)]
    for each in varied(notes, distance=80).variations:
        assert {50, 51} <= {note.pitch for note in each.notes}
        assert [n for n in each.notes if n.pitch == 50] == [notes[-2]]


def test_a_clip_may_begin_anywhere() -> None:
    moved = [msgspec.structs.replace(n, start_time=n.start_time + 32.0) for n in tune()]
    here, there = varied(tune(), distance=50), varied(moved, start=32.0, distance=50)
    for one, other in zip(here.variations, there.variations, strict=True):
        assert [(n.pitch, round(n.start_time + 32, 6)) for n in one.notes] == [
            (n.pitch, round(n.start_time, 6)) for n in other.notes
        ]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"notes": []}, "notes"),
        ({"notes": [Note(60, 0.0, 0.0)]}, "notes"),
        ({"notes": [Note(60, float("nan"), 1.0)]}, "notes"),
        ({"notes": [Note(60, 20.0, 1.0)]}, "notes"),
        ({"notes": [Note(60, 0.0, 1.0)] * 10_001}, "notes"),
        ({"notes": [Note(60, at / 200, 0.1) for at in range(2_001)]}, "notes"),
        ({"length": 0.0}, "length"),
        ({"length": 1e6}, "length"),
        ({"count": 17}, "count"),
        ({"count": 0}, "count"),
        ({"distance": 101}, "distance"),
        ({"distance": float("nan")}, "distance"),
        ({"keep": "soul"}, "keep"),
        ({"role": "tuba"}, "role"),
        ({"key": "H dur"}, "key"),
        ({"seed": -1}, "seed"),
        ({"signature_denominator": 3}, "signature_denominator"),
        ({"start": float("inf")}, "start"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(wish: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        varied(**{"notes": tune(), **wish})  # type: ignore[arg-type]
    assert caught.value.field == field
    assert caught.value.hint


def test_an_empty_clip_says_what_to_do() -> None:
    with pytest.raises(InvalidValue, match="play or draw something into it first"):
        varied([])


def test_chords_stay_chords() -> None:
    notes = chords()
    for each in varied(notes, count=8, distance=50, role="chords").variations:
        strikes: dict[float, int] = {}
        for note in each.notes:
            strikes[note.start_time] = strikes.get(note.start_time, 0) + 1
        assert sum(size >= 3 for size in strikes.values()) / len(strikes) > 0.7


@pytest.mark.skipif(not MUSIC.is_dir(), reason="the shared music is not here")
@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("drums_gmd_train", "drums"),
        ("melody_pop909_odd", "melody"),
        ("comping_pop909_odd", "chords"),
        ("bass_wjd_odd", "bass"),
    ],
)
def test_real_clips_have_sixteen_variations(name: str, role: str) -> None:
    with gzip.open(MUSIC / f"{name}.jsonl.gz") as file:
        rows = [json.loads(line) for number, line in enumerate(file) if number % 300 == 5]
    for row in rows:
        notes = [Note(pitch, start, length, velocity) for start, length, pitch, velocity in row["notes"]]
        if len(notes) < 6:
            continue
        result = varied(notes, length=float(row["beats"]), count=16, distance=25)
        assert result.role == role
        assert len({places(each.notes) for each in result.variations} | {places(notes)}) == 17
        assert all(not faults(each.notes, row["beats"]) for each in result.variations)
