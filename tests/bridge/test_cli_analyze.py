"""`bandmate analyze`: rows that outlive a kill, numbered errors, a table for one file."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from typer.testing import CliRunner

from bridge.cli import build
from bridge.cli.analyzed import FIGURES, Output
from engine.hear import folder
from engine.hear.remembered import Memory
from tests.bridge.house import ROOT

PARTS = ("--parts", "stereo", "--workers", "2")
ALONE = ("--parts", "stereo", "--workers", "1")
"""Where it does not matter how many hear: each of them imports for a second."""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    root = tmp_path / "loops"
    root.mkdir()
    ramp = np.arange(4410) / 44_100
    for number in range(4):
        soundfile.write(root / f"{number}.wav", np.sin(1000 * (number + 1) * ramp).astype(np.float32) / 2, 44_100)
    (root / "bad.wav").write_bytes(b"no sound")
    return root


def command(*words: str | Path) -> dict[str, Any]:
    return {
        "args": [sys.executable, "-m", "bridge", "analyze", *map(str, words)],
        "cwd": ROOT,
        "stdout": subprocess.PIPE,
        "stderr": subprocess.PIPE,
        "text": True,
    }


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(**command(*words), check=False, timeout=60)


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same words in this process, which has imported what hears; what is not caught is raised."""
    monkeypatch.setattr(folder, "_memory", lambda: Memory().hear)  # a process of its own may do without Ctrl-C

    def say(*words: str | Path) -> subprocess.CompletedProcess[str]:
        done = CliRunner().invoke(build(), ["analyze", *map(str, words)], catch_exceptions=False)
        return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)

    return say


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_a_folder_becomes_lines_and_a_second_run_adds_none(files: Path, tmp_path: Path, inside: Run) -> None:
    out = tmp_path / "out.jsonl"
    done = run(files, "--json", out, *PARTS)
    assert done.returncode == 1  # one of them is bad
    assert "4 files heard, 1 could not be" in done.stderr
    found = {Path(each["path"]).name: each for each in rows(out)}
    assert sorted(found) == ["0.wav", "1.wav", "2.wav", "3.wav", "bad.wav"]
    assert found["bad.wav"]["error"]["code"] == -32013
    assert (found["0.wav"]["stereo_width"], found["0.wav"]["sample_rate"]) == (0.0, 44_100)
    before = out.read_bytes()
    # As a kill would leave it: the last line is cut off. A file that changed is heard again.
    out.write_bytes(before[:-20])
    inside(files, "--json", out, *ALONE)
    assert sorted(each["path"] for each in rows(out)) == sorted(each["path"] for each in found.values())
    os.utime(files / "2.wav", (1, 1))
    inside(files, "--json", out, *ALONE)
    assert sum(each["path"].endswith("2.wav") for each in rows(out)) == 2


def test_a_csv_has_the_figures(files: Path, tmp_path: Path, inside: Run) -> None:
    out = tmp_path / "out.csv"
    inside(files, "--csv", out, *ALONE)
    with out.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert tuple(found[0]) == FIGURES
    assert len(found) == 5
    assert {each["error_code"] for each in found} == {"", "-32013"}
    inside(files, "--csv", out, *ALONE)
    assert len(out.read_text("utf-8").splitlines()) == 6


def test_one_file_is_a_table(files: Path, inside: Run) -> None:
    done = run(files / "0.wav", "--parts", "stereo")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Stereo width" in done.stdout
    bad = inside(files / "bad.wav")
    assert bad.returncode == 1
    assert "(-32013)" in bad.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--parts", "polka"), "parts"),
        (("--workers", "0"), "workers"),
        (("--workers", "dask://"), "workers"),
        (("--json", "a", "--csv", "b"), "not both"),
        (("--json", "/"), "cannot be written"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_sentence(files: Path, inside: Run, words: tuple[str, ...], said: str) -> None:
    done = inside(files, *words)
    assert done.returncode == 1
    assert said in done.stderr


def test_a_file_is_held_against_the_profile_that_was_asked_for(files: Path, inside: Run) -> None:
    shown = {
        name: inside(files / "0.wav", "--parts", "release_check", "--profile", name) for name in ("club", "streaming")
    }
    assert {done.returncode for done in shown.values()} == {0}
    assert "Club" in shown["club"].stdout
    assert "Streaming" in shown["streaming"].stdout
    wrong = inside(files / "0.wav", "--profile", "clib")
    assert wrong.returncode == 1
    assert 'Did you mean "club"?' in wrong.stderr


def test_a_file_of_somebody_else_is_left_as_it_is(files: Path, tmp_path: Path, inside: Run) -> None:
    for option, content in (("--json", "buy milk\n"), ("--csv", "a,b,c\n1,2,3\n")):
        mine = tmp_path / "mine"
        mine.write_text(content)
        done = inside(files, option, mine, *PARTS)
        assert "none of ours" in done.stderr
        assert mine.read_text() == content


@pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")
def test_ctrl_c_keeps_what_was_done(files: Path, tmp_path: Path) -> None:
    noise = np.random.default_rng(0).standard_normal((44_100 * 60, 2)).astype(np.float32) / 8
    for number in range(6):
        soundfile.write(files / f"long {number}.wav", np.roll(noise, number, axis=0), 44_100)
    out = tmp_path / "out.jsonl"
    # Tests that run in the background may ignore Ctrl-C, and whom they start with them.
    heard = {"start_new_session": True, "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    with subprocess.Popen(**command(files, "--json", out, *PARTS), **heard) as process:
        end = time.monotonic() + 90
        while time.monotonic() < end and not (out.exists() and out.stat().st_size):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped" in said
    assert "Traceback" not in said
    assert 1 <= len(rows(out)) < 11


def test_names_of_any_bytes_stay_on_one_line(tmp_path: Path) -> None:
    odd = tmp_path / 'two\nlines, "quoted" and =1+1.wav'
    odd.touch()
    reopen: Callable[..., Output] = Output
    for table in (False, True):
        out = tmp_path / f"out{table}"
        with reopen(out, full=False, table=table) as output:
            output.write({"path": str(odd), "bpm": 120.0})
        with reopen(out, full=False, table=table) as output:
            assert output.has(odd)
            assert not output.has(tmp_path / "other.wav")
        assert len(out.read_text("utf-8").splitlines()) == 1 + table
