"""Settings and fixtures of every test."""

import gc
import os
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.bridge.house import House, running

# A busy machine is slow, and that says nothing about what is tested; hypothesis would call it a failure.
settings.register_profile("busy", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

# What hearing compiles is kept for all tests, those of the scripts too (tests/e2e/support/engine.js). Numba reads this
# when it is first imported.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(tempfile.gettempdir()) / "bandmate-tests-numba"))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests are found, and stay: looking through them again and again for garbage is work for nothing."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


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
