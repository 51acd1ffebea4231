"""Chords and the Hub, as built, on one Max bus, beside an engine in this event loop."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any

import msgspec

from tests.bridge.house import House
from tests.contract.node import command
from tests.contract.patches import built


class Relay:
    """The running pair; `report` is there when it has ended."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.report: dict[str, Any] = {}

    async def _line(self, expected: str) -> None:
        assert self._process.stderr is not None
        async with asyncio.timeout(20):
            said = await self._process.stderr.readline()
            if said.decode().strip() != expected:
                raise AssertionError(said.decode() + (await self._process.stderr.read()).decode())

    async def tell(self, line: str, answer: str = "done") -> None:
        """Give a command and wait until it is done."""
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        await self._line(answer)

    async def end(self) -> None:
        out, err = await asyncio.wait_for(self._process.communicate(b""), 60)
        assert self._process.returncode == 0, err.decode()
        self.report = json.loads(out)


@contextlib.asynccontextmanager
async def relay(house: House, *, patience: float = 10.0, **scripts: str) -> AsyncIterator[Relay]:
    """Run both devices; ready when Chords is, or after `patience` seconds. `scripts` replace the built ones."""
    devices = built()
    told = {
        "chords": devices["Chords"].code(),
        "hub": devices["Hub"].code(),
        "endpoint": msgspec.to_builtins(house.where),
        "patience": patience * 1000,
        **scripts,
    }
    pipes = {"stdin": asyncio.subprocess.PIPE, "stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    process = await asyncio.create_subprocess_exec(*command("relay.mjs"), **pipes)
    pair = Relay(process)
    try:
        await pair.tell(json.dumps(told), "ready")
        yield pair
        await pair.end()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
