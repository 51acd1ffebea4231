"""What the methods of compose.* that read and make files answer."""

from __future__ import annotations

import msgspec

from bridge.midi_song import SignatureAt, TempoAt
from engine.notes import Note

__all__ = ["Exported", "ImportedMidi", "ImportedTrack"]


class ImportedTrack(msgspec.Struct, frozen=True):
    """One track of a file.

    Attributes:
        number: from 1, for `track`.
        name: as the file has it.
        drums: whether it plays a kit (channel 10).
        channel: 1..16.
        program: General MIDI sound, 0..127, where one is said.
        count: how many notes it holds.
        notes: beats from the beginning of the file; empty where another track was asked for.
    """

    number: int
    name: str
    drums: bool
    channel: int | None
    program: int | None
    count: int
    notes: list[Note]


class ImportedMidi(msgspec.Struct, frozen=True):
    """What a MIDI file holds.

    Attributes:
        name: of the file, without its ending.
        length: beats to where it ends. clip_length: the same in whole bars, for a clip.
        tempo: beats per minute at the beginning. tempos: every change.
        signature_numerator, signature_denominator: at the beginning. signatures: every change.
        tracks: those that hold notes, one for each channel.
        notices: what was set right or left out.
    """

    name: str
    length: float
    clip_length: float
    tempo: float
    tempos: list[TempoAt]
    signature_numerator: int
    signature_denominator: int
    signatures: list[SignatureAt]
    tracks: list[ImportedTrack]
    notices: list[str]


class Exported(msgspec.Struct, frozen=True):
    """A MIDI file that was made.

    Attributes:
        path: whole path, links followed.
        tracks: how many it has. notes: how many were given.
    """

    path: str
    tracks: int
    notes: int
