"""compose.vary and its kin: making something of a clip that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.registry import method

if TYPE_CHECKING:
    from engine.compose.vary.vary import VaryRequest, VaryResult


@method("compose.vary", needs=("engine.compose.vary.vary",))
def vary(request: VaryRequest) -> VaryResult:
    """Make 1 to 16 variations of a clip, from nearly the same to another idea in the same style.

    All differ from each other and from the clip; how far each is from it is measured and told. The clip's own feel,
    density, register and key stay.
    """
    from engine.compose.vary.vary import vary as varied  # noqa: PLC0415 - heavy modules load on first use

    return varied(request)
