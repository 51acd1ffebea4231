"""Other signatures: patterns of four beats on bars of three, five, six eighths, seven eighths and more."""

from __future__ import annotations

import pytest

from engine.compose.drums.adapt import REST, beats_of, sources
from engine.compose.drums.vocabulary import genres
from engine.notes import beats_per_bar
from tests.engine.compose.drums.drum_grids import steps, take

SIGNATURES = [(3, 4), (5, 4), (6, 8), (7, 8), (9, 8), (12, 8), (2, 4), (7, 4), (5, 8), (7, 16), (3, 8), (2, 2)]


def test_four_four_is_left_as_it_is() -> None:
    assert sources(4, 4, 3, True).tolist() == list(range(16))


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("keeps_time", [False, True])
def test_every_sixteenth_of_a_bar_has_a_source(signature: tuple[int, int], keeps_time: bool) -> None:
    for phase in range(4):
        found = sources(*signature, phase, keeps_time)
        assert len(found) == round(beats_per_bar(*signature) * 4)
        assert all(0 <= step <= REST for step in found)


def test_groups_keep_the_downbeat_first_and_the_beat_that_leads_back_last() -> None:
    for count in range(3, 20):
        beats = beats_of(count)
        assert len(beats) == count
        assert (beats[0], beats[-1]) == (0, 3)


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("style", genres())
def test_every_genre_plays_every_signature(style: str, signature: tuple[int, int]) -> None:
    numerator, denominator = signature
    found = take(style, 4, bars=4, signature_numerator=numerator, signature_denominator=denominator, fills=0)
    assert found.length == 4 * beats_per_bar(*signature)
    assert found.notes
    if found.length >= 8:
        bars = [int(note.start_time // (found.length / 4) + 0.02) for note in found.notes]
        assert len(set(bars)) == 4 or style == "ambient"


def kick(style: str, numerator: int, denominator: int) -> list[set[int]]:
    found = take(
        style, 4, bars=2, signature_numerator=numerator, signature_denominator=denominator, fills=0, complexity=0
    )
    return steps(found, "kick", numerator * 16 // denominator)


def test_four_to_the_floor_is_a_kick_on_every_beat_there_is() -> None:
    assert all(bar >= {0, 4, 8} for bar in kick("house", 3, 4))
    assert all(bar >= {0, 4, 8, 12, 16} for bar in kick("house", 5, 4))
    assert all(bar >= {0, 6} for bar in kick("house", 6, 8))
    assert all(bar >= {0, 4, 8} for bar in kick("house", 7, 8))
    assert all(bar >= {0, 6, 12, 18} for bar in kick("house", 12, 8))


def test_six_eight_has_its_backbeat_on_the_second_group_and_hats_on_all_eighths() -> None:
    found = take("boom_bap", 4, bars=2, signature_numerator=6, signature_denominator=8, fills=0)
    assert all(6 in bar for bar in steps(found, "snare", 12))
    hats = [set().union(*each) for each in zip(steps(found, "hat", 12), steps(found, "open_hat", 12), strict=True)]
    assert all(len(bar & {0, 2, 4, 6, 8, 10}) >= 4 for bar in hats)


def test_fills_and_builds_end_with_the_bar_in_any_signature() -> None:
    for numerator, denominator in SIGNATURES:
        for build in ("none", "build", "drop"):
            found = take(
                "trance",
                2,
                bars=8,
                fills=100,
                build=build,
                signature_numerator=numerator,
                signature_denominator=denominator,
            )
            assert all(note.end_time <= found.length for note in found.notes)
