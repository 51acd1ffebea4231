"""How likely each pitch is as the next note of a walking line: a log-linear model learnt from players.

The score of a pitch is a sum of weights: of its interval by the beat, of two intervals in a row, of its degree in the
chord, in the chord that comes next and in the key, of its height, of what it shares with the notes before. A line has
a character besides, seventeen traits that say how much it repeats, steps, leaps, keeps to chord tones: that is what
tells one player and one tune from another, and why lines of the model differ from each other as real ones do.

The weights are derived from the bass lines of the Weimar Jazz Database and lie in a file of their own under its
licence, ODbL share-alike (``walking_wjd.json`` says so); how they were learnt: tests/benchmarks/composing/learn_bass.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from math import exp
from pathlib import Path

import msgspec
import numpy as np

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

QUALITIES = 5
WEIGHTS = Path(__file__).with_name("walking_wjd.json")

_SPAN = HIGH - LOW + 1
_WIDEST = 14
_MIDDLE, _UNIT = 41, 4.0
_MEMORY = max(LAGS)

_ALL = frozenset(range(12))

Character = tuple[float, ...]
Scores = list[float]

_NOTHING = [0.0] * (_SPAN + 12)
_CLASS_OF = tuple(pitch % 12 for pitch in range(LOW, HIGH + 1))
_EDGES = (-7, -4, -2, -1, 0, 1, 2, 3, 5, 8)
_REPEATED = 5
"""The class of an interval of nothing."""


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
        self._same, self._class = file.same, file.classes
        self._pitch, self._first = file.pitch, file.first
        self._fresh = file.fresh[0]
        self._interval = [[row[_clipped(step)] for step in range(1 - _SPAN, _SPAN)] for row in file.interval]
        self._turn = [[row[_class_of(step)] for step in range(1 - _SPAN, _SPAN)] for row in file.turn]
        self._degree = [[_round(row) for row in rows] for rows in file.degree]
        self._into, self._before = [_round(row) for row in file.into], [_round(row) for row in file.before]
        self._pair, self._key = [_round(row) for row in file.pair], [_round(row) for row in file.key]
        self._home = file.home
        self._arounds: dict[tuple[int, int], tuple[Scores, Scores]] = {}
        self._characters = file.characters
        self._loose = np.array(file.loose)
        # A line asks for the same few of these all through.
        self._rest = lru_cache(maxsize=64)(self._rest_of)
        self._moves = lru_cache(maxsize=64)(self._moves_of)
        self._turns = lru_cache(maxsize=128)(self._turns_of)

    def character(self, dice: Dice) -> Character:
        """Draws a line's character: one of those met, moved by as much as was not known of it."""
        row = self._characters[int(dice.uniform("character") * len(self._characters))]
        moved = self._loose @ dice.bells("character", np.arange(len(TRAITS), dtype=np.int64))
        return tuple((np.array(row) + moved).tolist())

    def scores(self, place: Place, past: Sequence[int], character: Character) -> Scores:
        """Scores every pitch from ``LOW`` to ``HIGH``.

        Args:
            place: where the next note stands.
            past: the pitches before it, the last one last; at most the last sixteen are read.
            character: the line's.

        Returns:
            Logarithms of chances, up to a constant.
        """
        root, follower = (LOW - place.root) % 12, (LOW - place.next_root) % 12
        leading = _NOTHING
        if place.till <= 2:
            leading = (self._into if place.till <= 1 else self._before)[int(place.next_minor)]
        classes = [0.0] * 12
        for pitch_class in place.tones:
            classes[pitch_class] = character[5]
        classes[place.root] += character[6]
        classes[(place.root + 7) % 12] += character[7]
        recent = past[-_MEMORY:]
        moves, turns, pair, home, distances = self._past(place, recent, character)
        _add_lags(classes, zip(LAGS, self._class, strict=True), recent)
        _add_known(classes, recent, character[12], self._fresh + character[15])
        away = character[16] / _UNIT
        rows = zip(
            self._degree[0 if place.begins else place.beat + 1][place.quality][root : root + _SPAN],
            self._rest(place.tonic, place.minor, character[8], character[9]),
            leading[follower : follower + _SPAN],
            moves,
            turns,
            pair,
            home,
            distances,
            [classes[pitch_class] for pitch_class in _CLASS_OF],
            strict=True,
        )
        total = [a + b + c + d + e + f + g + away * h + i for a, b, c, d, e, f, g, h, i in rows]
        for lag, same in zip(LAGS, self._same, strict=True):
            if len(recent) < lag:
                break
            total[recent[-lag] - LOW] += same
        for lag, trait in ((2, 11), (4, 13), (8, 14)):
            if len(recent) >= lag:
                total[recent[-lag] - LOW] += character[trait]
        return total

    def _past(self, place: Place, past: Sequence[int], character: Character) -> tuple[Scores, ...]:
        """What the notes before say of every pitch: its interval, two in a row, its degree's, and how far it lies."""
        if not past:
            return self._first, *[_NOTHING[:_SPAN]] * 4
        last = past[-1]
        begin, end = _SPAN - 1 - (last - LOW), 2 * _SPAN - 1 - (last - LOW)
        turns, pair = _NOTHING[:_SPAN], _NOTHING[:_SPAN]
        if len(past) > 1:
            turns = self._turns(_class_of(last - past[-2]), character[10])[begin:end]
        if not place.begins:
            root = (LOW - place.root) % 12
            pair = self._pair[(last - place.root) % 12][root : root + _SPAN]
        home, distances = self._around(sum(past[-8:]), len(past[-8:]))
        return self._moves(place.beat, character[:5])[begin:end], turns, pair, home, distances

    def _rest_of(self, tonic: int, minor: bool, height: float, spread: float) -> Scores:
        """What is alike all through a line: how readily each pitch is played, in its key, at its height."""
        first = (LOW - tonic) % 12
        lifts = [(pitch - _MIDDLE) / _UNIT for pitch in range(LOW, HIGH + 1)]
        key = self._key[int(minor)][first : first + _SPAN]
        return [a + b + (height + spread * c) * c for a, b, c in zip(self._pitch, key, lifts, strict=True)]

    def _moves_of(self, beat: int, traits: tuple[float, ...]) -> Scores:
        """How readily each interval is taken on a beat, by a character."""
        repeat, half, whole, leap, wide = traits
        by_size = [repeat, half, whole, 0.0, 0.0, leap, leap, leap]
        sizes = [abs(step) for step in range(1 - _SPAN, _SPAN)]
        own = [by_size[size] if size < 8 else leap + wide for size in sizes]
        return [a + b for a, b in zip(self._interval[beat], own, strict=True)]

    def _turns_of(self, before: int, onward: float) -> Scores:
        """How readily each interval follows one of a class, by a character that goes on or turns back."""
        direction = (before > _REPEATED) - (before < _REPEATED)
        steps = range(1 - _SPAN, _SPAN)
        return [
            weight + onward * (step * direction > 0) for weight, step in zip(self._turn[before], steps, strict=True)
        ]

    def _around(self, total: int, count: int) -> tuple[Scores, Scores]:
        """Weights of the distance from the middle of the last notes, and the distances, for every pitch."""
        found = self._arounds.get((total, count))
        if found is None:
            middle, far = total / count, len(self._home) - 1
            distances = [abs(pitch - middle) for pitch in range(LOW, HIGH + 1)]
            found = [self._home[min(int(distance + 0.5), far)] for distance in distances], distances
            self._arounds[total, count] = found
        return found


