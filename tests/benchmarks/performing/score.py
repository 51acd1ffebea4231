"""How near a performance came to what was composed: onsets against the grid and its groove, note by note.

What should be heard is not asked of the device: it is put together from the bars that the engine told last, by the rule
of `StreamBar`, as `engine.compose.stream.join.joined` keeps it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.compose.stream.join import joined
from engine.compose.stream.request import StreamBar
from engine.typed import convert

LATE_MS = 10.0
"""What begins later than this after its place is late: it is heard as an echo of the beat, not as feel."""
LOST_MS = 150.0
"""What begins further from its place is not that note any more."""

__all__ = ["LATE_MS", "Heard", "Score", "read", "score"]


@dataclass(frozen=True)
class Heard:
    """A note as it left a device: beats from the start of the song, MIDI pitch and velocity."""

    beat: float
    pitch: int
    velocity: int


@dataclass(frozen=True)
class Score:
    """One part's figures.

    Attributes:
        strays: ms from its place at which each note began, below 0 early.
        late: notes that began more than `LATE_MS` after their place.
        missing: notes that were composed and never began.
        strange: notes that began and were in no bar.
    """

    strays: list[float]
    late: int
    missing: int
    strange: int


def score(heard: Sequence[Heard], bars: Sequence[StreamBar], tempo: float, end: float) -> Score:
    """Hold one part against its bars.

    Args:
        heard: What left the device.
        bars: The bars of the song in order from bar 0 on, each as it was told last.
        tempo: Beats per minute.
        end: Beats after which nothing is counted.
    """
    ms = 60_000.0 / tempo
    waiting: dict[int, list[Heard]] = defaultdict(list)
    for note in heard:
        if note.beat < end:
            waiting[note.pitch].append(note)
    wanted = [note for note in joined(bars) if note.start_time < end]
    strays, missing = [], 0
    for note in wanted:
        near = min(waiting[note.pitch], key=lambda one: abs(one.beat - note.start_time), default=None)
        if near is None or abs(near.beat - note.start_time) * ms > LOST_MS:
            missing += 1
            continue
        waiting[note.pitch].remove(near)
        strays.append((near.beat - note.start_time) * ms)
    late = sum(stray > LATE_MS for stray in strays)
    return Score(strays, late, missing, sum(len(rest) for rest in waiting.values()))


def read(path: Path) -> list[Score]:
    """The parts of a play that perform.mjs wrote."""
    play: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    scores = []
    for part in play["parts"]:
        heard = [Heard(note["beat"], note["pitch"], note["velocity"]) for note in part["notes"]]
        told = {bar["bar"]: convert(bar, StreamBar) for bar in part["bars"]}
        bars = [told[number] for number in range(len(told)) if number in told]
        scores.append(score(heard, bars, play["tempo"], play["beats"] - 0.25))
    return scores
