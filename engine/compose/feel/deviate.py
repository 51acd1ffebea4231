"""How a player departs from what is written: the habits of one drawn player, and chance about them.

For drums both are learnt (see ``bank``). Of the spread in real drumming about half is shared by everything within two
beats, whatever drum it is on, and half is each hit's own: neighbouring hits correlate by 0.45, hits two beats apart by
0.25, hits a bar apart not at all. Loudness hangs together less, by 0.15 to 0.2, and only within a drum.

For pitched roles loudness is learnt from the keyboard parts of POP909 (Wang et al. 2020, MIT licence; see
``touch.json``). Their timing is quantised, so time wanders as it does for drummers, in the spread of a tight one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.feel.bank import Bank, onsets
from engine.compose.feel.drift import Drift, deviations
from engine.compose.feel.lanes import lanes, steps
from engine.compose.feel.player import Player, player

__all__ = [
    "FINGERED",
    "FINGERED_SHARED",
    "FINGERED_SPREAD",
    "HAND",
    "OWN",
    "PITCHED",
    "SHARED",
    "SWELL",
    "SWELL_BEATS",
    "WEIGHT",
    "Departures",
    "Written",
    "choose",
    "drawn_traits",
    "drummed",
    "fingered",
]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PITCHED = {"bass": "melody", "melody": "melody", "chords": "comping", "arp": "melody"}
"""Roles that are fingered, and the part of POP909 their touch was learnt from."""

SHARED = 0.3
"""Share of the variance of timing that all drums have in common at one time; what is drawn together where drums are
struck at once (see ``room``) comes on top."""

SHARED_BEATS = 2.0
"""Lattice of the shared part: forgotten after a bar."""

OWN = ("time", "force")
HAND = Drift("hand", SHARED_BEATS)
FINGERED = (HAND, Drift("swell", 4.0), Drift("strike", 0.25))
"""What wanders under somebody's fingers: the time, the loudness from bar to bar, that of one strike."""

SWELL, SWELL_BEATS = 0.2, 6.0
"""Share of the variance of a drum's loudness that comes and goes slowly, and how slowly."""

FINGERED_SPREAD = {"bass": 15.0, "melody": 16.0, "chords": 14.0, "arp": 9.0}
"""Deviation of timing, milliseconds; drummers have 17 to 28."""

FINGERED_SHARED = {"bass": 0.6, "melody": 0.6, "chords": 0.85, "arp": 0.7}

WEIGHT = np.array([0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4], dtype=np.float64)
"""How weak each sixteenth of the bar is (Longuet-Higgins and Lee 1984)."""

_ON_GRID = 0.01
"""Beats off a sixteenth at which a note is no longer on it."""


@dataclass(frozen=True)
class Written:
    """What is to be played.

    Attributes:
        starts: beats, (N,).
        pitches: (N,).
        metre: numerator and denominator.
        tempo: beats per minute.
        length: beats of the clip.
    """

    starts: Floats
    pitches: Integers
    metre: tuple[int, int]
    tempo: float
    length: float


@dataclass(frozen=True)
class Departures:
    """What the player makes of it, a value for each note.

    Attributes:
        place: milliseconds late by habit, step by step, swing and all; (N,).
        lean: milliseconds late by habit on the whole; (N,).
        stray: milliseconds late by chance; (N,).
        loud: velocity by habit; (N,). For pitched roles relative to the mean.
        touch: velocity by chance, about 0; (N,).
        lane: which drum, for pitched roles 0; (N,).
    """

    place: Floats
    lean: Floats
    stray: Floats
    loud: Floats
    touch: Floats
    lane: Integers


def choose(bank: Bank, written: Written, families: tuple[str, ...], dice: Dice) -> Player:
    """Draws the drummer for a clip: one who played something like it."""
    lane = lanes(written.pitches)
    step, _ = steps(written.starts, written.metre)
    # What is left of the last bar is no bar of its own.
    bars = max(1.0, written.length / (written.metre[0] * 4 / written.metre[1]))
    row = bank.draw(onsets(lane, step, bars), written.tempo, families, dice)
    return player(bank, row, frozenset(lane.tolist()))


def drummed(written: Written, drummer: Player, dice: Dice) -> Departures:
    """What a drummer makes of a clip."""
    lane = lanes(written.pitches)
    step, off = steps(written.starts, written.metre)
    drifts = HAND, Drift("swell", SWELL_BEATS, lane)
    own_time, own_force, shared, swell = deviations(dice, written.starts, OWN, _numbers(written), drifts)
    lean = drummer.lean[lane]
    strays = drummer.touch[lane] * (math.sqrt(SWELL) * swell + math.sqrt(1 - SWELL) * own_force)
    score = drummer.score[lane, step]
    # Swing is a share of the beat, leaning is a matter of the hand: only the one gets shorter as the tempo rises.
    habit = lean + (drummer.late[lane, step] - lean) * (drummer.tempo / written.tempo)
    return Departures(
        place=np.where(np.abs(off) < _ON_GRID, habit, lean),
        lean=lean,
        stray=drummer.spread * (math.sqrt(SHARED) * shared + math.sqrt(1 - SHARED) * own_time),
        loud=drummer.loud[lane, step],
        # What is softer than anything the drummer was heard to play is as much softer with every stroke.
        touch=drummer.velocity(lane, score + strays) - drummer.usual[lane, step],
        lane=lane,
    )


def fingered(written: Written, role: str, dice: Dice) -> Departures:
    """What somebody at a keyboard or a string makes of a clip."""
    draw = drawn_traits(role, dice)
    step, _ = steps(written.starts, written.metre)
    drawn = deviations(dice, written.starts, OWN, _numbers(written), FINGERED)
    own_time, own_force, shared, swell, strike = drawn
    common = FINGERED_SHARED[role]
    spread = FINGERED_SPREAD[role]
    zeros = np.zeros(len(step))
    height = (written.pitches - (written.pitches.mean() if len(step) else 0.0)) / 12.0
    weight = WEIGHT[step]
    return Departures(
        place=zeros,
        lean=zeros,
        stray=spread * (math.sqrt(common) * shared + math.sqrt(1 - common) * own_time),
        loud=draw["weight"] * (weight - (weight.mean() if len(step) else 0.0))
        + draw["octave"] * np.minimum(np.maximum(height, -1), 1),
        touch=draw["bar"] * swell + draw["strike"] * strike + draw["finger"] * own_force,
        lane=np.zeros(len(step), dtype=np.int64),
    )


def drawn_traits(role: str, dice: Dice) -> dict[str, float]:
    """What is somebody's own at a keyboard or a string: how much each of what moves the loudness does."""
    return {name: _at(dice.uniform(f"player.{name}"), row) for name, row in _touch()[PITCHED[role]].items()}


def _numbers(written: Written) -> Integers:
    return np.round(written.starts * 192).astype(np.int64) * 128 + written.pitches


def _at(share: float, row: list[float]) -> float:
    """Reads a trait off its quantiles, which lie from 0.05 to 0.95; beyond them it is as at their ends."""
    place = (min(max(share, 0.05), 0.95) - 0.05) / 0.9 * (len(row) - 1)
    below = min(int(place), len(row) - 2)
    return row[below] + (row[below + 1] - row[below]) * (place - below)


@lru_cache(maxsize=1)
def _touch() -> dict[str, dict[str, list[float]]]:
    kept: Any = msgspec.json.decode(Path(__file__).with_name("touch.json").read_bytes())
    return {part: kept[part] for part in ("melody", "comping")}
