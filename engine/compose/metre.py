"""Time signatures as groups of beats: where a bar may be divided and which beats weigh more."""

from __future__ import annotations

from functools import lru_cache

from engine.notes import beats_per_bar

__all__ = ["divide", "groups"]


@lru_cache(maxsize=512)
def groups(numerator: int, denominator: int) -> tuple[float, ...]:
    """Divides a bar into the groups a player feels.

    Eighths and sixteenths in threes go in dotted groups (6/8: two of 1.5 beats), other odd
    counts in pairs with the odd one in the last group (7/8: 1 + 1 + 1.5, felt two-two-three);
    everything else in single beats (5/4: five of 1).

    Args:
        numerator: 1..99.
        denominator: 1, 2, 4, 8 or 16.

    Returns:
        Lengths in beats, every one a multiple of a sixteenth (0.25); they add up to the bar.
    """
    bar = beats_per_bar(numerator, denominator)
    unit = 4.0 / denominator
    if denominator >= 8 and numerator % 3 == 0 and numerator > 3:
        return (3 * unit,) * (numerator // 3)
    size = 1.0 if denominator <= 8 else 0.5
    whole = int(bar // size)
    rest = bar - whole * size
    if whole == 0:
        return (bar,)
    return (*(size,) * (whole - 1), size + rest)


def divide(numerator: int, denominator: int, parts: int) -> tuple[float, ...]:
    """Divides a bar among chords, changing on the strongest places there are.

    Args:
        numerator: 1..99.
        denominator: 1, 2, 4, 8 or 16.
        parts: chords in the bar, at least 1.

    Returns:
        ``parts`` lengths in beats that add up to the bar, each above 0. Chords share whole
        groups as evenly as these allow, longer ones first (7/8 in two: 2 + 1.5; 3/4 in two:
        2 + 1); with more chords than groups the bar is divided evenly.
    """
    bar_groups = groups(numerator, denominator)
    if parts > len(bar_groups):
        return (beats_per_bar(numerator, denominator) / parts,) * parts
    lengths, taken = [], 0
    for part in range(parts):
        # Ceiling division puts the longer share first, where the weight of a bar lies.
        until = -(-(part + 1) * len(bar_groups) // parts)
        lengths.append(sum(bar_groups[taken:until]))
        taken = until
    return tuple(lengths)
