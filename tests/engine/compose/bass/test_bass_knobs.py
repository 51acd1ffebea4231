"""Every knob of the bass does what it says, more of it the farther it is turned, and leaves the rest alone."""

import statistics
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from engine.compose.bass.compose import BassResult
from engine.compose.bass.styles import bass_styles
from engine.notes import Note
from tests.engine.compose.bass.asked import STYLES, asked, ghosts, slides

SEEDS = range(10)
CHANGES = {"progression": "i | VI | iv | V", "bars": 8}
FOUR = [float(beat) for beat in range(4)]
BOOM_BAP = [0.0, 1.75, 2.0, 2.75]
Measure = Callable[[BassResult], float]


STRAIGHT = {"swing_grid": "16", "swing": 0}
QUARTERS = (0, 25, 50, 75, 100)
UPPER = (50, 75, 100)
"""Of a knob whose lower half takes away what a style has none of."""

IDLE = 0.3
"""Share of takes that a quarter of a knob may leave as they are."""


def takes(**fields: Any) -> list[BassResult]:
    return [asked(**(CHANGES | STRAIGHT | {"seed": seed} | fields)) for seed in SEEDS]


def over(measure: Measure, **fields: Any) -> float:
    return statistics.mean(map(measure, takes(**fields)))


def rises(
    measure: Measure,
    knob: str,
    values: tuple[float, ...] = QUARTERS,
    slack: float = 0.0,
    idle: float = IDLE,
    **fields: Any,
) -> None:
    """The measure goes up with the knob: hardly ever down between neighbours, clearly from end to end, nowhere idle."""
    rows = [takes(**{knob: value}, **fields) for value in values]
    found = [statistics.mean(map(measure, row)) for row in rows]
    assert all(after >= before - slack for before, after in pairwise(found)), found
    assert found[-1] > found[0] + slack, found
    left = [before.notes == after.notes for pair in pairwise(rows) for before, after in zip(*pair, strict=True)]
    assert statistics.mean(left) <= idle, [sum(left[at : at + len(SEEDS)]) for at in range(0, len(left), len(SEEDS))]


def line(result: BassResult) -> list[Note]:
    return [note for note in result.notes if note.velocity >= 60]


def count(result: BassResult) -> float:
    return len(line(result))


def off_beat(result: BassResult) -> float:
    """How far from the beats notes begin: 0 on one, 1 on an off-beat eighth, 2 on a sixteenth."""
    weights = {0: 0.0, 1: 2.0, 2: 1.0, 3: 2.0}
    return statistics.mean(weights[round(note.start_time * 4) % 4] for note in line(result))


def changes(result: BassResult) -> list[float]:
    return [span.start for span in result.chords][1:]


def led(result: BassResult) -> float:
    """Share of changes that the note before leads into: a semitone or whole tone from the note that follows."""
    found = []
    for start in changes(result):
        before = [note for note in line(result) if note.start_time < start - 0.05]
        after = [note for note in line(result) if note.start_time >= start - 0.05]
        if before and after:
            found.append(1 <= abs(before[-1].pitch - after[0].pitch) <= 2)
    return statistics.mean(found)


def pitches(result: BassResult) -> float:
    """Bits of the pitches' distribution over one chord."""
    counted = Counter(note.pitch for note in line(result))
    return statistics.mean([len(counted), 3 * (1 - max(counted.values()) / sum(counted.values()))])


