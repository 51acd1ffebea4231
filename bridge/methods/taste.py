"""taste.*: ratings and rewards, the takes they belong to. The store is opened on first use, from a thread."""

from __future__ import annotations

import secrets
import time
from typing import Annotated

from msgspec import Meta

from bridge.call import Call
from bridge.methods.taste_answers import (
    Edited,
    ProfileTold,
    Rated,
    RewardKinds,
    RewardKindTold,
    RewardTold,
    TakeFound,
    TakeLine,
    Takes,
    TakeTold,
    TasteStatus,
)
from bridge.registry import method
from bridge.tasting.takes import book_of
from engine.notes import Note

TakeId = Annotated[str, Meta(min_length=1, max_length=100)]
RewardId = Annotated[str, Meta(min_length=1, max_length=100)]
ProfileName = Annotated[str, Meta(min_length=1, max_length=100)]
Notes = Annotated[list[Note], Meta(max_length=10_000)]
SecondsAgo = Annotated[float, Meta(ge=0, le=31_622_400)]


@method("taste.status")
def status(call: Call) -> TasteStatus:
    """Say whether takes are kept, which taste profile is in use and what it has."""
    from engine.taste.store import profiles, rewards, takes  # noqa: PLC0415 - SQLite, on first use

    book = book_of(call)
    mine = profiles.in_use(book)
    size = sum(each.stat().st_size for each in book.path.parent.glob(f"{book.path.name}*"))
    trouble = "" if call is None else call.runtime.takes.trouble
    told = ProfileTold.of(mine, in_use=True)
    return TasteStatus(not trouble, trouble, told, takes.count(book), rewards.count_rated(book), size)


@method("taste.reward_kinds")
def reward_kinds(call: Call) -> RewardKinds:  # noqa: ARG001 - all methods of the namespace are called alike
    """List what can be told of a take besides stars, and what each comes to."""
    from engine.taste.rewards import kinds  # noqa: PLC0415 - as above

    return RewardKinds(
        [
            RewardKindTold(
                kind=name,
                words=kind.words,
                unit=kind.unit,
                usual=kind.usual,
                amounts=(kind.begin.amount, kind.end.amount),
                stars=(kind.begin.stars, kind.end.stars),
                weight=(kind.begin.weight, kind.end.weight),
            )
            for name, kind in kinds().items()
        ]
    )


@method("taste.rate")
def rate(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    take: TakeId,
    stars: Annotated[int, Meta(ge=0, le=5)],
    reward: RewardId | None = None,
    seconds_ago: SecondsAgo = 0.0,
    profile: ProfileName | None = None,
) -> Rated:
    """Rate a take with 1 to 5 stars; the last rating counts, and 0 takes it back.

    Once answered, it survives a crash at any moment.

    Args:
        call: Who asks.
        take: Id of the take.
        stars: 1 to 5, or 0.
        reward: Id of this rating: told again under the same id, it counts once. Left out, it is a new one.
        seconds_ago: When it happened, for one that could not be told at once.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    return _reward(call, take, "stars", stars, reward, seconds_ago, profile)


@method("taste.reward")
def reward(  # noqa: PLR0917 - as above
    call: Call,
    take: TakeId,
    kind: Annotated[str, Meta(min_length=1, max_length=40)],
    amount: Annotated[float, Meta(ge=0)] | None = None,
    reward: RewardId | None = None,
    seconds_ago: SecondsAgo = 0.0,
    profile: ProfileName | None = None,
) -> Rated:
    """Tell what was done with a take: kept, deleted, undone, rerolled, edited, duplicated, looped or exported.

    It may be told at any time after the take was made, in any order; of one kind the latest counts.

    Args:
        call: Who asks.
        take: Id of the take.
        kind: What was done; taste.reward_kinds tells what each comes to.
        amount: In the kind's unit: seconds since the take, times through, the share that changed. Left out: as usual.
        reward: Id of this reward: told again under the same id, it counts once. Left out, it is a new one.
        seconds_ago: When it happened, for one that could not be told at once.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    return _reward(call, take, kind, amount, reward, seconds_ago, profile)


