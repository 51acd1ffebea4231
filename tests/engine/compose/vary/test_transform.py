"""Transformations: each does what it says, all of it at 100, nothing at 0, and only inside its range."""

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.part.finish import finished
from engine.compose.request import ChordsContext
from engine.compose.vary.mirror import mirrored
from engine.compose.vary.transform import KINDS, TransformRequest, TransformResult, transform
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.keys import parse_key
from tests.engine.compose.vary.clips import CLIPS, any_notes, bass, beat, chords, faults, fingerprint, late, tune

C_MAJOR = parse_key("C major").scale_pcs


def done(notes: list[Note], kind: str, **wish: object) -> TransformResult:
    asked = {"notes": notes, "length": 16.0, "seed": 5, "kind": kind, **wish}
    return transform(TransformRequest(**asked))  # type: ignore[arg-type]


def tidy(notes: list[Note]) -> list[tuple[float, ...]]:
    return sorted((n.pitch, round(n.start_time, 6), round(n.duration, 6), n.velocity) for n in notes)


@given(
    any_notes(most=25),
    st.sampled_from(KINDS),
    st.sampled_from((0, 1, 35, 100)),
    st.sampled_from(((4, 4), (3, 4), (6, 8), (7, 8))),
    st.booleans(),
)
@settings(max_examples=100, deadline=None)
def test_every_kind_leaves_the_request_and_the_rest_alone(
    notes: list[Note], kind: str, amount: int, metre: tuple[int, int], ranged: bool
) -> None:
    before = fingerprint(notes)
    wish: dict[str, object] = {"signature_numerator": metre[0], "signature_denominator": metre[1], "amount": amount}
    wish |= {"grid": "1/8"} | ({"range_start": 4.0, "range_end": 8.0} if ranged else {})
    result = done(notes, kind, **wish)
    again = done(notes, kind, **wish)
    assert fingerprint(notes) == before
    assert msgspec.json.encode(result) == msgspec.json.encode(again)
    if amount == 0:
        assert fingerprint(result.notes) == sorted(before, key=lambda row: (row[1], row[0]))
        assert result.changed == 0
    if ranged:
        outside = [row for row in before if not 4 <= row[1] < 8]  # type: ignore[operator]
        kept = fingerprint(result.notes)
        assert all(row in kept for row in outside)
        # A note that begins in the range may be moved onto its end, and rings, or is split, past it.
        past = 8.5 if kind != "split" else 8 + 3
        assert all(3.5 <= row[1] < past for row in kept if row not in outside)  # type: ignore[operator]
    elif result.changed:
        assert not faults(result.notes, result.length)


@given(any_notes(most=20))
@settings(max_examples=60, deadline=None)
def test_twice_is_as_if_never(notes: list[Note]) -> None:
    clean = finished(notes, 16.0)
    for kind in ("invert", "retrograde"):
        wish = {"key": "C major", "role": "melody"}
        once = done(clean, kind, **wish)
        # A pitch below 12 or above 115 may come back by an octave.
        if kind == "invert" and not 18 < min(n.pitch for n in clean) <= max(n.pitch for n in clean) < 109:
            continue
        assert tidy(done(once.notes, kind, **wish).notes) == tidy(clean)


@given(any_notes(most=20), st.sampled_from((25, 50, 100)))
@settings(max_examples=40, deadline=None)
def test_augment_then_diminish_is_as_if_never(notes: list[Note], amount: int) -> None:
    # Notes of a fiftieth of a beat are the shortest there are: shorter ones would not come back.
    clean = [note for note in finished(notes, 16.0) if note.duration > 0.05]
    if not clean:
        return
    there = done(clean, "augment", amount=amount)
    assert there.length == 16.0 * (1 + amount / 100)
    back = done(there.notes, "diminish", amount=amount, length=there.length)
    assert back.length == pytest.approx(16.0)
    assert tidy(back.notes) == tidy(clean)


@given(st.lists(st.integers(20, 107), min_size=1, max_size=20), st.one_of(st.none(), st.integers(50, 70)))
@settings(max_examples=100, deadline=None)
def test_a_mirror_keeps_the_scale(pitches: list[int], axis: int | None) -> None:
    for scale in (C_MAJOR, (0, 3, 5, 7, 10), None):
        there = mirrored(pitches, scale, axis)
        assert all(0 <= pitch <= 127 for pitch in there)
        if scale is not None:
            assert [p % 12 in scale for p in there] == [p % 12 in scale for p in pitches]


