"""taste.profiles and its kin: several tastes, their files, their snapshots. Opened on first use, from a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.ears import whole_path
from bridge.errors import InvalidParams
from bridge.methods.taste import ProfileName
from bridge.methods.taste_answers import ProfileMoved, Profiles, ProfileTold, Snapshots, SnapshotTold
from bridge.places import taken, to_be_made
from bridge.registry import method
from bridge.tasting.takes import book_of
from engine.errors import EngineError
from engine.files import PRIVATE, write_new, write_whole

if TYPE_CHECKING:
    from engine.taste.store.book import Book
    from engine.taste.store.exchange import Moved
    from engine.taste.store.records import Profile

_ENDINGS = (".json",)

_Path = Annotated[str, Meta(min_length=1, max_length=4096)]
_Name = Annotated[str, Meta(min_length=1, max_length=100)]


class TasteExported(msgspec.Struct, frozen=True):
    """A taste profile that was written to a file.

    Attributes:
        path: whole path, links followed.
        profile: which one.
        takes: rated takes in it. rewards: their rewards.
    """

    path: str
    profile: str
    takes: int
    rewards: int


class Forgotten(msgspec.Struct, frozen=True):
    """Everything was deleted; `profile` is the empty one that is in use now."""

    profile: ProfileTold


@method("taste.profiles")
def profiles(call: Call) -> Profiles:
    """List the taste profiles, oldest first, and say which is in use."""
    from engine.taste.store import profiles as kept  # noqa: PLC0415 - SQLite, on first use

    book = book_of(call)
    mine = kept.in_use(book)
    return Profiles([ProfileTold.of(each, each.uid == mine.uid) for each in kept.all_profiles(book)])


@method("taste.profile_new")
def profile_new(call: Call, name: _Name, kind: Literal["user", "project", "artist"] = "user") -> ProfileTold:
    """Make a taste profile, for a project or an artist name; taste.profile_use puts it to use.

    Args:
        call: Who asks.
        name: As the user calls it; each name once.
        kind: Whose it is.
    """
    from engine.taste.store import profiles as kept  # noqa: PLC0415

    return _told(book_of(call), kept.create(book_of(call), name, kind))


@method("taste.profile_use")
def profile_use(call: Call, profile: ProfileName) -> ProfileTold:
    """Let takes and ratings go to a taste profile from now on, and what is offered come from it.

    Args:
        call: Who asks.
        profile: Its name or id.
    """
    from engine.taste.store import profiles as kept  # noqa: PLC0415

    return _told(book_of(call), kept.use(book_of(call), profile))


@method("taste.profile_delete")
def profile_delete(call: Call, profile: ProfileName) -> Profiles:
    """Delete a taste profile with all its takes and ratings; the one in use is refused. Lists those that are left.

    Args:
        call: Who asks.
        profile: Its name or id.
    """
    from engine.taste.store import profiles as kept  # noqa: PLC0415

    kept.delete(book_of(call), profile)
    return profiles(call)


@method("taste.forget_all")
def forget_all(call: Call, sure: Literal[True]) -> Forgotten:
    """Delete every taste profile with all takes and ratings: the file itself goes. Music in Sets stays.

    Args:
        call: Who asks.
        sure: Always true: there is no way back.
    """
    from engine.taste.store import profiles as kept  # noqa: PLC0415

    _ = sure
    book = book_of(call)
    book.erase()
    return Forgotten(_told(book, kept.in_use(book)))


@method("taste.export")
def export(call: Call, path: _Path, profile: ProfileName | None = None, replace: bool = False) -> TasteExported:
    """Write a taste profile to a JSON file, whole or not at all: its rated takes and their ratings.

    Your own recipes and what you set right in Listen go along; what was learnt is learnt anew where it arrives.

    Args:
        call: Who asks.
        path: Whole path of the file to make, ending in .json; its folder is there.
        profile: Name or id; left out, the one in use.
        replace: Take the place of a file that is there already.
    """
    from engine.taste.store import exchange  # noqa: PLC0415

    where = to_be_made(path, _ENDINGS, "JSON", replace=replace)
    file = exchange.taste_file(book_of(call), profile)
    content = exchange.written(file)
    try:
        if replace:
            write_whole(where, content)
        else:
            write_new(where, content, mode=PRIVATE)
    except FileExistsError:
        raise taken(path) from None
    except OSError:
        raise EngineError(
            "The file cannot be written", "Look at the permissions of the folder and the room on the disk."
        ) from None
    return TasteExported(str(where), file.name, len(file.takes), len(file.rewards))


@method("taste.import")
def import_(call: Call, path: _Path, name: _Name | None = None, into: ProfileName | None = None) -> ProfileMoved:
    """Read a taste profile from a file, as a profile of its own or into one that is there; twice adds nothing.

    Args:
        call: Who asks.
        path: Whole path of a file that taste.export wrote.
        name: For the new profile; left out, as in the file.
        into: Name or id of a profile that all is added to; a snapshot is kept first.
    """
    from engine.taste.store import exchange  # noqa: PLC0415

    file = exchange.read_file(_content(path, exchange.LARGEST))
    book = book_of(call)
    return _moved(book, exchange.import_profile(book, file, name=name, into=into))


@method("taste.merge")
def merge(call: Call, source: ProfileName, into: ProfileName) -> ProfileMoved:
    """Add the ratings of one taste profile to another: two producers' stars for one take stand side by side.

    Args:
        call: Who asks.
        source: Name or id of the one that is added; it stays as it is.
        into: Name or id of the one it is added to; a snapshot is kept first.
    """
    from engine.taste.store import exchange  # noqa: PLC0415

    book = book_of(call)
    return _moved(book, exchange.merge(book, source, into))


@method("taste.snapshot")
def snapshot(
    call: Call, name: Annotated[str, Meta(max_length=100)] = "", profile: ProfileName | None = None
) -> SnapshotTold:
    """Keep how a taste profile is now, to bring it back to later.

    Args:
        call: Who asks.
        name: For people.
        profile: Name or id; left out, the one in use.
    """
    from engine.taste.store import history  # noqa: PLC0415

    return SnapshotTold.of(history.snapshot(book_of(call), name, profile))


@method("taste.snapshots")
def snapshots(call: Call, profile: ProfileName | None = None) -> Snapshots:
    """List what a taste profile can be brought back to, newest first; one is kept by itself each day.

    Args:
        call: Who asks.
        profile: Name or id; left out, the one in use.
    """
    from engine.taste.store import history  # noqa: PLC0415

    return Snapshots([SnapshotTold.of(each) for each in history.all_snapshots(book_of(call), profile)])


@method("taste.roll_back")
def roll_back(call: Call, snapshot: Annotated[int, Meta(ge=1)], profile: ProfileName | None = None) -> SnapshotTold:
    """Bring a taste profile back to a snapshot: what was told later stays written down and does not count.

    What comes back is the snapshot that leads to how it was just now.

    Args:
        call: Who asks.
        snapshot: Its number in taste.snapshots.
        profile: Name or id; left out, the one in use.
    """
    from engine.taste.store import history  # noqa: PLC0415

    return SnapshotTold.of(history.roll_back(book_of(call), snapshot, profile))


def _told(book: Book, profile: Profile) -> ProfileTold:
    from engine.taste.store import profiles as kept  # noqa: PLC0415

    return ProfileTold.of(profile, profile.uid == kept.in_use(book).uid)


def _moved(book: Book, moved: Moved) -> ProfileMoved:
    return ProfileMoved(_told(book, moved.profile), moved.takes, moved.rewards)


def _content(path: str, most: int) -> bytes:
    """Raises InvalidParams, field "path", for what is no regular file that can be read."""
    where = whole_path(path)
    try:
        if where.is_file():
            with where.open("rb") as file:
                return file.read(most + 1)
    except (OSError, ValueError):
        pass
    raise InvalidParams("path cannot be read", "Choose a file that is there and that you may read.", "path")
