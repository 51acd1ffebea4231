"""Drum loops of known patterns: four on the floor or not, hats between the beats or not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tests.benchmarks.hearing.synth_parts import RATE, Rng, Wave, clap, hat, kick, pad, put, snare

KICKS = {
    "four": "x...x...x...x...",
    "half": "x.........x.....",
    "break": "x.....x...x.....",
    "amen": "x.x.......xx....",
    "rock": "x.......x.......",
    "rock busy": "x.....x.x.......",
    "dnb": "x.........x.....",
    "two step": "x......x..x.....",
    "trap": "x......x..x....x",
    "one": "x...............",
    "none": "................",
}
"""Sixteenths of a bar of 4/4 with a kick."""

SNARES = {"half": "........x.......", "trap": "........x.......", "amen": "....x..x.x..x..x"}
BACKBEAT = "....x.......x..."

HATS = {
    "off": "..x...x...x...x.",
    "off and soft sixteenths": "ooxoooxoooxoooxo",
    "off and shaker": "o.x.o.x.o.x.o.x.",
    "on": "x...x...x...x...",
    "eighths": "x.x.x.x.x.x.x.x.",
    "sixteenths": "xxxxxxxxxxxxxxxx",
    "accented": "x.o.x.o.x.o.x.o.",
    "ride": "x...x..xx...x..x",
    "sparse": "......x.......x.",
    "rolls": "x.x.x.xxx.x.xxxx",
    "none": "................",
}
"""Sixteenths with a hat: x strong, o soft."""

WITH_OFFBEAT = frozenset({"off", "off and soft sixteenths", "off and shaker"})


@dataclass(frozen=True, kw_only=True)
class Loop:
    """A drum loop and its patterns; `samples` mono at `RATE`, the first beat at `first`."""

    samples: Wave
    bpm: float
    first: float
    kicks: str
    hats: str
    company: str

    @property
    def beats(self) -> list[float]:
        """Exact times of the beats in seconds."""
        period = 60 / self.bpm
        return [self.first + index * period for index in range(int((len(self.samples) / RATE - self.first) / period))]


def loop(rng: Rng, kicks: str, hats: str, company: str = "", bars: int = 4) -> Loop:
    """Make a loop.

    Args:
        rng: Draws tempo, sounds, levels and small lateness.
        kicks: Of `KICKS`.
        hats: Of `HATS`.
        company: What else sounds: "", "noise", "bass", "saws".
        bars: Length.
    """
    bpm = float(rng.uniform(84, 178) if kicks != "four" else rng.uniform(110, 155))
    first, step = float(rng.uniform(0.03, 0.3)), 15 / bpm
    count = round((first + bars * 16 * step) * RATE)
    track = np.zeros(count, np.float32)
    backbeat = SNARES.get(kicks, BACKBEAT) if rng.random() < 0.8 or kicks != "four" else KICKS["none"]
    thud, slap = kick(rng), (clap if rng.integers(2) else snare)(rng)
    long, short = hat(rng, open_=bool(rng.integers(2))), hat(rng)
    loud = rng.uniform(0.3, 1.0)
    levels = {"x": 1.0, "o": float(rng.uniform(0.1, 0.35)), ".": 0.0}
    late = 0.002 * rng.standard_normal(bars * 16)
    for index in range(bars * 16):
        at, place = max(0.0, first + index * step + late[index]), index % 16
        put(track, thud, at, levels[KICKS[kicks][place]])
        put(track, slap, at, levels[backbeat[place]] * 0.8)
        stroke = HATS[hats][place]
        gain = levels[stroke] * loud * rng.uniform(0.8, 1.1)
        put(track, long if stroke == "x" and hats in WITH_OFFBEAT | {"on"} else short, at, gain)
    if company:
        kind = {"noise": "noise", "bass": "bass", "saws": "saws"}[company]
        track += np.float32(rng.uniform(0.2, 1.2 if kind != "noise" else 0.4)) * pad(rng, count, 4 * step, kind)
    return Loop(samples=track, bpm=bpm, first=first, kicks=kicks, hats=hats, company=company)
