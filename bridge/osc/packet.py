"""A datagram taken apart, and one put together (OSC 1.0). What comes in is trusted in nothing.

Bundles are walked here and only single messages go to python-osc: its walk does not end on a negative size and
recurses as deep as it is told to.
"""

from __future__ import annotations

import math
import re
import struct
from typing import Any

import msgspec
from pythonosc.osc_message import OscMessage
from pythonosc.osc_message_builder import OscMessageBuilder

_BUNDLE = b"#bundle\0"
_HEAD = 16  # "#bundle", NUL, time tag
_NOW = 1  # the time tag that means at once
_EPOCH = 2_208_988_800  # seconds from 1900, where OSC counts from, to 1970

_TYPES = frozenset("ihfdsTFN[]")
_ADDRESS = re.compile(r"/[!-~]*")
_PATTERN = re.compile(r"[*?\[\]{}#,]")
_INT32 = 2**31


class OscLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much may come by OSC. Tests make their own; users cannot change them."""

    packet_bytes: int = 16 * 1024  # of one datagram; macOS sends at most 9,216 anyway
    depth: int = 4  # bundles in bundles, and lists in lists
    messages: int = 64  # in one datagram
    arguments: int = 128  # of one message
    address: int = 256  # characters
    per_second: float = 1000.0  # datagrams, of all senders together
    burst: float = 500.0  # that may come at once
    ahead: float = 10.0  # seconds a bundle may wait for its time
    waiting: int = 256  # messages that wait for their time
    listeners: int = 16  # reply addresses that hear of changes
    lease: float = 3600.0  # seconds a listener is kept that says nothing
    piece: int = 4096  # bytes of an answer's text in one datagram
    answer: int = 256 * 1024  # bytes of an answer; longer ones are not sent
    quiet: float = 60.0  # seconds without a message until the engine may count OSC as gone


class Refused(Exception):  # noqa: N818 - an outcome, told to the sender
    """What came is not done.

    Attributes:
        hint: What the sender can do about it.
        address: Of the message, "" when there is none.
        code: Of the engine's error, 0 when it was not the engine that refused.
    """

    def __init__(self, message: str, hint: str = "", address: str = "", code: int = 0) -> None:
        super().__init__(message)
        self.hint = hint
        self.address = address
        self.code = code


class Message(msgspec.Struct, frozen=True):
    """One OSC message.

    Attributes:
        address: Begins with a slash.
        args: Numbers, text, true, false, None and lists of them.
        when: Seconds since 1970 at which it is meant; 0.0 for at once.
    """

    address: str
    args: list[Any]
    when: float = 0.0


def read(datagram: bytes, limits: OscLimits) -> list[Message]:
    """Take a datagram apart.

    Args:
        datagram: As it came.
        limits: Of size, depth and number.

    Returns:
        Its messages, in their order.

    Raises:
        Refused: it is not OSC, or too much; nothing of it is done then.
    """
    if len(datagram) > limits.packet_bytes:
        raise Refused(
            f"A packet of {len(datagram)} bytes is too large", f"At most {limits.packet_bytes} bytes in one packet."
        )
    found: list[Message] = []
    waiting = [(datagram, 0.0, 0)]
    while waiting:
        piece, when, depth = waiting.pop()
        if piece.startswith(_BUNDLE):
            if depth >= limits.depth:
                raise Refused("Bundles are nested too deep", f"At most {limits.depth} levels.")
            inner, at = _bundle(piece)
            waiting += [(each, at, depth + 1) for each in reversed(inner)]
        else:
            found.append(_message(piece, when, limits))
        if len(found) + len(waiting) > limits.messages:
            raise Refused("Too many messages in one packet", f"At most {limits.messages}.")
    return found


def _bundle(piece: bytes) -> tuple[list[bytes], float]:
    """Return the elements of a bundle, and when they are meant."""
    if len(piece) < _HEAD:
        raise Refused("A bundle ends before its time tag")
    (tag,) = struct.unpack_from(">Q", piece, 8)
    found = []
    at = _HEAD
    while at < len(piece):
        if at + 4 > len(piece):
            raise Refused("A bundle ends in the middle of an element")
        (size,) = struct.unpack_from(">i", piece, at)
        at += 4
        if size <= 0 or size % 4 or at + size > len(piece):
            raise Refused("A bundle says an impossible size of an element")
        found.append(piece[at : at + size])
        at += size
    return found, 0.0 if tag == _NOW else tag / 2**32 - _EPOCH


def _message(piece: bytes, when: float, limits: OscLimits) -> Message:
    if not piece.startswith(b"/"):
        raise Refused("That is no OSC", "A packet is a message, whose address begins with /, or a bundle of them.")
    end = piece.find(b"\0")
    address = piece[: end if end >= 0 else len(piece)].decode("ascii", "replace")
    if len(address) > limits.address or not _ADDRESS.fullmatch(address):
        raise Refused("That is no address", f"An address is at most {limits.address} printable ASCII characters.")
    if _PATTERN.search(address):
        raise Refused("Patterns are not understood", "Send one message to each address.", address)
    _check_types(piece, (end // 4 + 1) * 4, address, limits)
    try:
        args = OscMessage(piece).params
    except Exception:  # whatever python-osc stumbles over, it is the sender's packet
        raise Refused("The arguments are not what their types say", "Send whole OSC arguments.", address) from None
    if not _finite(args):
        raise Refused("An argument is no number", "Infinity and not-a-number are not understood.", address)
    return Message(address, args, when)


def _check_types(piece: bytes, at: int, address: str, limits: OscLimits) -> None:
    tags = piece[at : max(at, piece.find(b"\0", at))].decode("ascii", "replace")
    if not tags:
        if len(piece) > at:
            raise Refused("The arguments have no types", "OSC type tags begin with a comma.", address)
        return
    if tags[0] != ",":
        raise Refused("The arguments have no types", "OSC type tags begin with a comma.", address)
    if len(tags) - 1 > limits.arguments:
        raise Refused("Too many arguments", f"At most {limits.arguments}.", address)
    for tag in tags[1:]:
        if tag not in _TYPES:
            hint = "Send whole numbers (i, h), numbers (f, d), text (s), true, false, nil or lists of them."
            raise Refused(f"Arguments of type {tag!r} are not understood", hint, address)
    depth = deepest = 0
    for tag in tags:
        depth += (tag == "[") - (tag == "]")
        deepest = max(deepest, depth)
    if deepest > limits.depth:
        raise Refused("Lists are nested too deep", f"At most {limits.depth} levels.", address)


def _finite(args: list[Any]) -> bool:
    return all(
        _finite(each) if isinstance(each, list) else not isinstance(each, float) or math.isfinite(each) for each in args
    )


def write(address: str, args: list[Any]) -> bytes:
    """Put a message together.

    Args:
        address: Begins with a slash.
        args: Numbers, text, true, false, None.

    Returns:
        The datagram.
    """
    builder = OscMessageBuilder(address)
    for each in args:
        if isinstance(each, str):
            builder.add_arg(each.replace("\0", " ").encode("utf-8", "replace").decode(), "s")
        elif isinstance(each, int) and not isinstance(each, bool) and not -_INT32 <= each < _INT32:
            builder.add_arg(each, "h")
        else:
            builder.add_arg(each)
    return bytes(builder.build().dgram)
