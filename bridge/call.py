"""What a method may know about the call it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridge.runtime import Runtime
    from bridge.session import Session


@dataclass(slots=True)
class Call:
    """One frame's worth of requests: who asks, and the engine's own parts.

    Attributes:
        runtime: The running engine.
        session: The client that asks.
        after_reply: Done once the answer is on its way, in order; so that a job's first progress
            cannot overtake the answer that names the job.
    """

    runtime: Runtime
    session: Session
    after_reply: list[Callable[[], None]] = field(default_factory=list)
