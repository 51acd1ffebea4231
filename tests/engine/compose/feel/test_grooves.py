"""Grooves: taken from a clip, kept as plain data, given to another, and the way back."""

import itertools
import statistics
from copy import deepcopy

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.feel.groove import GRIDS, Groove, likely_grid
from engine.compose.feel.grooves import GrooveApplyRequest, GrooveExtractRequest, groove_apply, groove_extract
from engine.compose.feel.humanise import HumaniseRequest, humanise
from engine.compose.feel.replay import starts_of
from engine.errors import InvalidValue
from engine.notes import Note

LATE = [0.0, 0.03, -0.01, 0.05, 0.01, 0.02, 0.0, 0.04, -0.02, 0.03, 0.0, 0.06, 0.0, 0.02, 0.01, 0.05]
LOUD = [120, 40, 80, 50, 100, 45, 75, 55, 115, 40, 80, 60, 105, 35, 70, 50]


def sixteenths(late=LATE, loud=LOUD, bars: int = 4, pitch: int = 42) -> list[Note]:
    steps = range(16 * bars)
    return [Note(pitch, s / 4 + late[s % len(late)] + 0.02 * (late is LATE), 0.1, loud[s % len(loud)]) for s in steps]


def flat(bars: int = 4, pitch: int = 42, velocity: float = 70.0) -> list[Note]:
    return [Note(pitch, step / 4, 0.1, velocity) for step in range(16 * bars)]


def extract(notes, **more) -> Groove:
    return groove_extract(GrooveExtractRequest(notes=notes, **more)).groove


def apply(notes, groove, **more) -> list[Note]:
    return groove_apply(GrooveApplyRequest(notes=notes, groove=groove, **more)).notes


def test_golden_what_is_extracted_is_what_was_played() -> None:
    result = groove_extract(GrooveExtractRequest(notes=sixteenths(), name="mine"))
    groove = result.groove
    assert (groove.grid, groove.cycle, groove.name) == ("16", 4.0, "mine")
    assert groove.timing == pytest.approx([late + 0.02 for late in LATE], abs=1e-6)
    assert groove.velocity == LOUD
    assert groove.heard == [4] * 16
    assert groove.swing == pytest.approx(0.0325 / (1 / 12) * 100, abs=4)
    assert result.summary.startswith("Groove of 16 of 16 sixteenths, swing")


def test_it_goes_through_json() -> None:
    groove = extract(sixteenths())
    assert msgspec.json.decode(msgspec.json.encode(groove), type=Groove) == groove


def test_given_to_a_stiff_clip_it_comes_out_as_the_source() -> None:
    source = sixteenths()
    groove = extract(source)
    made = apply(flat(velocity=statistics.fmean(LOUD)), groove, velocity=100.0)
    for note, played in zip(made, source, strict=True):
        assert note.start_time == pytest.approx(played.start_time, abs=1e-5)
        assert note.velocity == pytest.approx(played.velocity, abs=0.2)
    again = extract(made)
    assert again.timing == pytest.approx(groove.timing, abs=1e-5)


def test_a_real_performance_gives_its_groove_to_another_pattern() -> None:
    played = humanise(HumaniseRequest(notes=flat(bars=8, velocity=100.0), role="drums", seed=3, tempo=95.0)).notes
    groove = extract(played, grid="16", bars=1)
    bass = [Note(40, step / 4, 0.2, 90.0) for step in (0, 3, 6, 10, 16, 19, 22, 26)]
    for note, written in zip(apply(bass, groove), bass, strict=True):
        step = round(written.start_time * 4) % 16
        assert note.start_time == pytest.approx(max(0.0, written.start_time + groove.timing[step]), abs=1e-5)


@pytest.mark.parametrize(("knob", "values"), [("timing", (0, 30, 60, 100)), ("velocity", (0, 30, 60, 100))])
def test_amounts_are_proportional(knob, values) -> None:
    groove = extract(sixteenths())
    rest = {"timing": 0.0, "velocity": 0.0}
    got = []
    for value in values:
        made = apply(flat(), groove, **rest | {knob: float(value)})
        of = {"timing": lambda n, w: n.start_time - w.start_time, "velocity": lambda n, w: n.velocity - w.velocity}
        got.append([of[knob](n, w) for n, w in zip(made, flat(), strict=True)])
    for value, row in zip(values, got, strict=True):
        assert row == pytest.approx([each * value / 100 for each in got[-1]], abs=0.06 if knob == "velocity" else 1e-5)
    assert statistics.pstdev(got[-1]) > 0


