"""Single lines and notes: acid, and what is not; stacks of detuned saws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.hearing.synth_acid import ladder
from tests.benchmarks.hearing.synth_parts import RATE, Rng, Wave, hz, kick, low_pass, put, saw, square, tone
from tests.benchmarks.hearing.synth_pumping import DRUMS, drums

LINES = ("kick", "saw bass", "sub", "noise", "plucks", "reese", "pad", "square lead")
"""What is not acid."""


def acid(rng: Rng, seconds: float = 8.0) -> tuple[Wave, float]:
    """A line as a TB-303 plays it: sixteenths, slides, accents, a resonant filter that sweeps.

    Returns:
        Samples at `RATE`, and the tempo.
    """
    bpm = float(rng.uniform(118, 145))
    count, step = round(seconds * RATE), round(15 / bpm * RATE)
    root = float(rng.integers(33, 46))
    notes = root + rng.choice([0, 0, 0, 12, -12, 3, 7, 10, 1], 16)
    play, slide, accent = rng.random(16) < rng.uniform(0.7, 1.0), rng.random(16) < 0.25, rng.random(16) < 0.3
    play[0] = True
    frequency, volume, sweep = np.empty(count), np.zeros(count), np.zeros(count)
    decay = rng.uniform(0.06, 0.25)
    last = hz(notes[0])
    for index in range(count // step + 1):
        place, part = index % 16, slice(index * step, min(count, (index + 1) * step))
        time = np.arange(part.stop - part.start) / RATE
        if not len(time):
            break
        now = hz(notes[place])
        glide = 0.06 if slide[place] else 0.001
        frequency[part] = now * (last / now) ** np.exp(-time / glide * 3)
        last = now
        if play[place]:
            gate = 1.0 if slide[(place + 1) % 16] else 0.6
            volume[part] = (
                np.where(time < gate * step / RATE, 1.0, 0) * np.exp(-time / 0.4) * (1.4 if accent[place] else 1)
            )
            sweep[part] = np.exp(-time / (decay * (0.6 if accent[place] else 1))) * (1.5 if accent[place] else 1)
    volume = np.convolve(volume, np.full(90, 1 / 90), "same")
    knob = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(count) / RATE / rng.uniform(4, 20) + rng.uniform(0, 6.3))
    base = rng.uniform(200, 500) * 2 ** (rng.uniform(0.5, 2.0) * knob)
    cutoff = np.minimum(6000, base * 2 ** (rng.uniform(1.2, 3.2) * sweep))
    phase = tone(frequency, count)
    raw = (saw if rng.integers(2) else square)(phase)
    shaped = ladder(raw, cutoff, rng.uniform(0.78, 0.97)) * volume
    if rng.random() < 0.4:
        shaped = np.tanh(shaped * rng.uniform(2, 6)) / 2
    return _leveled(shaped), bpm


def not_acid(rng: Rng, kind: str, seconds: float = 8.0) -> tuple[Wave, float]:
    """Another line of `LINES`, its samples at `RATE` and its tempo."""
    bpm = float(rng.uniform(118, 145))
    count, step = round(seconds * RATE), round(15 / bpm * RATE)
    out = np.zeros(count, np.float32)
    root = float(rng.integers(33, 46))
    if kind == "kick":
        thud = kick(rng)
        for first in range(0, count, 4 * step):
            put(out, thud, first / RATE)
    elif kind == "noise":
        out += low_pass(np.asarray(rng.standard_normal(count), np.float32), rng.uniform(800, 15_000))
    elif kind == "sub":
        out += np.asarray(np.sin(2 * np.pi * tone(hz(root), count)) * _gates(rng, count, step), np.float32)
    elif kind in {"reese", "pad"}:
        chord = (root,) if kind == "reese" else (root + 24, root + 28, root + 31)
        for note in chord:
            for cents in rng.uniform(-25, 25, 3 if kind == "reese" else 5):
                out += saw(tone(hz(note + cents / 100), count, rng.random()))
        out = low_pass(out, rng.uniform(300, 3000))
    else:
        high = 12 if kind == "plucks" else 24 if kind == "square lead" else 0
        frequency = np.repeat(hz_of(root + high + rng.choice([0, 0, 3, 7, 12], count // step + 1)), step)[:count]
        raw = (square if kind == "square lead" else saw)(tone(frequency, count))
        if kind == "plucks":
            decay = np.exp(-(np.arange(count) % step) / RATE / rng.uniform(0.03, 0.12))
            cutoff = rng.uniform(300, 600) + rng.uniform(1500, 5000) * decay
            out = np.asarray(ladder(raw, cutoff, rng.uniform(0.0, 0.3)) * decay, np.float32)
        else:
            out = low_pass(raw, rng.uniform(500, 4000)) * _gates(rng, count, step)
    return _leveled(out), bpm


def hz_of(pitches: NDArray[np.float64]) -> NDArray[np.float64]:
    """Frequencies of MIDI pitches."""
    return np.asarray(440 * 2 ** ((pitches - 69) / 12))


def in_a_mix(rng: Rng, line: Wave, bpm: float) -> Wave:
    """A line with a house kit over it."""
    return np.asarray(
        rng.uniform(0.6, 1.6) * line + drums(rng, len(line), bpm, 0.0, str(rng.choice(DRUMS[1:]))), np.float32
    )


def supersaw(rng: Rng, voices: int, cents: float, seconds: float = 2.0, even: bool = True) -> Wave:
    """One note of detuned saws with random phases.

    Args:
        rng: Draws pitch, phases, levels, and the places of the inner voices.
        voices: How many saws.
        cents: From the lowest to the highest.
        seconds: Length.
        even: Whether the voices are evenly spaced; else the inner ones are drawn.
    """
    count, pitch = round(seconds * RATE), float(rng.uniform(45, 76))
    places = np.linspace(-0.5, 0.5, voices) if voices > 1 else np.zeros(1)
    if not even and voices > 3:
        places[1:-1] += rng.uniform(-0.25, 0.25, voices - 2) / (voices - 1)
    levels = np.where(np.arange(voices) == voices // 2, 1.0, rng.uniform(0.6, 1.0))
    out = np.zeros(count, np.float32)
    for place, level in zip(places, levels, strict=True):
        out += np.float32(level) * saw(tone(hz(pitch + place * cents / 100), count, rng.random()))
    return _leveled(low_pass(out, rng.uniform(6000, 18_000)))


def _gates(rng: Rng, count: int, step: int) -> Wave:
    gates = np.repeat(rng.random(count // step + 1) < rng.uniform(0.5, 1), step)[:count].astype(np.float32)
    within = (np.arange(count) % step) / step < rng.uniform(0.6, 1.0)
    return np.asarray(np.convolve(gates * within, np.full(200, 1 / 200), "same"), np.float32)


def _leveled(signal: NDArray[np.float64] | Wave) -> Wave:
    return np.asarray(signal * (0.15 / np.sqrt(np.mean(np.square(signal)) + 1e-12)), np.float32)
