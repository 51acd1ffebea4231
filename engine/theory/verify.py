"""Asks music21 again for everything the tables hold, and compares: the proof, as a job a user can start."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

__all__ = ["verify_tables"]

_MOST_SHOWN = 50
_EVERY_S = 0.05


def verify_tables(progress: Callable[[int, int, str], None]) -> dict[str, Any]:
    """Recomputes the tables with music21 and compares them with what the engine serves.

    Each chord is compared three ways: the table as loaded, the reader by rule, and music21
    now. Takes some ten seconds of one core. Picklable, so that a worker process can run it.

    Args:
        progress: called with (done, total, text) about every 50 ms; what it raises ends
            the work (that is how a job is cancelled).

    Returns:
        ``checked`` (chords, kinds and scales compared), ``mismatches`` (at most 50
        sentences; empty when all is right), ``mismatch_count``, ``music21`` (installed
        version), ``built_with`` (the version stamped on the tables), ``seconds``.

    Raises:
        EngineError: when music21 is not installed.
    """
    # music21 costs half a second and 50 MB: only who asks for the proof pays.
    from engine.errors import EngineError  # noqa: PLC0415

    started = time.monotonic()
    progress(0, 1, "loading music21")
    try:
        from engine.theory.build_tables import build  # noqa: PLC0415

        fresh = build(_sparingly(progress))
    except ImportError as missing:
        hint = 'Install it with: pip install "bandmate[theory]"'
        raise EngineError("music21 is not installed, so the tables cannot be checked.", hint) from missing
    checked, mismatches = _compare(fresh)
    return {
        "checked": checked,
        "mismatches": mismatches[:_MOST_SHOWN],
        "mismatch_count": len(mismatches),
        "music21": fresh.music21,
        "built_with": _served().data.music21,
        "seconds": round(time.monotonic() - started, 3),
    }


def _served() -> Any:
    from engine.theory.tables import tables  # noqa: PLC0415

    return tables()


def _compare(fresh: Any) -> tuple[int, list[str]]:
    from engine.theory.build_tables import row_keys  # noqa: PLC0415
    from engine.theory.roman_reader import read_by_rule  # noqa: PLC0415
    from engine.theory.tables import Tables, stamp  # noqa: PLC0415

    served, right = _served(), Tables(fresh)
    wrong: list[str] = []
    if stamp(served.data) != served.data.sha256:
        wrong.append("The tables were changed by hand: their hash does not fit.")
    if served.data.figures != fresh.figures:
        wrong.append("The tables hold other figures than are wanted now: run python -m engine.theory.build_tables.")
    checked = 2
    for key in row_keys():
        for figure in fresh.figures:
            truth = right.chord(figure, figure, key)
            if truth is None:
                continue
            checked += 1
            for where, chord in (("table", served.chord(figure, figure, key)), ("rule", read_by_rule(figure, key))):
                if chord != truth:
                    wrong.append(f"{figure} in {key.name}: the {where} says {chord}, music21 {truth}.")
    for name in fresh.scales:
        checked += 1
        if served.data.scales.get(name) != fresh.scales[name]:
            wrong.append(f"{name}: the table says {served.data.scales.get(name)}, music21 {fresh.scales[name]}.")
    return checked, wrong


def _sparingly(progress: Callable[[int, int, str], None]) -> Callable[[int, int, str], None]:
    """Passes on what a person can see change; a message per chord would drown the wire."""
    last = 0.0

    def pass_on(done: int, total: int, text: str) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY_S or done == total:
            last = now
            progress(done, total, text)

    return pass_on
