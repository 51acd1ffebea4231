"""live.*: questions to Live, handed to the connected Bandmate Hub under the same names.

What the Hub says is checked here, at the engine's edge: callers get the declared type or an error, whatever
version of the Hub sits in the Live Set.
"""

from __future__ import annotations

import logging
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.errors import LiveRefused, scrub
from bridge.methods.live_answers import LiveClip, LiveSong, LiveTracks, LiveWritten
from bridge.registry import method
from engine import typed
from engine.notes import Note

Track = Annotated[int, Meta(ge=0, le=9999)]
Slot = Annotated[int, Meta(ge=0, le=9999)]
Beats = Annotated[float, Meta(gt=0, le=100_000)]
Notes = Annotated[list[Note], Meta(max_length=10_000)]
Name = Annotated[str, Meta(max_length=200)]


_Answer = TypeVar("_Answer")
_log = logging.getLogger("bandmate")

# Answers are read on the event loop, which waits for no lock.
typed.meet(LiveSong, LiveTracks, LiveClip, LiveWritten)


async def ask(call: Call, method_name: str, answer: type[_Answer], /, **params: Any) -> _Answer:
    """Ask the Hub, and hold it to its promise.

    Args:
        call: Who asks.
        method_name: `live.verb`.
        answer: The type that was promised.
        params: What to hand on; None is left out.

    Raises:
        BridgeError: there is no Hub, it said no, or what nobody promised.
    """
    given = {key: msgspec.to_builtins(value) for key, value in params.items() if value is not None}
    said = await call.runtime.live.ask(method_name, given)
    try:
        return msgspec.convert(said, answer)
    except msgspec.ValidationError as problem:
        _log.warning("the Hub's answer to %s is not as promised: %s", method_name, scrub(str(problem)[:300]))
        raise LiveRefused(
            "The Hub said something this engine does not know",
            "Update Bandmate in Live: bandmate install, then load the Hub anew.",
        ) from None


@method("live.song")
async def song(call: Call) -> LiveSong:
    """Ask Live about the Set: tempo, signature, scale, what plays.

    Returns:
        What the Hub found.
    """
    return await ask(call, "live.song", LiveSong)


@method("live.tracks")
async def tracks(call: Call) -> LiveTracks:
    """Ask Live for the tracks of the Set.

    Returns:
        What the Hub found.
    """
    return await ask(call, "live.tracks", LiveTracks)


@method("live.clip")
async def clip(call: Call, track: Track | None = None, slot: Slot | None = None) -> LiveClip:
    """Ask Live for a clip with its notes.

    Args:
        call: Who asks.
        track: Number of the track from 0; left out: the clip in Detail View.
        slot: Number of the clip slot (scene) from 0.

    Returns:
        What the Hub found.
    """
    return await ask(call, "live.clip", LiveClip, track=track, slot=slot)


@method("live.write")
async def write(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    notes: Notes,
    length: Beats,
    track: Track | None = None,
    slot: Slot | None = None,
    name: Name | None = None,
) -> LiveWritten:
    """Write notes into a clip of Live; what is written is read back and counted.

    Args:
        call: Who asks.
        notes: The notes, start times in beats from the clip's start.
        length: Length of the music in beats.
        track: Number of the track from 0; left out: where a press of Generate would write.
        slot: Number of the clip slot (scene) from 0.
        name: Name of a clip that is made for it.

    Returns:
        What the Hub wrote.
    """
    return await ask(call, "live.write", LiveWritten, notes=notes, length=length, track=track, slot=slot, name=name)
