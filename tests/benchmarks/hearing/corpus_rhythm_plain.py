"""Plain electronic pieces of which every beat is known: an exact drum machine, alone or with a bass and a pad.

What a sequencer plays when nothing is added: kicks on every beat with hats between, a back beat, half time. Each
figure stands at the tempi it is made for and, now and then, at any. `plain(seed)` makes one, the same every time;
parts are dealt as in `corpus_rhythm`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.hear.sound import Samples
from tests.benchmarks.hearing import corpus_rhythm as narrow
from tests.benchmarks.hearing import synth_kit
from tests.benchmarks.hearing.corpus_rhythm import Piece
from tests.benchmarks.hearing.patterns import CLAP, CLOSED, KICK, OPEN, RIM, SNARE
from tests.benchmarks.hearing.render import RATE, Played

LOWEST, HIGHEST = 44.0, 280.0


@dataclass(frozen=True)
class Figure:
    """What one style's machine plays.

    Attributes:
        share: How often it is drawn.
        tempo: Lowest and highest BPM it is made for.
        anywhere: How often it stands at any tempo instead.
        kicks: Rows of sixteenths, one of which is drawn.
        snares: The same for a snare, a clap or a rim.
    """

    share: float
    tempo: tuple[float, float]
    anywhere: float
    kicks: tuple[str, ...]
    snares: tuple[str, ...]


_BACK = "....x.......x..."
_NONE = "." * 16
_LATE = "........x......."

FIGURES = (
    Figure(0.34, (112, 152), 0.3, ("x...x...x...x...",), (_NONE, _NONE, _BACK, _BACK, "....x..x....x...")),
    Figure(0.06, (150, 205), 0.2, ("x...x...x...x...",), (_NONE, _BACK)),
    Figure(
        0.14, (70, 150), 0.2, ("x.......x.......", "x.....x.x.......", "x.......x.x.....", "x..x....x......."), (_BACK,)
    ),
    Figure(0.1, (72, 100), 0.1, ("x......x..x.....", "x..x..x...x.....", "x.x.......x....."), (_BACK,)),
    Figure(
        0.12, (158, 182), 0.1, ("x.........x.....", "x.x.......x.....", "x.........xx...."), (_BACK, "....x..x....x...")
    ),
    Figure(
        0.16,
        (128, 165),
        0.1,
        ("x.....x...x.....", "x..x......x.....", "x..........x..x.", "x......x........"),
        (_LATE,),
    ),
    Figure(0.08, (60, 180), 0.5, (_NONE,), (_NONE, _BACK, "....x...")),
)

HATS = {
    "..x...x...x...x.": 0.3,
    "x.x.x.x.x.x.x.x.": 0.25,
    "xxxxxxxxxxxxxxxx": 0.12,
    "x.o.x.o.x.o.x.o.": 0.05,
    "ooxoooxoooxoooxo": 0.08,
    "x...x...x...x...": 0.05,
    _NONE: 0.15,
}
"""Sixteenths with a hat, o soft, and how often."""


def plain(seed: int) -> Piece:
    """Make one piece.

    Args:
        seed: Any; the same number gives the same piece.
    """
    dice = np.random.default_rng([seed, 79])
    figure = FIGURES[int(dice.choice(len(FIGURES), p=[each.share for each in FIGURES]))]
    low, high = (LOWEST, HIGHEST) if dice.random() < figure.anywhere else figure.tempo
    tempo = float(np.exp(dice.uniform(np.log(low), np.log(high))))
    if dice.random() < 0.4:
        tempo = float(np.round(tempo))
    beat = 60 / tempo
    bars = int(dice.choice([2, 4, 8, 16], p=[0.08, 0.45, 0.35, 0.12]))
    while bars * 4 * beat > 32:
        bars //= 2
    seconds = bars * 4 * beat
    lead = dice.uniform(0, 0.05) if dice.random() < 0.2 else 0.0
    hits = _hits(dice, figure, bars, beat)
    audio = (synth_kit.drums if dice.random() < 0.4 else _simple)(hits, seconds + lead, dice)
    if dice.random() < 0.4 or not hits:
        audio = audio + synth_kit.synths(len(audio) / RATE, beat, 4, dice) * np.float32(dice.uniform(0.3, 1.3))
    audio = np.roll(audio, round(lead * RATE))
    beats = tuple(lead + beat * number for number in range(4 * bars))
    stereo = narrow._normal(np.stack([audio, audio], axis=1), dice)
    return Piece(audio=stereo, group="plain", tempo=tempo, beats=beats, downbeats=beats[::4], meter=4)


def _hits(dice: np.random.Generator, figure: Figure, bars: int, beat: float) -> list[Played]:
    """The figure for all bars, the last of every four sometimes without its kick."""
    hats = str(dice.choice(list(HATS), p=list(HATS.values())))
    if hats == _NONE and figure.kicks == (_NONE,):
        hats = "x.x.x.x.x.x.x.x."
    rows = [
        (KICK, str(dice.choice(figure.kicks)), 1.15),
        (int(dice.choice([CLAP, SNARE, SNARE, RIM])), str(dice.choice(figure.snares)), float(dice.uniform(0.6, 1.1))),
        (_hat(dice, hats), hats, float(dice.uniform(0.3, 1))),
    ]
    breaks = dice.random() < 0.15
    notes = []
    for bar in range(bars):
        for pitch, row, level in rows:
            if breaks and pitch == KICK and bar % 4 == 3:
                continue
            for place in range(16):
                mark = row[place % len(row)]
                if mark != ".":
                    velocity = int(np.clip(100 * level * (0.5 if mark == "o" else 1), 8, 127))
                    notes.append(Played((bar * 4 + place / 4) * beat, 0.1, pitch, velocity, 9))
    return notes


def _simple(hits: list[Played], seconds: float, dice: np.random.Generator) -> Samples:
    """Play hits with a kit of the plainest sounds: a sine that falls and noise that fades, unfiltered or nearly so."""
    time = np.arange(RATE // 3) / RATE
    low, fall, sweep = dice.uniform(40, 65), dice.uniform(6, 25), dice.uniform(0.5, 6)
    kick = np.sin(2 * np.pi * (low * time + sweep * (1 - np.exp(-time * dice.uniform(15, 60))))) * np.exp(-time * fall)
    noise = dice.standard_normal((2, len(time)))
    tone = dice.uniform(0, 0.8) * np.sin(2 * np.pi * dice.uniform(160, 240) * time)
    snare = dice.uniform(0.2, 0.6) * (noise[0] + tone) * np.exp(-time * dice.uniform(10, 40))
    bright = np.diff(noise[1], append=0) if dice.random() < 0.5 else noise[1]
    hat = dice.uniform(0.1, 0.4) * bright * np.exp(-time * dice.uniform(30, 150))
    out = np.zeros(round(seconds * RATE), np.float32)
    for hit in hits:
        sound = kick if hit.pitch == KICK else hat if hit.pitch in (CLOSED, OPEN) else snare
        first = round(hit.start * RATE)
        part = sound[: max(0, len(out) - first)]
        out[first : first + len(part)] += (part * (hit.velocity / 127) ** 1.5).astype(np.float32)
    return out


def _hat(dice: np.random.Generator, row: str) -> int:
    """A hat; between kicks it may be as broad as a snare, and is one all the same."""
    if row.startswith("..x...x.") and dice.random() < 0.3:
        return int(dice.choice([CLAP, SNARE]))
    return int(dice.choice([CLOSED, CLOSED, OPEN]))
