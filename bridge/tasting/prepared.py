"""What a press of Generate would ask is told before it: takes are drawn aside, so that already the first has many.

The request is read as the press itself would be, and by the same composer; what the press will find is what it would
have drawn itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridge.tasting.considered import Compose, Press
from engine.errors import InvalidValue

if TYPE_CHECKING:
    from bridge.call import Call


def prepared(call: Call, role: str, request: Any) -> int:
    """Draw takes for a press, once nothing else is asked.

    Args:
        call: Who will press.
        role: "chords", "bass", "melody", "arp" or "drums".
        request: Of the role, as the press will be.

    Returns:
        How many lie ready now.

    Raises:
        InvalidValue: the request cannot be composed, or a press of it would draw one take only.
        StoreUnavailable: a recipe or a style of the user's own is asked for by name, and cannot be read.
    """
    if request.offer is None:
        raise InvalidValue("offer", None, "Only what is offered is drawn ahead: ask with offer, {} for the usual.")
    return Press(call, role, request, _composer(role)).prepare()


def _composer(role: str) -> Compose[Any, Any]:
    # Each loads when it is first used; its method has loaded it.
    if role == "chords":
        from engine.compose.chords import compose_chords  # noqa: PLC0415

        return lambda wanted, _: compose_chords(wanted)
    if role == "arp":
        from engine.compose.arp.compose import compose_arp  # noqa: PLC0415

        return lambda wanted, _: compose_arp(wanted)
    if role == "bass":
        from engine.compose.bass.compose import compose_bass  # noqa: PLC0415

        return compose_bass
    if role == "melody":
        from engine.compose.melody.compose import compose_melody  # noqa: PLC0415

        return compose_melody
    from engine.compose.drums.compose import compose_drums  # noqa: PLC0415

    return compose_drums
