"""What hearing is in two minds about, decided by what the user tends to set right; see ``engine.taste.corrections``.

The cache holds what was heard and nothing of this, so a habit that changes changes every answer. Beats follow the tempo
that is chosen, as they follow one that the user sets; what hangs on them is heard on those beats
(`engine.hear.remembered`). No numpy: the engine answers with this.
"""

from __future__ import annotations

import msgspec

from engine import typed
from engine.hear.corrected import Heard, corrected_key, corrected_rhythm
from engine.hear.rhythm_result import Rhythm
from engine.taste.corrections import Habits, Lean, lean_key, lean_tempo
from engine.theory.keys import Key, usual_key

__all__ = ["leaned_key", "leaned_rhythm", "leaning_tempo", "told_rhythm"]


def leaning_tempo(rhythm: Rhythm, habits: Habits) -> float | None:
    """The tempo that goes before the one that was heard.

    Args:
        rhythm: What was heard.
        habits: What the user tends to set right.

    Returns:
        BPM; None where what was heard stands.
    """
    lean = _lean(rhythm, habits)
    return None if lean is None else rhythm.tempo.candidates[lean.place].bpm


def leaned_rhythm(rhythm: Rhythm, habits: Habits) -> Rhythm:
    """A rhythm at the tempo that goes first by habit; the same where that is the one that was heard.

    Args:
        rhythm: What was heard.
        habits: What the user tends to set right.
    """
    lean = _lean(rhythm, habits)
    if lean is None:
        return rhythm
    chosen = rhythm.tempo.candidates[lean.place]
    moved = corrected_rhythm(rhythm, chosen.bpm)
    others = [each for place, each in enumerate(rhythm.tempo.candidates) if place != lean.place]
    words = f"{chosen.bpm:.2f} BPM, {lean.words}; {others[0].bpm:.2f} is as well possible."
    tempo = msgspec.structs.replace(
        moved.tempo, confidence=chosen.confidence, candidates=[chosen, *others], words=words
    )
    return msgspec.structs.replace(moved, tempo=tempo)


def leaned_key(detail: Heard, habits: Habits) -> Heard:
    """Details of a key with the one first that goes first by habit; the same where that is the one that was heard.

    Args:
        detail: What was heard, the fields of `engine.hear.key_result.Key`.
        habits: What the user tends to set right.
    """
    scores = detail.get("scores") or []
    if not habits.key or len(scores) != _KEYS or not detail.get("key"):
        return detail
    lean = lean_key(habits, [_named(place) for place in range(_KEYS)], scores)
    if lean is None:
        return detail
    moved = corrected_key(detail, _named(lean.place).name)
    words = (
        f"{moved['key'][0].upper()}{moved['key'][1:]} ({moved['camelot']}), {lean.words}; {detail['key']} is as well"
    )
    share = round(float(scores[lean.place]), 4)
    sections = [_unsure(section, moved["camelot"], detail) for section in moved["sections"]]
    return moved | {
        "confidence": share,
        "ambiguity": detail["ambiguity"],
        "words": f"{words} possible.",
        "sections": sections,
        "scores": scores,
    }


_KEYS = 24


def _lean(rhythm: Rhythm, habits: Habits) -> Lean | None:
    if not habits.tempo or not rhythm.tempo.bpm or not rhythm.beats:
        return None
    return lean_tempo(habits, [(each.bpm, each.confidence) for each in rhythm.tempo.candidates])


def _named(place: int) -> Key:
    """The key at a place of the scores: C major to B major, then C minor to B minor."""
    return usual_key(place % 12, "minor" if place >= 12 else "major")


def _unsure(section: Heard, camelot: str, detail: Heard) -> Heard:
    """A section that was moved along is as sure as it was, not as sure as what a user says."""
    return section | {"confidence": detail["confidence"]} if section["camelot"] == camelot else section


def told_rhythm(heard: Heard, habits: Habits) -> Heard:
    """The fields of `Rhythm` as JSON has them, leaned; the very same where nothing is."""
    if not habits.tempo:
        return heard
    rhythm = typed.convert(heard, Rhythm)
    moved = leaned_rhythm(rhythm, habits)
    return heard if moved is rhythm else msgspec.to_builtins(moved)
