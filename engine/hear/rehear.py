"""Hearing what is missing: the parts that are known already are taken as they are."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from engine import typed
from engine.hear.analysis import analyze, function
from engine.hear.corrected import corrected_rhythm
from engine.hear.corrections import Correction
from engine.hear.parts import ALL, PARTS, needed
from engine.hear.result import FACTS
from engine.hear.rhythm_result import Rhythm


def hear_missing(
    path: str | Path,
    found: Mapping[str, bytes],
    correction: Correction,
    *,
    parts: Iterable[str] = ALL,
    progress: Callable[[int, int, str], None] | None = None,
    **asked: Any,
) -> dict[str, bytes]:
    """Hear what is not known of a file.

    What hangs on the beats is heard on those that the user's tempo makes; the rhythm itself stays as it was heard.

    Args:
        path: The file.
        found: What is known, as JSON by the name of the part.
        correction: What the user said.
        parts: What was asked for.
        progress: As in `engine.hear.analysis.analyze`.
        asked: Its other arguments.

    Returns:
        JSON by the name of the part, and what the file says of itself under "".

    Raises:
        InvalidValue: an argument is outside what is allowed.
        EngineError: the file cannot be heard.
    """
    missing = [part for part in needed(parts) if part.name not in found]
    helping = {name for part in missing for name in part.takes if name in found}
    known = {name: typed.decode(found[name], _type(name)) for name in helping}
    raw: dict[str, Rhythm] = {}

    def revised(rhythm: Rhythm) -> Rhythm:
        raw["rhythm"] = rhythm
        return rhythm if correction.bpm is None else corrected_rhythm(rhythm, correction.bpm)

    if "rhythm" in known:
        known["rhythm"] = revised(known["rhythm"])
    names = [part.name for part in missing] or [each.name for each in needed(parts)][:1]
    heard = analyze(path, parts=names, known=known, revised={"rhythm": revised}, progress=progress, **asked)
    results = {part.name: getattr(heard, part.field) for part in missing} | raw
    facts = {name: getattr(heard, name) for name in FACTS}
    return {name: msgspec.json.encode(result) for name, result in (*results.items(), ("", facts)) if name not in found}


def _type(name: str) -> Any:
    """What a part's result is."""
    return typing.get_type_hints(function(PARTS[name]))["return"]
