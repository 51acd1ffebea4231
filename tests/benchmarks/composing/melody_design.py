"""What the melodies of POP909 say, as rows that a regression can read: one for every sixteenth, one for every note."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compose.melody import buckets as of
from engine.compose.melody.slots import bar_of
from engine.theory.keys import MODE_STEPS

__all__ = ["PITCH", "RHYTHM", "Song", "offsets", "pitch_rows", "rhythm_rows"]

BAR = bar_of(4, 4)
BARS, STEPS = 8, 16
START = 99

FIVE_OUT = {"major": (5, 11), "minor": (2, 8)}
"""Semitones above the tonic of the degrees that pentatonic scales leave out."""

RHYTHM = {
    "place": (16, 8),
    "since": (of.SINCE, 4),
    "run": (of.RUNS, 3),
    "pulse": (of.PULSES, of.SINCE),
    "lag": (3, of.STREAKS, 2, 2),
    "phrase": (4, 4),
    "rate": (4, 4),
    "rest": (of.SINCE,),
    "again": (3, 2),
}
PITCH = {
    "interval": (of.MOTIONS, of.INTERVALS),
    "size": (4, of.INTERVAL_SIZES),
    "tone": (4, of.SPANS, of.ROLES),
    "ahead": (of.AHEAD, of.ROLES),
    "degree": (2, of.FINAL, 12),
    "window": (of.WINDOW,),
    "landing": (4, 2, of.INTERVAL_SIZES),
    "lag_pitch": (3, of.STREAKS),
    "lag_interval": (3, of.STREAKS),
    "back": (2, of.MOTIONS),
    "course": (3, 3, 3),
    "gram": (of.GRAMS,),
    "leap": (of.INTERVAL_SIZES,),
    "same": (1,),
    "five": (1,),
    "tones": (4,),
    "motif": (of.GRAMS,),
    "motif_lag": (3,),
}


def offsets(groups: dict[str, tuple[int, ...]]) -> dict[str, int]:
    """Where each group of weights begins in one long row; index 0 is kept for "nothing"."""
    out, at = {}, 1
    for name, shape in groups.items():
        out[name] = at
        at += math.prod(shape)
    out["end"] = at
    return out


class Song:
    """One clip, cleaned: one note at a time on sixteenths, its chords, its traits."""

    def __init__(self, row: dict[str, Any]) -> None:
        """Reads a row of the data."""
        notes: dict[int, list[float]] = {}
        for note in sorted(row["notes"]):
            step = round(note[0] * 4)
            # Of two on one sixteenth the higher one is the tune.
            if 0 <= step < BARS * STEPS and (step not in notes or note[2] > notes[step][2]):
                notes[step] = note
        self.steps = sorted(notes)
        self.pitches = [int(notes[step][2]) for step in self.steps]
        self.velocities = [float(notes[step][3]) for step in self.steps]
        self.durations = [float(notes[step][1]) * 4 for step in self.steps]
        self.tonic, self.mode = row["key"]
        self.scale = frozenset((self.tonic + step) % 12 for step in MODE_STEPS[self.mode])
        self.chords = [(chord[0], chord[1], chord[2], frozenset(chord[3])) for chord in row["chords"]]
        self.onsets = [0] * (BARS * STEPS)
        for step in self.steps:
            self.onsets[step] = 1
        self.at = dict(zip(self.steps, self.pitches, strict=True))
        self.low, self.high = min(self.pitches), max(self.pitches)
        self.phase = 0

    def chord(self, step: int) -> tuple[float, float, int, frozenset[int]] | None:
        """The chord that sounds at a sixteenth."""
        beat = step / 4
        return next((chord for chord in self.chords if chord[0] - 0.1 <= beat < chord[1] - 0.1), None)

    def next_chord(self, step: int, until: int) -> tuple[int, tuple[float, float, int, frozenset[int]]] | None:
        """The next other chord that begins after a sixteenth and before another, and how many sixteenths ahead."""
        here = self.chord(step)
        for chord in self.chords:
            start = round(chord[0] * 4)
            if step < start < until and (here is None or chord[2:] != here[2:]):
                return start - step, chord
        return None

    def gaps(self) -> list[int]:
        """Sixteenths from each onset to the next."""
        return [b - a for a, b in zip(self.steps, [*self.steps[1:], BARS * STEPS + 8], strict=True)]


def rhythm_rows(song: Song, traits: dict[str, float]) -> tuple[list[list[int]], list[list[float]], list[int]]:
    """One row for every sixteenth: which weights speak, how loudly, and whether a note began."""
    at = offsets(RHYTHM)
    rows, values, hits = [], [], []
    since, run, begun, pulse = START, 0, False, None
    streaks = [0, 0, 0]
    onsets = song.onsets
    rates = [traits[name] for name in ("strong", "weak", "and", "odd")]
    for step in range(BARS * STEPS):
        bar, inside = divmod(step, STEPS)
        weight = BAR.weights[inside]
        mask = sum(onsets[step - back] << (back - 1) for back in (1, 2, 3) if step >= back)
        sense = of.since_of(since) if begun else of.SINCE_START
        recent = 0 if since < 3 else 1 if since <= 4 else 2
        row = [at["place"] + inside * 8 + mask, at["since"] + sense * 4 + weight]
        value = [1.0, 1.0]
        row.append(at["run"] + of.run_of(run) * 3 + recent)
        row.append(at["pulse"] + of.pulse_of(pulse) * of.SINCE + sense)
        value += [1.0, 1.0]
        for number, lag in enumerate(of.LAGS):
            if bar < lag:
                row += [0, 0]
                value += [0.0, 0.0]
                continue
            was = onsets[step - lag * STEPS]
            streak = of.streak_of(streaks[number])
            row.append(at["lag"] + ((number * of.STREAKS + streak) * 2 + was) * 2 + (weight >= 2))
            row.append(at["again"] + number * 2 + was)
            value += [1.0, traits["again"]]
        row.append(at["phrase"] + (bar + song.phase) % 4 * 4 + inside // 4)
        value.append(1.0)
        row += [at["rate"] + weight * 4 + number for number in range(4)]
        value += rates
        row.append(at["rest"] + sense)
        value.append(traits["rest"])
        rows.append(row)
        values.append(value)
        hit = onsets[step]
        hits.append(hit)
        for number, lag in enumerate(of.LAGS):
            was = onsets[step - lag * STEPS] if bar >= lag else 0
            if hit != was or bar < lag:
                streaks[number] = 0
            elif hit:
                streaks[number] += 1
        if hit:
            run = run + since if begun and since <= 6 else 0
            pulse = since if begun else None
            since, begun = 1, True
        else:
            since += 1
            if since > 6:
                run = 0
    return rows, values, hits


@dataclass
class _Now:
    """One note that is to be learnt from, and what stood around it."""

    song: Song
    number: int
    traits: dict[str, float]
    lag_pitches: list[int | None]
    lag_intervals: list[int | None]
    same: list[int]
    moved: list[int]

    def __post_init__(self) -> None:
        """Works out what is asked for every candidate."""
        song, number = self.song, self.number
        self.step, self.before = song.steps[number], song.pitches[number - 1]
        self.weight = BAR.weights[self.step % STEPS]
        self.gap_before, self.gap = self.step - song.steps[number - 1], song.gaps()[number]
        self.motion = of.motion_of(self.before - song.pitches[number - 2] if number > 1 else None)
        self.chord = song.chord(self.step)
        self.coming = song.next_chord(self.step, self.step + min(self.gap, 6))
        self.moves = np.diff(song.pitches[max(0, number - of.RECALL) : number]).tolist()
        self.grams = of.expected(self.moves)
        self.minor = song.mode == "minor"


_AT = offsets(PITCH)
Speaking = list[tuple[int, float]]


def pitch_rows(song: Song, traits: dict[str, float]) -> tuple[NDArray[np.int32], NDArray[np.float32], list[int]]:
    """One table for every note: candidates by weights; and which candidate was taken.

    Returns:
        Arrays of shape (notes, 25, weights) for intervals of an octave down to an octave up; and the choices, -1 where
        the note is not to be learnt from (beyond an octave).
    """
    tables, choices = [], []
    same, moved = [0, 0, 0], [0, 0, 0]
    for number in range(1, len(song.steps)):
        lag_pitches, lag_intervals = _lagged(song, song.steps[number])
        now = _Now(song, number, traits, lag_pitches, lag_intervals, same, moved)
        tables.append([_candidate(now, interval) for interval in range(-12, 13)])
        pitch, taken = song.pitches[number], song.pitches[number] - now.before
        choices.append(taken + 12 if -12 <= taken <= 12 else -1)
        same = [_held(count, old, pitch, old is not None) for count, old in zip(same, lag_pitches, strict=True)]
        moved = [
            _held(count, move, taken, old is not None)
            for count, move, old in zip(moved, lag_intervals, lag_pitches, strict=True)
        ]
    both = np.array(tables)
    return both[..., 0].astype(np.int32), both[..., 1].astype(np.float32), choices


def _held(count: int, old: int | None, new: int, known: bool) -> int:
    """How long a repetition has held after one more note; where there was nothing to repeat, half is forgotten."""
    return (count + 1 if old == new else 0) if known else count // 2


def _lagged(song: Song, step: int) -> tuple[list[int | None], list[int | None]]:
    """Pitches that stood at this place some bars ago, and the intervals that led to them."""
    pitches: list[int | None] = []
    intervals: list[int | None] = []
    for lag in of.LAGS:
        pitch = song.at.get(step - lag * STEPS)
        pitches.append(pitch)
        place = 0 if pitch is None else song.steps.index(step - lag * STEPS)
        intervals.append(None if pitch is None or place == 0 else pitch - song.pitches[place - 1])
    return pitches, intervals


def _candidate(now: _Now, interval: int) -> Speaking:
    """The weights that speak for an interval, each with how loudly; all -1 outside of the melody's range."""
    song, pitch = now.song, now.before + interval
    size, degree = of.interval_size(interval), (pitch - song.tonic) % 12
    row: Speaking = [
        (_AT["interval"] + now.motion * of.INTERVALS + interval + 12, 1.0),
        (_AT["size"] + of.gap_of(now.gap_before) * of.INTERVAL_SIZES + size, 1.0),
        (_AT["degree"] + (now.minor * of.FINAL + of.final_of(now.gap)) * 12 + degree, 1.0),
        (_AT["window"] + of.window_of(pitch, song.low, song.high), 1.0),
        (_AT["leap"] + size, now.traits["leap"]),
        _if(interval == 0, _AT["same"], now.traits["same"]),
        _if(degree in FIVE_OUT[song.mode], _AT["five"], now.traits["five"]),
    ]
    row += _chordal(now, pitch, size) + _lags(now, pitch, interval) + _recalls(now, pitch, interval)
    return row if song.low <= pitch <= song.high else [(-1, 0.0)] * len(row)


