"""One of several takes of the same answer was chosen: it is preferred to those that were passed over.

A preference is two kinds of rewards (``presets/taste/rewards.json``): the one that stays is "chosen", each other one
"passed". All of it is told in one change: a kill -9 leaves the whole choice or none of it. A model of taste reads those
rewards; what tells apart takes that are nearly alike reads who was compared with whom (``pairs``).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence

import msgspec

from engine.errors import InvalidValue
from engine.taste.preference import Pair
from engine.taste.rewards import Meant, check_reward
from engine.taste.store import rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Take

__all__ = ["MOST", "Chosen", "choose", "pairs", "siblings"]

_NEAR = 128
"""Numbers of takes around one in which its siblings lie: they were kept together."""


MOST = 1_000
"""Rewards of choices that are read, the last ones."""


class Chosen(msgspec.Struct, frozen=True):
    """What became of a choice.

    Attributes:
        new: False when it had been told before: nothing has changed then.
        meant: what all rewards of the chosen take come to now.
        over: ids of the takes it was preferred to.
    """

    new: bool
    meant: Meant | None
    over: list[str]


def siblings(book: Book, take: str, profile: str | None = None) -> list[Take]:
    """The other takes of the answer that a take came in, in their order; none where it came alone.

    Raises:
        InvalidValue: field "take" or "profile".
        StoreUnavailable: the file cannot be read.
    """
    one = takes.find(book, take, profile)
    with book.asking() as connection:
        return _siblings(connection, one, number_of(connection, profile))


def choose(
    book: Book,
    take: str,
    over: Sequence[str] | None = None,
    *,
    reward_id: str,
    told: int | None = None,
    profile: str | None = None,
) -> Chosen:
    """Tells that a take was chosen: when this returned, a kill -9 takes nothing back.

    Args:
        book: where.
        take: id of the one that stays.
        over: ids of those of the same answer that were heard and passed over; None for all of them.
        reward_id: told again under the same id, a choice counts once; at most 80 characters.
        told: when it happened, nanoseconds of the Unix clock; None for now. Of several choices the latest counts.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "take" (it is not known, or came alone), "over", "id" or "profile".
        StoreUnavailable: nothing was told.
    """
    if not 0 < len(reward_id) <= 80:
        raise InvalidValue("id", reward_id, "Give an id of at most 80 characters, or none.")
    when = told if told is not None else time.time_ns()
    one = takes.find(book, take, profile)
    with book.changing() as connection:
        number = number_of(connection, profile)
        beside = [each.id for each in _siblings(connection, one, number)]
        passed = _passed(take, beside, over)
        amount = float(len(passed))
        what = ("chosen", check_reward("chosen", amount))
        added = rewards.put(connection, number, take, what, reward_id=f"{reward_id}:chosen", when=when)
        for other in passed:
            what = ("passed", check_reward("passed", amount))
            rewards.put(connection, number, other, what, reward_id=f"{reward_id}:{other}", when=when)
    return Chosen(added.new, added.meant, passed)


def pairs(book: Book, role: str, profile: str | None = None) -> list[Pair]:
    """Which takes of a role were preferred to which, the latest of opposite choices; each choice weighs 1 in all.

    Args:
        book: where.
        role: of the takes.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        rows = connection.execute(
            "SELECT r.id, r.kind, t.id, t.features FROM rewards r JOIN takes t ON t.number = r.take WHERE r.profile = ?"
            " AND r.counted AND r.kind IN ('chosen', 'passed') AND t.role = ? AND t.features <> '[]'"
            " ORDER BY r.number DESC LIMIT ?",
            (number_of(connection, profile), role, MOST),
        ).fetchall()
    told: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for reward, kind, take, features in rows:
        told.setdefault(str(reward).rpartition(":")[0], {}).setdefault(kind, []).append((take, features))
    found: dict[frozenset[str], Pair] = {}
    for choice in told.values():
        passed = choice.get("passed", [])
        for take, features in choice.get("chosen", []):
            for other, others in passed:
                # The newest come first, and of one pair the newest counts.
                sounds = (msgspec.json.decode(features), msgspec.json.decode(others))
                found.setdefault(frozenset((take, other)), (*sounds, 1 / len(passed)))
    return [pair for pair in found.values() if len(pair[0]) == len(pair[1])]


def _passed(take: str, beside: list[str], over: Sequence[str] | None) -> list[str]:
    if not beside:
        raise InvalidValue("take", take, "This take came alone: rate it with stars.")
    if over is None:
        return beside
    for other in over:
        if other not in beside:
            raise InvalidValue("over", other, "Give takes of the same answer, or leave it out.")
    if not over:
        raise InvalidValue("over", [], "Give at least one take that was passed over, or leave it out.")
    return [each for each in beside if each in over]


def _siblings(connection: sqlite3.Connection, one: Take, profile: int) -> list[Take]:
    # Where the answer was kept; a copy in another profile stands alone.
    question = "SELECT number, profile FROM takes WHERE id = ? ORDER BY profile = ? DESC, number DESC"
    for number, owner in connection.execute(question, (one.id, profile)).fetchall():
        rows = connection.execute(
            f"SELECT {takes.COLUMNS} FROM takes WHERE profile = ? AND number BETWEEN ? AND ? AND method = ?"  # noqa: S608
            " ORDER BY number",
            (owner, number - _NEAR, number + _NEAR, one.method),
        )
        found = [each for each in map(takes.take_of, rows) if each.id != one.id and _answer(each) == _answer(one)]
        if found:
            return found
    return []


def _answer(take: Take) -> tuple[object, ...]:
    """What takes of one answer share; those that came alone share it with nobody."""
    recipe = {name: value for name, value in take.recipe.items() if name != "number"}
    return (take.method, take.seed, recipe) if "number" in take.recipe else (take.id,)
