"""The performances that are written down: two bars of one loudness on the grid, and what each player makes of them.

    python -m tests.engine.compose.feel.golden_takes

writes them anew into ``golden.json``; the listening notes in it stay and are to be read beside the notes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from engine.compose.feel.humanise import HumaniseRequest, humanise
from engine.notes import Note

FILE = Path(__file__).with_name("golden.json")
SEED, TEMPO, BARS = 7, 100.0, 2

Hits = dict[int, tuple[float, ...]]

_ROCK: Hits = {
    36: (0, 1.5, 2, 3.5),
    38: (1, 3),
    42: (0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5),
}
_RIDE: Hits = {36: (0,), 44: (1, 3), 51: (0, 1, 1.75, 2, 3, 3.75)}


def _bars(hits: Hits, lasting: float) -> list[Note]:
    """A bar's hits by pitch, twice, all as loud."""
    notes = [
        Note(pitch, bar * 4.0 + beat, lasting, 100.0)
        for bar in range(BARS)
        for pitch, beats in hits.items()
        for beat in beats
    ]
    return sorted(notes, key=lambda note: (note.start_time, note.pitch))


def _line(pitches: tuple[int, ...], step: float) -> list[Note]:
    """A line of even notes."""
    return [Note(pitch, number * step, step, 100.0) for number, pitch in enumerate(pitches)]


_SCALE = (57, 60, 62, 64, 67, 64, 62, 60, 57, 60, 64, 67, 69, 67, 64, 60)
_CHORDS = [
    Note(pitch, beat, 1.0, 100.0)
    for beat, chord in ((0.0, (57, 60, 64)), (1.5, (57, 60, 64)), (4.0, (53, 57, 60)), (5.5, (53, 57, 60)))
    for pitch in chord
]
# Accents that somebody has set already: a loud backbeat over soft hats.
_ACCENTED = [
    Note(note.pitch, note.start_time, note.duration, {36: 112.0, 38: 120.0, 42: 60.0}[note.pitch])
    for note in _bars(_ROCK, 0.25)
]

ASKED: dict[str, dict[str, Any]] = {
    "beat": {"notes": _bars(_ROCK, 0.25), "role": "drums"},
    "beat with ghosts": {"notes": _bars(_ROCK, 0.25), "role": "drums", "style": "funk", "ghosts": 60.0},
    "beat with accents of its own": {"notes": _ACCENTED, "role": "drums"},
    "ride": {"notes": _bars(_RIDE, 0.25), "role": "drums", "style": "jazz"},
    "beat within narrow limits": {"notes": _bars(_ROCK, 0.25), "role": "drums", "timing": 6.0, "velocity": 8.0},
    "bass": {"notes": _line((33, 33, 45, 33, 36, 38, 40, 45), 1.0), "role": "bass"},
    "melody": {"notes": _line(_SCALE, 0.5), "role": "melody"},
    "chords": {"notes": _CHORDS, "role": "chords"},
    "arp": {"notes": _line(_SCALE * BARS, 0.25), "role": "arp"},
}
"""What is humanised, by the name of its take."""


def played(name: str) -> list[str]:
    """What a player makes of it, a text for each bar."""
    asked = ASKED[name]
    take = humanise(HumaniseRequest(**asked, seed=SEED, tempo=TEMPO, clip_length=BARS * 4.0))
    # The sixteenth that a note was written on is the nearest one: nothing moves by half of one.
    texts: list[list[str]] = [[] for _ in range(BARS)]
    for note in take.notes:
        written = round(note.start_time * 4) / 4
        texts[int(written // 4)].append(_said(note, written))
    return [" ".join(row) for row in texts]


def _said(note: Note, written: float) -> str:
    """Pitch, the beat of the bar it was written on, milliseconds late, velocity: "38 1+12 v104;"."""
    late = (note.start_time - written) * 60_000.0 / TEMPO
    return f"{note.pitch} {written % 4:.3g}{late:+.0f} v{note.velocity:.0f};"


def main() -> None:
    """Writes the takes."""
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    made = {name: {"listening": known.get(name, {}).get("listening", ""), "bars": played(name)} for name in ASKED}
    FILE.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
