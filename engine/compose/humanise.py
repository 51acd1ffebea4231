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

_TICK = 1e-6
_LEAST = 0.02


def play(
    strikes: list[Strike],
    voicings: list[tuple[int, ...]],
    *,
    style: Style,
    humanise: float,
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
        tempo: beats per minute.
        length: beats; nothing sounds past it.
        dice: of the take's seed.

    Returns:
        Notes by start, then pitch.
    """
    amount = humanise / 100.0
    beats_per_ms = tempo / 60_000.0
    where = np.array([round(strike.start * 64) for strike in strikes], dtype=np.int64)
    fingers = where[:, None] * 16 + np.arange(max(len(row) for row in voicings), dtype=np.int64)
    swing = style.swing * amount * (0.5 if style.subdivision == 8 else 0.25)
    accents = min(1.0, amount / _FULL_ACCENT)
    centre = np.array([strike.start + (swing if strike.late else 0.0) for strike in strikes]) + _drifting(
        dice.bells("timing", where)
    ) * (TIMING_MS * amount * beats_per_ms)
    loud = (
        style.velocity
        + np.array([strike.accent * accents for strike in strikes])
        + dice.bells("loudness", where) * (VELOCITY * amount)
    )
    strum = STRUM_MS * amount * beats_per_ms * (0.4 + 0.6 * dice.uniforms("roll", where))
    fine = dice.bells("finger", fingers) * (FINGER_MS * amount * beats_per_ms)
    touch = dice.bells("touch", fingers) * (TOUCH * amount)
    smear = min(_SMEAR_MS * beats_per_ms, _SMEAR_BEATS)
    notes: list[Note] = []
    hands = zip(strikes, centre.tolist(), loud.tolist(), strum.tolist(), fine.tolist(), touch.tolist(), strict=True)
    for strike, start, loudness, rolled, late, weight in hands:
        pitches = voicings[strike.span]
        top = len(pitches) - 1
        for voice, offset in enumerate(_offsets(len(pitches), rolled, late, smear)):
            # The top voice is the tune: a hand leans on it.
            velocity = loudness + weight[voice] + (_TOP_LEAN * accents if voice == top else 0.0)
            notes.append(
                Note(
                    pitches[voice],
                    max(0.0, round(start + offset, 6)),
                    strike.duration,
                    round(min(127.0, max(1.0, velocity)), 1),
                )
            )
    notes.sort(key=lambda note: (note.start_time, note.pitch))
    return _fitted(notes, length)


def _drifting(white: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lets each deviation lean on the one before, keeping mean 0 and deviation 1."""
    fresh = math.sqrt(1.0 - _DRIFT * _DRIFT)
    drift: list[float] = []
    for value in white.tolist():
        drift.append(_DRIFT * drift[-1] + fresh * value if drift else value)
    return np.array(drift)


def _offsets(voices: int, strum: float, fine: list[float], smear: float) -> list[float]:
    """How much later each voice starts, low to high, centred on the strike."""
    step = strum / max(1, voices - 1)
    rolled = [step * voice - strum / 2 + fine[voice] for voice in range(voices)]
    wide = max(rolled) - min(rolled)
    if wide > smear:
        rolled = [offset * smear / wide for offset in rolled]
    return rolled


def _fitted(notes: list[Note], length: float) -> list[Note]:
    """Ends every note before the clip does and before its own pitch starts again."""
    following: dict[int, float] = {}
    kept: list[Note] = []
    for note in reversed(notes):
        until = min(length, following.get(note.pitch, length))
        if note.start_time >= length - _TICK or until - note.start_time < min(_LEAST, length / 4):
            continue
        following[note.pitch] = note.start_time
        note.duration = _within(note.start_time, min(note.duration, until - note.start_time), until)
        kept.append(note)
    return kept[::-1]


def _within(start: float, duration: float, until: float) -> float:
    # 27.9 + 4.1 may come out a hair above 32: step down to the largest duration that fits.
    while start + duration > until:
        duration = math.nextafter(duration, 0.0)
    return duration
