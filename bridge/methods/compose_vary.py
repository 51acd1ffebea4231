"""compose.vary and its kin: making something of a clip that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.registry import method

if TYPE_CHECKING:
    from engine.compose.vary.transform import TransformRequest, TransformResult
    from engine.compose.vary.vary import VaryRequest, VaryResult


@method("compose.vary", needs=("engine.compose.vary.vary",))
def vary(request: VaryRequest) -> VaryResult:
    """Make 1 to 16 variations of a clip, from nearly the same to another idea in the same style.

    All differ from each other and from the clip; how far each is from it is measured and told. The clip's own feel,
    density, register and key stay.
    """
    from engine.compose.vary.vary import vary as varied  # noqa: PLC0415 - heavy modules load on first use

    return varied(request)


@method("compose.transform", needs=("engine.compose.vary.transform",))
def transform(request: TransformRequest) -> TransformResult:
    """Do one well-known thing to a clip, or to a range of it: invert, retrograde, fill in, reharmonise and more.

    Notes outside the range come back as they were. Where there is nothing to do, the notices say why.
    """
    from engine.compose.vary.transform import transform as transformed  # noqa: PLC0415 - as above

    return transformed(request)
