"""A fuzzer of the wire; `test_wire.py` beside it runs it for long, `tests/bridge/test_fuzz_short.py` for a moment.

Valid frames are broken in many small ways and thrown at a running engine, as text by a client that said
hello, and as raw bytes by strangers. What must hold: every answer is JSON-RPC 2.0, no fault of the engine
(-32603) is ever among them, nothing of the inside is told, and a quiet client beside all this is served.
"""

# ruff: noqa: E501 - tables of samples

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import struct
import time
from collections.abc import Iterable, Iterator
from typing import Any

from websockets.exceptions import ConnectionClosed

from engine.settings import Limits
from tests.bridge.house import House, running

VALUES = [
    "null", "true", "false", "0", "-0", "-1", "1e308", "1e-400", "8.0", "2147483648", "9" * 400, "0.1", '""', '"\\u0000"',
    '"\\ud83c\\udfb9"', '"C minor"', '"' + "x" * 5000 + '"', "[]", "{}", "[[]]", '{"":{}}', "[" * 20 + "]" * 20, "[null]",
    "NaN", "-Infinity", "'x'", "01", "+1", "1.", ".5", '"\t"', "﻿", "\x00",
]  # fmt: skip

CORPUS = [
    '{"jsonrpc":"2.0","method":"compose.chords","params":{"key":"10B","progression":"i-VI-III-VII","bars":8,"seed":3},"id":1}',
    '{"jsonrpc":"2.0","method":"compose.chords","params":{"context":{"track_name":"Bass","scale_root":2,"scale_name":"Minor",'
    '"scale_mode":true,"pitch_classes":[1,0,0,2,0,3,0,1,0,0,1,0],"previous":[60,64,67]},"bars":2},"id":"a"}',
    '{"jsonrpc":"2.0","method":"compose.chords","params":{"progression":"Dm7 G7alt Cmaj9 | F#m7b5","key":"C","voicing":"drop2",'
    '"rhythm":"offbeat","tension":50,"humanise":0.5,"signature_numerator":7,"signature_denominator":8,"clip_length":13},"id":2}',
    '{"jsonrpc":"2.0","method":"compose.chords_options","params":{"style":"jazz","tempo":90},"id":3}',
    '{"jsonrpc":"2.0","method":"compose.fit","params":{"notes":[{"pitch":61,"start_time":0,"duration":1},{"pitch":127,'
    '"start_time":0.5,"duration":2}],"key":"D minor","clip_key":"C","start":0,"length":4},"id":10}',
    '{"jsonrpc":"2.0","method":"compose.fit_audio","params":{"clip_key":"F#m","key":"7A","coarse":-3,"fine":12.5},"id":11}',
    '{"jsonrpc":"2.0","method":"compose.arp","params":{"progression":"Am F C G","figure":"converge","rate":"1/8T","octaves":2,'
    '"gate":120,"rhythm":"gallop","ratchets":40,"rests":10,"voicing":"root","restart":"bar","bars":2,"seed":5},"id":12}',
    '{"jsonrpc":"2.0","method":"compose.arp","params":{"held":[60,67,64],"rate":"free","rate_beats":0.3,"bars":1},"id":13}',
    '{"jsonrpc":"2.0","method":"compose.arp_live","params":{"rate":"1/16D","figure":"random","variation":50},"id":15}',
    '{"jsonrpc":"2.0","method":"compose.arp_options","params":{"style":"trance","tempo":138},"id":14}',
    '{"jsonrpc":"2.0","method":"compose.melody","params":{"progression":"Am F C G","style":"jazz","contour":"wave","range":9,'
    '"register":60,"phrase":2,"bars":2,"before":[{"pitch":60,"start_time":0,"duration":1}],"seed":5},"id":16}',
    '{"jsonrpc":"2.0","method":"compose.melody","params":{"line":[{"pitch":72,"start_time":0,"duration":1}],"bars":1},"id":17}',
    '{"jsonrpc":"2.0","method":"compose.import_midi","params":{"path":"/no/such/song.mid","track":1},"id":15}',
    '{"jsonrpc":"2.0","method":"compose.vary","params":{"notes":[{"pitch":36,"start_time":0,"duration":0.25},{"pitch":42,'
    '"start_time":0.5,"duration":0.25}],"length":4,"count":3,"distance":40,"keep":"none","seed":1},"id":12}',
    '{"jsonrpc":"2.0","method":"compose.transform","params":{"notes":[{"pitch":60,"start_time":0,"duration":1},{"pitch":64,'
    '"start_time":1,"duration":2}],"length":4,"kind":"invert","amount":80,"range_start":0,"range_end":3},"id":13}',
    '{"jsonrpc":"2.0","method":"compose.inpaint","params":{"notes":[{"pitch":60,"start_time":0,"duration":1},{"pitch":64,'
    '"start_time":3,"duration":1}],"length":4,"range_start":1,"range_end":3,"count":2},"id":14}',
    '{"jsonrpc":"2.0","method":"compose.continue","params":{"notes":[{"pitch":60,"start_time":0,"duration":1},{"pitch":64,'
    '"start_time":3,"duration":1}],"length":4,"beats":8,"variation":60},"id":15}',
    '{"jsonrpc":"2.0","method":"compose.stream","params":{"role":"bass","bar":6,"bars":2,"seed":1,"macros":{"energy":80},'
    '"points":[{"beat":1.5,"density":90},{"beat":4,"tempo":140}],"signatures":[{"bar":7,"numerator":7,"denominator":8}],'
    '"chords":[{"start":0,"duration":4,"symbol":"Am7"}],"harmony_numerator":4},"id":18}',
    '{"jsonrpc":"2.0","method":"compose.stream","params":{"role":"drums","style":"house","kit":{"kick":40}},"id":19}',
    '{"jsonrpc":"2.0","method":"theory.key","params":["D dorian"],"id":4}',
    '{"jsonrpc":"2.0","method":"theory.progression","params":{"progression":"ii7 V7/V bVII7 I64","key":"Eb"},"id":5}',
    '{"jsonrpc":"2.0","method":"engine.log","params":{"lines":3},"id":6}',
    '{"jsonrpc":"2.0","method":"job.status","params":{"job":"j1"},"id":7}',
    '{"jsonrpc":"2.0","method":"live.clip","params":{"track":1,"slot":2},"id":8}',
    '{"jsonrpc":"2.0","method":"live.write","params":{"notes":[{"pitch":60,"start_time":0,"duration":1}],"length":4},"id":9}',
    '{"jsonrpc":"2.0","method":"live.mixer","params":{"track":1,"kind":"return","volume":0.5,"mute":true},"id":20}',
    '{"jsonrpc":"2.0","method":"live.parameter","params":{"track":0,"device":"Reverb","parameter":3,"share":0.5},"id":21}',
    '{"jsonrpc":"2.0","method":"live.watch","params":{"wishes":[{"what":"parameter","device":1,"parameter":"Freq"}]},"id":22}',
    '{"jsonrpc":"2.0","method":"hub.changed","params":{"changes":[{"wish":{"what":"tempo"},"value":{}}]},"id":23}',
    '[{"jsonrpc":"2.0","method":"engine.status","id":1},{"jsonrpc":"2.0","method":"rpc.discover"},{"foo":1},7]',
    '{"jsonrpc":"2.0","result":{"tempo":120},"id":"e1"}',
    '{"jsonrpc":"2.0","error":{"code":-32000,"message":"no","data":{"hint":"x"}},"id":"e1"}',
]


