"""What is told of recordings that shall be known again. Light: the wire describes its answers by it."""

from __future__ import annotations

import msgspec


class Remembered(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that is known from now on.

    Attributes:
        name: Of the file, without folders.
        duration: Seconds.
        landmarks: How many spectral peaks it is known by; 0 for silence, which nothing can be known by.
        new: False when it was known before.
        recordings: How many are known now.
    """

    name: str
    duration: float
    landmarks: int
    new: bool
    recordings: int


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that an excerpt was found in.

    Attributes:
        path: Where it lay when it was remembered.
        name: Of that file, without folders.
        duration: Seconds of the recording.
        offset: Seconds into the recording where the excerpt begins; below 0 when it begins earlier.
        speed: Of the excerpt relative to the recording, 0.936 to 1.064; 1.02 is 2 % faster.
        votes: Pairs of peaks that agree in place and order, 1 or more.
        confidence: 0..1, how often such an answer is right.
    """

    path: str
    name: str
    duration: float
    offset: float
    speed: float
    votes: int
    confidence: float


class Identified(msgspec.Struct, frozen=True, kw_only=True):
    """What an excerpt was known as.

    Attributes:
        matches: The recordings it was found in, the surest first, at most 5; empty for a stranger.
        recordings: How many were looked through.
        missing: Remembered recordings whose fingerprint is not there any more; hear.rebuild brings them back.
        words: The answer in a sentence.
    """

    matches: list[Match]
    recordings: int
    missing: int
    words: str


class Rebuilt(msgspec.Struct, frozen=True, kw_only=True):
    """What came of hearing again what had lost its fingerprint.

    Attributes:
        recordings: How many are known now.
        rebuilt: How many of them were heard again.
        missing: Names of those whose file is gone, changed or cannot be heard; they stay on the list. At most 100.
    """

    recordings: int
    rebuilt: int
    missing: list[str]