@given(st.lists(st.integers(50, 74), min_size=1, max_size=20), st.one_of(st.none(), st.integers(56, 68)))
@settings(max_examples=100, deadline=None)
def test_a_mirror_in_the_middle_is_its_own_way_back(pitches: list[int], axis: int | None) -> None:
    for scale in (C_MAJOR, (0, 3, 5, 7, 10), None):
        there = mirrored(pitches, scale, axis)
        assert mirrored(there, scale, axis) == pitches
        assert len(set(there)) == len(set(pitches))


def test_inversion_goes_by_degrees_or_by_semitones() -> None:
    line = [Note(pitch, float(at), 1.0) for at, pitch in enumerate((60, 62, 64, 67))]
    assert [n.pitch for n in done(line, "invert", key="C major", role="melody").notes] == [67, 65, 64, 60]
    assert [n.pitch for n in done(line, "invert", diatonic=False, role="melody").notes] == [67, 65, 63, 60]
    up = done(line, "invert", key="C major", axis=60, role="melody")
    assert [n.pitch for n in up.notes] == [60, 59, 57, 53]
    assert up.key == "C major"


def test_part_of_the_range_is_its_end() -> None:
    line = [Note(60 + at, float(at), 1.0) for at in range(16)]
    half = done(line, "retrograde", amount=50)
    assert [n.pitch for n in half.notes] == [*range(60, 68), *range(75, 67, -1)]
    half = done(line, "invert", amount=50, diatonic=False, role="melody")
    assert [n.pitch for n in half.notes] == [*range(60, 68), *range(75, 67, -1)]


def test_retrograde_turns_ends_into_beginnings() -> None:
    result = done([Note(60, 0.0, 3.0), Note(62, 3.0, 1.0)], "retrograde", length=4.0)
    assert [(n.pitch, n.start_time, n.duration) for n in result.notes] == [(62, 0.0, 1.0), (60, 1.0, 3.0)]


def test_stretching_a_range_stays_in_it() -> None:
    result = done(tune(), "augment", range_start=4.0, range_end=8.0)
    assert result.length == 16.0
    assert any("left out" in notice for notice in result.notices)
    assert [n for n in result.notes if n.start_time >= 8] == [n for n in tune() if n.start_time >= 8]


@pytest.mark.parametrize("role", sorted(CLIPS))
def test_more_is_more_when_filling_and_thinning(role: str) -> None:
    notes = CLIPS[role]()
    fuller = [len(done(notes, "fill_in", amount=amount, role=role).notes) for amount in (0, 25, 50, 75, 100)]
    thinner = [len(done(notes, "thin_out", amount=amount, role=role).notes) for amount in (0, 25, 50, 75, 100)]
    assert fuller == sorted(fuller)
    assert fuller[0] == len(notes)
    assert fuller[-1] > fuller[0]
    assert thinner == sorted(thinner, reverse=True)
    assert thinner[-1] == 4
    # What a little fills in, a lot fills in too.
    little, much = (set(tidy(done(notes, "thin_out", amount=amount, role=role).notes)) for amount in (30, 60))
    assert much <= little


def test_filling_stays_in_the_key_and_under_the_level() -> None:
    result = done(tune(), "fill_in", amount=60, key="C major", role="melody")
    assert {n.pitch % 12 for n in result.notes} <= set(C_MAJOR)
    assert not faults(result.notes, 16.0)
    drums = done(beat(), "fill_in", amount=60)
    new = [n for n in drums.notes if n not in beat()]
    assert new
    assert max(n.velocity for n in new) < 90


def test_thinning_leaves_the_strong() -> None:
    left = done(beat(), "thin_out", amount=50).notes
    assert set(range(0, 64, 4)) >= {round(n.start_time * 4) for n in left if n.pitch == 36}
    assert sum(n.pitch == 36 for n in left) > 0.9 * 16


def test_reharmonised_chords_keep_their_top_notes() -> None:
    notes = chords()
    changed = []
    for amount in (25, 50, 100):
        result = done(notes, "reharmonise", amount=amount, role="chords", key="C major")
        before = {n.start_time: n.pitch for n in notes}
        after: dict[float, int] = {}
        for n in result.notes:
            after[n.start_time] = max(n.pitch, after.get(n.start_time, 0))
        assert {at: max(p.pitch for p in notes if p.start_time == at) for at in before} == after
        assert {n.pitch % 12 for n in result.notes} <= set(C_MAJOR)
        changed.append(result.changed)
    assert changed == sorted(changed)
    assert changed[-1] > changed[0] > 0


