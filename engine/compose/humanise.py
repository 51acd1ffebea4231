"""Turns strikes and voicings into notes, as loosely as the Humanise knob says.

At 0 every note lies on the grid at one loudness. Above it the hand drifts (deviations of
neighbouring strikes hang together, as measured in played drums: lag-1 correlation about
0.2), chords are rolled a little from the bottom, accents come out, and off-beats lie as
late as the style swings. A chord never smears: its notes start within 25 ms and a
sixteenth of a beat of each other. Nothing starts before the clip or ends after it, and
the same pitch never sounds twice at once.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.part.finish import finished
from engine.compose.rhythm import Strike
from engine.compose.stock import Style
from engine.notes import Note

__all__ = ["play"]

TIMING_MS = 15.0
"""Standard deviation of a strike's timing at Humanise 100."""

STRUM_MS = 16.0
"""Longest roll from the lowest to the highest voice at Humanise 100."""

VELOCITY = 11.0
"""Standard deviation of a strike's velocity at Humanise 100."""

FINGER_MS = 1.5
"""Standard deviation of one finger's timing within a chord, at Humanise 100."""

TOUCH = 4.0
"""Standard deviation of one finger's velocity within a chord, at Humanise 100."""

_DRIFT = 0.25
_TOP_LEAN = 5.0
_SMEAR_MS, _SMEAR_BEATS = 25.0, 0.06
_FULL_ACCENT = 0.2
"""Humanise (0..1) at which accents are fully there."""

_FARTHEST = 0.12
"""Beats a strike may lie from its place at most: at extreme tempi milliseconds would be beats."""

_TICK = 1e-6
_LEAST = 0.02


def play(
    strikes: list[Strike],
    voicings: list[tuple[int, ...]],
    *,
    style: Style,
    humanise: float,
    swing: float = 0.0,
    tempo: float,
    length: float,
    dice: Dice,
) -> list[Note]:
    """Plays chords.

    Args:
        strikes: in order.
        voicings: pitches of each span, low to high.
        style: whose loudness and swing.
        humanise: percent.
        swing: percent, on top of the style's own; 100 is triplets.
        tempo: beats per minute.
        length: beats; nothing sounds past it.
        dice: of the take's seed.

    Returns:
        Notes by start, then pitch.
    """
    amount = humanise / 100.0
    beats_per_ms = tempo / 60_000.0
    rows = [voicings[strike.span] for strike in strikes]
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    voices = np.arange(int(counts.max()), dtype=np.int64)
    where = np.array([round(strike.start * 64) for strike in strikes], dtype=np.int64)
    fingers = where[:, None] * 16 + voices
    # Triplets have their off-beats a third of an off-beat's length late.
    late = (style.swing * amount + swing / 300.0) * (0.5 if style.subdivision == 8 else 0.25)
    accents = min(1.0, amount / _FULL_ACCENT)

    timing, loudness = dice.several_bells(("timing", "loudness"), where)
    finger, touching = dice.several_bells(("finger", "touch"), fingers)

    hits = np.array([strike.start + (late if strike.late else 0.0) for strike in strikes])
    hits += np.clip(_drifting(timing) * (TIMING_MS * amount * beats_per_ms), -_FARTHEST, _FARTHEST)
    strum = STRUM_MS * amount * beats_per_ms * (0.4 + 0.6 * dice.uniforms("roll", where))
    fine = finger * (FINGER_MS * amount * beats_per_ms)
    offsets = _offsets(strum, fine, counts, min(_SMEAR_MS * beats_per_ms, _SMEAR_BEATS))
    latest = max(0.0, length - _least(length))
    starts = np.clip(np.round(hits[:, None] + offsets, 6), 0.0, latest).tolist()

    loud = style.velocity + np.array([strike.accent * accents for strike in strikes])
    loud += loudness * (VELOCITY * amount)
    touch = touching * (TOUCH * amount)
    # The top voice is the tune: a hand leans on it.
    touch += np.where(voices == counts[:, None] - 1, _TOP_LEAN * accents, 0.0)
    velocities = np.clip(np.round(loud[:, None] + touch, 1), 1.0, 127.0).tolist()

    # What rings to the end does so however early the hand was.
    to_end = [strike.start + strike.duration >= length - _TICK for strike in strikes]
    notes = [
        Note(pitch, start, max(strike.duration, length - start) if rings else strike.duration, velocity)
        for strike, rings, row, times, forces in zip(strikes, to_end, rows, starts, velocities, strict=True)
        # Rows of fewer voices are shorter than the arrays: the rest of those is not played.
        for pitch, start, velocity in zip(row, times, forces, strict=False)
    ]
    return finished(notes, length)


def _drifting(white: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lets each deviation lean on the one before, keeping mean 0 and deviation 1."""
    fresh = math.sqrt(1.0 - _DRIFT * _DRIFT)
    drift: list[float] = []
    for value in white.tolist():
        drift.append(_DRIFT * drift[-1] + fresh * value if drift else value)
    return np.array(drift)


def _offsets(
    strum: NDArray[np.float64], fine: NDArray[np.float64], counts: NDArray[np.int64], smear: float
) -> NDArray[np.float64]:
    """How much later each voice of each strike starts, low to high, centred on the strike.

    Args:
        strum: beats from the lowest to the highest voice, (strikes,).
        fine: beats of each finger's own, (strikes, voices).
        counts: voices played, (strikes,); what stands beyond them is ignored.
        smear: beats the notes of one chord may lie apart at most.

    Returns:
        Beats, (strikes, voices).
    """
    voices = np.arange(fine.shape[1])
    share = voices / np.maximum(1, counts - 1)[:, None] - 0.5
    rolled = strum[:, None] * share + fine
    played = voices < counts[:, None]
    wide = np.where(played, rolled, -np.inf).max(axis=1) - np.where(played, rolled, np.inf).min(axis=1)
    squeeze = np.where(wide > smear, smear / np.maximum(wide, _TICK), 1.0)
    return np.asarray(rolled * squeeze[:, None], dtype=np.float64)


def _least(length: float) -> float:
    """Shortest note worth playing, beats."""
    return min(_LEAST, length / 4)
