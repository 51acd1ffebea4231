"""Plays what was written: swing for all voices alike, then the small departures that make a performance.

Every generator ends here. What comes in lies on the grid and carries musical loudness; what goes out is how a player
of that role would have played it, as loosely as asked. At 0 only the swing remains.
"""

from __future__ import annotations

import math

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.feel.drift import wander
from engine.compose.feel.swing import swung
from engine.compose.part.finish import finished
from engine.notes import Note

__all__ = ["SMEAR_MS", "perform"]

SMEAR_MS = 25.0
"""Notes written together stay within this many milliseconds of each other."""

_FARTHEST = 0.12
"""Beats a note may lie from its place at most: at extreme tempi milliseconds would be beats."""

_ROOM = 0.0201
"""Beats that stay between two notes of one pitch, and before the end: a hair more than the shortest note there is."""

_TICK = 1e-6

# Deviations at 100: timing in ms (wandering together, each note's own), loudness likewise, and how early or late the
# role lies as a whole.
_FEEL: dict[str, tuple[float, float, float, float, float]] = {
    "drums": (12.0, 9.0, 5.0, 9.0, -4.0),
    "bass": (12.0, 7.0, 4.0, 6.0, 2.0),
    "melody": (14.0, 8.0, 5.0, 7.0, 4.0),
    "chords": (12.0, 4.0, 4.0, 6.0, 0.0),
    "arp": (7.0, 4.0, 3.0, 6.0, 0.0),
}


def perform(
    notes: list[Note],
    *,
    role: str,
    humanise: float,
    swing: float,
    grid: int,
    tempo: float,
    metre: tuple[int, int],
    length: float,
    dice: Dice,
) -> list[Note]:
    """Turns written notes into played ones.

    What a note becomes depends on the seed, its own place and pitch and the notes around it, never on how many bars
    there are.

    Args:
        notes: on the grid, beats from the start of a bar, with musical velocities; left untouched.
        role: "drums", "bass", "melody", "chords" or "arp".
        humanise: percent; 0 leaves only the swing, 100 is as loose as a player is.
        swing: 0 (straight) to 1 (triplets).
        grid: 8 or 16, the note value that swings.
        tempo: beats per minute.
        metre: numerator and denominator.
        length: beats of the clip.
        dice: of the take's seed.

    Returns:
        New notes by start, then pitch, inside the clip, no pitch sounding twice at once.
    """
    if not notes:
        return []
    written = np.array([note.start_time for note in notes])
    ends = np.array([note.start_time + note.duration for note in notes])
    starts, stops = swung(written, swing, grid, metre), swung(ends, swing, grid, metre)
    velocities = np.array([note.velocity for note in notes])
    amount = humanise / 100.0
    lengths = stops - starts
    if amount > 0:
        pitches = np.array([note.pitch for note in notes], dtype=np.int64)
        moves, louder = _deviations(written, pitches, role, dice)
        starts = starts + _held_back(moves * (amount * tempo / 60_000.0), starts, pitches, length)
        velocities = np.where(velocities > 0, np.clip(np.round(velocities + louder * amount, 1), 1.0, 127.0), 0.0)
    starts = np.round(starts, 6)
    # What rings to the end does so however early the hand was.
    lengths = np.where(stops >= length - _TICK, np.maximum(lengths, length - starts), lengths)
    played = [
        replace(note, start_time=start, duration=max(duration, _TICK), velocity=velocity)
        for note, start, duration, velocity in zip(
            notes, starts.tolist(), lengths.tolist(), velocities.tolist(), strict=True
        )
    ]
    return finished(played, length)


def _deviations(
    times: NDArray[np.float64], pitches: NDArray[np.int64], role: str, dice: Dice
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Milliseconds each note comes late, and how much louder it is, at humanise 100."""
    together, own, swell, touch, lean = _FEEL[role]
    own_time, own_force = dice.several_bells(("time", "force"), np.round(times * 192).astype(np.int64) * 128 + pitches)
    slow = 0.6 * wander(dice, "beat", times, 4.0) + 0.8 * wander(dice, "hand", times, 0.75)
    late = lean + together * slow + np.clip(own * own_time, -SMEAR_MS / 2, SMEAR_MS / 2)
    return late, swell * wander(dice, "swell", times, 3.0) + touch * own_force


def _held_back(
    moves: NDArray[np.float64], starts: NDArray[np.float64], pitches: NDArray[np.int64], length: float
) -> NDArray[np.float64]:
    """Keeps moves so small that no note runs into the next of its own pitch, or past the end."""
    order = np.lexsort((starts, pitches))
    gaps = np.where(np.diff(pitches[order]) == 0, np.diff(starts[order]), math.inf)
    near = np.minimum(np.append(math.inf, gaps), np.append(gaps, math.inf))
    room = np.clip(np.minimum(0.3 * near, (near - _ROOM) / 2), 0.0, _FARTHEST)
    # Notes written together have the same room: were one held back and not the other, they would come apart.
    _, together = np.unique(np.round(starts[order], 6), return_inverse=True)
    least = np.full(int(together.max()) + 1, math.inf)
    np.minimum.at(least, together, room)
    shared = np.empty(len(starts))
    shared[order] = least[together]
    return np.clip(moves, -shared, np.minimum(shared, np.maximum(0.0, length - _ROOM - starts)))
