"""Settings and fixtures of every test."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.bridge.house import House, running

# A busy machine is slow, and that says nothing about what is tested; hypothesis would call it a failure.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test has Bandmate's directory to itself."""
    path = tmp_path / "bandmate"
    monkeypatch.setenv("BANDMATE_HOME", str(path))
    return path


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with running() as found:
        yield found


@pytest.fixture
def usual_umask() -> Iterator[None]:
    """The mask most people have, for tests of file modes."""
    before = os.umask(0o022)
    yield
    os.umask(before)
