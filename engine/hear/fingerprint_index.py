"""Recordings that can be found again by a few seconds of them, at another speed, through noise and lossy coding.

An index lives in memory. Of very many recordings, most of what it would hold is never asked for: who looks through
them one by one (`engine.hear.identify`) adds only the pairs that `asked_for` lets through, and the answer is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue

if TYPE_CHECKING:
    from engine.hear.fingerprint import Fingerprint

SPEEDS = np.arange(-8, 9) * 0.008 + 1
"""The query is looked up as if it ran at each of these speeds: 6.4 % slower to 6.4 % faster, 0.8 % apart."""

_FAN = 4  # each peak is paired with this many that follow
_FIRST, _LAST = 2, 63  # frames from a peak to its partner
_STEPS = 4  # pitch is quantised to a quarter of a semitone
_SPAN = 18 * _STEPS  # a partner lies within one and a half octaves
_LOWS = 70 * _STEPS  # the lower peak of a pair lies below 5.7 kHz, at any speed
HASHES = _LOWS * 2 * _SPAN * (_LAST + 1)
"""How many hashes there can be."""

_FRAME_BITS = 18  # 1 h 41 min of frames
_SLACK = 1  # neighbouring frames of offset are one hit
_POSTINGS = 200  # a pair that occurs more often than this tells nothing
_LEAST_SPAN = 200  # frames: what a very short recording is taken for
_EVEN, _DOUBT = 27.5, 1.5  # of answers with this score half are right, among 400 recordings and as many strangers
_ENOUGH = 30.0
"""From this score on a recording is called known; chosen by `score_fingerprint`: strangers reach 28."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A recording that the excerpt was found in.

    Attributes:
        id: As it was added.
        hits: Pairs of peaks that agree in place and order, 1 or more.
        score: How surprising that would be by chance, -log10 of the probability of so many hits at one place.
        offset: Seconds into the recording where the excerpt begins; below 0 when it begins earlier.
        speed: Speed of the excerpt relative to the recording, 0.936 to 1.064; 1.02 is 2 % faster.
    """

    id: str
    hits: int
    score: float
    offset: float
    speed: float


@dataclass
class _Postings:
    """Pairs of all recordings, ordered by hash: `owners` is the recording's number << 18 | frame of the first peak."""

    hashes: NDArray[np.uint32]
    owners: NDArray[np.uint64]


