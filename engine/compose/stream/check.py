"""What a stream refuses, field by field."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.compose.bass.request import check_kick
from engine.compose.checks import check_choice, check_number, check_percent, check_signature, check_tempo
from engine.compose.drums.request import check_kit
from engine.compose.part.request import PartRequest, check_part
from engine.compose.steer.request import check_steer
from engine.compose.stream.request import (
    LAST_BAR,
    LONGEST_BAR,
    MACROS,
    MACROS_OF_POINT,
    MOST_BARS,
    MOST_HARMONY_NOTES,
    MOST_POINTS,
    MOST_SIGNATURES,
    ROLES,
    Macros,
    Point,
    SignatureFrom,
    StreamRequest,
)
from engine.errors import InvalidValue
from engine.notes import beats_per_bar

__all__ = ["check_stream"]

_SHARED = (
    *("style", "seed", "tempo", "signature_numerator", "signature_denominator"),
    *("key", "mode", "progression", "chords", "harmony_notes", "context"),
)


def check_stream(request: StreamRequest) -> None:
    """Refuses what cannot be streamed, however the request came about.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_choice("role", request.role, ROLES)
    check_number("bar", request.bar, 0, LAST_BAR, f"Use a whole number from 0 to {LAST_BAR}.", whole=True)
    check_number("bars", request.bars, 1, MOST_BARS, f"Ask for 1 to {MOST_BARS} bars at a time.", whole=True)
    check_part(PartRequest(bars=1, **{field: getattr(request, field) for field in _SHARED}))
    _check_length("signature_", request.signature_numerator, request.signature_denominator)
    if request.harmony_notes is not None and len(request.harmony_notes) > MOST_HARMONY_NOTES:
        hint = f"Give at most {MOST_HARMONY_NOTES} notes."
        raise InvalidValue("harmony_notes", request.harmony_notes, hint)
    if request.harmony_numerator is not None:
        check_signature(request.harmony_numerator, request.harmony_denominator, "harmony_")
    if not isinstance(request.macros, Macros):
        raise InvalidValue("macros", request.macros, "Give the macros, or leave them out.")
    if not _are_percents(msgspec.structs.astuple(request.macros)):
        for name in MACROS:
            check_percent(f"macros.{name}", getattr(request.macros, name))
    check_steer(request.steer)
    _check_points(request.points)
    _check_signatures(request.signatures)
    check_kit(request.kit)
    if request.kick is not None:
        check_kick(request.kick)


def _are_percents(values: tuple[Any, ...]) -> bool:
    """Whether nobody needs to look closer, which takes words for each; None is left out."""
    return all(value is None or (type(value) is float and 0.0 <= value <= 100.0) for value in values)


def _check_length(prefix: str, numerator: int, denominator: int) -> None:
    beats = beats_per_bar(numerator, denominator)
    if beats > LONGEST_BAR:
        hint = f"Bars of {beats:g} beats are too long: a stream plays bars of up to {LONGEST_BAR}."
        raise InvalidValue(f"{prefix}numerator", numerator, hint)


def _check_points(points: Any) -> None:
    if points is None:
        return
    if not isinstance(points, list) or len(points) > MOST_POINTS or not all(isinstance(at, Point) for at in points):
        raise InvalidValue("points", points, f"Give at most {MOST_POINTS} points, or leave them out.")
    last = 0.0
    for number, at in enumerate(points):
        hint = "Beats are counted from the first bar's start, 0 or more, and points stand in their order."
        check_number(f"points[{number}].beat", at.beat, last, 1e6, hint)
        last = at.beat
        if not _are_percents(msgspec.structs.astuple(at)[MACROS_OF_POINT]):
            for name in MACROS:
                value = getattr(at, name)
                if value is not None:
                    check_percent(f"points[{number}].{name}", value)
        if at.tempo is not None:
            check_tempo(f"points[{number}].tempo", at.tempo)
        check_steer(at.steer, f"points[{number}].steer")
        if at.steer is not None and at.steer.stretch is not None:
            hint = "What the knobs mean holds for all bars: give it with the request's own steer."
            raise InvalidValue(f"points[{number}].steer.stretch", at.steer.stretch, hint)


def _check_signatures(changes: Any) -> None:
    if changes is None:
        return
    known = isinstance(changes, list) and all(isinstance(change, SignatureFrom) for change in changes)
    if not known or len(changes) > MOST_SIGNATURES:
        raise InvalidValue("signatures", changes, f"Give at most {MOST_SIGNATURES} changes, or leave them out.")
    last = -1
    for number, change in enumerate(changes):
        hint = "Bars are whole numbers from 0 on, and changes stand in their order, one for a bar."
        check_number(f"signatures[{number}].bar", change.bar, last + 1, LAST_BAR, hint, whole=True)
        last = change.bar
        check_signature(change.numerator, change.denominator, f"signatures[{number}].")
        _check_length(f"signatures[{number}].", change.numerator, change.denominator)
