"""Hearing with a memory: what was heard before is found again, and what the user said wins.

Results are plain dictionaries here, the JSON of `engine.hear.result.Analysis`: light enough for the engine itself to
answer from, in a few milliseconds and without an audio library. Whatever is wrong with the memory, hearing goes on.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from engine.errors import EngineError, StoreUnavailable
from engine.hear.cache import Cache, Question
from engine.hear.corrections import Correction, Corrections, Said
from engine.hear.parts import ALL, PARTS, USUAL_PROFILE, hinted, known_profile, needed, version
from engine.hear.places import regular, shown_name
from engine.hear.recordings import Recordings
from engine.hear.recordings_result import Remembered
from engine.hear.result import FLAT
from engine.settings import make_home, store_path
from engine.store import Store
from engine.theory.keys import parse_key

Heard = dict[str, Any]
"""The fields of `Analysis`, as JSON has them."""

_log = logging.getLogger("bandmate")


class Memory:
    """What was heard and what was said about it.

    Args:
        store: Where it is kept; Bandmate's own when None.

    Attributes:
        cache: What is known of files by their content.
        recordings: Those that shall be known again.
    """

    def __init__(self, store: Store | None = None) -> None:
        self._store = store or _own()
        self.cache = Cache(self._store)
        self.recordings = Recordings(self._store)
        self._corrections = Corrections(self._store)

    def recall(self, path: str | Path, **asked: Any) -> Heard | None:
        """Return what was heard before, without reading the file; None when it has to be heard (again).

        Args:
            path: The file.
            asked: As in `hear`.

        Raises:
            InvalidValue: an argument is outside what is allowed.
            EngineError: the file cannot be looked at.
        """
        asked = _allowed(asked)
        try:
            digest = self.cache.known_digest(Path(path))
            return None if digest is None else self._find(_question(digest, Path(path), **asked), Path(path))
        except StoreUnavailable as problem:
            _log.warning("nothing is remembered: %s", problem)
            return None

    def hear(self, path: str | Path, *, progress: Callable[[int, int, str], None] | None = None, **asked: Any) -> Heard:
        """Return what was heard before, or hear it and remember.

        Args:
            path: A file.
            progress: As in `engine.hear.analysis.analyze`.
            asked: Its other arguments; all may be left out.

        Raises:
            InvalidValue: an argument is outside what is allowed.
            EngineError: the file cannot be heard.
        """
        # Numba, scipy and all that: only where something has to be heard.
        from engine.hear.analysis import analyze  # noqa: PLC0415

        question = self._question(Path(path), asked)
        if question and (known := self._known(question, Path(path))):
            return known
        result = msgspec.json.encode(analyze(path, progress=progress, **asked))
        if question:
            self._keep(question, result)
        heard: Heard = msgspec.json.decode(result)
        return corrected(heard, self._correction(question))

    def correct(self, path: str | Path, **said: Any) -> Correction:
        """Remember what the user said about a file: it wins from now on.

        Args:
            path: The file.
            said: As in `Corrections.set`.

        Raises:
            InvalidValue: a value makes no sense.
            EngineError: the file cannot be read, or nothing can be remembered.
        """
        return self._corrections.set(self.cache.digest(Path(path)), **said)

    def correction(self, path: str | Path) -> Correction:
        """Return what the user said about a file.

        Raises:
            EngineError: the file cannot be read, or nothing can be remembered.
        """
        return self._corrections.find(self.cache.digest(Path(path)))

    def corrections(self) -> list[Said]:
        """Return all that the user ever said, the latest first.

        Raises:
            StoreUnavailable: nothing can be remembered.
        """
        return self._corrections.listed()

    def forget_correction(self, path: str | Path) -> None:
        """Let what was heard in a file stand again.

        Raises:
            EngineError: the file cannot be read, or nothing can be remembered.
        """
        self._corrections.forget(self.cache.digest(Path(path)))

    def known(self, path: str | Path) -> Remembered | None:
        """Say whether a recording is known, without hearing it; None when it has to be heard, or looked at first.

        Raises:
            EngineError: the file cannot be looked at, or what is known cannot be read.
        """
        digest = self.cache.known_digest(Path(path))
        return None if digest is None else self.recordings.known(digest, regular(path))

    def unremember(self, path: str | Path) -> bool:
        """Forget a recording; what was heard and said of it stays.

        Args:
            path: Where it lies, or lay when it was remembered.

        Returns:
            Whether it was known.

        Raises:
            StoreUnavailable: it is still known.
        """
        try:
            real = regular(path)
        except EngineError:  # gone: then by its place alone
            return self.recordings.forget(path=Path(path))
        return self.recordings.forget(digest=self.cache.digest(real), path=real)

    def _question(self, path: Path, asked: dict[str, Any]) -> Question | None:
        try:
            return _question(self.cache.digest(path), path, **asked)
        except StoreUnavailable as problem:
            _log.warning("nothing is remembered: %s", problem)
            return None

    def _known(self, question: Question, path: Path) -> Heard | None:
        try:
            return self._find(question, path)
        except StoreUnavailable:
            return None

    def _find(self, question: Question, path: Path) -> Heard | None:
        found = self.cache.find(question)
        if found is None:
            return None
        heard = narrowed(msgspec.json.decode(found), question.parts)
        heard["name"] = shown_name(regular(path))  # the content was perhaps heard under another name
        return corrected(heard, self._corrections.find(question.digest))

    def _keep(self, question: Question, result: bytes) -> None:
        try:
            self.cache.keep(question, result)
        except StoreUnavailable as problem:
            _log.warning("a result was not remembered: %s", problem)

    def _correction(self, question: Question | None) -> Correction:
        try:
            return self._corrections.find(question.digest) if question else Correction()
        except StoreUnavailable:
            return Correction()


def _own() -> Store:
    """Bandmate's store; where its folder cannot be made, each question to it will say so."""
    try:
        make_home()
    except OSError as problem:
        _log.warning("Bandmate's folder cannot be made: %s", type(problem).__name__)
    return Store(store_path())


