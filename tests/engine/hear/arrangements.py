"""Small pieces of music with known bars, made from their definitions: for energy, complexity and structure."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.signal

from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from tests.engine.hear.signals import Wave, click, kick, noise, placed

RATE = 44_100


def kept(make: Callable[..., Wave]) -> Callable[..., Wave]:
    """Make a sound once; nobody may write into it."""

    @lru_cache(maxsize=64)
    def maker(*args: object, **named: object) -> Wave:
        wave = make(*args, **named)
        wave.setflags(write=False)
        return wave

    return maker


@dataclass(frozen=True)
class Grid:
    """A rhythm as far as it is read bar by bar."""

    beats: list[float]
    downbeats: list[float]


def grid(bpm: float, bars: int, per_bar: int = 4, first: float = 0.0) -> Grid:
    beat = 60 / bpm
    beats = [first + beat * i for i in range(bars * per_bar)]
    return Grid(beats=beats, downbeats=beats[::per_bar])


def filtered(wave: Wave, hz: float, kind: str) -> Wave:
    sections = scipy.signal.butter(4, hz, kind, fs=RATE, output="sos")
    return np.asarray(scipy.signal.sosfilt(sections, wave), dtype=np.float32)


@kept
def hat(seed: int = 0) -> Wave:
    burst = filtered(noise(0.06, 0.3, seed=seed), 7_000, "high")
    return np.asarray(burst * np.exp(-np.arange(burst.size) / (0.015 * RATE)), np.float32)


@kept
def snare(seed: int = 0) -> Wave:
    burst = filtered(noise(0.2, 0.5, seed=seed), 300, "high")
    return np.asarray(burst * np.exp(-np.arange(burst.size) / (0.05 * RATE)), np.float32)


@kept
def tone(midi: float, seconds: float, partials: int, level: float = 0.15) -> Wave:
    """A note with this many partials, gently in and out."""
    time = np.arange(round(seconds * RATE)) / RATE
    hertz = 440 * 2 ** ((midi - 69) / 12)
    wave = sum(np.sin(2 * np.pi * hertz * n * time) / n for n in range(1, partials + 1) if hertz * n < 15_000)
    fade = np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
    return np.asarray(level * wave * fade, np.float32)


def swelling(wave: Wave, seconds: float) -> Wave:
    ramp = np.minimum(1, np.arange(wave.size) / (seconds * RATE))
    return np.asarray(wave * ramp * ramp[::-1], np.float32)


def drums(bpm: float, bars: int, **voices: str) -> Wave:
    """Patterns of sixteenths (x is a stroke) for kick, snare, hat, each repeated to the end."""
    sixteenth = 15 / bpm
    makers = {"kick": lambda _: kick(), "snare": snare, "hat": hat, "click": lambda seed: click(seed=seed)}
    events = []
    for name, pattern in voices.items():
        places = [place for place in range(16 * bars) if pattern[place % len(pattern)] == "x"]
        events += [(sixteenth * place, makers[name](place % 7)) for place in places]
    return placed(bars * 240 / bpm, events)


def pad(bpm: float, bars: int, root: int = 48, partials: int = 3) -> Wave:
    bar = 240 / bpm
    events = []
    for index in range(0, bars, 2):
        shift = (0, 5, -4, 3)[index // 2 % 4]
        chord = sum(tone(root + shift + step, 2 * bar, partials, 0.08) for step in (0, 3, 7))
        events.append((bar * index, swelling(np.asarray(chord, np.float32), bar / 2)))
    return placed(bars * bar, events)


def bass(bpm: float, bars: int, pattern: str, partials: int = 8) -> Wave:
    sixteenth = 15 / bpm
    note = tone(33, sixteenth * 0.9, partials, 0.3)
    places = [i for i in range(16 * bars) if pattern[i % len(pattern)] == "x"]
    return placed(bars * 240 / bpm, [(sixteenth * i, note) for i in places])


def heard(wave: Wave, level: float = 0.5) -> Spectra:
    return Spectra(Sound((wave * np.float32(level / np.abs(wave).max()))[:, None], RATE))
