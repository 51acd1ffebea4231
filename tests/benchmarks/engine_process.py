"""A real engine process in a folder of its own, for measuring."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bridge import endpoint
from bridge.client import NoEngine, connect
from bridge.endpoint import Endpoint


@dataclass(frozen=True)
class EngineProcess:
    """A running engine.

    Attributes:
        process: The operating system's process.
        where: How to reach it.
        cold_start_ms: From starting the process to the answered hello.
    """

    process: subprocess.Popen[bytes]
    where: Endpoint
    cold_start_ms: float


@contextlib.contextmanager
def engine_process(patience: float = 20.0) -> Iterator[EngineProcess]:
    """Start an engine in a temporary folder and end it afterwards."""
    before = os.environ.get("BANDMATE_HOME")
    with tempfile.TemporaryDirectory(prefix="bandmate-bench-") as folder:
        os.environ["BANDMATE_HOME"] = folder
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "bridge", "serve", "--stdin-lifeline"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd=Path(__file__).parents[2],
        )
        try:
            where = _first_hello(process, started + patience)
            yield EngineProcess(process, where, (time.perf_counter() - started) * 1000)
        finally:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(10)
            if before is None:
                del os.environ["BANDMATE_HOME"]
            else:
                os.environ["BANDMATE_HOME"] = before


def _first_hello(process: subprocess.Popen[bytes], deadline: float) -> Endpoint:
    while time.perf_counter() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the engine ended with {process.returncode}")
        where = endpoint.read()
        if where is not None:
            with contextlib.suppress(NoEngine):
                connect(where, kind="test", name="benchmark").close()
                return where
        time.sleep(0.002)
    raise RuntimeError("the engine did not answer in time")