def test_the_same_chord_becomes_the_same_one() -> None:
    result = done(chords(), "reharmonise", role="chords", key="C major")
    for bar in range(4):
        halves = [sorted(n.pitch for n in result.notes if n.start_time == bar * 4 + at) for at in (0.0, 2.5)]
        assert halves[0] == halves[1]


@pytest.mark.parametrize("kind", ["invert", "octave", "fit", "reharmonise"])
def test_drums_have_no_pitches(kind: str) -> None:
    result = done(beat(), kind, key="C major", role="drums")
    assert result.changed == 0
    assert result.notices


def test_a_melody_has_no_chords_to_change() -> None:
    result = done(tune(), "reharmonise", role="melody")
    assert (result.changed, result.words) == (0, "Nothing changed")
    assert "Only chords" in result.notices[0]


def test_fit_moves_into_the_key_by_degrees() -> None:
    result = done(tune(), "fit", key="D major", role="melody")
    assert [n.pitch for n in result.notes] == [n.pitch + 2 for n in tune()]
    assert any("D major" in notice for notice in result.notices)
    some = done(tune(), "fit", key="D major", role="melody", amount=50)
    assert 0 < some.changed < result.changed
    context = ChordsContext(scale_root=2, scale_name="Major", scale_mode=True)
    assert [n.pitch for n in done(tune(), "fit", context=context).notes] == [n.pitch for n in result.notes]


def test_octaves_move_weak_notes_first() -> None:
    half = done(bass(), "octave", amount=50, role="bass")
    moved = {round(n.start_time * 4) % 16 for n, old in zip(half.notes, bass(), strict=True) if n.pitch != old.pitch}
    assert 0 not in moved
    down = done(bass(), "octave", octaves=-1, role="bass")
    assert [n.pitch for n in down.notes] == [n.pitch - 12 for n in bass()]
    high = [Note(120, 0.0, 1.0), Note(100, 1.0, 1.0)]
    assert [n.pitch for n in done(high, "octave", role="melody").notes] == [120, 112]


def test_legato_reaches_the_next_note() -> None:
    full = done(tune(), "legato").notes
    onsets = [n.start_time for n in full] + [16.0]
    assert all(n.end_time == pytest.approx(onsets[i + 1]) for i, n in enumerate(full))
    half = done(tune(), "legato", amount=50).notes
    assert half[3].end_time == pytest.approx((tune()[3].end_time + 4.0) / 2)


def test_strum_spreads_chords_and_keeps_their_ends() -> None:
    up, down = done(chords(), "strum"), done(chords(), "strum", direction="down")
    first = [n for n in up.notes if n.start_time < 0.5]
    assert [n.pitch for n in first] == [48, 60, 64, 67]
    assert first[-1].start_time == pytest.approx(0.24)  # 120 ms at 120 beats per minute
    assert all(n.end_time == pytest.approx(2.0) for n in first)
    assert [n.pitch for n in down.notes][:4] == [67, 64, 60, 48]
    slow = done(chords(), "strum", tempo=60.0)
    assert max(n.start_time for n in slow.notes if n.start_time < 0.5) == pytest.approx(0.12)
    assert done(tune(), "strum").changed == 0


def test_split_and_merge_undo_each_other() -> None:
    halves = done(tune(), "split")
    assert len(halves.notes) == 2 * len(tune())
    assert tidy(done(halves.notes, "merge", amount=1).notes) == tidy(tune())
    thirds = done([Note(60, 0.0, 3.0)], "split", pieces=3)
    assert [n.start_time for n in thirds.notes] == [0.0, 1.0, 2.0]


def test_split_takes_voices_apart() -> None:
    top, low = done(chords(), "split", part="top"), done(chords(), "split", part="bottom")
    assert [n.pitch for n in top.notes] == [67, 67, 69, 69, 69, 69, 67, 67]
    assert len(top.removed) == 24
    assert tidy([*top.notes, *top.removed]) == tidy(chords())
    assert [n.pitch for n in low.notes] == [48, 48, 45, 45, 41, 41, 43, 43]
    assert done(tune(), "split", part="top").removed == []


