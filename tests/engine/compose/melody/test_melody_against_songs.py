"""Melodies beside real ones, over the chords of songs that nothing was learnt from; needs the shared data."""

from __future__ import annotations

import random
import statistics
from typing import Any

import numpy as np
import pytest

from tests.benchmarks.composing.material import measure
from tests.benchmarks.composing.pop909 import melodies, song_of
from tests.benchmarks.composing.score_melody import at_random, ours

TOOL: Any = measure()
ROWS = melodies("held")
FEW = 40
"""Clips whose distances are compared: the measures' own number takes half a minute."""

pytestmark = pytest.mark.skipif(
    TOOL is None or not ROWS, reason="the shared melodies and measures are not beside the repository"
)

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def halves() -> tuple[Rows, Rows]:
    rows = list(ROWS)
    random.Random(3).shuffle(rows)
    return rows[:100], rows[100:200]


@pytest.fixture(scope="module")
def real(halves: tuple[Rows, Rows]) -> Rows:
    """Features of real melodies."""
    return list(TOOL.table(halves[0])[0])


@pytest.fixture(scope="module")
def sung(halves: tuple[Rows, Rows]) -> Rows:
    """Features of ours over the chords of others."""
    return list(TOOL.table(ours(halves[1], style="pop"))[0])


def beside(features: Rows, others: Rows) -> tuple[float, float]:
    """Mean overlap of the features, and how well a classifier tells the two."""
    names = [name for name in others[0] if name not in TOOL.SKIP]
    ours_, theirs = TOOL.matrix(features, names), TOOL.matrix(others, names)
    chance = np.random.default_rng(0)
    overlaps = [TOOL.oa_kld(ours_[:, place], theirs[:, place], chance, FEW) for place in range(len(names))]
    return statistics.mean(overlap[0] for overlap in overlaps if overlap), TOOL.c2st(ours_, theirs)


def test_nothing_was_learnt_from_these_songs() -> None:
    assert not {song_of(row) for row in melodies("fit")} & {song_of(row) for row in ROWS}


def test_melodies_are_told_from_real_ones_no_better_than_the_bar_allows(sung: Rows, real: Rows) -> None:
    overlap, told = beside(sung, real)
    assert overlap >= 0.90
    assert told <= 0.92


def test_strong_beats_stand_on_the_chord_as_in_songs(sung: Rows) -> None:
    assert 0.70 <= statistics.median(each["chord_tone_strong"] for each in sung) <= 0.90


def test_the_measure_tells_random_tones(halves: tuple[Rows, Rows], real: Rows) -> None:
    # Half of them are enough to tell these.
    overlap, told = beside(TOOL.table(at_random(halves[1][:50]))[0], real[:50])
    assert overlap < 0.75
    assert told > 0.97
