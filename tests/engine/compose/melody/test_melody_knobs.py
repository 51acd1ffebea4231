"""Every knob of the melody does what it says, measurably and in one direction."""

from __future__ import annotations

import itertools
import statistics
from typing import Any

import pytest

from engine.compose.melody.compose import MelodyRequest, compose_melody
from engine.compose.melody.form import COURSES, Form, height
from tests.engine.compose.melody import melody_measures as ear
from tests.engine.compose.melody.melody_measures import mean, takes

KNOBS: list[tuple[str, list[float], Any, int]] = [
    ("density", [0, 25, 50, 75, 100], ear.notes, 1),
    ("density", [0, 50, 100], ear.empty, -1),
    ("rests", [0, 50, 100], ear.empty, 1),
    ("complexity", [0, 35, 70, 100], ear.off_beat, 1),
    ("tension", [0, 35, 70, 100], ear.foreign, 1),
    ("variation", [0, 12, 25, 100], ear.alike, -1),
    ("leaps", [0, 50, 100], ear.interval, 1),
    ("range", [5, 8, 12, 19, 30], ear.reach, 1),
    ("register", [40, 55, 70, 85], ear.middle, 1),
    ("humanise", [0, 10, 20, 60, 100], ear.unevenness, 1),
    ("humanise", [20, 60, 100], ear.looseness, 1),
    ("swing", [0, 50, 100], ear.looseness, 1),
]


@pytest.mark.parametrize(("knob", "values", "count", "sign"), KNOBS, ids=[f"{k[0]}-{k[2].__name__}" for k in KNOBS])
def test_a_knob_moves_what_it_names_and_only_one_way(knob: str, values: list[float], count: Any, sign: int) -> None:
    figures = [mean(takes(**{knob: value}), count) * sign for value in values]
    assert figures == sorted(figures), figures
    assert figures[-1] - figures[0] > 0.05 * abs(figures[0]), figures


@pytest.mark.parametrize("style", ["pop", "techno", "jazz"])
def test_density_gives_notes_one_after_the_other_and_takes_none_back(style: str) -> None:
    for seed in range(6):
        before: set[float] = set()
        steps = [takes_at(style, seed, density) for density in range(0, 101, 10)]
        for onsets in steps:
            assert before <= onsets
            before = onsets
        # From the usual density on, where there is room, no turn of the knob is for nothing.
        assert all(less < more for less, more in itertools.pairwise(steps[5::2]))
        assert len(steps[0]) < len(steps[5])


def takes_at(style: str, seed: int, density: float) -> set[float]:
    """Where the notes of a take begin."""
    return {
        note.start_time
        for note in compose_melody(
            MelodyRequest(style=style, seed=seed, density=density, key="C major", progression="I V vi IV", swing=0)
        ).notes
    }


def test_up_to_twenty_humanise_leaves_the_grid_alone() -> None:
    for take in takes(6, humanise=20):
        assert all(note.start_time * 4 == round(note.start_time * 4) for note in take.notes)


def test_without_humanise_only_metre_and_height_speak() -> None:
    once, again = (takes(6, humanise=value) for value in (0, 20))
    for plain, loose in zip(once, again, strict=True):
        assert [(n.pitch, n.start_time) for n in plain.notes] == [(n.pitch, n.start_time) for n in loose.notes]
        levels = {(round(n.start_time * 4) % 16, n.pitch): n.velocity for n in plain.notes}
        assert all(levels[round(n.start_time * 4) % 16, n.pitch] == n.velocity for n in plain.notes)


@pytest.mark.parametrize("course", COURSES)
def test_the_line_follows_its_course(course: str) -> None:
    followed = Form(4, course, 1.0, 0.0)
    aims, pitches = [], []
    for take in takes(contour=course):
        middle = ear.middle(take)
        for note in take.notes:
            aims.append(height(followed, note.start_time % 16 / 4))
            pitches.append(note.pitch - middle)
    if course == "level":
        assert statistics.pstdev(pitches) < min(
            statistics.pstdev(note.pitch - ear.middle(take) for take in takes(contour=other) for note in take.notes)
            for other in ("rise", "wave")
        )
    else:
        assert statistics.correlation(aims, pitches) > 0.45


@pytest.mark.parametrize("phrase", [2, 4, 8])
def test_phrases_breathe_where_they_end(phrase: int) -> None:
    last, other = [0] * 2, [0] * 2
    for take in takes(48, phrase=phrase):
        for half in range(16):
            many = sum(half * 2 <= note.start_time < half * 2 + 2 for note in take.notes)
            place = last if half % (phrase * 2) == phrase * 2 - 1 else other
            place[0] += many
            place[1] += 1
    assert last[0] / last[1] < 0.75 * other[0] / other[1]


def test_every_second_phrase_ends_at_home() -> None:
    ends = {False: [0, 0], True: [0, 0]}
    for take in takes(80, tension=0):
        for firm, until in ((False, 8), (True, 32)):
            before = [note for note in take.notes if until - 4 <= note.start_time < until]
            if before:
                ends[firm][0] += before[-1].pitch % 12 in (0, 4)
                ends[firm][1] += 1
    assert ends[True][0] / ends[True][1] > ends[False][0] / ends[False][1] + 0.1


def test_above_sixty_complexity_lets_foreign_tones_pass() -> None:
    scale = {0, 2, 4, 5, 7, 9, 11}

    def strange(complexity: float) -> int:
        return sum(note.pitch % 12 not in scale for take in takes(complexity=complexity) for note in take.notes)

    assert strange(60) == 0
    assert 0 < strange(80) < strange(100)


def test_without_variation_the_motif_comes_round() -> None:
    for take in takes(12, variation=0, humanise=0):
        rhythms = [
            [round(note.start_time % 8 * 4) for note in take.notes if note.start_time // 8 == pair] for pair in range(4)
        ]
        assert all(rhythm == rhythms[0] for rhythm in rhythms) or not rhythms[0]
