"""Plays what was written: swing for all voices alike, then the small departures that make a performance.

Every generator ends here. What comes in lies on the grid and carries musical loudness; what goes out is how a player
of that role would have played it, as loosely as asked. At 0 only the swing remains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.feel.bank import shipped
from engine.compose.feel.deviate import Written, drummed, fingered
from engine.compose.feel.few import few_ends, few_moved, few_swung, rounded
from engine.compose.feel.few_hands import few_drummed, few_fingered
from engine.compose.feel.lanes import LANES
from engine.compose.feel.player import player
from engine.compose.feel.replay import ends_of, pitches_of, remade, starts_of
from engine.compose.feel.room import SMEAR_MS, moved
from engine.compose.feel.swing import swung
from engine.compose.part.finish import finished
from engine.notes import Note

__all__ = ["FEW", "SMEAR_MS", "perform"]

_TICK = 1e-6

FEW = 24
"""Up to so many notes it is quicker to work with numbers than with numpy."""

_EVERYTHING = frozenset(range(len(LANES)))


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
    if len(notes) <= FEW:
        made = _few(notes, role, humanise, (swing, grid), tempo, metre, length, dice)
        return finished(made, length)
    written = Written(starts_of(notes), pitches_of(notes), metre, tempo, length)
    ends = written.starts + np.array([note.duration for note in notes])
    starts, stops = swung(np.stack((written.starts, ends)), swing, grid, metre)
    starts = np.round(starts, 6)
    velocities = np.array([note.velocity for note in notes])
    amount = humanise / 100.0
    if amount > 0:
        late, louder = _departures(written, role, dice)
        beats_per_ms = tempo / 60_000.0
        late *= amount * beats_per_ms
        straight, starts = starts, moved(starts, late, written.pitches, length=length, beats_per_ms=beats_per_ms)
        stops = ends_of(straight, stops, starts, length)
        velocities = np.minimum(np.maximum(np.round(velocities + louder * amount, 1), 1.0), 127.0)
    durations = np.maximum(stops - starts, _TICK)
    return finished(remade(notes, starts.tolist(), durations.tolist(), velocities.tolist()), length)


def _departures(written: Written, role: str, dice: Dice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Milliseconds each note comes late, and how much louder it is, at humanise 100.

    Swing and accents are written already: of a drummer's habits only how early or late each drum lies is taken. The
    drummer is one who plays at this tempo, whatever is played, so that one bar more does not bring another one.
    """
    if role != "drums":
        made = fingered(written, role, dice)
        return made.stray, made.touch
    bank = shipped()
    row = bank.draw(None, written.tempo, (), dice)
    made = drummed(written, player(bank, row, _EVERYTHING), dice)
    return made.lean + made.stray, made.touch


def _few(  # noqa: PLR0917 - what ``perform`` was given
    notes: list[Note],
    role: str,
    humanise: float,
    swing: tuple[float, int],
    tempo: float,
    metre: tuple[int, int],
    length: float,
    dice: Dice,
) -> list[Note]:
    """The notes as ``perform`` plays them, before they are finished; see ``few``."""
    written, pitches = [note.start_time for note in notes], [note.pitch for note in notes]
    starts = [rounded(start, 1e6) for start in few_swung(written, *swing, metre)]
    stops = few_swung([note.start_time + note.duration for note in notes], *swing, metre)
    velocities: list[float] = [note.velocity for note in notes]
    amount = humanise / 100.0
    if amount > 0:
        if role == "drums":
            late, louder = few_drummed(written, pitches, metre, tempo, dice)
        else:
            late, louder = few_fingered(written, pitches, role, dice)
        beats_per_ms = tempo / 60_000.0
        scale = amount * beats_per_ms
        straight, starts = starts, few_moved(starts, [each * scale for each in late], pitches, length, beats_per_ms)
        stops = few_ends(straight, stops, starts, length)
        velocities = [
            min(max(rounded(loud + more * amount, 10.0), 1.0), 127.0)
            for loud, more in zip(velocities, louder, strict=True)
        ]
    durations = [max(stop - start, _TICK) for start, stop in zip(starts, stops, strict=True)]
    return remade(notes, starts, durations, velocities)
