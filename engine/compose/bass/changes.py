"""The harmony as a bass player reads it: which root now, when the next one, and which."""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from engine.compose.bass.manners import known_tones
from engine.compose.bass.walk_model import quality_of
from engine.compose.part.harmony import Harmony
from engine.theory.chords import Chord

__all__ = ["Change", "Changes", "read_changes"]

_CLOSE = 1e-6


class Change(msgspec.Struct, frozen=True, gc=False):
    """One chord until the next that differs.

    Attributes:
        start, end: beats from the clip's start.
        chord: what sounds.
        root: pitch class the bass takes for home: that of the chord.
        bass: pitch class that is to sound lowest.
        tones: pitch classes of the chord.
        quality: see ``quality_of``.
        minor: whether its third is minor.
        known: pitch classes that go with it; see ``known_tones``.
    """

    start: float
    end: float
    chord: Chord
    root: int
    bass: int
    tones: tuple[int, ...]
    quality: int
    minor: bool
    known: frozenset[int]


class Changes(msgspec.Struct, frozen=True):
    """All chords of a part, which goes round.

    Attributes:
        row: in order, from 0 to the end of the part.
        starts: where they begin.
        length: beats.
        tonic: pitch class of the key.
        minor: whether its third is minor.
        scale: pitch classes of the key.
    """

    row: tuple[Change, ...]
    starts: tuple[float, ...]
    length: float
    tonic: int
    minor: bool
    scale: frozenset[int]

    def index(self, beat: float) -> int:
        """Which chord sounds at a beat; past the end the part begins again."""
        within = beat % self.length if beat >= self.length - _CLOSE else beat
        if within > self.length - _CLOSE:
            within = 0.0
        return max(0, bisect_right(self.starts, within + _CLOSE) - 1)

    def at(self, beat: float) -> Change:
        """The chord that sounds at a beat."""
        return self.row[self.index(beat)]

    def following(self, beat: float) -> Change:
        """The chord after the one at a beat; after the last the first."""
        return self.row[(self.index(beat) + 1) % len(self.row)]

    def within(self, start: float, end: float) -> list[Change]:
        """The chords that begin from ``start`` to before ``end``."""
        return [
            self.row[index]
            for index in range(
                bisect_right(self.starts, start - _CLOSE),
                bisect_right(self.starts, end - _CLOSE),
            )
        ]


def read_changes(harmony: Harmony) -> Changes:
    """Reads a harmony; neighbours of the same chord are one."""
    row: list[Change] = []
    scale = frozenset(harmony.scale)
    for span in harmony.spans:
        if row and row[-1].chord.pcs == span.chord.pcs and row[-1].bass == span.chord.bass:
            row[-1] = msgspec.structs.replace(row[-1], end=span.end)
            continue
        chord = span.chord
        above = {(tone - chord.root) % 12 for tone in chord.pcs}
        row.append(
            Change(
                start=span.start,
                end=span.end,
                chord=chord,
                root=chord.root,
                bass=chord.bass,
                tones=chord.pcs,
                quality=quality_of(above),
                minor=3 in above and 4 not in above,
                known=known_tones(chord.root, chord.pcs, scale),
            )
        )
    tonic = harmony.key.tonic_pc
    return Changes(
        row=tuple(row),
        starts=tuple(change.start for change in row),
        length=row[-1].end,
        tonic=tonic,
        minor=(tonic + 3) % 12 in harmony.scale and (tonic + 4) % 12 not in harmony.scale,
        scale=scale,
    )
