"""Several takes are drawn, the best is offered, and the runners-up are kept at hand for Next.

Composing costs milliseconds, judging a fraction of one; so takes are drawn until there are enough or the time that
may be spent is over, whichever comes first, and never fewer than one. More may be drawn aside, before anybody asks:
what is offered hangs on which takes there are, not on when they were drawn.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue
from engine.notes import Note, beats_per_bar
from engine.taste.fit import Around, Cells, cells
from engine.taste.pupil import Candidate, Pupil
from engine.taste.rerank import Pick, rerank
from engine.taste.traits import traits

__all__ = ["CANDIDATES", "Drawn", "Offer", "Offered", "Sounding", "draw_in_time", "offer", "seeds_from"]

CANDIDATES = 32
"""Takes that are drawn where there is time."""

_BOX = 10_000
"""Seeds as the devices show them: four digits."""

_STEP = 3701
"""From seed to seed: no divisor of ``_BOX``, so all of them come before the first comes again."""


class Sounding(Protocol):
    """What a composer answers."""

    @property
    def seed(self) -> int:
        """Repeats the take."""

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


class Drawn(Generic[_T]):
    """A take, and what judging it needs.

    Attributes:
        take: as composed.
        candidate: what it is to taste.
        cells: where it sounds.
    """

    __slots__ = ("candidate", "cells", "take")

    def __init__(self, take: _T) -> None:
        resolved = take.resolved
        fields = {name: getattr(resolved, name) for name in resolved.__struct_fields__}
        bar = beats_per_bar(resolved.signature_numerator, resolved.signature_denominator)
        heard = traits(take.notes, take.length, bar).tolist()
        self.take = take
        self.candidate = Candidate(recipe=fields, genre=str(fields.get("style") or ""), traits=heard)
        self.cells: Cells = cells(take.notes, take.length)


class Offered(Generic[_T]):
    """A take in its place.

    Attributes:
        take: as composed.
        pick: why it stands here.
        traits: what it sounds like; see ``engine.taste.traits``.
    """

    def __init__(self, drawn: Drawn[_T], pick: Pick) -> None:
        self.take = drawn.take
        self.pick = pick
        self.traits = drawn.candidate.traits


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


def seeds_from(seed: int) -> Iterator[int]:
    """Seeds of further takes, without end: each within 0..9999, none twice among 10,000.

    Args:
        seed: of the take before.
    """
    while True:
        seed = (seed + _STEP) % _BOX
        yield seed


def draw_in_time(
    draw: Callable[[int], _T],
    seeds: Sequence[int],
    until: float,
    clock: Callable[[], float] = time.perf_counter,
    least: int = 1,
) -> list[Drawn[_T]]:
    """Draws takes for as long as one more is likely to be there in time.

    Args:
        draw: composes the take of a seed.
        seeds: one a take.
        until: when the last one shall be there, on the clock.
        clock: tells seconds.
        least: how many are drawn however late it is.
    """
    found: list[Drawn[_T]] = []
    longest, now = 0.0, clock()
    for seed in seeds:
        if len(found) >= least and now + longest > until:
            break
        found.append(Drawn(draw(seed)))
        begun, now = now, clock()
        longest = max(longest, now - begun)
    return found


def offer(
    drawn: Sequence[Drawn[_T]],
    pupil: Pupil,
    context: Mapping[str, Any],
    *,
    around: Around | None = None,
    explore: float = 0.25,
    mark: float | None = None,
    name: str = "",
    known: bool = True,
    others: int | None = None,
) -> Offer[_T]:
    """Orders takes by what the user is expected to like.

    Args:
        drawn: at least one.
        pupil: who knows the user's taste.
        context: see ``engine.taste.music.moment``.
        around: what sounds beside; left out, nothing.
        explore: 0 (safe) .. 1 (surprising).
        mark: 0 <= mark < 1, draws which of those about as good is the best; left out, the best itself is.
        name: of the recipe they are made by, for the words.
        known: false where the user's ratings cannot be read.
        others: how many runners-up are wanted; left out, all.

    Returns:
        The best take and the runners-up.

    Raises:
        InvalidValue: field "drawn": there are none.
    """
    if not drawn:
        raise InvalidValue("drawn", len(drawn), "Draw at least one.")
    candidates = [each.candidate for each in drawn]
    judged = pupil.judge(context, candidates)
    heard = np.array([candidate.traits for candidate in candidates])
    beside: NDArray[np.float64] | None = None if around is None else around.fits([each.cells for each in drawn])
    most = None if others is None else others + 1
    picks = rerank(heard, judged, beside, explore, pupil.rated if known else None, mark, name, most)
    return Offer([Offered(drawn[pick.index], pick) for pick in picks], len(drawn))
