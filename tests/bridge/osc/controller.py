"""A controller: a UDP socket on the loopback that speaks OSC, and notes what it hears."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any

from bridge.osc.packet import OscLimits, read, write
from bridge.osc.socket import OscSocket
from bridge.osc.table import ACK, REPLY
from tests.bridge.house import House

WIDE = OscLimits(packet_bytes=65_536, arguments=10_000, messages=1000)


class Controller(asyncio.DatagramProtocol):
    """Made by `controller`."""

    def __init__(self, engine: tuple[str, int]) -> None:
        self._engine = engine
        self._heard: defaultdict[str, asyncio.Queue[list[Any]]] = defaultdict(asyncio.Queue)
        self.transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def datagram_received(self, data: bytes, _addr: Any) -> None:
        for message in read(data, WIDE):
            self._heard[message.address].put_nowait(message.args)

    def raw(self, datagram: bytes) -> None:
        assert self.transport is not None
        self.transport.sendto(datagram, self._engine)

    def send(self, address: str, *args: Any) -> None:
        self.raw(write(address, list(args)))

    async def hear(self, address: str) -> list[Any]:
        """Wait for the next message to an address; those to others wait for their turn."""
        async with asyncio.timeout(20):
            return await self._heard[address].get()

    async def ack(self) -> list[Any]:
        return await self.hear(ACK)

    async def ask(self, address: str, *args: Any) -> list[Any]:
        """Send and wait for the ack."""
        self.send(address, *args)
        return await self.ack()

    async def reply(self, address: str, *args: Any) -> Any:
        """Send and wait for the whole answer."""
        self.send(address, *args)
        text = ""
        while True:
            _name, index, count, piece = await self.hear(REPLY)
            text += piece
            if index == count:
                assert (await self.ack())[1] == "ok"
                return json.loads(text)

    def acks(self) -> list[list[Any]]:
        """Take all acks that are there."""
        waiting = self._heard[ACK]
        return [waiting.get_nowait() for _ in range(waiting.qsize())]

    @property
    def silent(self) -> bool:
        return all(each.empty() for each in self._heard.values())


@contextlib.asynccontextmanager
async def controller(house: House, limits: OscLimits | None = None, reply_port: int = 0) -> AsyncIterator[Controller]:
    """Open OSC on an engine, and a controller beside it."""
    socket = OscSocket(house.runtime, reply_port, limits)
    port = await socket.open(0)
    try:
        async with another(port) as one:
            yield one
    finally:
        await socket.close()


@contextlib.asynccontextmanager
async def another(port: int) -> AsyncIterator[Controller]:
    """Open a controller."""
    loop = asyncio.get_running_loop()
    transport, one = await loop.create_datagram_endpoint(
        lambda: Controller(("127.0.0.1", port)), local_addr=("127.0.0.1", 0)
    )
    try:
        yield one
    finally:
        transport.close()
