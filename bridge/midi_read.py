"""Standard MIDI files as songs: notes out of events, tempo and signature by beats, drums by their channel."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bridge.midi_events import MOST_BYTES, Event, read_events
from bridge.midi_song import DRUM_CHANNEL, SignatureAt, Song, SongTrack, TempoAt
from engine.errors import NotAFile, NotMidi, NotReadable
from engine.hear.places import regular
from engine.notes import DENOMINATORS, Note

__all__ = ["LONGEST_BEATS", "read_midi", "song_of"]

LONGEST_BEATS = 100_000.0
"""Beats a file may last: a night and a day at 70 beats a minute."""

_NOTE_OFF, _NOTE_ON, _PROGRAM, _META = 0x80, 0x90, 0xC0, 0xFF
_NAME, _END_OF_TRACK, _TEMPO, _SIGNATURE = 0x03, 0x2F, 0x51, 0x58
_USUAL_TEMPO = 120.0
_SLOWEST, _FASTEST = 20.0, 999.0
_LONGEST_NAME = 200


class _Notices:
    """What was set right, counted, each said once."""

    def __init__(self) -> None:
        self.cut = self.hanging = self.orphans = self.tempos = self.signatures = 0

    def said(self) -> list[str]:
        told = (
            (self.cut, "{} notes began while their pitch sounded: the earlier ones end there."),
            (self.hanging, "{} notes never ended: they last to the end of their track."),
            (self.orphans, "{} ends of notes had no beginning and were left out."),
            (self.tempos, "{} tempos were none and were left out."),
            (self.signatures, "{} time signatures were none that Live knows and were left out."),
        )
        return [text.format(count) for count, text in told if count]


def read_midi(path: str | Path) -> Song:
    """Reads a file.

    Args:
        path: of a regular file; links are followed.

    Returns:
        What it holds.

    Raises:
        NoSuchFile, NotAFile, NotReadable: there is nothing to read.
        NotMidi: it is no MIDI file, or one that cannot be read.
    """
    try:
        real = regular(path)
    except NotAFile as problem:
        raise NotAFile(str(problem), "Choose a standard MIDI file (.mid).") from None
    try:
        with real.open("rb") as file:
            # One byte more than is read tells that there is more.
            data = file.read(MOST_BYTES + 1)
    except PermissionError:
        raise NotReadable("This file may not be read", "Look at its permissions.") from None
    except OSError:
        raise NotReadable("This file cannot be read", "The disk may have gone; try again.") from None
    if not data:
        raise NotMidi("This file is empty", "Export it again.")
    return song_of(data)


def song_of(data: bytes) -> Song:
    """Reads the bytes of a file.

    Args:
        data: the whole file.

    Returns:
        What it holds. A channel of a track is a track of its own; where a note begins while its pitch sounds, the
        earlier one ends, as in Live; a note that never ends lasts to the end of its track.

    Raises:
        NotMidi: it is no MIDI file, or one that cannot be read.
    """
    events = read_events(data)
    last = max(track[-1][0] for track in events.tracks)
    if last / events.ticks > LONGEST_BEATS:
        words = f"This MIDI file lasts {last / events.ticks:.0f} beats, more than can be read"
        raise NotMidi(words, f"Export a part of it: at most {LONGEST_BEATS:.0f} beats.")
    notices = _Notices()
    tracks: list[SongTrack] = []
    for number, track in enumerate(events.tracks, start=1):
        tracks.extend(_tracks(track, number, events.ticks, notices))
    everything = [event for track in events.tracks for event in track if event[1] == _META]
    tempos, signatures = _tempos(everything, events.ticks, notices), _signatures(everything, events.ticks, notices)
    said = notices.said()
    if not _SLOWEST <= tempos[0].tempo <= _FASTEST:
        said.append(f"A tempo of {tempos[0].tempo:g} is none that Live has: it goes from {_SLOWEST:g} to {_FASTEST:g}.")
    if not tracks:
        said.append("There are no notes in this file.")
    return Song(last / events.ticks, tempos, signatures, tracks, said)


def _tracks(events: list[Event], number: int, ticks: int, notices: _Notices) -> list[SongTrack]:
    """One track for each channel of a track that holds notes."""
    end = events[-1][0]
    sounding: dict[tuple[int, int], tuple[int, int]] = {}
    notes: dict[int, list[Note]] = {}
    programs: dict[int, int] = {}

    def close(channel: int, pitch: int, tick: int) -> None:
        start, velocity = sounding.pop((channel, pitch))
        # What begins and ends on one tick is still struck.
        length = max(1, tick - start) / ticks
        notes.setdefault(channel, []).append(Note(pitch, start / ticks, length, float(velocity)))

    for tick, kind, channel, data in events:
        if kind == _PROGRAM:
            programs.setdefault(channel, data[0])
        elif kind == _NOTE_ON and data[1]:
            if (channel, data[0]) in sounding:
                notices.cut += 1
                close(channel, data[0], tick)
            sounding[channel, data[0]] = (tick, data[1])
        elif kind in (_NOTE_OFF, _NOTE_ON):
            if (channel, data[0]) in sounding:
                close(channel, data[0], tick)
            else:
                notices.orphans += 1
    notices.hanging += len(sounding)
    for channel, pitch in list(sounding):
        close(channel, pitch, end)
    name = _name(events) or f"Track {number}"
    return [
        SongTrack(
            name=name if len(notes) == 1 else f"{name} (channel {channel + 1})",
            notes=_in_order(found),
            drums=channel + 1 == DRUM_CHANNEL,
            channel=channel + 1,
            program=programs.get(channel),
        )
        for channel, found in sorted(notes.items())
    ]


def _in_order(notes: list[Note]) -> list[Note]:
    """By start and pitch; of two that begin on one tick the longer stays."""
    best: dict[tuple[float, int], Note] = {}
    for note in notes:
        known = best.get((note.start_time, note.pitch))
        if known is None or known.duration < note.duration:
            best[note.start_time, note.pitch] = note
    return [best[key] for key in sorted(best)]


def _name(events: Iterable[Event]) -> str:
    said = next((data for _, kind, what, data in events if kind == _META and what == _NAME), b"")
    try:
        text = said.decode("utf-8")
    except UnicodeDecodeError:
        text = said.decode("latin-1")  # what the specification's authors had
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:_LONGEST_NAME]


def _tempos(events: list[Event], ticks: int, notices: _Notices) -> list[TempoAt]:
    found: dict[float, float] = {}
    for tick, _, what, data in sorted(events, key=lambda event: event[0]):
        if what != _TEMPO:
            continue
        microseconds = int.from_bytes(data, "big")
        if len(data) != 3 or microseconds < 1000:
            notices.tempos += 1
            continue
        found[tick / ticks] = _tempo(microseconds)
    found.setdefault(0.0, _USUAL_TEMPO)
    steps = [TempoAt(start, found[start]) for start in sorted(found)]
    return [
        step for before, step in zip([None, *steps], steps, strict=False) if not before or before.tempo != step.tempo
    ]


def _tempo(microseconds: int) -> float:
    """Beats a minute; a tempo is stored in whole microseconds, so what they add to it is nobody's."""
    if microseconds == round(60e6 / _FASTEST):
        return _FASTEST
    return round(60e6 / microseconds, 3)


def _signatures(events: list[Event], ticks: int, notices: _Notices) -> list[SignatureAt]:
    found: dict[float, tuple[int, int]] = {}
    for tick, _, what, data in sorted(events, key=lambda event: event[0]):
        if what != _SIGNATURE:
            continue
        numerator, power = (data[0], data[1]) if len(data) >= 2 else (0, 0)
        if not 1 <= numerator <= 99 or power > 4 or 2**power not in DENOMINATORS:
            notices.signatures += 1
            continue
        found[tick / ticks] = (numerator, 2**power)
    found.setdefault(0.0, (4, 4))
    steps = [SignatureAt(start, *found[start]) for start in sorted(found)]
    return [
        step
        for before, step in zip([None, *steps], steps, strict=False)
        if not before or (before.numerator, before.denominator) != (step.numerator, step.denominator)
    ]
