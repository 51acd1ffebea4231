"""Every knob does what it says, measurably and in one direction, and leaves the rest alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import pytest

from engine.compose.drums.compose import DrumsResult, LaneWish
from engine.compose.drums.vocabulary import genres
from tests.engine.compose.drums.drum_grids import ROWS, loud, signature, steps, take

SEEDS = range(6)
FEW = range(3)
QUARTERS = (0.0, 25.0, 50.0, 75.0, 100.0)
GENRES = list(genres())


def notes(found: DrumsResult) -> int:
    return len(found.notes)


def plateaus(rows: list[list[float]]) -> int:
    """How many turns of a knob by a quarter brought nothing, over some takes."""
    return sum(after <= before for row in rows for before, after in pairwise(row))


def risen(rows: list[list[float]]) -> bool:
    """Whether every turn of a knob brought something to some takes together."""
    return all(before < after for before, after in pairwise(map(sum, zip(*rows, strict=True))))


@pytest.mark.parametrize("style", GENRES)
def test_density_only_ever_adds_and_every_quarter_does(style: str) -> None:
    rows = [[notes(take(style, seed, density=0.25 * step)) for step in range(1, 9)] for seed in FEW]
    assert all(row == sorted(row) for row in rows), rows
    assert risen(rows)
    assert plateaus(rows) <= 2, rows


@pytest.mark.parametrize("style", GENRES)
def test_what_is_there_at_a_low_density_stays_at_a_higher_one(style: str) -> None:
    for seed in SEEDS:
        few, many = (take(style, seed, density=density, fills=0, humanise=0) for density in (0.4, 1.2))
        hats = {"hat", "hat_low", "open_hat"}
        rolls = {style: {"hat"} for style in ("trap", "drill")}.get(style, set())
        for lane in few.lanes:
            if lane.role not in hats | rolls:
                above = next(other for other in many.lanes if other.role == lane.role)
                assert set(lane.steps) <= set(above.steps)


def rising(style: str, knob: str, values: tuple[float, ...], measure: Callable[[DrumsResult], float]) -> list[float]:
    return [sum(measure(take(style, seed, **{knob: value})) for seed in SEEDS) for value in values]


@pytest.mark.parametrize("style", GENRES)
def test_complexity_brings_more_of_the_kit_and_more_hits_at_every_quarter(style: str) -> None:
    takes = [[take(style, seed, complexity=value, fills=0) for value in QUARTERS] for seed in FEW]
    kits = [[float(len(found.lanes)) for found in row] for row in takes]
    assert all(row == sorted(row) for row in kits)
    assert sum(row[0] for row in kits) < sum(row[-1] for row in kits)
    rows = [[notes(found) for found in row] for row in takes]
    assert risen(rows), rows
    assert plateaus(rows) <= 4, rows


@pytest.mark.parametrize("style", ["hiphop", "boom_bap", "funk", "jungle", "breakbeat", "disco", "dnb"])
def test_ghosts_adds_soft_notes_and_nothing_else(style: str) -> None:
    for seed in SEEDS:
        none, some, many = (take(style, seed, ghosts=ghosts, fills=0, humanise=0) for ghosts in (0, 50, 100))
        assert notes(none) <= notes(some) <= notes(many)
        assert set(signature(none)) <= set(signature(some)) <= set(signature(many))
        added = set(signature(many)) - set(signature(none))
        assert all(note.velocity < 75 for note in many.notes if (round(note.start_time * 4), note.pitch) in added)
    totals = rising(style, "ghosts", (0, 50, 100), notes)
    assert totals[0] < totals[1] < totals[2]


def strokes(found: DrumsResult) -> set[tuple[str, float]]:
    return {(lane.role, step) for lane in found.lanes for step in lane.steps}


@pytest.mark.parametrize("style", GENRES)
def test_variation_makes_bars_differ_the_more_at_every_quarter(style: str) -> None:
    rows = []
    for seed in FEW:
        found = [strokes(take(style, seed, variation=value, fills=0)) for value in QUARTERS]
        rows.append([float(len(each ^ found[0])) for each in found])
    assert risen(rows), rows
    assert plateaus(rows) <= 4, rows


def test_without_variation_and_fills_a_groove_of_one_bar_repeats() -> None:
    for seed in SEEDS:
        found = take("dnb", seed, variation=0, fills=0, lanes={"crash": LaneWish(mute=True)})
        for lane in found.lanes:
            assert len({frozenset(bar) for bar in steps(found, lane.role)}) == 1, lane.role


@cache
def unfilled(style: str, seed: int, phrase: int) -> DrumsResult:
    return take(style, seed, fills=0, bars=16, phrase=phrase)


def changed(style: str, seed: int, fills: float, phrase: int = 8) -> list[set[int]]:
    """For each of 16 bars the sixteenths at which a take with fills departs from one without."""
    plain, filled = unfilled(style, seed, phrase), take(style, seed, fills=fills, bars=16, phrase=phrase)
    roles = {lane.role for found in (plain, filled) for lane in found.lanes}
    pairs = [(steps(plain, role), steps(filled, role)) for role in roles]
    return [{step for without, having in pairs for step in without[bar] ^ having[bar]} for bar in range(16)]


@pytest.mark.parametrize("style", GENRES)
def test_fills_come_at_the_ends_of_half_phrases_and_grow_at_every_quarter(style: str) -> None:
    rows = []
    for seed in FEW:
        row = [0.0]
        for value in QUARTERS[1:]:
            bars = changed(style, seed, value)
            assert not any(bars[bar] - {0} for bar in range(16) if bar % 4 != 3)
            row.append(sum(ROWS - min(bar - {0}, default=ROWS) // 4 * 4 for bar in bars))
        rows.append(row)
    assert risen(rows), rows
    assert plateaus(rows) <= 4, rows


def test_the_fill_in_the_middle_is_smaller_than_the_one_at_the_end() -> None:
    departed = [changed("funk", seed, 40) for seed in range(20)]
    middle = [ROWS - min(bars[3] - {0}, default=ROWS) for bars in departed]
    end = [ROWS - min(bars[7] - {0}, default=ROWS) for bars in departed]
    assert 0 < sum(middle) < sum(end)
    assert max(middle) <= 8


def test_the_phrase_says_where_fills_are() -> None:
    four = {bar for seed in SEEDS for bar in _departing("house", seed, 4)}
    sixteen = {bar for seed in SEEDS for bar in _departing("house", seed, 16)}
    assert four == {3, 7, 11, 15}
    assert {7, 15} <= sixteen <= {3, 7, 11, 15}


def _departing(style: str, seed: int, phrase: int) -> set[int]:
    return {bar for bar, departed in enumerate(changed(style, seed, 40, phrase)) if departed - {0}}


def test_a_long_fill_may_be_answered_by_a_crash() -> None:
    answered = [8 in _crashes(take("trance", seed, bars=16, fills=60)) for seed in range(20)]
    assert any(answered)
    assert not any(_crashes(take("trance", seed, bars=16, fills=0, complexity=0)) for seed in range(20))


def _crashes(found: DrumsResult) -> set[int]:
    return {
        int(step) // ROWS for lane in found.lanes if lane.role == "crash" for step in lane.steps if step % ROWS == 0
    }


def test_swing_moves_all_lanes_alike_up_to_triplets() -> None:
    for style in ("house", "boom_bap", "dnb"):
        straight = take(style, 2, swing=0, swing_grid="16", humanise=0, fills=0)
        triplets = take(style, 2, swing=100, swing_grid="16", humanise=0, fills=0)
        assert all(note.start_time * 4 % 1 == 0 for note in straight.notes)
        late = {
            round(after.start_time - before.start_time, 4)
            for before, after in zip(straight.notes, triplets.notes, strict=True)
            if abs(before.start_time * 4 % 2 - 1) < 1e-6
        }
        assert late == {round(1 / 12, 4)}
        assert all(
            before.start_time == after.start_time
            for before, after in zip(straight.notes, triplets.notes, strict=True)
            if before.start_time * 2 % 1 == 0
        )


def test_swing_grid_says_which_off_beats() -> None:
    eighths = take("house", 2, swing=100, swing_grid="8", humanise=0)
    opened = [note.start_time % 1 for note in eighths.notes if note.pitch == 46 and 0.4 < note.start_time % 1 < 0.7]
    assert opened
    assert all(abs(place - 2 / 3) < 1e-6 for place in opened)


def test_a_genre_swings_by_itself_and_the_knob_goes_on_from_there() -> None:
    def place(swing: float) -> float:
        found = take("lo_fi", 1, swing=swing, humanise=0, density=2.0, complexity=100)
        return max(note.start_time % 0.5 for note in found.notes)

    assert 0.25 < place(0) < place(50) < place(100) == pytest.approx(1 / 3, abs=1e-5)


def test_humanise_moves_notes_off_the_grid_the_more_the_higher() -> None:
    def looseness(humanise: float) -> float:
        written = take("techno", 5, humanise=0, swing_grid="16")
        played = take("techno", 5, humanise=humanise, swing_grid="16")
        assert len(played.notes) == len(written.notes)
        times = sorted(note.start_time for note in played.notes)
        return sum(abs(a - b) for a, b in zip(times, sorted(note.start_time for note in written.notes), strict=True))

    assert looseness(0) == 0
    assert 0 < looseness(20) < looseness(100)


@pytest.mark.parametrize("knob", ["density", "complexity", "fills", "ghosts", "variation", "humanise"])
def test_turning_one_knob_leaves_the_kick_that_defines_the_genre(knob: str) -> None:
    for style, core in (("house", {0, 4, 8, 12}), ("boom_bap", {0, 7, 8, 11}), ("dnb", {0, 10})):
        values = (0.1, 2.0) if knob == "density" else (0.0, 100.0)
        for value in values:
            bars = steps(take(style, 9, **{knob: value}), "kick")
            assert all(bar >= core for number, bar in enumerate(bars) if number % 4 != 3)


def test_rolls_belong_to_trap_and_grow_with_complexity() -> None:
    def fast(found: DrumsResult) -> int:
        return sum(step != int(step) for lane in found.lanes if lane.role == "hat" for step in lane.steps)

    counts = [sum(fast(take("trap", seed, complexity=value, fills=0)) for seed in range(20)) for value in (0, 35, 100)]
    assert counts[0] == 0 < counts[1] < counts[2]
    assert sum(fast(take("house", seed, fills=0)) for seed in range(20)) == 0


def test_rolls_reach_from_sixteenths_to_sixty_fourths_with_ramps_and_tunes() -> None:
    gaps, ramps, tunes = set(), set(), set()
    for seed in range(60):
        found = take("trap", seed, complexity=100, fills=0, bars=4)
        hats = [lane for lane in found.lanes if lane.role in ("hat", "hat_low")]
        hits = sorted(hit for lane in hats for hit in zip(lane.steps, lane.velocities, lane.tunes, strict=True))
        for (one, soft, _), (two, strong, _) in pairwise(hits):
            gaps.add(round(two - one, 3))
            if two - one < 0.6:
                ramps.add((strong > soft) - (strong < soft))
        tunes |= {tune for _, _, tune in hits}
    assert {0.25, 0.333, 0.5, 0.667, 1.0} <= gaps
    assert ramps >= {1, -1}
    assert min(tunes) < 0 < max(tunes)


def test_a_falling_roll_ends_on_the_lower_hat_where_it_may() -> None:
    for seed in range(40):
        found = take("trap", seed, complexity=100, fills=0)
        low = [lane for lane in found.lanes if lane.role == "hat_low"]
        assert all(tune < 0 for lane in low for tune in lane.tunes)
        rising = [lane for lane in found.lanes if lane.role == "hat" and any(tune > 0 for tune in lane.tunes)]
        if low and rising:
            break
    else:
        raise AssertionError("no take has rolls that fall and rolls that rise")
    closed = take("trap", seed, complexity=100, fills=0, lanes={"hat_low": LaneWish(mute=True)})
    assert not any(lane.role == "hat_low" for lane in closed.lanes)
    counts = [len(lane.steps) for each in (found, closed) for lane in each.lanes if lane.role in ("hat", "hat_low")]
    assert sum(counts[:2]) == counts[2]


def test_statements_are_the_same_and_ghosts_are_soft() -> None:
    found = take("boom_bap", 4, ghosts=100)
    assert loud(found, "snare", 0) == loud(found, "snare", 2)
    forces = sorted(loud(found, "snare", 0).values())
    assert forces[0] < 56
    assert forces[-1] > 100
