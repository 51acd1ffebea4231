"""Which remembered recording an excerpt comes from; and remembering, and hearing again what was lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import EngineError, InvalidValue
from engine.hear.cache import Cache, digest_of
from engine.hear.fingerprint import FRAME_RATE, Fingerprint, fingerprint
from engine.hear.fingerprint_index import Hit, Index, asked_for, confidence, pairs
from engine.hear.load import load
from engine.hear.places import regular, shown_name
from engine.hear.recordings import Print, Recordings
from engine.hear.recordings_result import Identified, Match, Rebuilt, Remembered
from engine.hear.spectrum import Spectra

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is being done); what it raises ends the work."""

MOST_SECONDS = 20.0
"""Of a longer excerpt this much is looked up, there where it has the most landmarks."""

_LEAST = 20  # peaks: with fewer nothing can be told
_MOST_NAMED = 100


def remember(path: str | Path, recordings: Recordings, cache: Cache, progress: Progress | None = None) -> Remembered:
    """Make a recording one that is known again.

    Args:
        path: An audio file.
        recordings: Where it is kept.
        cache: What is known of files.
        progress: Told how far the work is.

    Raises:
        EngineError: the file cannot be heard, or nothing can be remembered.
    """
    tell = progress or _silent
    real = regular(path)
    tell(0, 2, "Reading the file")
    digest = cache.digest(real)
    known = recordings.known(digest, real)
    if known is not None:
        return known
    made = print_of(real, digest, lambda: tell(1, 2, "Taking a fingerprint"))
    recordings.keep(made)
    tell(2, 2, "Done")
    return Remembered(
        name=made.name,
        duration=made.seconds,
        landmarks=made.landmarks,
        new=True,
        recordings=len(recordings),
    )


def print_of(path: Path, digest: bytes, decoded: Callable[[], None]) -> Print:
    """Take the fingerprint of a file as it is stored.

    Args:
        path: Of the file, whole.
        digest: Of its content.
        decoded: Called between reading and looking.

    Raises:
        EngineError: it cannot be heard.
    """
    sound = load(path)
    decoded()
    landmarks = fingerprint(Spectra(sound))
    hashes, frames = pairs(landmarks.frames, landmarks.pitches)
    return Print(
        digest=digest,
        path=os.fsencode(path),
        seconds=round(sound.duration, 3),
        landmarks=len(landmarks),
        hashes=hashes.astype("<u4").tobytes(),
        frames=frames.astype("<u4").tobytes(),
    )


def identify(
    path: str | Path,
    recordings: Recordings,
    *,
    start: float | None = None,
    end: float | None = None,
    progress: Progress | None = None,
) -> Identified:
    """Find the remembered recordings that an excerpt comes from.

    Args:
        path: An audio file; five seconds are enough, with noise, equalised, coded or up to 6 % faster or slower.
        recordings: Where to look.
        start: Seconds from where the excerpt begins; the beginning of the file when None.
        end: Seconds up to where; the end when None.
        progress: Told how far the work is.

    Raises:
        InvalidValue: the range is none.
        EngineError: the file cannot be heard, or the recordings cannot be read.
    """
    tell = progress or _silent
    tell(0, 0, "Reading the file")
    sound = load(path, start, end)
    landmarks, skipped = densest(fingerprint(Spectra(sound)))
    if len(landmarks) < _LEAST:
        listed = len(recordings)
        return Identified(
            matches=[],
            recordings=listed,
            missing=0,
            words="There is too little in this to know it by: take more of it.",
        )
    wanted = asked_for(landmarks)
    total = len(recordings)
    index, looked_at = Index(FRAME_RATE), {}
    there = set()
    for done, each in enumerate(recordings):
        tell(done, total, "Looking through what is known")
        hashes = np.frombuffer(each.hashes, "<u4")
        keep = wanted[hashes]
        there.add(each.digest)
        if keep.any():
            index.add_pairs(each.digest.hex(), hashes[keep], np.frombuffer(each.frames, "<u4")[keep])
            looked_at[each.digest.hex()] = (each.shown, each.name, each.seconds)
    tell(total, total, "Comparing")
    matches = [_told(hit, *looked_at[hit.id], skipped) for hit in index.identify(landmarks)]
    missing = sum(digest not in there for digest, _ in recordings.listed())
    return Identified(
        matches=matches, recordings=len(there), missing=missing, words=_words(matches, len(there), missing)
    )


def rebuild(recordings: Recordings, progress: Progress | None = None) -> Rebuilt:
    """Hear again all that is on the list and has lost its fingerprint.

    Args:
        recordings: Theirs; a damaged file of fingerprints is laid aside, beside the new one.
        progress: Told how far the work is.

    Raises:
        StoreUnavailable: the list cannot be read, or nothing can be written.
    """
    tell = progress or _silent
    recordings.set_aside()
    todo = recordings.missing()
    lost: list[str] = []
    for done, (digest, name) in enumerate(todo):
        tell(done, len(todo), "Hearing again")
        path = Path(os.fsdecode(name))
        try:
            again = digest_of(path) == digest
            if again:
                recordings.keep(print_of(path, digest, lambda: None))
        except (EngineError, InvalidValue):
            again = False
        if not again:
            lost.append(shown_name(path))
    tell(len(todo), len(todo), "Done")
    return Rebuilt(recordings=len(recordings), rebuilt=len(todo) - len(lost), missing=lost[:_MOST_NAMED])


def densest(landmarks: Fingerprint) -> tuple[Fingerprint, float]:
    """The `MOST_SECONDS` of an excerpt that have the most landmarks, and how many seconds come before them.

    Args:
        landmarks: Of the whole excerpt.
    """
    reach = MOST_SECONDS * FRAME_RATE
    frames: NDArray[np.float32] = landmarks.frames
    if not len(frames) or frames[-1] < reach:
        return landmarks, 0.0
    ends = np.searchsorted(frames, frames + np.float32(reach))
    first = int((ends - np.arange(len(frames))).argmax())
    begin = float(frames[first])
    inside = slice(first, int(ends[first]))
    return Fingerprint(frames[inside] - np.float32(begin), landmarks.pitches[inside]), begin / FRAME_RATE


def _told(hit: Hit, path: str, name: str, seconds: float, skipped: float) -> Match:
    return Match(
        path=path,
        name=name,
        duration=seconds,
        offset=round(hit.offset - skipped * hit.speed, 2),
        speed=hit.speed,
        votes=hit.hits,
        confidence=confidence(hit.score),
    )


def _words(matches: list[Match], known: int, missing: int) -> str:
    if matches:
        best = matches[0]
        paced = "" if abs(best.speed - 1) < 0.004 else f", {abs(best.speed - 1):.1%} {_PACE[best.speed > 1]}"
        said = f"{best.name}, from {best.offset:.1f} s on{paced}."
    elif known:
        said = f"None of the {known} recordings that are known."
    else:
        said = "No recording is known yet: remember some first."
    return said + (f" {missing} remembered recordings have lost their fingerprint: rebuild them." if missing else "")


_PACE = {True: "faster", False: "slower"}


def _silent(_done: int, _total: int, _text: str) -> None:
    return
