"""Humanised drums against held-out performances, by the shared measures; the whole table: ``score_feel``."""

import zlib
from functools import lru_cache
from pathlib import Path

import pytest

from tests.benchmarks.composing import material
from tests.benchmarks.composing.fit_feel import DATA, bank, clips
from tests.benchmarks.composing.score_feel import FEEL, compared, flattened, halves, played

pytestmark = [
    pytest.mark.skipif(not DATA.is_file() or material.measure() is None, reason="the shared performances are not here"),
    pytest.mark.slow,
    pytest.mark.timeout(400),
]


@lru_cache(maxsize=1)
def held_out(folder: Path):
    learned, held = halves(clips(), "performance")
    drummers = bank(learned, folder / "half.npz")
    some = [clip for clip in held if zlib.crc32(clip["id"].encode()) % 5 == 0]
    flat = [flattened(clip) for clip in some]
    return some, flat, [played(clip, number, bank=drummers) for number, clip in enumerate(flat)]


def test_the_halves_share_no_performance() -> None:
    first, second = halves(clips(), "performance")
    name = lambda clip: clip["id"].split("@")[0]  # noqa: E731
    assert not set(map(name, first)) & set(map(name, second))


def test_feel_overlaps_with_real_feel_and_a_flat_clip_does_not(tmp_path_factory) -> None:
    real, flat, made = held_out(tmp_path_factory.mktemp("feel"))
    measure = material.measure()
    human = compared(measure, made, real, FEEL)
    assert human["oa"] >= 0.92
    assert human["auc"] <= 0.85
    assert min(human["each"].values()) > 0.8
    stiff = compared(measure, flat, real, FEEL)
    assert stiff["oa"] < 0.7
    assert stiff["auc"] > 0.99


def test_the_shipped_tables_are_what_the_script_makes(tmp_path) -> None:
    import numpy as np

    from engine.compose.feel.bank import shipped

    made = bank(clips(), tmp_path / "whole.npz")
    kept = shipped()
    assert made.names == kept.names
    for field in ("counts", "late", "loud", "levels", "spread", "touch", "onsets"):
        np.testing.assert_allclose(getattr(made, field), getattr(kept, field), atol=1e-4)
