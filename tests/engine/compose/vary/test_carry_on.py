"""A clip goes on: in its own rhythm and register, and what was there stays."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.part.request import ChordAt
from engine.compose.vary.carry_on import ContinueRequest, ContinueResult, carry_on
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.keys import parse_key
from tests.engine.compose.vary.clips import CLIPS, any_notes, beat, chords, faults, fingerprint, late, places, tune

ROLES = sorted(CLIPS)


def more(notes: list[Note], **wish: object) -> ContinueResult:
    asked = {"notes": notes, "length": 16.0, "beats": 16.0, "seed": 3, **wish}
    return carry_on(ContinueRequest(**asked))  # type: ignore[arg-type]


def new_ones(result: ContinueResult, number: int = 0, start: float = 16.0) -> list[Note]:
    return [note for note in result.continuations[number].notes if note.start_time >= start]


def loop() -> list[Note]:
    return [msgspec.structs.replace(n, start_time=n.start_time + 4 * bar) for bar in range(4) for n in beat(1)]


@given(
    any_notes(most=30),
    st.sampled_from(("auto", *ROLES)),
    st.sampled_from((0.25, 3.0, 4.0, 10.5)),
    st.sampled_from(((4, 4), (3, 4), (6, 8), (7, 8))),
    st.integers(0, 100),
)
@settings(max_examples=60, deadline=None)
def test_what_was_there_stays_and_what_comes_is_in_order(
    notes: list[Note], role: str, beats: float, metre: tuple[int, int], variation: int
) -> None:
    before = fingerprint(notes)
    wish = {"signature_numerator": metre[0], "signature_denominator": metre[1], "role": role, "beats": beats}
    result = more(notes, count=2, variation=variation, **wish)
    again = more(notes, count=2, variation=variation, **wish)
    assert fingerprint(notes) == before
    assert msgspec.json.encode(again) == msgspec.json.encode(result)
    assert result.length == 16.0 + beats
    assert result.continuations
    for each in result.continuations:
        old = [note for note in each.notes if note.start_time < 16]
        assert sorted(fingerprint(old)) == sorted(before)  # type: ignore[type-var]
        added = [note for note in each.notes if note.start_time >= 16]
        assert len(added) == each.added
        moved = [msgspec.structs.replace(note, start_time=note.start_time - 16) for note in added]
        assert not faults(moved, beats + 1e-9)


@pytest.mark.parametrize("role", ROLES)
def test_it_goes_on_as_it_went(role: str) -> None:
    notes = CLIPS[role]()
    low, high = min(n.pitch for n in notes), max(n.pitch for n in notes)
    slots = {round(n.start_time * 4) % 16 for n in notes}
    for seed in range(4):
        added = new_ones(more(notes, seed=seed, role=role, key=None if role == "drums" else "C major"))
        assert 0.6 * len(notes) <= len(added) <= 1.5 * len(notes)
        assert low - 2 <= min(n.pitch for n in added) <= max(n.pitch for n in added) <= high + 2
        assert {round(n.start_time * 4) % 16 for n in added} <= slots
        assert {n.velocity for n in added} <= {n.velocity for n in notes}


@pytest.mark.parametrize("role", ROLES)
def test_variation_turns_from_repeating_to_making_new(role: str) -> None:
    notes = CLIPS[role]()
    again = {(s + 64, p) for s, p in places(notes)}

    def kept(variation: float) -> float:
        found = [new_ones(more(notes, role=role, variation=variation, seed=seed)) for seed in range(12)]
        return sum(len(again & places(each)) / len(again) for each in found) / len(found)

    assert kept(0) > kept(100)
    assert kept(0) > 0.6


def test_a_loop_goes_on_as_it_is() -> None:
    added = new_ones(more(loop(), role="drums"))
    assert {(s - 64, p) for s, p in places(added)} == places(loop())


def test_continuations_differ_where_the_clip_allows() -> None:
    result = more(tune(), count=8, role="melody", variation=60)
    assert len({places(each.notes) for each in result.continuations}) == 8
    same = more(loop(), count=4, role="drums")
    assert len(same.continuations) == 1
    assert any("no more" in notice for notice in same.notices)


def test_a_tune_stays_in_its_key_and_joins() -> None:
    scale = set(parse_key("C major").scale_pcs)
    for number in range(6):
        added = new_ones(more(tune(), count=6, role="melody", key="C major", variation=70), number)
        assert {n.pitch % 12 for n in added} <= scale
        assert abs(added[0].pitch - tune()[-1].pitch) <= 9


def test_swing_goes_on() -> None:
    added = new_ones(more(late(beat(4), 0.06), role="drums", variation=80))
    odd = [n.start_time * 4 % 1 for n in added if round(n.start_time * 4 - 0.24) % 2]
    assert odd
    assert all(late_ == pytest.approx(0.24, abs=0.02) for late_ in odd)


def test_given_chords_are_followed() -> None:
    wish = [ChordAt(start=0, duration=16, symbol="C"), ChordAt(start=16, duration=16, symbol="Dm")]
    added = new_ones(more(chords(), role="chords", chords=wish))
    assert {n.pitch % 12 for n in added} <= {2, 5, 9}
    strong: list[bool] = []
    for seed in range(6):
        line = new_ones(more(tune(), role="melody", key="C major", chords=wish, seed=seed))
        strong.extend(n.pitch % 12 in (2, 5, 9) for n in line if n.start_time % 2 == 0)
    assert sum(strong) / len(strong) > 0.7


def test_notes_behind_the_end_stay() -> None:
    later = Note(40, 18.0, 1.0)
    result = more([*tune(), later], role="melody")
    assert later in result.continuations[0].notes
    assert any("stay" in notice for notice in result.notices)


def test_silence_at_the_end_is_not_gone_on_with() -> None:
    added = new_ones(more(tune(2), length=64.0, role="melody"), start=64.0)
    assert len(added) >= 6


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"beats": 0}, "beats"),
        ({"beats": 5000}, "beats"),
        ({"beats": float("nan")}, "beats"),
        ({"count": 99}, "count"),
        ({"variation": -1}, "variation"),
        ({"notes": []}, "notes"),
        ({"length": 8000.0, "beats": 500.0}, "length"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(wish: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        more(**{"notes": tune(), **wish})  # type: ignore[arg-type]
    assert caught.value.field == field
    assert caught.value.hint
