"""taste.prepare: what a press of Generate would ask is told before anybody presses."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import msgspec

from bridge.call import Call
from bridge.registry import REGISTRY, method
from bridge.tasting.prepared import prepared
from bridge.tasting.steering import as_learnt


class Prepared(msgspec.Struct, frozen=True):
    """What lies ready for a press.

    Attributes:
        drawn: how many takes; asked for again once the engine had a moment, there are as many as the request wants.
    """

    drawn: int


@method("taste.prepare")
async def prepare(
    call: Call, role: Literal["chords", "bass", "melody", "arp", "drums"], request: dict[str, Any]
) -> Prepared:
    """Draw takes ahead for a press of Generate that may come, while nothing else is asked of the engine.

    Each client has one such request of each role: the next one takes its place, and the same one told again only says
    how many takes lie ready. A press asks the method of the role with the same parameters, and finds them.
    What is wrong with it is said as that method says it; what only composing brings to light, when it is told again.

    Args:
        call: Who asks.
        role: Whose method the press will ask.
        request: Its parameters with an offer, as the press will have them; offer.around may be left out.
    """
    pressed = REGISTRY[f"compose.{role}"]
    await call.runtime.load(pressed)

    def work() -> int:
        asked = pressed.signature.check(request)
        return prepared(call, role, as_learnt(call, pressed.name, asked))

    return Prepared(await asyncio.to_thread(work))
