"""What defines a style is there in every take at the defaults."""

import statistics
from collections.abc import Callable
from itertools import pairwise

import pytest

from engine.notes import Note
from tests.engine.compose.bass.asked import asked, slides

SEEDS = range(30)


def takes(style: str, **fields: object) -> list[list[Note]]:
    return [asked(style=style, seed=seed, swing_grid="16", **fields).notes for seed in SEEDS]


def steps(notes: list[Note]) -> list[int]:
    return [round(note.start_time * 4) % 16 for note in notes if note.velocity >= 60]


def test_acid_is_filled_as_sequences_are() -> None:
    """Measured on 303 patterns: 9 notes a bar, two thirds on one pitch class, slides between 6 and 19 of a hundred."""
    found = takes("acid", progression="i")
    assert statistics.mean(len(notes) / 8 for notes in found) == pytest.approx(9.0, abs=1.0)
    assert statistics.mean(note.pitch % 12 == 2 for notes in found for note in notes) == pytest.approx(0.68, abs=0.1)
    assert 0.06 <= statistics.mean(slides(notes) / len(notes) for notes in found) <= 0.19
    struck = {note.velocity for notes in found for note in notes if note.velocity > 60}
    assert struck == {84.0, 118.0}  # an accent is on or off


def test_trance_never_meets_the_kick() -> None:
    assert not {step for notes in takes("trance") for step in steps(notes)} & {0, 4, 8, 12}


def test_disco_goes_by_octaves() -> None:
    for notes in takes("disco", progression="i"):
        moves = [abs(a.pitch - b.pitch) for a, b in pairwise(notes)]
        assert moves.count(12) / len(moves) > 0.25


def test_funk_hits_the_one() -> None:
    for notes in takes("funk"):
        assert steps(notes).count(0) == 8
        assert max(note.velocity for note in notes) == max(note.velocity for note in notes if note.start_time % 4 == 0)


def long_share(notes: list[Note]) -> float:
    return statistics.mean(note.duration > 1.0 for note in notes)


def low_share(notes: list[Note]) -> float:
    return statistics.mean(note.pitch <= 40 for note in notes)


@pytest.mark.parametrize(
    ("style", "measure", "least"),
    [
        ("trap", long_share, 0.2),
        ("hip_hop", long_share, 0.2),
        ("drum_and_bass", long_share, 0.3),
        ("techno", low_share, 0.75),
    ],
)
def test_a_style_has_its_weight(style: str, measure: Callable[[list[Note]], float], least: float) -> None:
    assert statistics.mean(measure(notes) for notes in takes(style)) >= least


def test_reggae_leaves_the_one_to_the_drums_now_and_then() -> None:
    empty = [
        0 not in steps([n for n in notes if n.start_time // 4 == bar]) for notes in takes("reggae") for bar in range(8)
    ]
    assert 0.1 <= statistics.mean(empty) <= 0.8


def test_slides_are_where_808s_and_reeses_are() -> None:
    found = {
        s: statistics.mean(slides(notes) for notes in takes(s))
        for s in ("trap", "drum_and_bass", "root_fifth", "techno")
    }
    assert min(found["trap"], found["drum_and_bass"]) > 2 * max(found["root_fifth"], found["techno"])
