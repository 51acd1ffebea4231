"""Compiled code is kept where Bandmate's files are, and a damaged copy of it does no harm."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAR = """
from engine.hear.compiled import prepare
prepare()
from engine.hear.traits.duck_kernels import _back
print(_back(0.25, 3))
"""
"""The smallest of what is compiled: all of it is kept in the same way."""


def said(code: str, **environment: str) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")} | environment
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A home with compiled code in it, and what was heard with it."""
    home = tmp_path_factory.mktemp("filled")
    return home, said(HEAR, BANDMATE_HOME=str(home))


def test_compiled_code_lies_at_home(filled: tuple[Path, str]) -> None:
    home, heard = filled
    assert float(heard) == pytest.approx(1 - math.exp(-1.25))
    assert list((home / "numba").rglob("*.nbi"))
    assert list((home / "numba").rglob("*.nbc"))


@pytest.mark.parametrize("damage", [b"", b"no pickle at all", b"\x80\x05\x95\xff\xff"])
def test_damaged_copies_are_compiled_anew(filled: tuple[Path, str], damage: bytes) -> None:
    home, heard = filled
    files = [path for path in (home / "numba").rglob("*.nb?") if "_back" in path.name]
    assert len(files) == 2
    for path in files:
        path.write_bytes(damage)
    assert said(HEAR, BANDMATE_HOME=str(home)) == heard
    assert any(path.read_bytes() != damage for path in files)


def test_a_home_that_cannot_be_made_is_no_reason_to_stop(filled: tuple[Path, str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    assert said(HEAR, BANDMATE_HOME=str(tmp_path / "file")) == filled[1]


def test_each_process_has_one_thread_unless_the_user_says_otherwise(tmp_path: Path) -> None:
    code = "import os; from engine.hear.compiled import prepare; prepare(); "
    code += "print(os.environ['OMP_NUM_THREADS'], os.environ['NUMBA_NUM_THREADS'])"
    assert said(code, BANDMATE_HOME=str(tmp_path), OMP_NUM_THREADS="2") == "2 1\n"
