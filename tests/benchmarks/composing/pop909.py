"""Melodies of POP909, split by song: weights are learnt on one part, figures are taken on the other.

POP909 (Wang et al. 2020, MIT licence) lies beside the repository for development and is never part of it.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

__all__ = ["melodies", "song_of"]

FOLDER = Path(__file__).parents[3].parent / "shared" / "data" / "music"


def song_of(row: dict[str, Any]) -> int:
    """Number of the song a clip was taken from."""
    return int(row["id"].split("/")[1].split("@")[0])


def melodies(part: str) -> list[dict[str, Any]]:
    """Clips of eight bars.

    Args:
        part: "fit" for the songs that weights are learnt on, "held" for the others, "all" for both.

    Returns:
        Rows as they lie on disk; none when the data is not there.
    """
    path = FOLDER / "melody_pop909_odd.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if part == "all":
        return rows
    # The file holds the odd songs: every second of them is for learning.
    return [row for row in rows if (song_of(row) // 2 % 2 == 0) == (part == "fit")]
