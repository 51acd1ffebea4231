"""taste.habits: what the user tends to set right about what was heard. The store is opened on first use, aside."""

from __future__ import annotations

from typing import Literal

import msgspec

from bridge.call import Call
from bridge.methods.taste import ProfileName
from bridge.registry import method
from bridge.tasting.takes import book_of


class HabitTold(msgspec.Struct, frozen=True):
    """One thing that was set right, and how often.

    Attributes:
        what: of what was heard.
        where: BPM that were heard ("160-200"), or the mode ("major").
        reading: what was said instead: "half", "double", "relative", "parallel", or "same" where it was right.
        times: how often.
        words: one sentence.
    """

    what: Literal["tempo", "key"]
    where: str
    reading: str
    times: int
    words: str


class HabitsTold(msgspec.Struct, frozen=True):
    """All of them, most often first."""

    habits: list[HabitTold]


@method("taste.habits")
def habits(call: Call, profile: ProfileName | None = None) -> HabitsTold:
    """List what you tend to set right (hear.correct): it decides where hearing is in two minds, and never more.

    Args:
        call: Who asks.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.corrections import told  # noqa: PLC0415 - the theory of keys, on first use
    from engine.taste.store import corrections  # noqa: PLC0415 - SQLite, on first use

    found = told(corrections.habits(book_of(call), profile))
    return HabitsTold([HabitTold(each.what, each.where, each.reading, each.times, each.words) for each in found])


@method("taste.habits_forget")
def habits_forget(call: Call, profile: ProfileName | None = None) -> HabitsTold:
    """Forget what you tend to set right, for good; each file's own correction stays.

    Args:
        call: Who asks.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import corrections  # noqa: PLC0415 - as above

    corrections.forget_all(book_of(call), profile)
    return HabitsTold([])
