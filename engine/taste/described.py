"""What was composed, as takes to keep: read from any generator's request and answer, whatever fields they have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache, lru_cache
from typing import Any

import msgspec

from engine.notes import Note
from engine.taste.mark import mark_of
from engine.taste.store.records import Take

__all__ = ["base_of", "clips_of", "moment_of", "parts_of", "takes_of"]

_HOW = {
    "compose.vary": "varied",
    "compose.inpaint": "varied",
    "compose.continue": "continued",
    "compose.transform": "transformed",
    "compose.humanise": "humanised",
    "compose.groove_apply": "grooved",
}
"""What each method that works on a clip does with it; the others make takes out of nothing."""

_ROLES = ("bass", "melody", "arp", "chords", "drums")
"""Methods that play one role are called by it."""

_SEVERAL = ("variations", "candidates", "continuations")
"""Where an answer holds takes to choose from."""

_MOST = 64
"""Of a longer list only the count is written down; notes are always told by count and mark."""


def base_of(made: list[Take]) -> str:
    """The mark of the notes that the takes of an answer are made of; "" where they are made out of nothing."""
    notes = made[0].recipe.get("notes") if made and made[0].how else None
    return str(notes["mark"]) if isinstance(notes, dict) else ""


def parts_of(result: Any) -> list[Any]:
    """The takes in an answer, each with ``take`` and, but for song forms, ``notes``."""
    return next((getattr(result, name) for name in _SEVERAL if hasattr(result, name)), [result])


def takes_of(  # noqa: PLR0917 - who asks what, and the answer
    method: str, request: msgspec.Struct, result: Any, device: str, when: int, genre: str = ""
) -> list[Take]:
    """The takes of an answer.

    Args:
        method: what was asked ("compose.bass").
        request: the generator's request, a msgspec Struct.
        result: its answer, a Struct: a take, or several to choose from.
        device: who asked.
        when: nanoseconds of the Unix clock.
        genre: of the moment, where that is not what the take's own style says.
    """
    parts = parts_of(result)
    seed = getattr(result, "seed", None)
    steered = getattr(result, "steered", None)
    resolved = _plain(getattr(result, "resolved", None)) | ({"steered": dict(steered)} if steered else {})
    role = _role(method, request, result)
    recipe = dict(_recipe(request)) | ({} if seed is None else {"seed": seed})
    context = _surroundings(request, resolved, role, device, when, genre)
    return [
        Take(
            id=part.take,
            method=method,
            role=role,
            seed=seed,
            recipe=recipe if part is result else recipe | {"number": getattr(part, "number", number)},
            resolved=resolved,
            context=context,
            how=_HOW.get(method, ""),
            mark=mark_of(getattr(part, "notes", ())),
            made=when,
        )
        for number, part in enumerate(parts, start=1)
    ]


def clips_of(result: Any) -> list[str]:
    """The marks of the clips that a song is laid out in, each once; none for any other answer."""
    sections = getattr(result, "sections", ())
    return sorted({mark_of(clip.notes) for section in sections for clip in section.clips} - {""})


def moment_of(  # noqa: PLR0917 - what surrounds a press
    request: msgspec.Struct, resolved: Any, role: str, device: str, when: int, genre: str = ""
) -> dict[str, Any]:
    """What surrounds a press, as the takes of its answer will have it.

    Args:
        request: of a generator.
        resolved: what the request came to, a Struct; None before that is known.
        role: of the part.
        device: who asks.
        when: nanoseconds of the Unix clock.
        genre: of the moment, where that is not what the style says.
    """
    return _surroundings(request, _plain(resolved), role, device, when, genre)


def _surroundings(  # noqa: PLR0917 - as above
    request: Any, resolved: dict[str, Any], role: str, device: str, when: int, genre: str
) -> dict[str, Any]:
    found = _context(request, resolved) | {"role": role, "device": device, "hour": _hour(when)}
    return found | {"genre": genre} if genre else found


def _role(method: str, request: Any, result: Any) -> str:
    name = method.partition(".")[2]
    said = name if name in _ROLES else getattr(result, "role", getattr(request, "role", ""))
    return str(said)


def _recipe(request: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    """What was asked for where it differs from the usual."""
    for name, usual in _usual(type(request)):
        value = getattr(request, name)
        if value is not None and value != usual:
            yield name, _short(value)


@cache
def _usual(kind: type[msgspec.Struct]) -> tuple[tuple[str, Any], ...]:
    """The fields of a request with their defaults: looking them up anew would take as long as all the rest."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(kind))


def _short(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, msgspec.Struct):
        found = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _short(each) for name, each in found if each is not None}
    if isinstance(value, list) and value and isinstance(value[0], Note):
        return {"count": len(value), "mark": mark_of(value)}
    if isinstance(value, list | dict) and len(value) > _MOST:
        return {"count": len(value)}
    if isinstance(value, list):
        return [_short(each) for each in value]
    return msgspec.to_builtins(value)


def _plain(resolved: Any) -> dict[str, Any]:
    """Numbers and words of the parameters as used; lists (the figures of a progression) stay where they are short."""
    return {} if resolved is None else dict(_short(resolved))


def _context(request: Any, resolved: dict[str, Any]) -> dict[str, Any]:
    """What surrounds the take, as far as it is known."""
    around = getattr(request, "context", None)
    steer = getattr(request, "steer", None)
    tonic, _, mode = str(resolved.get("key") or getattr(request, "key", None) or "").partition(" ")
    found = {
        "genre": resolved.get("style") or _chosen(getattr(request, "style", "")),
        "tempo": getattr(request, "tempo", None),
        "key": tonic,
        "mode": mode,
        "energy": getattr(steer, "energy", None),
        "section": getattr(around, "section", None),
        "track": getattr(around, "track_name", None),
    }
    return {name: value for name, value in found.items() if value not in (None, "")}


def _chosen(style: str) -> str:
    return "" if style == "auto" else style


def _hour(when: int) -> float:
    """The hour of the user's day, 0 to 24."""
    return _hour_of_minute(when // 60_000_000_000)


@lru_cache(maxsize=4)
def _hour_of_minute(minute: int) -> float:
    """Asked several times for each press; where on Earth that is takes a while to look up."""
    moment = datetime.fromtimestamp(minute * 60).astimezone()
    return round(moment.hour + moment.minute / 60, 2)
