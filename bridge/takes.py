"""Takes are kept before they are answered, in the thread that made them; where that fails, music goes on.

Every generating method says `then=keep_takes`; see `bridge.registry`.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from bridge.call import Call
from engine.errors import StoreUnavailable

if TYPE_CHECKING:
    from engine.taste.heard import Heard
    from engine.taste.pupil import Pupil
    from engine.taste.store.book import Book
    from engine.taste.store.learnt import Learnt

_log = logging.getLogger("bandmate")

_T = TypeVar("_T", bound=msgspec.Struct)

_AGAIN = 10.0
"""Seconds from a failure to the next try: nobody who presses Generate waits for a disk that does not answer."""


class TakeKeeper:
    """The book of takes and ratings of one engine, and whether it can be written now."""

    def __init__(self) -> None:
        self._book: Book | None = None
        self._lock = threading.Lock()
        self._heard: Heard | None = None
        self._learnt: Learnt[Pupil] | None = None
        self._again = 0.0
        self.trouble = ""

    @property
    def book(self) -> Book:
        """Takes, ratings, profiles; the first look imports SQLite, so look from a thread."""
        with self._lock:
            if self._book is None:
                from engine.taste.store import takes  # noqa: PLC0415 - SQLite, on first use
                from engine.taste.store.book import Book  # noqa: PLC0415

                self._book = Book(chores=[self._work_out, takes.forget_old])
            return self._book

    @property
    def learnt(self) -> Learnt[Pupil]:
        """What was learnt of each taste profile.

        Raises:
            StoreUnavailable: what takes sound like that were kept last cannot be kept.
        """
        book = self.book
        self.hear()
        with self._lock:
            if self._learnt is None:
                from engine.taste.pupil import VERSION, Pupil  # noqa: PLC0415 - numpy, on first use
                from engine.taste.store.learnt import Learnt  # noqa: PLC0415

                self._learnt = Learnt(book, VERSION, Pupil, Pupil.of)
            return self._learnt

    def open(self) -> None:
        """Open the file, so that the first take finds it open; where it cannot be, the first take will say so."""
        try:
            self.book.open()
        except StoreUnavailable as problem:
            _log.warning("takes cannot be kept: %s", problem)

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._book is not None:
                self._book.close()

    def hear(self) -> None:
        """Work out what the takes sound like that were kept last: who is about to learn from them needs to know.

        Raises:
            StoreUnavailable: they cannot be kept.
        """
        book = self.book
        while self._work_out(book):
            pass

    def _work_out(self, book: Book) -> bool:
        return self._heard is not None and self._heard.work_out(book)

    def retry(self) -> None:
        """Let the next take try at once, whatever happened to the last."""
        self._again = 0.0

    def keep(self, device: str, method: str, request: Any, result: _T) -> _T:
        """Keep the takes of an answer.

        Args:
            device: Who asks.
            method: What was asked.
            request: The request.
            result: The answer, with `notices`.

        Returns:
            The answer; the first one after which nothing can be kept any more says so in a notice.
        """
        if time.monotonic() < self._again:
            return result
        from engine.taste.described import base_of, takes_of  # noqa: PLC0415 - as above
        from engine.taste.store.takes import keep  # noqa: PLC0415

        try:
            made = takes_of(method, request, result, device, time.time_ns())
            keep(self.book, made, base=base_of(made))
            self._listen(request, result)
        except StoreUnavailable as problem:
            return self._failed(result, f"{problem}. {problem.hint} Music goes on without learning.")
        except Exception:  # a fault of ours costs the memory of a take, not the take
            _log.exception("a take of %s could not be kept", method)
            return result
        if self.trouble:
            self.trouble = ""
            _log.info("takes are kept again")
        return result

    def _listen(self, request: Any, result: Any) -> None:
        if self._heard is None:
            from engine.taste.heard import Heard  # noqa: PLC0415 - numpy, on first use

            self._heard = Heard()
        self._heard.add(request, result)

    def _failed(self, result: _T, words: str) -> _T:
        self._again = time.monotonic() + _AGAIN
        if self.trouble == words:
            return result
        self.trouble = words
        _log.warning("takes cannot be kept: %s", words)
        return msgspec.structs.replace(result, notices=[*result.notices, words])  # type: ignore[attr-defined]


def keep_takes(call: object, method: str, request: Any, result: _T) -> _T:
    """Keep what a method composed, before it is answered. The command line, where no engine runs, keeps nothing."""
    if not isinstance(call, Call):
        return result
    return call.runtime.takes.keep(call.session.client.name or call.session.client.kind, method, request, result)


def book_of(call: Call | None) -> Book:
    """Find where takes and ratings are kept.

    Args:
        call: Who asks; None where no engine runs and the command line answers by itself.
    """
    return (_HERE if call is None else call.runtime.takes).book


def learnt_of(call: Call | None) -> Learnt[Pupil]:
    """Find what was learnt from ratings.

    Args:
        call: Who asks; None where no engine runs and the command line answers by itself.

    Raises:
        StoreUnavailable: the ratings cannot be read.
    """
    return (_HERE if call is None else call.runtime.takes).learnt


def close_here() -> None:
    """Let go of the file where no engine runs, so that an engine may have it."""
    _HERE.close()


_HERE = TakeKeeper()
"""Of a process that is no engine."""
