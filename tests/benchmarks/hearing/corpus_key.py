"""Pieces of which the key is known: notes by song and by seed, before they sound.

POP909 clips (odd songs, keys by people), Bandmate's own chords, a functional generator, drum clips. A song is in one
split only, and a piece is the same for the same number.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from engine.compose.chords import ChordsRequest, compose_chords
from engine.theory.keys import parse_key, usual_key
from tests.benchmarks.hearing.corpus_key_parts import (
    COMPS,
    LEADS,
    Part,
    Piece,
    Sounding,
    bass_line,
    chance,
    dressed,
    drums,
    pad,
    songs,
    sounding,
    split_of,
    tune,
)

POP_KINDS = ("piano", "piano", "piano long", "comp", "gm", "band", "band long", "pop synth", "melody")


def pop_piece(song: int, kind: str) -> Piece:
    """A POP909 song, arranged: solo piano as played, other instruments, a band, saws, or the melody alone."""
    name = f"pop/{song}/{kind}"
    rng = chance(name)
    clips = songs()[song]
    if "long" not in kind:
        clips = [clips[int(rng.integers(len(clips)))]]
    shift = int(rng.integers(-6, 6))
    beat = 60 / (clips[0][0]["bpm"] * rng.uniform(0.95, 1.05))
    melody: list[Sounding] = []
    comp: list[Sounding] = []
    bass: list[tuple[float, float, int]] = []
    pads: list[tuple[float, float, list[int]]] = []
    at = 0.0
    for lead, under in clips:
        melody += sounding(lead["notes"], beat, at, shift)
        comp += sounding(under["notes"], beat, at, shift)
        for start, end, _, pcs, low in lead["chords"]:
            bass.append((at + start, at + end, (low + shift) % 12))
            pads.append((at + start, at + end, [(pc + shift) % 12 for pc in pcs]))
        at += lead["beats"]
    seconds = at * beat
    tonic, mode = clips[0][0]["key"]
    split = split_of(song)
    gm = kind in ("gm", "band", "band long")
    parts = [Part("chords", tuple(comp), int(rng.choice(COMPS)) if gm else 0)]
    if kind != "comp":
        parts.append(Part("melody", tuple(melody), int(rng.choice(LEADS)) if gm or kind == "melody" else 0))
    if kind == "melody":
        parts = parts[1:]
    if kind.startswith("band") or kind == "pop synth":
        parts = [*parts[1:], pad(pads, beat, rng), bass_line(bass, beat, rng), drums(rng, seconds, beat, split)]
        if kind != "pop synth":
            parts.append(Part("chords", tuple(comp), int(rng.choice(COMPS))))
    return dressed(
        rng, name=name, split=split, group="pop " + kind, key=((tonic + shift) % 12, mode), parts=tuple(parts),
        synth=kind == "pop synth", bpm=60 / beat,
    )  # fmt: skip


STYLES = (
    *("deep_house", "drum_and_bass", "funk_soul", "hip_hop", "house", "jazz", "lo_fi", "modal", "pop", "reggaeton"),
    *("tech_house", "techno", "trap", "ambient"),
)


def own_piece(number: int) -> Piece:
    """Bandmate's own chords in a random style and key, looped, with bass and perhaps a melody and drums."""
    name = f"own/{number}"
    rng = chance(name)
    split = split_of(number * 2)
    style = STYLES[number % len(STYLES)]
    bars = int(rng.choice([2, 4, 8]))
    tonic = int(rng.integers(12))
    tempo = float(rng.uniform(70, 175))
    made = compose_chords(
        ChordsRequest(
            key=usual_key(tonic, "minor").tonic, style=style, bars=bars, seed=number, tempo=tempo,
            complexity=float(rng.uniform(0, 60)), tension=float(rng.uniform(0, 60)), density=float(rng.uniform(30, 80)),
        )
    )  # fmt: skip
    home = parse_key(made.resolved.key)
    beat = 60 / tempo
    loops = max(1, round(16 / bars))
    length = made.length
    comp = [
        ((n.start_time + k * length) * beat, n.duration * beat, n.pitch, n.velocity)
        for k in range(loops)
        for n in made.notes
    ]
    roots = [
        (c.start + k * length, c.start + c.duration + k * length, min(c.pitches) % 12)
        for k in range(loops)
        for c in made.chords
        if c.pitches
    ]
    synth = bool(rng.random() < 0.5)
    seconds = loops * length * beat
    parts = [Part("chords", tuple(comp), int(rng.choice(COMPS)))]
    if rng.random() < 0.75:
        parts.append(bass_line(roots, beat, rng))
    if rng.random() < 0.4:
        pcs = [(s, e, [p % 12 for p in c.pitches]) for (s, e, _), c in zip(roots, made.chords * loops, strict=False)]
        parts.append(tune(pcs, list(home.scale_pcs), beat, rng))
    if rng.random() < 0.6:
        parts.append(drums(rng, seconds, beat, split))
    mode = "minor" if home.minor_third else "major"
    return dressed(
        rng, name=name, split=split, group=f"own {'saws' if synth else 'gm'}", key=(home.tonic_pc, mode),
        parts=tuple(parts), synth=synth, bpm=tempo,
    )  # fmt: skip


