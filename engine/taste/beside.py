"""What sounds beside a part: the notes that are told to, and what its request says of the harmony."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from engine.notes import Note, beats_per_bar
from engine.taste.fit import Around, Sounding
from engine.theory.symbols import read_symbol

__all__ = ["beside"]

_UNPITCHED = ("drums",)


def beside(role: str, request: Any, length: float, around: Sequence[Note] | None) -> Around | None:
    """Returns what takes are compared with, or None where nothing sounds that they could rub with.

    Args:
        role: of the part; what drums play rubs with nothing.
        request: of the role, checked: chords in time, the notes harmony is heard from and the line beside it sound too.
        length: beats of the part.
        around: notes of the other clips, in beats from the part's start.
    """
    if role in _UNPITCHED:
        return None
    notes = [*(around or ()), *(getattr(request, "harmony_notes", None) or ()), *(getattr(request, "line", None) or ())]
    chords = list(_chords(request, length))
    return Around(notes, length, chords) if notes or chords else None


def _chords(request: Any, length: float) -> Iterator[Sounding]:
    """The chords of a request; each stays until the next, and they go round."""
    told = sorted(getattr(request, "chords", None) or (), key=lambda chord: float(chord.start))
    if not told:
        return
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    lap = max(bar, math.ceil(max(chord.start + chord.duration for chord in told) / bar - 1e-6) * bar)
    edges = [chord.start for chord in told[1:]] + [lap]
    begin = 0.0
    while begin < length:
        for chord, end in zip(told, edges, strict=True):
            if begin + chord.start < length:
                yield begin + chord.start, min(begin + end, length), _classes(chord)
        begin += lap


def _classes(chord: Any) -> list[int]:
    if chord.symbol and chord.symbol.strip():
        named = read_symbol(chord.symbol.strip())
        return sorted({(named.root + interval) % 12 for interval in named.intervals})
    return sorted({*(chord.pitch_classes or ()), *(each for each in (chord.root, chord.bass) if each is not None)})
