"""compose.*: music. The engine's modules load on first use or in the warm-up, not at start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.registry import method
from bridge.tasting.considered import considered
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.chords import ChordsContext, ChordsRequest, ChordsResult
    from engine.compose.fit import AudioFit, AudioFitRequest, FitRequest, FitResult
    from engine.compose.options import ChordsOptions

_Tempo = Annotated[float, Meta(ge=20, le=999)]


@method("compose.chords", needs=("engine.compose.chords",), then=keep_takes, first=as_learnt)
def chords(call: Call, request: ChordsRequest) -> ChordsResult:
    """Compose a chord progression as notes for one clip.

    The same seed and parameters give the same notes. What was resolved (key, style, progression,
    voicing, rhythm) and the seed come back with them.
    """
    from engine.compose.chords import compose_chords  # noqa: PLC0415 - see the module's docstring

    return considered(call, "chords", request, lambda wanted, _: compose_chords(wanted))


@method("compose.chords_options", needs=("engine.compose.chords", "engine.compose.options"))
def chords_options(style: str = "auto", context: ChordsContext | None = None, tempo: _Tempo = 120.0) -> ChordsOptions:
    """List what compose.chords can be asked for: styles, and the progressions of one style.

    Args:
        style: Id of a style, or "auto" for what fits the context and tempo.
        context: What is known about the Set.
        tempo: Beats per minute.
    """
    from engine.compose.options import chords_options as options  # noqa: PLC0415

    return options(style, context, tempo)


@method("compose.fit", needs=("engine.compose.fit",))
def fit(request: FitRequest) -> FitResult:
    """Bring a MIDI clip's notes into a key: home to home by the shortest way, degree by degree, no two notes into one.

    Only pitches change. Where nothing has to, or nothing can be done, the notes are as they were and the words say why.
    """
    from engine.compose.fit import fit as fitted  # noqa: PLC0415 - see the module's docstring

    return fitted(request)


@method("compose.fit_audio", needs=("engine.compose.fit",))
def fit_audio(request: AudioFitRequest) -> AudioFit:
    """Find the transposition that brings a recording into a key, nearest to the one it has."""
    from engine.compose.fit import fit_audio as fitted  # noqa: PLC0415

    return fitted(request)
