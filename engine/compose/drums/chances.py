"""When a hit joins and how hard it is struck: what the dice and the knobs make of the cells of all lanes."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.drums.adapt import SIXTEENTHS
from engine.compose.drums.vocabulary import CYCLE, SIGNS, Tables

__all__ = ["Chances", "spread"]

_USUAL_GHOSTS = 50.0

_CROWD = 0.55
"""Share of a lane's free places for spice that have joined at Density 2."""

_SHARED = 0.75
"""How much of a lane's character is the player's, the rest being its own: who is busy is so all over the kit."""

_HAUNTED = 7.0
"""Factor that makes ghost notes as many as their digits say, on average over players: few have many."""

_GOLDEN = 0.6180339887498949
"""Step between the offsets of lanes: however many there are, they lie evenly between 0 and 1."""

_NEVER = np.inf
_GHOST, _SOFT, _ACCENT = (SIGNS.index(sign) for sign in "goX")
_LEVEL = 0.45
"""Standard deviation of a lane's level in a take, in units of the genre's touch."""

_LEAN = 0.025
"""Chance, for each unit of a genre's touch, that a keeper of time accents the eighths between the beats."""

_INTENT = 0.4
"""Share of the hand's unevenness on hits of the core and on accents."""

_SPICED = 10.0
"""Velocity that a hit of spice is below one of the cell."""

# How soon a hit gives way at a low Density, by its place: downbeats last.
_WEAK = np.array([0.0, 0.9, 0.5, 0.9, 0.2, 0.9, 0.5, 0.9, 0.1, 0.9, 0.5, 0.9, 0.2, 0.9, 0.5, 0.9])

_STEPS = np.arange(SIXTEENTHS, dtype=np.int64)
_PAIR = np.arange(2, dtype=np.int64)

_Floats = NDArray[np.float64]
_Character = TypeVar("_Character", float, NDArray[np.float64])


def spread(character: _Character) -> _Character:
    """Factor 0.3..1.7 on the usual chances of a player who is this busy, 0..1."""
    return 0.3 + 1.4 * character


class Chances:
    """What the dice and the knobs make of the cells of all lanes.

    A take has a character: of the chances its genre knows, this drummer takes few or many, lane by lane. So takes
    differ as players do, and not only by which step it is.

    Args:
        lanes: that play.
        numbers: what their random numbers are named by, int64 (lanes,).
        knobs: factor of the usual chances, from Complexity, and the genre's touch.
        dice: of the take's seed.
    """

    def __init__(self, lanes: Tables, numbers: NDArray[np.int64], knobs: tuple[float, float], dice: Dice) -> None:
        self._lanes = lanes
        more, touch = knobs
        steps = numbers[:, None] * 64 + _STEPS
        self.spicy, self.order, self.ghostly = dice.several_uniforms(("spice", "order", "ghost"), steps)
        own = dice.uniforms("character", numbers[:, None] * 2 + _PAIR)
        character = _SHARED * dice.uniform("busy") + (1.0 - _SHARED) * own
        taste = spread(character[:, :1])
        # Beyond the usual Complexity everybody goes along, whatever his taste.
        self.reach = taste * min(more, 1.0) + max(more - 1.0, 0.0)
        self.offset = (dice.uniform("offset") + numbers * _GOLDEN) % 1.0
        # No hand strikes all sixteen alike; which it strikes harder stays with it through the take.
        level = dice.bells("level", numbers)[:, None] * _LEVEL
        self.hand = (dice.bells("hand", steps) + level) * touch
        # Some hands lean on the beat and some between: keepers of time may turn their accents by an eighth.
        leans = dice.uniforms("lean", numbers) < touch * _LEAN
        self.velocity = np.where(leans[:, None], lanes.leaning, lanes.velocity)
        busy = character[:, 1:] * character[:, 1:]
        ghosts = lanes.ghosts * _HAUNTED * busy * busy
        haunting = _USUAL_GHOSTS * self.ghostly / np.maximum(ghosts, 1e-300)
        self.haunting = np.where(ghosts > 0, haunting, _NEVER)

    def joining(self, signs: NDArray[np.int64]) -> _Floats:
        """Density at which a hit of spice joins, for each cell and step: (2 * CYCLE, lanes, 16).

        A lane's free places are put in an order by the dice and their chances; how far down that order the lane goes
        follows from Complexity, and beyond that from Density. So each turn of either knob brings the next few, in
        one lane after the other, and none waits for the dice.
        """
        free = (signs.reshape(2, CYCLE, *signs.shape[1:]) < _SOFT).all(axis=1) & (self._lanes.spice > 0)
        chances = np.where(free, self._lanes.spice, 0.0)
        rank = (
            np.where(free, self.spicy / np.maximum(self._lanes.spice, 1e-9), _NEVER).argsort(axis=-1).argsort(axis=-1)
        )
        turn = rank + 1.0 - self.offset[:, None]
        gone = chances.sum(axis=-1, keepdims=True) * self.reach
        count = np.maximum(free.sum(axis=-1, keepdims=True), 1)
        inside = 0.5 + 0.5 * turn / np.maximum(gone, 1e-9)
        joined = np.where(turn <= gone, inside, 1.0 + (turn - gone) / (_CROWD * count))
        return np.repeat(np.where(free, joined, _NEVER), CYCLE, axis=0)

    def read(self, signs: NDArray[np.int64]) -> tuple[_Floats, _Floats, _Floats]:
        """Density at which each step joins, its velocity, and Ghosts at which a ghost note joins.

        Args:
            signs: of the cells, first those that are played, then those that answer, (2 * CYCLE, lanes, 16).
        """
        core = np.concatenate([self._lanes.core, self._lanes.core])
        accented = signs == _ACCENT
        written = 0.1 + 0.85 * (0.5 * _WEAK + 0.5 * self.order)
        written = np.where(accented, 0.5 * written, written)
        need = np.where(core, 0.0, np.where(signs >= _SOFT, written, self.joining(signs)))
        lift = np.where(accented, self._lanes.accent, np.where(signs == _SOFT, -self._lanes.soft, 0.0))
        lift = np.where(signs < _SOFT, -_SPICED, lift)
        ghost = np.where(signs == _GHOST, _USUAL_GHOSTS * self.ghostly, self.haunting)
        # What carries the genre is struck with intent, and so is an accent.
        hand = np.where(core | accented, _INTENT * self.hand, self.hand)
        return need, self.velocity + lift + hand, ghost
