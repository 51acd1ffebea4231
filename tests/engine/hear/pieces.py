"""Ten kinds of pieces that everybody would put in the same order of energy, with the range each belongs in."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from tests.engine.hear.arrangements import RATE, bass, drums, filtered, pad, tone
from tests.engine.hear.signals import Wave, noise, placed

BARS = 8

RANGES = {
    "dark ambient": (1, 2.5),
    "bright ambient": (1, 3),
    "piano": (2.5, 4.5),
    "ballad": (3, 5),
    "lo-fi": (4, 6),
    "deep house": (5.5, 7),
    "house": (6, 7.4),
    "rock": (7.5, 10),
    "techno": (8, 10),
    "drum and bass": (8, 10),
}
"""Energy of each kind, lowest and highest."""


TEMPI = dict.fromkeys(RANGES, (62, 88)) | {
    "deep house": (118, 128),
    "house": (118, 128),
    "rock": (130, 160),
    "techno": (130, 142),
    "drum and bass": (170, 178),
}


@lru_cache(maxsize=16)
def piece(kind: str, seed: int) -> tuple[Wave, float]:
    """Eight bars of a kind, and their tempo; the seed chooses key, tempo and colour."""
    rng = np.random.default_rng(seed)
    root = 48 + int(rng.integers(-3, 4))
    low, high = TEMPI[kind]
    bpm = float(rng.uniform(low, high))
    made = MAKERS[kind](bpm, root, seed)
    wave = np.asarray(made, np.float32)
    wave.setflags(write=False)
    return wave, bpm


def hiss(bpm: float, hz: float, level: float, seed: int) -> Wave:
    """High-passed noise as long as a piece."""
    return filtered(noise(BARS * 240 / bpm, level, seed=seed), hz, "high")


def piano(bpm: float) -> Wave:
    """A note on every beat that dies away."""
    seconds = 90 / bpm
    decay = np.exp(-np.arange(round(seconds * RATE)) / (0.5 * RATE)).astype(np.float32)
    notes = [tone(60 + step, seconds, 6, 0.12) * decay for step in (0, 4, 7, 4, 5, 9, 7, 2)]
    return placed(BARS * 240 / bpm, [(60 / bpm * i, notes[i % 8]) for i in range(4 * BARS)])


def ballad(bpm: float) -> Wave:
    """Piano, pad and soft drums."""
    soft = drums(bpm, BARS, kick="x.......x.......", snare="....x.......x...", hat="x...x...x...x...")
    return piano(bpm) + pad(bpm, BARS) + 0.35 * soft


def lo_fi(bpm: float) -> Wave:
    """Piano over dull drums."""
    beat = drums(bpm, BARS, kick="x..x......x.....", snare="....x.......x...", hat="x.x.")
    return piano(bpm) + 0.5 * filtered(beat, 4_000, "low")


def deep_house(bpm: float, root: int) -> Wave:
    """No snare, a soft pad, a bass that walks around the kick."""
    straight = 0.8 * drums(bpm, BARS, kick="x...", hat="..x.")
    return straight + 0.4 * bass(bpm, BARS, "..x..x....x..x..", 3) + 0.6 * pad(bpm, BARS, root, 4)


def house(bpm: float, root: int) -> Wave:
    """Four to the floor, off-beat hats and bass."""
    straight = drums(bpm, BARS, kick="x...", snare="....x...", hat="..x.")
    return straight + 0.5 * pad(bpm, BARS, root, 8) + 0.4 * bass(bpm, BARS, "..x.")


def rock(bpm: float) -> Wave:
    """Loud drums and a driving bass, limited."""
    loud = drums(bpm, BARS, kick="x.....x.x.......", snare="....x...", hat="x.x.")
    return np.tanh(3 * (loud + 0.3 * bass(bpm, BARS, "x.x.", 25)))


def techno(bpm: float, seed: int) -> Wave:
    """A kick, a rolling bass and hiss, limited."""
    straight = drums(bpm, BARS, kick="x...", snare="....x...", hat="x.x.")
    return np.tanh(2.5 * (straight + 0.6 * bass(bpm, BARS, ".xxx", 20) + 0.25 * hiss(bpm, 5_000, 0.2, seed)))


def drum_and_bass(bpm: float, root: int) -> Wave:
    """A fast break, a busy bass and a bright pad, limited."""
    broken = drums(bpm, BARS, kick="x.........x.....", snare="....x..x.x..x...", hat="x.xxx.x.x.xxx.xx")
    return np.tanh(2.5 * (broken + 0.6 * bass(bpm, BARS, "x.xx..x.xxx..xx.", 20) + 0.3 * pad(bpm, BARS, root, 20)))


MAKERS: dict[str, Callable[[float, int, int], Wave]] = {
    "dark ambient": lambda bpm, root, seed: pad(bpm, BARS, root, 2 + seed % 3),
    "bright ambient": lambda bpm, root, seed: pad(bpm, BARS, root + 4, 16) + 0.3 * hiss(bpm, 3_000, 0.02, seed),
    "piano": lambda bpm, root, _: piano(bpm) + 0.3 * pad(bpm, BARS, root),
    "ballad": lambda bpm, _root, _seed: ballad(bpm),
    "lo-fi": lambda bpm, _root, _seed: lo_fi(bpm),
    "deep house": lambda bpm, root, _: deep_house(bpm, root),
    "house": lambda bpm, root, _: house(bpm, root),
    "rock": lambda bpm, _root, _seed: rock(bpm),
    "techno": lambda bpm, _root, seed: techno(bpm, seed),
    "drum and bass": lambda bpm, root, _: drum_and_bass(bpm, root),
}
