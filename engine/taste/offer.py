"""Several takes are drawn, the best is offered, and the runners-up are kept at hand for Next.

Composing costs milliseconds, judging a fraction of one; so takes are drawn until there are enough or the time that
may be spent is over, whichever comes first, and never fewer than one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np

from engine.errors import InvalidValue
from engine.notes import Note
from engine.taste.fit import fit
from engine.taste.pupil import Candidate, Pupil
from engine.taste.rerank import Pick, rerank

__all__ = ["CANDIDATES", "Offer", "Offered", "Sounding", "offer"]

CANDIDATES = 32
"""Takes that are drawn where there is time."""


class Sounding(Protocol):
    """What a composer answers."""

    @property
    def notes(self) -> list[Note]:
        """Of the take."""

    @property
    def length(self) -> float:
        """Beats."""

    @property
    def resolved(self) -> Any:
        """Every parameter as used."""


_T = TypeVar("_T", bound=Sounding)


class Offered(Generic[_T]):
    """A take in its place.

    Attributes:
        take: as composed.
        pick: why it stands here.
    """

    def __init__(self, take: _T, pick: Pick) -> None:
        self.take = take
        self.pick = pick


class Offer(Generic[_T]):
    """What is offered.

    Attributes:
        best: the take to play.
        others: runners-up, the next one first; near duplicates are not among them.
        drawn: how many takes there were.
    """

    def __init__(self, ranked: Sequence[Offered[_T]], drawn: int) -> None:
        self.best = ranked[0]
        self.others = list(ranked[1:])
        self.drawn = drawn


def offer(
    draw: Callable[[int], _T],
    seeds: Sequence[int],
    pupil: Pupil,
    context: Mapping[str, Any],
    *,
    around: Sequence[Note] = (),
    explore: float = 0.25,
    seconds: float = 0.010,
    clock: Callable[[], float] = time.perf_counter,
) -> Offer[_T]:
    """Draws takes and orders them by what the user is expected to like.

    Args:
        draw: composes the take of a seed.
        seeds: one a take, at least one; the first is always drawn, so that it is what was asked for where nothing is
            known and no time is left.
        pupil: who knows the user's taste.
        context: see ``engine.taste.music.moment``.
        around: notes of what sounds beside, in beats from the take's start.
        explore: 0 (safe) .. 1 (surprising).
        seconds: that may be spent on drawing.
        clock: tells seconds.

    Returns:
        The best take and the runners-up.

    Raises:
        InvalidValue: field "seeds": there are none.
    """
    if not seeds:
        raise InvalidValue("seeds", seeds, "Give at least one.")
    begun = clock()
    takes = [draw(seeds[0])]
    for seed in seeds[1:CANDIDATES]:
        if clock() - begun >= seconds:
            break
        takes.append(draw(seed))
    candidates = [Candidate.of(_fields(take.resolved), take.notes, take.length) for take in takes]
    beside = fit([take.notes for take in takes], around, takes[0].length)
    heard = np.array([candidate.traits for candidate in candidates])
    picks = rerank(heard, pupil.judge(context, candidates), beside, explore, pupil.rated)
    return Offer([Offered(takes[pick.index], pick) for pick in picks], len(takes))


def _fields(resolved: Any) -> dict[str, Any]:
    return {name: getattr(resolved, name) for name in resolved.__struct_fields__}
