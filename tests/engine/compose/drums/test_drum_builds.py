"""Build-ups and drops."""

from __future__ import annotations

import pytest

from engine.compose.drums.compose import DrumsResult, LaneWish
from engine.compose.drums.vocabulary import genres
from tests.engine.compose.drums.drum_grids import loud, steps, take

STYLES = [style for style in genres() if style != "ambient"]


def snares(found: DrumsResult) -> list[int]:
    """Hits of the snare's rise in each bar, whichever drum plays it."""
    counts = [0] * 8
    for lane in found.lanes:
        if lane.role in ("snare", "clap", "rim"):
            for step in lane.steps:
                counts[int(step) // 16] += 1
    return counts


@pytest.mark.parametrize("style", STYLES)
def test_a_build_rises_and_the_kick_drops_out(style: str) -> None:
    for seed in range(4):
        found = take(style, seed, build="build")
        counts = snares(found)
        assert counts == sorted(counts)
        assert counts[0] == 4
        assert counts[-1] > 16
        kicks = steps(found, "kick")
        assert not any(kicks[6:])
        assert any(kicks[:6])


def test_a_build_grows_louder() -> None:
    found = take("house", 1, build="build", humanise=0)
    means = [
        sum(bar.values()) / len(bar)
        for number in range(8)
        if (bar := {**loud(found, "snare", number), **loud(found, "clap", number)})
    ]
    assert means == sorted(means)
    assert means[-1] > means[0] + 40


def test_the_rise_ends_where_the_phrase_does() -> None:
    four = take("house", 1, build="build", phrase=4, bars=8)
    counts = snares(four)
    assert counts[:4] == counts[4:]
    assert counts[3] > counts[0]


@pytest.mark.parametrize("style", STYLES)
def test_a_drop_begins_with_a_crash_at_full_strength(style: str) -> None:
    for seed in range(3):
        plain, drop = take(style, seed, fills=0), take(style, seed, build="drop", fills=0)
        assert 0.0 in next(lane.steps for lane in drop.lanes if lane.role == "crash")
        assert len(drop.notes) >= len(plain.notes)
        assert all(a <= b for a, b in zip(steps(plain, "kick"), steps(drop, "kick"), strict=True))


def test_the_first_half_of_a_drop_has_no_fill() -> None:
    for seed in range(10):
        plain, filled = take("house", seed, build="drop", fills=0), take("house", seed, build="drop", fills=100)
        for lane in plain.lanes:
            assert steps(filled, lane.role)[:4] == steps(plain, lane.role)[:4]


def test_silenced_and_locked_lanes_stay_so_in_a_build() -> None:
    muted = take("house", 1, build="build", lanes={"snare": LaneWish(mute=True), "clap": LaneWish(mute=True)})
    assert sum(snares(muted)) == 0 or not any(lane.role in ("snare", "clap") for lane in muted.lanes)
    kicks = [note for note in take("house", 1).notes if note.pitch == 36]
    locked = take("house", 1, build="build", lanes={"kick": LaneWish(keep=kicks)})
    assert [note for note in locked.notes if note.pitch == 36] == kicks
