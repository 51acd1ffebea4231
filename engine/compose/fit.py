"""Fitting what is there into a key: a MIDI clip note by note, a recording by its transposition.

The clip's own home goes to the home of the key that is wanted by the shortest way, and each degree to its place in that
scale. Where clip and key differ in mode there is a second way: C major has the notes of A minor, so a clip in major may
become the relative major of a minor key and stay in major. Of the two the shorter one is taken.
"""

from __future__ import annotations

import msgspec

from engine.compose.checks import check_context
from engine.compose.find_key import FoundKey, known_key
from engine.compose.fit_notes import best_octave, in_scale, into_key, likely_mode, nearest_interval
from engine.compose.fit_request import COARSEST, AudioFit, AudioFitRequest, FitRequest, FitResult
from engine.compose.request import ChordsContext
from engine.notes import Note
from engine.theory.keys import Key, parse_key, relative, usual_key

__all__ = ["AudioFit", "AudioFitRequest", "FitRequest", "FitResult", "fit", "fit_audio"]

SURE = 0.5
"""Confidence from which a key is taken for heard; below it is called a guess."""

OUT_OF_TUNE = 20.0
"""Cents from which it is said that a recording is out of tune."""

_NOWHERE = "No key to fit to: choose one, or switch Live's scale on"


class _Home(msgspec.Struct, frozen=True):
    """The key a clip is in, and how sure that is."""

    key: Key
    confidence: float


def fit(request: FitRequest) -> FitResult:
    """Brings a clip's notes into a key.

    Args:
        request: the notes and the key.

    Returns:
        The notes; every one lies in the key. They are as they were, and ``words`` say why, when they lie in it already,
        when no key is known to fit to, or when the clip has none to start from (drums, no notes).

    Raises:
        InvalidValue: for a key or mode that does not exist.
    """
    home, why_not = _home_of(request)
    found = _wanted(request.key, request.mode, request.context, home)
    if not request.notes or request.drums:
        return _as_it_was(request, why_not)
    if found is None:
        return _as_it_was(request, _NOWHERE)
    if in_scale(request.notes, found.key):
        return _as_it_was(request, f"Already in {found.key.name}: nothing moved", found)
    if home is None:
        return _as_it_was(request, why_not, found)
    return _fitted(request, home, found)


def _as_it_was(request: FitRequest, words: str, found: FoundKey | None = None) -> FitResult:
    if found is None:
        return FitResult(notes=request.notes, words=words)
    key, notices = found.key, list(found.notices)
    return FitResult(notes=request.notes, words=words, key=key.name, camelot=key.camelot, notices=notices)


def _fitted(request: FitRequest, home: _Home, found: FoundKey) -> FitResult:
    target = found.key
    interval, mode = _way(request.notes, home.key, target)
    pitches = into_key(request.notes, interval, mode, target)
    pairs = list(zip(request.notes, pitches, strict=True))
    bent = sum(pitch - note.pitch != interval for note, pitch in pairs)
    return FitResult(
        notes=[msgspec.structs.replace(note, pitch=pitch) for note, pitch in pairs],
        moved=sum(pitch != note.pitch for note, pitch in pairs),
        bent=bent,
        transposed=interval,
        key=target.name,
        camelot=target.camelot,
        clip_key=home.key.name,
        confidence=home.confidence,
        words=_moved_words(interval, bent, _moved(home.key, interval), target),
        notices=[*found.notices, *_doubt(home), *_kept_mode(_moved(home.key, interval), target)],
    )


def fit_audio(request: AudioFitRequest) -> AudioFit:
    """Finds the transposition that brings a recording into a key.

    A recording keeps its mode: in a key of the other one it becomes the relative.

    Args:
        request: its key, how it is transposed, and the key that is wanted.

    Returns:
        The transposition nearest to the one it has; the same one, and ``words`` say why, when nothing has to change.

    Raises:
        InvalidValue: for a key or mode that does not exist.
    """
    home = _Home(parse_key(request.clip_key), request.confidence)
    # Detuned by more than half a semitone a recording sounds in the next key.
    cents = request.fine + (request.tuning_cents or 0.0)
    sounding = _moved(home.key, request.coarse + round(cents / 100))
    found = _wanted(request.key, request.mode, request.context, home)
    if found is None:
        return AudioFit(coarse=request.coarse, sounds=sounding.name, words=_NOWHERE)
    target = found.key
    goal = target if target.minor_third == sounding.minor_third else relative(target)
    coarse = _reachable(request.coarse, nearest_interval(goal.tonic_pc - sounding.tonic_pc))
    moved = coarse - request.coarse
    after = _moved(sounding, moved)
    words = _transposed(moved, after, target) if moved else f"Already in {target.name}: nothing moved"
    return AudioFit(
        coarse=coarse,
        transposed=moved,
        key=target.name,
        camelot=target.camelot,
        sounds=after.name,
        words=words,
        notices=[*found.notices, *_doubt(home), *_kept_mode(after, target), *_off(cents - 100 * round(cents / 100))],
    )


