"""One take of every genre, written down with what it sounds like.

``python -m tests.engine.compose.drums.drum_golden`` writes the takes anew after the vocabulary has changed on purpose;
whoever does so listens to them and mends the notes.
"""

from __future__ import annotations

import json
from pathlib import Path

from engine.compose.drums.vocabulary import genres
from tests.engine.compose.drums.drum_grids import ROWS, loud, take

FILE = Path(__file__).with_name("golden_takes.json")
BARS = (0, 1, 3, 7)
"""The statement, its answer, the small fill, the large one."""

_FIRST_SEED = 100


def drawn(style: str) -> dict[str, list[str]]:
    """The take's lanes as text: X loud, x middling, o soft, one text for each of ``BARS``."""
    found = take(style, _FIRST_SEED + list(genres()).index(style))
    return {
        lane.role: ["".join(_sign(loud(found, lane.role, bar).get(step)) for step in range(ROWS)) for bar in BARS]
        for lane in found.lanes
    }


def _sign(velocity: float | None) -> str:
    if velocity is None:
        return "."
    return "X" if velocity >= 104 else "x" if velocity >= 64 else "o"


def main() -> None:
    """Writes the file, keeping the notes it has."""
    known = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    rows = {}
    for style in genres():
        note = known.get(style, {}).get("listening", "")
        rows[style] = {"listening": note, "lanes": drawn(style)}
    text = json.dumps(rows, indent=2)
    # A lane's bars side by side, as they are read.
    text = text.replace('"\n      ]', '"]').replace('[\n          "', '["').replace('",\n          "', '", "')
    FILE.write_text(text.replace('"\n        ]', '"]') + "\n", "utf-8")


if __name__ == "__main__":
    main()
