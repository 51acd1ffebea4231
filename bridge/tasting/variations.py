"""Variations in the order in which they may please: all that were asked for, as they are, the likeliest first.

Which variations there are, how many and how far away each is hangs on the request alone; each says which it is by
number. Nothing was learnt, or nothing can be read: they stay in their order.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from bridge.call import Call
from bridge.tasting.takes import learnt_of
from engine.errors import StoreUnavailable

if TYPE_CHECKING:
    from engine.compose.vary.vary import VaryRequest, VaryResult

_STEP = 0.02
"""What is expected within the same step is alike and stays in its order."""

LIKED_FIRST = "The one you may like best comes first."


def liked_first(call: Call | None, request: VaryRequest, result: VaryResult) -> VaryResult:
    """Order variations by what is expected of them: what was chosen before, and stars where these tell them apart.

    Args:
        call: Who asks; None where no engine runs: the order stays.
        request: What was asked.
        result: What was composed.
    """
    if call is None or len(result.variations) < 2:
        return result
    try:
        stars = _expected(call, request, result)
    except StoreUnavailable:  # whoever keeps the takes says so
        return result
    places = sorted(range(len(stars)), key=lambda place: -round(stars[place] / _STEP))
    if places == list(range(len(result.variations)))[: len(places)]:
        return result
    ordered = [result.variations[place] for place in places]
    return msgspec.structs.replace(result, variations=ordered, notices=[*result.notices, LIKED_FIRST])


def _expected(call: Call, request: VaryRequest, result: VaryResult) -> list[float]:
    """How far each variation should please; nothing where nothing was told yet."""
    from engine.notes import beats_per_bar  # noqa: PLC0415 - the method has loaded it
    from engine.taste.described import takes_of  # noqa: PLC0415 - SQLite and numpy, on first use
    from engine.taste.preference import preferred  # noqa: PLC0415
    from engine.taste.pupil import Candidate  # noqa: PLC0415
    from engine.taste.store import choices, rewards  # noqa: PLC0415
    from engine.taste.traits import traits  # noqa: PLC0415

    if not rewards.upto(call.runtime.takes.book):
        return []
    made = takes_of("compose.vary", request, result, "", time.time_ns())
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    candidates = [
        Candidate(
            recipe={**take.recipe, **take.resolved},
            genre=str(take.context.get("genre") or ""),
            traits=traits(variation.notes, result.length, bar).tolist(),
        )
        for take, variation in zip(made, result.variations, strict=True)
    ]
    with learnt_of(call).using() as pupil:
        stars, _ = pupil.judge({**made[0].context, "role": result.role}, candidates)
    # What takes sound like that were kept last is known by now.
    chosen = preferred(choices.pairs(call.runtime.takes.book, result.role), [each.traits for each in candidates])
    return [float(star) + more for star, more in zip(stars, chosen, strict=True)]
