"""The inside of a frozen device: several files in one, with a list at the end.

Layout (reference 1.5), all numbers big-endian, all offsets from the first byte of the payload::

    mx@c  u32 16  u64 D   file bodies, one behind the other   at D: dlst u32 size, then one dire per file

Each `dire` holds seven fields in a fixed order: type, fnam, sz32, of32, vers, flag, mdat.
The reader checks every number against every other, so that what it accepts can be written back exactly.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from m4l_devices.errors import AmxdError

MAGIC = b"mx@c"
HEADER_SIZE = 16
MAIN_FLAG = 17
"""Flag of the first entry, the device's own patch."""
ON_DISK_FLAG = 8
"""Flag of files that another program must open, such as the script of a node.script."""
EPOCH_1904 = 2082844800
"""Seconds from 1904-01-01 (Max's zero) to 1970-01-01 (Unix's zero)."""
FIXED_DATE = EPOCH_1904 + 1704067200
"""2024-01-01 00:00 UTC in Max's count. Every file we build carries it, so that builds do not differ by the clock."""

_FIELDS = (b"type", b"fnam", b"sz32", b"of32", b"vers", b"flag", b"mdat")
_FLAGS = (0, ON_DISK_FLAG, MAIN_FLAG)
_HINT = "The file is damaged or was not saved by Max; take a fresh copy or rebuild it."


@dataclass(frozen=True)
class Entry:
    """One file inside a frozen device.

    Attributes:
        name: Base name, such as "host.mjs". (Parts of a macOS external are named "x.mxo/zipfile".)
        type: Four characters: "JSON", "TEXT", "svg ", ... (reference 1.5).
        body: The bytes of the file.
        flag: 17 for the main patch, 8 for files another program opens from disk, else 0.
        date: Seconds since 1904-01-01.
    """

    name: str
    type: str
    body: bytes
    flag: int = 0
    date: int = FIXED_DATE


def write_entries(entries: Sequence[Entry]) -> bytes:
    """Lay out the payload of a frozen device.

    Args:
        entries: The main patch first, then its files.

    Returns:
        The bytes of the `ptch` payload.

    Raises:
        AmxdError: No entry, a first entry that is not the main patch, or a name or type Max could not read.
    """
    _check_entries(entries)
    bodies = b"".join(entry.body for entry in entries)
    offset = HEADER_SIZE
    listing = b""
    for entry in entries:
        fields = (
            entry.type.encode("latin-1"),
            _padded(entry.name),
            *(struct.pack(">I", n) for n in (len(entry.body), offset, 0, entry.flag, entry.date)),
        )
        packed = b"".join(_box(tag, data) for tag, data in zip(_FIELDS, fields, strict=True))
        listing += _box(b"dire", packed)
        offset += len(entry.body)
    return MAGIC + struct.pack(">IQ", HEADER_SIZE, offset) + bodies + _box(b"dlst", listing)


def read_entries(payload: bytes) -> tuple[Entry, ...]:
    """Read the payload of a frozen device.

    Args:
        payload: The bytes of the `ptch` chunk, starting with `mx@c`.

    Returns:
        Its files, the main patch first.

    Raises:
        AmxdError: Any number, tag, order or name that does not fit.
    """
    if len(payload) < HEADER_SIZE or payload[:4] != MAGIC:
        raise AmxdError("the frozen part has no mx@c header", "byte 0 of ptch", _HINT)
    size, start = struct.unpack(">IQ", payload[4:HEADER_SIZE])
    if size != HEADER_SIZE:
        raise AmxdError(f"the mx@c header says it is {size} bytes long, not 16", "byte 4 of ptch", _HINT)
    if not HEADER_SIZE <= start <= len(payload) - 8:
        raise AmxdError(f"the file list is said to start at {start}, outside the chunk", "byte 8 of ptch", _HINT)
    listing, end = _open_box(payload, start, b"dlst", len(payload))
    if end != len(payload):
        raise AmxdError(f"{len(payload) - end} bytes follow the file list", f"byte {end} of ptch", _HINT)
    entries = []
    position, offset = listing, HEADER_SIZE
    while position < end:
        entry, position = _read_entry(payload, position, end, offset, start)
        offset += len(entry.body)
        entries.append(entry)
    if offset != start:
        raise AmxdError(f"{start - offset} bytes before the list belong to no file", f"byte {offset} of ptch", _HINT)
    _check_entries(entries)
    return tuple(entries)


