"""Which notes are held when: from the harmony, chord by chord, or from what a player holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from engine.compose.arp.hand import as_played, coloured, finger
from engine.compose.dice import Dice
from engine.compose.spans import Span
from engine.notes import Note
from engine.theory.chords import Chord

__all__ = ["Fingers", "Grip", "grips_of_chords", "grips_of_notes"]

Pitches = tuple[int, ...]

_TOGETHER = 0.06
"""Beats within which notes count as struck, or let go, together: a chord is rolled a little by any hand."""

_PASSING = 0.12
"""Beats below which what sounds is only what fingers do on their way from one chord to the next."""

_SIXTEENTH = 0.25
_CLOSE = 1e-6


class Grip(msgspec.Struct, frozen=True):
    """A stretch of time in which the same notes are held.

    Attributes:
        start, end: beats from the clip's start.
        held: MIDI pitches in the order they were struck, at least one.
        chord: what they are, when they come from the harmony.
    """

    start: float
    end: float
    held: Pitches
    chord: Chord | None = None


class Fingers(msgspec.Struct, frozen=True):
    """How chords are taken.

    Attributes:
        voices, register, voicing: as in the request.
        complexity: percent.
        scale: pitch classes of the key.
        dice: of the take's seed.
    """

    voices: int
    register: int
    voicing: str
    complexity: float
    scale: tuple[int, ...]
    dice: Dice


def grips_of_chords(spans: Iterable[Span], fingers: Fingers, before: Grip | None) -> list[Grip]:
    """Takes chords one after the other, each from where the hand was.

    Args:
        spans: in order, without gaps: those of one bar, or of many.
        fingers: how.
        before: what was held just before; where the first chord is the same, it is held on from there.

    Returns:
        Grips in order; neighbours of the same chord are one.
    """
    grips: list[Grip] = []
    last = before
    for span in spans:
        if last and last.chord == span.chord and abs(last.end - span.start) < _CLOSE:
            last = msgspec.structs.replace(last, end=span.end)
            grips[-1:] = [last]
            continue
        tones = coloured(span.chord, fingers.scale, fingers.complexity, span.place, fingers.dice)
        previous = tuple(sorted(last.held)) if last else None
        row = finger(
            tones, span.chord.bass, fingers.voices, fingers.register, voicing=fingers.voicing, previous=previous
        )
        last = Grip(span.start, span.end, as_played(row, tones), span.chord)
        grips.append(last)
    return grips


def grips_of_notes(notes: Sequence[Note], bar: float, length: float, *, hold: bool) -> list[Grip]:
    """What is held where the notes of a clip sound.

    Args:
        notes: in any order; muted ones and those before the clip's start are not held.
        bar: beats of a bar; shorter than the part, the notes go round in whole bars.
        length: beats of the part.
        hold: whether notes stay held until others begin.

    Returns:
        Grips in order; where nothing is held there is none.
    """
    played = sorted(
        (note for note in notes if not note.mute and note.start_time >= -_TOGETHER),
        key=lambda note: (note.start_time, note.pitch),
    )
    if not played:
        return []
    starts = _gathered([note.start_time for note in played])
    ends = _gathered([note.end_time for note in played], sorted(set(starts)))
    sounding = [(start, end, note.pitch) for start, end, note in zip(starts, ends, played, strict=True)]
    lap = max(bar, -(-(max(ends) - _CLOSE) // bar) * bar)
    once = _stretches(sounding)
    if hold:
        nexts = [*(grip.start for grip in once[1:]), once[0].start + lap]
        once = [msgspec.structs.replace(grip, end=end) for grip, end in zip(once, nexts, strict=True)]
    laps = range(int(-(-(length - _CLOSE) // lap)))
    return [
        Grip(grip.start + turn * lap, min(grip.end + turn * lap, length), grip.held)
        for turn in laps
        for grip in once
        if grip.start + turn * lap < length - _CLOSE
    ]


def _gathered(times: list[float], anchors: Sequence[float] = ()) -> list[float]:
    """Moves times that lie close together onto one: an anchor, else a sixteenth nearby, else the earliest of them."""
    moved: dict[float, float] = {}
    last = -1.0
    for time in sorted(set(times)):
        near = [anchor for anchor in anchors if abs(anchor - time) <= _TOGETHER]
        on_grid = round(time / _SIXTEENTH) * _SIXTEENTH
        if near:
            last = min(near, key=lambda anchor: abs(anchor - time))
        elif last < 0 or time - last > _TOGETHER:
            last = on_grid if abs(on_grid - time) <= _TOGETHER else time
        moved[time] = last
    return [moved[time] for time in times]


def _stretches(sounding: list[tuple[float, float, int]]) -> list[Grip]:
    """The stretches between changes, each with what sounds in it, in the order it was struck."""
    edges = sorted({edge for start, end, _ in sounding for edge in (start, end)})
    grips = []
    for start, end in pairwise(edges):
        held = tuple(dict.fromkeys(pitch for first, last, pitch in sounding if first <= start and last >= end))
        if held and end - start >= _PASSING:
            grips.append(Grip(start, end, held))
    # Nothing but taps: held for a sixteenth.
    return grips or [Grip(edges[0], edges[0] + _SIXTEENTH, tuple(dict.fromkeys(pitch for *_, pitch in sounding)))]
