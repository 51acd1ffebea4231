"""Hearing with a memory: what was heard before is found again, and what the user said wins.

What he tends to say decides where hearing is in two minds (`engine.hear.leaned`).

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

from engine import typed
from engine.errors import EngineError, StoreUnavailable
from engine.hear.cache import Cache, Mark, Question
from engine.hear.corrected import Heard, corrected
from engine.hear.corrections import Correction, Corrections, Said
from engine.hear.leaned import leaned_key, leaning_tempo, told_rhythm
from engine.hear.parts import ALL, PARTS, USUAL_PROFILE, hangs_on, hinted, known_profile, needed, version
from engine.hear.places import regular, shown_name
from engine.hear.recordings import Recordings
from engine.hear.recordings_result import Remembered
from engine.hear.result import told
from engine.hear.rhythm_result import Rhythm
from engine.store import Store, own_store
from engine.taste.corrections import Habits

FACTS_PART, FACTS_VERSION = "", "1"
"""What a file says of itself is kept as a part without a name."""

_NONE = Habits()

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
        self._store = store or own_store()
        self.cache = Cache(self._store)
        self.recordings = Recordings(self._store)
        self._corrections = Corrections(self._store)

    def recall(self, path: str | Path, habits: Habits = _NONE, **asked: Any) -> Heard | None:
        """Return what was heard before, without reading the file; None when it, or some of it, has to be heard.

        Args:
            path: The file.
            habits: As in `hear`.
            asked: As in `hear`.

        Raises:
            InvalidValue: an argument is outside what is allowed.
            EngineError: the file cannot be looked at.
        """
        asked = _allowed(asked)
        try:
            digest = self.cache.known_digest(Path(path))
            if digest is None:
                return None
            correction = self._corrections.find(digest)
            name = shown_name(regular(path))
            question = asking(digest, name, correction, **asked)
            found = self.cache.find(question)
            leant = _leant(correction, found, habits)
            if leant is not correction:
                question = asking(digest, name, leant, **asked)
                found = self.cache.find(question)
        except StoreUnavailable as problem:
            _log.warning("nothing is remembered: %s", problem)
            return None
        whole = set(found) == set(question.parts)
        return self._told(question, found, Path(path), (correction, habits)) if whole else None

    def hear(
        self,
        path: str | Path,
        *,
        progress: Callable[[int, int, str], None] | None = None,
        habits: Habits = _NONE,
        **asked: Any,
    ) -> Heard:
        """Return what was heard before; what was not is heard, and remembered.

        Args:
            path: A file.
            progress: As in `engine.hear.analysis.analyze`.
            habits: What the user tends to set right: it decides where hearing is in two minds. What hangs on the beats
                is then heard again on those of the tempo that goes first, as after a correction.
            asked: Its arguments parts, start, end, tempo, name and profile; all may be left out.

        Raises:
            InvalidValue: an argument is outside what is allowed.
            EngineError: the file cannot be heard.
        """
        asked = _allowed(asked)
        digest, name, correction = self._about(path)
        question = asking(digest, name, correction, **asked)
        found = self._found(question)
        leant = _leant(correction, found, habits)
        if leant is correction:
            found = self._whole(path, question, found, correction, progress=progress, **asked)
            leant = _leant(correction, found, habits)
        if leant is not correction:
            raw, question = question, asking(digest, name, leant, **asked)
            alike = {
                part: found[part] for part, mark in question.parts.items() if raw.parts[part] == mark and part in found
            }
            found = self._whole(path, question, alike | self._found(question), leant, progress=progress, **asked)
        return self._told(question, found, Path(path), (correction, habits))

    def _whole(
        self, path: str | Path, question: Question, found: dict[str, bytes], correction: Correction, **asked: Any
    ) -> dict[str, bytes]:
        """What is known of a file with what is not, heard now and remembered."""
        if set(found) == set(question.parts):
            return found
        # Numba, scipy and all that: only where something has to be heard.
        from engine.hear.rehear import hear_missing  # noqa: PLC0415

        new = hear_missing(path, found, correction, **asked)
        self._keep(question, new)
        return found | new

    def _about(self, path: str | Path) -> tuple[bytes, str, Correction]:
        """Digest and name of a file, and what was said about it; nothing where nothing can be remembered."""
        try:
            digest = self.cache.digest(Path(path))
            return digest, shown_name(regular(path)), self._corrections.find(digest)
        except StoreUnavailable as problem:
            _log.warning("nothing is remembered: %s", problem)
            return b"", "", Correction()

    def _found(self, question: Question) -> dict[str, bytes]:
        try:
            return self.cache.find(question) if question.digest else {}
        except StoreUnavailable as problem:
            _log.warning("nothing is remembered: %s", problem)
            return {}

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

    def first_heard(self, path: str | Path) -> tuple[str, tuple[float | None, str | None]]:
        """Return a file's digest, and the tempo and key heard in it last, whatever was said about it; None for none.

        Raises:
            EngineError: the file cannot be read, or nothing is remembered.
        """
        digest = self.cache.digest(Path(path))
        rhythm, key = (self.cache.last(digest, part) for part in ("rhythm", "key"))
        bpm = msgspec.json.decode(rhythm)["tempo"]["bpm"] if rhythm else None
        return digest.hex(), (bpm, msgspec.json.decode(key)["key"] if key else None)

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

    @staticmethod
    def _told(question: Question, found: dict[str, bytes], path: Path, said: tuple[Correction, Habits]) -> Heard:
        correction, habits = said
        facts = msgspec.json.decode(found[FACTS_PART])
        # The content was perhaps heard under another name.
        facts["name"] = shown_name(regular(path))
        parts = [name for name in PARTS if name in question.parts]
        details = {PARTS[name].field: msgspec.json.decode(found[name]) for name in parts}
        # The user's word about this very file goes before his habits.
        if correction.bpm is None and "rhythm" in details:
            details["rhythm"] = told_rhythm(details["rhythm"], habits)
        if correction.key is None and "key_detail" in details:
            details["key_detail"] = leaned_key(details["key_detail"], habits)
        return corrected(told(facts, details, parts), correction)

    def _keep(self, question: Question, results: dict[str, bytes]) -> None:
        if not question.digest:
            return
        try:
            self.cache.keep(question, results, [version(name) for name in PARTS] + [FACTS_VERSION])
        except StoreUnavailable as problem:
            _log.warning("a result was not remembered: %s", problem)


def _leant(correction: Correction, found: dict[str, bytes], habits: Habits) -> Correction:
    """What is said of a file; where the tempo is not, what goes first by habit. The very same where nothing does."""
    if correction.bpm is not None or not habits.tempo or "rhythm" not in found:
        return correction
    bpm = leaning_tempo(typed.decode(found["rhythm"], Rhythm), habits)
    return correction if bpm is None else msgspec.structs.replace(correction, bpm=bpm)


def _allowed(asked: dict[str, Any]) -> dict[str, Any]:
    """Refuse at once what would be refused when the file is heard; parts may come from an iterator."""
    parts = tuple(asked.get("parts", ALL))
    needed(parts)
    hinted(asked.get("tempo"), "")
    known_profile(asked.get("profile", USUAL_PROFILE))
    return asked | {"parts": parts}


def asking(
    digest: bytes,
    name: str,
    correction: Correction,
    *,
    parts: Iterable[str] = ALL,
    start: float | None = None,
    end: float | None = None,
    tempo: float | None = None,
    profile: str = USUAL_PROFILE,
    **named: str | None,
) -> Question:
    """What two askings must share to have one answer.

    Args:
        digest: Of the file's content.
        name: Of the file.
        correction: What the user said of this content: what hangs on the beats was heard on the beats that count.
        parts: Names of parts.
        start: Seconds.
        end: Seconds.
        tempo: BPM.
        profile: Of the release check.
        named: `name`, what the file shall be taken to be called.
    """
    hints = hinted(tempo, named.get("name") or name)
    # Only a figure in a name says something of the tempo; all other names are alike.
    figured = hints.name if re.search(r"\d", hints.name) else ""
    beats = msgspec.json.encode([hints.tempo, figured]).decode()
    marks = {FACTS_PART: Mark(version=FACTS_VERSION)}
    for part in needed(parts):
        said = beats if hangs_on(part.name, "hints") else ""
        if correction.bpm is not None and part.name != "rhythm" and hangs_on(part.name, "rhythm"):
            said += f" {correction.bpm} BPM"
        if known_profile(profile) != USUAL_PROFILE and hangs_on(part.name, "profile"):
            said += f" {profile}"
        marks[part.name] = Mark(version=version(part.name), hints=said)
    span = "" if start is None and end is None else f"{start or 0.0:.6f}-{'' if end is None else f'{end:.6f}'}"
    return Question(digest=digest, span=span, parts=marks)
