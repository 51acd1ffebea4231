"""A clip of what a part played, bar by bar and steered all the while, as a take that can be rated and found again."""

from __future__ import annotations

from hashlib import blake2s
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.compose.checks import check_notes
from engine.compose.request import ChordsContext, Numerator, Seed, Tempo, Text
from engine.compose.stream.macros import settings_of
from engine.compose.stream.options import styles_of
from engine.compose.stream.request import Macros, Role
from engine.errors import InvalidValue
from engine.notes import Note, beats_per_bar
from engine.taste.described import moment_of
from engine.taste.mark import mark_of
from engine.taste.store.records import Take
from engine.taste.traits import traits

__all__ = ["PlayedClip", "played_take"]


class PlayedClip(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was played, and by whom.

    Attributes:
        role: who played.
        style: id of the style it was played in, as an answer of compose.stream told it.
        seed: of the part.
        notes: the clip's, as Live holds them: by these it is found again.
        length: beats of the clip.
        tempo: beats per minute.
        signature_numerator: of the song.
        signature_denominator: of the song.
        macros: where they stood in the mean while it was played.
        key: of the harmony, as the answer told it; "" for drums.
        context: what surrounds the part.
    """

    role: Role
    style: Text
    seed: Seed
    notes: Annotated[list[Note], Meta(min_length=1, max_length=10_000)]
    length: Annotated[float, Meta(gt=0, le=16_384)]
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Annotated[int, Meta(ge=1, le=16)] = 4
    macros: Macros = Macros()
    key: Annotated[str, Meta(max_length=100)] = ""
    context: ChordsContext | None = None


class _Resolved(msgspec.Struct, frozen=True):
    style: str
    key: str


def played_take(clip: PlayedClip, device: str, when: int) -> Take:
    """The take of a clip of what was played.

    No recipe makes it again, for macros moved under somebody's hands; what they came to in the mean tells what it is.

    Args:
        clip: what was played.
        device: who asks.
        when: nanoseconds of the Unix clock.

    Raises:
        InvalidValue: field "style", "notes" or "signature_denominator".
    """
    if clip.style not in styles_of(clip.role):
        raise InvalidValue("style", clip.style, f"Give the id of a style that compose.stream has for {clip.role}.")
    check_notes("notes", clip.notes)
    bar = beats_per_bar(clip.signature_numerator, clip.signature_denominator)
    mark = mark_of(clip.notes)
    resolved = _Resolved(clip.style, clip.key)
    return Take(
        id=blake2s(f"played {clip.role} {clip.style} {clip.seed} {mark}".encode(), digest_size=5).hexdigest(),
        method="compose.stream",
        role=clip.role,
        seed=clip.seed,
        resolved=settings_of(clip.role, clip.style, clip.macros).values | msgspec.structs.asdict(resolved),
        context=moment_of(clip, resolved, clip.role, device, when),
        features=traits(clip.notes, clip.length, bar).tolist(),
        mark=mark,
        made=when,
    )
