"""Edits of melodies and basses, near ones first: ornaments, rhythm, single pitches, contour, then new lines.

A line is known by its contour and by where its long notes fall. So ornaments come and go first, then notes move in
time, then weak notes change pitch, then a turn of the line is turned another way, and only then bars are written anew,
in the clip's own intervals. A bass keeps its first note of every harmony to the last: it says what the chord is.
"""

from __future__ import annotations

from engine.compose.vary.edits import Edit, Edits, in_turn, often, one_of, several, times
from engine.compose.vary.line_pitch import pitched, turned, written
from engine.compose.vary.line_rhythm import moved_note, ornament, other_rhythm, played, slid_note

__all__ = ["BASS_EDITS", "MELODY_EDITS"]

_KEPT_RHYTHM: tuple[Edit, ...] = (
    Edit("notes", 0.0, 0.6, often(0.3), pitched),
    Edit("articulation", 0.0, 0.5, often(0.1), played),
    Edit("contour", 0.3, 0.85, often(0.15), turned),
    Edit("the line", 0.6, 0.9, times(1), written),
    Edit("contour", 0.8, 1.0, times(2), several(turned, 0.2)),
    Edit("the line", 0.85, 1.0, times(1), written),
)

_KEPT_PITCH: tuple[Edit, ...] = (
    Edit("rhythm", 0.0, 0.6, often(0.3), slid_note),
    Edit("articulation", 0.0, 0.5, often(0.1), played),
    Edit("rhythm", 0.4, 1.0, times(3), several(slid_note, 0.4)),
)

_ANEW = in_turn(several(moved_note, 0.3), other_rhythm, written)

MELODY_EDITS: Edits = {
    "none": (
        Edit("ornaments", 0.0, 0.35, often(0.15), ornament),
        Edit("rhythm", 0.05, 0.5, often(0.1), one_of(moved_note, moved_note, played)),
        Edit("notes", 0.1, 0.6, often(0.15), pitched),
        Edit("rhythm", 0.35, 0.8, times(1), in_turn(other_rhythm, moved_note)),
        Edit("contour", 0.35, 0.85, times(1), turned),
        Edit("the line", 0.6, 0.9, times(1), written),
        Edit("the line", 0.8, 1.0, times(1), _ANEW),
    ),
    "rhythm": _KEPT_RHYTHM,
    "pitch": _KEPT_PITCH,
}
"""All edits of a melody."""

BASS_EDITS: Edits = {
    "none": (
        Edit("ornaments", 0.0, 0.35, often(0.15), ornament),
        Edit("notes", 0.05, 0.6, often(0.2), pitched),
        Edit("rhythm", 0.1, 0.6, often(0.1), one_of(moved_note, played)),
        Edit("rhythm", 0.4, 0.85, times(1), in_turn(other_rhythm, moved_note)),
        Edit("contour", 0.45, 0.9, times(1), turned),
        Edit("the line", 0.6, 0.9, times(1), written),
        Edit("the line", 0.8, 1.0, times(1), _ANEW),
    ),
    "rhythm": _KEPT_RHYTHM,
    "pitch": _KEPT_PITCH,
}
"""All edits of a bass; its first note of every harmony they leave where it is."""
