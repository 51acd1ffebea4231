"""Drums and synthesisers from sines and noise, each time with another sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import scipy.signal

from engine.hear.sound import Samples
from tests.benchmarks.hearing.render import RATE, Played

_KICKS, _SNARES, _CLAPS, _OPENS = {35, 36}, {37, 38, 40}, {39}, {46, 49, 51, 53, 57}


def drums(hits: Sequence[Played], seconds: float, dice: np.random.Generator) -> Samples:
    """Play hits with a kit of its own.

    Returns:
        Shape (frames,) at `RATE`.
    """
    out = np.zeros(round(seconds * RATE), np.float32)
    kit = {name: maker(dice) for name, maker in _MAKERS.items()}
    for hit in hits:
        first = round(hit.start * RATE)
        sound = kit[_drum(hit.pitch)][: max(0, len(out) - first)]
        out[first : first + len(sound)] += sound * np.float32((hit.velocity / 127) ** 1.5)
    return out


def _drum(pitch: int) -> str:
    if pitch in _KICKS:
        return "kick"
    if pitch in _SNARES:
        return "snare"
    if pitch in _CLAPS:
        return "clap"
    if pitch in _OPENS:
        return "open"
    return "tom" if pitch in range(41, 51) and pitch not in (42, 44) else "closed"


def _kick(dice: np.random.Generator) -> Samples:
    t = np.arange(int(dice.uniform(0.15, 0.6) * RATE)) / RATE
    low, sweep = dice.uniform(38, 62), dice.uniform(0.5, 8)
    wave = np.sin(2 * np.pi * (low * t + sweep * (1 - np.exp(-t * dice.uniform(15, 60))))) * np.exp(
        -t * dice.uniform(5, 20)
    )
    if dice.random() < 0.6:  # else it has no click, and starts as softly as a sine does
        wave += dice.uniform(0.1, 0.5) * dice.standard_normal(len(t)) * np.exp(-t * 400)
    return np.asarray(wave * _fade(t), np.float32)


def _snare(dice: np.random.Generator) -> Samples:
    t = np.arange(int(dice.uniform(0.1, 0.35) * RATE)) / RATE
    body = np.sin(2 * np.pi * dice.uniform(150, 260) * t) * np.exp(-t * 25) * dice.uniform(0.2, 0.8)
    return np.asarray(
        (body + _noise(dice, len(t), 1500, 9000) * np.exp(-t * dice.uniform(12, 35))) * 0.7 * _fade(t), np.float32
    )


def _clap(dice: np.random.Generator) -> Samples:
    t = np.arange(int(0.25 * RATE)) / RATE
    bursts = sum(np.exp(-np.maximum(0, t - at) * 200) * (t >= at) for at in (0, 0.01, 0.021))
    return np.asarray(_noise(dice, len(t), 900, 6000) * (0.5 * bursts + np.exp(-t * 20)) * 0.5 * _fade(t), np.float32)


def _hat(dice: np.random.Generator, decay: float, length: float) -> Samples:
    t = np.arange(int(length * RATE)) / RATE
    return np.asarray(
        _noise(dice, len(t), dice.uniform(4000, 8000), 16_000) * np.exp(-t * decay) * 0.5 * _fade(t), np.float32
    )


def _tom(dice: np.random.Generator) -> Samples:
    t = np.arange(int(0.3 * RATE)) / RATE
    return np.asarray(
        0.7 * np.sin(2 * np.pi * (dice.uniform(80, 180) * t + 2 * (1 - np.exp(-t * 20)))) * np.exp(-t * 12), np.float32
    )


_MAKERS: dict[str, Any] = {
    "kick": _kick,
    "snare": _snare,
    "clap": _clap,
    "closed": lambda dice: _hat(dice, dice.uniform(40, 120), 0.12),
    "open": lambda dice: _hat(dice, dice.uniform(6, 18), 0.4),
    "tom": _tom,
}


def _fade(t: Any) -> Any:
    return np.minimum(1, np.minimum(t, t[-1] - t) * 1000)


def _noise(dice: np.random.Generator, count: int, low: float, high: float) -> Any:
    filtered = scipy.signal.sosfilt(
        scipy.signal.butter(2, [low, high], "bandpass", fs=RATE, output="sos"), dice.standard_normal(count)
    )
    return filtered / max(1e-9, float(np.abs(filtered).max()))


def synths(seconds: float, beat: float, meter: int, dice: np.random.Generator) -> Samples:
    """A pad, perhaps ducked by the beat, and perhaps a bass, in a drawn key."""
    t = np.arange(round(seconds * RATE)) / RATE
    bar = (t / (beat * meter)).astype(int)
    root = np.array(dice.choice([0, 3, 5, 7, 8, 10], 4))[bar % 4] + int(dice.integers(12))
    out = np.zeros(len(t))
    if dice.random() < 0.7:
        for interval in (0, 3, 7):
            for cents in dice.uniform(-12, 12, 2):
                hz = 261.6 * 2 ** (((root + interval) % 12 + cents / 100) / 12)
                out += 0.06 * scipy.signal.sawtooth(2 * np.pi * np.cumsum(hz) / RATE)
        depth = dice.choice([0.0, 0.6, 0.9])
        out *= 1 - depth * np.exp(-(t % beat) / beat * 4)
    if dice.random() < 0.7:
        step = beat * float(dice.choice([0.25, 0.5, 0.5, 1]))
        late = 0.5 * beat if dice.random() < 0.3 else 0.0
        gate = np.exp(-((t + late) % step) * dice.uniform(4, 12))
        hz = 55 * 2 ** ((root % 12) / 12)
        out += 0.25 * gate * np.sign(np.sin(2 * np.pi * np.cumsum(hz) / RATE)) * dice.uniform(0.4, 1)
    return np.asarray(out, np.float32)
