"""The inside of a worker process: run one function, tell how far it is, end when told or orphaned.

Started by `bridge.jobs` as `python -m bridge.worker module:function`. One JSON object per line: in come
the parameters and perhaps `cancel`; out go `{"progress": [done, total, text]}`, `{"log": text}` and at the
end `{"result": ...}` or `{"error": ...}`. No pickle. When standard input closes, the engine is gone and
the process ends at once.
"""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import sys
import threading
import time
from typing import Any

import msgspec

from bridge import errors
from bridge.errors import Cancelled

_PROGRESS_SECONDS = 0.05  # a device cannot show more than twenty a second


class Line:
    """The one way out of the process; what the function itself prints goes to standard error."""

    def __init__(self) -> None:
        self._handle = os.dup(1)
        os.dup2(2, 1)
        self._lock = threading.Lock()

    def send(self, content: dict[str, Any]) -> None:
        """Write one line."""
        data = msgspec.json.encode(content) + b"\n"
        with self._lock:
            while data:
                data = data[os.write(self._handle, data) :]


class LogToEngine(logging.Handler):
    """Sends what is logged in this process to the engine's log.

    Args:
        line: The way out.
    """

    def __init__(self, line: Line) -> None:
        super().__init__()
        self._line = line

    def emit(self, record: logging.LogRecord) -> None:
        """Send one record."""
        self._line.send({"log": self.format(record)})


class Progress:
    """What a job function calls to tell how far it is.

    Args:
        line: The way out.
        cancelled: Set when the job shall end.
    """

    def __init__(self, line: Line, cancelled: threading.Event) -> None:
        self._line = line
        self._cancelled = cancelled
        self._last = float("-inf")

    def __call__(self, done: int, total: int, text: str) -> None:
        """Tell how far the job is.

        Args:
            done: Steps done, 0 to `total`.
            total: All steps.
            text: What is being done, in words for a person.

        Raises:
            Cancelled: somebody does not want the result any more.
        """
        if self._cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if done >= total or now - self._last >= _PROGRESS_SECONDS:
            self._last = now
            self._line.send({"progress": [done, total, text]})


def main(target: str) -> None:
    """Run one job.

    Args:
        target: `module:function`; the engine's own code chooses it, never a client.
    """
    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)  # hearing a file must not take time from the music or from other requests
    line = Line()
    logging.getLogger("bandmate").addHandler(LogToEngine(line))
    params = msgspec.json.decode(sys.stdin.buffer.readline())
    cancelled = threading.Event()
    threading.Thread(target=_listen, args=(cancelled,), daemon=True).start()
    try:
        module, _, name = target.partition(":")
        function = getattr(importlib.import_module(module), name)
        line.send({"result": function(Progress(line, cancelled), **params)})
    except BaseException as problem:  # whatever it is, the engine must hear of it
        line.send({"error": errors.to_wire(problem)})
    sys.stderr.flush()
    os._exit(0)  # the listening thread still waits on standard input; there is nothing left to tidy


def _listen(cancelled: threading.Event) -> None:
    while command := os.read(0, 64):
        if b"cancel" in command:
            cancelled.set()
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1])
