"""More pieces of which every beat is known: what `corpus_rhythm` has too little of.

Loops cut at the bar, songs with a live drummer, tempi that move, electronic arrangements with breakdowns, very slow
and very fast pieces, percussion of the world. `wide(seed)` makes one, the same every time; parts are dealt as there.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.hear.sound import Samples
from tests.benchmarks.hearing import corpus_rhythm as narrow
from tests.benchmarks.hearing import synth_kit
from tests.benchmarks.hearing.corpus_rhythm import Piece, part
from tests.benchmarks.hearing.patterns import PATTERNS, Pattern
from tests.benchmarks.hearing.patterns_wide import ELECTRONIC, WIDE, WORLD
from tests.benchmarks.hearing.render import DRUMS, RATE, Played, render

KINDS = {"loop": 0.3, "song": 0.16, "rubato": 0.14, "moving": 0.06, "arranged": 0.16, "extreme": 0.1, "world": 0.08}
"""Kinds of pieces, and how often each is drawn."""

_EDGE_HATS = {22: 42, 26: 46}  # of the drummers' pads; General MIDI has no sound there
_POPULAR = ("rock", "pop", "hiphop", "soul", "funk", "country", "dance", "reggae", "punk", "latin")
_FLOOR = ("house", "techno", "trance", "disco", "psytrance", "hardcore", "four on the floor", "garage", "dubstep")
_BROKEN = ("trap", "drum and bass", "jungle", "breakbeat", "reggaeton", *ELECTRONIC)


def wide(seed: int) -> Piece:
    """Make one piece.

    Args:
        seed: Any; the same number gives the same piece.
    """
    dice = np.random.default_rng([seed, 78])
    kind = str(dice.choice(list(KINDS), p=list(KINDS.values())))
    return _MAKERS[kind](dice, narrow._clips(part(seed)), kind)


def _loop(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """Whole bars and nothing more, but for the moment of silence that coders leave."""
    name, pattern, notes, tempo = _source(dice, clips, 40.0)
    meter, beat, bars = pattern.beats if pattern else 4, 60 / tempo, 0
    while not 1.8 < bars * meter * beat < 20:
        bars = int(dice.choice([1, 2, 4, 8, 16], p=[0.04, 0.14, 0.4, 0.38, 0.04]))
    lead, tail = dice.choice([0.0, 1.0], 2, p=[0.4, 0.6]) * dice.uniform(0, [0.05, 0.17])
    length = bars * meter * beat
    programs: dict[int, int] = {}
    if dice.random() < 0.3:
        notes += narrow._harmony(dice, length, beat, meter, programs)
    notes = [_moved(note, lead) for note in notes if note.start < length - 0.02]
    times = tuple(lead + beat * number for number in range(bars * meter))
    truth = {"tempo": tempo, "beats": times, "downbeats": times[::meter], "meter": meter}
    return _sounding(dice, notes, programs, lead + length + tail, f"{kind}: {name}", truth)


def _song(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """A melody, its accompaniment and bass, and a drummer who comes and goes."""
    seconds, tempo, notes, programs, _ = _tune(dice, clips)
    beat = 60 / tempo
    performances = [each for each in clips["drums_gmd_train"] if each[0]["genre"] in _POPULAR]
    near = [each for each in performances if 0.7 < each[0]["bpm"] / tempo < 1.4] or performances
    enters = float(dice.choice([0, 0, 0, 8, 16])) * beat
    leaves, back = np.sort(dice.uniform(enters, 2 * seconds, 2))
    hits = _performed(dice, near[dice.integers(len(near))], seconds, beat)
    notes += [hit for hit in hits if hit.start >= enters - 0.1 and not leaves < hit.start < back]
    return _sounding(dice, notes, programs, seconds, kind, narrow._truth(tempo, seconds, 4), kit=False)


def _rubato(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """A pianist alone, who hurries and waits, and whose hands are not together."""
    seconds, tempo, notes, _, _ = _tune(dice, clips, alone=True)
    jitter = float(dice.choice([0.0, 0.006, 0.015, 0.025]))
    notes = [_moved(note, float(dice.normal(0, jitter))) for note in notes]
    truth = narrow._truth(tempo, seconds, 4)
    if dice.random() < 0.65:
        notes, truth = _warped(dice, notes, truth, seconds, float(dice.choice([0.01, 0.025, 0.05])), 0.0)
    program = int(dice.choice([0, 0, 0, 1, 2, 4]))
    return _sounding(dice, notes, {0: program, 1: program}, seconds * 0.9, kind, truth)


def _moving(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """A tempo that rises, falls, or is a drummer's."""
    seconds = float(dice.uniform(15, 35))
    name, pattern, notes, tempo = _source(dice, clips, seconds)
    meter, programs = pattern.beats if pattern else 4, {}
    if dice.random() < 0.5:
        notes += narrow._harmony(dice, seconds, 60 / tempo, meter, programs)
    ramp = float(dice.uniform(-0.25, 0.25)) if dice.random() < 0.6 else 0.0
    truth = narrow._truth(tempo, seconds, meter)
    notes, truth = _warped(dice, notes, truth, seconds, 0.01 if ramp else 0.03, ramp)
    return _sounding(dice, notes, programs, seconds * 0.85, f"{kind}: {name}", truth)


