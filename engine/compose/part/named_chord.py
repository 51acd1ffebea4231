"""A chord from its tones: what to call a set of pitch classes above a root."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from engine.compose.naming import suffix
from engine.theory.chords import Chord
from engine.theory.kinds import Kind, UnknownKind, read_kind
from engine.theory.spelling import FLAT_NAMES

__all__ = ["chord_of"]

# Sharps where players write them: F# is more usual than Gb, C# minor than Db minor.
_NAMES = tuple("F#" if name == "Gb" else name for name in FLAT_NAMES)
_MINOR_NAMES = tuple({"Db": "C#", "Ab": "G#"}.get(name, name) for name in _NAMES)


def chord_of(root: int, tones: Iterable[int], bass: int | None = None) -> Chord:
    """Makes a chord of pitch classes.

    Args:
        root: pitch class 0..11.
        tones: pitch classes that sound; the root is added where it is not among them.
        bass: pitch class of the lowest tone; None: the root.

    Returns:
        The chord, stacked in thirds as far as its tones allow. Tones that make no chord with a name keep sounding; the
        symbol is then that of the largest part of them that has one.
    """
    return _chord(root % 12, frozenset((tone - root) % 12 for tone in tones) | {0}, root % 12 if bass is None else bass)


@lru_cache(maxsize=4096)
def _chord(root: int, above: frozenset[int], bass: int) -> Chord:
    intervals = _stacked(above)
    kind = _kind(intervals)
    names = _MINOR_NAMES if 3 in above and 4 not in above else _NAMES
    named = Chord.named(names[root], kind, names[bass % 12], "")
    return Chord(root, intervals, bass % 12, named.symbol, named.symbol, named.quality)


def _stacked(above: frozenset[int]) -> tuple[int, ...]:
    """Semitones above the root in stacked order: a second beside a third is a ninth, a fourth an eleventh."""
    third = 3 in above or 4 in above
    fifth = 7 in above
    seventh = 10 in above or 11 in above
    moved = {
        1: 13,
        2: 14 if third else 2,
        3: 15 if 4 in above else 3,
        5: 17 if third else 5,
        6: 18 if fifth else 6,
        8: 20 if fifth else 8,
        9: 21 if seventh else 9,
    }
    return tuple(sorted(moved.get(tone, tone) for tone in above))


@lru_cache(maxsize=4096)
def _kind(intervals: tuple[int, ...]) -> Kind:
    # From all tones down: the outer ones say least about what a chord is.
    for size in range(len(intervals), 1, -1):
        part = intervals[:size]
        try:
            kind = read_kind(suffix(part))
        except UnknownKind:
            continue
        if kind.intervals == part:
            return kind
    return read_kind("5")
