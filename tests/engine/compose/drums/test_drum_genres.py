"""Genres are told apart, takes differ, and one take of each is as it was when it was listened to."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.compose.drums.compose import DrumsResult
from engine.compose.drums.roles import ORDER
from engine.compose.drums.vocabulary import genres
from tests.engine.compose.drums.drum_golden import FILE, drawn
from tests.engine.compose.drums.drum_grids import signature, steps, take

GENRES = list(genres())
_RAREST = 0.03

Grid = NDArray[np.float64]


def grid(found: DrumsResult) -> Grid:
    """How often each role strikes each sixteenth: (roles, 16)."""
    out = np.zeros((len(ORDER), 16))
    for lane in found.lanes:
        bars = steps(found, lane.role)
        for bar in bars:
            out[ORDER[lane.role], sorted(bar)] += 1 / len(bars)
    return out


@cache
def plain(style: str, seed: int) -> DrumsResult:
    """A take at the defaults, made once for all tests of this file."""
    return take(style, seed)


@cache
def known() -> dict[str, Grid]:
    """The mean grid of each genre, of takes that are not tested."""
    return {style: np.mean([grid(take(style, 5000 + seed)) for seed in range(20)], axis=0) for style in GENRES}


def nearest(found: DrumsResult, among: tuple[str, ...] = ()) -> str:
    """The genre under which a take is likeliest."""
    seen = grid(found)

    def likelihood(style: str) -> float:
        chance = np.clip(known()[style], _RAREST, 1 - _RAREST)
        return float((seen * np.log(chance) + (1 - seen) * np.log(1 - chance)).sum())

    return max(among or GENRES, key=likelihood)


@cache
def identified() -> dict[str, float]:
    return {style: float(np.mean([nearest(plain(style, seed)) == style for seed in range(16)])) for style in GENRES}


def test_genres_are_told_apart_far_more_often_than_by_chance() -> None:
    # Real patterns of sixteen genres are told by likelihood in 43 of 100 cases; by chance one of 23 would be.
    assert np.mean(list(identified().values())) > 0.65
    assert min(identified().values()) > 0.25


@pytest.mark.parametrize(
    ("style", "other"),
    [
        *(("hiphop", "boom_bap"), ("boom_bap", "lo_fi"), ("hiphop", "lo_fi"), ("dnb", "jungle"), ("trap", "drill")),
        *(("reggaeton", "dembow"), ("house", "techno"), ("house", "disco"), ("techno", "minimal")),
        *(("funk", "hiphop"), ("uk_garage", "house"), ("dubstep", "trap"), ("lo_fi", "downtempo")),
    ],
)
def test_neighbours_are_told_from_each_other(style: str, other: str) -> None:
    pair = (style, other)
    right = [nearest(plain(each, seed), pair) == each for each in pair for seed in range(16)]
    assert np.mean(right) > 0.7


@pytest.mark.parametrize("style", GENRES)
def test_takes_differ(style: str) -> None:
    takes = [plain(style, seed) for seed in range(60)]
    assert len({signature(found) for found in takes}) >= 57
    # Not by fills alone: grooves by themselves differ too.
    grooves = {signature(take(style, seed, fills=0, bars=1)) for seed in range(60)}
    assert len(grooves) >= 40


@pytest.mark.parametrize("style", GENRES)
def test_no_take_is_the_dullest_loop(style: str) -> None:
    counts = [len(found.notes) for found in (plain(style, seed) for seed in range(30))]
    assert np.std(counts) / np.mean(counts) > 0.05


@pytest.mark.parametrize("style", GENRES)
def test_every_take_is_a_whole_kit(style: str) -> None:
    keepers = {"hat", "ride", "shaker", "tambourine", "open_hat"}
    for seed in range(60):
        grooves = {lane.role for lane in plain(style, seed).lanes}
        assert len(grooves) >= 3
        assert style == "ambient" or grooves & keepers


def test_a_take_bar_by_bar_is_a_phrase_and_not_one_bar_for_ever() -> None:
    for style in GENRES:
        bars = []
        for seed in range(10):
            found = plain(style, seed)
            rows = [(lane.role, steps(found, lane.role)) for lane in found.lanes]
            bars.append(len({tuple((role, tuple(sorted(row[bar]))) for role, row in rows) for bar in range(8)}))
        assert np.mean(bars) >= 2.5, style


def test_every_golden_take_has_a_listening_note() -> None:
    golden = json.loads(FILE.read_text("utf-8"))
    assert list(golden) == GENRES
    notes = [row["listening"] for row in golden.values()]
    assert all(30 < len(note) < 130 and note.endswith(".") for note in notes)
    assert len(set(notes)) == len(notes)


@pytest.mark.parametrize("style", GENRES)
def test_the_golden_take_is_as_it_was_listened_to(style: str) -> None:
    assert drawn(style) == json.loads(FILE.read_text("utf-8"))[style]["lanes"]
