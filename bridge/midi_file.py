"""Clips as standard MIDI files, written through pretty_midi.

A file holds two tracks: the first has tempo, time signature and key signature, the second has the
clip's name and notes. What lies on a 960th of a beat (straight, triplet and swung grids down to 64ths
do) keeps its place exactly; humanised notes move by less than half of that, a quarter of a millisecond
at 120 beats a minute. Both tracks end where the clip ends, so that a program that reads the file sees
its full length.

A MIDI file has no probability, no velocity deviation and no muted notes: the first two are left out,
a muted note is not written.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.files import PUBLIC, write_new, write_whole
from engine.notes import Clip, Note
from engine.theory.keys import Key

TICKS_PER_BEAT = 960
"""2 x 2 x 2 x 2 x 2 x 2 x 3 x 5: halves down to 64ths of a beat, triplets and quintuplets are whole."""

_SLOWEST_TEMPO = 4.0  # a tempo is stored as 24 bits of microseconds a beat, 16.7 seconds at most


def midi_bytes(clip: Clip, *, tempo: float, name: str, key: Key | None = None) -> bytes:
    """Make a MIDI file of a clip.

    Args:
        clip: Notes (beats from the clip's start), length and time signature. What lies outside of
            0..length is cut. Where a note meets another of its pitch, it ends there, as in Live.
        tempo: Beats (quarter notes) per minute, at least 4.
        name: Name of the track that holds the notes.
        key: For the key signature; modes take the one of their notes (D dorian: no sharps or flats).

    Returns:
        The bytes of the file.

    Raises:
        ValueError: the tempo cannot be written.
    """
    if not _SLOWEST_TEMPO <= tempo < float("inf"):
        raise ValueError(f"A MIDI file has a tempo of {_SLOWEST_TEMPO:g} or more, not {tempo}")
    import pretty_midi  # noqa: PLC0415 - takes a quarter of a second, and few commands write files

    # pretty_midi cuts microseconds a beat down to a whole number; half of one on top makes that rounding.
    microseconds = round(60e6 / tempo) + 0.5
    song = pretty_midi.PrettyMIDI(resolution=TICKS_PER_BEAT, initial_tempo=60e6 / microseconds, charset="utf-8")
    tick = microseconds / 1e6 / TICKS_PER_BEAT  # seconds, as pretty_midi counts them for this tempo
    song.time_signature_changes.append(
        pretty_midi.TimeSignature(clip.signature_numerator, clip.signature_denominator, 0)
    )
    if key is not None:
        song.key_signature_changes.append(pretty_midi.KeySignature(_key_number(key), 0))
    # Program 0, the grand piano: what a player without Bandmate's sounds has at hand.
    part = pretty_midi.Instrument(program=0, name=name)
    part.notes = [
        pretty_midi.Note(velocity, pitch, start * tick, end * tick)
        for pitch, velocity, start, end in notes_on_ticks(clip)
    ]
    song.instruments.append(part)
    written = io.BytesIO()
    song.write(written)
    return _end_at(written.getvalue(), round(clip.length * TICKS_PER_BEAT))


def write_midi(
    path: Path, clip: Clip, *, tempo: float, name: str, key: Key | None = None, overwrite: bool = False
) -> None:
    """Write a clip to a MIDI file, whole or not at all.

    Args:
        path: The file, usually named `.mid`; its folder exists.
        clip: As for `midi_bytes`.
        tempo: As for `midi_bytes`.
        name: As for `midi_bytes`.
        key: As for `midi_bytes`.
        overwrite: Take the place of a file that is there already.

    Raises:
        FileExistsError: the file is there, and `overwrite` is not set.
        OSError: the file cannot be written.
        ValueError: as for `midi_bytes`.
    """
    data = midi_bytes(clip, tempo=tempo, name=name, key=key)
    if overwrite:
        write_whole(path, data, mode=PUBLIC)
    else:
        write_new(path, data)


def _key_number(key: Key) -> int:
    """Number a key signature as pretty_midi does: 0 to 11 the major keys from C, 12 to 23 the minor ones."""
    up = 7 * key.signature  # each sharp moves the tonic a fifth up
    return 12 + (9 + up) % 12 if key.minor_third else up % 12


def notes_on_ticks(clip: Clip) -> list[tuple[int, int, int, int]]:
    """Give the sounding notes of a clip as they lie on ticks.

    Args:
        clip: As for `midi_bytes`.

    Returns:
        (pitch, velocity, first tick, last tick) of each, by start and pitch.
    """
    last = round(clip.length * TICKS_PER_BEAT)
    placed: dict[tuple[int, int], tuple[int, int]] = {}
    for note in clip.sorted_notes():
        start, end = (max(0, min(last, round(each * TICKS_PER_BEAT))) for each in (note.start_time, note.end_time))
        if note.mute or start >= last or note.end_time <= 0:
            continue
        # Two notes of one pitch on one tick are one note to every player: the longer one.
        known = placed.get((note.pitch, start), (0, 0))
        placed[note.pitch, start] = max(known, (max(end, start + 1), _velocity(note)))
    notes = sorted((start, pitch, end, velocity) for (pitch, start), (end, velocity) in placed.items())
    return [
        (pitch, velocity, start, min(end, _next_start(notes[index + 1 :], pitch, end)))
        for index, (start, pitch, end, velocity) in enumerate(notes)
    ]


def _next_start(later: Iterable[tuple[int, int, int, int]], pitch: int, end: int) -> int:
    """Find where the next note of a pitch begins, looking no further than `end`."""
    for start, other, _, _ in later:
        if start >= end:
            break
        if other == pitch:
            return start
    return end


def _velocity(note: Note) -> int:
    """A note-on of velocity 0 would be a note-off."""
    return max(1, min(127, round(note.velocity)))


def _end_at(data: bytes, last: int) -> bytes:
    """Move the end of every track to a tick; pretty_midi sets it one tick behind the last event."""
    import mido  # noqa: PLC0415 - what pretty_midi itself writes with

    file: Any = mido.MidiFile(file=io.BytesIO(data), charset="utf-8")
    for track in file.tracks:
        track[-1].time = max(0, last - sum(event.time for event in track[:-1]))
    written = io.BytesIO()
    file.save(file=written)
    return written.getvalue()