def test_groove_quantise_pulls_to_the_groove_and_the_second_time_does_nothing() -> None:
    groove = extract(sixteenths())
    loose = humanise(HumaniseRequest(notes=flat(), role="drums", seed=9)).notes
    once = apply(loose, groove, quantise=100.0, velocity=0.0)
    for note, step in zip(once, range(64), strict=True):
        assert note.start_time == pytest.approx(step / 4 + groove.timing[step % 16], abs=1e-5)
    assert starts_of(apply(once, groove, quantise=100.0, velocity=0.0)) == pytest.approx(starts_of(once), abs=1e-5)
    off = [abs(n.start_time - step / 4 - groove.timing[step % 16]) for q in (0.0, 50.0, 100.0)
           for n, step in zip(apply(loose, groove, quantise=q, timing=100.0), range(64), strict=True)]  # fmt: skip
    thirds = [statistics.fmean(off[i : i + 64]) for i in (0, 64, 128)]
    assert thirds == sorted(thirds, reverse=True)


def test_without_timing_and_accents_nothing_happens() -> None:
    loose = humanise(HumaniseRequest(notes=flat(), role="drums", seed=9)).notes
    assert apply(loose, extract(sixteenths()), timing=0.0, velocity=0.0) == loose


def test_negative_accents_turn_round() -> None:
    made = apply(flat(), extract(sixteenths()), velocity=-100.0)
    assert statistics.correlation([n.velocity for n in made], [LOUD[s % 16] for s in range(64)]) < -0.9


@pytest.mark.parametrize(
    ("places", "grid"),
    [
        ((0.0, 0.5, 1.0, 1.5), "8"),
        ((0.0, 2 / 3, 1.0, 5 / 3), "8"),
        ((0.0, 0.25, 0.5, 0.75), "16"),
        ((0.0, 1 / 3, 0.5, 5 / 6), "16"),
        ((0.0, 1 / 3, 2 / 3), "8t"),
        ((0.0, 1 / 6, 1 / 3, 1 / 2, 2 / 3, 5 / 6), "16t"),
    ],
)
def test_the_grid_is_told_swing_and_all(places, grid) -> None:
    import numpy as np

    starts = np.array([bar * 4 + beat * 2 + place for bar in range(4) for beat in (0, 1) for place in places])
    assert likely_grid(starts) == grid
    assert likely_grid(starts + 0.015) == grid


@pytest.mark.parametrize("percent", [0.0, 33.0, 66.0, 100.0])
@pytest.mark.parametrize("grid", ["8", "16"])
def test_swing_is_measured(grid, percent) -> None:
    size = GRIDS[grid]
    late = percent / 100 * size / 3
    notes = [Note(60, step * size + late * (step % 2), 0.1) for step in range(32)]
    groove = extract(notes)
    assert groove.grid == grid
    assert groove.swing == pytest.approx(percent, abs=0.5)


def test_steps_nobody_plays_do_as_their_kind() -> None:
    notes = [Note(60, bar * 4 + place, 0.1) for bar in range(2) for place in (0.0, 0.29, 1.0, 2.0, 2.79, 3.0)]
    groove = extract(notes, grid="16", bars=1)
    assert groove.heard[3] == 0
    assert groove.timing[3] == pytest.approx(0.04, abs=1e-6)
    assert groove.timing[2] == 0.0


def test_two_bars_that_differ_are_two_bars_of_groove() -> None:
    assert extract(sixteenths()).cycle == 4.0
    other = sixteenths(LATE + [-late for late in LATE], LOUD + LOUD[::-1])
    assert extract(other).cycle == 8.0
    assert extract(other, bars=1).cycle == 4.0
    assert extract(flat(bars=1)).cycle == 4.0


def test_muted_notes_are_not_heard() -> None:
    notes = flat() + [Note(36, step / 4 + 0.1, 0.1, mute=True) for step in range(64)]
    assert extract(notes).timing == [0.0] * 16
    with pytest.raises(InvalidValue, match="sounds"):
        extract([Note(36, 0.0, 0.1, mute=True)])


