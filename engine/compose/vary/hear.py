"""Which key the notes of a clip are in; heard once for the same notes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from engine.notes import Note
from engine.theory.keys import Key, usual_key

__all__ = ["heard_key"]

_Heard = tuple[int, float, float, float]


def heard_key(notes: Sequence[Note], bar: float) -> tuple[Key | None, float]:
    """Hears a clip's key.

    Args:
        notes: the clip's; no drums.
        bar: beats in a bar.

    Returns:
        The key, or None where the notes tell none (a single pitch class), and how sure it is, 0..1.
    """
    # Knobs ask about the same clip again and again.
    sounding = [note for note in notes if not note.mute and note.probability > 0 and note.velocity > 0] or notes
    return _heard(tuple((note.pitch, note.start_time, note.duration, note.velocity) for note in sounding), bar)


@lru_cache(maxsize=32)
def _heard(notes: tuple[_Heard, ...], bar: float) -> tuple[Key | None, float]:
    # Hearing brings numbers with it that a start has no use for.
    from engine.hear.midi_key import clip_key  # noqa: PLC0415

    heard = clip_key([Note(*note) for note in notes], beats_per_bar=bar)
    if heard.tonic is None or heard.mode is None:
        return None, 0.0
    return usual_key(heard.tonic, heard.mode), heard.confidence
