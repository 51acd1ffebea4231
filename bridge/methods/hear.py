"""hear.*: what a file or a clip is. What is known comes at once; what is not is heard by a kept worker, as a job.

Files are those the user points at: whole paths, links followed, regular files. A file is known by its content, so what
was heard or said of it stays true when it is moved, and is heard anew when it changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from msgspec import Meta

import presets
from bridge.call import Call
from bridge.ears import whole_path
from bridge.errors import InvalidParams
from bridge.methods.hear_answers import AnalysisHeard, Capture, ClipKeyHeard, Corrections, Released, ReleaseProfile
from bridge.registry import method
from bridge.tasting.habits import forget_correction, learn_correction, read_habits, with_habits
from engine.hear import captures
from engine.notes import Note

if TYPE_CHECKING:
    from engine.hear.remembered import Memory

Path = Annotated[str, Meta(min_length=1, max_length=4096)]
Seconds = Annotated[float, Meta(ge=0, le=1_000_000)]
Tempo = Annotated[float, Meta(ge=20, le=999)]
Profile = Annotated[str, Meta(min_length=1, max_length=40)]
Parts = Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(min_length=1, max_length=40)]
KeyName = Annotated[str, Meta(min_length=1, max_length=40)]
Notes = Annotated[list[Note], Meta(max_length=10_000)]

ANALYSIS = "engine.hear.errands:analysis"


@method("hear.analyze")
async def analyze(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    path: Path,
    start: Seconds | None = None,
    end: Seconds | None = None,
    parts: Parts | None = None,
    tempo: Tempo | None = None,
    profile: Profile | None = None,
) -> AnalysisHeard:
    """Hear what a file is: tempo, key, loudness, energy, timbre, and how sure that is.

    What was heard before comes at once in `analysis`. Otherwise `job` names the job that hears it: it tells
    job.progress, can be cancelled, and its job.done brings the analysis.

    Args:
        call: Who asks.
        path: Whole path of an audio file.
        start: Seconds into the file from where to hear; left out: its beginning.
        end: Seconds into the file up to where; left out: its end.
        parts: What to hear, and nothing else; left out: everything.
        tempo: BPM of the Set. A prior, never the answer.
        profile: What the release check holds it against; left out: release.
    """
    asked = given(start=start, end=end, parts=parts, tempo=tempo, profile=profile)
    found, asked = await recalled(call, path, asked)
    if found is not None:
        return AnalysisHeard(analysis=found)
    return AnalysisHeard(job=call.runtime.jobs.start(call, ANALYSIS, kept=True, path=path, **asked).job)


@method("hear.profiles")
def profiles() -> list[ReleaseProfile]:
    """Return what a file can be held against before it goes out."""
    found = [(name, presets.load(f"release/{name}")) for name in presets.names("release")]
    return [ReleaseProfile(id=name, name=each["name"], description=each["description"]) for name, each in found]


@method("hear.clip_key")
def clip_key(notes: Notes, drums: bool = False) -> ClipKeyHeard:
    """Hear the key of a MIDI clip, in the words of hear.key: notes are heard at once, without a job.

    Args:
        notes: The clip's notes.
        drums: The notes are hits of a drum kit, not pitches.
    """
    from engine.hear.midi_key import clip_key as key  # noqa: PLC0415 - numpy, which an idle engine does without

    return ClipKeyHeard(result=msgspec.to_builtins(key(notes, drums=drums)))


@method("hear.correct")
async def correct(call: Call, path: Path, bpm: Tempo | None = None, key: KeyName | None = None) -> Corrections:
    """Set right what was heard in a file. It wins from now on, wherever the same content lies.

    Nothing that is told of the file then says otherwise: beats and bars follow the tempo, sections the key, and
    `corrected` is true. What hangs on the beats (complexity, energy, sections, traits) is heard again on the new ones
    when it is asked for next, so that asking may start a job once more.

    What you tend to set right (half or double tempi, relative or parallel keys) decides from then on where hearing is
    in two minds; taste.habits tells it.

    Args:
        call: Who asks.
        path: Whole path of the file.
        bpm: Its tempo; left out: as it was.
        key: Its key in any usual spelling, major or minor; left out: as it was.
    """
    if bpm is None and key is None:
        raise InvalidParams("There is nothing to set right", "Give bpm, key or both.", "bpm")
    where = whole_path(path)
    said = await call.runtime.ears.remembering(lambda memory: memory.correct(where, bpm=bpm, key=key))
    digest, heard = await call.runtime.ears.remembering(lambda memory: memory.first_heard(where))
    await learn_correction(call, digest, heard, (bpm, said.key if key is not None else None))
    return Corrections(bpm=said.bpm, key=said.key)


@method("hear.corrections")
async def corrections(call: Call, path: Path) -> Corrections:
    """Say what the user set right of a file.

    Args:
        call: Who asks.
        path: Whole path of the file.
    """
    where = whole_path(path)
    said = await call.runtime.ears.remembering(lambda memory: memory.correction(where))
    return Corrections(bpm=said.bpm, key=said.key)


@method("hear.forget")
async def forget(call: Call, path: Path) -> Corrections:
    """Forget what the user set right of a file: what is heard stands again.

    Args:
        call: Who asks.
        path: Whole path of the file.
    """
    where = whole_path(path)
    await call.runtime.ears.remembering(lambda memory: memory.forget_correction(where))
    digest, _ = await call.runtime.ears.remembering(lambda memory: memory.first_heard(where))
    await forget_correction(call, digest)
    return Corrections()


@method("hear.capture")
async def capture(call: Call, seconds: Annotated[float, Meta(gt=0, le=captures.MOST_SECONDS)]) -> Capture:
    """Name a file to record a WAV into. The folder is bounded: the oldest captures go, not those being analysed.

    Args:
        call: Who asks.
        seconds: How long it will be.
    """
    call.runtime.jobs.crew.prepare()
    busy = {str(params["path"]) for params in call.runtime.jobs.params() if "path" in params}
    return Capture(str(await call.runtime.ears.aside(lambda: captures.fresh(seconds, busy))))


@method("hear.release")
async def release(call: Call, path: Path) -> Released:
    """Remove a capture that is not needed any more.

    Args:
        call: Who asks.
        path: As hear.capture gave it; any other file is left alone.
    """
    return Released(await call.runtime.ears.aside(lambda: captures.release(path)))


def given(**asked: Any) -> dict[str, Any]:
    """Leave out what was left out."""
    return {name: value for name, value in asked.items() if value is not None}


async def recalled(call: Call, path: str, asked: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """Return what was heard before, or None; and the question with what the user tends to set right.

    Args:
        call: Who asks.
        path: From the wire.
        asked: As in `engine.hear.remembered.Memory.hear`.
    """
    where = whole_path(path)

    def look(memory: Memory) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        whole = with_habits(call, asked)
        return memory.recall(where, **read_habits(whole)), whole

    return await call.runtime.ears.remembering(look)
