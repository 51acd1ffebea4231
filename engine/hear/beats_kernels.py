"""The search for the likeliest sequence of beats."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples


@njit(cache=True, nogil=True)
def likeliest_beats(
    beat: Samples, rest: Samples, shortest: int, longest: int, stiffness: float
) -> tuple[NDArray[np.int64], float]:
    """Viterbi through a bar pointer of one beat (Krebs, Boeck and Widmer, ISMIR 2015).

    A state is a distance of beats and a place within it. The place moves by one each frame; the distance changes only
    at a beat, and the more the less likely.

    Args:
        beat: Log likelihood of each frame if a beat falls on it, shape (frames,).
        rest: The same if none does.
        shortest: Least distance of beats in frames, 2 or more.
        longest: Most distance of beats in frames, `shortest` or more.
        stiffness: What a change of the distance by its own length costs, in nats.

    Returns:
        Frames of the beats, ascending, and the log likelihood of the whole.
    """
    frames, count = len(beat), longest - shortest + 1
    # Row n holds the states of distance shortest + n in a ring: the place moves by moving the ring's beginning.
    scores = np.zeros((count, longest))
    head = np.zeros(count, np.int64)
    came = np.full((frames, count), -1, np.int16)
    ends = np.empty(count)
    costs = _costs(shortest, count, stiffness)
    for frame in range(frames):
        for row in range(count):
            head[row] = (head[row] - 1) % (shortest + row)
            ends[row] = scores[row, head[row]]
        for row in range(count):
            before = int(np.argmax(ends + costs[row]))
            came[frame, row] = before
            # Adding the rest to all states alike is adding nothing; only who has a beat differs.
            scores[row, head[row]] = ends[before] + costs[row, before] + beat[frame] - rest[frame]
    best_row, best_place, best_total = 0, 0, -np.inf
    for row in range(count):
        for place in range(shortest + row):
            if scores[row, place] > best_total:
                best_row, best_place, best_total = row, place, scores[row, place]
    return _walked_back(came, head, best_row, best_place, shortest), best_total


@njit(cache=True, nogil=True)
def _costs(shortest: int, count: int, stiffness: float) -> NDArray[np.float64]:
    """What it costs to go on with the distance of a row after one of a column, shape (count, count)."""
    costs = np.empty((count, count))
    for now in range(count):
        for before in range(count):
            costs[now, before] = -stiffness * abs((shortest + now) / (shortest + before) - 1)
    return costs


@njit(cache=True, nogil=True)
def _walked_back(
    came: NDArray[np.int16], head: NDArray[np.int64], row: int, place: int, shortest: int
) -> NDArray[np.int64]:
    """Follow the likeliest end back to the first beat."""
    frame = len(came) - 1 - (place - head[row]) % (shortest + row)
    found = np.empty(len(came) // shortest + 2, np.int64)
    count = 0
    while frame >= 0:
        found[count] = frame
        count += 1
        row = came[frame, row]
        frame -= shortest + row
    return found[:count][::-1].copy()


def warm() -> None:
    """Compile on a tiny input."""
    likeliest_beats(np.zeros(8, np.float32), np.zeros(8, np.float32), 2, 4, 1.0)
