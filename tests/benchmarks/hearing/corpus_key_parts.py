"""What the pieces of `corpus_key` are made of: songs and drum clips by others, basses, pads and tunes by seed."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from tests.benchmarks.hearing.engines import ROOT

MUSIC = ROOT.parent / "shared" / "data" / "music"
SPLITS = ("train",) * 6 + ("dev",) * 2 + ("test",) * 2

Sounding = tuple[float, float, int, float]
"""Start in seconds, length in seconds, MIDI pitch, velocity."""


@dataclass(frozen=True)
class Part:
    """Notes of one instrument.

    Attributes:
        role: chords, bass, melody, pad or drums.
        notes: What it plays.
        program: General MIDI program; drums ignore it.
    """

    role: str
    notes: tuple[Sounding, ...]
    program: int = 0


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One piece and what is true of it.

    Attributes:
        name: Unique, and the seed of all its chances.
        split: train, dev or test.
        group: Kind of material.
        key: Pitch class and mode, or None where there is none.
        parts: Who plays what.
        synth: Played by our own saws instead of General MIDI.
        cents: Whole piece off A 440.
        noise: Level of added white noise, 0 none.
        mp3: Bit rate in kbit/s of a round trip, 0 none.
        bpm: Beats per minute.
        modulation: Second at which another key begins, and that key.
    """

    name: str
    split: str
    group: str
    key: tuple[int, str] | None
    parts: tuple[Part, ...] = field(repr=False)
    synth: bool = False
    cents: float = 0.0
    noise: float = 0.0
    mp3: int = 0
    bpm: float = 120.0
    modulation: tuple[float, tuple[int, str]] | None = None


def chance(name: str) -> np.random.Generator:
    """The generator of a piece: its name is its seed."""
    return np.random.default_rng(list(name.encode()))


@cache
def rows(file: str) -> list[dict[str, Any]]:
    """The clips of one data file."""
    with gzip.open(MUSIC / file, "rt") as lines:
        return [json.loads(line) for line in lines]


@cache
def songs() -> dict[int, list[tuple[dict[str, Any], dict[str, Any]]]]:
    """POP909 by song number: its clips as (melody, comping), in order."""
    melody = {row["id"].removeprefix("pop909/"): row for row in rows("melody_pop909_odd.jsonl.gz")}
    by_song: dict[int, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for row in rows("comping_pop909_odd.jsonl.gz"):
        where = row["id"].removeprefix("pop909p/")
        by_song[int(where.split("@")[0])].append((melody[where], row))
    return dict(by_song)


def split_of(number: int) -> str:
    """The split of a song or seed, by its number."""
    return SPLITS[(number // 2 * 7 + number // 20) % 10]


def sounding(notes: list[Any], beat: float, offset: float, shift: int, velocity: float = 1.0) -> list[Sounding]:
    return [
        (
            max(0.0, (start + offset) * beat),
            max(0.03, length * beat),
            pitch + shift,
            max(1.0, min(127.0, loud * velocity)),
        )
        for start, length, pitch, loud in notes
    ]


def drums(rng: np.random.Generator, seconds: float, beat: float, split: str) -> Part:
    pool = [row for index, row in enumerate(rows("drums_gmd_train.jsonl.gz")) if split_of(index * 2) == split]
    row = pool[rng.integers(len(pool))]
    repeats = int(np.ceil(seconds / (row["beats"] * beat)))
    level = rng.uniform(0.6, 1.0)
    notes = [n for k in range(repeats) for n in sounding(row["notes"], beat, k * row["beats"], 0, level)]
    return Part("drums", tuple(n for n in notes if n[0] < seconds))


def bass_line(spans: list[tuple[float, float, int]], beat: float, rng: np.random.Generator) -> Part:
    """A bass of roots, some with fifths and octaves; spans are (start, end, pitch class) in beats."""
    style = rng.integers(4)
    notes: list[Sounding] = []
    low = int(rng.integers(28, 34))
    for start, end, root in spans:
        pitch = low + (root - low) % 12
        step = (end - start, 1.0, 0.5, 0.5)[style]
        at = start
        while at < end - 1e-6:
            length = min(step, end - at)
            place = round((at - start) / step)
            add = (0, 7 * (place % 4 == 2), 12 * (place % 2), 0)[style]
            if style != 3 or place % 2 == 1 or end - start < 1:
                notes.append((at * beat, length * beat * 0.9, pitch + add, float(rng.integers(75, 110))))
            at += length
    return Part("bass", tuple(notes), int(rng.choice([32, 33, 34, 35, 36, 38, 39])))


def pad(spans: list[tuple[float, float, list[int]]], beat: float, rng: np.random.Generator, role: str = "pad") -> Part:
    low = int(rng.integers(50, 60))
    notes = [
        (start * beat, (end - start) * beat, low + (pc - low) % 12, float(rng.integers(50, 80)))
        for start, end, pcs in spans
        for pc in pcs
    ]
    return Part(role, tuple(notes), int(rng.choice([48, 49, 50, 51, 52, 88, 89, 90, 91, 92, 94, 95])))


LEADS = (0, 4, 5, 11, 12, 22, 24, 25, 26, 40, 41, 52, 53, 54, 56, 60, 64, 65, 66, 68, 71, 73, 75, 80, 81, 82, 85)
COMPS = (0, 1, 2, 4, 5, 6, 11, 16, 17, 18, 19, 21, 24, 25, 26, 27, 28, 29, 30, 46, 48, 50, 61, 62, 63, 81, 90)


def dressed(rng: np.random.Generator, **facts: Any) -> Piece:
    """A third off A 440, some noisy, some through MP3."""
    facts.setdefault("cents", float(rng.uniform(-50, 50)) if rng.random() < 0.3 else 0.0)
    facts.setdefault("noise", float(rng.uniform(0.0005, 0.01)) if rng.random() < 0.15 else 0.0)
    facts.setdefault("mp3", int(rng.choice([64, 96, 128, 192])) if rng.random() < 0.15 else 0)
    return Piece(**facts)


def tune(spans: list[tuple[float, float, list[int]]], scale: list[int], beat: float, rng: np.random.Generator) -> Part:
    """A melody: chord tones on strong places, steps of the scale between them."""
    notes: list[Sounding] = []
    ladder = sorted(p for p in range(58, 86) if p % 12 in scale)
    place = len(ladder) // 2
    step = float(rng.choice([0.5, 1.0]))
    for start, end, pcs in spans:
        at = start
        while at < end - 1e-6:
            place = int(np.clip(place + rng.integers(-2, 3), 0, len(ladder) - 1))
            if (at - start) % 2 < 1e-6:
                near = [i for i, p in enumerate(ladder) if p % 12 in pcs] or [place]
                place = min(near, key=lambda i: abs(i - place))
            if rng.random() < 0.75:
                notes.append((at * beat, step * beat * 0.9, ladder[place], float(rng.integers(70, 115))))
            at += step
    return Part("melody", tuple(notes), int(rng.choice(LEADS)))
