"""Instruments made from their definitions, for traits of which the strength is known exactly.

Everything is mono float32 at `RATE`, around -12 dB, and owns its randomness through the generator it is given.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Wave = NDArray[np.float32]
Rng = np.random.Generator

RATE = 44_100


def hz(pitch: float) -> float:
    """Frequency of a MIDI pitch."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def saw(phase: NDArray[np.float64]) -> Wave:
    """A band-limited sawtooth (polyBLEP) of a phase in cycles."""
    step = np.diff(phase, append=2 * phase[-1] - phase[-2]) if len(phase) > 1 else np.ones_like(phase)
    place = phase % 1
    return np.asarray(2 * place - 1 - _blep(place, step), np.float32)


def square(phase: NDArray[np.float64]) -> Wave:
    """A band-limited square wave of a phase in cycles."""
    return np.asarray((saw(phase) - saw(phase + 0.5)), np.float32)


def _blep(place: NDArray[np.float64], step: NDArray[np.float64]) -> NDArray[np.float64]:
    after, before = place / step, (place - 1) / step
    return np.where(place < step, 2 * after - after**2 - 1, np.where(place > 1 - step, before**2 + 2 * before + 1, 0))


def tone(frequency: NDArray[np.float64] | float, count: int, start: float = 0.0) -> NDArray[np.float64]:
    """Phase in cycles of a frequency that may move."""
    return start + np.cumsum(np.broadcast_to(np.asarray(frequency, np.float64), count)) / RATE


def low_pass(signal: Wave, cutoff: float, order: int = 2) -> Wave:
    """A Butterworth-like low-pass by its magnitude in the frequency domain; no phase shift."""
    spectrum = np.fft.rfft(signal, 2 * len(signal))
    bins = np.fft.rfftfreq(2 * len(signal), 1 / RATE)
    return np.asarray(np.fft.irfft(spectrum / np.sqrt(1 + (bins / cutoff) ** (2 * order)))[: len(signal)], np.float32)


def high_pass(signal: Wave, cutoff: float) -> Wave:
    """What a second-order low-pass leaves."""
    spectrum = np.fft.rfft(signal, 2 * len(signal))
    ratio = (np.fft.rfftfreq(2 * len(signal), 1 / RATE) / cutoff) ** 4
    return np.asarray(np.fft.irfft(spectrum * np.sqrt(ratio / (1 + ratio)))[: len(signal)], np.float32)


def kick(rng: Rng) -> Wave:
    """A falling sine with a click."""
    count = int(RATE * rng.uniform(0.18, 0.45))
    time = np.arange(count) / RATE
    low, high, fall = rng.uniform(42, 60), rng.uniform(120, 900), rng.uniform(0.008, 0.04)
    body = np.sin(2 * np.pi * tone(low + high * np.exp(-time / fall), count)) * np.exp(-time / (count / RATE / 4))
    click = rng.standard_normal(count) * np.exp(-time / 0.003) * rng.uniform(0.02, 0.4)
    return np.asarray(0.8 * (body + click) * np.minimum(1, (count - np.arange(count)) / 500), np.float32)


def clap(rng: Rng) -> Wave:
    """Noise bursts around 1.5 kHz."""
    count = int(RATE * 0.25)
    time = np.arange(count) / RATE
    shape = np.exp(-time / rng.uniform(0.03, 0.07))
    for late in (0.01, 0.02):
        shape += np.where(time >= late, np.exp(-np.maximum(0, time - late) / 0.01), 0)
    return low_pass(high_pass(np.asarray(rng.standard_normal(count) * shape * 0.25, np.float32), 800), 4500)


def snare(rng: Rng) -> Wave:
    """A short tone and noise."""
    count = int(RATE * 0.25)
    time = np.arange(count) / RATE
    tonal = np.sin(2 * np.pi * rng.uniform(160, 240) * time) * np.exp(-time / 0.05)
    noise = rng.standard_normal(count) * np.exp(-time / rng.uniform(0.04, 0.09))
    return np.asarray(0.4 * tonal + 0.25 * high_pass(np.asarray(noise, np.float32), 500), np.float32)


def hat(rng: Rng, open_: bool = False) -> Wave:
    """High noise, short or long."""
    length = rng.uniform(0.05, 0.12) if open_ else rng.uniform(0.012, 0.035)
    count = int(RATE * length * 5)
    noise = rng.standard_normal(count) * np.exp(-np.arange(count) / RATE / length)
    return np.asarray(0.3 * high_pass(np.asarray(noise, np.float32), rng.uniform(5000, 8000)), np.float32)


def put(track: Wave, sound: Wave, second: float, gain: float = 1.0) -> None:
    """Add a sound to a track at a time; what hangs over the end is cut."""
    first = round(second * RATE)
    if 0 <= first < len(track):
        part = sound[: len(track) - first]
        track[first : first + len(part)] += gain * part


def chords(rng: Rng) -> list[tuple[int, ...]]:
    """Four minor or major triads with an octave, as MIDI pitches."""
    root = int(rng.integers(48, 60))
    return [
        (root + step, root + step + third, root + step + 7, root + step + 12)
        for step, third in zip(rng.choice([-7, -4, -2, 0, 3, 5], 4), rng.choice([3, 4], 4), strict=True)
    ]


def pad(rng: Rng, count: int, beat: float, kind: str) -> Wave:
    """Sustained sound that never stops: saws, supersaw, sines, noise or bass; chords change every four beats."""
    if kind == "noise":
        return low_pass(np.asarray(0.1 * rng.standard_normal(count), np.float32), rng.uniform(2000, 12_000))
    changes = chords(rng)
    out = np.zeros(count, np.float32)
    length = round(4 * beat * RATE)
    for index, first in enumerate(range(0, count, length)):
        part = min(length, count - first)
        notes = changes[index % 4]
        out[first : first + part] = _chord(rng, (notes[0] - 12,) if kind == "bass" else notes, part, kind)
    return low_pass(out, rng.uniform(700, 2500) if kind == "bass" else rng.uniform(1500, 9000))


def _chord(rng: Rng, notes: tuple[int, ...], count: int, kind: str) -> Wave:
    out = np.zeros(count, np.float32)
    for note in notes:
        if kind == "sines":
            for partial in (1, 2, 3, 5):
                out += np.asarray(
                    np.sin(2 * np.pi * tone(partial * hz(note), count, rng.random())) / partial, np.float32
                )
            continue
        for cents in rng.uniform(-15, 15, 5) if kind == "supersaw" else (0.0,):
            out += saw(tone(hz(note + cents / 100), count, rng.random()))
    return np.asarray(out * (0.12 / np.sqrt(np.mean(out**2) + 1e-12)), np.float32)
