"""compose.humanise and the grooves: clips played by somebody, and the feel of one clip given to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta

from bridge.call import Call
from bridge.ears import whole_path
from bridge.jobs import JobStarted
from bridge.methods.hear import Path, Seconds, Tempo, given
from bridge.registry import method
from bridge.tasting.steering import as_learnt
from bridge.tasting.takes import keep_takes

if TYPE_CHECKING:
    from engine.compose.feel.grooves import GrooveApplyRequest, GrooveApplyResult, GrooveExtractRequest, GrooveResult
    from engine.compose.feel.humanise import HumaniseRequest, HumaniseResult

_HEARD = "engine.compose.feel.groove_audio:extract"


@method("compose.humanise", needs=("engine.compose.feel.humanise",), then=keep_takes, first=as_learnt)
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


@method("compose.groove_extract_audio")
async def groove_extract_audio(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    path: Path,
    grid: Literal["auto", "8", "8t", "16", "16t"] = "auto",
    bars: Literal[1, 2] | None = None,
    start: Seconds | None = None,
    end: Seconds | None = None,
    tempo: Tempo | None = None,
    signature_numerator: Annotated[int, Meta(ge=1, le=99)] | None = None,
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4,
    name: Annotated[str, Meta(max_length=400)] = "",
) -> JobStarted:
    """Take the groove out of a recording: its onsets against its own beats, in a job whose job.done brings the groove.

    It is told as by compose.groove_extract. At most two minutes are heard.

    Args:
        call: Who asks.
        path: Whole path of an audio file.
        grid: Value of a step, "8" or "16", with "t" for triplets; "auto" tells it from what is heard.
        bars: After how many bars the groove goes round; left out: told from what is heard.
        start: Seconds into the file from where to hear; left out: its beginning.
        end: Seconds into the file up to where.
        tempo: BPM of the Set: a prior, and the octave in which beats are told.
        signature_numerator: Of the Set's time signature; left out, it is heard.
        signature_denominator: Of the Set's time signature.
        name: For the groove, as shown.
    """
    asked = given(bars=bars, start=start, end=end, tempo=tempo) | {"grid": grid, "name": name}
    if signature_numerator is not None:
        asked["signature"] = (signature_numerator, signature_denominator)
    return call.runtime.jobs.start(call, _HEARD, kept=True, path=str(whole_path(path)), **asked)


@method("compose.groove_apply", needs=("engine.compose.feel.grooves",), then=keep_takes)
def groove_apply(request: GrooveApplyRequest) -> GrooveApplyResult:
    """Give notes a groove: its timing, its accents, or both; or quantise them to it.

    Every note comes back with its own pitch, mute and probability; notes written together stay together.
    """
    from engine.compose.feel.grooves import groove_apply as apply  # noqa: PLC0415 - see above

    return apply(request)
