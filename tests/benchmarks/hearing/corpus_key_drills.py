"""Notes that clips hold and songs seldom do: scales, broken chords, cadences, single parts of songs."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.hearing.corpus_key import pieces, pop_piece
from tests.benchmarks.hearing.corpus_key_parts import Part, Piece, Sounding, chance, songs, split_of

_STEPS = {"major": ((0, 2, 4, 5, 7, 9, 11),), "minor": ((0, 2, 3, 5, 7, 8, 10), (0, 2, 3, 5, 7, 8, 11))}
_TRIADS = {"major": ((0, 4, 7), (5, 9, 12), (7, 11, 14)), "minor": ((0, 3, 7), (5, 8, 12), (7, 11, 14))}


def drill(number: int) -> Piece:
    """A scale, a broken tonic chord among its scale, or a cadence, in one of 24 keys."""
    name = f"drill/{number}"
    rng = chance(name)
    tonic, mode = number % 12, ("major", "minor")[number // 12 % 2]
    low = int(rng.integers(36, 66))
    home = low + (tonic - low) % 12
    steps = _STEPS[mode][int(rng.integers(len(_STEPS[mode])))]
    up = [home + step for step in (*steps, 12)]
    one, four, five = _TRIADS[mode]
    pattern = number // 24 % 5
    groups: list[tuple[int, ...]] = [
        [(pitch,) for pitch in up],
        [(pitch,) for pitch in (*up, *up[-2::-1])],
        [(pitch,) for pitch in up[::-1]],
        [tuple(home + step for step in chord) for chord in (one, four, five, one)],
        [(home + step,) for step in (0, *one, 12, *one[::-1], five[1] - 12, 0)],
    ][pattern]
    length = float(rng.choice([0.25, 0.5, 1.0])) * (4 if pattern == 3 else 1)
    notes: list[Sounding] = [
        (index * length, length * 0.95, pitch, float(rng.integers(70, 115)))
        for index, chord in enumerate(groups * int(rng.integers(1, 3)))
        for pitch in chord
    ]
    return Piece(
        name=name, split=split_of(number * 2), group="drill", key=(tonic, mode), parts=(Part("melody", tuple(notes)),)
    )


def note_pieces() -> Iterator[Piece]:
    """The corpus with a key, every song's melody and comping alone, and drills."""
    yield from (piece for piece in pieces() if piece.key)
    for song in songs():
        yield from (pop_piece(song, kind) for kind in ("comp", "melody", "piano long"))
    yield from (drill(number) for number in range(480))