def _arranged(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """An electronic arrangement: lanes come and go every four or eight bars; kicks may be soft and basses between."""
    del clips
    seconds = float(dice.uniform(12, 40))
    name = str(dice.choice(_FLOOR if dice.random() < 0.55 else _BROKEN))
    pattern = {**PATTERNS, **WIDE}[name]
    tempo = _fitting(dice, pattern)
    beat, block = 60 / tempo, 240 / tempo * float(dice.choice([2, 4, 8]))
    hits, at = [], 0.0
    while at < seconds:
        away = {lane.pitch for lane in pattern.lanes if dice.random() < 0.25}
        if at == 0 and dice.random() < 0.7:
            away = set()
        played = narrow._drummed(dice, pattern, min(block, seconds - at), beat, tempo)
        hits += [_moved(hit, at) for hit in played if hit.pitch not in away and hit.start < block - 0.01]
        at += block
    audio = synth_kit.drums([hit for hit in hits if hit.start < seconds], seconds, dice)
    audio = audio + synth_kit.synths(seconds, beat, 4, dice) * np.float32(dice.uniform(0.4, 1.4))
    if dice.random() < 0.6:
        audio = audio + _lines(dice, seconds, beat) * np.float32(dice.uniform(0.3, 1))
    stereo = np.stack([audio, audio], axis=1)
    return Piece(
        audio=narrow._normal(stereo, dice), group=f"{kind}: {name}", **narrow._truth(tempo, seconds, pattern.beats)
    )


def _extreme(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """Anything at tempi that few pieces have."""
    seconds = float(dice.uniform(10, 30))
    low, high = ((36, 62), (190, 280))[int(dice.random() < 0.55)]
    tempo = float(np.exp(dice.uniform(np.log(low), np.log(high))))
    if dice.random() < 0.25:
        return _sounding(dice, *_tune(dice, clips, tempo=tempo, seconds=seconds)[2:4], seconds, f"{kind}: song",
                         narrow._truth(tempo, seconds, 4))  # fmt: skip
    name, pattern, notes, _ = _source(dice, clips, seconds, tempo)
    meter, programs = pattern.beats if pattern else 4, {}
    if dice.random() < 0.5:
        notes += narrow._harmony(dice, seconds, 60 / tempo, meter, programs)
    return _sounding(dice, notes, programs, seconds, f"{kind}: {name}", narrow._truth(tempo, seconds, meter))


def _world(dice: np.random.Generator, clips: Any, kind: str) -> Piece:
    """Hands, sticks and bells, seldom with a band."""
    del clips
    seconds = float(dice.uniform(6, 25))
    name = str(dice.choice(list(WORLD)))
    tempo = _fitting(dice, WORLD[name])
    notes, programs = narrow._drummed(dice, WORLD[name], seconds, 60 / tempo, tempo), {}
    if dice.random() < 0.3:
        notes += narrow._harmony(dice, seconds, 60 / tempo, 4, programs)
    truth = narrow._truth(tempo, seconds, WORLD[name].beats)
    return _sounding(dice, notes, programs, seconds, f"{kind}: {name}", truth, kit=False)


def _source(
    dice: np.random.Generator, clips: Any, seconds: float, tempo: float | None = None
) -> tuple[str, Pattern | None, list[Played], float]:
    """Drums: a drummer's, or a pattern's; with a name, the pattern if it is one, and the tempo."""
    if dice.random() < 0.4:
        found = clips["drums_gmd_train"]
        chosen = found[dice.integers(len(found))]
        tempo = tempo or float(np.clip(chosen[0]["bpm"] * np.exp(dice.normal(0, 0.08)), 36, 290))
        return str(chosen[0]["genre"]), None, _performed(dice, chosen, seconds, 60 / tempo), tempo
    every = {**PATTERNS, **WIDE}
    name = str(dice.choice(sorted(every)))
    tempo = tempo or _fitting(dice, every[name])
    return name, every[name], narrow._drummed(dice, every[name], seconds, 60 / tempo, tempo), tempo


def _fitting(dice: np.random.Generator, pattern: Pattern) -> float:
    return float(np.exp(dice.uniform(*np.log(pattern.tempo)))) * float(np.exp(dice.normal(0, 0.03)))


def _performed(dice: np.random.Generator, clips: Any, seconds: float, beat: float) -> list[Played]:
    """A drummer's clips from any of them on, in turn."""
    mapped = dice.random() < 0.75
    notes, at, number = [], 0.0, int(dice.integers(len(clips)))
    while at * beat < seconds:
        clip = clips[number % len(clips)]
        notes += narrow._placed(clip["notes"], at, beat, DRUMS)
        at, number = at + clip["beats"], number + 1
    if not mapped:
        return notes
    return [Played(n.start, n.length, _EDGE_HATS.get(n.pitch, n.pitch), n.velocity, n.channel) for n in notes]


def _tune(
    dice: np.random.Generator, clips: Any, *, alone: bool = False, tempo: float | None = None,
    seconds: float | None = None,
) -> tuple[float, float, list[Played], dict[int, int], Any]:  # fmt: skip
    """A melody with its accompaniment, and a bass unless it is `alone`; at the tempo it is written, or near."""
    number = int(dice.integers(len(clips["melody_pop909_odd"])))
    melody = clips["melody_pop909_odd"][number]
    comping = next((song for song in clips["comping_pop909_odd"] if narrow._same(song, melody)), melody)
    tempo = tempo or float(np.clip(melody[0]["bpm"] * np.exp(dice.normal(0, 0.06)), 36, 280))
    seconds = seconds or float(dice.uniform(15, 35))
    beat, at, shift = 60 / tempo, 0.0, int(dice.integers(-6, 6))
    notes: list[Played] = []
    sings, first = dice.random() < 0.8, int(dice.integers(len(melody)))
    while at * beat < seconds:
        clip, under = melody[first % len(melody)], comping[first % len(comping)]
        if sings:
            notes += narrow._placed(clip["notes"], at, beat, 0, shift)
        notes += narrow._placed(under["notes"], at, beat, 1, shift)
        for start, end, _, _, bass in () if alone else clip["chords"]:
            notes.append(Played((at + start) * beat, (end - start) * beat * 0.9, 36 + (bass + shift) % 12, 90, 2))
        at, first = at + clip["beats"], first + 1
    programs = {0: int(dice.choice(narrow._LEADS)), 1: int(dice.choice(narrow._ACCOMPANIES)), 2: 33}
    return seconds, tempo, notes, programs, melody


def _lines(dice: np.random.Generator, seconds: float, beat: float) -> Samples:
    """An arpeggio or a bass between the kicks."""
    step, scale = beat * float(dice.choice([0.25, 0.25, 0.5, 1 / 3])), (0, 3, 7, 12, 15, 10)
    order = dice.integers(0, len(scale), int(dice.choice([3, 4, 8, 16])))
    base, low = 45 + int(dice.integers(12)), dice.random() < 0.4
    notes = [
        Played(number * step, step * 0.8, base - 12 * low + scale[order[number % len(order)]], 90, 0)
        for number in range(int(seconds / step))
        if not (low and number * step % beat < 0.01)
    ]
    audio = render(notes, {0: int(dice.choice([38, 39] if low else [80, 81, 84, 90, 5]))}, seconds)
    return np.asarray(audio.mean(axis=1), np.float32)


def _warped(
    dice: np.random.Generator, notes: list[Played], truth: dict[str, Any], seconds: float, waver: float, ramp: float
) -> tuple[list[Played], dict[str, Any]]:
    """The same with a tempo that wavers by a share and changes by `ramp` from first to last."""
    points = np.arange(0, seconds + 4, 0.25)
    walk = np.convolve(dice.normal(0, 1, len(points) + 40), np.hanning(24) / 3, "same")[20:-20]
    slow = np.exp(waver * walk - ramp * (points / seconds - 0.5))
    clock = np.concatenate([[0], np.cumsum(slow[:-1] * 0.25)])

    def at(time: float) -> float:
        return float(np.interp(time, points, clock))

    beats = np.array([at(time) for time in truth["beats"]])
    bars = tuple(at(time) for time in truth["downbeats"])
    tempo = 60 / float(np.median(np.diff(beats)))
    moved = [Played(at(n.start), n.length, n.pitch, n.velocity, n.channel) for n in notes]
    return moved, {**truth, "tempo": tempo, "beats": tuple(beats.tolist()), "downbeats": bars}


def _moved(note: Played, by: float) -> Played:
    return Played(max(0.0, note.start + by), note.length, note.pitch, note.velocity, note.channel)


def _sounding(
    dice: np.random.Generator, notes: list[Played], programs: dict[int, int], seconds: float, group: str, truth: Any,
    kit: bool = True,
) -> Piece:  # fmt: skip
    """By FluidSynth, or drums alone by the small kit; what lies beyond the end is not told."""
    ends = {name: tuple(each for each in truth[name] if each < seconds) for name in ("beats", "downbeats")}
    truth = {**truth, **ends}
    notes = [note for note in notes if note.start < seconds]
    if kit and notes and dice.random() < 0.4 and all(note.channel == DRUMS for note in notes):
        audio = synth_kit.drums(notes, seconds, dice)[:, None].repeat(2, axis=1)
        return Piece(audio=narrow._normal(audio, dice), group=group, **truth)
    return narrow._played(dice, notes, programs, round(seconds * RATE) / RATE, group, truth)


_MAKERS: Any = {
    "loop": _loop,
    "song": _song,
    "rubato": _rubato,
    "moving": _moving,
    "arranged": _arranged,
    "extreme": _extreme,
    "world": _world,
}
