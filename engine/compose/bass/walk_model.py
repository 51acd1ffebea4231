"""How likely each pitch is as the next note of a walking line: a log-linear model learnt from players.

The score of a pitch is a sum of weights: of its interval by the beat, of two intervals in a row, of its degree in the
chord, in the chord that comes next and in the key, of its height, of what it shares with the notes before. A line has
a character besides, seventeen traits that say how much it repeats, steps, leaps, keeps to chord tones: that is what
tells one player and one tune from another, and why lines of the model differ from each other as real ones do.

The weights are derived from the bass lines of the Weimar Jazz Database and lie in a file of their own under its
licence, ODbL share-alike (``walking_wjd.json`` says so); how they were learnt: tests/benchmarks/composing/learn_bass.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine import typed
from engine.compose.dice import Dice

__all__ = [
    "HIGH",
    "LAGS",
    "LOW",
    "QUALITIES",
    "TRAITS",
    "WEIGHTS",
    "Character",
    "Place",
    "WalkModel",
    "drawn",
    "quality_of",
    "walk_model",
]

LOW, HIGH = 28, 55
"""Pitches of the line, MIDI: from the open E string of a bass up to the G two octaves and a third above."""

LAGS = (2, 3, 4, 5, 6, 7, 8, 12, 16)
"""How many notes back the model looks for the same pitch, and for the same pitch class."""

TRAITS = (
    *("repeat", "half", "whole", "leap", "wide", "tone", "root", "fifth", "height", "spread", "onward"),
    *("again_2", "recent", "again_4", "again_8", "fresh", "away"),
)
"""What a line's character is made of."""

_SHYEST = {"tone": -0.1, "root": -0.4}
_FLOOR = np.array([_SHYEST.get(trait, -np.inf) for trait in TRAITS])

QUALITIES = 5
WEIGHTS = Path(__file__).with_name("walking_wjd.json")

SPAN = HIGH - LOW + 1
_WIDEST = 14
_MIDDLE, UNIT = 41, 4.0

Character = tuple[float, ...]
Scores = NDArray[np.float64]

_ROW = np.arange(LOW, HIGH + 1)
CLASS_OF = _ROW % 12
LIFTS = (_ROW - _MIDDLE) / UNIT
STEPS = np.arange(1 - SPAN, SPAN)
EDGES = (-7, -4, -2, -1, 0, 1, 2, 3, 5, 8)
"""Where classes of intervals end: far down, fifths, thirds, each step by itself, and up again."""

_STEP_CLASSES = np.searchsorted(EDGES, STEPS, "right")
ONWARD = np.sign(np.arange(len(EDGES) + 1) - 5)[:, None]
"""Which way intervals of each class go; the class in the middle repeats."""

NEAR = 8
"""Notes whose middle a line keeps to."""


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where the next note stands.

    Attributes:
        beat: role of the beat in its bar: 0 the first, 3 the last, 1 and 2 between them.
        begins: whether the chord begins here.
        till: beats until the next chord, counting from 1.
        root: pitch class of the chord.
        quality: see ``quality_of``.
        tones: pitch classes of the chord.
        next_root: pitch class on which the next chord stands.
        next_minor: whether its third is minor.
        tonic: pitch class of the key.
        minor: whether the key is.
        known: pitch classes that go with the chord; see ``manners.known_tones``.
    """

    beat: int
    begins: bool
    till: int
    root: int
    quality: int
    tones: tuple[int, ...]
    next_root: int
    next_minor: bool
    tonic: int
    minor: bool
    known: frozenset[int]


def quality_of(above: Iterable[int]) -> int:
    """Sorts a chord by what stands above its root, in semitones: 0 major, 1 dominant, 2 minor, 3 diminished, 4 none."""
    known = set(above)
    if 4 in known:
        return 1 if 10 in known else 0
    if 3 in known:
        return 3 if 6 in known and 7 not in known else 2
    return 4


class _File(msgspec.Struct, frozen=True, rename={"classes": "class"}):
    """The weights as they lie on disk."""

    interval: list[list[float]]
    turn: list[list[float]]
    degree: list[list[list[float]]]
    into: list[list[float]]
    before: list[list[float]]
    pitch: list[float]
    same: list[float]
    classes: list[float]
    pair: list[list[float]]
    key: list[list[float]]
    first: list[float]
    home: list[float]
    fresh: list[float]
    characters: list[list[float]]
    loose: list[list[float]]


class WalkModel:
    """The weights, laid out so that the scores of all pitches are slices to be added."""

    def __init__(self, file: _File) -> None:
        self.same, self.alike = list(zip(LAGS, file.same, strict=True)), list(zip(LAGS, file.classes, strict=True))
        self.pitch, self.first = np.array(file.pitch), np.array(file.first)
        self.fresh = file.fresh[0]
        self.interval = np.array(file.interval)[:, np.clip(STEPS, -_WIDEST, _WIDEST) + _WIDEST]
        self.turn = np.array(file.turn)[:, _STEP_CLASSES]
        self.pair, self.key = [_round(row) for row in file.pair], [_round(row) for row in file.key]
        # The middle of the last notes, by how many they are and by their sum: how far each pitch lies from it.
        middles = [total / count for count in range(1, NEAR + 1) for total in range(count * LOW, count * HIGH + 1)]
        self.first_of = [0, *accumulate(count * (SPAN - 1) + 1 for count in range(1, NEAR + 1))]
        self.distances = np.abs(_ROW - np.array(middles)[:, None])
        self.home = np.array(file.home)[np.minimum(np.floor(self.distances + 0.5).astype(np.int64), len(file.home) - 1)]
        self._degree = [[_round(row) for row in rows] for rows in file.degree]
        self._into, self._before = [_round(row) for row in file.into], [_round(row) for row in file.before]
        self._characters, self._loose = np.array(file.characters), np.array(file.loose)
        self.still = lru_cache(maxsize=1024)(self._still_of)

    def character(self, dice: Dice) -> Character:
        """Draws a line's character: one of those met, moved by as much as was not known of it.

        One that shuns its chords was misheard: how seldom it plays their tones and roots has a floor.
        """
        row = self._characters[int(dice.uniform("character") * len(self._characters))]
        moved = row + self._loose @ dice.bells("character", np.arange(len(TRAITS), dtype=np.int64))
        return tuple(np.maximum(moved, _FLOOR).tolist())

    def _still_of(self, place: Place) -> Scores:
        """What hangs on the place alone: the chord's degrees, and the chord to come."""
        root, follower = (LOW - place.root) % 12, (LOW - place.next_root) % 12
        degrees = self._degree[0 if place.begins else place.beat + 1][place.quality][root : root + SPAN]
        if place.till > 2:
            return degrees
        leading = (self._into if place.till <= 1 else self._before)[int(place.next_minor)]
        return np.asarray(degrees + leading[follower : follower + SPAN])


def drawn(scores: Scores, mark: float) -> int:
    """Draws a pitch: ``mark`` (0 <= x < 1) of the way through the chances that the scores stand for.

    Scores are sums of a few dozen weights, none of which comes near what an exponential can hold.
    """
    sums = np.exp(scores).cumsum()
    return LOW + min(int(sums.searchsorted(mark * sums[-1], "right")), SPAN - 1)


@cache
def walk_model() -> WalkModel:
    """The model, read once."""
    return WalkModel(typed.decode(WEIGHTS.read_bytes(), _File))


def _round(row: list[float]) -> Scores:
    """A table of twelve pitch classes, repeated so that any stretch of pitches is a slice of it."""
    return np.array((row * (SPAN // 12 + 2))[: SPAN + 12])
