"""In which order the notes of a chord are played: step number in, pitches out.

A figure is a table: one round of it for the notes that are held, gone through again and again. So a device can play an
arpeggio live from the table alone, and bar 17 needs no bar before it. Only "random" draws: each round is a shuffle
of its own that depends on nothing but the seed, where the chord began and which round it is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from engine.compose.dice import Dice

__all__ = ["HIGHEST", "cycle_length", "spread", "step_pitches", "table"]

HIGHEST = 127

Pitches = tuple[int, ...]
Steps = tuple[Pitches, ...]

_ROUNDS = 4
"""Rounds of the random figure that a table holds."""


def spread(held: Pitches, octaves: int) -> Pitches:
    """The notes an arpeggio has at hand: those held, then the same an octave higher, and so on.

    Args:
        held: MIDI pitches in the order they were struck; one that is held twice counts once.
        octaves: 1..4.

    Returns:
        Pitches up to ``HIGHEST``, each once, octave after octave in the order given.
    """
    raised = (pitch + 12 * octave for octave in range(octaves) for pitch in held)
    return tuple(dict.fromkeys(pitch for pitch in raised if pitch <= HIGHEST))


def _singly(pitches: Pitches) -> Steps:
    return tuple((pitch,) for pitch in pitches)


def _there_and_back(pitches: Pitches) -> Steps:
    """Along and back again, the ends once a round."""
    return _singly(pitches + pitches[-2:0:-1])


def _inwards(pitches: Pitches) -> Pitches:
    half = (len(pitches) + 1) // 2
    pairs = zip(pitches[:half], pitches[::-1], strict=False)
    return tuple(dict.fromkeys(pitch for pair in pairs for pitch in pair))


def _thumb(pitches: Pitches) -> Steps:
    others = pitches[1:]
    return _singly(tuple(pitch for other in others for pitch in (pitches[0], other)) or pitches)


# From the pitches at hand, lowest first, to one round.
_BY_HEIGHT: dict[str, Callable[[Pitches], Steps]] = {
    "up": _singly,
    "down": lambda rising: _singly(rising[::-1]),
    "up_down": _there_and_back,
    "down_up": lambda rising: _there_and_back(rising[::-1]),
    "ping_pong": lambda rising: _singly(rising + rising[::-1]) if len(rising) > 1 else _singly(rising),
    "converge": lambda rising: _singly(_inwards(rising)),
    "diverge": lambda rising: _singly(_inwards(rising)[::-1]),
    "thumb": _thumb,
    "random": _singly,
}


@lru_cache(maxsize=4096)
def _round(figure: str, held: Pitches, octaves: int) -> Steps:
    if figure == "chord":
        stacks = (tuple(sorted({pitch + 12 * octave for pitch in held})) for octave in range(octaves))
        return tuple(stack for stack in stacks if stack[-1] <= HIGHEST) or (tuple(sorted(set(held))),)
    at_hand = spread(held, octaves)
    return _singly(at_hand) if figure == "played" else _BY_HEIGHT[figure](tuple(sorted(at_hand)))


def cycle_length(figure: str, held: Pitches, octaves: int) -> int:
    """Steps in one round of a figure."""
    return len(_round(figure, held, octaves))


def step_pitches(figure: str, held: Pitches, octaves: int, number: int, *, dice: Dice, where: int = 0) -> Pitches:
    """What sounds at one step.

    Args:
        figure: id of a figure.
        held: MIDI pitches in the order they were struck, at least one.
        octaves: 1..4.
        number: which step, 0 first.
        dice: of the take's seed; asked by "random" only.
        where: tells apart the random rounds of one chord from those of another.

    Returns:
        Pitches, lowest first; one, but for "chord".
    """
    once = _round(figure, held, octaves)
    turn, place = divmod(number, len(once))
    if figure != "random":
        return once[place]
    if len(once) < 3:
        # Two notes take turns, else one would be struck twice in a row.
        return once[(place + int(2 * dice.uniform("order", where))) % len(once)]
    order = _shuffled(len(once), dice.uniform("order", where, turn))
    if place < 2 and turn and order[0] == _shuffled(len(once), dice.uniform("order", where, turn - 1))[-1]:
        # Only the first two ever change places for the sake of the round before: no round hangs on more than that one.
        place = 1 - place
    return once[order[place]]


def _shuffled(count: int, draw: float) -> list[int]:
    """The order that one number in 0..1 stands for, read as digits in the factorial number system."""
    left = list(range(count))
    order: list[int] = []
    # A number of 53 bits holds 18 digits, more than the notes of most chords; what is left keeps its order.
    while left and len(order) < 18:
        draw *= len(left)
        place = int(draw)
        draw -= place
        order.append(left.pop(place))
    return order + left


def table(figure: str, held: Pitches, octaves: int, dice: Dice) -> list[list[int]]:
    """A figure as a table that can be played live: go through it, and begin again at its end.

    Args:
        figure: id of a figure.
        held: MIDI pitches in the order they were struck, at least one.
        octaves: 1..4.
        dice: of the take's seed.

    Returns:
        Pitches for each step; for "random" several rounds.
    """
    steps = cycle_length(figure, held, octaves) * (_ROUNDS if figure == "random" else 1)
    return [list(step_pitches(figure, held, octaves, number, dice=dice)) for number in range(steps)]