def test_merge_looks_at_the_rest_between() -> None:
    notes = [Note(60, 0.0, 0.5), Note(60, 0.75, 0.25), Note(60, 2.0, 0.5), Note(62, 2.5, 0.5)]
    assert [(n.start_time, n.duration) for n in done(notes, "merge", amount=30).notes] == [
        (0, 1.0),
        (2, 0.5),
        (2.5, 0.5),
    ]
    assert len(done(notes, "merge").notes) == 2
    assert len(done(notes, "merge", amount=10).notes) == 4


def test_swing_is_set_and_taken_back() -> None:
    hats = [Note(42, at / 4, 0.2) for at in range(16)]
    full = done(hats, "swing", grid="1/16", length=4.0)
    assert [round(n.start_time, 4) for n in full.notes[:4]] == [0.0, 0.3333, 0.5, 0.8333]
    back = done(full.notes, "swing", grid="1/16", length=4.0, amount=0.0001)
    assert [round(n.start_time, 3) for n in back.notes] == [at / 4 for at in range(16)]
    eighths = done(hats, "swing", grid="1/8", length=4.0, amount=50)
    assert eighths.notes[2].start_time == pytest.approx(0.5 + 0.5 / 6)
    assert eighths.notes[1].start_time == pytest.approx((0.5 + 0.5 / 6) / 2)


def test_swing_is_taken_from_another_clip() -> None:
    hats = [Note(42, at / 4, 0.2) for at in range(16)]
    source = late([*beat(1), Note(42, 0.75, 0.2), Note(42, 1.25, 0.2)], 0.06)
    result = done(hats, "swing", grid="1/16", length=4.0, source=source)
    assert result.notes[1].start_time == pytest.approx(0.31, abs=1e-6)
    assert any("62%" in notice for notice in result.notices)


def test_there_are_no_pairs_in_six_eight() -> None:
    notes = [Note(42, at / 2, 0.2) for at in range(6)]
    result = done(notes, "swing", grid="1/8", length=3.0, signature_numerator=6, signature_denominator=8)
    assert result.changed == 0
    assert "threes" in result.notices[0]


def test_quantise_goes_all_or_part_of_the_way() -> None:
    loose = [Note(60, 0.06, 0.5), Note(60, 0.97, 0.5), Note(60, 3.98, 0.02)]
    assert [n.start_time for n in done(loose, "quantise", length=4.0).notes] == [0.0, 1.0, 3.75]
    assert done(loose, "quantise", length=4.0, amount=50).notes[0].start_time == pytest.approx(0.03)
    triplet = done([Note(60, 0.3, 0.2)], "quantise", grid="1/8T", length=4.0)
    assert triplet.notes[0].start_time == pytest.approx(1 / 3)


def test_a_new_note_gives_way_to_one_that_stays() -> None:
    notes = [Note(60, 0.0, 8.0), Note(72, 4.0, 1.0), Note(74, 5.0, 1.0)]
    result = done(notes, "octave", octaves=-1, range_start=4.0, range_end=5.0, role="melody")
    assert [n.pitch for n in result.notes] == [60, 74]
    assert any("on top of others" in notice for notice in result.notices)


@pytest.mark.parametrize(
    ("kind", "wish", "field"),
    [
        ("explode", {}, "kind"),
        ("invert", {"amount": 101}, "amount"),
        ("invert", {"axis": 128}, "axis"),
        ("octave", {"octaves": 5}, "octaves"),
        ("split", {"pieces": 1}, "pieces"),
        ("split", {"part": "middle"}, "part"),
        ("strum", {"direction": "left"}, "direction"),
        ("quantise", {"grid": "1/7"}, "grid"),
        ("swing", {"grid": "1/4"}, "grid"),
        ("swing", {"grid": "1/8", "source": []}, "source"),
        ("invert", {"range_start": 8.0, "range_end": 4.0}, "range_end"),
        ("invert", {"range_start": 99.0}, "range_start"),
        ("invert", {"range_start": float("nan")}, "range_start"),
        ("invert", {"notes": []}, "notes"),
    ],
)
def test_what_cannot_be_is_refused_with_a_hint(kind: str, wish: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        done(**{"notes": tune(), "kind": kind, **wish})  # type: ignore[arg-type]
    assert caught.value.field == field
    assert caught.value.hint
