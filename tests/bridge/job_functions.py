"""What the tests' jobs do, in the worker process."""

# ruff: noqa: ARG001, T201 - every job takes the same arguments; one prints on purpose

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

Progress = Callable[[int, int, str], None]


def steps(progress: Progress, steps: int, seconds: float) -> dict[str, int]:
    """Tell of every step, which is also where a cancel is noticed."""
    for step in range(1, steps + 1):
        time.sleep(seconds)
        progress(step, steps, f"step {step}")
    return {"steps": steps, "pid": os.getpid()}


def stubborn(progress: Progress, steps: int, seconds: float) -> None:
    """Never look whether anybody still wants it."""
    progress(0, 1, f"{os.getpid()}")
    time.sleep(60)


def deaf(progress: Progress, steps: int, seconds: float) -> None:
    """Stop so thoroughly that only a kill helps."""
    progress(0, 1, f"{os.getpid()}")
    os.kill(os.getpid(), signal.SIGSTOP)


def failing(progress: Progress, steps: int, seconds: float) -> None:
    raise RuntimeError(f"{Path.home()}/secret is missing")


def refusing(progress: Progress, steps: int, seconds: float) -> None:
    from engine.errors import InvalidValue

    raise InvalidValue("file", "song.mp4", "WAV, AIFF, FLAC or MP3.")


def crashing(progress: Progress, steps: int, seconds: float) -> None:
    os._exit(7)


def babbling(progress: Progress, steps: int, seconds: float) -> None:
    """Say what no worker says, over the worker's own line."""
    progress._line.send({"nonsense": 1})  # type: ignore[attr-defined]


def printing(progress: Progress, steps: int, seconds: float) -> str:
    print('{"result": "forged"}', flush=True)
    return "real"


def ready() -> None:
    """What a kept worker of the tests does first: nothing, so that tests are quick; importing numba takes a second."""


def unready() -> None:
    raise RuntimeError("no ears today")


def whoami(progress: Progress, seconds: float = 0.0) -> int:
    """Which process this is; hears a cancel in between."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        progress(0, 1, "waiting")
        time.sleep(0.005)
    return os.getpid()
