"""compose.vary and its kin: making something of a clip that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.call import Call
from bridge.registry import method
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes
from bridge.tasting.variations import liked_first

if TYPE_CHECKING:
    from engine.compose.vary.carry_on import ContinueRequest, ContinueResult
    from engine.compose.vary.inpaint import InpaintRequest, InpaintResult
    from engine.compose.vary.transform import TransformRequest, TransformResult
    from engine.compose.vary.vary import VaryRequest, VaryResult


@method("compose.vary", needs=("engine.compose.vary.vary",), then=keep_takes, first=as_learnt)
def vary(call: Call, request: VaryRequest) -> VaryResult:
    """Make 1 to 16 variations of a clip, from nearly the same to another idea in the same style.

    All differ from each other and from the clip; how far each is from it is measured and told. The clip's own feel,
    density, register and key stay. What you chose before (taste.chose) says which comes first.
    """
    from engine.compose.vary.vary import vary as varied  # noqa: PLC0415 - heavy modules load on first use

    return liked_first(call, request, varied(request))


@method("compose.transform", needs=("engine.compose.vary.transform",), then=keep_takes)
def transform(request: TransformRequest) -> TransformResult:
    """Do one well-known thing to a clip, or to a range of it: invert, retrograde, fill in, reharmonise and more.

    Notes outside the range come back as they were. Where there is nothing to do, the notices say why.
    """
    from engine.compose.vary.transform import transform as transformed  # noqa: PLC0415 - as above

    return transformed(request)


@method("compose.inpaint", needs=("engine.compose.vary.inpaint",), then=keep_takes)
def inpaint(request: InpaintRequest) -> InpaintResult:
    """Rewrite a range of a clip so that it joins what stands before and behind it.

    Rhythm, density and register come from the rest of the clip; given chords are followed. Several candidates to
    choose from, none alike, and none what stood there.
    """
    from engine.compose.vary.inpaint import inpaint as inpainted  # noqa: PLC0415 - as above

    return inpainted(request)


@method("compose.continue", needs=("engine.compose.vary.carry_on",), then=keep_takes)
def carry_on(request: ContinueRequest) -> ContinueResult:
    """Continue a clip by so many beats in its own style: its own cells and intervals, its motif coming back.

    What was there stays as it was; the new notes begin where the clip ended.
    """
    from engine.compose.vary.carry_on import carry_on as continued  # noqa: PLC0415 - as above

    return continued(request)
