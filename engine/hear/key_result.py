"""How a key is told: names, Camelot codes, the second choice, and what the two have in common, in words."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.theory.keys import Key as TheoryKey
from engine.theory.keys import parallel, relative, usual_key

_CLOSE = 0.35  # a second choice with this share of the first one's confidence is worth a word
_DOUBTFUL = 0.5


class KeyChoice(msgspec.Struct, frozen=True, kw_only=True):
    """One possible key.

    Attributes:
        key: "F# minor".
        camelot: Place on the Camelot wheel, "11A".
        notation: Short, "F#m"; a major key is its tonic alone.
        tonic: Pitch class 0..11, C = 0.
        mode: "major" or "minor".
        confidence: 0..1, how often such an answer is right.
    """

    key: str
    camelot: str
    notation: str
    tonic: int
    mode: str
    confidence: float


class KeySection(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch in one key.

    Attributes:
        start, end: Seconds, or beats for a MIDI clip.
        key, camelot, notation: As in `KeyChoice`.
        confidence: 0..1.
    """

    start: float
    end: float
    key: str
    camelot: str
    notation: str
    confidence: float


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """The key of a recording or a clip.

    Attributes:
        key: "F# minor", or None where there is no key to hear.
        camelot: "11A", or None.
        notation: "F#m", or None.
        tonic: Pitch class 0..11, or None.
        mode: "major" or "minor" (by the third of the scale: dorian is minor), or None.
        confidence: 0..1: how often such an answer is right; with no key, how sure it is that there is none.
        second: The next likely key, or None.
        ambiguity: How the two are related when it is a near thing ("relative", ...), in a sentence; else empty.
        words: The whole answer in a sentence.
        tonalness: 0..1, how likely it is that there are notes enough for a key.
        tuning_cents: -50..50 off A 440; None for a clip or where no note is heard.
        sections: Where which key holds; one section where it never changes, none without a key.
        scores: Share of each key, C major to B major, then C minor to B minor; sums to 1. Empty without a key.
        chroma: How much of each pitch class there is, C first; sums to 1. Empty for silence.
    """

    key: str | None = None
    camelot: str | None = None
    notation: str | None = None
    tonic: int | None = None
    mode: str | None = None
    confidence: float = 0.0
    second: KeyChoice | None = None
    ambiguity: str = ""
    words: str = ""
    tonalness: float = 0.0
    tuning_cents: float | None = None
    sections: list[KeySection] = []
    scores: list[float] = []
    chroma: list[float] = []


def choice(index: int, confidence: float) -> KeyChoice:
    """The key at a place 0..23 of the scores."""
    key = named(index)
    return KeyChoice(
        key=key.name,
        camelot=key.camelot,
        notation=key.tonic + ("m" if key.minor_third else ""),
        tonic=index % 12,
        mode=key.mode,
        confidence=round(float(confidence), 4),
    )


def named(index: int) -> TheoryKey:
    """The key at a place 0..23 of the scores, under its usual name."""
    return usual_key(index % 12, "minor" if index >= 12 else "major")


def without_key(words: str, **facts: object) -> Key:
    """The answer where there is no key; `facts` are fields of `Key`."""
    return msgspec.structs.replace(Key(words=words), **facts)


def with_key(scores: NDArray[np.float64], sections: list[KeySection], **facts: object) -> Key:
    """The answer from the shares of 24 keys; `facts` are fields of `Key`."""
    first, second = (int(place) for place in np.argsort(-scores, kind="stable")[:2])
    best, next_best = choice(first, scores[first]), choice(second, scores[second])
    doubt = ambiguity(first, second) if scores[second] >= _CLOSE * scores[first] else ""
    answer = Key(
        key=best.key,
        camelot=best.camelot,
        notation=best.notation,
        tonic=best.tonic,
        mode=best.mode,
        confidence=best.confidence,
        second=next_best,
        ambiguity=doubt,
        words=_sentence(best, doubt, sections),
        sections=sections,
        scores=[round(float(score), 5) for score in scores],
    )
    return msgspec.structs.replace(answer, **facts)


def ambiguity(first: int, second: int) -> str:
    """How the second choice is related to the first.

    Args:
        first: Place 0..23 of the key that was chosen.
        second: Place of the next.
    """
    one, other = named(first), named(second)
    if named_alike(relative(one), other):
        return f"{other.name} is the relative of {one.name}: the same notes, another home."
    if named_alike(parallel(one), other):
        return f"{other.name} is the parallel of {one.name}: the same home, another third."
    if one.mode == other.mode and (first - second) % 12 in (5, 7):
        return f"{other.name} lies a fifth from {one.name}: all notes but one are shared."
    return f"{other.name} is nearly as likely as {one.name}."


def named_alike(one: TheoryKey, other: TheoryKey) -> bool:
    """Whether two keys sound the same, whatever their spelling."""
    return one.tonic_pc == other.tonic_pc and one.mode == other.mode


def _sentence(best: KeyChoice, doubt: str, sections: list[KeySection]) -> str:
    changes = [section.key for section in sections]
    moved = f" It changes: {', then '.join(changes)}." if len(changes) > 1 else ""
    start = f"Probably {best.key}" if best.confidence < _DOUBTFUL else f"{best.key[0].upper()}{best.key[1:]}"
    return f"{start} ({best.camelot}).{' ' + doubt if doubt else ''}{moved}"
