"""What the knobs mean to the user is put into each request that is steered: all else hangs on the request alone.

Every method that can be steered says `first=as_learnt`; see `bridge.registry`. A request that says itself what is
stretched stays as it is, and so does every one where nothing was learnt.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar

import msgspec

from bridge.call import Call

if TYPE_CHECKING:
    from engine.compose.steer.request import Steer

_R = TypeVar("_R", bound=msgspec.Struct)

_MOST_STREAMS = 512


class Streams:
    """What the knobs mean in each part that plays along: the same from its first bar on, whatever is rated meanwhile.

    A part is a client's role and seed; another seed is another part, and so is the same one after the client has gone.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, int], dict[str, float]] = OrderedDict()
        self._lock = threading.Lock()

    def fixed(self, part: tuple[str, str, int], now: dict[str, float]) -> dict[str, float]:
        """Return what a part began with; where it begins, that is what was learnt by now."""
        with self._lock:
            found = self._kept.setdefault(part, now)
            self._kept.move_to_end(part)
            if len(self._kept) > _MOST_STREAMS:
                self._kept.popitem(last=False)
            return found


def as_learnt(call: object, method: str, request: _R) -> _R:
    """Put what was learnt of the knobs into a request. The command line, where no engine runs, has learnt nothing.

    Args:
        call: Who asks.
        method: What is asked.
        request: The request, with `steer`.
    """
    if not isinstance(call, Call):
        return request
    from engine.compose.steer.request import resting  # noqa: PLC0415 - the method has loaded it

    steer: Steer | None = request.steer  # type: ignore[attr-defined]
    if steer is not None and steer.stretch is not None:
        return request
    if method == "compose.stream":
        return _streamed(call, request, steer)
    if resting(steer) is None:
        return request
    return _stretched(request, steer, _learnt(call, method.removeprefix("compose.").removesuffix("_live")))


def _streamed(call: Call, request: _R, steer: Steer | None) -> _R:
    """A part that begins at rest may be steered later: what that will mean is settled as it begins."""
    from engine.compose.steer.request import Steer  # noqa: PLC0415 - the method has loaded it

    role, seed = request.role, request.seed  # type: ignore[attr-defined]
    learnt = _learnt(call, role)
    if seed is not None:
        learnt = call.runtime.streams.fixed((call.session.id, role, seed), learnt)
    return _stretched(request, steer or Steer(), learnt)


def _learnt(call: Call, role: str) -> dict[str, float]:
    found = call.runtime.takes.macro_map()
    return found.stretch.get(role, {}) if found is not None else {}


def _stretched(request: _R, steer: Steer | None, stretch: dict[str, float]) -> _R:
    if steer is None or not stretch:
        return request
    return msgspec.structs.replace(request, steer=msgspec.structs.replace(steer, stretch=stretch))
