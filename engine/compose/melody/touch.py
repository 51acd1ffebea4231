"""How loud and how long: accents of the metre, the rise of the line, and a hand that keeps its mood for a while."""

from __future__ import annotations

import math

import msgspec

from engine.compose.melody.character import Character

__all__ = ["Hand", "duration", "loudness", "moved", "two_bells"]

_ACCENT = (0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4)
"""Metrical weight of each place of a 4/4 bar (Longuet-Higgins and Lee 1984)."""

_MEAN_ACCENT = -2.5
_WIDTH = math.sqrt(6.0)
_CLASSES = (1, 2, 4, 8)
_LONG = 13
"""Sixteenths to the next onset above which notes do not get longer: the rest is rest."""

_SHORTEST = 0.3
"""Sixteenths of the shortest note."""


class Hand(msgspec.Struct, frozen=True, gc=False):
    """What the next note needs to know of the touch before: how far off the last one was, deviations."""

    mood: float = 0.0


def loudness(who: Character, place: int, pitch: int) -> float:
    """What the metre and the height of a note make of its velocity.

    Args:
        who: the character.
        place: like which place 0..15 of a 4/4 bar it stands.
        pitch: MIDI number.
    """
    return who.accent * (_ACCENT[place] - _MEAN_ACCENT) + who.rise * (pitch - (who.low + who.high) / 2)


def moved(who: Character, hand: Hand, chance: float) -> Hand:
    """The hand at the next note.

    Args:
        who: the character.
        hand: at the note before.
        chance: bell-shaped, deviation 1.
    """
    kept = min(0.8, max(-0.3, who.kept))
    return Hand(kept * hand.mood + math.sqrt(1.0 - kept * kept) * chance)


def duration(who: Character, table: tuple[tuple[float, ...], ...], gap: int, chance: float) -> float:
    """Beats that one note sounds.

    Args:
        who: the character.
        table: shares of the time to the next onset, eleven quantiles by class of that time.
        gap: sixteenths to the next onset.
        chance: bell-shaped, deviation 1.
    """
    rank = 10.0 * min(1.0, max(0.0, who.legato + who.uneven * chance))
    row = table[sum(gap > limit for limit in _CLASSES)]
    below = min(9, int(rank))
    share = row[below] + (row[below + 1] - row[below]) * (rank - below)
    return round(max(_SHORTEST, min(1.0, share) * min(gap, _LONG)) / 4.0, 4)


def two_bells(chance: float) -> tuple[float, float]:
    """Two bell-shaped numbers of deviation 1 from the digits of one even number 0 <= x < 1."""
    a, b, c, d = chance, chance * 2.0**13 % 1.0, chance * 2.0**26 % 1.0, chance * 2.0**39 % 1.0
    return (a + b - 1.0) * _WIDTH, (c + d - 1.0) * _WIDTH