@method("taste.edited")
def edited(  # noqa: PLR0917 - as above
    call: Call,
    take: TakeId,
    before: Notes,
    after: Notes,
    reward: RewardId | None = None,
    profile: ProfileName | None = None,
) -> Edited:
    """Tell that the user changed a take's notes by hand: how much is measured, and his version becomes a take too.

    Args:
        call: Who asks.
        take: Id of the take.
        before: Its notes as they were written.
        after: The clip's notes as they are now.
        reward: As in taste.rate.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.edits import edit_of  # noqa: PLC0415 - as above
    from engine.taste.mark import changed_share  # noqa: PLC0415
    from engine.taste.store import takes  # noqa: PLC0415

    book = book_of(call)
    share = changed_share(before, after)
    version = edit_of(takes.find(book, take, profile), after)
    rated = _reward(call, take, "edited", share, reward, 0.0, profile)
    if version is None or not share:
        return Edited(take, share, rated)
    takes.keep(book, [version], profile=profile)
    return Edited(version.id, share, rated)


@method("taste.takes")
def takes(
    call: Call,
    count: Annotated[int, Meta(ge=1, le=500)] = 50,
    before: TakeId | None = None,
    rated: bool = False,
    profile: ProfileName | None = None,
) -> Takes:
    """List the takes of a taste profile, newest first.

    Args:
        call: Who asks.
        count: How many at most.
        before: Only those made before this take.
        rated: Only those with a reward.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import rewards  # noqa: PLC0415 - as above
    from engine.taste.store import takes as kept  # noqa: PLC0415

    book = book_of(call)
    found = kept.latest(book, count + 1, before=before, rated=rated, profile=profile)
    shown = found[:count]
    meant = rewards.meant_of(book, [each.id for each in shown], profile)
    lines = [TakeLine.of(each, meant.get(each.id)) for each in shown]
    return Takes(lines, shown[-1].id if len(found) > count else None)


@method("taste.take")
def take(call: Call, take: TakeId, profile: ProfileName | None = None) -> TakeTold:
    """Show one take whole: how it was made, of what, what was made of it, and its rewards.

    Args:
        call: Who asks.
        take: Its id.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import rewards, takes  # noqa: PLC0415 - as above

    book = book_of(call)
    found = takes.find(book, take, profile)
    meant = rewards.meant_of(book, [take], profile).get(take)
    return TakeTold(
        line=TakeLine.of(found, meant),
        seed=found.seed,
        recipe=found.recipe,
        resolved=found.resolved,
        context=found.context,
        features=found.features,
        propensity=found.propensity,
        choice=found.choice,
        rewards=[RewardTold.of(each) for each in rewards.of_take(book, take, profile)],
        children=takes.children(book, take, profile),
    )


@method("taste.find")
def find(call: Call, notes: Notes, profile: ProfileName | None = None) -> TakeFound:
    """Find the take a clip holds, by its notes: so a rating reaches it also after the Set was closed.

    Args:
        call: Who asks.
        notes: Of the clip, in any order.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.mark import mark_of  # noqa: PLC0415 - as above
    from engine.taste.store import rewards, takes  # noqa: PLC0415

    book = book_of(call)
    mark = mark_of(notes)
    found = takes.known_by(book, mark, profile) if mark else None
    if found is None:
        return TakeFound(None)
    meant = rewards.meant_of(book, [found.id], profile).get(found.id)
    return TakeFound(TakeLine.of(found, meant))


def id_and_time(reward: str | None, ago: float) -> tuple[str, int]:
    """Give what is told of a take its id, a new one where it has none, and its time.

    Args:
        reward: The id, where the client named it.
        ago: Seconds since it happened.

    Returns:
        The id, and nanoseconds of the Unix clock.
    """
    return reward or secrets.token_hex(8), time.time_ns() - int(ago * 1e9)


def _reward(  # noqa: PLR0917 - what the methods above were given
    call: Call | None,
    take: str,
    kind: str,
    amount: float | None,
    reward: str | None,
    ago: float,
    profile: str | None,
) -> Rated:
    from engine.taste.store import rewards  # noqa: PLC0415 - as above

    book = book_of(call)
    reward_id, told = id_and_time(reward, ago)
    added = rewards.add(book, take, kind, amount, reward_id=reward_id, told=told, profile=profile)
    if call is not None:
        if added.new:
            call.runtime.takes.kept()
        call.after_reply.append(call.runtime.ahead.nudge)
    return Rated.of(take, reward_id, added.new, added.meant)
