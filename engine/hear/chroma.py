"""Partials and pitch classes: what of the shared pitch spectrum belongs to a note.

A partial is a spectral peak that stands clear of its surroundings; its frequency is read between bins from a
parabola through the logarithm of three magnitudes (J. O. Smith & X. Serra, PARSHL, ICMC 1987). Partials, not bins,
make the chroma: noise and drums hold few of them, and a tuning off A 440 is taken out exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.hear.key_registers import REGISTER_EDGES, REGISTERS
from engine.hear.sound import PITCH_RATE
from engine.hear.spectrum import PITCH_WINDOW, Spectra

Floats = NDArray[np.float32]

_HZ = PITCH_RATE / PITCH_WINDOW
_FIRST, _LAST = 14, 800  # bins: 37.7 Hz (below D1 two partials share a bin's lobe) to 2,153 Hz (above C7)
_SURROUNDINGS = 14  # bins to either side that a peak is compared with: 38 Hz
_CLEAR, _FULLY_CLEAR = 2.2, 4.5  # peak over mean: white noise seldom passes the first, a lone sine reads 7
_FAINT = 0.004  # -48 dB below the loudest partial of the frame
_SILENT = 3e-5  # -90 dB below full scale
_BLOCK = 512
_LOWEST, _HIGHEST = 24, 108  # MIDI numbers: C1, and above the last partial
_FIT = 0.2  # semitones: a partial a quarter-tone off belongs to no note
_OVERTONES = ((12, 0.7), (19, 0.55), (24, 0.45), (28, 0.35), (31, 0.3))
"""Second to sixth partial: semitones above the first, and the share of it that is expected there."""


@dataclass(frozen=True)
class Partials:
    """Every partial of a sound, in order of time.

    Attributes:
        frame: Index of the frame in `Spectra.pitch`, shape (n,), int32.
        pitch: MIDI number with its fraction, A 440 = 69.0, shape (n,), float32.
        magnitude: Linear, a full-scale sine reads 1, shape (n,), float32.
        clarity: 0 (as noise) to 1 (as a lone sine), shape (n,), float32.
        frames: How many frames there are.
        level: Loudest magnitude of each frame in the range of notes, shape (frames,), float32.
    """

    frame: NDArray[np.int32]
    pitch: Floats
    magnitude: Floats
    clarity: Floats
    frames: int
    level: Floats


def partials(spectra: Spectra) -> Partials:
    """Find the partials from D1 to C7.

    Args:
        spectra: The shared spectra.

    Returns:
        None of them for silence.
    """
    magnitudes = spectra.pitch
    found = [_peaks(magnitudes[first : first + _BLOCK], first) for first in range(0, len(magnitudes), _BLOCK)]
    frame, pitch, magnitude, clarity, level = (np.concatenate(each) for each in zip(*found, strict=True))
    return Partials(frame, pitch, magnitude, clarity, len(magnitudes), level)


def _peaks(block: Floats, first: int) -> tuple[NDArray[np.int32], Floats, Floats, Floats, Floats]:
    wide = block[:, _FIRST - _SURROUNDINGS : _LAST + _SURROUNDINGS + 1]
    inner = block[:, _FIRST:_LAST]
    level = inner.max(axis=1)
    floor = np.maximum(level * _FAINT, _SILENT)[:, None]
    peak = (inner > block[:, _FIRST - 1 : _LAST - 1]) & (inner >= block[:, _FIRST + 1 : _LAST + 1]) & (inner > floor)
    row, column = np.nonzero(peak)
    running = np.cumsum(wide, axis=1, dtype=np.float32)
    span = 2 * _SURROUNDINGS
    around = (running[row, column + span] - running[row, column]) / span
    middle = inner[row, column]
    clarity = np.clip((middle / np.maximum(around, 1e-12) - _CLEAR) / (_FULLY_CLEAR - _CLEAR), 0, 1)
    clear = clarity > 0
    row, column, middle, clarity = row[clear], column[clear], middle[clear], clarity[clear]
    below, above = (np.log(np.maximum(block[row, column + _FIRST + step], 1e-12)) for step in (-1, 1))
    centre = np.log(middle)
    offset = (below - above) / (2 * np.minimum(below + above - 2 * centre, -1e-6))
    hertz = (column + _FIRST + np.clip(offset, -0.5, 0.5)) * _HZ
    pitch = 69 + 12 * np.log2(hertz / 440)
    frame = (row + first).astype(np.int32)
    return frame, pitch.astype(np.float32), middle, clarity.astype(np.float32), level


def register_chroma(found: Partials, tuning_cents: float) -> Floats:
    """How strongly each pitch class sounds in each register, frame by frame.

    What the notes below would give as overtones is taken off each note first (a minor third above a bass is heard,
    the fifth and the third that its own overtones make are not). A note counts with the square root of what is
    left: a compromise between energy, which hears only the loudest voice, and presence, which hears everything.

    Args:
        found: The partials.
        tuning_cents: How far the tuning lies from A 440.

    Returns:
        Shape (frames, REGISTERS, 12), C first, 0 and above.
    """
    notes = _fundamentals(_note_table(found, tuning_cents))
    out = np.zeros((found.frames, REGISTERS, 12), np.float32)
    edges = (_LOWEST, *(int(edge) for edge in REGISTER_EDGES), _HIGHEST)
    for register, (first, last) in enumerate(pairwise(edges)):
        for start in range(first, last, 12):
            octave = notes[:, start - _LOWEST : min(start + 12, last) - _LOWEST]
            turn = np.arange(start, start + octave.shape[1]) % 12
            out[:, register, turn] += octave
    return out


def chroma(spectra: Spectra, tuning_cents: float = 0.0) -> Floats:
    """A constant-Q-like chroma: semitone bands on the given tuning, all octaves together.

    Args:
        spectra: The shared spectra.
        tuning_cents: How far the tuning lies from A 440 (`tuning.tuning` measures it).

    Returns:
        Shape (12, frames), C first, at `spectrum.PITCH_FRAME_RATE` frames a second; the strongest pitch class of a
        frame is 1, a frame without notes is 0.
    """
    table = register_chroma(partials(spectra), tuning_cents).sum(axis=1)
    return np.ascontiguousarray((table / np.maximum(table.max(axis=1, keepdims=True), 1e-9)).T)


def _note_table(found: Partials, tuning_cents: float) -> Floats:
    """The strongest partial near each note, less the farther it lies from it, shape (frames, notes)."""
    pitch = found.pitch - np.float32(tuning_cents / 100)
    nearest = np.rint(pitch)
    strength = found.magnitude * found.clarity * np.exp(-0.5 * ((pitch - nearest) / _FIT) ** 2)
    width = _HIGHEST - _LOWEST
    cell = found.frame.astype(np.int64) * width + np.clip(nearest.astype(np.int64) - _LOWEST, 0, width - 1)
    # The last writer of a cell wins: in order of strength that is the strongest.
    order = np.argsort(strength, kind="stable")
    table = np.zeros(found.frames * width, np.float32)
    table[cell[order]] = strength[order]
    return table.reshape(found.frames, width)


def _fundamentals(table: Floats) -> Floats:
    left = table.copy()
    for step, share in _OVERTONES:
        np.minimum(left[:, step:], table[:, step:] - share * table[:, :-step], out=left[:, step:])
    return np.asarray(np.sqrt(np.maximum(left, 0, out=left), out=left))
