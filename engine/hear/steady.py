"""The steady grid of a piece, if it has one: to a hundredth of a BPM, and on the beat rather than between the beats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hear import beat_network, beats, tempo_evidence
from engine.hear.sound import Samples
from engine.hear.spectrum import FINE_RATE, Spectra

Floats = NDArray[np.float64]

_STEADY, _COARSE = 0.035, 0.012  # share of a beat, or seconds, that beats may lie beside a steady grid
_LOOP = 0.5  # how near whole bars the length of a loop comes, 0 to 1
_AT_ONCE = 0.1  # seconds within which a loop begins to sound
_SILENT = 30.0  # dB below the loudest band
_BESIDE = 0.15  # of a beat
_CLEARLY = 1.0  # nats by which beats are likelier than what lies between them, when there is no doubt
_EXACT = 0.008  # seconds that onsets may leave or lack at the end of a loop cut to the sample


@dataclass(frozen=True)
class Grid:
    """Beats that keep their distance.

    Attributes:
        period: Seconds of a beat.
        start: Seconds of the first beat.
        times: All beats, seconds.
        loop: Beats of a loop, which is whole bars and begins with one; 0 for what is no loop.
    """

    period: float
    start: float
    times: Floats
    loop: int


def grid(spectra: Spectra, found: Floats, chance: Samples) -> Grid | None:
    """Lay a grid through beats.

    Args:
        spectra: What they were found in.
        found: Seconds, at least 6.
        chance: Probability of a beat in each frame, at `beat_network.RATE`.

    Returns:
        The grid; None for a tempo that moves.
    """
    period, start, error = beats.refined(found, spectra.rise, FINE_RATE)
    if error >= max(_STEADY, _COARSE / period):
        return None
    seconds = spectra.sound.duration
    level = spectra.log_mel.max(axis=1)
    begins = float(np.argmax(level > level.max() - _SILENT)) / FINE_RATE
    loop = _loop(seconds, 60 / period) if begins <= _AT_ONCE else 0
    if loop or (begins <= _AT_ONCE and _doubtful(chance, start, period)):
        start = _phased(start, period, begins)
    # A loop without silence at its end tells its tempo to the sample; another, no better than its onsets do.
    if loop and abs(seconds - loop * period) < _EXACT:
        period = seconds / loop
    return Grid(period, start, np.arange(start, seconds, period)[: loop or None], loop)


def _loop(seconds: float, bpm: float) -> int:
    """Beats of what is as long as a loop is."""
    near = tempo_evidence.whole_bars(seconds, np.array([bpm]))
    return 4 * tempo_evidence.BARS[int(near.argmax())] if near.max() >= _LOOP else 0


def _doubtful(chance: Samples, start: float, period: float) -> bool:
    """Whether what lies between the beats is almost as likely to be the beats."""
    odds = []
    for first in (start, start + period / 2):
        times = np.arange(first, len(chance) / beat_network.RATE, period)
        at = np.clip(beat_network.near(chance, times), 1e-3, 1 - 1e-3)
        odds.append(float(np.log(at / (1 - at)).mean()))
    return odds[0] - odds[1] < _CLEARLY


def _phased(start: float, period: float, begins: float) -> float:
    """The first beat of what begins with one: beats heard between the beats are off-beats."""
    beside = (start - begins + period / 2) % period - period / 2
    return begins if abs(beside) > _BESIDE * period else max(0.0, begins + beside)