class Index:
    """Recordings by their landmarks.

    Args:
        frame_rate: Frames a second of the fingerprints (`engine.hear.fingerprint.FRAME_RATE`).
    """

    def __init__(self, frame_rate: float) -> None:
        self._rate = frame_rate
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._new: list[_Postings] = []
        self._all = _Postings(np.empty(0, np.uint32), np.empty(0, np.uint64))

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, name: str) -> bool:
        return name in self._numbers

    def add(self, name: str, print_: Fingerprint) -> None:
        """Add a recording.

        Args:
            name: What `identify` shall call it, not empty.
            print_: Its landmarks.

        Raises:
            InvalidValue: the name is empty or taken, or the recording is longer than 100 minutes.
        """
        self.add_pairs(name, *pairs(print_.frames, print_.pitches))

    def add_pairs(self, name: str, hashes: NDArray[np.uint32], frames: NDArray[np.uint32]) -> None:
        """Add a recording by its pairs of peaks, or by some of them.

        Args:
            name: What `identify` shall call it, not empty.
            hashes: As `pairs` gives them, shape (n,).
            frames: The same.

        Raises:
            InvalidValue: the name is empty or taken, or the recording is longer than 100 minutes.
        """
        if not name or name in self._numbers:
            raise InvalidValue("id", name, "A name that no other recording of the index has.")
        if len(frames) and int(frames.max()) >= 1 << _FRAME_BITS:
            raise InvalidValue("duration", round(float(frames.max()) / self._rate), "At most 100 minutes.")
        number = np.uint64(len(self._ids) << _FRAME_BITS)
        self._numbers[name] = len(self._ids)
        self._ids.append(name)
        self._new.append(_Postings(hashes, frames.astype(np.uint64) | number))

    def remove(self, name: str) -> None:
        """Forget a recording; one that is not there is no error."""
        if name not in self:
            return
        number = self._numbers.pop(name)
        self._settle()
        keep = self._all.owners >> np.uint64(_FRAME_BITS) != number  # numbers stay, so that nothing else moves
        self._all = _Postings(self._all.hashes[keep], self._all.owners[keep])

    def identify(self, print_: Fingerprint, most: int = 5) -> list[Hit]:
        """Find the recordings that an excerpt comes from, the surest first; empty when it is in none.

        Args:
            print_: Landmarks of the excerpt; five seconds are enough, 3 are the least that make sense.
            most: How many to give at most, 1 or more.
        """
        self._settle()
        found: dict[int, Hit] = {}
        for speed in SPEEDS:
            for number, hit in self._at_speed(print_, float(speed)):
                if number not in found or hit.score > found[number].score:
                    found[number] = hit
        ranked = sorted(found.values(), key=lambda hit: (-hit.score, hit.id))
        return [hit for hit in ranked if hit.score >= _ENOUGH][:most]

    def _settle(self) -> None:
        """Put what was added since the last look among the rest."""
        if not self._new:
            return
        hashes = np.concatenate([self._all.hashes, *(each.hashes for each in self._new)])
        owners = np.concatenate([self._all.owners, *(each.owners for each in self._new)])
        order = np.argsort(hashes, kind="stable")
        self._all = _Postings(hashes[order], owners[order])
        self._new = []

    def _at_speed(self, print_: Fingerprint, speed: float) -> list[tuple[int, Hit]]:
        """Hits of the excerpt as if it ran at `speed`: brought back to the speed of the recording."""
        hashes, first = _at(print_, speed)
        at = first.astype(np.int64)
        asked, owners = self._look_up(hashes)
        if not len(owners):
            return []
        numbers = (owners >> np.uint64(_FRAME_BITS)).astype(np.int64)
        starts = (owners & np.uint64((1 << _FRAME_BITS) - 1)).astype(np.int64)
        # The frame of the recording where the excerpt begins; the longest excerpt keeps it above zero.
        width = 1 << (_FRAME_BITS + 2)
        offsets = starts - at[asked] + (1 << _FRAME_BITS)
        places, counts = np.unique(numbers * width + offsets, return_counts=True)
        hits = counts.astype(np.int64)
        for step in range(1, _SLACK + 1):
            near = np.flatnonzero(places[step:] - places[:-step] == step)
            hits[near] += counts[near + step]
        owner = places // width
        # By chance the pairs that agree would spread evenly over the recording.
        last = np.zeros(len(self._ids), np.int64)
        np.maximum.at(last, numbers, starts)
        totals = np.bincount(numbers, minlength=len(self._ids))
        chance = totals[owner] * ((1 + _SLACK) / np.maximum(last[owner], _LEAST_SPAN))
        scores = _surprise(hits, chance)
        best = np.argsort(-scores, kind="stable")[:8]
        return [
            (
                int(owner[each]),
                Hit(
                    id=self._ids[owner[each]],
                    hits=int(hits[each]),
                    score=round(float(scores[each]), 2),
                    offset=round(float(places[each] % width - (1 << _FRAME_BITS)) / self._rate, 2),
                    speed=round(speed, 3),
                ),
            )
            for each in best
        ]

    def _look_up(self, hashes: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
        """For each pair of the excerpt its occurrences: which pair it was, and where it occurs."""
        low = np.searchsorted(self._all.hashes, hashes, "left")
        count = np.searchsorted(self._all.hashes, hashes, "right") - low
        count[count > _POSTINGS] = 0
        asked = np.repeat(np.arange(len(hashes)), count)
        within = np.arange(len(asked)) - np.repeat(np.cumsum(count) - count, count)
        return asked, self._all.owners[low[asked] + within]


def confidence(score: float) -> float:
    """How often an answer of this score is right, 0 to 1.

    Args:
        score: Of a `Hit`.
    """
    return round(float(1 / (1 + np.exp(-(score - _EVEN) / _DOUBT))), 3)


def _surprise(hits: NDArray[np.int64], chance: NDArray[np.float64]) -> NDArray[np.float64]:
    """-log10 of the Chernoff bound of a Poisson tail: P(at least `hits`) when `chance` are expected; 0 below that."""
    expected = np.maximum(chance, 1e-3)
    nats = hits * np.log(hits / expected) - hits + expected
    return np.where(hits > expected, nats / np.log(10), 0.0)


def asked_for(print_: Fingerprint) -> NDArray[np.bool_]:
    """Which hashes an excerpt asks for, at any of the speeds.

    Args:
        print_: Landmarks of the excerpt.

    Returns:
        Shape (`HASHES`,): `found[hashes]` says which pairs of a recording can be a hit.
    """
    found = np.zeros(HASHES, np.bool_)
    for speed in SPEEDS:
        found[_at(print_, float(speed))[0]] = True
    return found


def _at(print_: Fingerprint, speed: float) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Pairs of an excerpt as if it ran at another speed."""
    return pairs(print_.frames * np.float32(speed), print_.pitches - np.float32(12 * np.log2(speed)))


def pairs(frames: NDArray[np.float32], pitches: NDArray[np.float32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Hash each peak with the first few that follow in reach.

    Args:
        frames: Of the peaks, ascending, shape (n,).
        pitches: Of the peaks, shape (n,).

    Returns:
        Hashes below `HASHES`, shape (m,), and the frame of each first peak, shape (m,).
    """
    hashes, starts = [], []
    paired = np.zeros(len(frames), np.int64)
    # Peaks come in order of time: the partner of a peak is one of the next forty.
    for ahead in range(1, min(41, len(frames))):
        step = np.round(frames[ahead:] - frames[:-ahead]).astype(np.int64)
        rise = np.round((pitches[ahead:] - pitches[:-ahead]) * _STEPS).astype(np.int64)
        low = np.floor(pitches[:-ahead] * _STEPS).astype(np.int64)
        fits = (
            (step >= _FIRST)
            & (step <= _LAST)
            & (np.abs(rise) < _SPAN)
            & (paired[:-ahead] < _FAN)
            & (low >= 0)
            & (low < _LOWS)
        )
        which = np.flatnonzero(fits)
        paired[which] += 1
        hashes.append((low[which] * (2 * _SPAN) + rise[which] + _SPAN) * (_LAST + 1) + step[which])
        starts.append(np.round(frames[which]).astype(np.int64))
    if not hashes:
        return np.empty(0, np.uint32), np.empty(0, np.uint32)
    first = np.concatenate(starts)
    order = np.argsort(first, kind="stable")
    return np.concatenate(hashes)[order].astype(np.uint32), first[order].astype(np.uint32)
