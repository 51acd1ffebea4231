"""Ghost notes: soft strokes of the snare between those that are meant to be heard."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.feel.bank import Bank
from engine.compose.feel.deviate import Written
from engine.compose.feel.lanes import lanes, steps
from engine.notes import Note

__all__ = ["ghosts"]

_SOFT = 60.0
"""Velocity below which a snare stroke is a ghost note; a fifth of all strokes are, in some styles most."""

_SNARE = (1, 2)
_OUTSPOKEN = 2.5
"""How much likelier than with all drummers together: those who play ghost notes at all play many."""

_GRID = 0.25


def ghosts(written: Written, percent: float, bank: Bank, dice: Dice) -> list[Note]:
    """Finds where ghost notes would go.

    They fall on sixteenths where drummers play them and where no stroke of the snare is written, in bars in which the
    snare plays. More percent adds to the same ghosts.

    Args:
        written: the drum part.
        percent: 0..100.
        bank: performances that tell how usual a ghost note is on each step.
        dice: of the take's seed.

    Returns:
        New notes on the grid, by start; none without a snare.
    """
    lane = lanes(written.pitches)
    snare = np.isin(lane, _SNARE)
    if percent <= 0 or not snare.any():
        return []
    pitches, counts = np.unique(written.pitches[snare], return_counts=True)
    pitch = int(pitches[counts.argmax()])
    bar = written.metre[0] * 4.0 / written.metre[1]
    places = np.arange(int(written.length / _GRID + 1e-6), dtype=np.float64) * _GRID
    taken = np.unique(np.round(written.starts[snare] / _GRID).astype(np.int64))
    index = np.arange(len(places))
    played = np.isin(np.floor(places / bar + 1e-9), np.floor(written.starts[snare] / bar + 1e-9))
    step, _ = steps(places, written.metre)
    chance = np.minimum(0.95, _usual(bank)[step] * _OUTSPOKEN) * percent / 100.0
    chosen = (dice.uniforms("ghost", index) < chance) & ~np.isin(index, taken) & played
    loud = 30.0 + 8.0 * dice.bells("ghost force", index)
    return [
        Note(pitch, float(places[i]), _GRID / 2, float(np.clip(round(float(loud[i])), 8, 55)))
        for i in np.flatnonzero(chosen).tolist()
    ]


def _usual(bank: Bank) -> NDArray[np.float64]:
    """How many of all snare bars have a ghost note at each step, (16,)."""
    heads = bank.counts[:, 1]
    soft = np.where(bank.loud[:, 1] < _SOFT, heads, 0.0)
    bars = np.maximum(1.0, bank.counts[:, list(_SNARE)].sum(axis=1).max(axis=1))
    return np.asarray((soft / bars[:, None]).mean(axis=0), dtype=np.float64)
