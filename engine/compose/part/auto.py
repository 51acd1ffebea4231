"""Which of a role's styles is meant: the one asked for, or what the track's name and the tempo speak for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol, TypeVar

from engine.compose.request import ChordsContext
from engine.compose.stock import pick

__all__ = ["Styled", "choose_style", "named_in"]


class Styled(Protocol):
    """What a style tells of itself."""

    @property
    def id(self) -> str:
        """What it is called on the wire."""

    @property
    def name(self) -> str:
        """As shown."""

    @property
    def words(self) -> tuple[str, ...]:
        """Words in a track's name that speak for it."""

    @property
    def tempo(self) -> tuple[int, int]:
        """Beats per minute it is usually played at, from and to."""


_S = TypeVar("_S", bound=Styled)


def choose_style(
    styles: Mapping[str, _S], wanted: str, context: ChordsContext | None, tempo: float, field: str = "style"
) -> tuple[_S, tuple[str, ...]]:
    """Finds the style.

    The longest word of a style that stands in the track's name decides ("Deep house keys" is deep house); between
    equals, and where the name says nothing, the tempo: the style whose range holds it most closely, the first in the
    menu where several do.

    Args:
        styles: by id, in menu order, at least one.
        wanted: an id as typed, or "auto".
        context: what surrounds the clip; the track's name is read.
        tempo: beats per minute.
        field: name of the parameter, for the refusal and the sentence.

    Returns:
        The style, and a sentence saying what spoke for it; no sentence for one that was asked for.

    Raises:
        InvalidValue: naming the field.
    """
    known = pick(field, wanted, styles)
    if known != "auto":
        return styles[known], ()
    best = named_in(context.track_name if context else "", styles.values())
    found = min(best or styles.values(), key=lambda style: _distance(style, tempo))
    return found, (f"{field.capitalize()}: {found.name}, from the {'track name' if best else 'tempo'}.",)


def named_in(text: str, styles: Iterable[_S]) -> list[_S]:
    """The styles a text names by the longest word of theirs that stands in it; none when it names no style.

    Args:
        text: the name of a track, say.
        styles: those to look for.
    """
    name = _folded(text)
    scored = [
        (max((len(word) for word in map(_folded, style.words) if word in name), default=0), style) for style in styles
    ]
    best = max((score for score, _ in scored), default=0)
    return [style for score, style in scored if score == best] if best else []


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    words = re.sub(r"[^a-z0-9&]+", " ", text.lower()).split()
    return f" {' '.join(words)} "


def _distance(style: Styled, tempo: float) -> tuple[float, float]:
    """How far a tempo is from a style: outside of its range first, then from its middle, in shares of the tempo."""
    low, high = style.tempo
    return max(low - tempo, 0.0, tempo - high), abs(tempo - (low + high) / 2) / tempo
