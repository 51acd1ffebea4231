"""The inside of a kept worker: get ready once, then do job after job, until told or orphaned.

Started by `bridge.crew` as `python -m bridge.kept_worker module:function`. One JSON object per line: in come
`{"run": "module:function", "job": id, "params": {...}}` and `{"cancel": id}`; out go what `bridge.worker` says, and
with each end `memory`: the bytes this process held at most. A cancel names its job, so that one that comes late cannot
end the next. When standard input closes, the engine is gone and the process ends at once.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from bridge import errors
from bridge.worker import Line, LogToEngine, Progress


class _Orders:
    """What the engine said: jobs in a queue, and which of them nobody wants any more."""

    def __init__(self) -> None:
        self._jobs: queue.Queue[dict[str, Any]] = queue.Queue()
        self._cancelled: dict[str, threading.Event] = {}
        threading.Thread(target=self._listen, daemon=True).start()

    def next(self) -> tuple[dict[str, Any], threading.Event]:
        """Wait for a job; the event is set when it shall end."""
        job = self._jobs.get()
        return job, self._cancelled[job["job"]]

    def done(self, job: str) -> None:
        """Forget a job."""
        self._cancelled.pop(job, None)

    def _listen(self) -> None:
        for text in _lines():
            order = msgspec.json.decode(text)
            if "run" in order:
                self._cancelled[order["job"]] = threading.Event()
                self._jobs.put(order)
            elif event := self._cancelled.get(order["cancel"]):
                event.set()
        os._exit(1)


def main(ready: str) -> None:
    """Do jobs until the engine is gone.

    Args:
        ready: `module:function` without arguments, called before the first job.
    """
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # hearing a file must not take time from the music or from other requests
    line = Line()
    logging.getLogger("bandmate").addHandler(LogToEngine(line))
    orders = _Orders()
    try:
        named(ready)()
    except Exception:  # a job may yet succeed, and if not, it says why
        logging.getLogger("bandmate").exception("a worker is not as ready as it should be")
    while True:
        job, cancelled = orders.next()
        try:
            end = {"result": named(job["run"])(Progress(line, cancelled), **job["params"])}
        except BaseException as problem:  # whatever it is, the engine must hear of it
            end = {"error": errors.to_wire(problem)}
        orders.done(job["job"])
        line.send({**end, "memory": most_memory()})


def _lines() -> Iterator[bytes]:
    """Standard input, line by line; by os.read, because a thread in sys.stdin holds its lock at interpreter exit."""
    rest = b""
    while data := os.read(0, 1 << 16):
        *whole, rest = (rest + data).split(b"\n")
        yield from whole


def named(target: str) -> Callable[..., Any]:
    """Return the function of a `module:function`; the engine's own code wrote it, never a client."""
    module, _, name = target.partition(":")
    function: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return function


def most_memory() -> int:
    """Bytes this process held at most; 0 where the system does not say."""
    if sys.platform == "win32":
        return 0
    # On Linux what rusage says begins with what the parent held when it started this one.
    with contextlib.suppress(OSError), Path("/proc/self/status").open() as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    import resource  # noqa: PLC0415 - a thing of POSIX

    said = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return said if sys.platform == "darwin" else said * 1024


if __name__ == "__main__":
    main(sys.argv[1])
