"""What a method may know about the call it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from bridge.runtime import Runtime
    from bridge.session import Session


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A take that was chosen among others, as it shall be kept.

    Attributes:
        request: It is composed by, with everything that a recipe filled in.
        result: The composer's answer.
        choice: What is worth knowing of that choice.
        propensity: The chance with which it was to be the first; None for what stands behind that.
        features: What it sounds like, in numbers; empty where that is worked out later.
        genre: Of the moment, where the user named no style; "" where the take's own style says it.
        beside: Whether it is a runner-up: lists pass it over until something is told of it.
    """

    request: Any
    result: Any
    choice: dict[str, Any]
    propensity: float | None = None
    features: list[float] = []
    genre: str = ""
    beside: bool = False


@dataclass(slots=True)
class Call:
    """One frame's worth of requests: who asks, and the engine's own parts.

    Attributes:
        runtime: The running engine.
        session: The client that asks.
        after_reply: Done once the answer is on its way, in order; so that a job's first progress
            cannot overtake the answer that names the job.
        considered: What is known of takes that were chosen among others, by `id` of the answer that holds them.
    """

    runtime: Runtime
    session: Session
    after_reply: list[Callable[[], None]] = field(default_factory=list)
    considered: dict[int, list[Kept]] = field(default_factory=dict)


def device_of(call: Call | None) -> str:
    """Say who asks, by the name that takes are kept under; "" where no engine runs and the command line asks."""
    return "" if call is None else call.session.client.name or call.session.client.kind