def drawn(scores: Scores, mark: float) -> int:
    """Draws a pitch: ``mark`` (0 <= x < 1) of the way through the chances that the scores stand for."""
    top = max(scores)
    sums = list(accumulate([exp(score - top) for score in scores]))
    return LOW + min(bisect_right(sums, mark * sums[-1]), _SPAN - 1)


@cache
def walk_model() -> WalkModel:
    """The model, read once."""
    return WalkModel(msgspec.json.decode(WEIGHTS.read_bytes(), type=_File))


def _round(row: list[float]) -> list[float]:
    """A table of twelve pitch classes, repeated so that any stretch of pitches is a slice of it."""
    return (row * (_SPAN // 12 + 2))[: _SPAN + 12]


def _clipped(step: int) -> int:
    return max(-_WIDEST, min(_WIDEST, step)) + _WIDEST


def _class_of(step: int) -> int:
    """Intervals in eleven classes: far down, fifths, thirds, each step by itself, and up again."""
    return bisect_right(_EDGES, step)


def _add_lags(classes: list[float], lags: Iterable[tuple[int, float]], past: Sequence[int]) -> None:
    for lag, alike in lags:
        if len(past) < lag:
            return
        classes[past[-lag] % 12] += alike


def _add_known(classes: list[float], past: Sequence[int], again: float, new: float) -> None:
    """Adds what a character says of pitch classes heard lately, and of those not heard for long."""
    for pitch_class in {pitch % 12 for pitch in past[-8:-1]}:
        classes[pitch_class] += again
    if len(past) >= 4:
        for pitch_class in _ALL - {pitch % 12 for pitch in past}:
            classes[pitch_class] += new
