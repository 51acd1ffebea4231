"""The walking model as a line's character plays it, with its manners: all that can be is added up once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.compose.bass.manners import AWAY, FAR, HELD, REACH, THIRD_TIME, leanings
from engine.compose.bass.walk_model import (
    CLASS_OF,
    EDGES,
    HIGH,
    LAGS,
    LIFTS,
    LOW,
    NEAR,
    ONWARD,
    SPAN,
    STEPS,
    UNIT,
    Character,
    Place,
    Scores,
    WalkModel,
    walk_model,
)

__all__ = ["Walker", "walker"]

_MEMORY = max(LAGS)
_ALL = frozenset(range(12))


class Walker:
    """Scores pitches.

    Args:
        model: whose weights.
        character: the line's.
        manners: how far it minds them: 0 not at all, 1 as is usual.
    """

    def __init__(self, model: WalkModel, character: Character, manners: float) -> None:
        self._model, self._manners = model, manners
        repeat, half, whole, leap, wide, *self._close = character[:8]
        by_size = np.array([repeat, half, whole, 0.0, 0.0, leap, leap, leap, leap + wide])
        self._moves = model.interval + by_size[np.minimum(np.abs(STEPS), 8)] + manners * REACH
        self._turns = model.turn + character[10] * (ONWARD * np.sign(STEPS) > 0)
        self._around = model.home + character[16] / UNIT * model.distances
        self._height = model.pitch + (character[8] + character[9] * LIFTS) * LIFTS
        self._recent, self._fresh = character[12], model.fresh + character[15]
        self._same = dict(model.same)
        for lag, trait in ((2, 11), (4, 13), (8, 14)):
            self._same[lag] += character[trait]
        self._held, self._third_time = manners * HELD, manners * THIRD_TIME
        self._away = manners * AWAY
        self._grounds: dict[Place, tuple[Scores, Scores]] = {}

    def scores(self, place: Place, past: Sequence[int]) -> Scores:
        """Scores every pitch from ``LOW`` to ``HIGH``.

        Args:
            place: where the next note stands.
            past: the pitches before it, the last one last; at most the last sixteen are read.

        Returns:
            Logarithms of chances, up to a constant; float64, one a pitch.
        """
        model = self._model
        ground, leapt = self._grounds.get(place) or self._ground(place)
        if not past:
            return np.asarray(ground + model.first)
        recent = past[-_MEMORY:]
        last, count = recent[-1], min(NEAR, len(recent))
        begin = HIGH - last
        end = begin + SPAN
        total: Scores = ground + self._moves[place.beat, begin:end]
        if count > 1:
            total += self._turns[bisect_right(EDGES, last - recent[-2]), begin:end]
        if not place.begins:
            root = (LOW - place.root) % 12
            total += model.pair[(last - place.root) % 12][root : root + SPAN]
            total += leapt * FAR[begin:end]
        total += self._around[model.first_of[count - 1] + sum(recent[-NEAR:]) - count * LOW]
        if last % 12 not in place.known:
            total += self._away[begin:end]
        total += self._again(recent, begins=place.begins)
        return total

    def _ground(self, place: Place) -> tuple[Scores, Scores]:
        """What a place says of pitches wherever the line comes from, and what of those it would leap to."""
        tone, one, five = self._close
        classes = np.zeros(12)
        classes[list(place.tones)] = tone
        classes[place.root] += one
        classes[(place.root + 7) % 12] += five
        first = (LOW - place.tonic) % 12
        due, leapt = leanings(place)
        ground = self._model.still(place) + self._height + self._model.key[int(place.minor)][first : first + SPAN]
        ground += classes[CLASS_OF] + self._manners * due
        found = self._grounds[place] = (ground, self._manners * leapt)
        return found

    def _again(self, recent: Sequence[int], *, begins: bool) -> list[float]:
        """What speaks for pitches, and for pitch classes, of the notes before, and for such as were not heard."""
        count = len(recent)
        classes = [0.0] * 12
        for lag, alike in self._model.alike:
            if count < lag:
                break
            classes[recent[-lag] % 12] += alike
        for pitch_class in {pitch % 12 for pitch in recent[-8:-1]}:
            classes[pitch_class] += self._recent
        if count >= 4:
            for pitch_class in _ALL - {pitch % 12 for pitch in recent}:
                classes[pitch_class] += self._fresh
        found = (classes * 3)[LOW % 12 : LOW % 12 + SPAN]
        for lag, same in self._same.items():
            if count < lag:
                break
            found[recent[-lag] - LOW] += same
        if begins:
            found[recent[-1] - LOW] += self._held
        if count > 1 and recent[-2] == recent[-1]:
            found[recent[-1] - LOW] += self._third_time
        return found


@lru_cache(maxsize=8)
def walker(character: Character, manners: float) -> Walker:
    """A walker of a character; see ``Walker``."""
    return Walker(walk_model(), character, manners)
