"""Kept worker processes: what takes a second to import is imported once and used for many jobs.

A kept worker (`bridge.kept_worker`) does one job at a time. It is given back only when it ended that job by itself;
one that crashed, hangs or does not hear a cancel is killed, and the next job gets another. It is replaced after many
jobs or when it holds much memory, leaves when nobody needs it, and ends with the engine, whose pipe it listens to.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any

import msgspec

from bridge.process import spawn
from engine.settings import Limits


@dataclass(eq=False)
class KeptWorker:
    """One process.

    Attributes:
        process: Its pipes.
        jobs: How many it did.
        memory: Bytes it held at most, as it said after its last job.
        leaving: When it will be sent away for having nothing to do.
    """

    process: asyncio.subprocess.Process
    jobs: int = 0
    memory: int = 0
    leaving: asyncio.TimerHandle | None = None

    @property
    def alive(self) -> bool:
        """Whether it may still take a job."""
        return self.process.returncode is None

    def tell(self, message: dict[str, Any]) -> None:
        """Send one line; to a process that is gone this does nothing."""
        assert self.process.stdin is not None  # noqa: S101 - asked for in spawn; tells mypy
        with contextlib.suppress(OSError, RuntimeError):
            self.process.stdin.write(msgspec.json.encode(message) + b"\n")

    async def end(self) -> None:
        """Kill it, and wait until it is gone."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        await self.process.wait()


class Crew:
    """The kept workers of one engine, those that have nothing to do at the moment.

    Args:
        limits: `kept_jobs`, `kept_bytes` and `kept_seconds` count here.
        ready: `module:function` that a worker calls before its first job.
    """

    def __init__(self, limits: Limits, ready: str) -> None:
        self._limits = limits
        self._ready = ready
        self._idle: list[KeptWorker] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._starting: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def idle(self) -> int:
        """How many wait for a job."""
        return sum(worker.alive for worker in self._idle)

    def prepare(self) -> None:
        """Start a worker now if none waits: a job is likely to come."""
        if not (self.idle or self._starting or self._closed):
            self._starting = self._aside(self._start())

    async def take(self) -> KeptWorker:
        """Return a worker that has nothing to do; a new one where there is none."""
        if self._starting and not self._idle:
            await asyncio.wait({self._starting})
        while self._idle:
            worker = self._idle.pop()
            if worker.leaving:
                worker.leaving.cancel()
            if worker.alive:
                return worker
        return await self._spawned()

    def give_back(self, worker: KeptWorker) -> None:
        """Keep a worker that ended its job by itself, unless it did or holds enough."""
        worker.jobs += 1
        limits = self._limits
        if self._closed or worker.jobs >= limits.kept_jobs or worker.memory >= limits.kept_bytes:
            self._aside(worker.end())
        else:
            self._rest(worker)

    async def close(self) -> None:
        """End them all."""
        self._closed = True
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in self._idle:
            if worker.leaving:
                worker.leaving.cancel()
            await worker.end()
        self._idle.clear()

    async def _start(self) -> None:
        try:
            worker = await self._spawned()
        finally:
            self._starting = None
        self._rest(worker)

    async def _spawned(self) -> KeptWorker:
        return KeptWorker(await spawn("bridge.kept_worker", self._ready))

    def _rest(self, worker: KeptWorker) -> None:
        self._idle.append(worker)
        seconds = self._limits.kept_seconds
        worker.leaving = asyncio.get_running_loop().call_later(seconds, self._send_away, worker)

    def _send_away(self, worker: KeptWorker) -> None:
        if worker in self._idle:
            self._idle.remove(worker)
            self._aside(worker.end())

    def _aside(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
