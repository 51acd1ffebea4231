"""Fixtures of the bridge's tests."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bridge.house import ROOT, EngineProcess, command


@pytest.fixture
def start_engine(home: Path) -> Iterator[Callable[..., EngineProcess]]:
    """Start engine processes; those still there at the end are ended."""
    started: list[subprocess.Popen[str]] = []

    def start(*words: str, **environment: str) -> EngineProcess:
        process = subprocess.Popen(
            command("serve", *words),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "BANDMATE_HOME": str(home), **environment},
        )
        started.append(process)
        assert process.stdout is not None
        return EngineProcess(process, process.stdout.readline())

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
