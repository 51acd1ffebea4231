"""Left against right: a channel upside down, what is lost in mono, a channel that comes late."""

from __future__ import annotations

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear.forensics.finding import Finding
from engine.hear.sound import Sound

Floats = NDArray[np.float64]

_WINDOW = 1 << 15
_WINDOWS = 16
_REACH = 0.005  # seconds that a channel may be late
_INVERTED = -0.75
_LOST = 6.0  # dB
_LATE, _CLEAR = 0.6, 0.3
_BALANCED = 10 ** (12 / 20)


def phase(sound: Sound) -> list[Finding]:
    """Look at the first two channels of a stereo sound.

    Args:
        sound: What to look at; mono and surround have no findings.
    """
    if sound.channels != 2 or sound.frames < _WINDOW // 4:
        return []
    left, right = sound.samples.T
    energy = [float(np.dot(each, each)) for each in (left, right)]
    if min(energy) <= 0 or max(energy) > _BALANCED**2 * min(energy):
        return []  # one side alone has no phase
    cross = float(np.dot(left, right)) / float(np.sqrt(energy[0] * energy[1]))
    together, lag = _correlations(sound)
    if cross < _INVERTED:
        return [_inverted(sound, cross)]
    loss = 10 * np.log10(max(1e-9, (sum(energy) + 2 * cross * np.sqrt(energy[0] * energy[1])) / (2 * sum(energy))))
    found = []
    if loss < -_LOST:
        found.append(_lost(sound, cross, float(loss)))
    if lag and together > _LATE and together - cross > _CLEAR:
        found.append(_late(sound, lag, together, cross))
    return found


def _correlations(sound: Sound) -> tuple[float, int]:
    """The highest correlation of the channels at any delay within reach, and that delay in samples."""
    size = min(_WINDOW, sound.frames)
    reach = int(_REACH * sound.rate)
    total = np.zeros(2 * size)
    energy = np.zeros(2)
    windows = min(_WINDOWS, -(-sound.frames // size))
    for first in np.linspace(0, sound.frames - size, windows).astype(int):
        pair = sound.samples[first : first + size].astype(np.float64)
        left, right = (scipy.fft.rfft(pair[:, side], 2 * size) for side in (0, 1))
        total += scipy.fft.irfft(np.conj(left) * right)
        energy += np.square(pair).sum(axis=0)
    whole = np.concatenate([total[-reach:], total[: reach + 1]]) / max(1e-12, float(np.sqrt(energy[0] * energy[1])))
    best = int(whole.argmax())
    return float(whole[best]), best - reach


def _inverted(sound: Sound, cross: float) -> Finding:
    return Finding(
        kind="inverted_channel",
        probability=round(float(np.clip(0.5 + (_INVERTED - cross) * 1.2, 0.5, 0.99)), 3),
        severity=0.9,
        start=0.0,
        end=round(sound.duration, 3),
        evidence=f"One channel is the other upside down: their correlation is {cross:.2f}.",
        hint="Invert the phase of one channel with Utility (Phase R).",
    )


def _lost(sound: Sound, cross: float, loss: float) -> Finding:
    return Finding(
        kind="mono_loss",
        probability=round(float(np.clip(0.5 + (-_LOST - loss) / 6, 0.5, 0.99)), 3),
        severity=round(float(np.clip(-loss / 15, 0, 1)), 3),
        start=0.0,
        end=round(sound.duration, 3),
        evidence=f"In mono it is {-loss:.1f} dB quieter: the correlation of the channels is {cross:.2f}.",
        hint="Make the low end mono and widen less; listen to it with Utility's Mono switch.",
    )


def _late(sound: Sound, lag: int, together: float, cross: float) -> Finding:
    return Finding(
        kind="channel_delay",
        probability=round(float(np.clip(0.5 + (together - cross - _CLEAR), 0.5, 0.99)), 3),
        severity=0.5,
        start=0.0,
        end=round(sound.duration, 3),
        channel=1 if lag > 0 else 0,
        evidence=(
            f"{'The right' if lag > 0 else 'The left'} channel comes {1000 * abs(lag) / sound.rate:.2f} ms "
            f"({abs(lag)} samples) later: so moved, the correlation is {together:.2f} instead of {cross:.2f}."
        ),
        hint="If that is no effect you meant, delay the other channel as much.",
    )
