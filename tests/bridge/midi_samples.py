"""MIDI files made byte by byte, so that they can be wrong in any way."""

from __future__ import annotations

import struct


def number(value: int) -> bytes:
    """A number of variable length."""
    said = [value & 0x7F]
    while value := value >> 7:
        said.append(0x80 | value & 0x7F)
    return bytes(reversed(said))


def chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack(">L", len(body)) + body


def head(tracks: int, division: int = 96, kind: int = 1) -> bytes:
    return chunk(b"MThd", struct.pack(">HHH", kind, tracks, division))


END = b"\x00\xff\x2f\x00"


def track(*events: tuple[int, bytes], end: bytes = END) -> bytes:
    """A track of (ticks to wait, event) pairs."""
    return chunk(b"MTrk", b"".join(number(wait) + event for wait, event in events) + end)


def on(pitch: int, velocity: int = 100, channel: int = 0) -> bytes:
    return bytes([0x90 | channel, pitch, velocity])


def off(pitch: int, channel: int = 0) -> bytes:
    return bytes([0x80 | channel, pitch, 0])


def meta(kind: int, data: bytes) -> bytes:
    return bytes([0xFF, kind]) + number(len(data)) + data


GOOD = head(2) + track((0, meta(0x51, b"\x07\xa1\x20"))) + track((0, on(60)), (96, off(60)), (0, on(64)), (48, off(64)))
BAND = (
    head(3, 480)
    + track(
        (0, meta(0x51, b"\x07\x53\x00")), (0, meta(0x58, b"\x06\x03\x24\x08")), (2880, meta(0x58, b"\x04\x02\x18\x08"))
    )
    + track(
        (0, meta(3, b"Bass")),
        (0, b"\xc1\x21"),
        (0, on(40, 90, 1)),
        (480, bytes([40, 0])),
        (10, b"\xf0\x03\x01\x02\xf7"),
    )
    + track((0, meta(3, b"Drums")), *((120, on(36 + 2 * (hit % 4), 100, 9)) for hit in range(24)), (120, off(36, 9)))
)