def unlike(result: BassResult) -> float:
    """How little two bars share, 0..1."""
    bars = [
        {(round(note.start_time % 4 * 4), note.pitch) for note in line(result) if note.start_time // 4 == bar}
        for bar in range(8)
    ]
    pairs = [(a, b) for place, a in enumerate(bars) for b in bars[:place]]
    return statistics.mean(1 - len(a & b) / len(a | b) for a, b in pairs)


def on_kick(kick: list[float]) -> Measure:
    def measure(result: BassResult) -> float:
        return statistics.mean(any(abs(note.start_time % 4 - k) < 0.06 for k in kick) for note in line(result))

    return measure


@pytest.mark.parametrize("style", STYLES)
def test_density_adds_notes(style: str) -> None:
    rises(count, "density", slack=0.5, style=style)


@pytest.mark.parametrize("style", STYLES)
def test_density_only_ever_adds_places(style: str) -> None:
    low, high = (asked(style=style, density=density, variation=0, swing_grid="16") for density in (30, 90))
    assert {note.start_time for note in line(low)} <= {note.start_time for note in high.notes}


@pytest.mark.parametrize("style", [style for style in STYLES if style != "walking"])
def test_complexity_adds_tones(style: str) -> None:
    vamp = {"progression": "i", "movement": 0, "style": style}
    rises(pitches, "complexity", slack=0.12, **vamp)


def test_a_plain_walk_stands_on_roots_and_a_rich_one_leaves_the_chord() -> None:
    def outside(result: BassResult) -> float:
        tones = {0: {2, 5, 9}, 1: {10, 2, 5}, 2: {7, 10, 2}, 3: {9, 1, 4}}
        return statistics.mean(note.pitch % 12 not in tones[int(note.start_time // 4) % 4] for note in line(result))

    rises(outside, "complexity", style="walking")
    for seed in SEEDS:
        plain = asked(style="walking", complexity=0, seed=seed, **CHANGES)
        firsts = [min(line(plain), key=lambda note: abs(note.start_time - bar * 4)).pitch % 12 for bar in range(8)]
        assert firsts == [2, 10, 7, 9] * 2


@pytest.mark.parametrize("style", [style for style in STYLES if style != "walking"])
def test_movement_leads_into_changes(style: str) -> None:
    rises(led, "movement", slack=0.03, idle=0.35, style=style, complexity=0)


def test_a_walk_steps_into_changes_as_movement_says() -> None:
    rises(led, "movement", slack=0.02, style="walking")


@pytest.mark.parametrize("style", STYLES)
def test_syncopation_leaves_the_beat(style: str) -> None:
    rises(off_beat, "syncopation", UPPER if style == "walking" else QUARTERS, slack=0.03, style=style)


@pytest.mark.parametrize("style", STYLES)
def test_ghosts_are_muted_notes(style: str) -> None:
    values = QUARTERS if bass_styles()[style].ghosts else UPPER
    rises(lambda result: ghosts(result.notes), "ghosts", values, style=style)
    assert over(lambda result: ghosts(result.notes), ghosts=0, style=style) == 0


@pytest.mark.parametrize("style", STYLES)
def test_lock_keeps_to_the_kick(style: str) -> None:
    together = bass_styles()[style].kick == "with"
    kick = BOOM_BAP if together else FOUR
    sign = 1 if together else -1
    measured = on_kick(kick)
    asked_for = {"style": style, "kick": kick, "density": 80}
    if over(measured, lock=0, **asked_for) > 0:  # trance lies between the beats from the start
        rises(lambda result: sign * measured(result), "lock", slack=0.04, **asked_for)
    assert over(measured, lock=100, style=style, kick=kick) == (1.0 if together else 0.0)


@pytest.mark.parametrize("style", STYLES)
def test_without_a_kick_lock_does_nothing(style: str) -> None:
    assert asked(style=style, lock=0).notes == asked(style=style, lock=100).notes
    assert asked(style=style, lock=0, kick=BOOM_BAP).notes == asked(style=style).notes


def test_a_locked_line_plays_with_every_kick() -> None:
    for style in STYLES:
        if bass_styles()[style].kick == "with":
            found = {note.start_time % 4 for note in asked(style=style, kick=BOOM_BAP, lock=100, swing_grid="16").notes}
            assert found == set(BOOM_BAP), style


@pytest.mark.parametrize("style", STYLES)
def test_slide_joins_notes(style: str) -> None:
    values = QUARTERS if bass_styles()[style].slide else UPPER
    rises(lambda result: slides(result.notes), "slide", values, slack=0.1, style=style)


@pytest.mark.parametrize("style", STYLES)
def test_variation_keeps_bars_apart(style: str) -> None:
    rises(unlike, "variation", slack=0.05, style=style, progression="i", movement=0)
    if style != "walking":
        assert over(unlike, variation=0, style=style, progression="i", movement=0) == pytest.approx(0.0, abs=0.15)


@pytest.mark.parametrize("grid", ["8", "16"])
def test_swing_moves_the_off_beats_later(grid: str) -> None:
    def late(result: BassResult) -> float:
        return sum(note.start_time for note in result.notes)

    rises(late, "swing", swing_grid=grid, style="funk")
    assert asked(style="techno", swing=0).notes == asked(style="techno", swing=0, swing_grid="16").notes


def test_humanise_loosens_timing_and_touch() -> None:
    def loose(result: BassResult) -> float:
        return statistics.mean(abs(note.start_time * 4 - round(note.start_time * 4)) for note in result.notes)

    rises(loose, "humanise", style="techno")


@pytest.mark.parametrize("style", STYLES)
def test_ghosts_and_slides_leave_the_line_alone(style: str) -> None:
    plain = asked(style=style, ghosts=0, slide=0)
    told = [(note.start_time, note.pitch) for note in plain.notes]
    assert told == [(note.start_time, note.pitch) for note in line(asked(style=style, ghosts=0, slide=100))]
    if style != "walking":  # its shortest notes are as soft as a muted one's neighbours
        with_ghosts = [(note.start_time, note.pitch) for note in line(asked(style=style, ghosts=100, slide=0))]
        assert set(told) <= set(with_ghosts)
