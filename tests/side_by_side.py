"""Runs commands side by side, as `make test` does, and shows them as if one had come after the other.

    python tests/side_by_side.py "make lint-js" "make lint-python"

The first one's output is seen while it runs, the next one's as soon as that is over, whole. A command that fails does
not stop the others; at the end stands how each went, and the last lines of those that failed once more. Exit status: 0
when all went well, else 1. It needs nothing but Python: it also runs what installs the rest.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
import time
from collections import deque

REPEATED = 80
"""Lines of a failed command that are shown again at the end: what pytest and node say in short fits in."""


class Running:
    """A command that runs; `lines` gives what it says, None at the end."""

    def __init__(self, command: str) -> None:
        self.command = command
        self.begun = time.monotonic()
        self.seconds = 0.0
        self.last: deque[bytes] = deque(maxlen=REPEATED)
        self.lines: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        # Inherited files: a `make` that was told --jobs hands them to those below it.
        self.process = subprocess.Popen(  # noqa: S602 - the Makefile's own words
            command, shell=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, close_fds=False
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.last.append(line)
            self.lines.put(line)
        self.process.wait()
        self.seconds = time.monotonic() - self.begun
        self.lines.put(None)

    @property
    def failed(self) -> bool:
        return self.process.returncode != 0


def say(*lines: bytes | str) -> None:
    for line in lines:
        sys.stdout.buffer.write(line if isinstance(line, bytes) else f"{line}\n".encode())
    sys.stdout.buffer.flush()


def main(commands: list[str]) -> int:
    """Run all of them; gives the exit status."""
    running = [Running(command) for command in commands]
    try:
        for each in running:
            say(f"==== {each.command}")
            while (line := each.lines.get()) is not None:
                say(line)
    finally:
        for each in running:
            with contextlib.suppress(OSError):
                each.process.terminate()
    failed = [each for each in running if each.failed]
    for each in failed if len(running) > 1 else []:
        say(f"==== {each.command}: the last of what it said", *each.last)
    for each in running:
        end = f"FAILED ({each.process.returncode})" if each.failed else "passed"
        say(f"==== {each.command}: {end} after {each.seconds:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
