"""What is told of tempo, beats, bars and swing."""

from __future__ import annotations

import msgspec


class TempoChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One possible tempo.

    Attributes:
        bpm: 24 to 300, to 0.01.
        confidence: 0..1, how often such an answer is right.
    """

    bpm: float
    confidence: float


class TempoPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The tempo at one moment.

    Attributes:
        time: Seconds.
        bpm: BPM, over the four beats around it.
    """

    time: float
    bpm: float


class Tempo(msgspec.Struct, frozen=True, kw_only=True):
    """How fast it goes.

    Attributes:
        bpm: Quarter notes a minute, 24 to 300, to 0.01; None where there is no beat.
        confidence: 0..1, how often such an answer is right, octave included.
        candidates: The likeliest tempi, the chosen one first; octaves and thirds of it are among them.
        steady: True when one tempo holds from the first beat to the last.
        curve: The tempo as it changes, a point each bar; one point where it is steady.
        prior: What a hint or the name of the file had to do with it, in a sentence; empty without a hint.
        words: The whole answer in a sentence.
    """

    bpm: float | None = None
    confidence: float = 0.0
    candidates: list[TempoChoice] = []
    steady: bool = False
    curve: list[TempoPoint] = []
    prior: str = ""
    words: str = ""


class Meter(msgspec.Struct, frozen=True, kw_only=True):
    """How beats make bars.

    Attributes:
        numerator, denominator: The time signature: 3/4, 4/4, 5/4, 7/4, or 6/8 where each beat falls into three.
        confidence: 0..1.
    """

    numerator: int = 4
    denominator: int = 4
    confidence: float = 0.0


class Swing(msgspec.Struct, frozen=True, kw_only=True):
    """How late the off-beats come.

    Attributes:
        amount: 0 is straight, 1 is a full triplet (the second note at two thirds); 0 to 1.5.
        ratio: Where the second of two notes lies between its neighbours, 0.5 to 0.75.
        grid: 8 when eighths swing, 16 when sixteenths do.
        confidence: 0..1; 0 where there are no off-beats to hear.
    """

    amount: float = 0.0
    ratio: float = 0.5
    grid: int = 8
    confidence: float = 0.0


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """Tempo, beats, bars and swing of a piece.

    Attributes:
        tempo: How fast.
        beats: Times of the beats, seconds, ascending; empty where there are none.
        downbeats: Those of them that begin a bar.
        meter: The time signature.
        swing: How late the off-beats come.
        grid_offset: Seconds from the beginning to the first beat of a steady grid, 0 to one beat; None without one.
    """

    tempo: Tempo = Tempo()
    beats: list[float] = []
    downbeats: list[float] = []
    meter: Meter = Meter()
    swing: Swing = Swing()
    grid_offset: float | None = None


class Hints(msgspec.Struct, frozen=True, kw_only=True):
    """What was said about a piece beforehand; a prior, never the answer.

    Attributes:
        tempo: BPM of the Set it lies in, 20 to 999; None when not known.
        name: Name of the file; a figure such as "174bpm" in it is read.
    """

    tempo: float | None = None
    name: str = ""