@pytest.mark.parametrize(("metre", "steps"), [((3, 4), 12), ((7, 8), 14), ((6, 8), 12), ((5, 4), 20)])
def test_odd_metres_have_their_own_cycles(metre, steps) -> None:
    notes = [Note(60, step / 4 + 0.02 * (step % steps == 3), 0.1) for step in range(steps * 4)]
    groove = extract(notes, grid="16", signature_numerator=metre[0], signature_denominator=metre[1])
    assert len(groove.timing) == steps
    assert groove.timing[3] == pytest.approx(0.02)
    assert sum(map(abs, groove.timing)) == pytest.approx(0.02)


def test_a_bar_that_cannot_be_divided_is_refused() -> None:
    with pytest.raises(InvalidValue) as caught:
        extract(flat(), grid="8t", signature_numerator=7, signature_denominator=8)
    assert caught.value.field == "grid"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cycle": 3.9}, "groove.cycle"), ({"timing": [0.0] * 15}, "groove.timing"), ({"grid": "5"}, "groove.grid"),
        ({"velocity": [float("nan")] * 16}, "groove.velocity"), ({"timing": [0.3] * 16}, "groove.timing"),
        ({"heard": [-1] * 16}, "groove.heard"), ({"cycle": float("inf")}, "groove.cycle"),
    ],
)  # fmt: skip
def test_what_is_no_groove_is_refused(change, field) -> None:
    broken = msgspec.structs.replace(extract(sixteenths()), **change)
    with pytest.raises(InvalidValue) as caught:
        apply(flat(), broken)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("field", "value"),
    [("quantise", 101), ("timing", float("nan")), ("velocity", -101), ("signature_numerator", 0), ("groove", None),
     ("signature_denominator", 5), ("clip_length", 0), ("notes", None)],
)  # fmt: skip
def test_what_cannot_be_given_is_refused(field, value) -> None:
    with pytest.raises(InvalidValue) as caught:
        groove_apply(GrooveApplyRequest(**{"notes": flat(), "groove": extract(flat())} | {field: value}))
    assert caught.value.field == field


@pytest.mark.parametrize(("field", "value"), [("grid", "4"), ("bars", 3), ("signature_denominator", 0), ("notes", [])])
def test_what_cannot_be_extracted_is_refused(field, value) -> None:
    with pytest.raises(InvalidValue) as caught:
        groove_extract(GrooveExtractRequest(**{"notes": flat()} | {field: value}))
    assert caught.value.field == field


NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(36, 48),
        start_time=st.floats(0, 31.9) | st.integers(0, 127).map(lambda n: n / 4),
        duration=st.floats(0.01, 4),
        velocity=st.floats(1, 127),
        mute=st.booleans(),
        probability=st.floats(0, 1),
    ),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(
    source=NOTES,
    notes=NOTES,
    grid=st.sampled_from(["auto", "8", "8t", "16", "16t"]),
    bars=st.sampled_from([None, 1, 2]),
    quantise=st.floats(0, 100),
    timing=st.floats(0, 100),
    velocity=st.floats(-100, 100),
)
def test_whatever_is_asked_the_clip_stays_whole(source, notes, grid, bars, quantise, timing, velocity) -> None:
    source = [*source, Note(36, 0.0, 0.1)]
    before = deepcopy((source, notes))
    groove = extract(source, grid=grid, bars=bars)
    request = GrooveApplyRequest(
        notes=notes, groove=groove, quantise=quantise, timing=timing, velocity=velocity, clip_length=32.0
    )
    result = groove_apply(request)
    assert (source, notes) == before, "the input is not touched"
    assert result == groove_apply(request)
    made = result.notes
    assert sorted((n.pitch, n.mute, n.probability) for n in made) == sorted(
        (n.pitch, n.mute, n.probability) for n in notes
    )
    assert [(n.start_time, n.pitch) for n in made] == sorted((n.start_time, n.pitch) for n in made)
    assert all(0 <= n.start_time < 32 and 1 <= n.velocity <= 127 and n.duration > 0 for n in made)
    for pitch in {n.pitch for n in made}:
        row = [n for n in made if n.pitch == pitch]
        assert all(a.end_time <= b.start_time or a.start_time == b.start_time for a, b in itertools.pairwise(row))
