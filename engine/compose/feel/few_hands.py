"""What ``deviate`` makes of many notes at once, for a handful of them; see ``few``."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from engine.compose.dice import Dice
from engine.compose.feel.bank import SCORES, shipped
from engine.compose.feel.deviate import (
    FINGERED,
    FINGERED_SHARED,
    FINGERED_SPREAD,
    HAND,
    OWN,
    SHARED,
    SWELL,
    SWELL_BEATS,
    drawn_traits,
)
from engine.compose.feel.drift import Drift
from engine.compose.feel.lanes import LANES, lane_of, step_of
from engine.compose.feel.player import player

__all__ = ["few_drummed", "few_fingered"]

Row = list[float]

_TIME, _FORCE = OWN
_EVERYTHING = frozenset(range(len(LANES)))
_SCORES: Row = SCORES.tolist()
_SWELL = Drift("swell", SWELL_BEATS)


class _Drummer(NamedTuple):
    """A drummer's habits as numbers: see ``player.Player``."""

    lean: Row
    spread: float
    score: list[Row]
    levels: list[Row]
    rises: list[Row]
    usual: list[Row]
    touch: Row


def few_fingered(starts: Row, pitches: list[int], role: str, dice: Dice) -> tuple[Row, Row]:
    """What somebody at a keyboard or a string makes of some notes.

    Args:
        starts: as written, beats.
        pitches: likewise.
        role: one of ``deviate.PITCHED``.
        dice: of the take's seed.

    Returns:
        ``stray`` and ``touch`` of ``deviate.fingered``.
    """
    each = [_fingered(start, pitch, role, dice) for start, pitch in zip(starts, pitches, strict=True)]
    return [stray for stray, _ in each], [touch for _, touch in each]


def few_drummed(starts: Row, pitches: list[int], metre: tuple[int, int], tempo: float, dice: Dice) -> tuple[Row, Row]:
    """What a drummer makes of some strokes.

    Args:
        starts: as written, beats.
        pitches: General MIDI's.
        metre: numerator and denominator.
        tempo: beats per minute.
        dice: of the take's seed.

    Returns:
        ``lean`` and ``stray`` together, and ``touch``, of ``deviate.drummed`` with a drummer who plays at this tempo.
    """
    each = [_drummed(start, pitch, metre, tempo, dice) for start, pitch in zip(starts, pitches, strict=True)]
    return [late for late, _ in each], [touch for _, touch in each]


@lru_cache(maxsize=8192)
def _fingered(start: float, pitch: int, role: str, dice: Dice) -> tuple[float, float]:
    """One note; what is played anew with a macro elsewhere mostly has notes that were there before."""
    draw, spread, common = _fingers(role, dice), FINGERED_SPREAD[role], FINGERED_SHARED[role]
    number = _number(start, pitch)
    shared, swell, strike = (_wander(dice, drift, start, 0) for drift in FINGERED)
    stray = spread * (math.sqrt(common) * shared + math.sqrt(1 - common) * dice.bell(_TIME, number))
    return stray, draw["bar"] * swell + draw["strike"] * strike + draw["finger"] * dice.bell(_FORCE, number)


@lru_cache(maxsize=8192)
def _drummed(start: float, pitch: int, metre: tuple[int, int], tempo: float, dice: Dice) -> tuple[float, float]:
    """One stroke; see ``_fingered``."""
    who, number = _drummer(tempo, dice), _number(start, pitch)
    lane, step = lane_of(pitch), step_of(start, metre)
    shared, swell = _wander(dice, HAND, start, 0), _wander(dice, _SWELL, start, lane)
    stray = who.spread * (math.sqrt(SHARED) * shared + math.sqrt(1 - SHARED) * dice.bell(_TIME, number))
    strays = who.touch[lane] * (math.sqrt(SWELL) * swell + math.sqrt(1 - SWELL) * dice.bell(_FORCE, number))
    inside = min(max(who.score[lane][step] + strays, _SCORES[0]), _SCORES[-1])
    below = bisect_right(_SCORES, inside) - 1
    played = who.levels[lane][below] + who.rises[lane][below] * (inside - _SCORES[below])
    return who.lean[lane] + stray, played - who.usual[lane][step]


def _number(start: float, pitch: int) -> int:
    return round(start * 192) * 128 + pitch


def _wander(dice: Dice, drift: Drift, time: float, voice: int) -> float:
    """``drift.wander`` at one time."""
    place = time / drift.period + dice.uniform(f"{drift.name}.lattice")
    below = math.floor(place)
    share, left = place - below, below * 16 + voice
    rest = 1 - share
    blend = dice.bell(drift.name, left) * rest + dice.bell(drift.name, left + 16) * share
    return blend / math.sqrt(rest * rest + share * share)


@lru_cache(maxsize=64)
def _fingers(role: str, dice: Dice) -> dict[str, float]:
    return drawn_traits(role, dice)


@lru_cache(maxsize=64)
def _drummer(tempo: float, dice: Dice) -> _Drummer:
    bank = shipped()
    who = player(bank, bank.draw(None, tempo, (), dice), _EVERYTHING)
    tables = (who.score, who.levels, who.rises, who.usual)
    score, levels, rises, usual = (table.tolist() for table in tables)
    return _Drummer(who.lean.tolist(), who.spread, score, levels, rises, usual, who.touch.tolist())
