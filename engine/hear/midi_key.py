"""The key of a MIDI clip, told in the same words as that of a recording.

Notes become what a recording becomes: how strongly each pitch class sounds in three registers, one block a beat.
A note counts with its length and the square root of its velocity, and more where a bar or a beat begins: there the
harmony is said. The scorer has the design of the one for sound and is trained on notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.hear.key_features import features
from engine.hear.key_model import probabilities, scorer
from engine.hear.key_registers import REGISTER_EDGES, REGISTERS
from engine.hear.key_result import Key, KeySection, choice, with_key, without_key
from engine.hear.key_sections import key_spans
from engine.notes import Note

Floats = NDArray[np.float32]

_LONGEST_BLOCKS = 4096
_FEW = 4
"""With fewer pitch classes than this, more keys hold all notes than a clip can tell apart."""

_ON_BAR, _ON_BEAT = 1.5, 1.2
_LONGEST_WEIGHT = 4.0  # beats: a drone is not heard in proportion to its length


def clip_key(notes: Iterable[Note], *, beats_per_bar: float = 4.0, drums: bool = False) -> Key:
    """Find the key of a clip.

    Args:
        notes: The clip's notes; muted ones are left out, and those that play by chance count by their chance.
        beats_per_bar: Quarter notes in a bar, above 0.
        drums: The notes are hits of a drum kit, not pitches.

    Returns:
        As for a recording, without tuning; the sections are in beats. `key` None for a drum clip, an empty one, or
        one that strikes a single pitch class.
    """
    heard = [note for note in notes if not note.mute and note.probability > 0 and note.velocity > 0]
    if drums:
        return without_key("No key: a drum clip.", confidence=1.0)
    if not heard:
        return without_key("No key: the clip holds no notes.", confidence=1.0)
    first = min(note.start_time for note in heard)
    table, beats = roll(heard, beats_per_bar)
    total = table.sum(axis=(0, 1), dtype=np.float64)
    if total.sum() <= 0:  # chances and lengths so small that nothing is left of them
        return without_key("No key: the clip holds no notes.", confidence=1.0)
    facts = {"chroma": [round(float(share), 5) for share in total / total.sum()]}
    classes = int(np.count_nonzero(total))
    if classes < 2:
        return without_key("No key: one note alone.", confidence=0.5, tonalness=0.5, **facts)
    model = scorer("key_midi")
    shares = probabilities(model.logits(features(table)[None]))[0]
    if classes < _FEW:
        # So few notes fit many keys: sink towards knowing nothing.
        shares = shares * (classes / (_FEW + 1)) + (1 - classes / (_FEW + 1)) / 24
    spans = key_spans(table, model, int(shares.argmax()))
    return with_key(shares, _sections(spans, shares, first, beats), tonalness=1.0, **facts)


def roll(notes: Sequence[Note], beats_per_bar: float = 4.0) -> tuple[Floats, float]:
    """How strongly each pitch class sounds in each register, block by block.

    Args:
        notes: At least one.
        beats_per_bar: Quarter notes in a bar.

    Returns:
        Shape (blocks, REGISTERS, 12), and the beats in a block: 1, or more in a clip of thousands of beats.
    """
    first = min(note.start_time for note in notes)
    last = max(note.end_time for note in notes)
    beats = max(1.0, (last - first) / _LONGEST_BLOCKS)
    count = int((last - first) / beats) + 1
    table = np.zeros((count, REGISTERS, 12), np.float32)
    for note in notes:
        register = int(np.digitize(note.pitch, REGISTER_EDGES))
        strength = (note.velocity / 100) ** 0.5 * note.probability * _accent(note.start_time, beats_per_bar)
        begin, end = note.start_time - first, note.start_time - first + min(note.duration, _LONGEST_WEIGHT * beats)
        for block in range(int(begin / beats), min(int(end / beats), count - 1) + 1):
            share = min(end, (block + 1) * beats) - max(begin, block * beats)
            table[block, register, note.pitch % 12] += strength * max(share, 0.0) / beats
    return table, beats


def _accent(start: float, beats_per_bar: float) -> float:
    if abs(start / beats_per_bar - round(start / beats_per_bar)) * beats_per_bar < 0.06:
        return _ON_BAR
    return _ON_BEAT if abs(start - round(start)) < 0.06 else 1.0


def _sections(
    spans: list[tuple[int, int, int, float]], shares: NDArray[np.float64], first: float, beats: float
) -> list[KeySection]:
    if len(spans) == 1:
        best = int(shares.argmax())
        spans = [(0, spans[0][1], best, float(shares[best]))]
    named = [(start, end, choice(place, confidence)) for start, end, place, confidence in spans]
    return [
        KeySection(
            start=round(first + start * beats, 4),
            end=round(first + end * beats, 4),
            key=each.key,
            camelot=each.camelot,
            notation=each.notation,
            confidence=each.confidence,
        )
        for start, end, each in named
    ]
