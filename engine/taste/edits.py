"""The user's own version of a take."""

from __future__ import annotations

import time
from collections.abc import Sequence
from hashlib import blake2s

from engine.notes import Note
from engine.taste.mark import mark_of
from engine.taste.store.records import Take

__all__ = ["edit_of"]


def edit_of(take: Take, notes: Sequence[Note]) -> Take | None:
    """What a take was edited to, as a take of its own that knows where it came from.

    Args:
        take: the take.
        notes: the clip's notes as they are now.

    Returns:
        None where nothing is left, or it is the take itself. What it sounds like is still told best by the parameters
        of the take it was; asked again they would not make it, so it has no recipe.
    """
    mark = mark_of(notes)
    if mark in ("", take.mark):
        return None
    return Take(
        id=blake2s(f"{take.id} {mark}".encode(), digest_size=5).hexdigest(),
        method="edit",
        role=take.role,
        resolved=take.resolved,
        features=take.features,
        context=take.context,
        parent=take.id,
        how="edited",
        mark=mark,
        made=time.time_ns(),
    )
