"""Pieces of which every beat is known: real clips and written patterns, played by FluidSynth and by a small kit.

`piece(seed)` makes one, the same every time. Seeds are dealt to three parts by `part`; clips of one song are only in
one of them. Tempo is what is written: quarter notes a minute (dotted quarters in 6/8).
"""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from engine.hear.sound import Samples
from tests.benchmarks.hearing import synth_kit
from tests.benchmarks.hearing.patterns import PATTERNS, Pattern
from tests.benchmarks.hearing.render import DRUMS, Played, render

MUSIC = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "music"
PARTS = ("train", "dev", "test")
KINDS = {
    "real drums": 0.17,
    "real drums with band": 0.15,
    "piano": 0.1,
    "band": 0.1,
    "walking": 0.06,
    "pattern": 0.1,
    "pattern with band": 0.12,
    "electronic": 0.16,
    "melody": 0.04,
}
"""Kinds of pieces, and how often each is drawn."""

_LEADS = [0, 4, 11, 24, 40, 52, 56, 65, 73, 80, 81]
_ACCOMPANIES = [0, 1, 4, 24, 25, 48]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Audio and its truth.

    Attributes:
        audio: Shape (frames, 2) at 44,100 Hz.
        group: Kind of material.
        tempo: BPM.
        beats, downbeats: Seconds.
        meter: Beats in a bar.
    """

    audio: Samples
    group: str
    tempo: float
    beats: tuple[float, ...]
    downbeats: tuple[float, ...]
    meter: int


def part(seed: int) -> str:
    """Which part a seed belongs to: three of five train, the others dev and test."""
    return PARTS[max(0, seed % 5 - 2)]


def piece(seed: int) -> Piece:
    """Make one piece.

    Args:
        seed: Any; the same number gives the same piece.
    """
    dice = np.random.default_rng([seed, 77])
    kind = str(dice.choice(list(KINDS), p=list(KINDS.values())))
    clips = _clips(part(seed))
    seconds = float(dice.choice([8, 15, 25, 30]))
    if kind == "electronic":
        return _electronic(dice, seconds)
    maker = {"real drums": _real_drums, "real drums with band": _real_drums, "pattern": _pattern}
    maker |= {"pattern with band": _pattern, "walking": _walking}
    return maker.get(kind, _song)(dice, seconds, clips, kind)


@lru_cache(3)
def _clips(which: str) -> dict[str, list[list[dict[str, Any]]]]:
    """Clips of one part by file, those of one performance or song together."""
    found: dict[str, list[list[dict[str, Any]]]] = {}
    for name in ("drums_gmd_train", "melody_pop909_odd", "comping_pop909_odd", "bass_wjd_odd"):
        songs: dict[str, list[dict[str, Any]]] = defaultdict(list)
        with gzip.open(MUSIC / f"{name}.jsonl.gz", "rt") as lines:
            for line in lines:
                row = json.loads(line)
                songs[row["id"].partition("@")[0].replace("pop909p", "pop909")].append(row)
        order = sorted(songs)
        found[name] = [songs[each] for number, each in enumerate(order) if part(number) == which]
    return found


def _tempo(dice: np.random.Generator, written: float) -> float:
    """Near what was written, now and then far from it."""
    if dice.random() < 0.12:
        return float(np.exp(dice.uniform(np.log(36), np.log(280))))
    return float(np.clip(written * np.exp(dice.normal(0, 0.12)), 36, 280))


def _truth(tempo: float, seconds: float, meter: int) -> dict[str, Any]:
    beat = 60 / tempo
    times = [number * beat for number in range(int(seconds / beat) + 1)]
    return {"tempo": tempo, "beats": tuple(times), "downbeats": tuple(times[::meter]), "meter": meter}


def _real_drums(dice: np.random.Generator, seconds: float, clips: Any, kind: str) -> Piece:
    performance = clips["drums_gmd_train"][dice.integers(len(clips["drums_gmd_train"]))]
    # The performance holds few clips of four bars; they are played in turn.
    tempo = _tempo(dice, performance[0]["bpm"])
    beat, notes, at = 60 / tempo, [], 0.0
    while at * beat < seconds:
        for clip in performance:
            notes += _placed(clip["notes"], at, beat, DRUMS)
            at += clip["beats"]
    programs: dict[int, int] = {}
    if kind.endswith("band"):
        notes += _harmony(dice, seconds, beat, 4, programs)
    return _played(dice, notes, programs, seconds, kind, _truth(tempo, seconds, 4))


def _song(dice: np.random.Generator, seconds: float, clips: Any, kind: str) -> Piece:
    number = int(dice.integers(len(clips["melody_pop909_odd"])))
    melody = clips["melody_pop909_odd"][number]
    comping = next((song for song in clips["comping_pop909_odd"] if _same(song, melody)), None)
    tempo = _tempo(dice, melody[0]["bpm"])
    beat, at, notes, shift = 60 / tempo, 0.0, [], int(dice.integers(-6, 6))
    while at * beat < seconds:
        for index, clip in enumerate(melody):
            if kind != "piano" or dice.random() < 0.7:
                notes += _placed(clip["notes"], at, beat, 0, shift)
            if comping and kind != "melody":
                notes += _placed(comping[index % len(comping)]["notes"], at, beat, 1, shift)
            at += clip["beats"]
    programs = {0: int(dice.choice(_LEADS)), 1: int(dice.choice(_ACCOMPANIES))}
    if kind == "piano":
        programs = {0: 0, 1: 0}
    if kind == "band":
        pattern = PATTERNS[str(dice.choice(["rock", "ballad", "disco", "hiphop", "funk"]))]
        notes += _drummed(dice, pattern, seconds, beat, tempo)
        programs[2] = int(dice.choice([32, 33, 34, 38]))
        for clip_at, clip in zip(np.cumsum([0, *(each["beats"] for each in melody)]), melody, strict=False):
            for start, end, _, _, bass in clip["chords"]:
                notes.append(Played((clip_at + start) * beat, (end - start) * beat * 0.9, 36 + bass % 12, 90, 2))
    return _played(dice, notes, programs, seconds, kind, _truth(tempo, seconds, 4))


def _same(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    return bool(one[0]["id"].partition("@")[0].replace("pop909p", "pop909") == other[0]["id"].partition("@")[0])


def _walking(dice: np.random.Generator, seconds: float, clips: Any, kind: str) -> Piece:
    line = clips["bass_wjd_odd"][dice.integers(len(clips["bass_wjd_odd"]))]
    tempo = _tempo(dice, line[0]["bpm"] or 140)
    beat, at, notes = 60 / tempo, 0.0, []
    while at * beat < seconds:
        for clip in line:
            notes += _placed(clip["notes"], at, beat, 2)
            at += clip["beats"]
    if dice.random() < 0.7:
        notes += _drummed(dice, PATTERNS["jazz"], seconds, beat, tempo)
    programs = {2: int(dice.choice([32, 33]))}
    if dice.random() < 0.6:
        notes += _harmony(dice, seconds, beat, 4, programs, bass=False)
    return _played(dice, notes, programs, seconds, kind, _truth(tempo, seconds, 4))


def _pattern(dice: np.random.Generator, seconds: float, clips: Any, kind: str) -> Piece:
    del clips
    name, pattern, tempo = _drawn(dice)
    beat = 60 / tempo
    notes, programs = _drummed(dice, pattern, seconds, beat, tempo), {}
    if kind.endswith("band"):
        notes += _harmony(dice, seconds, beat, pattern.beats, programs)
    return _played(dice, notes, programs, seconds, f"{kind}: {name}", _truth(tempo, seconds, pattern.beats))


def _drawn(dice: np.random.Generator) -> tuple[str, Pattern, float]:
    name = str(dice.choice(sorted(PATTERNS)))
    pattern = PATTERNS[name]
    low, high = pattern.tempo
    wide = dice.random() < 0.1
    return name, pattern, float(np.exp(dice.uniform(np.log(36 if wide else low), np.log(280 if wide else high))))


def _electronic(dice: np.random.Generator, seconds: float) -> Piece:
    name, pattern, tempo = _drawn(dice)
    beat = 60 / tempo
    hits = _drummed(dice, pattern, seconds, beat, tempo)
    audio = synth_kit.drums(hits, seconds, dice)
    if dice.random() < 0.75:
        audio = audio + synth_kit.synths(seconds, beat, pattern.beats, dice)
    truth = _truth(tempo, seconds, pattern.beats)
    stereo = np.stack([audio, audio], axis=1)
    return Piece(audio=_normal(stereo, dice), group=f"electronic: {name}", **truth)


def _placed(notes: Sequence[Sequence[float]], at: float, beat: float, channel: int, shift: int = 0) -> list[Played]:
    return [
        Played(max(0.0, (at + start) * beat), max(0.03, length * beat), int(pitch) + shift, int(velocity), channel)
        for start, length, pitch, velocity in notes
    ]


def _drummed(dice: np.random.Generator, pattern: Pattern, seconds: float, beat: float, tempo: float) -> list[Played]:
    """Play a pattern: every bar a little different, with swing and a hand that is not exact."""
    low, high = pattern.swing
    swing = dice.uniform(low, high) if tempo < 220 else 0.0
    loose = dice.choice([0.0, 0.004, 0.01])
    drop, add = dice.uniform(0, 0.12), dice.uniform(0, 0.06)
    lanes = [lane for lane in pattern.lanes if not lane.optional or dice.random() < 0.75]
    step = beat / pattern.steps
    notes = []
    for bar in range(int(seconds / (pattern.beats * beat)) + 1):
        for lane in lanes:
            for place in range(pattern.beats * pattern.steps):
                chance = lane.chances.get(place, 0.0)
                chance = chance * (1 - drop) if chance else add * lane.ghost
                if dice.random() >= chance:
                    continue
                late = swing * step if place % 2 and pattern.steps == 4 else 0.0
                start = (bar * pattern.beats * pattern.steps + place) * step + late + dice.normal(0, loose)
                accent = 100 if place % pattern.steps == 0 else 80
                velocity = accent * lane.level * (1 if place in lane.chances else 0.5) + dice.normal(0, 6)
                notes.append(Played(max(0.0, float(start)), 0.1, lane.pitch, int(np.clip(velocity, 8, 127)), DRUMS))
    return notes


def _harmony(
    dice: np.random.Generator, seconds: float, beat: float, meter: int, programs: dict[int, int], bass: bool = True
) -> list[Played]:
    """Chords and a bass in a drawn key; a chord lasts one or two bars."""
    tonic, minor = int(dice.integers(12)), bool(dice.random() < 0.5)
    degrees = [0, 8, 3, 10, 5, 7] if minor else [0, 7, 9, 5, 2, 4]
    programs |= {1: int(dice.choice([0, 4, 16, 24, 27, 48, 62, 81, 89])), 3: int(dice.choice([33, 34, 38, 39]))}
    style = str(dice.choice(["held", "stabs", "eighths", "quarters", "off"]))
    line = str(dice.choice(["root", "eighths", "off", "octaves"]))
    length = meter * int(dice.choice([1, 1, 2]))
    notes, at, chords = [], 0.0, [int(dice.choice(degrees)) for _ in range(4)]
    chords[0] = 0
    while at * beat < seconds:
        root = chords[int(at / length) % 4]
        third = 3 if (minor and root in (0, 5, 7)) or (not minor and root in (9, 2, 4)) else 4
        for start, held in _places(style, length):
            for interval in (0, third, 7):
                pitch = 60 + (tonic + root + interval) % 12
                notes.append(Played((at + start) * beat, held * beat, pitch, int(dice.integers(55, 95)), 1))
        for start, held in _places(line, length) if bass else ():
            up = 12 if line == "octaves" and start % 1 else 0
            notes.append(Played((at + start) * beat, held * beat, 36 + (tonic + root) % 12 + up, 95, 3))
        at += length
    return notes


def _places(style: str, length: int) -> list[tuple[float, float]]:
    """Starts and lengths in beats within one chord."""
    halves = [number / 2 for number in range(2 * length)]
    return {
        "held": [(0.0, length * 0.95)],
        "root": [(0.0, length * 0.9)],
        "stabs": [(0.0, 0.4), (1.5, 0.4), (length - 1.0, 0.4)],
        "eighths": [(each, 0.4) for each in halves],
        "octaves": [(each, 0.4) for each in halves],
        "quarters": [(float(each), 0.8) for each in range(length)],
        "off": [(each, 0.4) for each in halves if each % 1],
    }[style]


def _played(
    dice: np.random.Generator, notes: list[Played], programs: dict[int, int], seconds: float, group: str, truth: Any
) -> Piece:
    heard = [note for note in notes if note.start < seconds]
    if any(note.channel == DRUMS for note in heard):
        programs = {**programs, DRUMS: int(dice.choice([0, 0, 8, 16, 24, 25, 32, 40]))}
    audio = render(heard, programs, seconds)
    if dice.random() < 0.25 and any(note.channel == DRUMS for note in heard):  # the small kit under the sampled one
        kit = synth_kit.drums([note for note in heard if note.channel == DRUMS], seconds, dice)
        audio = audio * 0.6 + 0.6 * kit[: len(audio), None]
    return Piece(audio=_normal(audio, dice), group=group, **truth)


def _normal(audio: Samples, dice: np.random.Generator) -> Samples:
    """Master it, more or less: drive, level."""
    audio = audio / max(1e-9, float(np.abs(audio).max()))
    drive = float(dice.choice([0.0, 0.0, 1.5, 3.0]))
    if drive:
        audio = np.tanh(drive * audio) / np.tanh(drive)
    return np.asarray(audio * 10 ** (dice.uniform(-12, -0.5) / 20), np.float32)
