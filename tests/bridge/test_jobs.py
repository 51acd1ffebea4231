"""Long work: in a process of its own, with progress, cancelled at once, gone with its client."""

from __future__ import annotations

import asyncio
import os
import signal
import statistics
import time
from typing import Any

import psutil
import pytest

from bridge.client import Client, RemoteError
from engine import settings
from engine.settings import Limits
from tests.bridge.house import House, running, until


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid)


async def next_of(client: Client, method: str) -> dict[str, Any]:
    while True:
        name, params = await asyncio.wait_for(client.heard(), 60)
        if name == method:
            return dict(params)


async def test_a_job_reports_progress_and_its_result(house: House) -> None:
    heard = []
    async with await house.client() as client:
        job = (await client.call("test.job", steps=4, seconds=0.06))["job"]
        result = await client.wait(job, progress=lambda *step: heard.append(step))
        assert result["steps"] == 4
        assert result["pid"] != os.getpid()
        assert heard == [(1, 4, "step 1"), (2, 4, "step 2"), (3, 4, "step 3"), (4, 4, "step 4")]
        status = await client.call("job.status", job=job)
    assert (status["state"], status["done"], status["total"]) == ("done", 4, 4)
    assert status["result"] == result


async def test_progress_is_thinned_out_but_its_end_is_told(house: House) -> None:
    heard = []
    async with await house.client() as client:
        job = (await client.call("test.job", steps=5000))["job"]
        await client.wait(job, progress=lambda *step: heard.append(step[0]))
    assert heard == sorted(heard)
    assert heard[-1] == 5000
    assert len(heard) < 500


async def test_the_answer_that_names_the_job_comes_before_its_progress(house: House) -> None:
    connection = await house.socket()
    import json

    await connection.send(json.dumps(house.hello()))
    await connection.recv()
    start = {"jsonrpc": "2.0", "method": "test.job", "params": {"steps": 1}, "id": 1}
    wait = {"jsonrpc": "2.0", "method": "test.wait", "params": [0.4], "id": 2}
    await connection.send(json.dumps([start, wait]))
    first = json.loads(await connection.recv())
    assert {each["id"] for each in first} == {1, 2}
    assert json.loads(await connection.recv())["method"] == "job.progress"
    await connection.close()


@pytest.mark.parametrize("how", ["steps", "stubborn"])
async def test_cancel_takes_effect_within_200_ms(house: House, how: str) -> None:
    took = []
    async with await house.client() as client:
        for _ in range(8):  # the machine may have other work; the best is what the engine needs
            job = (await client.call("test.job", how=how, steps=100_000, seconds=0.01))["job"]
            await next_of(client, "job.progress")
            started = time.perf_counter()
            status = await client.call("job.cancel", job=job)
            took.append(time.perf_counter() - started)
            assert status["state"] == "cancelled"
            done = await next_of(client, "job.done")
            assert (done["job"], done["state"], done["error"]["code"]) == (job, "cancelled", -32004)
            assert house.runtime.jobs.active == 0
            if took[-1] < 0.2:
                break
    assert min(took) < 0.2


async def test_a_stubborn_worker_is_really_gone(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="stubborn"))["job"]
        pid = int((await next_of(client, "job.progress"))["text"])
        assert alive(pid)
        await client.call("job.cancel", job=job)
        assert not alive(pid)


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
async def test_a_worker_that_hears_nothing_is_killed(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="deaf"))["job"]
        pid = int((await next_of(client, "job.progress"))["text"])
        await until(lambda: psutil.Process(pid).status() == psutil.STATUS_STOPPED)
        assert (await client.call("job.cancel", job=job))["state"] == "cancelled"
        assert not alive(pid)


async def test_jobs_go_with_their_client(house: House) -> None:
    client = await house.client()
    await client.call("test.job", how="stubborn")
    pid = int((await next_of(client, "job.progress"))["text"])
    client._socket.transport.abort()
    await until(lambda: house.runtime.jobs.active == 0)
    assert not alive(pid)


async def test_a_job_asked_for_by_a_client_that_is_gone_is_not_left_over(house: House) -> None:
    connection = await house.socket()
    import json

    await connection.send(json.dumps(house.hello()))
    await connection.recv()
    start = {"jsonrpc": "2.0", "method": "test.job", "params": {"how": "stubborn"}, "id": 1}
    wait = {"jsonrpc": "2.0", "method": "test.wait", "params": [60], "id": 2}
    await connection.send(json.dumps([start, wait]))
    await until(lambda: house.runtime.jobs.active == 1)
    connection.transport.abort()
    await until(lambda: house.runtime.jobs.active == 0)


