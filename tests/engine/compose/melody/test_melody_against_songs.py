"""Melodies beside real ones, over the chords of songs that nothing was learnt from; needs the shared data."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.benchmarks.composing.pop909 import melodies, song_of
from tests.benchmarks.composing.score_melody import at_random, measure, ours, scores

TOOL: Any = measure()
ROWS = melodies("held")

pytestmark = pytest.mark.skipif(
    TOOL is None or not ROWS, reason="the shared melodies and measures are not beside the repository"
)


@pytest.fixture(scope="module")
def halves() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = list(ROWS)
    random.Random(3).shuffle(rows)
    return rows[:90], rows[90:180]


def test_nothing_was_learnt_from_these_songs() -> None:
    assert not {song_of(row) for row in melodies("fit")} & {song_of(row) for row in ROWS}


def test_overlap_classifier_and_strong_beats_are_within_the_bar(halves: Any) -> None:
    real, under = halves
    found = scores(TOOL, ours(under, style="pop"), real)
    assert found["mean_oa"] >= 0.90
    assert found["c2st_auc"] <= 0.92
    assert 0.70 <= found["features"]["chord_tone_strong"]["med"] <= 0.90
    assert found["unique_share"] == 1.0


def test_the_measure_tells_random_tones(halves: Any) -> None:
    real, under = halves
    found = scores(TOOL, at_random(under), real)
    assert found["mean_oa"] < 0.75
    assert found["c2st_auc"] > 0.97