def _home_of(request: FitRequest) -> tuple[_Home | None, str]:
    """The key a clip is in, or None and why not."""
    if request.clip_key is not None and not request.drums:
        return _Home(parse_key(request.clip_key), 1.0), ""
    # Hearing brings numbers with it that the composer has no use for.
    from engine.hear.midi_key import clip_key  # noqa: PLC0415

    heard = clip_key(_heard(request), drums=request.drums)
    if heard.tonic is None or heard.mode is None:
        return None, heard.words.rstrip(".")
    return _Home(usual_key(heard.tonic, heard.mode), heard.confidence), ""


def _heard(request: FitRequest) -> list[Note]:
    """The notes that the clip plays; all where it plays none of them."""
    begin = request.start if request.start is not None else float("-inf")
    end = begin + request.length if request.length is not None and request.start is not None else float("inf")
    return [note for note in request.notes if begin <= note.start_time < end] or request.notes


def _wanted(key: str | None, mode: str | None, context: ChordsContext | None, home: _Home | None) -> FoundKey | None:
    if context is not None:
        check_context(context)
    found = known_key(key, mode, context)
    if found is None or not found.mode_open or home is None:
        return found
    # A note alone was asked for: a clip in minor stays in minor.
    own = usual_key(found.key.tonic_pc, "minor" if home.key.minor_third else "major")
    return msgspec.structs.replace(found, key=own, mode_open=False)


def _way(notes: list[Note], home: Key, target: Key) -> tuple[int, str]:
    """The interval to move by, and the mode as whose degrees the moved notes are read from the target's tonic."""
    gender = "minor" if home.minor_third else "major"
    own = likely_mode(notes, home.tonic_pc, gender) if home.mode == gender else home.mode
    straight = nearest_interval(target.tonic_pc - home.tonic_pc)
    sideways = nearest_interval(relative(target).tonic_pc - home.tonic_pc)
    if home.minor_third != target.minor_third and abs(sideways) < abs(straight):
        return best_octave(notes, sideways), target.mode
    return best_octave(notes, straight), own


def _moved(key: Key, semitones: int) -> Key:
    return usual_key(key.tonic_pc + semitones, key.mode)


def _reachable(coarse: int, interval: int) -> int:
    """A transposition Live takes: an octave the other way where it would go past the end."""
    to = coarse + interval
    return to - 12 if to > COARSEST else to + 12 if to < -COARSEST else to


def _moved_words(interval: int, bent: int, after: Key, target: Key) -> str:
    notes = f"{bent} note{'' if bent == 1 else 's'}"
    if interval == 0:
        return f"Moved {notes} into {target.name}"
    return _transposed(interval, after, target) + (f", {notes} bent" if bent else "")


def _transposed(interval: int, after: Key, target: Key) -> str:
    if _relatives(after, target):
        return f"Transposed {interval:+d}: {after.name} fits {target.name}"
    return f"Transposed {interval:+d} to {target.name}"


def _relatives(after: Key, target: Key) -> bool:
    return after.minor_third != target.minor_third and after.tonic_pc != target.tonic_pc


def _doubt(home: _Home) -> list[str]:
    if home.confidence >= SURE:
        return []
    return [f"The clip's own key is a guess: {home.key.name}, {home.confidence:.0%} sure."]


def _kept_mode(after: Key, target: Key) -> list[str]:
    if not _relatives(after, target):
        return []
    return [f"It sounds in {after.name}, the relative of {target.name}: the same notes, another home."]


def _off(cents: float) -> list[str]:
    if abs(cents) <= OUT_OF_TUNE:
        return []
    return [f"It is {abs(cents):.0f} cents {'sharp' if cents > 0 else 'flat'}: Detune is as it was."]
