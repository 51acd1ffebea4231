"""Shapes: how the tones of a chord can be stacked in each kind of voicing, wherever the root lies."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

__all__ = ["Shape", "essential_tones", "shapes", "voiced_tones"]

Steps = tuple[int, ...]

Shape = tuple[int, int, Steps]
"""Cost wherever it stands, cost of the tone that lies lowest, semitones above the root's octave."""

Extra = tuple[int, Steps]

# Cost of a chord tone under the chord other than its written bass: root, third, fifth, seventh, tension.
_BASS_COST = {"root": 0, "third": 500, "fifth": 650, "seventh": 900, "tension": 1800}


def voiced_tones(intervals: Steps, most: int) -> Steps:
    """Chooses which tones of a rich chord are played.

    A player leaves out the perfect fifth first, then the lower of two tensions, then the
    one on top of the stack; never what makes the chord what it is called (see
    ``essential_tones``).

    Args:
        intervals: semitones above the root.
        most: voices there are, at least 3.

    Returns:
        At most ``most`` intervals, ascending; more only where the essential tones are more.
    """
    # One voice for each pitch class: a chord may name one twice (#5 and b13).
    tones = sorted({interval % 12: interval for interval in sorted(intervals)}.values())
    top, essential = max(tones), essential_tones(intervals)
    spares = [spare for spare in (7, 2, 5, 14, 17, 13, 15, 18, 20, 21) if spare != top]
    for spare in (*spares, top):
        if len(tones) <= most:
            break
        if spare in tones and spare not in essential:
            tones.remove(spare)
    return tuple(tones)


def essential_tones(intervals: Steps) -> frozenset[int]:
    """The tones without which a chord would be another: a name must not promise what is not heard.

    Args:
        intervals: semitones above the root.

    Returns:
        The lowest tone (the root, if it is there); the third, or what is suspended in its
        place; seventh or sixth; a fifth that is not perfect.
    """
    held = set(intervals)
    thirds = held & {3, 4} or held & {2, 5}
    fifths = set() if 7 in held else held & {6, 8}
    return frozenset({min(held)} | thirds | fifths | held & {9, 10, 11})


def _harshness(shape: Steps) -> int:
    """What a shape costs wherever it stands: half steps side by side, minor ninths not above the root."""
    cost = 350 * sum(upper - lower == 1 for lower, upper in pairwise(shape))
    for index, lower in enumerate(shape):
        bites = sum((upper - lower) % 12 == 1 and upper - lower > 1 for upper in shape[index + 1 :])
        if bites and lower % 12:
            cost += 700 * bites
    return cost


def _member(step: int, intervals: Steps) -> str:
    above = step % 12
    if above == 0:
        return "root"
    written = [interval for interval in intervals if interval % 12 == above]
    if written and written[0] > 12:
        return "tension"
    return "third" if above in (2, 3, 4, 5) else "fifth" if above in (6, 7, 8) else "seventh"


@lru_cache(maxsize=2048)
def shapes(intervals: Steps, voicing: str) -> tuple[Shape, ...]:
    """Lists the shapes of a chord.

    Args:
        intervals: semitones above the root.
        voicing: id of the voicing.

    Returns:
        Every shape that belongs to the voicing, in a fixed order; some may occur twice.
    """
    return tuple(
        (extra + _harshness(shape), _BASS_COST[_member(shape[0], intervals)], shape)
        for extra, shape in (_MAKERS[voicing](intervals) if len(intervals) > 2 else _bare(intervals))
    )


def _bare(intervals: Steps) -> Iterator[Extra]:
    """Two tones (a power chord) are filled up with the octave, in any voicing."""
    low, high = intervals[0], intervals[-1]
    yield from ((0, (low, high, low + 12)), (200, (high - 12, low, high)), (0, (low, high, low + 12, high + 12)))


def _rotations(tones: Steps) -> Iterator[Steps]:
    """Close positions: every tone lowest once, the others stacked as near above as they come."""
    classes = sorted({tone % 12 for tone in tones})
    for first in range(len(classes)):
        turned = classes[first:] + [pc + 12 for pc in classes[:first]]
        yield tuple(turned)


def _fillings(intervals: Steps, dearer: int) -> Iterator[Extra]:
    """The tones one hand or two play: four of up to five, five of more; one more costs ``dearer``."""
    few = 4 if len(intervals) < 6 else 5
    dearer *= few - 3
    # Where nothing can be left out (a half-diminished chord with its eleventh) a hand takes one more.
    few = max(few, len(essential_tones(intervals) | {max(intervals)}))
    fewer = voiced_tones(intervals, few)
    yield 0, fewer
    more = voiced_tones(intervals, few + 1)
    if more != fewer:
        yield dearer, more


def _close(intervals: Steps) -> Iterator[Extra]:
    for extra, tones in _fillings(intervals, 250):
        for shape in _rotations(tones):
            yield extra, shape