def _read_entry(payload: bytes, position: int, end: int, offset: int, limit: int) -> tuple[Entry, int]:
    at, after = _open_box(payload, position, b"dire", end)
    values: dict[bytes, bytes] = {}
    for tag in _FIELDS:
        data, at_next = _open_box(payload, at, tag, after)
        values[tag] = payload[data:at_next]
        at = at_next
    if at != after:
        raise AmxdError("an entry has bytes behind its last field", f"byte {at} of ptch", _HINT)
    size, of32, vers, flag, date = (_number(values[tag], tag, position) for tag in _FIELDS[2:])
    if of32 != offset:
        raise AmxdError(f"a file is said to start at {of32}, not at {offset}", f"entry at byte {position}", _HINT)
    if offset + size > limit:
        raise AmxdError(f"a file of {size} bytes runs into the list", f"entry at byte {position}", _HINT)
    if vers != 0:
        raise AmxdError(f"an entry has version {vers}, not 0", f"entry at byte {position}", _HINT)
    name = _unpadded(values[b"fnam"], position)
    if len(values[b"type"]) != 4:
        raise AmxdError(f"the type of {name} has {len(values[b'type'])} bytes", f"entry at byte {position}", _HINT)
    kind = values[b"type"].decode("latin-1")
    return Entry(name, kind, payload[offset : offset + size], flag, date), after


def _box(tag: bytes, data: bytes) -> bytes:
    return tag + struct.pack(">I", len(data) + 8) + data


def _open_box(payload: bytes, position: int, tag: bytes, limit: int) -> tuple[int, int]:
    """Check tag and size at `position`; give where its data starts and ends."""
    where = f"byte {position} of ptch"
    if position + 8 > limit:
        raise AmxdError(f"no room for `{tag.decode()}`", where, _HINT)
    found = payload[position : position + 4]
    if found != tag:
        raise AmxdError(f"expected `{tag.decode()}`, found {found!r}", where, _HINT)
    (size,) = struct.unpack(">I", payload[position + 4 : position + 8])
    if size < 8 or position + size > limit:
        raise AmxdError(f"`{tag.decode()}` has the impossible size {size}", where, _HINT)
    return position + 8, position + size


def _number(data: bytes, tag: bytes, position: int) -> int:
    if len(data) != 4:
        raise AmxdError(f"`{tag.decode()}` holds {len(data)} bytes, not 4", f"entry at byte {position}", _HINT)
    return int.from_bytes(data, "big")


def _padded(name: str) -> bytes:
    """Pad with NULs to a multiple of four, with at least one."""
    raw = name.encode()
    return raw + b"\0" * (4 - len(raw) % 4)


def _unpadded(data: bytes, position: int) -> str:
    raw = data.rstrip(b"\0")
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise AmxdError("a file name is not UTF-8", f"entry at byte {position}", _HINT) from None
    if _padded(name) != data:
        raise AmxdError(f"the name {name!r} is padded wrongly", f"entry at byte {position}", _HINT)
    return name


def _check_entries(entries: Sequence[Entry]) -> None:
    if not entries:
        raise AmxdError("the frozen part holds no file", "dlst", _HINT)
    first = entries[0]
    if first.type != "JSON" or first.flag != MAIN_FLAG:
        raise AmxdError(f"the first file {first.name!r} is not the main patch (JSON, flag 17)", "dlst", _HINT)
    for entry in entries:
        parts = entry.name.split("/")
        bad = "\\" in entry.name or any(ord(c) < 32 for c in entry.name) or any(p in ("", ".", "..") for p in parts)
        if bad:
            raise AmxdError(f"the file name {entry.name!r} is not a plain name", "dlst", _HINT)
        if (entry.type != "\0\0\0\0" and not all(" " <= c <= "~" for c in entry.type)) or len(entry.type) != 4:
            raise AmxdError(f"{entry.name} has the unreadable type {entry.type!r}", "dlst", _HINT)
        if entry.flag not in _FLAGS or (entry.flag == MAIN_FLAG) != (entry is first):
            raise AmxdError(f"{entry.name} has flag {entry.flag}", "dlst", _HINT)
