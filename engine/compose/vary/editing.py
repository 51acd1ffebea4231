"""The edits of every role."""

from __future__ import annotations

from engine.compose.vary.chord_edits import CHORD_EDITS
from engine.compose.vary.drum_edits import DRUM_EDITS
from engine.compose.vary.edits import Edits
from engine.compose.vary.line_edits import BASS_EDITS, MELODY_EDITS

__all__ = ["EDITS"]

EDITS: dict[str, Edits] = {
    "drums": DRUM_EDITS,
    "bass": BASS_EDITS,
    "melody": MELODY_EDITS,
    "chords": CHORD_EDITS,
}
"""By role, then by what is to be kept."""
