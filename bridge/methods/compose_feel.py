"""compose.humanise and the grooves: clips played by somebody, and the feel of one clip given to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridge.registry import method

if TYPE_CHECKING:
    from engine.compose.feel.grooves import GrooveApplyRequest, GrooveApplyResult, GrooveExtractRequest, GrooveResult
    from engine.compose.feel.humanise import HumaniseRequest, HumaniseResult


@method("compose.humanise", needs=("engine.compose.feel.humanise",))
def humanise(request: HumaniseRequest) -> HumaniseResult:
    """Play a clip as somebody would: timing and loudness as learnt from real performances, within the user's limits.

    At the defaults it is as loose as drummers are. Every note that was given comes back, with its own pitch, mute and
    probability; the same seed gives the same performance.
    """
    from engine.compose.feel.humanise import humanise as humanised  # noqa: PLC0415 - numpy and the tables, on first use

    return humanised(request)


@method("compose.groove_extract", needs=("engine.compose.feel.grooves",))
def groove_extract(request: GrooveExtractRequest) -> GrooveResult:
    """Take the groove out of a clip: where and how loud each step of a bar or two is played, swing and all.

    The groove is plain data: keep it, and give it to other clips with compose.groove_apply.
    """
    from engine.compose.feel.grooves import groove_extract as extract  # noqa: PLC0415 - see above

    return extract(request)


@method("compose.groove_apply", needs=("engine.compose.feel.grooves",))
def groove_apply(request: GrooveApplyRequest) -> GrooveApplyResult:
    """Give notes a groove: its timing, its accents, or both; or quantise them to it.

    Every note comes back with its own pitch, mute and probability; notes written together stay together.
    """
    from engine.compose.feel.grooves import groove_apply as apply  # noqa: PLC0415 - see above

    return apply(request)
