"""`bandmate remember` and `bandmate identify`: recordings that are known again, without an engine."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from engine.hear.recordings_result import Match
    from engine.hear.remembered import Memory

EXIT_REFUSED = 1
EXIT_UNKNOWN = 2


def remember(
    path: Annotated[Path | None, typer.Argument(help="An audio file, or a folder with any number of them.")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Hear again what lost its fingerprint.")] = False,
) -> None:
    """Remember what recordings sound like, so that `bandmate identify` knows them again."""
    with _told() as memory:
        from engine.hear.identify import rebuild as rebuilt

        if rebuild:
            found = rebuilt(memory.recordings)
            print(f"{found.rebuilt} recordings heard again, {found.recordings} known.")
            for name in found.missing:
                print(f"{name}: not there any more, or changed", file=sys.stderr)
        failed = path is not None and _remembered(memory, path)
        if path is None and not rebuild:
            print(f"{len(memory.recordings)} recordings are known.")
    raise typer.Exit(EXIT_REFUSED if failed else 0)


def identify(
    path: Annotated[Path, typer.Argument(help="An audio file; five seconds are enough.")],
    start: Annotated[float | None, typer.Option(help="Seconds into the file where the excerpt begins.")] = None,
    end: Annotated[float | None, typer.Option(help="Seconds into the file up to where.")] = None,
) -> None:
    """Say which remembered recording a file comes from, from where on, and how fast; 2 when it is none of them."""
    with _told() as memory:
        from engine.hear.identify import identify as identified

        found = identified(path, memory.recordings, start=start, end=end)
    print(found.words, file=sys.stderr)
    for match in found.matches:
        print(_line(match))
    raise typer.Exit(0 if found.matches else EXIT_UNKNOWN)


def _remembered(memory: Memory, path: Path) -> bool:
    """Remember a file, or all in a folder; True when one could not be."""
    from engine.errors import EngineError, InvalidValue
    from engine.hear.folder import audio_files
    from engine.hear.identify import remember as remembered

    whole = path.absolute()
    if not whole.is_dir():
        one = remembered(whole, memory.recordings, memory.cache)
        print(f"{one.name}: {one.landmarks} landmarks, {'new' if one.new else 'known already'}.")
        return False
    good = bad = 0
    for each in audio_files(whole):
        try:
            remembered(each, memory.recordings, memory.cache)
            good += 1
        except (InvalidValue, EngineError) as problem:
            print(f"{each.name}: {problem}", file=sys.stderr)
            bad += 1
    print(f"{good} files remembered, {bad} could not be; {len(memory.recordings)} recordings are known.")
    return bad > 0


def _line(match: Match) -> str:
    at = f"from {match.offset:.2f} s, at {match.speed:.3f} of its speed"
    return f"{match.path}: {at}, {match.votes} votes, {match.confidence:.0%} sure"


@contextlib.contextmanager
def _told() -> Iterator[Memory]:
    """Bandmate's memory; what goes wrong is said in a sentence."""
    from engine.errors import EngineError, InvalidValue
    from engine.hear import compiled
    from engine.hear.remembered import Memory

    compiled.prepare()
    try:
        yield Memory()
    except (InvalidValue, EngineError) as problem:
        said = str(problem)
        print(said if problem.hint in said else f"{said.rstrip('.')}. {problem.hint}", file=sys.stderr)
        raise typer.Exit(EXIT_REFUSED) from None


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command()(remember)
    app.command()(identify)
