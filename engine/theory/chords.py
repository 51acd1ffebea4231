"""A chord as everything else in the engine sees it: numbers for sound, words for people."""

from __future__ import annotations

import msgspec

from engine.theory.kinds import Kind
from engine.theory.spelling import name_pc

__all__ = ["UNUSUAL_ROOTS", "Chord"]

UNUSUAL_ROOTS = {"Cb": "B", "Fb": "E", "E#": "F", "B#": "C"}
"""Roots few would write, by their plain names: behind these a 5 may well belong to the sign ("Cb5" as C(b5))."""


class Chord(msgspec.Struct, frozen=True, gc=False):
    """One chord, read from a roman figure or a chord symbol.

    Attributes:
        root: pitch class 0..11 (0 = C).
        intervals: semitones above the root in stacked order, 0 first; tones beyond
            the octave keep their size (a ninth is 14, a thirteenth 21).
        bass: pitch class 0..11 of the lowest tone; equals ``root`` unless inverted.
        figure: as written by whoever asked ("ii65", "C-7").
        symbol: chord symbol, spelled for the key ("Dm7", "C/E").
        quality: name of the kind of chord ("minor-seventh"); see ``engine.theory.kinds``.
    """

    root: int
    intervals: tuple[int, ...]
    bass: int
    figure: str
    symbol: str
    quality: str

    @classmethod
    def named(cls, root: str, kind: Kind, bass: str, figure: str) -> Chord:
        """Makes a chord from the names of its root and bass; the symbol follows from them.

        Args:
            root: note name ("Bb").
            kind: what stands above it.
            bass: note name of the lowest tone.
            figure: as written.

        Raises:
            ValueError: when root or bass is not a note name.
        """
        low, lowest = name_pc(root), name_pc(bass)
        suffix = f"({kind.suffix})" if root in UNUSUAL_ROOTS and kind.suffix == "5" else kind.suffix
        symbol = root + suffix + (f"/{bass}" if lowest != low else "")
        return cls(low, kind.intervals, lowest, figure, symbol, kind.quality)

    @property
    def pcs(self) -> tuple[int, ...]:
        """Pitch classes 0..11 in stacked order, root first, each once."""
        return tuple(dict.fromkeys((self.root + interval) % 12 for interval in self.intervals))

    @property
    def inverted(self) -> bool:
        """Whether something other than the root is in the bass."""
        return self.bass != self.root
