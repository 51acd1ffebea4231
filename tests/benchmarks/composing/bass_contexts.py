"""What the walking model sees before each note of a real line, as index tables for its training.

The engine scores with slices of tables (engine/compose/bass/walk_model.py), the training with arrays of indices into
one long vector of weights; tests/engine/compose/bass/test_walk_model.py holds the two against each other.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compose.bass.walk_model import HIGH, LAGS, LOW, QUALITIES, TRAITS, quality_of

Floats = NDArray[np.float64]
Row = dict[str, Any]
Looks = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]

LINES = Path(__file__).resolve().parents[4] / "shared" / "data" / "music" / "bass_wjd_odd.jsonl.gz"

PITCHES = np.arange(LOW, HIGH + 1)
COUNT = len(PITCHES)
WIDEST = 14
CLASSES = 11
FARTHEST = 14
NOTHING = np.zeros(COUNT, dtype=np.int64)

SHAPES = {
    "nothing": (1,),
    "interval": (4, 2 * WIDEST + 1),
    "turn": (CLASSES, CLASSES),
    "degree": (5, QUALITIES, 12),
    "into": (2, 12),
    "before": (2, 12),
    "pitch": (COUNT,),
    "same": (len(LAGS),),
    "class": (len(LAGS),),
    "pair": (12, 12),
    "key": (2, 12),
    "first": (COUNT,),
    "home": (FARTHEST + 1,),
    "fresh": (1,),
}
OFFSETS = dict(zip(SHAPES, np.cumsum([0, *(int(np.prod(shape)) for shape in SHAPES.values())]).tolist(), strict=False))
SIZE = sum(int(np.prod(shape)) for shape in SHAPES.values())


def real_lines() -> list[Row]:
    """The shared half of the walking lines, or nothing where it does not lie beside the repository."""
    if not LINES.exists():
        return []
    with gzip.open(LINES, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def halves(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """Splits lines by solo, so that no solo stands on both sides: to learn from, and to report on."""
    learn = [row for row in rows if _solo(row) // 2 % 2 == 0]
    return learn, [row for row in rows if _solo(row) // 2 % 2 == 1]


def _solo(row: Row) -> int:
    return int(row["id"].split("/")[1].split("@")[0])


def interval_class(intervals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Intervals in eleven classes: far down, fifths, thirds, each step by itself, and up again."""
    return np.searchsorted([-7, -4, -2, -1, 0, 1, 2, 3, 5, 8], intervals, side="right")


def contexts(rows: list[Row]) -> Looks:
    """Reads lines of one note a beat.

    Returns:
        Indices of weights (notes, pitches, tables), traits (notes, pitches, traits), the pitch played as an index, and
        which line each note is of.
    """
    indices, traits, played, line = [], [], [], []
    for number, row in enumerate(rows):
        pitches = [int(note[2]) for note in sorted(row["notes"])]
        for beat, pitch in enumerate(pitches):
            places, marks = look(row, pitches[:beat], beat)
            indices.append(np.stack(places, 1))
            traits.append(marks)
            played.append(pitch - LOW)
            line.append(number)
    return np.array(indices, np.int32), np.array(traits, np.float32), np.array(played), np.array(line)


def look(row: Row, past: list[int], beat: int) -> tuple[list[NDArray[np.int64]], Floats]:
    """What is known before the note of one beat: for every pitch, its weights' indices and its traits."""
    chords = row["chords"]
    index = max(place for place, chord in enumerate(chords) if chord[0] <= beat + 1e-6)
    here, following = chords[index], chords[(index + 1) % len(chords)]
    begins, till = abs(here[0] - beat) < 1e-6, int(here[1] - beat + 1e-6)
    degree = (PITCHES - here[2]) % 12
    place = 0 if begins else beat % 4 + 1
    nexts = int(3 in {(pc - following[2]) % 12 for pc in following[3]}) * 12 + (PITCHES - following[2]) % 12
    tonic, mode = row["key"]
    places = [
        OFFSETS["degree"] + (place * QUALITIES + quality_of({(pc - here[2]) % 12 for pc in here[3]})) * 12 + degree,
        OFFSETS["pitch"] + PITCHES - LOW,
        OFFSETS["into"] + nexts if till == 1 else NOTHING,
        OFFSETS["before"] + nexts if till == 2 else NOTHING,
        OFFSETS["key"] + (0 if mode == "major" else 12) + (PITCHES - tonic) % 12,
    ]
    marks = dict.fromkeys(TRAITS, np.zeros(COUNT))
    marks |= {
        "tone": np.isin(PITCHES % 12, [pc % 12 for pc in here[3]]) * 1.0,
        "root": (degree == 0) * 1.0,
        "fifth": (degree == 7) * 1.0,
        "height": (PITCHES - 41) / 4.0,
        "spread": ((PITCHES - 41) / 4.0) ** 2,
    }
    if not past:
        places += [OFFSETS["first"] + PITCHES - LOW, *[NOTHING] * (4 + 2 * len(LAGS))]
    else:
        pair = OFFSETS["pair"] + (past[-1] - here[2]) % 12 * 12 + degree
        places += [NOTHING if begins else pair, *_behind(past, beat, marks)]
    return places, np.stack([marks[trait] for trait in TRAITS], 1)


def _behind(past: list[int], beat: int, marks: dict[str, Floats]) -> list[NDArray[np.int64]]:
    """What the notes before say of the next one."""
    interval = PITCHES - past[-1]
    size = np.abs(interval)
    away = np.abs(PITCHES - float(np.mean(past[-8:])))
    fresh = ~np.isin(PITCHES % 12, [pitch % 12 for pitch in past[-16:]]) & (len(past) >= 4)
    marks |= {
        "repeat": (size == 0) * 1.0,
        "half": (size == 1) * 1.0,
        "whole": (size == 2) * 1.0,
        "leap": (size >= 5) * 1.0,
        "wide": (size >= 8) * 1.0,
        "fresh": fresh * 1.0,
        "away": away / 4.0,
    }
    for trait, lag in (("again_2", 2), ("again_4", 4), ("again_8", 8)):
        if len(past) >= lag:
            marks[trait] = (past[-lag] == PITCHES) * 1.0
    turn = NOTHING
    if len(past) > 1:
        last = past[-1] - past[-2]
        turn = OFFSETS["turn"] + int(interval_class(np.array([last]))[0]) * CLASSES + interval_class(interval)
        marks["onward"] = (np.sign(interval) * np.sign(last) > 0) * 1.0
        marks["recent"] = np.isin(PITCHES % 12, [pitch % 12 for pitch in past[-8:-1]]) * 1.0
    places = [
        OFFSETS["interval"] + beat % 4 * (2 * WIDEST + 1) + np.clip(interval, -WIDEST, WIDEST) + WIDEST,
        turn,
        OFFSETS["home"] + np.minimum(np.floor(away + 0.5).astype(np.int64), FARTHEST),
        np.where(fresh, OFFSETS["fresh"], 0),
    ]
    for number, lag in enumerate(LAGS):
        known = len(past) >= lag
        places.append(np.where(past[-lag] == PITCHES, OFFSETS["same"] + number, 0) if known else NOTHING)
        places.append(np.where((PITCHES - past[-lag]) % 12 == 0, OFFSETS["class"] + number, 0) if known else NOTHING)
    return places