MAJOR = (
    "I V vi IV",
    "I IV V I",
    "I vi IV V",
    "I IV I V",
    "ii V I I",
    "I vi ii V",
    "I iii IV V",
    "vi IV I V",
    "I V IV IV",
    "IV V iii vi ii V I I",
    "I V vi iii IV I IV V",
    "I IV vi V",
    "I ii IV I",
    "I bVII IV I",
    "IV I V vi",
    "I IV ii V",
    "I I IV V",
    "I V I V",
    "I IV",
    "I iii vi IV",
    "I II IV iv",
    "I V7 I IV",
    "I vi IV I V V I I",
)
MINOR = (
    "i VI III VII",
    "i VII VI V",
    "i iv v i",
    "i iv V i",
    "i VI VII i",
    "i VII VI VII",
    "i iv VII III",
    "i VI iv V",
    "i V i iv",
    "i III VII VI",
    "i i VI VII",
    "i VII iv VI",
    "i iv",
    "i VI",
    "i v VI iv",
    "i iv VI V",
    "VI VII i i",
    "iv V i i",
    "i VII III VI iv ii V V",
    "i bII i VII",
    "i IV",
    "i v iv i",
    "i VII i VII",
    "VI iv i VII",
)
_DEGREES = {"i": 0, "bii": 1, "ii": 2, "iii": 4, "iv": 5, "v": 7, "vi": 9, "vii": 11, "bvii": 10}
_MINOR_DEGREES = {"i": 0, "bii": 1, "ii": 2, "iii": 3, "iv": 5, "v": 7, "vi": 8, "vii": 10}


def _chord(figure: str, tonic: int, mode: str, rng: np.random.Generator, sevenths: float) -> list[int]:
    seventh = figure.endswith("7") or rng.random() < sevenths
    figure = figure.rstrip("7")
    table = _DEGREES if mode == "major" else _MINOR_DEGREES
    root = tonic + table[figure.lower()]
    minor = figure.lower() == figure and figure != "bII"
    pcs = [root, root + (3 if minor else 4), root + 7]
    if mode == "minor" and figure == "ii":
        pcs[2] = root + 6
    if seventh:
        flat = minor or figure in ("V", "VII", "bVII", "II")
        pcs.append(root + (10 if flat else 11))
    return [pc % 12 for pc in pcs]


