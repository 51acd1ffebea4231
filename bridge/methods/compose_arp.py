"""compose.arp: arpeggios from a progression, or from the notes that are held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.registry import method
from bridge.tasting.considered import considered
from bridge.tasting.recipes import with_own_recipe
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.arp.compose import ArpRequest, ArpResult
    from engine.compose.arp.live import ArpLive
    from engine.compose.arp.options import ArpOptions
    from engine.compose.request import ChordsContext

_Tempo = Annotated[float, Meta(ge=20, le=999)]


@method("compose.arp", needs=("engine.compose.arp.compose",), then=keep_takes, first=as_learnt)
def arp(call: Call, request: ArpRequest) -> ArpResult:
    """Compose an arpeggio as notes for one clip, over a progression or over held notes.

    The same seed and parameters give the same notes. `steps` is the figure as a table, to play held notes live from:
    ask with `held` and one bar whenever they change.
    """
    from engine.compose.arp.compose import compose_arp  # noqa: PLC0415 - loads on first use or in the warm-up

    return considered(call, "arp", request, lambda wanted, _: compose_arp(wanted))


@method("compose.arp_live", needs=("engine.compose.arp.live",), first=as_learnt)
def arp_live(call: Call, request: ArpRequest) -> ArpLive:
    """Prepare an arpeggio over whatever will be held, as tables to play it live from.

    Takes what compose.arp takes; harmony, held notes, bars and `restart` say nothing here. Nothing in the tables hangs
    on the pitches that are held, so there is nothing to ask when other keys are struck.
    """
    from engine.compose.arp.live import arp_live as tables  # noqa: PLC0415 - loads on first use or in the warm-up

    return tables(with_own_recipe(call, "arp", request))


@method("compose.arp_options", needs=("engine.compose.arp.options", "engine.compose.request"))
def arp_options(style: str = "auto", context: ChordsContext | None = None, tempo: _Tempo = 120.0) -> ArpOptions:
    """List what compose.arp can be asked for: styles, figures, rates, rhythms and accents.

    Args:
        style: Id of a style, or "auto" for what fits the context and tempo.
        context: What is known about the Set.
        tempo: Beats per minute.
    """
    from engine.compose.arp.options import arp_options as options  # noqa: PLC0415

    return options(style, context, tempo)
