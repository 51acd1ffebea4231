"""How near a performance came to what was composed: onsets against the grid and its groove, and whether notes end.

What should be heard is not asked of the device: it is put together from the bars that the engine told, each from when
it had come (`told.py`), by the rule of `StreamBar`.
"""

from __future__ import annotations

import itertools
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.compose.stream.request import StreamBar
from engine.compose.stream.splice import LEAST_HELD
from engine.typed import convert
from tests.benchmarks.performing.told import Bar, Telling, Wanted, bars_of

LATE_MS = 10.0
"""What begins later than this after its place is late: it is heard as an echo of the beat, not as feel."""
LOST_MS = 150.0
"""What begins further from its place is not that note any more."""
LONG_MS = 30.0
"""What sounds on for longer than this after its end is too long."""

__all__ = ["LATE_MS", "Heard", "Score", "read", "score"]


@dataclass(frozen=True)
class Heard:
    """A note as it left a device: beats from the start of the song, MIDI pitch, velocity, ms; None: it never ended."""

    beat: float
    pitch: int
    velocity: int
    ms: float | None = None


@dataclass(frozen=True)
class Score:
    """One part's figures.

    Attributes:
        strays: ms from its place at which each note began, below 0 early.
        late: notes that began more than `LATE_MS` after their place.
        missing: notes that were composed, told in time, and never began.
        strange: notes that began and were in no bar that was in force.
        overlong: notes that sounded on where no bar in force had them.
        overtaken: notes of the last word on a bar that came when they were over: they cannot have been played.
        filled: notes that a device played of its own where nothing was told.
    """

    strays: list[float]
    late: int
    missing: int
    strange: int
    overlong: int
    overtaken: int
    filled: int


def score(heard: Sequence[Heard], told: Sequence[Telling], tempo: float, end: float) -> Score:
    """Hold one part against its bars.

    Args:
        heard: What left the device.
        told: What the engine told of the song's bars.
        tempo: Beats per minute.
        end: Beats after which nothing is counted.
    """
    ms = 60_000.0 / tempo
    bars = bars_of(told, tempo)
    waiting: dict[int, list[Heard]] = defaultdict(list)
    for note in heard:
        waiting[note.pitch].append(note)
    wanted = [note for before, bar in itertools.pairwise([None, *bars]) if bar for note in bar.wanted(before)]
    strays, missing = [], 0
    # What may be heard takes nothing from what must be; of what lies about the end nothing must.
    for must, note in sorted(((note.must and note.last < end, note) for note in wanted), key=lambda one: not one[0]):
        near = min(waiting[note.pitch], key=lambda one: abs(_stray(one, note)), default=None)
        if near is None or abs(_stray(near, note)) * ms > (LOST_MS if must else LATE_MS):
            missing += must
            continue
        waiting[note.pitch].remove(near)
        if near.beat < end:
            strays.append(_stray(near, note) * ms)
    rest = [note for notes in waiting.values() for note in notes if note.beat < end]
    filled = sum(note.beat < _at(bars, note.beat).known for note in rest)
    return Score(
        strays=strays,
        late=sum(stray > LATE_MS for stray in strays),
        missing=missing,
        strange=len(rest) - filled,
        overlong=sum(_is_long(note, bars, ms) for note in heard if note.beat < end),
        overtaken=sum(bar.overtaken for bar in bars if bar.origin + bar.beats <= end),
        filled=filled,
    )


def _stray(heard: Heard, wanted: Wanted) -> float:
    """Beats from where it may begin at which a note began."""
    return heard.beat - min(max(heard.beat, wanted.first), wanted.last)


def _at(bars: Sequence[Bar], beat: float) -> Bar:
    """The bar in which a beat lies; what lies behind all of them is of the last."""
    return next((bar for bar in bars if beat < bar.origin + bar.beats), bars[-1])


def _is_long(note: Heard, bars: Sequence[Bar], ms: float) -> bool:
    """Whether it sounded where no bar in force has it."""
    if note.ms is None:
        return True
    beat = note.beat + (note.ms - LONG_MS) / ms
    if beat <= note.beat:
        return False
    bar = _at(bars, beat)
    at = bars.index(bar)
    over = at > 0 and beat - bar.origin <= LEAST_HELD
    near = [bar, bars[at - 1]] if over else [bar]
    return beat >= bar.known and not any(True in one.rings(note.pitch, beat) for one in near)


def read(path: Path) -> list[Score]:
    """The parts of a play that perform.mjs wrote."""
    play: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    scores = []
    for part in play["parts"]:
        heard = [Heard(note["beat"], note["pitch"], note["velocity"], note["ms"]) for note in part["notes"]]
        told = [Telling(convert(one["bar"], StreamBar), one["asked"], one["at"]) for one in part["told"]]
        scores.append(score(heard, told, play["tempo"], play["beats"] - 0.25))
    return scores