async def test_workers_die_with_the_engine_even_when_it_is_killed() -> None:
    # The worker sees its standard input close; here only that pipe is closed, as a kill of the engine would.
    from bridge.jobs import _spawn

    process = await _spawn("tests.bridge.job_functions:stubborn")
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"steps": 1, "seconds": 1}\n')
    await process.stdout.readline()
    process.stdin.close()
    assert await asyncio.wait_for(process.wait(), 60) == 1


async def test_workers_are_bounded_and_the_rest_waits_or_is_refused() -> None:
    async with running(Limits(jobs=1, jobs_waiting=1)) as house, await house.client() as client:
        first = (await client.call("test.job", how="stubborn"))["job"]
        await next_of(client, "job.progress")
        second = (await client.call("test.job", steps=1))["job"]
        assert (await client.call("job.status", job=second))["state"] == "waiting"
        with pytest.raises(RemoteError) as caught:
            await client.call("test.job")
        assert caught.value.code == -32008
        await client.call("job.cancel", job=first)
        done = await next_of(client, "job.done")
        assert done["job"] == first
        done = await next_of(client, "job.done")
        assert (done["job"], done["state"]) == (second, "done")


async def test_a_waiting_job_can_be_cancelled() -> None:
    async with running(Limits(jobs=1)) as house, await house.client() as client:
        await client.call("test.job", how="stubborn")
        second = (await client.call("test.job", steps=1))["job"]
        assert (await client.call("job.cancel", job=second))["state"] == "cancelled"
        assert house.runtime.jobs.active == 1


async def test_other_peoples_jobs_are_unknown(house: House) -> None:
    async with await house.client() as owner, await house.client() as other:
        job = (await owner.call("test.job", steps=1))["job"]
        for method in ("job.status", "job.cancel"):
            for name in (job, "j999", ""):
                with pytest.raises(RemoteError) as caught:
                    await other.call(method, job=name)
                assert caught.value.code == -32007


async def test_a_finished_job_stays_as_it_is(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", steps=1))["job"]
        await client.wait(job)
        assert (await client.call("job.cancel", job=job))["state"] == "done"


async def test_a_failing_job_tells_a_number_and_logs_the_traceback(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="failing"))["job"]
        with pytest.raises(RemoteError) as caught:
            await client.wait(job)
    assert caught.value.code == -32603
    assert "secret" not in str(caught.value)
    number = caught.value.hint.partition("under ")[2].rstrip(".")
    written = settings.log_path().read_text()
    assert number in written
    assert "job_functions.py" in written


async def test_a_refusing_job_says_which_value(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="refusing"))["job"]
        with pytest.raises(RemoteError) as caught:
            await client.wait(job)
    assert caught.value.code == -32602
    assert caught.value.data["field"] == "file"


async def test_a_crash_of_the_worker_is_told(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="crashing"))["job"]
        with pytest.raises(RemoteError, match="ended before it was done"):
            await client.wait(job)
        assert await client.call("test.add", a=1) == 2


async def test_a_worker_that_talks_nonsense_ends_its_job(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="babbling"))["job"]
        with pytest.raises(RemoteError, match="Internal error"):
            await asyncio.wait_for(client.wait(job), 60)
        assert (await client.call("job.status", job=job))["state"] == "failed"


async def test_what_a_job_prints_is_no_result(house: House) -> None:
    async with await house.client() as client:
        assert await client.wait((await client.call("test.job", how="printing"))["job"]) == "real"


async def test_a_job_has_a_time_limit() -> None:
    async with running(Limits(job_seconds=0.3)) as house, await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.wait((await client.call("test.job", how="stubborn"))["job"])
        assert caught.value.code == -32003


async def usual_wait(client: Client) -> float:
    """Give the seconds that an answer is waited for: the median of some."""
    waits = []
    for number in range(50):
        started = time.perf_counter()
        await client.call("test.add", a=number)
        waits.append(time.perf_counter() - started)
    return statistics.median(waits)


async def test_other_requests_are_answered_while_a_job_runs(house: House) -> None:
    async with await house.client() as client:
        before = await usual_wait(client)
        await client.call("test.job", how="stubborn")
        await next_of(client, "job.progress")
        # Beside what it took on this machine a moment ago; the job's minute would be waited for.
        assert await usual_wait(client) < 3 * before + 0.05


@pytest.mark.skipif(os.name == "nt", reason="signals to other processes are a thing of POSIX")
async def test_a_killed_worker_is_told_as_an_end(house: House) -> None:
    async with await house.client() as client:
        job = (await client.call("test.job", how="stubborn"))["job"]
        pid = int((await next_of(client, "job.progress"))["text"])
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(RemoteError, match="ended before it was done"):
            await client.wait(job)
