"""The measure of difference: what it says of clips whose difference is plain."""

from hypothesis import given, settings

from engine.compose.vary.grid import Grid, grid_of
from engine.compose.vary.measure import bars_of, cost, difference, most, placed
from engine.notes import Note
from tests.engine.compose.vary.clips import any_notes, beat, chords, late, tune

GRID = grid_of(tune(), (4, 4), 0.0, 16.0)


def changed(notes: list[Note], index: int, **fields: object) -> list[Note]:
    import msgspec

    out = list(notes)
    out[index] = msgspec.structs.replace(out[index], **fields)
    return out


@given(any_notes(), any_notes())
@settings(max_examples=60, deadline=None)
def test_it_is_a_difference(one: list[Note], other: list[Note]) -> None:
    grid = grid_of(one, (4, 4), 0.0, 16.0)
    there = difference(one, other, grid)
    assert 0.0 <= there <= 1.0
    assert difference(one, list(reversed(one)), grid) == 0.0
    assert abs(there - difference(other, one, grid)) < 1e-9
    for a, b in zip(bars_of(one, grid), bars_of(other, grid), strict=True):
        assert cost(a, b, grid.step, drums=False) <= most(a, b) + 1e-9


def test_nothing_in_common_is_one_and_nothing_at_all_is_none() -> None:
    low, high = [Note(30, 0.0, 1.0)], [Note(90, 5.0, 1.0)]
    assert difference(low, high, GRID) == 1.0
    assert difference([], high, GRID) == 1.0
    assert difference([], [], GRID) == 0.0


def test_every_side_of_a_note_counts() -> None:
    notes = tune()
    for fields in ({"pitch": 65}, {"start_time": 0.25}, {"duration": 0.5}, {"velocity": 40.0}, {"start_time": 0.02}):
        assert 0.0 < difference(notes, changed(notes, 0, **fields), GRID) < 0.1


def test_more_change_is_more_difference() -> None:
    notes = tune()
    near, far = changed(notes, 0, pitch=65), changed(notes, 0, pitch=76)
    assert difference(notes, near, GRID) < difference(notes, far, GRID)
    soon, late_ = changed(notes, 3, start_time=2.25), changed(notes, 3, start_time=3.0)
    assert difference(notes, soon, GRID) < difference(notes, late_, GRID)
    assert difference(notes, near, GRID) < difference(notes, changed(near, 5, pitch=62), GRID)


def test_a_moved_note_is_not_two_new_ones() -> None:
    notes = tune()
    moved = difference(notes, changed(notes, 3, start_time=2.25), GRID)
    swapped = difference(notes, changed(notes, 3, start_time=2.25, pitch=90), GRID)
    assert moved < swapped


def test_drums_of_one_family_are_nearer() -> None:
    notes = beat(1)
    hat = next(i for i, note in enumerate(notes) if note.pitch == 42)
    open_hat = difference(notes, changed(notes, hat, pitch=44), GRID, drums=True)
    tom = difference(notes, changed(notes, hat, pitch=45), GRID, drums=True)
    assert 0 < open_hat < tom


def test_notes_go_to_their_bars_and_none_is_lost() -> None:
    notes = [*chords(), *chords()]
    bars = bars_of(notes, GRID)
    assert sum(len(bar) for bar in bars) == len(notes)
    assert all(0 <= slot < GRID.slots for bar in bars for slot, _, _ in bar)
    given_back = sorted(id(note) for bar in placed(notes, GRID) for note in bar.values())
    assert given_back == sorted(id(note) for note in notes)


def test_triplets_are_found_and_swing_is_not_taken_for_them() -> None:
    triplets = [Note(60, beat_ + part / 3, 0.3) for beat_ in range(8) for part in range(3)]
    assert grid_of(triplets, (4, 4), 0.0, 8.0).step == 1 / 3
    sixths = [Note(60, number / 6, 0.1) for number in range(24)]
    assert grid_of(sixths, (4, 4), 0.0, 4.0).step == 1 / 6
    swung = late([Note(42, number / 4, 0.2) for number in range(32)], 0.06)
    assert grid_of(swung, (4, 4), 0.0, 8.0).step == 0.25
    # 7/8 has no whole number of triplets: its notes stay on sixteenths.
    assert grid_of(triplets, (7, 8), 0.0, 7.0).step == 0.25


def test_a_bar_has_its_pulses_and_strengths() -> None:
    def grid(*metre: int) -> Grid:
        return grid_of([Note(60, 0.0, 1.0)], (metre[0], metre[1]), 0.0, 7.0)

    assert (grid(4, 4).slots, grid(4, 4).pulses) == (16, (0, 4, 8, 12))
    assert (grid(6, 8).slots, grid(6, 8).pulses) == (12, (0, 6))
    assert (grid(7, 8).slots, grid(7, 8).pulses) == (14, (0, 4, 8))
    assert grid(3, 4).strength[0] == 1.0
    assert grid(4, 4).strength[8] > grid(4, 4).strength[4] > grid(4, 4).strength[2] > grid(4, 4).strength[1]
    assert grid(4, 4).bars == 2
    assert (grid(4, 4).slots_in(0), grid(4, 4).slots_in(1)) == (16, 12)
