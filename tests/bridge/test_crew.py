"""Kept workers: used again, given up when they misbehave, gone when nobody needs them or the engine leaves."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import psutil
import pytest

from bridge import jobs
from bridge.call import Call
from bridge.client import Client, RemoteError
from bridge.jobs import JobStarted
from engine.settings import Limits
from tests.bridge.house import House, running, until

FUNCTIONS = "tests.bridge.job_functions:"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "READY", FUNCTIONS + "ready")


@contextlib.asynccontextmanager
async def keeping(**limits: Any) -> AsyncIterator[tuple[House, Client]]:
    async with running(Limits(**limits)) as house:

        async def start(call: Call, how: str, seconds: float = 0.0, steps: int = 1) -> JobStarted:
            """Start a kept job of the test's own."""
            more = {} if how == "whoami" else {"steps": steps}
            return call.runtime.jobs.start(call, FUNCTIONS + how, kept=True, seconds=seconds, **more)

        house.runtime.methods.method("test.kept")(start)
        house.runtime.methods["test.kept"].resolve()
        async with await house.client() as client:
            yield house, client


async def pid(client: Client) -> int:
    found: int = await client.wait((await client.call("test.kept", how="whoami"))["job"])
    return found


async def heard(client: Client, words: str) -> str:
    """Wait for the progress that says this."""
    while True:
        name, said = await asyncio.wait_for(client.heard(), 60)
        if name == "job.progress" and said["text"] != words:
            return str(said["text"])


async def test_a_worker_is_used_again() -> None:
    async with keeping() as (house, client):
        first = await pid(client)
        assert first != os.getpid()
        assert [await pid(client) for _ in range(3)] == [first] * 3
        assert house.runtime.jobs.crew.idle == 1
    await until(lambda: not psutil.pid_exists(first))


async def test_two_jobs_at_once_have_a_worker_each() -> None:
    async with keeping() as (_, client):
        started = [(await client.call("test.kept", how="whoami", seconds=0.5))["job"] for _ in range(2)]
        done: list[dict[str, Any]] = []
        while len(done) < 2:
            name, said = await asyncio.wait_for(client.heard(), 60)
            done += [said] if name == "job.done" else []
    assert {each["job"] for each in done} == set(started)
    assert len({each["result"] for each in done}) == 2


async def test_one_that_was_made_ready_ahead_is_taken() -> None:
    async with keeping() as (house, client):
        crew = house.runtime.jobs.crew
        crew.prepare()
        crew.prepare()
        await pid(client)
        assert crew.idle == 1


@pytest.mark.parametrize("how", ["crashing", "babbling"])
async def test_a_worker_that_misbehaves_costs_its_own_job_only(how: str) -> None:
    async with keeping() as (_, client):
        first = await pid(client)
        with pytest.raises(RemoteError) as caught:
            await client.wait((await client.call("test.kept", how=how))["job"])
        assert caught.value.code == -32603
        assert await pid(client) != first


@pytest.mark.parametrize(("how", "code"), [("failing", -32603), ("refusing", -32602)])
async def test_a_job_that_fails_leaves_its_worker_for_others(how: str, code: int) -> None:
    async with keeping() as (_, client):
        first = await pid(client)
        with pytest.raises(RemoteError) as caught:
            await client.wait((await client.call("test.kept", how=how))["job"])
        assert caught.value.code == code
        assert await pid(client) == first


async def test_a_worker_that_hears_the_cancel_is_kept() -> None:
    async with keeping() as (_, client):
        first = await pid(client)
        took = []
        for _ in range(8):  # the machine may have other work; the best is what the engine needs
            job = (await client.call("test.kept", how="whoami", seconds=30.0))["job"]
            await heard(client, "")
            started = time.perf_counter()
            assert (await client.call("job.cancel", job=job))["state"] == "cancelled"
            took.append(time.perf_counter() - started)
            if took[-1] < 0.2 and len(took) > 1:
                break
        assert min(took) < 0.2
        # A cancel that came late must not end the next job.
        assert await pid(client) == first


async def test_a_worker_that_does_not_is_killed_and_replaced() -> None:
    async with keeping() as (_, client):
        first = await pid(client)
        took = []
        for _ in range(8):  # the machine may have other work; the best is what the engine needs
            job = (await client.call("test.kept", how="stubborn"))["job"]
            stubborn = int(await heard(client, "Getting the ears ready"))
            started = time.perf_counter()
            assert (await client.call("job.cancel", job=job))["state"] == "cancelled"
            took.append(time.perf_counter() - started)
            assert not psutil.pid_exists(stubborn)
            if took[-1] < 0.2 and len(took) > 1:
                break
        assert min(took) < 0.2
        assert await pid(client) != first


async def test_a_kept_job_has_a_time_limit() -> None:
    async with keeping(job_seconds=0.5) as (_, client):
        with pytest.raises(RemoteError) as caught:
            await client.wait((await client.call("test.kept", how="stubborn"))["job"])
        assert caught.value.code == -32003


@pytest.mark.parametrize("limits", [{"kept_jobs": 2}, {"kept_bytes": 1}])
async def test_a_worker_is_replaced_after_enough(limits: dict[str, int]) -> None:
    async with keeping(**limits) as (_, client):
        used = [await pid(client) for _ in range(4)]
        assert len(set(used)) == (2 if "kept_jobs" in limits else 4)


async def test_a_worker_leaves_when_nobody_needs_it() -> None:
    async with keeping(kept_seconds=0.2) as (house, client):
        first = await pid(client)
        await until(lambda: not psutil.pid_exists(first))
        assert house.runtime.jobs.crew.idle == 0
        assert await pid(client) != first


@pytest.mark.skipif(os.name == "nt", reason="signals to other processes are a thing of POSIX")
async def test_one_that_died_while_it_waited_is_not_taken() -> None:
    async with keeping() as (house, client):
        first = await pid(client)
        os.kill(first, signal.SIGKILL)
        await until(lambda: house.runtime.jobs.crew.idle == 0)
        assert await pid(client) != first


async def test_one_that_could_not_get_ready_may_still_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "READY", FUNCTIONS + "unready")
    async with keeping() as (_, client):
        assert await pid(client)


async def test_kept_workers_end_when_the_engine_is_killed() -> None:
    from bridge.process import spawn

    process = await spawn("bridge.kept_worker", FUNCTIONS + "ready")
    assert process.stdin is not None
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 60) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say")
def test_what_a_worker_held_is_its_own_and_not_its_parents() -> None:
    held = bytearray(b"x") * 400_000_000  # as an engine that was tested for an hour
    told = subprocess.run(
        [sys.executable, "-c", "from bridge.kept_worker import most_memory; print(most_memory())"],
        capture_output=True,
        check=True,
        text=True,
        close_fds=False,
    )
    assert 5_000_000 < int(told.stdout) < len(held)
