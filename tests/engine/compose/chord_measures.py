"""What a take sounds like, in numbers: the yardsticks of the chord composer's tests and benchmark.

Voice leading is measured as the field does it: successive chords, voices matched so that
they move least, parallel fifths and octaves counted over all pairs of matched voices.
"""

from __future__ import annotations

import statistics
from itertools import combinations, pairwise

import msgspec

from engine.compose.chords import ChordsRequest, ChordsResult, compose_chords
from engine.notes import Note, beats_per_bar
from engine.theory.symbols import read_symbol

SHARPNESS = {1: 1.0, 2: 0.5, 6: 0.6}
"""How rough an interval class sounds; the others are consonant."""


def struck_chords(result: ChordsResult, together: float = 0.07) -> list[tuple[float, tuple[int, ...]]]:
    """Chords as they are heard: notes starting within ``together`` beats, three at least."""
    notes = sorted(result.notes, key=lambda note: note.start_time)
    found: list[tuple[float, tuple[int, ...]]] = []
    index = 0
    while index < len(notes):
        first = notes[index].start_time
        chord = [note.pitch for note in notes[index:] if note.start_time - first <= together]
        if len(set(chord)) >= 3:
            found.append((first, tuple(sorted(set(chord)))))
        index += len(chord)
    return found


def onsets(result: ChordsResult) -> list[float]:
    starts: list[float] = []
    for note in result.notes:
        if not starts or note.start_time - starts[-1] > 0.07:
            starts.append(note.start_time)
    return starts


def matched(before: tuple[int, ...], after: tuple[int, ...]) -> list[tuple[int, int]]:
    """Pairs of pitches, every voice of the smaller chord once, moving least in sum."""
    if len(before) > len(after):
        return [(b, a) for a, b in matched(after, before)]
    best = min(
        combinations(after, len(before)),
        key=lambda chosen: sum(abs(a - b) for a, b in zip(before, chosen, strict=True)),
    )
    return list(zip(before, best, strict=True))


def leading(chords: list[tuple[int, ...]]) -> dict[str, float] | None:
    """Mean move per voice, mean and worst largest move, parallels per change; None without a change."""
    heard = [chord for index, chord in enumerate(chords) if index == 0 or chord != chords[index - 1]]
    if len(heard) < 2:
        return None
    moves, largest, parallels = [], [], 0
    for before, after in pairwise(heard):
        pairs = matched(before, after)
        steps = [b - a for a, b in pairs]
        moves.append(statistics.fmean(abs(step) for step in steps))
        largest.append(max(abs(step) for step in steps))
        for i, j in combinations(range(len(pairs)), 2):
            first, second = abs(pairs[i][0] - pairs[j][0]) % 12, abs(pairs[i][1] - pairs[j][1]) % 12
            parallels += first == second and first in (0, 7) and steps[i] * steps[j] > 0
    return {
        "move": statistics.fmean(moves),
        "largest": statistics.fmean(largest),
        "worst": max(largest),
        "parallels": parallels / len(moves),
    }


def roughness(pitches: list[int]) -> float:
    """Sum over all pairs of notes of how rough their interval is."""
    return sum(SHARPNESS.get(min((b - a) % 12, (a - b) % 12), 0.0) for a, b in combinations(pitches, 2))


def wants_to_move(symbol: str) -> bool:
    """Whether a chord pulls onward: a suspension, or a dominant with its tritone."""
    intervals = set(read_symbol(symbol).intervals)
    return ("sus" in symbol) or {4, 10} <= intervals


def tension(result: ChordsResult) -> float:
    """Roughness of the sounding chords plus the share of time that pulls onward, weighted by time."""
    return (
        sum((roughness(chord.pitches) + 1.5 * wants_to_move(chord.symbol)) * chord.duration for chord in result.chords)
        / result.length
    )


def complexity(result: ChordsResult) -> float:
    """Different tones in a chord, weighted by time, plus chords per bar.

    The triad counts though a voicing leaves its root or fifth out: a third, fifth and seventh
    without a root, or a shell of three, are heard as more than a triad.
    """
    tones = sum(
        len({*_triad(chord.symbol), *(pitch % 12 for pitch in chord.pitches)}) * chord.duration
        for chord in result.chords
    )
    names = [chord.symbol for chord in result.chords]
    changes = 1 + sum(a != b for a, b in pairwise(names))
    return tones / result.length + changes / _bars(result)


def _triad(symbol: str) -> set[int]:
    chord = read_symbol(symbol)
    return {(chord.root + tone) % 12 for tone in chord.intervals if tone <= 8}


def movement(result: ChordsResult) -> float:
    """Semitones per voice and bar (a chord that stays counts as no motion), plus the register wandered through."""
    rows = [tuple(chord.pitches) for chord in result.chords]
    path = sum(statistics.fmean(abs(b - a) for a, b in matched(before, after)) for before, after in pairwise(rows))
    middles = [statistics.fmean(row) for row in rows]
    return path / _bars(result) + (max(middles) - min(middles)) / 12


def density(result: ChordsResult) -> float:
    """Strikes per bar."""
    return len(onsets(result)) / _bars(result)


def looseness(request: ChordsRequest, result: ChordsResult) -> tuple[float, float]:
    """Standard deviation of timing (milliseconds) and of velocity against the same take at Humanise 0."""
    strict = compose_chords(msgspec.structs.replace(request, humanise=0.0, seed=result.seed))
    pairs = list(zip(_by_pitch(strict), _by_pitch(result), strict=True))
    late = [(b.start_time - a.start_time) * 60_000 / request.tempo for a, b in pairs]
    loud = [b.velocity - a.velocity for a, b in pairs]
    return statistics.pstdev(late), statistics.pstdev(loud)


def _by_pitch(result: ChordsResult) -> list[Note]:
    return sorted(result.notes, key=lambda note: (note.pitch, note.start_time))


def _bars(result: ChordsResult) -> float:
    return result.length / beats_per_bar(result.resolved.signature_numerator, result.resolved.signature_denominator)
