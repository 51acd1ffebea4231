"""Asks music21 again for everything the tables hold, and compares: the proof, as a job a user can start."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from engine.errors import EngineError
from engine.theory import oracle
from engine.theory.build_tables import build, row_keys
from engine.theory.roman_reader import read_by_rule
from engine.theory.tables import TableData, Tables, stamp, tables

__all__ = ["verify_tables"]

Progress = Callable[[int, int, str], None]

_MOST_SHOWN = 50
_EVERY_S = 0.05


def verify_tables(progress: Progress) -> dict[str, Any]:
    """Recomputes the tables with music21 and compares them with what the engine serves.

    Each chord is compared three ways: the table as loaded, the reader by rule, and music21
    now. Takes some ten seconds of one core. Picklable, so that a worker process can run
    it; the engine's own process must not, since music21 is imported here.

    Args:
        progress: called with (done, total, text) about every 50 ms once music21 is loaded
            (which takes up to a second, in one piece); what it raises ends the work, and
            that is how a job is cancelled.

    Returns:
        ``checked`` (chords and scales compared), ``mismatches`` (at most 50 sentences,
        empty when all is right), ``mismatch_count``, ``music21`` (installed version),
        ``built_with`` (the version stamped on the tables), ``seconds``.

    Raises:
        EngineError: when music21 is not installed.
    """
    started = time.monotonic()
    progress(0, 1, "loading music21")
    try:
        oracle.version()
    except ImportError as missing:
        hint = 'Install it with: pip install "bandmate[theory]"'
        raise EngineError("music21 is not installed, so the tables cannot be checked.", hint) from missing
    sparing = _sparingly(progress)
    fresh, served = build(sparing), tables().data
    checked, wrong = 0, []
    total = len(row_keys()) * len(fresh.figures)
    for found in _compare(served, fresh):
        checked += 1
        wrong += found
        sparing(total, total, "comparing")
    return {
        "checked": checked,
        "mismatches": wrong[:_MOST_SHOWN],
        "mismatch_count": len(wrong),
        "music21": fresh.music21,
        "built_with": served.music21,
        "seconds": round(time.monotonic() - started, 3),
    }


def _compare(served: TableData, fresh: TableData) -> Iterator[list[str]]:
    """One list for each thing compared: empty, or sentences about what is wrong with it."""
    if stamp(served) != served.sha256:
        yield ["The tables were changed by hand: their hash does not fit."]
    if served.figures != fresh.figures:
        yield ["The tables hold other figures than are wanted now: run python -m engine.theory.build_tables."]
    here, right = Tables(served), Tables(fresh)
    for key in row_keys():
        for figure in fresh.figures:
            truth = right.chord(figure, figure, key)
            if truth is not None:
                answers = (("table", here.chord(figure, figure, key)), ("rule", read_by_rule(figure, key)))
                yield [
                    f"{figure} in {key.name}: the {where} says {chord}, music21 {truth}."
                    for where, chord in answers
                    if chord != truth
                ]
    for name, truth_names in fresh.scales.items():
        names = served.scales.get(name)
        yield [] if names == truth_names else [f"{name}: the table says {names}, music21 {truth_names}."]


def _sparingly(progress: Progress) -> Progress:
    """Passes on what a person can see change; a message per chord would drown the wire."""
    last = 0.0

    def pass_on(done: int, total: int, text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY_S:
            last = now
            progress(done, total, text)

    return pass_on
