"""Songs as standard MIDI files: several tracks, and a map of tempos and signatures, which pretty_midi has no words for.

A song of one clip is written by `bridge.midi_file`; both place notes in the same way.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from bridge.midi_file import TICKS_PER_BEAT, notes_on_ticks
from bridge.midi_song import DRUM_CHANNEL, Song, SongTrack
from engine.files import PUBLIC, write_new, write_whole
from engine.notes import Clip
from engine.theory.keys import Key

__all__ = ["song_bytes", "write_song"]

_FIFTHS_MAJOR = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
_FIFTHS_MINOR = ("Abm", "Ebm", "Bbm", "Fm", "Cm", "Gm", "Dm", "Am", "Em", "Bm", "F#m", "C#m", "G#m", "D#m", "A#m")
_MICROSECONDS = 2**24 - 1


def song_bytes(song: Song, key: Key | None = None) -> bytes:
    """Makes a MIDI file of a song.

    Args:
        song: notes beyond its length are cut, muted ones left out. Tracks without a channel get one each, the sixteenth
            and later ones share.
        key: for the key signature; modes take the one of their notes.

    Returns:
        The bytes of a file of type 1: first a track for tempo and signatures, then one for each of the song's.
    """
    import mido  # noqa: PLC0415 - few requests write files

    last = _tick(song.length)
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT, charset="utf-8")
    file.tracks.append(_track(mido, _conductor(mido, song, key), last))
    free = [channel for channel in range(1, 17) if channel != DRUM_CHANNEL]
    for number, track in enumerate(song.tracks):
        channel = DRUM_CHANNEL if track.drums else track.channel or free[number % len(free)]
        file.tracks.append(_track(mido, _part(mido, track, channel - 1, song.length), last))
    written = io.BytesIO()
    file.save(file=written)
    return written.getvalue()


def write_song(path: Path, song: Song, key: Key | None = None, *, replace: bool = False) -> None:
    """Writes a song to a file, whole or not at all.

    Args:
        path: the file; its folder exists.
        song: as for ``song_bytes``.
        key: as for ``song_bytes``.
        replace: take the place of a file that is there already.

    Raises:
        FileExistsError: the file is there, and ``replace`` is not set.
        OSError: the file cannot be written.
    """
    data = song_bytes(song, key)
    if replace:
        write_whole(path, data, mode=PUBLIC)
    else:
        write_new(path, data)


def _tick(beat: float) -> int:
    return round(beat * TICKS_PER_BEAT)


def _conductor(mido: Any, song: Song, key: Key | None) -> list[tuple[int, Any]]:
    events: list[tuple[int, Any]] = []
    for signature in (each for each in song.signatures if each.start < song.length):
        shape = {"numerator": signature.numerator, "denominator": signature.denominator}
        events.append((_tick(signature.start), mido.MetaMessage("time_signature", **shape)))
    if key is not None:
        names = _FIFTHS_MINOR if key.minor_third else _FIFTHS_MAJOR
        events.append((0, mido.MetaMessage("key_signature", key=names[key.signature + 7])))
    for step in (each for each in song.tempos if each.start < song.length):
        microseconds = max(1, min(_MICROSECONDS, round(60e6 / step.tempo)))
        events.append((_tick(step.start), mido.MetaMessage("set_tempo", tempo=microseconds)))
    return events


def _part(mido: Any, track: SongTrack, channel: int, length: float) -> list[tuple[int, Any]]:
    events: list[tuple[int, Any]] = [(0, mido.MetaMessage("track_name", name=track.name))]
    if track.program is not None:
        events.append((0, mido.Message("program_change", program=track.program, channel=channel)))
    for pitch, velocity, start, end in notes_on_ticks(Clip(length, track.notes)):
        events.append((start, mido.Message("note_on", note=pitch, velocity=velocity, channel=channel)))
        events.append((end, mido.Message("note_off", note=pitch, velocity=64, channel=channel)))
    return events


def _track(mido: Any, events: list[tuple[int, Any]], last: int) -> Any:
    """Puts events in order, ends before beginnings, and the end of the track where the song ends."""
    track, now = mido.MidiTrack(), 0
    for tick, event in sorted(events, key=lambda item: (item[0], item[1].type != "note_off", not item[1].is_meta)):
        track.append(event.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, last - now)))
    return track
