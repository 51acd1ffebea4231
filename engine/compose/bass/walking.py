"""The next pitch of a walking line: what players would play, leant on by the knobs.

At their defaults Complexity, Movement and Variation leave the model as it was learnt, with its manners. Simpler lines
put roots on changes and keep to chord tones, richer ones lose their manners and leave the chords; Movement steps into
changes or leaps into them; less Variation plays the figure of the bar before again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from engine.compose.bass.changes import Change
from engine.compose.bass.plan import Plan
from engine.compose.bass.walk_model import CLASS_OF, HIGH, LOW, Character, Place, Scores, drawn
from engine.compose.bass.walker import walker

__all__ = ["walked"]

_USUAL_COMPLEXITY, _USUAL_VARIATION = 35.0, 25.0
_COUNT = HIGH - LOW + 1
_STEPS = (1, 2, 10, 11)


def walked(
    plan: Plan,
    beat: float,
    past: Sequence[int],
    character: Character,
    *,
    begins: bool,
    upto: float,
    lag: int,
    mark: float,
) -> int:
    """Draws the next pitch.

    Args:
        plan: what the line is made from.
        beat: where the note stands, beats from the part's start.
        past: pitches before it, the last one last.
        character: the line's.
        begins: whether it is the first note of its chord.
        upto: beats until the line's next pulse.
        lag: how many notes ago the bar before stood here; 0 in the first bar.
        mark: 0 <= x < 1, the chance that decides.

    Returns:
        MIDI pitch, ``LOW`` to ``HIGH``.
    """
    here, following = plan.changes.at(beat), plan.changes.following(beat)
    within = beat % plan.changes.length
    till = max(1, int((here.end - within) / upto + 0.999))
    place = Place(
        beat=_role(plan, beat),
        begins=begins,
        till=till,
        # On the first note of an inverted chord its lowest tone takes the root's place.
        root=here.bass if begins else here.root,
        quality=here.quality,
        tones=here.tones,
        next_root=following.bass,
        next_minor=following.minor,
        tonic=plan.changes.tonic,
        minor=plan.changes.minor,
        known=here.known,
    )
    complexity = plan.request.complexity
    manners = min(1.0, (100.0 - complexity) / (100.0 - _USUAL_COMPLEXITY))
    scores = walker(character, manners).scores(place, past)
    _with_complexity(scores, complexity, here, begins=begins)
    if len(plan.changes.row) > 1:
        _with_movement(scores, plan.request.movement, past, following, begins=begins, leads=till == 1)
    if 0 < lag <= len(past):
        _with_variation(scores, plan.request.variation, past[-lag])
    return drawn(scores, mark)


def _role(plan: Plan, beat: float) -> int:
    """The group of the bar as one of four beats: the first, the last, and between them those on odd and even places."""
    metre = plan.metre
    group = metre.pulse(int((beat % metre.bar) / 0.25 + 1e-6))
    if group == 0:
        return 0
    return 3 if group == len(metre.groups) - 1 else 2 - group % 2


def _with_complexity(scores: Scores, complexity: float, here: Change, *, begins: bool) -> None:
    lean = complexity - _USUAL_COMPLEXITY
    if lean < 0:
        plain = -lean / _USUAL_COMPLEXITY
        scores *= 1 + 0.5 * plain
        if begins:
            _lift(scores, here.bass, 25.0 * plain**2 + 2.5 * plain)
        else:
            scores += 2.5 * plain * _tones(here.tones)
    elif lean > 0:
        rich = lean / (100.0 - _USUAL_COMPLEXITY)
        scores *= 1 - 0.3 * rich
        scores -= 0.9 * rich * _tones(here.tones)


def _with_movement(
    scores: Scores, movement: float, past: Sequence[int], following: Change, *, begins: bool, leads: bool
) -> None:
    """Leans towards stepping into a change, or away from it: at the note before it and at the change itself."""
    lean = (movement - 50.0) / 50.0
    if lean == 0:
        return
    if leads:
        for step in _STEPS:
            _lift(scores, (following.bass + step) % 12, 2.0 * lean)
    if begins and past:
        for step in (-2, -1, 1, 2):
            index = past[-1] + step - LOW
            if 0 <= index < _COUNT:
                scores[index] += 2.5 * lean


def _with_variation(scores: Scores, variation: float, before: int) -> None:
    """Leans towards the pitch of the bar before at the same place, or away from it."""
    lean = variation - _USUAL_VARIATION
    scores[before - LOW] -= lean / _USUAL_VARIATION * 4.0 if lean < 0 else lean / (100.0 - _USUAL_VARIATION) * 2.0


@lru_cache(maxsize=256)
def _tones(tones: tuple[int, ...]) -> Scores:
    """1 for every pitch that is one of a chord's tones, 0 for others."""
    return np.where(np.isin(CLASS_OF, tones), 1.0, 0.0)


def _lift(scores: Scores, pitch_class: int, amount: float) -> None:
    scores[(pitch_class - LOW) % 12 :: 12] += amount
