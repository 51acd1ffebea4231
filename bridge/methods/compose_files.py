"""compose.*, where files are read and made: MIDI in and out, audio from a clip.

Files are those the user points at: whole paths, links followed, regular files. A file that is made is whole or not
there, and takes no other's place unless that was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.ears import whole_path
from bridge.jobs import JobStarted
from bridge.methods.compose_answers import Exported, ImportedMidi, ImportedTrack
from bridge.midi_song import SignatureAt, Song, SongTrack, TempoAt
from bridge.places import taken, to_be_made
from bridge.registry import method
from engine.errors import EngineError, InvalidValue
from engine.notes import beats_per_bar

if TYPE_CHECKING:
    from engine.compose.kit.request import RenderRequest

RENDER = "engine.compose.kit.render:render_job"

MOST_NOTES = 10_000
"""Notes of one answer or one request: what a frame of the wire holds."""

_ENDINGS = (".mid", ".midi")

FilePath = Annotated[str, Meta(min_length=1, max_length=4096)]
Tracks = Annotated[list[SongTrack], Meta(min_length=1, max_length=200)]
Tempo = Annotated[float, Meta(ge=20, le=999)]
KeyName = Annotated[str, Meta(min_length=1, max_length=40)]


@method("compose.render", needs=("engine.compose.kit.request",))
async def render(call: Call, request: RenderRequest) -> JobStarted:
    """Render a clip to a WAV file that a clip slot can take: drums with a kit, the rest with a voice.

    `job` names the job that does it: it tells job.progress, can be cancelled, and its job.done brings path, seconds,
    frames, rate, peak, sound, roles and notices. What cannot be is refused at once, and nothing is written.
    """
    from engine.compose.kit.place import folder_for, folder_there  # noqa: PLC0415 - nothing of the engine loads at start
    from engine.compose.kit.request import check_render  # noqa: PLC0415

    check_render(request)
    if request.folder is not None:
        folder_for(request.folder)
    if request.samples is not None:
        folder_there("samples", request.samples)
    asked = {name: value for name, value in msgspec.to_builtins(request).items() if value is not None}
    # A worker that is kept for hearing has the libraries and the kit's sounds already; without one, a fresh one is
    # quicker than getting one ready.
    jobs = call.runtime.jobs
    return jobs.start(call, RENDER, kept=jobs.crew.idle > 0, **asked)


@method("compose.import_midi")
def import_midi(path: FilePath, track: Annotated[int, Meta(ge=1)] | None = None) -> ImportedMidi:
    """Read a MIDI file: its tracks as notes for clips, how tempo and time signature go, drums known by channel 10.

    What is set right on the way is told in `notices`. A damaged file is refused in words.

    Args:
        path: Whole path of a standard MIDI file.
        track: Number of the one track to bring the notes of; left out: those of all, where they are 10,000 at most.
    """
    from bridge.midi_read import read_midi  # noqa: PLC0415

    where = whole_path(path)
    song = read_midi(where)
    wanted = _chosen(song, track)
    first = song.signatures[0]
    return ImportedMidi(
        name=where.stem[:200],
        length=song.length,
        clip_length=song.clip_length,
        tempo=song.tempos[0].tempo,
        tempos=song.tempos,
        signature_numerator=first.numerator,
        signature_denominator=first.denominator,
        signatures=song.signatures,
        tracks=[
            ImportedTrack(
                number=number,
                name=each.name,
                drums=each.drums,
                channel=each.channel,
                program=each.program,
                count=len(each.notes),
                notes=each.notes if number in wanted else [],
            )
            for number, each in enumerate(song.tracks, start=1)
        ],
        notices=song.notices,
    )


def _chosen(song: Song, track: int | None) -> set[int]:
    numbers = range(1, len(song.tracks) + 1)
    if track is not None and track not in numbers:
        hint = f"It has tracks 1 to {len(song.tracks)}." if song.tracks else "There are no notes in this file."
        raise InvalidValue("track", track, hint)
    wanted = set(numbers) if track is None else {track}
    count = sum(len(song.tracks[number - 1].notes) for number in wanted)
    if count > MOST_NOTES:
        each = ", ".join(f"{number} {one.name[:30]} ({len(one.notes)})" for number, one in enumerate(song.tracks, 1))
        hint = f"{count} notes are too many for one answer; choose a track of at most {MOST_NOTES}: {each[:300]}."
        raise InvalidValue("track", track, hint)
    return wanted


@method("compose.export_midi")
def export_midi(  # noqa: PLR0917 - the parameters of the wire, given by name
    path: FilePath,
    tracks: Tracks,
    length: Annotated[float, Meta(ge=0.0625, le=100_000)],
    tempo: Tempo = 120.0,
    tempos: Annotated[list[TempoAt], Meta(min_length=1, max_length=1000)] | None = None,
    signature_numerator: Annotated[int, Meta(ge=1, le=99)] = 4,
    signature_denominator: int = 4,
    signatures: Annotated[list[SignatureAt], Meta(min_length=1, max_length=1000)] | None = None,
    key: KeyName | None = None,
    replace: bool = False,
) -> Exported:
    """Write clips to a MIDI file: a track each, with names, tempo and time signature, whole or not at all.

    Args:
        path: Whole path of the file to make, ending in .mid; its folder is there.
        tracks: Name and notes of each; drums go to channel 10.
        length: Beats to where all tracks end; what lies behind is cut.
        tempo: Beats per minute.
        tempos: How tempo goes, for a song whose tempo changes; goes before `tempo`.
        signature_numerator: Beats in the signature.
        signature_denominator: 1, 2, 4, 8 or 16.
        signatures: How the time signature goes; goes before the two.
        key: For the key signature, in any usual spelling.
        replace: Take the place of a file that is there already.
    """
    from bridge.midi_write import write_song  # noqa: PLC0415
    from engine.theory.keys import parse_key  # noqa: PLC0415

    where = to_be_made(path, _ENDINGS, "MIDI", replace=replace)
    steady = SignatureAt(0.0, signature_numerator, signature_denominator)
    song = _song(length, tempos or [TempoAt(0.0, tempo)], signatures or [steady], tracks)
    sign = parse_key(key) if key is not None else None
    try:
        write_song(where, song, sign, replace=replace)
    except FileExistsError:
        raise taken(path) from None
    except OSError:
        raise EngineError(
            "The file cannot be written", "Look at the permissions of the folder and the room on the disk."
        ) from None
    return Exported(path=str(where), tracks=len(tracks), notes=sum(len(track.notes) for track in tracks))


def _song(length: float, tempos: list[TempoAt], signatures: list[SignatureAt], tracks: list[SongTrack]) -> Song:
    """A song that can be written.

    Raises:
        InvalidValue: a map does not begin at 0, a signature is none, or a note is none.
    """
    from engine.compose.checks import check_notes  # noqa: PLC0415

    for field, starts in (("tempos", [at.start for at in tempos]), ("signatures", [at.start for at in signatures])):
        if starts != sorted(set(starts)) or starts[0] != 0:
            raise InvalidValue(field, starts, "Give them in order, the first with a start of 0, no two at one beat.")
    for at in signatures:
        beats_per_bar(at.numerator, at.denominator)
    if sum(len(track.notes) for track in tracks) > MOST_NOTES:
        raise InvalidValue("tracks", tracks, f"A file is made of at most {MOST_NOTES} notes.")
    for number, track in enumerate(tracks):
        check_notes(f"tracks[{number}].notes", track.notes)
    return Song(length, tempos, signatures, tracks)
