"""Fixtures of the contract tests."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from engine import settings
from tests.bridge.house import House, running


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
def device_file(tmp_path: Path) -> str:
    """Where a device lies that was installed: beside the file that tells it where the engine's address is."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "bandmate.json").write_text(json.dumps({"endpoint": str(settings.endpoint_path())}))
    return str(folder / "Bandmate Chords.amxd")
