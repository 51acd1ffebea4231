"""Long work in worker processes: bounded, with progress, cancelled at once, gone with its client.

A job is one function in one process, so that a crash or a kill harms nothing else. Most get a fresh process
(`bridge.worker`): what it imported (music21) is given back when it ends. Hearing gets one that is kept
(`bridge.crew`), since its libraries take longer to import than most files take to hear.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from bridge import errors
from bridge.call import Call
from bridge.crew import Crew, KeptWorker
from bridge.errors import BridgeError, Busy, Cancelled, TimedOut, UnknownJob, WireError
from bridge.process import spawn
from bridge.session import Session
from engine import typed
from engine.settings import Limits

_log = logging.getLogger("bandmate")

_KEPT = 64  # finished jobs whose result can still be asked for

READY = "engine.hear.errands:ready"
"""What a kept worker does before its first job."""

State = Literal["waiting", "running", "done", "failed", "cancelled"]


class JobStarted(msgspec.Struct, frozen=True):
    """The answer of a method that starts a job.

    Attributes:
        job: Its id, in job.progress, job.done, job.status and job.cancel.
    """

    job: str


class JobStatus(msgspec.Struct, kw_only=True):
    """How a job stands.

    Attributes:
        job: Its id.
        state: waiting (for a free worker), running, done, failed or cancelled.
        done: Steps done, 0 to `total`.
        total: All steps; 0 while not known.
        text: What is being done.
        result: What the job found, when done.
        error: Why it failed, as in an answer of JSON-RPC.
    """

    job: str
    state: State = "waiting"
    done: int = 0
    total: int = 0
    text: str = ""
    result: Any = None
    error: WireError | None = None


class _Failed(Exception):  # noqa: N818 - carries an error, is none of ours
    """The worker reported an error, already in the form of the wire."""

    def __init__(self, error: WireError) -> None:
        super().__init__(error.message)
        self.error = error


class _Job:
    def __init__(self, session: Session, target: str, params: dict[str, Any], job_id: str, kept: bool) -> None:
        self.session = session
        self.target = target
        self.kept = kept
        self.params = params
        self.status = JobStatus(job=job_id)
        self.cancelled = asyncio.Event()
        self.finished = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.abandon: Callable[[], None] = self.cancelled.set


class Jobs:
    """All jobs of one engine.

    Args:
        limits: `jobs`, `jobs_waiting`, `job_seconds`, `cancel_grace` and the kept workers' count here.

    Attributes:
        crew: Workers that are kept for hearing.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.crew = Crew(limits, READY)
        self._jobs: dict[str, _Job] = {}
        self._slots = asyncio.Semaphore(limits.jobs)
        self._numbers = itertools.count(1)

    @property
    def active(self) -> int:
        """Jobs that wait or run."""
        return sum(not job.finished.is_set() for job in self._jobs.values())

    def params(self) -> Iterator[dict[str, Any]]:
        """Give what each job that waits or runs was started with."""
        return (job.params for job in self._jobs.values() if not job.finished.is_set())

    def start(self, call: Call, target: str, *, kept: bool = False, **params: Any) -> JobStarted:
        """Start a job once the answer that names it is on its way.

        The client then gets `job.progress {job, done, total, text}` and at last
        `job.done {job, state, result | error}`. When the client goes, its jobs are cancelled.

        Args:
            call: The request that asks for the work.
            target: `module:function`, written in our own code, so that the engine itself need not import
                it. Its first argument is `progress(done, total, text)`.
            kept: Done by a worker that is kept, with the libraries of hearing in it.
            params: Its other arguments; what JSON can say.

        Raises:
            Busy: too many jobs wait already.
        """
        if self.active >= self._limits.jobs + self._limits.jobs_waiting:
            raise Busy("All workers are busy", "Wait until a job is done, or cancel one.")
        job_id = f"j{next(self._numbers)}"
        job = _Job(call.session, target, params, job_id, kept)
        self._jobs[job_id] = job
        self._forget_oldest()
        job.abandon = lambda: self._abandon(job)
        call.session.on_close.append(job.abandon)
        call.after_reply.append(lambda: self._launch(job))
        return JobStarted(job_id)

    def status(self, session: Session, job_id: str) -> JobStatus:
        """Return how a job of this client stands.

        Raises:
            UnknownJob: there is no such job of this client.
        """
        return self._find(session, job_id).status

    async def cancel(self, session: Session, job_id: str) -> JobStatus:
        """End a job of this client and return how it ended. A finished job stays as it is.

        Raises:
            UnknownJob: there is no such job of this client.
        """
        job = self._find(session, job_id)
        job.cancelled.set()
        await job.finished.wait()
        return job.status

    async def close(self) -> None:
        """End every job."""
        running = [job for job in self._jobs.values() if job.task and not job.finished.is_set()]
        for job in running:
            job.cancelled.set()
        for job in running:
            await job.finished.wait()
        await self.crew.close()

    def _find(self, session: Session, job_id: str) -> _Job:
        job = self._jobs.get(job_id)
        if job is None or job.session is not session:
            raise UnknownJob(field="job")
        return job

    def _forget_oldest(self) -> None:
        finished = [key for key, job in self._jobs.items() if job.finished.is_set()]
        for key in finished[: max(0, len(finished) - _KEPT)]:
            del self._jobs[key]

    @staticmethod
    def _abandon(job: _Job) -> None:
        """The client is gone; a job that was not launched yet never will be."""
        job.cancelled.set()
        if job.task is None:
            job.status.state = "cancelled"
            job.finished.set()

    def _launch(self, job: _Job) -> None:
        if job.finished.is_set():
            return
        job.task = asyncio.get_running_loop().create_task(self._carry_out(job))

    async def _carry_out(self, job: _Job) -> None:
        status = job.status
        try:
            status.result = await self._in_a_slot(job)
            status.state = "done"
        except Cancelled as problem:
            status.state, status.error = "cancelled", errors.to_wire(problem)
        except _Failed as problem:
            status.state, status.error = "failed", problem.error
        except Exception as problem:  # whatever it is, the client waits for an end
            status.state, status.error = "failed", errors.to_wire(problem)
        finally:
            job.finished.set()
            with contextlib.suppress(ValueError):
                job.session.on_close.remove(job.abandon)
        _log.info("job %s (%s) %s", status.job, job.target, status.state)
        ending: dict[str, Any] = {"job": status.job, "state": status.state}
        ending |= {"error": status.error} if status.error else {"result": status.result}
        job.session.notify("job.done", ending)

    async def _in_a_slot(self, job: _Job) -> Any:
        """Wait for a free worker, or for the cancel."""
        free = asyncio.ensure_future(self._slots.acquire())
        cancelled = asyncio.ensure_future(job.cancelled.wait())
        await asyncio.wait({free, cancelled}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if job.cancelled.is_set():
                raise Cancelled
            job.status.state = "running"
            return await (self._work_kept if job.kept else self._work)(job, cancelled)
        finally:
            cancelled.cancel()
            if free.done():
                self._slots.release()
            else:
                free.cancel()

    async def _work(self, job: _Job, cancelled: asyncio.Future[Any]) -> Any:
        process = await _spawn(job.target)
        stdin = process.stdin
        assert stdin is not None  # noqa: S101 - asked for in _spawn; tells mypy
        reading = asyncio.ensure_future(self._read(job, process))
        try:
            stdin.write(msgspec.json.encode(job.params) + b"\n")
            await asyncio.wait(
                {reading, cancelled}, timeout=self._limits.job_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if reading.done():
                return reading.result()
            if not cancelled.done():
                raise TimedOut(hint=f"The job took longer than {self._limits.job_seconds:g} s.")
            stdin.write(b"cancel\n")
            await asyncio.wait({reading}, timeout=self._limits.cancel_grace)
            raise Cancelled
        finally:
            reading.cancel()
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
            # How it ended was said above; here it only has to have ended.
            await asyncio.gather(reading, return_exceptions=True)
            stdin.close()
            await process.wait()

    async def _work_kept(self, job: _Job, cancelled: asyncio.Future[Any]) -> Any:
        worker = await self.crew.take()
        reading = asyncio.ensure_future(self._read(job, worker.process, worker))
        try:
            if not worker.jobs:
                self._tell(job, 0, 0, "Getting the ears ready")
            worker.tell({"run": job.target, "job": job.status.job, "params": job.params})
            await asyncio.wait(
                {reading, cancelled}, timeout=self._limits.job_seconds, return_when=asyncio.FIRST_COMPLETED
            )
            if reading.done():
                return reading.result()
            if not cancelled.done():
                raise TimedOut(hint=f"The job took longer than {self._limits.job_seconds:g} s.")
            worker.tell({"cancel": job.status.job})
            await asyncio.wait({reading}, timeout=self._limits.cancel_grace)
            raise Cancelled
        finally:
            if _ended_by_itself(reading):
                self.crew.give_back(worker)
            else:
                reading.cancel()
                await worker.end()
                await asyncio.gather(reading, return_exceptions=True)

    @staticmethod
    def _tell(job: _Job, done: int, total: int, text: str) -> None:
        status = job.status
        status.done, status.total, status.text = done, total, text
        progress = {"job": status.job, "done": done, "total": total, "text": text}
        job.session.notify("job.progress", progress, may_drop=True)

    async def _read(self, job: _Job, process: asyncio.subprocess.Process, kept: KeptWorker | None = None) -> Any:
        """Follow what the worker says until its result."""
        assert process.stdout is not None  # noqa: S101 - asked for in _spawn; tells mypy
        while text := await process.stdout.readline():
            said = msgspec.json.decode(text)
            if "progress" in said:
                self._tell(job, *said["progress"])
                continue
            if "log" in said:
                _log.error("worker of %s: %s", job.status.job, said["log"])
                continue
            if kept:
                kept.memory = int(said["memory"])
            if "error" in said:
                raise _Failed(typed.convert(said["error"], WireError))
            return said["result"]
        raise BridgeError("The worker ended before it was done", "Try again; engine.log may say why.")


async def _spawn(target: str) -> asyncio.subprocess.Process:
    """Start a worker for one job."""
    return await spawn("bridge.worker", target)


def _ended_by_itself(reading: asyncio.Future[Any]) -> bool:
    """True when the worker said how its job ended, well or not, and waits for another."""
    if not reading.done() or reading.cancelled():
        return False
    return reading.exception() is None or isinstance(reading.exception(), _Failed)
