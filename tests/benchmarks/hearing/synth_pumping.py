"""Sustained sound ducked by a known depth, rate and shape, with and without drums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.hearing.synth_parts import RATE, Rng, Wave, clap, hat, kick, pad, put

SHAPES = ("exponential dB", "linear dB", "linear", "exponential", "sine", "square root")
KINDS = ("saws", "supersaw", "sines", "noise", "bass")
DRUMS = ("none", "kick", "kick, hats", "kick, hats, clap")
STILL = ("tremolo", "gaps", "drums", "plucks", "steady", "late tremolo")


@dataclass(frozen=True, kw_only=True)
class Pumped:
    """A sound and what was done to it.

    Attributes:
        samples: Mono at `RATE`.
        bpm: Tempo; the first beat is at `first`.
        first: Seconds of the first beat.
        depth: dB between the undisturbed level and the least.
        per_beat: Ducks in a beat: 1, 2 or 4.
        shape: How the level comes back.
        kind: What is ducked.
        drums: What plays with it.
    """

    samples: Wave
    bpm: float
    first: float
    depth: float
    per_beat: int
    shape: str
    kind: str
    drums: str

    @property
    def beats(self) -> list[float]:
        """Exact times of the beats in seconds."""
        period = 60 / self.bpm
        return [self.first + index * period for index in range(int((len(self.samples) / RATE - self.first) / period))]


def gain(seconds: NDArray[np.float64], depth: float, period: float, shape: str, release: float) -> NDArray[np.float64]:
    """The level of a ducked sound, 0..1, after 3 ms of attack.

    Args:
        seconds: Since the duck began, 0..period.
        depth: dB.
        period: Seconds from duck to duck.
        shape: One of `SHAPES`.
        release: Share of the period until the level is back.
    """
    floor = 10 ** (-depth / 20)
    share = np.clip(seconds / (period * release), 0, 1)
    if shape == "exponential dB":
        level = 10 ** (-depth * np.exp(-5 * share) / 20)
    elif shape == "linear dB":
        level = 10 ** (-depth * (1 - share) / 20)
    elif shape == "linear":
        level = floor + (1 - floor) * share
    elif shape == "exponential":
        level = 1 - (1 - floor) * np.exp(-5 * share)
    elif shape == "square root":
        level = floor + (1 - floor) * np.sqrt(share)
    else:
        return floor + (1 - floor) * (1 - np.cos(2 * np.pi * seconds / period)) / 2
    attack = np.clip((period - seconds) / 0.003, 0, 1)
    return np.asarray(floor + (level - floor) * attack)


def drums(rng: Rng, count: int, bpm: float, first: float, which: str) -> Wave:
    """A four-on-the-floor kit: nothing, kick, off-beat or sixteenth hats, claps on two and four."""
    track = np.zeros(count, np.float32)
    if which == "none":
        return track
    beat, thud, tick, slap = 60 / bpm, kick(rng), hat(rng, open_=bool(rng.integers(2))), clap(rng)
    sixteenths = bool(rng.integers(2))
    for index in range(int((count / RATE - first) / beat) + 1):
        at = first + index * beat
        put(track, thud, at)
        if "hats" in which:
            for part in (0.25, 0.5, 0.75) if sixteenths else (0.5,):
                put(track, tick, at + part * beat, 0.8 if part == 0.5 else 0.4)
        if "clap" in which and index % 2:
            put(track, slap, at)
    return track


def pumped(
    rng: Rng, depth: float, shape: str, kind: str, which: str, per_beat: int = 1, beats: int = 32, bpm: float = 0.0
) -> Pumped:
    """Make one case; level of the pad, tempo, place of the first beat and release are drawn."""
    bpm = bpm or float(rng.uniform(100, 175))
    first, beat = float(rng.uniform(0.02, 0.4)), 60 / bpm
    count = round((first + beats * beat) * RATE)
    since = (np.arange(count) / RATE - first) % (beat / per_beat)
    level = gain(since, depth, beat / per_beat, shape, float(rng.uniform(0.4, 0.95)))
    sound = pad(rng, count, beat, kind) * np.float32(rng.uniform(0.6, 2.0))
    samples = np.asarray(sound * level + drums(rng, count, bpm, first, which), np.float32)
    return Pumped(
        samples=samples, bpm=bpm, first=first, depth=depth, per_beat=per_beat, shape=shape, kind=kind, drums=which
    )


def not_pumped(rng: Rng, how: str) -> Pumped:
    """Sound whose level moves for another reason, or not: "tremolo" off the beat, "gaps" between notes, "drums" alone,
    "plucks" on eighths, "steady".
    """
    case = pumped(rng, 0, "linear", str(rng.choice(KINDS[:4])), "none")
    count, beat = len(case.samples), 60 / case.bpm
    time = np.arange(count) / RATE
    since = (time - case.first) % beat / beat
    if how == "tremolo":
        rate = rng.uniform(1.5, 9.0)
        level = 10 ** (-rng.uniform(3, 15) * (1 + np.sin(2 * np.pi * rate * time + rng.random() * 6)) / 40)
    elif how == "late tremolo":  # one swing for each beat, but not with the beat
        level = 10 ** (-rng.uniform(3, 15) * (1 + np.cos(2 * np.pi * (since - rng.uniform(0.25, 0.75)))) / 40)
    elif how == "gaps":
        start, end = rng.choice([0.0, 0.25, 0.5]), rng.choice([0.75, 0.9, 1.0])
        level = ((since >= start) & (since < end - 0.05)).astype(float)
    elif how == "plucks":
        level = np.exp(-(since * 2 % 1) * rng.uniform(2, 6))
    else:
        level = np.full(count, 0.0 if how == "drums" else 1.0)
    smooth = np.convolve(level, np.full(220, 1 / 220), "same")
    kit = str(rng.choice(DRUMS[1:] if how == "drums" else DRUMS))
    samples = np.asarray(case.samples * smooth + drums(rng, count, case.bpm, case.first, kit), np.float32)
    return Pumped(
        samples=samples, bpm=case.bpm, first=case.first, depth=0, per_beat=1, shape=how, kind=case.kind, drums=kit
    )
