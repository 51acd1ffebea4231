"""What a MIDI file holds, as music: tracks of notes, and how tempo and time signature go."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from engine.notes import Note

__all__ = ["DRUM_CHANNEL", "SignatureAt", "Song", "SongTrack", "TempoAt"]

DRUM_CHANNEL = 10
"""The channel of drums in General MIDI, counted from 1."""

Beats = Annotated[float, Meta(ge=0)]
Name = Annotated[str, Meta(max_length=200)]


class TempoAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tempo from some beat on.

    Attributes:
        start: beats (quarter notes) from the beginning.
        tempo: beats per minute.
    """

    start: Beats
    tempo: Annotated[float, Meta(ge=4, le=60_000)]


class SignatureAt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A time signature from some beat on.

    Attributes:
        start: beats from the beginning.
        numerator: 1..99.
        denominator: 1, 2, 4, 8 or 16.
    """

    start: Beats
    numerator: Annotated[int, Meta(ge=1, le=99)]
    denominator: int


class SongTrack(msgspec.Struct, forbid_unknown_fields=True):
    """One track.

    Attributes:
        name: as shown; may be empty.
        notes: by start, then pitch; beats from the beginning of the song.
        drums: whether they are hits of a kit, on channel 10.
        channel: 1..16; None where any will do. Drums have channel 10.
        program: number of the General MIDI sound, 0..127; None where none is said.
    """

    name: Name
    notes: list[Note]
    drums: bool = False
    channel: Annotated[int, Meta(ge=1, le=16)] | None = None
    program: Annotated[int, Meta(ge=0, le=127)] | None = None


class Song(msgspec.Struct):
    """A whole file.

    Attributes:
        length: beats to where the longest track ends.
        tempos: how tempo goes, the first at 0.
        signatures: how the time signature goes, the first at 0.
        tracks: those that hold notes.
        notices: what was set right or left out in reading.
    """

    length: float
    tempos: list[TempoAt]
    signatures: list[SignatureAt]
    tracks: list[SongTrack]
    notices: list[str] = []

    @property
    def beats_per_bar(self) -> float:
        """Beats in a bar of the first signature."""
        return self.signatures[0].numerator * 4.0 / self.signatures[0].denominator

    @property
    def clip_length(self) -> float:
        """Beats of the whole bars that hold the song: what a clip should have."""
        bar = self.beats_per_bar
        return max(1.0, -(-(self.length - 1e-6) // bar)) * bar
