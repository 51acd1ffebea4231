"""The bytes of a MIDI file as events (Standard MIDI Files 1.0): the part of reading that meets strangers.

It is our own because the libraries trust a file: a length that never ends keeps them busy for minutes, a chunk they do
not know stops them. Here every length is bounded by what is there, every event costs a bounded time, and whatever does
not follow the specification is refused in words.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from engine.errors import NotMidi

__all__ = ["MOST_BYTES", "Event", "Events", "read_events"]

MOST_BYTES = 2_000_000
"""Largest file that is read: hours of music; only files made to choke players are larger."""

_MOST_TRACKS = 1000
_NOTE_OFF, _NOTE_ON, _PROGRAM, _META = 0x80, 0x90, 0xC0, 0xFF
_SYSEX = (0xF0, 0xF7)
_END_OF_TRACK = 0x2F
# Bytes behind a channel message's status, by its upper half.
_DATA = {0x80: 2, 0x90: 2, 0xA0: 2, 0xB0: 2, 0xC0: 1, 0xD0: 1, 0xE0: 2}

_DAMAGED = "Export it again from the program that made it."
_CUT_OFF = "This MIDI file is cut off"

Event = tuple[int, int, int, bytes]
"""(tick from the track's start, kind, channel or type of meta event, data).

The kind is 0x80 (note off: pitch, velocity), 0x90 (note on), 0xC0 (program) or 0xFF (meta); other events are passed
over. The last event of a track is its end, meta 0x2F.
"""


class Events(msgspec.Struct):
    """The events of a file.

    Attributes:
        ticks: ticks of a beat (quarter note).
        tracks: events of each track, in order.
    """

    ticks: int
    tracks: list[list[Event]]


def read_events(data: bytes) -> Events:
    """Takes a file apart.

    Args:
        data: the whole file, at most ``MOST_BYTES``; one in a RIFF wrapper (.rmi) too.

    Raises:
        NotMidi: it is none, is damaged, or counts time in a way that has no beats.
    """
    if len(data) > MOST_BYTES:
        raise NotMidi(
            f"This MIDI file is {len(data) / 1e6:.0f} MB large, more than is read",
            f"Export a part of it: at most {MOST_BYTES / 1e6:g} MB.",
        )
    chunks = _chunks(_unwrapped(data))
    kind, head = next(chunks, (b"", b""))
    if kind != b"MThd":
        raise NotMidi("This is not a MIDI file", "Choose a standard MIDI file (.mid).")
    if len(head) < 6:
        raise NotMidi(_CUT_OFF, _DAMAGED)
    count, division = int.from_bytes(head[2:4], "big"), int.from_bytes(head[4:6], "big")
    ticks = _ticks(division)
    tracks = [body for kind, body in chunks if kind == b"MTrk"]
    if not tracks or not count:
        raise NotMidi("This MIDI file holds no tracks", _DAMAGED)
    if len(tracks) < count:
        raise NotMidi(_CUT_OFF, _DAMAGED)
    if len(tracks) > _MOST_TRACKS:
        raise NotMidi(f"This MIDI file holds {len(tracks)} tracks, more than are read", "Export fewer of them.")
    return Events(ticks, [_track(body) for body in tracks])


def _unwrapped(data: bytes) -> bytes:
    if data[:4] == b"RIFF" and data[8:16] == b"RMIDdata":
        return data[20:]
    return data


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and body of each chunk; chunks of unknown names are allowed and are the caller's to pass over."""
    place = 0
    while place < len(data):
        kind, body = data[place : place + 4], place + 8
        size = int.from_bytes(data[place + 4 : body], "big")
        if place == 0 and kind != b"MThd":
            return
        if not kind.isalnum() and not kind.strip(b"\0"):
            return  # padding behind the last chunk
        if body > len(data) or body + size > len(data):
            raise NotMidi(_CUT_OFF, _DAMAGED)
        yield kind, data[body : body + size]
        place = body + size


def _ticks(division: int) -> int:
    if division & 0x8000:
        raise NotMidi(
            "This MIDI file counts time in frames of film, not in beats",
            "Export it with ticks per quarter note (PPQ) instead of SMPTE.",
        )
    if division == 0:
        raise NotMidi("This MIDI file has no ticks in a beat", _DAMAGED)
    return division


def _number(body: bytes, place: int) -> tuple[int, int]:
    """A number of variable length, at most four bytes as the specification says, and the place behind it."""
    value = 0
    for byte in body[place : place + 4]:
        place += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place
    if place < len(body):
        raise NotMidi("This MIDI file is damaged: a number in it does not end", _DAMAGED)
    raise NotMidi(_CUT_OFF, _DAMAGED)


def _track(body: bytes) -> list[Event]:
    events: list[Event] = []
    tick = place = status = 0
    while place < len(body):
        wait, place = _number(body, place)
        tick += wait
        if place >= len(body):
            break
        if body[place] >= 0x80:
            status, place = body[place], place + 1
        elif not status:
            raise NotMidi("This MIDI file is damaged: an event in it has no kind", _DAMAGED)
        kind = status & 0xF0
        if kind in _DATA:
            place = _channel_event(body, place, status, tick, events)
            continue
        end, place = _long_event(body, place, status, tick, events)
        status = 0  # after these the kind has to be said again
        if end:
            return events
    events.append((tick, _META, _END_OF_TRACK, b""))
    return events


def _channel_event(body: bytes, place: int, status: int, tick: int, events: list[Event]) -> int:
    kind = status & 0xF0
    end = place + _DATA[kind]
    data = body[place:end]
    if end > len(body):
        raise NotMidi(_CUT_OFF, _DAMAGED)
    if max(data) > 0x7F:
        raise NotMidi("This MIDI file is damaged: a value in it is above 127", _DAMAGED)
    if kind in (_NOTE_OFF, _NOTE_ON, _PROGRAM):
        events.append((tick, kind, status & 0x0F, data))
    return end


def _long_event(body: bytes, place: int, status: int, tick: int, events: list[Event]) -> tuple[bool, int]:
    """Reads a meta event or passes over a message of some maker; True at the end of the track."""
    if status not in (*_SYSEX, _META):
        raise NotMidi("This MIDI file is damaged: an event in it belongs on a cable", _DAMAGED)
    what = 0
    if status == _META:
        if place >= len(body):
            raise NotMidi(_CUT_OFF, _DAMAGED)
        what, place = body[place], place + 1
    size, place = _number(body, place)
    end = place + size
    if end > len(body):
        raise NotMidi(_CUT_OFF, _DAMAGED)
    if status == _META:
        events.append((tick, _META, what, body[place:end]))
    return status == _META and what == _END_OF_TRACK, end
