"""Every generator asked with and without steering, and what is measured in what it plays."""

from collections.abc import Callable
from typing import Any

from engine.compose.arp.compose import ArpRequest, compose_arp
from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.drums.compose import DrumsRequest, compose_drums
from engine.compose.drums.roles import BY_GM, CYMBALS
from engine.compose.feel.humanise import HumaniseRequest, humanise
from engine.compose.melody.compose import MelodyRequest, compose_melody
from engine.compose.steer.request import Steer
from engine.compose.stream.compose import StreamRequest, compose_stream
from engine.compose.vary.vary import VaryRequest, vary
from engine.notes import Note
from engine.theory.symbols import read_symbol

STYLES = {"bass": "funk", "drums": "house", "arp": "house", "chords": "pop", "melody": "pop"}
ROUND = "Cm | Fm | Bb | Eb"
CLIP = [Note(60 + step % 5, step * 0.5, 0.4, 80.0) for step in range(32)]
DRUM_CLIP = [Note(pitch, beat, 0.2, 80.0) for beat in range(16) for pitch in ((36, 42) if beat % 2 == 0 else (38, 42))]

Answer = Any
ASK: dict[str, Callable[..., Answer]] = {
    "chords": lambda **more: compose_chords(ChordsRequest(style="pop", progression=ROUND, **more)),
    "bass": lambda **more: compose_bass(BassRequest(style="funk", progression=ROUND, **more)),
    "melody": lambda **more: compose_melody(MelodyRequest(style="pop", progression=ROUND, **more)),
    "arp": lambda **more: compose_arp(ArpRequest(style="house", progression=ROUND, **more)),
    "drums": lambda **more: compose_drums(DrumsRequest(style="house", **more)),
    "humanise": lambda **more: humanise(HumaniseRequest(notes=DRUM_CLIP, role="drums", clip_length=16.0, **more)),
    "vary": lambda **more: vary(VaryRequest(notes=CLIP, length=16.0, count=2, **more)),
}
PARTS = ("bass", "melody", "arp", "chords", "drums")


def streamed(role: str, seed: int, steer: Steer | None = None) -> list[Note]:
    """Eight bars of a stream in one row."""
    request = StreamRequest(
        role=role,  # type: ignore[arg-type]
        style=STYLES[role],
        progression=ROUND,
        seed=seed,
        bar=4,
        bars=8,
        steer=steer,
    )
    answer = compose_stream(request)
    return [
        Note(note.pitch, note.start_time + number * bar.beats, note.duration, note.velocity)
        for number, bar in enumerate(answer.bars)
        for note in bar.notes
    ]


def force(role: str, notes: list[Note]) -> float:
    """Velocity of all notes together."""
    del role
    return sum(note.velocity for note in notes)


def light(role: str, notes: list[Note]) -> float:
    """How high notes lie, or how much cymbals sound."""
    if role == "drums":
        return sum(note.velocity for note in notes if BY_GM[note.pitch] in CYMBALS)
    return sum(note.pitch for note in notes) / len(notes)


def looseness(role: str, notes: list[Note]) -> float:
    """How far notes lie from sixteenths, in sixteenths."""
    del role
    return sum(abs(note.start_time * 4 - round(note.start_time * 4)) for note in notes) / len(notes)


def unrest(role: str, notes: list[Note]) -> float:
    """What is foreign to the chords; for an arp and for chords tones besides the triads; turns of drums."""
    if role == "drums":
        bars: list[set[tuple[int, int]]] = [set() for _ in range(8)]
        for note in notes:
            bars[int((note.start_time + 0.1) // 4)].add((round(note.start_time * 4) % 16, note.pitch))
        return float(len(bars[7] ^ bars[5]) + len(bars[3] ^ bars[1]))
    chords = [read_symbol(symbol).pcs for symbol in ROUND.split(" | ")]
    foreign = [note.pitch % 12 not in chords[int((note.start_time + 0.1) // 4) % 4] for note in notes]
    return sum(foreign) / len(foreign)


MEASURES = {"energy": (force, 1), "tension": (unrest, 1), "darkness": (light, -1), "groove": (looseness, 1)}
"""By knob what it moves, and whether up or down."""
