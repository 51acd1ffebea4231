"""The take of each style that is written down: eight bars over A minor, F, C and G, in words one can read.

    python -m tests.engine.compose.melody.golden_takes

writes them anew into ``golden.json``; the listening notes in it stay and are to be read beside the notes.
"""

from __future__ import annotations

import json
from pathlib import Path

from engine.compose.melody.compose import MelodyRequest, compose_melody
from engine.compose.melody.style import styles
from engine.notes import Note

FILE = Path(__file__).with_name("golden.json")
SEED = 7


def bars_of(style: str) -> list[str]:
    """What a style sings, a text for each bar."""
    low, high = styles()[style].tempo
    take = compose_melody(
        MelodyRequest(style=style, seed=SEED, key="A minor", progression="i VI III VII", tempo=(low + high) / 2)
    )
    return [
        " ".join(_said(note) for note in take.notes if bar * 4 <= note.start_time < bar * 4 + 4) for bar in range(8)
    ]


def _said(note: Note) -> str:
    """Pitch, beat in the bar, length, velocity: "60 1.5+0.12 v96"."""
    return f"{note.pitch} {note.start_time % 4:.3g}+{note.duration:.2g} v{note.velocity:.0f};"


def main() -> None:
    """Writes the takes."""
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    made = {
        style: {"listening": known.get(style, {}).get("listening", ""), "bars": bars_of(style)} for style in styles()
    }
    FILE.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
