"""`bandmate remember` and `bandmate identify`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import soundfile
from typer.testing import CliRunner

from bridge.cli import build
from tests.bridge.house import ROOT
from tests.engine.hear.test_fingerprint import HEARING_RATE, song


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bridge", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def inside(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """The same in this process, which has imported what hears; what is not caught is raised."""
    done = CliRunner().invoke(build(), list(map(str, words)), catch_exceptions=False)
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


def test_a_folder_is_remembered_and_a_part_of_it_identified(tmp_path: Path) -> None:
    root = tmp_path / "songs"
    root.mkdir()
    for seed in (1, 2):
        soundfile.write(root / f"song {seed}.flac", 0.5 * song(seed), HEARING_RATE)
    (root / "bad.wav").write_bytes(b"no sound")
    done = inside("remember", root)
    assert done.returncode == 1  # one of them is bad
    assert "2 files remembered, 1 could not be; 2 recordings are known." in done.stdout
    found = run("identify", root / "song 2.flac", "--start", "3", "--end", "8")
    assert found.returncode == 0
    assert found.stdout.startswith(f"{root / 'song 2.flac'}: from 3.0")
    soundfile.write(tmp_path / "stranger.flac", 0.5 * song(9), HEARING_RATE)
    assert inside("identify", tmp_path / "stranger.flac").returncode == 2
    refused = inside("identify", tmp_path / "gone.flac")
    assert refused.returncode == 1
    assert "There is no such file" in refused.stderr
    assert "0 recordings heard again, 2 known." in inside("remember", "--rebuild").stdout