def _stab(intervals: Steps) -> Iterator[Extra]:
    for extra, shape in _close(intervals):
        # The tighter the hit, the more it is one sound.
        yield extra // 2 + 60 * max(0, shape[-1] - shape[0] - 9), shape


def _dropped(intervals: Steps, which: int) -> Iterator[Extra]:
    for extra, tones in _fillings(intervals, 300):
        for shape in _rotations(tones):
            yield extra, _drop(shape, which)
            if len(shape) == 3:
                # A triad in four voices: the lowest once more on top, then dropped as a seventh is.
                yield extra + 120, _drop((*shape, shape[0] + 12), which)


def _drop(shape: Steps, which: int) -> Steps:
    voice = max(0, len(shape) - which)
    return tuple(sorted((shape[voice] - 12, *shape[:voice], *shape[voice + 1 :])))


def _drop2(intervals: Steps) -> Iterator[Extra]:
    yield from _dropped(intervals, 2)


def _drop3(intervals: Steps) -> Iterator[Extra]:
    yield from _dropped(intervals, 3)


def _shell(intervals: Steps) -> Iterator[Extra]:
    tones = set(intervals)
    third = next((tone for tone in (4, 3, 5, 2) if tone in tones), None)
    seventh = next((tone for tone in (10, 11, 9) if tone in tones), next((t for t in (7, 6, 8) if t in tones), None))
    core = tuple(tone for tone in (0, third, seventh) if tone is not None)
    # The one tension there is room for is the one that bites.
    biting = (13, 15, 14) if third == 3 else (13, 15)
    top = next((tone for tone in biting if tone in tones), max(tones))
    if top > 12:
        for shape in _rotations((*core, top)):
            yield 0, shape
        yield from ((100, shape) for shape in _open_stacks((*core, top), 3, 12, 20))
    extra = 500 if top > 12 else 0
    for shape in _rotations(core):
        yield extra, shape
    yield from ((extra, shape) for shape in _open_stacks(core, 4, 12, 16))


def _rootless(intervals: Steps) -> Iterator[Extra]:
    upper = tuple(interval for interval in intervals if interval != 0)
    if len(upper) < 3:
        # A triad has no seventh to stand for its root.
        yield from _close(intervals)
        return
    tones = voiced_tones(upper, 4)
    for shape in _rotations(tones):
        yield 0, shape
    if len(tones) == 4:
        for shape in _rotations(tones):
            yield 150, tuple(sorted((shape[2] - 12, shape[0], shape[1], shape[3])))


def _open_stacks(tones: Steps, least: int, widest: int, span: int) -> list[Steps]:
    """Stacks in every order of tones, each tone the nearest above the last that leaves the gap."""
    found: list[Steps] = []

    def grow(shape: Steps, left: Steps) -> None:
        if not left:
            found.append(shape)
        last, top = shape[-1], shape[0] + span
        for place, pc in enumerate(left):
            step = (pc - last) % 12
            step += 12 * (step < least)
            # Most orders are too wide after a few tones: what would follow need not be looked at.
            if step <= widest and last + step <= top:
                grow((*shape, last + step), left[:place] + left[place + 1 :])

    classes = tuple(sorted({tone % 12 for tone in tones}))
    for place, pc in enumerate(classes):
        grow((pc,), classes[:place] + classes[place + 1 :])
    return found


def _spread(intervals: Steps) -> Iterator[Extra]:
    tones = voiced_tones(intervals, 5)
    for least in (3, 5):
        for shape in _open_stacks(tones, least, 12, 31):
            if shape[-1] - shape[0] >= 14:
                yield 40 * max(0, 7 - (shape[1] - shape[0])), shape
    if len(tones) == 3:
        # A triad this wide is thin: the root or fifth once more on top fills it.
        for shape in _open_stacks(tones, 5, 12, 20):
            for double in (tones[0], tones[-1]):
                top = shape[-1] + ((double - shape[-1]) % 12 or 12)
                if 3 <= top - shape[-1] <= 9:
                    yield -200, (*shape, top)


def _quartal(intervals: Steps) -> Iterator[Extra]:
    found = []
    for extra, tones in _fillings(intervals, 120):
        for least in (4, 5, 3):
            for shape in _open_stacks(tones, least, 9, 28):
                gaps = [upper - lower for lower, upper in pairwise(shape)]
                strange = sum(_FOURTHS.get(gap, 6) for gap in gaps)
                found.append((strange, extra, shape))
    least_strange = min((strange for strange, _, _ in found), default=0)
    for strange, extra, shape in found:
        if strange <= least_strange + 6:
            yield extra + 130 * (strange - least_strange), shape


_FOURTHS = {5: 0, 6: 1, 4: 3, 7: 3}
"""How far a gap is from a perfect fourth, to the ear; anything else counts 6."""


_MAKERS = {
    "close": _close,
    "drop2": _drop2,
    "drop3": _drop3,
    "spread": _spread,
    "shell": _shell,
    "rootless": _rootless,
    "quartal": _quartal,
    "stab": _stab,
}
