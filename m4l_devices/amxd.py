"""Reading and writing .amxd files: unfrozen, frozen and (kept closed) encrypted ones.

A file is a run of chunks to its exact end: four letters, a little-endian length, the payload. First `ampf`
(the kind of device), then `meta` (a number), then `ptch` (the patch). A `ciph` before `ptch` means that the
device is encrypted. Facts and the two test vectors: reference/m4l.md 1.1-1.7.

What `read` accepts, `write` gives back byte for byte; what it could not give back, it refuses.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from m4l_devices.document import Document, Json
from m4l_devices.errors import AmxdError
from m4l_devices.frozen import MAIN_FLAG, Entry, read_entries, write_entries

META_UNFROZEN = 1
META_FROZEN = 7

KINDS = {
    "aaaa": "audio_effect",
    "mmmm": "midi_effect",
    "iiii": "instrument",
    "natt": "midi_transformation",
    "nagg": "midi_generator",
}
"""Kind code in the file -> kind of device."""

TOOL_KINDS = ("nagg", "natt")
"""Kinds that are MIDI Tools: they stand in Clip View, on no track."""

_KNOWN_META = (0, 1, 4, 7, 0x07000000)  # the last: a 7 written big-endian, in one file saved by Max 8.1
_HINT = "The file is damaged or was not saved by Max; take a fresh copy or rebuild it."


def amxdtype(kind: str) -> int:
    """Give the number that stands for a kind in the patch (`project.amxdtype`): its letters, big-endian.

    Args:
        kind: One of `KINDS`.
    """
    return int.from_bytes(kind.encode(), "big")


def is_tool(kind: str) -> bool:
    """Say whether a kind is a MIDI Tool.

    Args:
        kind: One of `KINDS`.
    """
    return kind in TOOL_KINDS


@dataclass(frozen=True)
class Frozen:
    """A frozen device's files, the main patch first."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Encrypted:
    """An encrypted device: two closed boxes, kept as they are."""

    cipher: bytes
    payload: bytes


@dataclass(frozen=True)
class Amxd:
    """A device file.

    Attributes:
        kind: One of `KINDS`.
        content: The patch: open, frozen or encrypted.
        meta: The number in `meta`; None when the chunk is missing (very old files).
    """

    kind: str
    content: Document | Frozen | Encrypted
    meta: int | None

    def document(self) -> Document:
        """Give the main patch's text.

        Raises:
            AmxdError: The device is encrypted.
        """
        match self.content:
            case Document():
                return self.content
            case Frozen(entries):
                return Document(entries[0].body)
            case Encrypted():
                raise AmxdError(
                    "the device is encrypted, so its patch cannot be read",
                    "chunk ciph",
                    "Ask its author for an open version.",
                )

    def patcher(self) -> Json:
        """Give the main patch, parsed.

        Raises:
            AmxdError: The device is encrypted, or its patch is broken.
        """
        return self.document().patcher()

    def files(self) -> tuple[Entry, ...]:
        """Give the files frozen into the device beside its patch; none when it is not frozen."""
        return self.content.entries[1:] if isinstance(self.content, Frozen) else ()


def unfrozen(kind: str, patcher: Json) -> Amxd:
    """Make an open device from a patch.

    Args:
        kind: One of `KINDS`.
        patcher: The main patch.
    """
    return Amxd(kind, Document.of(patcher), META_UNFROZEN)


def frozen(kind: str, name: str, patcher: Json, files: Sequence[Entry]) -> Amxd:
    """Make a frozen device from a patch and the files it needs.

    Args:
        kind: One of `KINDS`.
        name: File name of the device, such as "Bandmate Hub.amxd".
        patcher: The main patch.
        files: What it needs beside it.
    """
    main = Entry(name, "JSON", Document.of(patcher).raw, MAIN_FLAG)
    return Amxd(kind, Frozen((main, *files)), META_FROZEN)