def _if(condition: bool, index: int, value: float = 1.0) -> tuple[int, float]:
    return (index, value) if condition else (0, 0.0)


def _chordal(now: _Now, pitch: int, size: int) -> Speaking:
    pc, scale = pitch % 12, now.song.scale
    row: Speaking = [(0, 0.0)] * 4
    if now.chord:
        role = of.role_of(pc, now.chord[2], now.chord[3], scale)
        hit = role < of.CHORD_ROLES
        row[0] = (_AT["tone"] + (now.weight * of.SPANS + of.span_of(now.gap)) * of.ROLES + role, 1.0)
        row[1] = (_AT["landing"] + (now.weight * 2 + hit) * of.INTERVAL_SIZES + size, 1.0)
        row[2] = _if(hit, _AT["tones"] + now.weight, now.traits["tones"])
    if now.coming:
        ahead, chord = now.coming
        row[3] = (_AT["ahead"] + (ahead <= 2) * of.ROLES + of.role_of(pc, chord[2], chord[3], scale), 1.0)
    return row


def _lags(now: _Now, pitch: int, interval: int) -> Speaking:
    row: Speaking = []
    for place in range(3):
        first = place * of.STREAKS
        again = now.lag_pitches[place] == pitch
        row.append(_if(again, _AT["lag_pitch"] + first + of.streak_of(now.same[place])))
        row.append(_if(again, _AT["motif_lag"] + place, now.traits["motif"]))
        moves = now.lag_intervals[place] == interval
        row.append(_if(moves, _AT["lag_interval"] + first + of.streak_of(now.moved[place])))
    return row


def _recalls(now: _Now, pitch: int, interval: int) -> Speaking:
    row: Speaking = []
    for place in (0, 1):
        back = now.number - 2 - place
        row.append(_if(back >= 0 and now.song.pitches[back] == pitch, _AT["back"] + place * of.MOTIONS + now.motion))
    other, last = (of.direction(now.moves[-back] if len(now.moves) >= back else 0) for back in (2, 1))
    row.append((_AT["course"] + (other * 3 + last) * 3 + of.direction(interval), 1.0))
    for place in range(of.GRAMS):
        known = now.grams[place] == interval
        row += [_if(known, _AT["gram"] + place), _if(known, _AT["motif"] + place, now.traits["motif"])]
    return row
