"""`bandmate render`: hear a MIDI file without Live. A WAV for each of its tracks, without an engine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from bridge.midi_song import Song, SongTrack

EXIT_REFUSED = 1

# Words in a track's name and what they make of it; General MIDI's families of sounds where the name says nothing.
_WORDS = {"bass": "bass", "808": "bass", "arp": "arp", "pluck": "arp", "sequence": "arp", "chord": "chords"}
_WORDS |= {"pad": "chords", "keys": "chords", "piano": "chords", "strings": "chords", "lead": "melody"}
_BASSES = range(32, 40)
_CHORDS_AT_ONCE = 1.5
"""Notes that begin together, on average, from which a track is chords and no melody."""


def render(  # noqa: PLR0917 - the options of the command line, given by name
    path: Annotated[Path, typer.Argument(help="A MIDI file.")],
    folder: Annotated[
        Path | None, typer.Option(help="Where the files go; left out: Bandmate/Renders in your music.")
    ] = None,
    sound: Annotated[
        str, typer.Option(help="A kit for drums, a voice for the rest; auto: what suits each track.")
    ] = "auto",
    style: Annotated[str, typer.Option(help="The music it is from (trap), for auto.")] = "",
    samples: Annotated[Path | None, typer.Option(help="A folder with your own drum sounds.")] = None,
    rate: Annotated[int, typer.Option(help="Samples per second: 44100 or 48000.")] = 44100,
    tail: Annotated[str, typer.Option(help="loop, cut or keep what rings past the end.")] = "loop",
) -> None:
    """Render each track of a MIDI file to a WAV file; nothing is written over."""
    from bridge.midi_read import read_midi
    from engine.compose.kit.render import render as rendered
    from engine.errors import EngineError, InvalidValue

    wanted = {"sound": sound, "style": style, "rate": rate, "tail": tail}
    wanted |= {name: str(each.absolute()) for name, each in (("folder", folder), ("samples", samples)) if each}
    try:
        song = read_midi(path.absolute())
        notices = [*song.notices, *_steady(song)]
        for track in song.tracks:
            made = rendered(_request(song, track, f"{path.stem} {track.name}", wanted))
            notices += [f"{track.name}: {notice}" for notice in made.notices]
            print(f"{made.path}: {track.name}, {made.sound}, {made.seconds:.2f} s, peak {made.peak:.1f} dB")
    except (InvalidValue, EngineError) as problem:
        said = str(problem)
        print(said if problem.hint in said else f"{said.rstrip('.')}. {problem.hint}", file=sys.stderr)
        raise typer.Exit(EXIT_REFUSED) from None
    for notice in notices:
        print(notice, file=sys.stderr)


def _request(song: Song, track: SongTrack, name: str, wanted: dict[str, Any]) -> Any:
    import msgspec

    from engine.compose.kit.request import RenderRequest

    role = role_of_track(track)
    # A kit asked for is for the drums, a voice for the rest; samples are drums.
    asked = {**wanted, "sound": wanted["sound"] if _fits(wanted["sound"], role) else "auto"}
    if role != "drums":
        asked.pop("samples", None)
    plain = {
        "notes": [],
        "length": song.clip_length,
        "tempo": song.tempos[0].tempo,
        "role": role,
        "name": name,
        **asked,
    }
    try:
        request = msgspec.convert(plain, RenderRequest)
    except msgspec.ValidationError as problem:
        from engine.errors import InvalidValue

        field = str(problem).rpartition("$.")[2].rstrip("`")
        hint = f"{str(problem).partition(' - ')[0]}."
        raise InvalidValue(field, plain.get(field), hint) from None
    return msgspec.structs.replace(request, notes=track.notes)


def _fits(sound: str, role: str) -> bool:
    from engine.compose.kit.shelf import kit_sounds
    from engine.compose.kit.voices import VOICES

    known = kit_sounds() if role == "drums" else VOICES
    # A word nobody knows is refused, not passed over.
    return sound in known or sound not in {**kit_sounds(), **VOICES}


def role_of_track(track: SongTrack) -> str:
    """What a track plays: by its channel, its name, its sound, and how many of its notes begin together.

    Args:
        track: of a song that was read.

    Returns:
        A role as compose.render knows it.
    """
    if track.drums:
        return "drums"
    name = track.name.lower()
    said = next((role for word, role in _WORDS.items() if word in name), None)
    if said:
        return said
    if track.program in _BASSES:
        return "bass"
    together = len(track.notes) / max(1, len({round(note.start_time, 2) for note in track.notes}))
    return "chords" if together >= _CHORDS_AT_ONCE else "melody"


def _steady(song: Song) -> list[str]:
    if len(song.tempos) == 1:
        return []
    return [f"The tempo changes; all is rendered at {song.tempos[0].tempo:g} BPM, that of the beginning."]


def register(app: typer.Typer) -> None:
    """Add the verb of this module."""
    app.command()(render)
