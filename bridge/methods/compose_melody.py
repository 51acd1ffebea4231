"""compose.melody: melodies over a progression, going on from what was there, or beside another line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.registry import method
from bridge.tasting.considered import considered
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.melody.compose import MelodyRequest, MelodyResult
    from engine.compose.melody.options import MelodyOptions
    from engine.compose.request import ChordsContext

_Tempo = Annotated[float, Meta(ge=20, le=999)]


@method("compose.melody", needs=("engine.compose.melody.compose",), then=keep_takes, first=as_learnt)
def melody(call: Call, request: MelodyRequest) -> MelodyResult:
    """Compose a melody as notes for one clip, one note at a time.

    The same seed and parameters give the same notes. With `before` it goes on from the notes given there; with `line`
    it becomes a counter-melody to them.
    """
    from engine.compose.melody.compose import compose_melody  # noqa: PLC0415 - loads on first use or in the warm-up

    return considered(call, "melody", request, compose_melody)


@method("compose.melody_options", needs=("engine.compose.melody.options", "engine.compose.request"))
def melody_options(style: str = "auto", context: ChordsContext | None = None, tempo: _Tempo = 120.0) -> MelodyOptions:
    """List what compose.melody can be asked for: styles, courses and lengths of a phrase.

    Args:
        style: Id of a style, or "auto" for what fits the context and tempo.
        context: What is known about the Set.
        tempo: Beats per minute.
    """
    from engine.compose.melody.options import melody_options as options  # noqa: PLC0415

    return options(style, context, tempo)
