"""Every knob does what it says, more of it the farther it is turned, and leaves the rest alone."""

import statistics
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from engine.compose.arp.request import ArpResult
from tests.engine.compose.arp.asked import take

SEEDS = range(6)


def over(measure: Callable[[ArpResult], float], **changed: Any) -> float:
    return statistics.mean(measure(take(**{"seed": seed, **changed})) for seed in SEEDS)


def count(result: ArpResult) -> float:
    return len(result.notes)


def loudness_spread(result: ArpResult) -> float:
    return statistics.pstdev(note.velocity for note in result.notes)


def mean_pitch(result: ArpResult) -> float:
    return statistics.mean(note.pitch for note in result.notes)


def pitch_range(result: ArpResult) -> float:
    pitches = [note.pitch for note in result.notes]
    return max(pitches) - min(pitches)


def mean_length(result: ArpResult) -> float:
    return statistics.mean(note.duration for note in result.notes)


def different_tones(result: ArpResult) -> float:
    return len({(note.start_time // 4, note.pitch % 12) for note in result.notes})


def late_off_beats(result: ArpResult) -> float:
    return statistics.mean(note.start_time % 0.5 for note in result.notes)


def off_grid(result: ArpResult) -> float:
    return statistics.pstdev(note.start_time - round(note.start_time * 4) / 4 for note in result.notes)


def other_than_the_figure(result: ArpResult) -> float:
    figure = take(seed=result.seed).notes
    return sum(a.pitch != b.pitch for a, b in zip(figure, result.notes, strict=True))


KNOBS = [
    ("density", [0, 25, 50], count, {}),
    ("density", [50, 75, 100], count, {"rhythm": "pairs"}),
    ("rests", [0, 30, 60, 100], lambda result: -count(result), {}),
    ("ratchets", [0, 30, 60, 100], count, {}),
    ("ratchet_count", [2, 3, 4], count, {"ratchets": 60}),
    ("octaves", [1, 2, 3, 4], pitch_range, {}),
    ("gate", [5, 30, 60, 100, 200], mean_length, {"rate": "1/8"}),
    ("accent_depth", [0, 40, 100], loudness_spread, {"accents": "tresillo"}),
    ("velocity", [20, 64, 120], lambda result: statistics.mean(n.velocity for n in result.notes), {}),
    ("register", [36, 48, 60, 72, 84], mean_pitch, {}),
    ("voices", [1, 2, 3, 4, 6], lambda result: len({note.pitch for note in result.notes}), {}),
    ("complexity", [0, 60, 75, 100], different_tones, {"voices": 6}),
    ("swing", [0, 50, 100], late_off_beats, {}),
    ("humanise", [0, 30, 100], off_grid, {}),
    ("variation", [0, 30, 60, 100], other_than_the_figure, {"bars": 4}),
]


@pytest.mark.parametrize(
    ("knob", "values", "measure", "with_"), KNOBS, ids=lambda each: each if isinstance(each, str) else ""
)
def test_more_of_a_knob_is_more_of_what_it_does(
    knob: str, values: list[float], measure: Callable[[ArpResult], float], with_: dict[str, Any]
) -> None:
    found = [over(measure, **with_, **{knob: value}) for value in values]
    for less, more in pairwise(found):
        assert more > less, (knob, found)


def test_the_measures_themselves_tell_nothing_of_another_knob() -> None:
    # A negative control: turning one knob does not move what another is measured by.
    assert over(count, gate=20) == over(count, gate=80)
    assert over(mean_pitch, accent_depth=0) == over(mean_pitch, accent_depth=100)
    assert over(loudness_spread, octaves=1) == over(loudness_spread, octaves=4)


def starts(**changed: Any) -> set[tuple[float, int]]:
    return {(note.start_time, note.pitch) for note in take(**changed).notes}


def test_what_density_and_rests_take_away_leaves_the_others_where_they_were() -> None:
    for knob, values in (("density", [0, 20, 35, 50]), ("rests", [100, 70, 40, 0])):
        for fewer, more in pairwise([starts(**{knob: value}) for value in values]):
            assert fewer < more


def test_at_no_density_each_bar_still_has_its_downbeat() -> None:
    assert [note.start_time for note in take(density=0).notes] == [0, 4, 8, 12]


def test_at_full_density_no_rest_is_left() -> None:
    assert len(take(density=100, rhythm="pairs").notes) == 64


def test_a_ratchet_keeps_its_pitch_and_its_place() -> None:
    once, often = take(), take(ratchets=100, ratchet_count=4)
    for note, four in zip(once.notes, [often.notes[i : i + 4] for i in range(0, 256, 4)], strict=True):
        assert {each.pitch for each in four} == {note.pitch}
        assert [each.start_time - note.start_time for each in four] == pytest.approx([0, 1 / 16, 2 / 16, 3 / 16])
        assert four[0].velocity > four[1].velocity < four[3].velocity < four[0].velocity


def test_variation_is_freest_where_a_phrase_ends() -> None:
    def changed(bar: int) -> int:
        total = 0
        for seed in range(30):
            plain, varied = take(seed=seed).notes, take(seed=seed, variation=100).notes
            total += sum(
                a.pitch != b.pitch for a, b in zip(plain, varied, strict=True) if bar * 4 <= a.start_time < bar * 4 + 4
            )
        return total

    assert changed(3) > 1.3 * max(changed(0), changed(1), changed(2))