def plain_piece(number: int, group: str = "functional") -> Piece:
    """A progression everybody knows in one of 24 keys: chords, bass, tune, drums; some change key half-way."""
    name = f"{group}/{number}"
    rng = chance(name)
    split = split_of(number * 2)
    index = number % 24
    tonic, mode = index % 12, ("major", "minor")[index // 12]
    beat = 60 / float(rng.uniform(60, 178))
    metre = 3 if rng.random() < 0.2 else 4
    repeats = 3 if group == "modulation" else int(rng.integers(1, 5))
    spans = _spans(tonic, mode, metre, repeats, rng)
    change = None
    if group == "modulation":
        seconds = spans[-1][1] * beat
        tonic2 = (tonic + int(rng.choice([1, 2, 3, 5, 7, 9, 10]))) % 12
        mode2 = mode if rng.random() < 0.7 else ("minor" if mode == "major" else "major")
        end = spans[-1][1]
        spans += [(s + end, e + end, c) for s, e, c in _spans(tonic2, mode2, metre, 3, rng)]
        change = (seconds, (tonic2, mode2))
    scale = _scale(tonic, mode)
    parts = [pad(spans, beat, rng, "chords")]
    synth = group != "functional" or bool(rng.random() < 0.3)
    if rng.random() < 0.8:
        parts.append(bass_line([(s, e, pcs[0]) for s, e, pcs in spans], beat, rng))
    if rng.random() < 0.5 and change is None:
        parts.append(tune(spans, scale, beat, rng))
    if rng.random() < 0.6:
        parts.append(drums(rng, spans[-1][1] * beat, beat, split))
    if not synth:
        parts[0] = Part("chords", parts[0].notes, int(rng.choice(COMPS)))
    return dressed(
        rng, name=name, split=split, group=group, key=(tonic, mode), parts=tuple(parts), synth=synth, bpm=60 / beat,
        modulation=change,
    )  # fmt: skip


def _scale(tonic: int, mode: str) -> list[int]:
    steps = (0, 2, 4, 5, 7, 9, 11) if mode == "major" else (0, 2, 3, 5, 7, 8, 10)
    return [(tonic + step) % 12 for step in steps]


def _spans(
    tonic: int, mode: str, metre: int, repeats: int, rng: np.random.Generator
) -> list[tuple[float, float, list[int]]]:
    pool = MAJOR if mode == "major" else MINOR
    figures = str(rng.choice(pool)).split()
    each = metre * (1 if len(figures) > 2 else 2)
    sevenths = float(rng.choice([0, 0, 0.2, 0.6]))
    loop = [_chord(figure, tonic, mode, rng, sevenths) for figure in figures] * repeats
    if rng.random() < 0.25:
        loop.append(_chord("I" if mode == "major" else "i", tonic, mode, rng, 0))
    return [(k * each, (k + 1) * each, pcs) for k, pcs in enumerate(loop)]


def line_piece(number: int, group: str) -> Piece:
    """One voice alone: an acid bass line or a tune as sung; it has notes, so it may have a key."""
    name = f"{group}/{number}"
    rng = chance(name)
    tonic, mode = int(rng.integers(12)), str(rng.choice(["major", "minor", "minor"]))
    scale = _scale(tonic, mode)
    beat = 60 / float(rng.uniform(90, 145))
    if group == "acid":
        degrees = [0, *rng.choice([0, 0, 0, 2, 3, 4, 6, 7], 15)]
        bar = [(k / 4, d) for k, d in enumerate(degrees) if k == 0 or rng.random() < 0.75]
        low = int(rng.integers(33, 45))
        notes = [
            ((4 * k + at) * beat, 0.22 * beat * float(rng.choice([1, 1, 1.6])), low + (scale[d % 7] - low) % 12, 100.0)
            for k in range(8)
            for at, d in bar
        ]  # fmt: skip
        part = Part("acid", tuple(notes))
    else:
        spans = [
            (4.0 * k, 4.0 * k + 4, [scale[d % 7] for d in (r, r + 2, r + 4)])
            for k, r in enumerate([0, 3, 4, 0, 5, 3, 4, 0])
        ]
        part = Part("voice", tune(spans, scale, beat, rng).notes)
    return dressed(
        rng,
        name=name,
        split=split_of(number * 2),
        group=group,
        key=(tonic, mode),
        parts=(part,),
        synth=True,
        bpm=60 / beat,
    )


def drum_piece(number: int, group: str) -> Piece:
    """Drums alone, by sampled kits or our own sweeps and noise, hiss, or something like speech: no key."""
    name = f"{group}/{number}"
    rng = chance(name)
    split = split_of(number * 2)
    beat = 60 / float(rng.uniform(70, 180))
    parts = (Part("noise" if group == "hiss" else "speech", ((0.0, 12.0, 60, 100.0),)),)
    if "drums" in group:
        parts = (drums(rng, 16 * beat, beat, split),)
    return dressed(
        rng,
        name=name,
        split=split,
        group=group,
        key=None,
        parts=parts,
        synth=group != "drums gm",
        noise=0.0,
        bpm=60 / beat,
    )


def pieces() -> Iterator[Piece]:
    """The whole corpus, in order."""
    for song in songs():
        for index, kind in enumerate(dict.fromkeys(POP_KINDS)):
            if kind == "piano" or (song // 2 + index) % 3 == 0:
                yield pop_piece(song, kind)
    yield from (own_piece(number) for number in range(420))
    yield from (plain_piece(number) for number in range(480))
    yield from (plain_piece(number, "edm") for number in range(480))
    yield from (plain_piece(number, "modulation") for number in range(96))
    for group, count in (("acid", 80), ("voice", 80)):
        yield from (line_piece(number, group) for number in range(count))
    for group, count in (("drums gm", 160), ("drums synth", 160), ("hiss", 20), ("speech", 60)):
        yield from (drum_piece(number, group) for number in range(count))
