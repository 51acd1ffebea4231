"""What kept takes sound like, worked out after they were answered: nobody waits for it.

A kill in between costs no take; one of which only the recipe is known is judged by that.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Any

import msgspec

from engine.notes import Note, beats_per_bar
from engine.taste.described import parts_of
from engine.taste.store import takes
from engine.taste.store.book import Book
from engine.taste.traits import traits

__all__ = ["MOST", "Heard"]

MOST = 512
"""Takes that wait; of more the oldest stay unheard."""

_AT_ONCE = 32


class _Sound(msgspec.Struct, frozen=True):
    take: str
    notes: list[Note]
    length: float
    bar: float


class Heard:
    """Takes whose sound is yet to be told in numbers."""

    def __init__(self) -> None:
        self._waiting: deque[_Sound] = deque(maxlen=MOST)
        self._lock = threading.Lock()

    def add(self, request: Any, result: Any) -> None:
        """Lets the takes of an answer wait.

        Args:
            request: the generator's request, a msgspec Struct.
            result: its answer, with ``length`` in beats.
        """
        bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
        for part in parts_of(result):
            notes = getattr(part, "notes", None)
            if notes:
                self._waiting.append(_Sound(part.take, notes, result.length, bar))

    def work_out(self, book: Book) -> bool:
        """Works out what some of them sound like, and keeps that.

        Returns:
            True when more of them wait.

        Raises:
            StoreUnavailable: it could not be kept; they are not looked at again.
        """
        with self._lock:
            found: dict[str, list[float]] = {}
            while self._waiting and len(found) < _AT_ONCE:
                sound = self._waiting.popleft()
                found[sound.take] = traits(sound.notes, sound.length, sound.bar).tolist()
            if found:
                takes.keep_features(book, found)
        return bool(self._waiting)
