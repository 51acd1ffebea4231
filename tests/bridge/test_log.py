"""The log: small, private, without the token, and without tracebacks where devices see it."""

# ruff: noqa: TRY301 - raised where it is caught, to have a traceback

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from bridge import log as log_module
from bridge.log import Log

logger = logging.getLogger("bandmate")


def test_memory_holds_the_newest_lines_without_tracebacks(home: Path) -> None:
    with Log("SECRET") as log:
        for number in range(700):
            logger.info("line %s", number)
        try:
            raise ValueError("inside")
        except ValueError:
            logger.exception("it failed in %s", home)
        newest = log.newest(3)
    assert [line.split(" ", 1)[1] for line in newest[:2]] == ["INFO line 698", "INFO line 699"]
    assert newest[2].endswith("ERROR it failed in ~")
    assert len(log.newest(10_000)) == 500


def test_the_file_has_tracebacks_but_never_the_token(tmp_path: Path) -> None:
    path = tmp_path / "engine.log"
    with Log("SECRET", path):
        try:
            raise ValueError("SECRET inside")
        except ValueError:
            logger.exception("with SECRET")
    text = path.read_text()
    assert "Traceback" in text
    assert "SECRET" not in text
    assert text.count("(token)") >= 2


def test_a_line_break_cannot_forge_a_line(tmp_path: Path) -> None:
    path = tmp_path / "engine.log"
    with Log("SECRET", path) as log:
        logger.info("name: %s", "x\n2026-01-01T00:00:00 ERROR forged\r2026 INFO too")
        assert len(log.newest(10)) == 1
        assert "\n" not in log.newest(1)[0]
    assert path.read_text().count("\n") == 1
    assert "\r" not in path.read_text()


def test_the_file_stays_small_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_module, "_FILE_BYTES", 2000)
    path = tmp_path / "engine.log"
    with Log("SECRET", path):
        for number in range(200):
            logger.info("line %s", number)
    files = sorted(tmp_path.iterdir())
    assert [each.name for each in files] == ["engine.log", "engine.log.1"]
    assert all(each.stat().st_size <= 2100 for each in files)
    assert os.name == "nt" or all(each.stat().st_mode & 0o077 == 0 for each in files)


def test_a_log_that_is_closed_is_out_of_the_way() -> None:
    with Log("SECRET") as log:
        pass
    logger.info("after the end")
    assert log.newest(5) == []
