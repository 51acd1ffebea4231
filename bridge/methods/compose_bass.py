"""compose.bass: bass lines over a progression, given chords or another clip, locked to a kick where one is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.registry import method
from bridge.tasting.considered import considered
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.bass.compose import BassRequest, BassResult
    from engine.compose.bass.options import BassOptions
    from engine.compose.request import ChordsContext

_Tempo = Annotated[float, Meta(ge=20, le=999)]


@method("compose.bass", needs=("engine.compose.bass.compose",), then=keep_takes, first=as_learnt)
def bass(call: Call, request: BassRequest) -> BassResult:
    """Compose a bass line as notes for one clip: walking, or in the vocabulary of a style.

    The same seed and parameters give the same notes. A slide is a note that lasts into the next one, of another pitch.
    """
    from engine.compose.bass.compose import compose_bass  # noqa: PLC0415 - loads on first use or in the warm-up

    return considered(call, "bass", request, compose_bass)


@method("compose.bass_options", needs=("engine.compose.bass.options", "engine.compose.request"))
def bass_options(style: str = "auto", context: ChordsContext | None = None, tempo: _Tempo = 120.0) -> BassOptions:
    """List what compose.bass can be asked for.

    Args:
        style: Id of a style, or "auto" for what fits the context and tempo.
        context: What is known about the Set.
        tempo: Beats per minute.
    """
    from engine.compose.bass.options import bass_options as options  # noqa: PLC0415

    return options(style, context, tempo)
