"""Clips taken apart, kept: knobs ask about the same clip again and again.

What is kept holds notes of its own and is left as it is by all who use it, so that an answer never hangs on what was
asked before.
"""

from __future__ import annotations

from copy import copy, deepcopy
from functools import lru_cache

import msgspec

from engine.compose.vary.climb import Plan
from engine.compose.vary.editing import EDITS
from engine.compose.vary.material import Material, split_off
from engine.compose.vary.request import ClipRequest

__all__ = ["taken_apart"]

_CLIPS = 32

_FIELDS = tuple(name for name in ClipRequest.__struct_fields__ if name != "seed")


class _Clip:
    """A clip that is known by its contents."""

    __slots__ = ("_contents", "request")

    def __init__(self, request: ClipRequest) -> None:
        self.request = ClipRequest(**{name: getattr(request, name) for name in _FIELDS})
        self._contents = msgspec.msgpack.encode(self.request)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Clip) and self._contents == other._contents

    def __hash__(self) -> int:
        return hash(self._contents)

    def own(self) -> None:
        """Lets go of what belongs to whoever asked: it may change."""
        given = self.request
        self.request = msgspec.structs.replace(
            given,
            notes=[copy(note) for note in given.notes],
            chords=deepcopy(given.chords),
            context=deepcopy(given.context),
        )


def taken_apart(request: ClipRequest, keep: str) -> tuple[Material, Plan]:
    """A clip's material and what may be changed in it, both for one request alone.

    Args:
        request: the clip, checked, with a note inside.
        keep: what stays as it is: "none", "rhythm" or "pitch".

    Returns:
        Both; the material's notes are copies of the request's.

    Raises:
        InvalidValue: field "chords", for a symbol that cannot be read.
    """
    kept, plan = _taken_apart(_Clip(request), keep)
    # Whether the key was heard is told of each request by itself.
    material = copy(kept)
    return material, plan.over(material)


@lru_cache(maxsize=_CLIPS)
def _taken_apart(clip: _Clip, keep: str) -> tuple[Material, Plan]:
    clip.own()
    material = Material(clip.request, split_off(clip.request)[0])
    plan = Plan(material, EDITS[material.role][keep])
    # What every request asks for, as far as it does not hang on the key.
    _ = material.touch, material.pitches
    return material, plan
