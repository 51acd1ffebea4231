"""compose.drums and its menus: beats. The engine's modules load on first use or in the warm-up, not at start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.registry import method
from bridge.tasting.considered import considered
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.drums.compose import ChordsContext, DrumsRequest, DrumsResult
    from engine.compose.drums.options import DrumsOptions

_Tempo = Annotated[float, Meta(ge=20, le=999)]


@method("compose.drums", needs=("engine.compose.drums.compose",), then=keep_takes, first=as_learnt)
def drums(call: Call, request: DrumsRequest) -> DrumsResult:
    """Compose a drum part in one of 23 genres as notes for one clip.

    The same seed and parameters give the same notes. The music comes back as a grid by lane too. Single lanes can be
    thinned, silenced, drawn anew or locked, and the kit may be General MIDI's or the track's own rack.
    """
    from engine.compose.drums.compose import compose_drums  # noqa: PLC0415 - see the module's docstring

    return considered(call, "drums", request, compose_drums)


@method("compose.drums_options", needs=("engine.compose.drums.compose", "engine.compose.drums.options"))
def drums_options(style: str = "auto", context: ChordsContext | None = None, tempo: _Tempo = 120.0) -> DrumsOptions:
    """List what compose.drums can be asked for: genres with their tempo and kit, and the roles of a kit.

    Args:
        style: Id of a genre, or "auto" for what fits the context and tempo.
        context: What is known about the Set.
        tempo: Beats per minute.
    """
    from engine.compose.drums.options import drums_options as options  # noqa: PLC0415

    return options(style, context, tempo)
