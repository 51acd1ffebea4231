"""compose.humanise and the grooves: clips played by somebody, and the feel of one clip given to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.registry import method

if TYPE_CHECKING:
    from engine.compose.feel.humanise import HumaniseRequest, HumaniseResult


@method("compose.humanise", needs=("engine.compose.feel.humanise",))
def humanise(request: HumaniseRequest) -> HumaniseResult:
    """Play a clip as somebody would: timing and loudness as learnt from real performances, within the user's limits.

    At the defaults it is as loose as drummers are. Every note that was given comes back, with its own pitch, mute and
    probability; the same seed gives the same performance.
    """
    from engine.compose.feel.humanise import humanise as humanised  # noqa: PLC0415 - numpy and the tables, on first use

    return humanised(request)