def write(device: Amxd) -> bytes:
    """Write a device file.

    Args:
        device: What to write.

    Returns:
        The bytes of the .amxd file.

    Raises:
        AmxdError: An unknown kind, or frozen files Max could not read.
    """
    if device.kind not in KINDS:
        raise AmxdError(f"unknown kind of device {device.kind!r}", "chunk ampf", f"Use one of {', '.join(KINDS)}.")
    chunks = [(b"ampf", device.kind.encode())]
    if device.meta is not None:
        chunks.append((b"meta", struct.pack("<I", device.meta)))
    match device.content:
        case Document(raw):
            chunks.append((b"ptch", raw))
        case Frozen(entries):
            chunks.append((b"ptch", write_entries(entries)))
        case Encrypted(cipher, payload):
            chunks += [(b"ciph", cipher), (b"ptch", payload)]
    return b"".join(tag + struct.pack("<I", len(payload)) + payload for tag, payload in chunks)


def read(data: bytes) -> Amxd:
    """Read a device file.

    Args:
        data: The whole file.

    Returns:
        The device; `write` of it equals `data`.

    Raises:
        AmxdError: Anything that does not fit, with its place and what to do.
    """
    chunks = _chunks(data)
    tags = [tag for tag, _ in chunks]
    if tags not in (["ampf", "ptch"], ["ampf", "meta", "ptch"], ["ampf", "meta", "ciph", "ptch"]):
        raise AmxdError(f"the parts are {' '.join(tags)}, not ampf meta ptch", "the file", _HINT)
    payloads = dict(chunks)
    device = Amxd(_kind(payloads["ampf"]), _content(payloads), _meta(payloads.get("meta")))
    if write(device) != data:
        raise AmxdError("the file cannot be written back to the same bytes", "the file", _HINT)
    return device


def _chunks(data: bytes) -> list[tuple[str, bytes]]:
    if data[:4] != b"ampf":
        raise AmxdError("this is not an .amxd file: it does not start with `ampf`", "byte 0", _HINT)
    chunks = []
    position = 0
    while position < len(data):
        where = f"byte {position}"
        if position + 8 > len(data):
            raise AmxdError(f"{len(data) - position} bytes are left over at the end", where, _HINT)
        tag, length = struct.unpack("<4sI", data[position : position + 8])
        if not tag.isalpha() or not tag.isascii():
            raise AmxdError(f"expected a part of the file, found {tag!r}", where, _HINT)
        name = tag.decode()
        end = position + 8 + length
        if end > len(data):
            turned = int.from_bytes(data[position + 4 : position + 8], "big")
            swapped = position + 8 + turned <= len(data)
            hint = "Its length is written back to front (big-endian); it must be little-endian." if swapped else _HINT
            raise AmxdError(f"`{name}` claims {length} bytes, more than the file has", where, hint)
        chunks.append((name, data[position + 8 : end]))
        position = end
    return chunks


def _kind(payload: bytes) -> str:
    kind = payload.decode("latin-1")
    if kind not in KINDS:
        raise AmxdError(f"unknown kind of device {kind!r}", "chunk ampf", f"Known are {', '.join(KINDS)}.")
    return kind


def _meta(payload: bytes | None) -> int | None:
    if payload is None:
        return None
    number = int.from_bytes(payload, "little")
    if len(payload) != 4 or number not in _KNOWN_META:
        raise AmxdError(f"`meta` holds {payload.hex()}, a value Max does not write", "chunk meta", _HINT)
    return number


def _content(payloads: dict[str, bytes]) -> Document | Frozen | Encrypted:
    patch = payloads["ptch"]
    if "ciph" in payloads:
        return Encrypted(payloads["ciph"], patch)
    content: Document | Frozen
    if patch.startswith(b"{"):
        content = Document(patch)
        content.patcher()
        if b"\0dlst" in content.trailing():
            raise AmxdError(
                "a list of frozen files follows open JSON", "chunk ptch", "A frozen patch starts with mx@c."
            )
        return content
    content = Frozen(read_entries(patch))
    Document(content.entries[0].body).patcher()
    return content
