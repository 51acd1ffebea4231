"""Fixtures of the contract tests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine import settings


@pytest.fixture
def device_file(tmp_path: Path) -> str:
    """Where a device lies that was installed: beside the file that tells it where the engine's address is."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "bandmate.json").write_text(json.dumps({"endpoint": str(settings.endpoint_path())}))
    return str(folder / "Bandmate Chords.amxd")
