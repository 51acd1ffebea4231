"""Each knob does one audible thing, more of it the further it is turned, in every style.

Each style is heard with several seeds; the mean over them has to rise from every quarter
of the knob's way to the next, and by a margin from end to end.
"""

import itertools
import random
import statistics

import pytest

from engine.compose.chords import ChordsRequest, ChordsResult, compose_chords
from engine.compose.stock import rhythms, styles, voicings
from engine.theory.key import Key, usual_key
from engine.theory.progressions import read_progression
from tests.engine.compose import chord_measures as ear

UNSEEN = [random.Random("never tuned on").randrange(2**31) + step for step in range(0, 24 * 7919, 7919)]
"""Seeds no constant of the composer was chosen on."""

SEEDS = UNSEEN[:12]

WAY = (0.0, 33.0, 67.0, 100.0)


def heard(knob: str, measure, seeds=SEEDS, **where: str) -> list[float]:
    return [
        statistics.fmean(measure(compose_chords(ChordsRequest(seed=seed, **where, **{knob: value}))) for seed in seeds)
        for value in WAY
    ]


def rises(row: list[float]) -> bool:
    return all(after > before for before, after in itertools.pairwise(row))


@pytest.mark.parametrize("style", list(styles()))
def test_tension_makes_chords_rougher_and_pull(style: str) -> None:
    row = heard("tension", ear.tension, style=style)
    assert rises(row), row
    assert row[-1] - row[0] > 0.8


@pytest.mark.parametrize("style", list(styles()))
def test_complexity_adds_tones_and_chords(style: str) -> None:
    row = heard("complexity", ear.complexity, style=style)
    assert rises(row), row
    assert row[-1] - row[0] > 0.8


@pytest.mark.parametrize("style", list(styles()))
def test_movement_makes_voices_travel(style: str) -> None:
    row = heard("movement", ear.movement, style=style)
    assert rises(row), row
    assert row[-1] > 2 * row[0]


@pytest.mark.parametrize("style", list(styles()))
def test_density_adds_strikes(style: str) -> None:
    row = heard("density", ear.density, style=style)
    assert rises(row), row
    assert row[-1] > 3 * row[0]


@pytest.mark.parametrize("style", list(styles()))
def test_humanise_loosens_time_and_touch(style: str) -> None:
    rows = []
    for value in WAY:
        requests = [ChordsRequest(style=style, seed=seed, humanise=value) for seed in SEEDS]
        rows.append([ear.looseness(request, compose_chords(request)) for request in requests])
    timing, touch = ([statistics.fmean(each[which] for each in row) for row in rows] for which in (0, 1))
    assert rises(timing), timing
    assert rises(touch), touch
    assert timing[0] == touch[0] == 0
    assert 10 < timing[-1] < 40, "milliseconds"
    assert touch[-1] > 6


@pytest.mark.parametrize("rhythm", list(rhythms()))
def test_density_is_monotone_in_every_rhythm_and_seed(rhythm: str) -> None:
    for seed in range(5):
        counts = [
            len(ear.onsets(compose_chords(ChordsRequest(style="pop", rhythm=rhythm, density=d, seed=seed, humanise=0))))
            for d in range(0, 101, 10)
        ]
        assert counts == sorted(counts)
        assert counts[-1] > 2 * counts[0]


def test_a_small_turn_makes_a_small_difference() -> None:
    # Continuous: going through the whole range in steps of five, no step does more than a quarter of it all.
    for knob, measure in (("density", ear.density), ("tension", ear.tension), ("complexity", ear.complexity)):
        row = []
        for value in range(0, 101, 5):
            takes = [
                compose_chords(ChordsRequest(style="house", seed=seed, **{knob: float(value)})) for seed in range(6)
            ]
            row.append(statistics.fmean(measure(take) for take in takes))
        whole = max(row) - min(row)
        largest = max(abs(b - a) for a, b in itertools.pairwise(row))
        assert largest < 0.25 * whole, knob


@pytest.mark.parametrize("style", list(styles()))
def test_at_zero_the_figures_sound_as_written(style: str) -> None:
    for number in range(1, 13):
        result: ChordsResult = compose_chords(
            ChordsRequest(style=style, progression=f"#{number}", key="C", seed=number, complexity=0, tension=0, bars=16)
        )
        item = styles()[style].progressions[number - 1]
        home: Key = usual_key(0, item.mode)
        written = {chord.symbol: chord for chord in read_progression(item.figures, home)}
        for chord in result.chords:
            assert chord.symbol in written
            meant = written[chord.symbol]
            sounding = {pitch % 12 for pitch in chord.pitches}
            assert sounding <= set(meant.pcs)
            # A shell, or a hand of four at a ninth chord, leaves the fifth out, nothing else.
            assert set(meant.pcs) - sounding <= {(meant.root + fifth) % 12 for fifth in (6, 7)}


EVERYWHERE = {
    "own names": {"progression": "Dm7 G7 Cmaj7"},
    "own figures": {"progression": "i-VI-III-VII", "key": "10B", "rhythm": "stabs"},
    "one own chord": {"progression": "I"},
    **{f"voicing {name}": {"voicing": name} for name in voicings()},
}
"""Beside the styles, which are heard above."""


@pytest.mark.parametrize("where", list(EVERYWHERE))
@pytest.mark.parametrize(
    ("knob", "measure"),
    [("tension", ear.tension), ("complexity", ear.complexity), ("movement", ear.movement), ("density", ear.density)],
)
def test_every_knob_is_heard_everywhere(knob: str, measure, where: str) -> None:
    # Of voices that travel more, in voicings with few shapes, more takes have to be heard.
    row = heard(knob, measure, UNSEEN if knob == "movement" else SEEDS, **EVERYWHERE[where])
    if (knob, where) == ("tension", "voicing shell"):
        # Three notes can be sharpened only so far: the last third of the way only holds what was reached.
        assert row[3] > row[2] - 0.1
        row = row[:3]
    if (knob, where) in (("movement", "voicing shell"), ("movement", "voicing rootless")):
        # So few shapes belong to these that the first third of the way finds hardly another; it must not fall back.
        assert row[1] > row[0] - 0.05
        row = row[1:]
    assert rises(row), row
