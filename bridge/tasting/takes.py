"""Takes are kept before they are answered, in the thread that made them; where that fails, music goes on.

Every generating method says `then=keep_takes`; see `bridge.registry`.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from bridge.call import Call, Kept, device_of
from engine.errors import StoreUnavailable

if TYPE_CHECKING:
    from engine.taste.heard import Heard
    from engine.taste.pupil import Pupil
    from engine.taste.store.book import Book
    from engine.taste.store.learnt import Learnt
    from engine.taste.store.macro_maps import MacroMap, MacroMaps

_log = logging.getLogger("bandmate")

_T = TypeVar("_T", bound=msgspec.Struct)

_AGAIN = 10.0
"""Seconds from a failure to the next try: nobody who presses Generate waits for a disk that does not answer."""


class TakeKeeper:
    """The book of takes and ratings of one engine, and whether it can be written now.

    Attributes:
        trouble: Why nothing is kept now; "" where all is well.
        turned: Called where another profile, or another past, counts from now on.
    """

    def __init__(self) -> None:
        self.turned: Callable[[], None] = lambda: None
        self._book: Book | None = None
        self._lock = threading.Lock()
        self._heard: Heard | None = None
        self._learnt: Learnt[Pupil] | None = None
        self._maps: MacroMaps | None = None
        self._blank: Pupil | None = None
        self._again = 0.0
        self._maps_again = 0.0
        self._taste_again = 0.0
        self.trouble = ""

    @property
    def book(self) -> Book:
        """Takes, ratings, profiles; the first look imports SQLite, so look from a thread."""
        with self._lock:
            if self._book is None:
                from engine.taste.store import takes  # noqa: PLC0415 - SQLite, on first use
                from engine.taste.store.book import Book  # noqa: PLC0415

                chores = [self._work_out, takes.forget_old, self._learn_steering]
                self._book = Book(chores=chores, turned=self._other_taste)
            return self._book

    @property
    def learnt(self) -> Learnt[Pupil]:
        """What was learnt of each taste profile.

        Raises:
            StoreUnavailable: what takes sound like that were kept last cannot be kept.
        """
        self.hear()
        return self._learnt_so_far()

    def _learnt_so_far(self) -> Learnt[Pupil]:
        book = self.book
        with self._lock:
            if self._learnt is None:
                from engine.taste.pupil import VERSION, Pupil  # noqa: PLC0415 - numpy, on first use
                from engine.taste.store.learnt import Learnt  # noqa: PLC0415

                self._learnt = Learnt(book, VERSION, Pupil, Pupil.of)
            return self._learnt

    @property
    def macro_maps(self) -> MacroMaps:
        """What the knobs mean to whoever uses them."""
        book = self.book
        with self._lock:
            if self._maps is None:
                from engine.taste.store.macro_maps import MacroMaps  # noqa: PLC0415 - SQLite, on first use

                self._maps = MacroMaps(book)
            return self._maps

    def macro_map(self) -> MacroMap | None:
        """Say what the knobs mean now, without waiting; None where that cannot be known: what is on the shelf."""
        found = self._maps and self._maps.now
        if found is not None or time.monotonic() < self._maps_again:
            return found or None
        try:
            return self.macro_maps.refresh()
        except StoreUnavailable:  # whoever keeps the take says so
            self._maps_again = time.monotonic() + _AGAIN
            return None

    def _learn_steering(self, book: Book) -> bool:
        """After a reward, aside."""
        del book
        self.macro_maps.refresh()
        return False

    def _other_taste(self) -> None:
        """Another profile, or another past, counts from now on: who asked for it waits."""
        self.turned()
        self.macro_maps.refresh()

    @contextlib.contextmanager
    def taste(self) -> Iterator[tuple[Pupil, bool]]:
        """Give the pupil of the profile in use, to one thread at a time, and whether it knows the user's ratings.

        Where they cannot be read, it is one that has learnt nothing: music goes on.
        """
        with contextlib.ExitStack() as held:
            known = time.monotonic() >= self._taste_again
            if known:
                try:
                    with contextlib.suppress(StoreUnavailable):
                        self.hear()
                    pupil = held.enter_context(self._learnt_so_far().using())
                except StoreUnavailable:
                    self._taste_again, known = time.monotonic() + _AGAIN, False
            if not known:
                pupil = held.enter_context(self._knowing_nothing())
            yield pupil, known

    @contextlib.contextmanager
    def _knowing_nothing(self) -> Iterator[Pupil]:
        from engine.taste.pupil import Pupil  # noqa: PLC0415 - numpy, on first use

        with self._lock:
            self._blank = self._blank or Pupil()
            yield self._blank

    def prepare(self) -> None:
        """Learn what was told last, so that the next press need not; takes some ten milliseconds at most."""
        with self.taste() as (pupil, _):
            pupil.prepare()

    def open(self) -> None:
        """Open the file and read what was learnt, so that the first press need not; where it cannot, that says so."""
        from engine.taste import arms, beside, offer  # noqa: F401, PLC0415 - numpy; met here, not in the first press

        try:
            self.book.open()
            self.macro_maps.refresh()
            self.prepare()
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

    def kept(self) -> None:
        """Something was written: so may the next take be, at once, whatever happened to the last."""
        self._again = self._taste_again = 0.0
        if self.trouble:
            self.trouble = ""
            _log.info("takes are kept again")

    def keep(self, device: str, method: str, request: Any, result: _T, considered: list[Kept] | None = None) -> _T:
        """Keep the takes of an answer.

        Args:
            device: Who asks.
            method: What was asked.
            request: The request.
            result: The answer, with `notices`.
            considered: Its takes, where they were chosen among others.

        Returns:
            The answer; the first one after which nothing can be kept any more says so in a notice.
        """
        if time.monotonic() < self._again:
            return result
        from engine.taste.described import base_of, takes_of  # noqa: PLC0415 - as above
        from engine.taste.store.takes import keep  # noqa: PLC0415

        try:
            if considered is not None:
                self._keep_considered(device, method, considered)
            else:
                made = takes_of(method, request, result, device, time.time_ns())
                keep(self.book, made, base=base_of(made))
                self._keep_clips(made[0].id, result)
                self._listen(request, result)
        except StoreUnavailable as problem:
            return self._failed(result, f"{problem}. {problem.hint} Music goes on without learning.")
        except Exception:  # a fault of ours costs the memory of a take, not the take
            _log.exception("a take of %s could not be kept", method)
            return result
        self.kept()
        return result

    def _keep_clips(self, song: str, result: Any) -> None:
        """A song is no clip, and is known again by those it lies in."""
        from engine.taste.described import clips_of  # noqa: PLC0415 - as above

        if marks := clips_of(result):
            from engine.taste.store.songs import SongClips, keep_clips  # noqa: PLC0415

            keep_clips(self.book, [SongClips(take=song, marks=marks)])

    def _keep_considered(self, device: str, method: str, considered: list[Kept]) -> None:
        from engine.taste.described import takes_of  # noqa: PLC0415 - as above
        from engine.taste.store.takes import keep  # noqa: PLC0415

        made, beside = [], set()
        for each in considered:
            (take,) = takes_of(method, each.request, each.result, device, time.time_ns(), each.genre)
            features, propensity = each.features, each.propensity
            made.append(msgspec.structs.replace(take, choice=each.choice, features=features, propensity=propensity))
            if each.beside:
                beside.add(take.id)
        keep(self.book, made, beside=beside)
        for each in considered:
            if not each.features:
                self._listen(each.request, each.result)

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
    considered = call.considered.pop(id(result), None)
    if getattr(request, "plan", False):  # nothing was composed yet; the song itself will have the same take
        return result
    return call.runtime.takes.keep(device_of(call), method, request, result, considered)


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


def taste_of(call: Call | None) -> contextlib.AbstractContextManager[tuple[Pupil, bool]]:
    """Find who knows the taste of the profile in use; see `TakeKeeper.taste`.

    Args:
        call: Who asks; None where no engine runs and the command line answers by itself.
    """
    return (_HERE if call is None else call.runtime.takes).taste()


def macro_maps_of(call: Call | None) -> MacroMaps:
    """Find what the knobs mean to whoever uses them.

    Args:
        call: Who asks; None where no engine runs and the command line answers by itself.
    """
    return (_HERE if call is None else call.runtime.takes).macro_maps


def close_here() -> None:
    """Let go of the file where no engine runs, so that an engine may have it."""
    _HERE.close()


_HERE = TakeKeeper()
"""Of a process that is no engine."""
