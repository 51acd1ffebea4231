"""`bandmate style`: styles learnt from the user's own MIDI files. Asks the running engine, or learns here."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bridge.cli.answer import answer, counted, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bridge.midi_song import Song, SongTrack

_ENDINGS = (".mid", ".midi")
_ROLES = ("drums", "bass", "melody")
_FEWEST = 4
"""Notes of a track that can be learnt from."""
_MOST_NOTES = 10_000
"""Notes of a track that can be learnt from; as many as the wire takes of one clip."""
_MOST_LESSONS = 64
_MOST_AT_ONCE = 20_000
"""Tracks, and their notes, that are learnt at once: more would not fit one message."""
_LONGEST_NAME = 400
_SLOWEST, _FASTEST = 20.0, 999.0
_CLOSE = 1e-6

style = typer.Typer(help="Learn styles of your own from MIDI files, for bass, melody and drums.", no_args_is_help=True)


@style.command()
def learn(
    name: Annotated[str, typer.Argument(help="What you call the style; more files of one name add up.")],
    paths: Annotated[list[Path], typer.Argument(metavar="FILES...", help="MIDI files, or folders with such files.")],
    role: Annotated[
        str, typer.Option(help="drums, bass or melody; left out: what most of the tracks with notes play.")
    ] = "",
) -> None:
    """Learn a style from MIDI files, or more of the one of that name. All is learnt, or nothing."""
    wanted = _role(role)
    found: list[tuple[str, dict[str, Any]]] = []
    for path in _files(paths):
        found += _lessons(path)
    chosen = wanted or _most(found)
    lessons = [lesson for played, lesson in found if played == chosen]
    if not lessons:
        what = f"that play {chosen}" if chosen else "to learn from"
        refuse(f"There are no tracks {what} in what could be read. Name MIDI files with {_FEWEST} notes or more.")
    notes = sum(len(lesson["notes"]) for lesson in lessons)
    if len(lessons) > _MOST_LESSONS or notes > _MOST_AT_ONCE:
        much = f"{len(lessons)} tracks of {chosen} with {notes} notes"
        refuse(f"That is {much}: learn from {_MOST_LESSONS} tracks and {_MOST_AT_ONCE} notes at a time.")
    told = answer("compose.learn", name=name, role=chosen, lessons=lessons)
    counts = f"{counted(len(told['sources']), 'clip')}, {counted(told['notes'], 'note')}"
    print(f'Learnt "{told["name"]}" ({told["role"]}) from {counts}.')
    _others(found, chosen)


@style.command("list")
def list_() -> None:
    """List the styles that were learnt."""
    styles = answer("compose.own_styles")["styles"]
    if not styles:
        print("Nothing was learnt yet. Learn from files with: bandmate style learn NAME FILES...")
    width = max((len(each["name"]) for each in styles), default=0)
    for each in styles:
        counts = f"{counted(len(each['sources']), 'clip')}, {each['bars']:g} bars, {counted(each['notes'], 'note')}"
        print(f"{each['name']:<{width}}  {each['role']:<6}  {counts}")


@style.command()
def show(
    name: Annotated[str, typer.Argument(help="Name of the style.")],
    json: Annotated[bool, typer.Option("--json", help="Every table that was counted, as JSON.")] = False,
) -> None:
    """Show what a style has learnt, and from what."""
    if json:
        from bridge.cli.ask import show as show_json

        show_json(answer("compose.own_style", style=name))
        return
    whole = answer("compose.own_style", style=name)
    told = next(each for each in answer("compose.own_styles")["styles"] if each["id"] == whole["id"])
    print(f"{told['name']} ({told['role']}), lesson {told['version']}")
    for sentence in told["words"]:
        print(f"  {sentence}")
    print("Learnt from:")
    for source in whole["sources"]:
        print(f"  {source['name']}: {counted(source['notes'], 'note')}, {source['bars']:g} bars")


@style.command()
def forget(name: Annotated[str, typer.Argument(help="Name of the style.")]) -> None:
    """Delete a style; what was composed with it stays."""
    gone = answer("compose.forget_style", style=name)
    print(f'Forgot "{gone["name"]}".')


def _role(text: str) -> str:
    role = text.strip().lower()
    if role and role not in _ROLES:
        refuse(f"{text} is no role. Use one of: {', '.join(_ROLES)}.")
    return role


def _files(paths: list[Path]) -> Iterator[Path]:
    """Every MIDI file named, and those in folders named, in order, each once."""
    seen: set[Path] = set()
    for path in paths:
        inside = (
            sorted(each for each in path.rglob("*") if each.suffix.lower() in _ENDINGS) if path.is_dir() else [path]
        )
        if not inside:
            print(f"{path}: no MIDI files in this folder.", file=sys.stderr)
        for each in inside:
            if each.resolve() not in seen:
                seen.add(each.resolve())
                yield each


def _lessons(path: Path) -> list[tuple[str, dict[str, Any]]]:
    """What each track of a file teaches, with its role; what cannot be read is named and passed over."""
    from bridge.midi_read import read_midi
    from engine.errors import EngineError

    try:
        song = read_midi(path.absolute())
    except EngineError as problem:
        said = str(problem).rstrip(".")
        print(f"{path}: {said}. Passed over.", file=sys.stderr)
        return []
    if len(song.signatures) > 1:
        first = song.signatures[0]
        print(f"{path}: its metre changes; counted in {first.numerator}/{first.denominator}.", file=sys.stderr)
    taught = [(_plays(track), _lesson(path, song, track)) for track in song.tracks if _usable(path, track)]
    if not taught:
        print(f"{path}: no track with {_FEWEST} notes or more. Passed over.", file=sys.stderr)
    return taught


def _usable(path: Path, track: SongTrack) -> bool:
    if len(track.notes) > _MOST_NOTES:
        print(f"{path}: {track.name} has more than {_MOST_NOTES} notes. Passed over.", file=sys.stderr)
    return _FEWEST <= len(track.notes) <= _MOST_NOTES


def _plays(track: SongTrack) -> str:
    from bridge.cli.render import role_of_track

    said = role_of_track(track)
    return said if said in _ROLES else "melody"


def _lesson(path: Path, song: Song, track: SongTrack) -> dict[str, Any]:
    """A track as a lesson, from the first bar that holds notes to the last: its waiting is no part of its style."""
    bar = song.beats_per_bar
    first = min(note.start_time for note in track.notes) // bar * bar
    last = max(note.end_time for note in track.notes)
    signature = song.signatures[0]
    return {
        "name": (f"{path.stem}: {track.name}" if len(song.tracks) > 1 else path.stem)[:_LONGEST_NAME],
        "notes": [
            {
                "pitch": note.pitch,
                "start_time": round(note.start_time - first, 6),
                "duration": round(note.duration, 6),
                "velocity": note.velocity,
            }
            for note in track.notes
        ],
        "length": -(-(last - first - _CLOSE) // bar) * bar,
        "tempo": min(_FASTEST, max(_SLOWEST, song.tempos[0].tempo)),
        "signature_numerator": signature.numerator,
        "signature_denominator": signature.denominator,
    }


def _most(found: list[tuple[str, dict[str, Any]]]) -> str:
    """The role most tracks play; of two alike the one that comes first in `_ROLES`."""
    played = [role for role, _ in found]
    return max(_ROLES, key=played.count) if played else ""


def _others(found: list[tuple[str, dict[str, Any]]], chosen: str) -> None:
    played = [role for role, _ in found]
    left = [f"{counted(played.count(role), 'track')} of {role}" for role in _ROLES if role != chosen and role in played]
    if left:
        print(f"Passed over {' and '.join(left)}: learn them with --role, as a style of their own.", file=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.add_typer(style, name="style")
