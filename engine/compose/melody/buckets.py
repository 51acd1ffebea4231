"""The questions that the learnt weights answer: how a place, a gap, an interval, a tone over a chord are sorted.

The script that learns the weights and the composer that uses them both sort with these functions, so that a weight
means the same to both.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

__all__ = [
    "AHEAD",
    "CHORD_ROLES",
    "FINAL",
    "FOREIGN",
    "GRAMS",
    "INTERVALS",
    "INTERVAL_SIZES",
    "LAGS",
    "MOTIONS",
    "PULSES",
    "RECALL",
    "ROLES",
    "RUNS",
    "SINCE",
    "SINCE_START",
    "SPANS",
    "STREAKS",
    "WINDOW",
    "direction",
    "expected",
    "final_of",
    "gap_of",
    "interval_size",
    "motion_of",
    "pulse_of",
    "role_of",
    "run_of",
    "since_of",
    "span_of",
    "streak_of",
    "window_of",
]

LAGS = (1, 2, 4)
"""Bars back that a melody looks at to repeat itself."""

INTERVALS = 25
"""Intervals from an octave down to an octave up."""

SINCE, SINCE_START = 12, 11
"""Classes of how long ago the last onset was; the last class: there was none yet."""

RUNS = 6
"""Classes of how long the notes have followed each other without a rest."""

PULSES = 7
"""Classes of the time between the last two onsets: none yet, one to four sixteenths, to a half note, longer."""

GRAMS = 3
"""Intervals in a row, at most, that are looked for among those before: what followed them then is expected now."""

RECALL = 24
"""Pitches in which they are looked for."""

STREAKS = 4
"""Classes of how long a repetition has held."""

MOTIONS = 8
"""Classes of the interval before: none, repeated, step up, down, third up, down, leap up, down."""

INTERVAL_SIZES = 6
"""Classes of size: same, step, third, fourth to tritone, fifth to sixth, more."""

SPANS = 4
"""Classes of the time to the next onset: to a sixteenth, to an eighth, to a quarter, longer."""

FINAL = 3
"""Classes of what follows: the phrase goes on, a breath, a rest."""

ROLES, CHORD_ROLES, FOREIGN = 9, 4, 8
"""Classes of a tone over a chord; the first ones are tones of the chord, the last is in neither chord nor scale."""

AHEAD = 2
"""Classes of a chord change under a note: one comes while it sounds, one comes within half a beat."""

WINDOW = 12
"""Classes of height inside the melody's range."""


def since_of(steps: int) -> int:
    """Class of the sixteenths since the last onset (1 ..)."""
    if steps <= 4:
        return steps - 1
    for number, limit in enumerate((6, 8, 12, 16, 24, 32)):
        if steps <= limit:
            return 4 + number
    return 10


def run_of(steps: int) -> int:
    """Class of the sixteenths since the last rest ended."""
    for number, limit in enumerate((4, 8, 12, 16, 24)):
        if steps <= limit:
            return number
    return 5


def streak_of(count: int) -> int:
    """Class of how many onsets (or pitches) in a row have been repeated."""
    if count <= 0:
        return 0
    return 1 if count <= 2 else 2 if count <= 5 else 3


def motion_of(interval: int | None) -> int:
    """Class of the interval before, semitones; None at the start."""
    if interval is None:
        return 0
    if interval == 0:
        return 1
    size = abs(interval)
    return (2 if size <= 2 else 4 if size <= 4 else 6) + (interval < 0)


def interval_size(interval: int) -> int:
    """Class of an interval's size, semitones."""
    size = abs(interval)
    return 0 if size == 0 else 1 if size <= 2 else 2 if size <= 4 else 3 if size <= 6 else 4 if size <= 9 else 5


def span_of(steps: int) -> int:
    """Class of the sixteenths to the next onset."""
    return 0 if steps <= 1 else 1 if steps <= 2 else 2 if steps <= 4 else 3


def gap_of(steps: int | None) -> int:
    """Class of the sixteenths from the onset before; None at the start counts as a long time."""
    return 3 if steps is None else span_of(steps)


def final_of(steps: int) -> int:
    """Class of what follows a note, from the sixteenths to the next onset."""
    return 0 if steps < 6 else 1 if steps < 10 else 2


def role_of(pitch_class: int, root: int, tones: Collection[int], scale: Collection[int]) -> int:
    """Class of a tone over a chord.

    Args:
        pitch_class: 0..11.
        root: pitch class of the chord's root.
        tones: the chord's pitch classes.
        scale: pitch classes of the key.

    Returns:
        0 root, 1 third, 2 fifth, 3 another chord tone; 4 ninth, 5 eleventh, 6 sixth, 7 another tone of the key;
        8 neither.
    """
    above = (pitch_class - root) % 12
    if pitch_class in tones:
        return 0 if above == 0 else 1 if above in (3, 4) else 2 if above in (6, 7, 8) else 3
    if pitch_class not in scale:
        return FOREIGN
    return 4 if above == 2 else 5 if above == 5 else 6 if above in (8, 9) else 7


def pulse_of(steps: int | None) -> int:
    """Class of the sixteenths between the last two onsets; None where there were not two."""
    if steps is None:
        return 0
    return steps if steps <= 4 else 5 if steps <= 8 else 6


def expected(intervals: Sequence[int]) -> list[int | None]:
    """What followed the last time that the last one, two and three intervals were heard.

    Args:
        intervals: in order, newest last, semitones.

    Returns:
        An interval or None for each of one, two, three.
    """
    out: list[int | None] = [None] * GRAMS
    count, found = len(intervals), 0
    newest = intervals[-1] if intervals else None
    for place in range(count - 2, -1, -1):
        if intervals[place] != newest:
            continue
        size = 1
        while size < GRAMS and size <= place and intervals[place - size] == intervals[count - 1 - size]:
            size += 1
        for order in range(found, size):
            out[order] = intervals[place + 1]
        found = max(found, size)
        if found == GRAMS:
            break
    return out


def direction(interval: int) -> int:
    """0 down, 1 none, 2 up."""
    return (interval > 0) - (interval < 0) + 1


def window_of(pitch: int, low: int, high: int) -> int:
    """Class of a pitch's height between the lowest and the highest of the melody."""
    return min(WINDOW - 1, max(0, (pitch - low) * WINDOW // (high - low + 1)))
