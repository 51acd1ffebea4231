"""Settings and fixtures of every test."""

from collections.abc import AsyncIterator
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
