"""taste.chose: of several takes of one answer one stays. The store is opened on first use, from a thread."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.methods.taste import ProfileName, SecondsAgo, TakeId, id_and_time
from bridge.methods.taste_answers import Rated
from bridge.registry import method
from bridge.tasting.takes import book_of

_Over = Annotated[list[TakeId], Meta(min_length=1, max_length=64)]
_ChoiceId = Annotated[str, Meta(min_length=1, max_length=80)]


class Chose(msgspec.Struct, frozen=True):
    """What became of a choice.

    Attributes:
        rated: what it says of the one that stays.
        over: ids of the takes it was preferred to.
    """

    rated: Rated
    over: list[str]


@method("taste.chose")
def chose(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    take: TakeId,
    over: _Over | None = None,
    reward: _ChoiceId | None = None,
    seconds_ago: SecondsAgo = 0.0,
    profile: ProfileName | None = None,
) -> Chose:
    """Tell that of several variations (candidates, continuations) one stays: it is preferred to those passed over.

    Once answered, it survives a crash at any moment. Of several choices among the same takes the latest counts.

    Args:
        call: Who asks.
        take: Id of the one that stays.
        over: Ids of those of the same answer that were heard besides; left out, all of them.
        reward: Id of this choice: told again under the same id, it counts once. Left out, it is a new one.
        seconds_ago: When it happened, for one that could not be told at once.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import choices  # noqa: PLC0415 - SQLite, on first use

    reward_id, told = id_and_time(reward, seconds_ago)
    done = choices.choose(book_of(call), take, over, reward_id=reward_id, told=told, profile=profile)
    if call is not None:
        call.after_reply.append(call.runtime.ahead.nudge)
    return Chose(Rated.of(take, reward_id, done.new, done.meant), done.over)
