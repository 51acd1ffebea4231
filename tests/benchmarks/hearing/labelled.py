"""One piece of audio of which the truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Item:
    """What is known of a file; None where the truth is not known or does not apply.

    Attributes:
        path: Where it lies. Its name tells nothing of the truth.
        group: Kind of material, for the tables.
        seconds: Length.
        tempo: BPM.
        beats: Times of the beats in seconds.
        downbeats: Times of the first beats of bars in seconds.
        key: Pitch class of the tonic, 0 is C, and "major" or "minor".
        lufs: Integrated loudness by construction.
    """

    path: Path
    group: str
    seconds: float
    tempo: float | None = None
    beats: tuple[float, ...] | None = None
    downbeats: tuple[float, ...] | None = None
    key: tuple[int, str] | None = None
    lufs: float | None = None
