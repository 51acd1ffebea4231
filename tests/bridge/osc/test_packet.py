"""Datagrams: whole ones are read, all others are refused in words, whatever they hold."""

from __future__ import annotations

import struct
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridge.osc.packet import Message, OscLimits, Refused, read, write

LIMITS = OscLimits()
NOW = struct.pack(">Q", 1)
DAWN = 2_208_988_800


def bundle(*elements: bytes, tag: bytes = NOW) -> bytes:
    return b"#bundle\0" + tag + b"".join(struct.pack(">i", len(each)) + each for each in elements)


def nested(depth: int) -> bytes:
    inner = write("/a", [])
    for _ in range(depth):
        inner = bundle(inner)
    return inner


def test_what_is_written_is_read() -> None:
    args = [1, 2**40, 0.5, "Bass é", True, False, None]
    assert read(write("/ableton/tempo", args), LIMITS) == [Message("/ableton/tempo", args)]


def test_a_bundle_is_its_messages_in_order_with_their_time() -> None:
    when = time.time() + 2
    tag = struct.pack(">Q", int((when + DAWN) * 2**32))
    inner = bundle(write("/b", [1]), write("/c", []), tag=tag)
    first, second, third, last = read(bundle(write("/a", []), inner, write("/d", [])), LIMITS)
    assert [each.address for each in (first, second, third, last)] == ["/a", "/b", "/c", "/d"]
    assert first.when == last.when == 0.0
    assert second.when == third.when == pytest.approx(when, abs=0.01)


@pytest.mark.parametrize(
    ("datagram", "words"),
    [
        (b"", "no OSC"),
        (b"hello", "no OSC"),
        (b"GET / HTTP/1.1\r\n\r\n", "no OSC"),
        (b"/" + b"a" * 20_000, "too large"),
        (b"/" + b"a" * 400 + b"\0" * 3, "no address"),
        (b"/\xff\xfe\0", "no address"),
        (write("/a*", []), "Patterns"),
        (write("/{a,b}", []), "Patterns"),
        (b"/a\0\0i\0\0\0\0\0\0\1", "no types"),
        (b"/a\0\0,i\0\0", "not what their types say"),
        (b"/a\0\0,s\0\0\xff\xff\xff\0", "not what their types say"),
        (b"/a\0\0,s\0\0abc", "not what their types say"),
        (b"/a\0\0,q\0\0", "type 'q'"),
        (b"/a\0\0,b\0\0\xff\xff\xff\xf0", "type 'b'"),
        (b"/a\0\0,]\0\0", "not what their types say"),
        (b"/a\0\0,[\0\0", "not what their types say"),
        (b"/a\0\0," + b"[" * 8 + b"]" * 8 + b"\0" * 3, "nested too deep"),
        (b"/a\0\0," + b"T" * 300 + b"\0" * 3, "Too many arguments"),
        (write("/a", [float("nan")]), "no number"),
        (write("/a", [float("-inf")]), "no number"),
        (b"#bundle\0", "before its time tag"),
        (b"#bundle\0" + NOW + b"\0\0", "middle of an element"),
        (b"#bundle\0" + NOW + struct.pack(">i", -4), "impossible size"),
        (b"#bundle\0" + NOW + struct.pack(">i", 0), "impossible size"),
        (b"#bundle\0" + NOW + struct.pack(">i", 2**31 - 4), "impossible size"),
        (b"#bundle\0" + NOW + struct.pack(">i", 3) + b"/a\0", "impossible size"),
        (bundle(b"junk"), "no OSC"),
        (nested(5), "nested too deep"),
        (nested(300), "nested too deep"),
        (bundle(*[write("/a", [])] * 65), "Too many messages"),
        (bundle(*[bundle(*[write("/a", [])] * 10)] * 10), "Too many messages"),
    ],
)
def test_what_is_no_osc_or_too_much_is_refused_in_words(datagram: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        read(datagram, LIMITS)


def test_as_deep_as_allowed_is_read() -> None:
    assert read(nested(LIMITS.depth), LIMITS) == [Message("/a", [])]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_nothing_but_messages_or_a_refusal_comes_of_any_bytes(data: st.DataObject) -> None:
    whole = bundle(write("/ableton/tempo", [120.0, "x", 3]), bundle(write("/b", [True])))
    start = data.draw(st.integers(0, len(whole)))
    broken = whole[:start] + data.draw(st.binary(max_size=24)) + whole[data.draw(st.integers(start, len(whole))) :]
    try:
        found = read(broken, LIMITS)
    except Refused:
        return
    assert all(isinstance(each, Message) and each.address.startswith("/") for each in found)
