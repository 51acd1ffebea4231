"""What a walking line owes its chords, on top of what the model has learnt.

The lines the model knows were written down by a machine from whole bands, and it misheard: the first note of a chord
is a tone of it in two of three cases only, and foreign tones are leapt at. Nobody who is paid to walk plays so. Hence a
chord begins on one of its tones, its root before others; foreign tones are stepped to, and stepped from; what stands
before a chord leaves its root to it. How often lines repeat, step, leap and turn stays as it was learnt: ``learn_bass``
settles the model with these manners at work.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.compose.bass.walk_model import CLASS_OF, HIGH, LOW, STEPS, Place, Scores

__all__ = ["AWAY", "FAR", "HELD", "REACH", "THIRD_TIME", "known_tones", "leanings"]

_ROOT, _TONE, _STRANGER = 0.3, 0.2, -0.9
"""On a chord's first note: for its root, its other tones, all else."""

_STRONG, _CLASH = -0.2, -2.0
"""Later, on the first and third beat of a bar, for what is no chord tone; on a chord's and a bar's first, for what
clashes besides."""

_LEFT = -0.3
"""Before a change, for the root that comes."""

_LEAPT, _CLASHING = -0.2, -2.5
"""For leaps to what is no chord tone, and to what clashes."""

_RESOLVED, _STUCK = 1.0, -2.0
"""After a clash: for steps, and for the same once more."""

HELD, THIRD_TIME = -0.4, -0.3
"""For the same pitch over a change, and for a third in a row."""

_WIDE, _EDGE = -0.8, -0.3
"""For leaps beyond an octave, and for the ends of the register."""

_STEP, _OCTAVE = 2, 12
_COMFORT = (31, 50)
_LEADING = (1, 2, 10, 11)

_ROW = np.arange(LOW, HIGH + 1)
_ENDS = np.where((_COMFORT[0] > _ROW) | (_COMFORT[1] < _ROW), _EDGE, 0.0)
_SIZES = np.abs(STEPS)
FAR = np.where(_SIZES > _STEP, 1.0, 0.0)
"""By the interval to the next note, in semitones from ``1 - SPAN`` up: whether it is a leap."""

REACH = np.where(_SIZES > _OCTAVE, _WIDE, 0.0)
"""What wide leaps are given."""

AWAY = np.where(_SIZES == 0, _STUCK, np.where(_SIZES <= _STEP, _RESOLVED, 0.0))
"""What intervals are given after a clash."""


def known_tones(root: int, tones: Sequence[int], scale: frozenset[int]) -> frozenset[int]:
    """The pitch classes that go with a chord: its own, and those of the key that do not deny one of them.

    Over F7 in F major E flat is known and E is not.
    """
    above = {(tone - root) % 12 for tone in tones}
    denied = {11} if root not in scale else set()
    for here, other in ((4, 3), (3, 4), (10, 11), (11, 10)):
        if here in above:
            denied.add(other)
    if 7 not in above and above & {6, 8}:
        denied.add(7)
    return (scale - {(root + step) % 12 for step in denied}) | frozenset(tones)


@lru_cache(maxsize=1024)
def leanings(place: Place) -> tuple[Scores, Scores]:
    """What manners add to every pitch from ``LOW`` to ``HIGH``.

    Args:
        place: where the note stands.

    Returns:
        What it is given wherever the line comes from, and what besides where the line leaps there.
    """
    due, leapt = np.zeros(12), np.zeros(12)
    for pitch_class in range(12):
        due[pitch_class] = _due(pitch_class, place)
        leads = place.till == 1 and (pitch_class - place.next_root) % 12 in _LEADING
        if not place.begins and not leads and pitch_class not in place.tones:
            leapt[pitch_class] = _LEAPT if pitch_class in place.known else _CLASHING
    return due[CLASS_OF] + _ENDS, leapt[CLASS_OF]


def _due(pitch_class: int, place: Place) -> float:
    """What a pitch class is given by the place it would stand in."""
    own = pitch_class in place.tones
    due = _LEFT if place.till == 1 and pitch_class == place.next_root else 0.0
    if place.begins and own:
        return due + (_ROOT if pitch_class == place.root else _TONE)
    if place.begins:
        due += _STRANGER
    elif place.beat in (0, 2) and not own:
        due += _STRONG
    if (place.begins or place.beat == 0) and pitch_class not in place.known:
        due += _CLASH
    return due
