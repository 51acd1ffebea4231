"""Turns a clip into a WAV file: picks the sound, plays the notes, levels, writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from engine import typed
from engine.compose.dice import Dice
from engine.compose.kit.general_midi import roles_by_pitch
from engine.compose.kit.hits import Stereo, built_in_hit
from engine.compose.kit.mix import Canvas, mix_drums, mix_pitched
from engine.compose.kit.place import file_name, folder_for, write_render
from engine.compose.kit.request import RenderRequest, RenderResult, RoleSound, check_render
from engine.compose.kit.shelf import kit_sounds
from engine.compose.kit.signal import Floats
from engine.compose.kit.voices import VOICES
from engine.compose.kit.wav import limited, wav_bytes
from engine.errors import InvalidValue
from engine.notes import Note, beats_to_seconds

if TYPE_CHECKING:
    from engine.compose.kit.samples import Samples

__all__ = ["mixed_samples", "render", "render_job", "rendered_samples"]

Progress = Callable[[int, int, str], None]

_TICKS = 960
_VOICE_OF = {"bass": "bass", "melody": "lead", "chords": "keys", "arp": "pluck"}
_DEEP_STYLES = ("trap", "drill", "808")
_SLOW_STYLES = ("ambient", "drone", "cinematic")


class Mixed(msgspec.Struct, frozen=True):
    """A mix as loud as it comes.

    Attributes:
        samples: shape (frames, 2), levels beside a kick; may go beyond full scale.
        sound: the built-in kit or voice in use.
        roles: what played each role.
        notices: what was decided.
    """

    samples: Floats
    sound: str
    roles: list[RoleSound]
    notices: list[str]


class Rendered(msgspec.Struct, frozen=True):
    """A mix before it is written.

    Attributes:
        samples: shape (frames, 2), true peak at or below the ceiling.
        peak: true peak, dB.
        sound, roles, notices: as in ``Mixed``.
    """

    samples: Floats
    peak: float
    sound: str
    roles: list[RoleSound]
    notices: list[str]


def render(request: RenderRequest, progress: Progress = lambda *_: None) -> RenderResult:
    """Renders a clip to a file of its own; nothing is ever written over.

    Args:
        request: what is wanted; see ``RenderRequest``.
        progress: told how far it is.

    Returns:
        Where the file is and what is in it.

    Raises:
        InvalidValue: for anything outside what is allowed; then nothing is written.
        EngineError: the file cannot be written.
    """
    check_render(request)
    folder = folder_for(request.folder)
    made = rendered_samples(request, progress)
    progress(3, 4, "Writing the file")
    name = file_name(request.name or request.role.capitalize(), request.tempo)
    path = write_render(folder, name, wav_bytes(made.samples, request.rate))
    return RenderResult(
        path=str(path),
        seconds=round(len(made.samples) / request.rate, 6),
        frames=len(made.samples),
        rate=request.rate,
        peak=made.peak,
        sound=made.sound,
        roles=made.roles,
        notices=made.notices,
    )


def render_job(progress: Progress, **asked: object) -> object:
    """The same in a worker process.

    Args:
        progress: told how far it is.
        asked: a ``RenderRequest`` as JSON has it.
    """
    return msgspec.to_builtins(render(typed.convert(asked, RenderRequest), progress))


def rendered_samples(request: RenderRequest, progress: Progress = lambda *_: None) -> Rendered:
    """Plays a clip into samples, without writing them.

    Args:
        request: checked.
        progress: told how far it is.

    Raises:
        InvalidValue: field "sound" or "samples".
    """
    progress(1, 4, "Playing the notes")
    mix = mixed_samples(request)
    progress(2, 4, "Levelling")
    samples, peak = limited(mix.samples)
    notices = mix.notices
    if peak <= -120:
        notices = [*notices, "Nothing sounds in this clip, so the file is silent."]
    return Rendered(samples, peak, mix.sound, mix.roles, notices)


def mixed_samples(request: RenderRequest) -> Mixed:
    """Plays a clip as loud as it comes.

    Args:
        request: checked.

    Raises:
        InvalidValue: field "sound" or "samples".
    """
    dice = Dice(request.seed)
    frames = max(1, round(beats_to_seconds(request.length, request.tempo) * request.rate))
    canvas = Canvas(request.rate, frames, request.tempo, request.tail)
    notes = _sounding(request, dice)
    sound = _sound(request)
    played = _drums if request.role == "drums" else _pitched
    samples, roles, notices = played(request, notes, sound, canvas)
    return Mixed(samples, sound, roles, notices)


def _sounding(request: RenderRequest, dice: Dice) -> list[Note]:
    """The notes that play this time, in order, within the clip."""
    ordered = sorted(request.notes, key=lambda note: (note.start_time, note.pitch))
    inside = (note for note in ordered if not note.mute and 0 <= note.start_time < request.length)
    return [
        note
        for note in inside
        if note.probability >= 1
        or dice.uniform("sounds", round(note.start_time * _TICKS), note.pitch) < note.probability
    ]


def _sound(request: RenderRequest) -> str:
    kits = kit_sounds()
    if request.sound == "auto":
        return _suiting(request)
    fits = kits if request.role == "drums" else VOICES
    if request.sound not in fits:
        hint = f"For {request.role} use one of: auto, {', '.join(fits)}."
        raise InvalidValue("sound", request.sound, hint)
    return request.sound


def _suiting(request: RenderRequest) -> str:
    style = request.style.strip().lower().replace(" ", "_").replace("-", "_")
    if request.role == "drums":
        kits = kit_sounds()
        return next((kit.id for kit in kits.values() if style in kit.words), next(iter(kits)))
    if request.role == "bass" and style in _DEEP_STYLES:
        return "808"
    if request.role == "chords" and style in _SLOW_STYLES:
        return "pad"
    return _VOICE_OF[request.role]


def _pitched(
    _request: RenderRequest, notes: list[Note], sound: str, canvas: Canvas
) -> tuple[Floats, list[RoleSound], list[str]]:
    return mix_pitched(notes, sound, canvas), [], []


def _drums(
    request: RenderRequest, notes: list[Note], sound: str, canvas: Canvas
) -> tuple[Floats, list[RoleSound], list[str]]:
    roles = roles_by_pitch(request.kit)
    own = _own(request)
    names: dict[str, str] = {}

    def source(role: str, layer: int, alternate: int) -> Stereo:
        hit = own.hit(role, layer) if own else None
        names[role] = own.used[role] if own and hit is not None else kit_sounds()[sound].name
        return built_in_hit(sound, role, layer, alternate, request.rate) if hit is None else hit

    mixed = mix_drums(notes, roles, source, canvas)
    notices = list(own.notices) if own else []
    if own:
        missing = sorted(role for role in names if role not in own.used)
        if missing:
            notices.append(f"No sample for {', '.join(missing)}: the built-in kit plays it.")
    strange = sorted({note.pitch for note in notes if note.pitch not in roles})
    if strange:
        notices.append(f"No drum lies on {', '.join(map(str, strange[:8]))}: these notes are silent.")
    return mixed, [RoleSound(role, name) for role, name in sorted(names.items())], notices


def _own(request: RenderRequest) -> Samples | None:
    if request.samples is None:
        return None
    # libsndfile and soxr: only where there is a file to decode.
    from engine.compose.kit.samples import Samples, find_samples  # noqa: PLC0415

    return Samples(find_samples(request.samples), request.rate, Dice(request.seed))