def broken(dice: random.Random) -> str:
    """One frame, broken a little, more, or not at all."""
    text = dice.choice(CORPUS)
    for _ in range(dice.choice([0, 1, 1, 2, 5])):
        text = dice.choice([_cut, _swap_value, _flip, _repeat, _splice, _batch])(text, dice)
    # engine.stop is a valid wish and would end the test; a job would start a process for each.
    return text.replace("engine.stop", "engine.stp").replace("theory.verify", "theory.verfy")[:200_000]


def _cut(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    return text[:start] + text[start + dice.randrange(1, 8) :]


def _swap_value(text: str, dice: random.Random) -> str:
    places = [index for index, letter in enumerate(text) if letter in ":,["]
    if not places:
        return text
    start = dice.choice(places) + 1
    end = start
    while end < len(text) and text[end] not in ",]}":
        end += 1
    return text[:start] + dice.choice(VALUES) + text[end:]


def _flip(text: str, dice: random.Random) -> str:
    index = dice.randrange(len(text) + 1)
    return (
        text[:index]
        + chr(dice.choice([0, 9, 34, 44, 58, 91, 92, 93, 123, 125, 0x7F, 0xE9, 0x1F3B9]))
        + text[index + 1 :]
    )


def _repeat(text: str, dice: random.Random) -> str:
    start = dice.randrange(len(text) + 1)
    piece = text[start : start + dice.randrange(1, 40)]
    return text[:start] + piece * dice.choice([2, 3, 50]) + text[start:]


def _splice(text: str, dice: random.Random) -> str:
    other = dice.choice(CORPUS)
    return text[: dice.randrange(len(text) + 1)] + other[dice.randrange(len(other)) :]


def _batch(text: str, dice: random.Random) -> str:
    return "[" + ",".join([text] * dice.choice([1, 2, 60])) + "]"


def judge(text: str, sent: str) -> None:
    """Every message from the engine is one of the forms of JSON-RPC 2.0, and tells nothing of the inside."""
    assert "Traceback" not in text, sent
    assert 'File \\"' not in text, sent
    content = json.loads(text)
    for message in content if isinstance(content, list) else [content]:
        assert message["jsonrpc"] == "2.0", sent
        if "method" in message:
            continue
        assert ("result" in message) != ("error" in message), sent
        assert "id" in message, sent
        if "error" in message:
            error = message["error"]
            assert isinstance(error["code"], int), sent
            assert error["code"] != -32603, (sent[:2000], error)
            assert error["data"]["hint"], sent
            assert len(error["message"]) < 1000, sent


async def greeted(house: House) -> Any:
    connection = await house.socket()
    await connection.send(json.dumps(house.hello()))
    await connection.recv()
    return connection


def rounds(seconds: float, seed: int, most: int | None = None) -> Iterator[random.Random]:
    """Dice for one round after the other, until the time is over or there were enough."""
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end and number != most:
        yield random.Random(f"{seed}/{number}")
        number += 1


async def throw_frames(times: Iterable[random.Random]) -> int:
    """Throw broken frames of a client that said hello.

    Returns:
        Messages of the engine that were judged.
    """
    judged = 0
    async with running() as house, await house.client() as quiet:
        for dice in times:
            connection = await greeted(house)
            frames = [broken(dice) for _ in range(dice.randrange(1, 20))]
            end = {"jsonrpc": "2.0", "method": "test.add", "params": [0], "id": "the end"}
            with contextlib.suppress(ConnectionClosed):
                for frame in frames:
                    await connection.send(frame.encode("utf-8", "replace"), text=True)
                await connection.send(json.dumps(end))
                async with asyncio.timeout(20):
                    while True:
                        text = await connection.recv()
                        judge(text, "\n".join(frames))
                        judged += 1
                        if '"the end"' in text:
                            break
            await connection.close()
            assert await asyncio.wait_for(quiet.call("test.add", a=1), 5) == 2
    return judged


def frame_bytes(dice: random.Random) -> bytes:
    """A websocket frame that may lie about itself."""
    payload = broken(dice).encode("utf-8", "replace")[: dice.choice([0, 1, 100, 125, 126, 5000])]
    opcode = dice.choice([0x1, 0x1, 0x2, 0x0, 0x8, 0x9, 0xA, 0x3, 0xF])
    first = dice.choice([0x80, 0x00, 0xC0, 0xF0]) | opcode
    masked = dice.choice([0x80, 0x80, 0x80, 0x00])
    size = dice.choice([len(payload)] * 4 + [0, 125, 2**16, 2**62, 2**63])
    if size < 126:
        head = struct.pack("!BB", first, masked | size)
    elif size < 2**16:
        head = struct.pack("!BBH", first, masked | 126, size)
    else:
        head = struct.pack("!BBQ", first, masked | 127, size)
    return head + (dice.randbytes(4) if masked else b"") + payload


async def throw_bytes(times: Iterable[random.Random]) -> int:
    """Throw raw bytes of strangers.

    Returns:
        Bytes the engine answered.
    """
    answered = 0
    async with running(Limits(hello_seconds=0.2)) as house, await house.client() as quiet:
        host = f"127.0.0.1:{house.where.port}"
        good = (
            f"GET / HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        ).encode()
        for dice in times:
            reader, writer = await asyncio.open_connection("127.0.0.1", house.where.port)
            opening = bytearray(good)
            for _ in range(dice.choice([0, 0, 1, 3])):
                opening[dice.randrange(len(opening))] = dice.randrange(256)
            with contextlib.suppress(ConnectionError, TimeoutError):
                writer.write(bytes(opening) + b"".join(frame_bytes(dice) for _ in range(dice.randrange(5))))
                await writer.drain()
                if dice.random() < 0.3:
                    writer.write_eof()
                answer = await asyncio.wait_for(reader.read(2000), 0.05)
                answered += len(answer)
                assert b"Traceback" not in answer
                assert b".py" not in answer
            writer.close()
            assert await asyncio.wait_for(quiet.call("test.add", a=1), 5) == 2
        async with asyncio.timeout(10):
            while house.server._door._waiting or len(house.runtime.sessions) > 1:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    return answered
