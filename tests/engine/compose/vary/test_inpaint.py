"""A range is rewritten: it joins its neighbours, and nothing else moves."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.part.request import ChordAt
from engine.compose.vary.inpaint import InpaintRequest, InpaintResult, inpaint
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.keys import parse_key
from tests.engine.compose.vary.clips import CLIPS, any_notes, beat, chords, fingerprint, late, places, tune

ROLES = sorted(CLIPS)


def painted(notes: list[Note], first: float = 4.0, last: float = 8.0, **wish: object) -> InpaintResult:
    asked = {"notes": notes, "length": 16.0, "seed": 3, "range_start": first, "range_end": last, **wish}
    return inpaint(InpaintRequest(**asked))  # type: ignore[arg-type]


def inside(notes: list[Note], first: float = 4.0, last: float = 8.0) -> list[Note]:
    return [note for note in notes if first <= note.start_time < last]


@given(
    any_notes(most=30),
    st.sampled_from(("auto", *ROLES)),
    st.sampled_from(((0.0, 4.0), (4.0, 8.0), (2.1, 7.3), (12.0, 16.0), (0.0, 16.0))),
    st.sampled_from(((4, 4), (3, 4), (6, 8), (7, 8))),
)
@settings(max_examples=60, deadline=None)
def test_only_the_range_is_rewritten(
    notes: list[Note], role: str, window: tuple[float, float], metre: tuple[int, int]
) -> None:
    before = fingerprint(notes)
    wish = {"signature_numerator": metre[0], "signature_denominator": metre[1], "role": role, "count": 3}
    result = painted(notes, *window, **wish)
    assert fingerprint(notes) == before
    assert msgspec.json.encode(painted(notes, *window, **wish)) == msgspec.json.encode(result)
    outside = [row for row in before if not window[0] <= row[1] < window[1]]  # type: ignore[operator]
    for each in result.candidates:
        rows = fingerprint(each.notes)
        assert [row[1] for row in rows] == sorted(row[1] for row in rows)  # type: ignore[type-var]
        assert all(row in rows for row in outside)
        new = [row for row in rows if row not in before]
        assert all(window[0] <= row[1] < window[1] for row in new)  # type: ignore[operator]
        assert all(row[1] + row[2] <= 16.0 for row in new)  # type: ignore[operator]
    marks = [places(inside(each.notes, *window)) for each in result.candidates]
    assert len(set(marks)) == len(marks)
    if len(marks) < 3:
        assert any("no more" in notice for notice in result.notices)


@pytest.mark.parametrize("role", ROLES)
def test_candidates_are_new_and_of_the_clips_kind(role: str) -> None:
    notes = CLIPS[role]()
    low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
    result = painted(notes, role=role, count=8)
    assert len({places(inside(each.notes)) for each in result.candidates} | {places(inside(notes))}) == 9
    for each in result.candidates:
        new = inside(each.notes)
        assert 0.4 * len(notes) / 4 <= len(new) <= 2 * len(notes) / 4
        assert low - 5 <= min(n.pitch for n in new) <= max(n.pitch for n in new) <= high + 5


def test_a_line_joins_what_stands_before_and_behind() -> None:
    # Two bars low, a gap, two bars high: what is between has to get there.
    low = [Note(pitch, float(at), 1.0) for at, pitch in enumerate((60, 62, 60, 59, 60, 62, 64, 62))]
    high = [Note(pitch, 16.0 + at, 1.0) for at, pitch in enumerate((72, 74, 76, 74, 72, 71, 72, 74))]
    gap = [Note(60, 8.0 + at, 1.0) for at in range(8)]
    result = painted([*low, *gap, *high], 8.0, 16.0, length=24.0, role="melody", key="C major", count=8)
    joins = []
    for each in result.candidates:
        new = inside(each.notes, 8.0, 16.0)
        joins.append(max(abs(new[0].pitch - 62), abs(new[-1].pitch - 72)))
        assert {n.pitch % 12 for n in new} <= set(parse_key("C major").scale_pcs)
    assert sorted(joins)[len(joins) // 2] <= 4
    assert max(joins) <= 9


def test_the_beat_comes_from_the_rest() -> None:
    for each in painted(beat(4), role="drums", count=4).candidates:
        assert sum(n.pitch == 36 and n.start_time % 1 == 0 for n in inside(each.notes)) >= 3


def test_a_gap_is_filled() -> None:
    notes = [note for note in tune() if not 4 <= note.start_time < 8]
    for each in painted(notes, role="melody", count=4).candidates:
        assert len(inside(each.notes)) >= 2
        assert each.added == len(inside(each.notes))


def test_given_chords_are_followed() -> None:
    wish = [ChordAt(start=0, duration=4, symbol="C"), ChordAt(start=4, duration=12, symbol="E")]
    for each in painted(chords(), role="chords", chords=wish, count=1).candidates:
        assert {n.pitch % 12 for n in inside(each.notes)} <= {4, 8, 11}


def test_with_nothing_beside_it_the_range_is_its_own_model() -> None:
    result = painted(tune(), 0.0, 16.0, role="melody", count=3)
    assert len(result.candidates) == 3
    assert any("Nothing stands beside" in notice for notice in result.notices)
    assert painted([Note(60, 5.0, 1.0)], role="melody", count=2).candidates
    only = painted([note for note in tune() if 4 <= note.start_time < 8], role="melody", count=2)
    assert only.candidates
    assert any("Nothing stands beside" in notice for notice in only.notices)


def test_a_note_struck_early_for_what_comes_behind_stays() -> None:
    early = Note(57, 7.97, 0.25, 99.0)
    result = painted([*beat(4), early], role="drums", count=2)
    assert all(early in each.notes for each in result.candidates)


def test_swing_is_kept() -> None:
    for each in painted(late(beat(4), 0.06), role="drums", count=4).candidates:
        odd = [n.start_time * 4 % 1 for n in inside(each.notes) if round(n.start_time * 4 - 0.24) % 2]
        assert all(late_ == pytest.approx(0.24, abs=0.02) for late_ in odd)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"first": 8.0, "last": 8.0}, "range_end"),
        ({"first": 20.0, "last": 24.0}, "range_end"),
        ({"first": float("nan")}, "range_start"),
        ({"count": 0}, "count"),
        ({"variation": 101}, "variation"),
        ({"notes": []}, "notes"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(wish: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        painted(**{"notes": tune(), **wish})  # type: ignore[arg-type]
    assert caught.value.field == field
    assert caught.value.hint
