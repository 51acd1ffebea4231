"""Which tones sound where: from chords that are given, or from the clip itself as far as it tells."""

from __future__ import annotations

from collections.abc import Sequence

from engine.compose.dice import Dice
from engine.compose.part.harmony import find_harmony
from engine.compose.part.request import PartRequest
from engine.compose.vary.grid import Grid
from engine.compose.vary.request import ClipRequest
from engine.compose.vary.touch import Bar

__all__ = ["Harmony", "Part", "given_harmony", "heard_harmony", "parts_of"]

Part = tuple[int, frozenset[int]]
"""From which slot of a bar, and which pitch classes; none where they are not known."""

Harmony = list[tuple[Part, ...]]
"""For each bar its parts, in order, the first from slot 0."""

_FAINT = 0.12
"""A tone counts to the harmony from this share of the strongest one's sounding time."""

_LONGEST_BARS = 64


def parts_of(grid: Grid) -> tuple[int, ...]:
    """Slots at which harmony may change in a bar: its beginning, and its middle where that is a pulse."""
    middle = len(grid.pulses) // 2
    return (0, grid.pulses[middle]) if len(grid.pulses) % 2 == 0 else (0,)


def given_harmony(request: ClipRequest, grid: Grid) -> Harmony:
    """The harmony that a request tells; shorter than the clip, it goes round.

    Raises:
        InvalidValue: field "chords", for a symbol that cannot be read.
    """
    numerator, denominator = request.signature_numerator, request.signature_denominator
    wanted = PartRequest(
        chords=request.chords,
        bars=_LONGEST_BARS,
        key=request.key,
        mode=request.mode,
        context=request.context,
        signature_numerator=numerator,
        signature_denominator=denominator,
    )
    found = find_harmony(wanted, "house", request.length, Dice(0))
    return [
        tuple(
            (slot, frozenset(found.at(bar * grid.bar + slot * grid.step).chord.pcs))
            for slot in (0, *(pulse for pulse in grid.pulses[1:] if pulse < grid.slots_in(bar)))
        )
        for bar in range(grid.bars)
    ]


def heard_harmony(bars: Sequence[Bar], grid: Grid, role: str) -> Harmony:
    """The harmony that a clip tells of itself.

    Chords tell it in full, a bass its root and fifth by what it begins a bar with; a melody and drums tell none.

    Args:
        bars: the clip's.
        grid: its grid.
        role: what it is.
    """
    edges = parts_of(grid)
    if role in ("melody", "drums"):
        return [tuple((slot, frozenset[int]()) for slot in edges)] * len(bars)
    if role == "bass":
        return [((0, _root_and_fifth(bar)),) for bar in bars]
    ends = (*edges[1:], grid.slots)
    return [tuple((a, _tones(bar, a, b, grid)) for a, b in zip(edges, ends, strict=True)) for bar in bars]


def _tones(bar: Bar, first: int, until: int, grid: Grid) -> frozenset[int]:
    """The pitch classes that sound in a part of a bar, those struck before it and still ringing too."""
    begin, end = first * grid.step, until * grid.step
    beats: dict[int, float] = {}
    for (slot, pitch, _), note in bar.items():
        sounds = min(max(note.end_time, note.start_time + 0.25), end) - max(note.start_time, begin)
        if slot < until and sounds > 0:
            beats[pitch % 12] = beats.get(pitch % 12, 0.0) + min(sounds, 2.0)
    if not beats:
        return frozenset()
    least = _FAINT * max(beats.values())
    return frozenset(pc for pc, amount in beats.items() if amount >= least)


def _root_and_fifth(bar: Bar) -> frozenset[int]:
    """Root and fifth, when a note stands at the very beginning of the bar."""
    there = [pitch for slot, pitch, _ in bar if slot == 0]
    return frozenset((min(there) % 12, (min(there) + 7) % 12)) if there else frozenset()
