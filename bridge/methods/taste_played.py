"""taste.keep_played: a clip of what a part played becomes a take; taste.find_song: clips of a song tell which it is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from bridge.call import Call, device_of
from bridge.methods.taste import Notes, ProfileName
from bridge.methods.taste_answers import TakeFound, TakeLine
from bridge.registry import method
from bridge.tasting.takes import book_of

if TYPE_CHECKING:
    from engine.taste.played import PlayedClip


class PlayedKept(msgspec.Struct, frozen=True):
    """The answer: id of the take, to be rated by."""

    take: str


@method("taste.keep_played", needs=("engine.taste.played",))
def keep_played(call: Call, request: PlayedClip) -> PlayedKept:
    """Keep a clip of what a part played bar by bar as a take: it can be rated, and is found again by its notes.

    The same clip told again is the same take.
    """
    from engine.taste.played import played_take  # noqa: PLC0415 - loads on first use or in the warm-up
    from engine.taste.store import takes  # noqa: PLC0415 - SQLite, on first use

    take = played_take(request, device_of(call), time.time_ns())
    takes.keep(book_of(call), [take])
    return PlayedKept(take.id)


@method("taste.find_song")
def find_song(
    call: Call,
    clips: Annotated[list[Notes], Meta(min_length=1, max_length=512)],
    beside: Annotated[list[Notes], Meta(max_length=512)] | None = None,
    profile: ProfileName | None = None,
) -> TakeFound:
    """Find the song that clips were arranged into, by their notes: so it can be rated also after the Set was closed.

    The song that has most of these clips is meant, of several the one that has most of those beside, then the newest;
    taste.find tells the take in one clip.

    Args:
        call: Who asks.
        clips: The notes of each clip, in any order, from the clip's start: those of one scene, or of several.
        beside: Those of clips near them, which tell apart songs that have the same scene; alone they are no song.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.mark import mark_of  # noqa: PLC0415 - as above
    from engine.taste.store import rewards, songs  # noqa: PLC0415

    book = book_of(call)
    found = songs.known_in(book, map(mark_of, clips), profile, beside=map(mark_of, beside or []))
    if found is None:
        return TakeFound(None)
    return TakeFound(TakeLine.of(found, rewards.meant_of(book, [found.id], profile).get(found.id)))