def _allowed(asked: dict[str, Any]) -> dict[str, Any]:
    """Refuse at once what would be refused when the file is heard; parts may come from an iterator."""
    parts = tuple(asked.get("parts", ALL))
    needed(parts)
    hinted(asked.get("tempo"), "")
    known_profile(asked.get("profile", USUAL_PROFILE))
    return asked | {"parts": parts}


def _question(
    digest: bytes,
    path: Path,
    *,
    parts: Iterable[str] = ALL,
    start: float | None = None,
    end: float | None = None,
    tempo: float | None = None,
    name: str | None = None,
    profile: str = USUAL_PROFILE,
) -> Question:
    """What two askings must share to have one answer."""
    todo = needed(parts)
    hints = hinted(tempo, shown_name(regular(path)) if name is None else name)
    said = ""
    if any("hints" in part.takes for part in todo):
        # Only a figure in a name says something of the tempo; all other names are alike.
        name = hints.name if re.search(r"\d", hints.name) else ""
        said = msgspec.json.encode([hints.tempo, name]).decode()
    if known_profile(profile) != USUAL_PROFILE and any("profile" in part.takes for part in todo):
        said += profile
    span = "" if start is None and end is None else f"{start or 0.0:.6f}-{'' if end is None else f'{end:.6f}'}"
    return Question(
        digest=digest,
        version=version(ALL),
        span=span,
        hints=said,
        parts=frozenset(part.name for part in todo),
    )


def narrowed(heard: Heard, parts: Iterable[str]) -> Heard:
    """Leave out what was heard but not asked for.

    Args:
        heard: A result with at least these parts.
        parts: Names.
    """
    names = set(parts)
    gone = {part.field for part in PARTS.values() if part.name not in names}
    out = heard | dict.fromkeys(gone) | {name: None for name, place in FLAT.items() if place[0] in gone}
    return out | {"parts": [name for name in heard["parts"] if name in names]}


def corrected(heard: Heard, correction: Correction) -> Heard:
    """Put what the user said in the place of what was heard; that moves to `heard`.

    Only figures whose part was heard are touched, and of a part only the figures: its details stay as they were heard.

    Args:
        heard: A result.
        correction: What was said about the content.
    """
    said: dict[str, Any] = {}
    if correction.bpm is not None and "rhythm" in heard["parts"]:
        said["bpm"] = correction.bpm
    if correction.key is not None and "key" in heard["parts"]:
        key = parse_key(correction.key)
        said |= {"key": key.camelot, "key_notation": key.tonic + ("m" if key.minor_third else "")}
    if not said:
        return heard
    return heard | said | {"corrected": True, "heard": {name: heard[name] for name in said}}
