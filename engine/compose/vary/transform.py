"""One well-known thing done to a clip, or to a range of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from hashlib import blake2s

import msgspec

from engine.compose.dice import Dice, draw_seed
from engine.compose.part.harmony import take_id
from engine.compose.vary.request import check_range
from engine.compose.vary.transform_notes import fill_in, merge, split, thin_out
from engine.compose.vary.transform_pitch import fitted, invert, octave, reharmonise
from engine.compose.vary.transform_request import KINDS, TransformRequest, TransformResult, check_transform
from engine.compose.vary.transform_time import augment, diminish, legato, quantise, retrograde, strum, swing
from engine.compose.vary.work import Work, join
from engine.notes import Note

__all__ = ["KINDS", "TransformRequest", "TransformResult", "transform"]

_DO: dict[str, tuple[Callable[[Work], list[Note]], str]] = {
    "invert": (invert, "turned upside down"),
    "retrograde": (retrograde, "turned backwards"),
    "augment": (augment, "stretched"),
    "diminish": (diminish, "pressed together"),
    "fill_in": (fill_in, "filled in"),
    "thin_out": (thin_out, "thinned out"),
    "reharmonise": (reharmonise, "put under other chords"),
    "fit": (fitted, "fitted to the key"),
    "octave": (octave, "moved by octaves"),
    "legato": (legato, "bound"),
    "strum": (strum, "strummed"),
    "split": (split, "split"),
    "merge": (merge, "joined"),
    "swing": (swing, "swung"),
    "quantise": (quantise, "quantised"),
}


def transform(request: TransformRequest) -> TransformResult:
    """Does one thing to a clip.

    Args:
        request: the clip, the range, and what to do; see ``TransformRequest`` for what ``amount`` means.

    Returns:
        The whole clip; notes outside the range are the very ones given, and the request is left as it is. Where there
        is nothing to do (a drum clip upside down) the clip as it was, and why in ``notices``.

    Raises:
        InvalidValue: for a clip without notes, and for values that are not allowed.
    """
    check_transform(request)
    first, last = check_range(request, request.range_start, request.range_end)
    seed = draw_seed() if request.seed is None else request.seed
    work = Work(request, first, last, Dice(seed))
    act, done = _DO[request.kind]
    made = act(work) if work.notes and request.amount > 0 else list(work.notes)
    notes, crowded = _joined(work, made)
    if crowded:
        work.notices.append(f"{crowded} notes would have sounded on top of others of their pitch and were left out.")
    changed = _changed(request.notes, notes)
    key, _ = work.material.key if work.key_used else (None, ())
    recipe = blake2s(msgspec.json.encode(msgspec.structs.replace(request, seed=None))).hexdigest()
    return TransformResult(
        notes=notes,
        length=work.end - request.start,
        changed=changed,
        removed=work.removed,
        take=take_id("transform/1", recipe, seed, request.length),
        seed=seed,
        role=work.material.role,
        key=key.name if key else None,
        words=f"{changed} notes {done}" if changed else "Nothing changed",
        notices=list(dict.fromkeys(work.notices)),
    )


def _joined(work: Work, made: list[Note]) -> tuple[list[Note], int]:
    """The new notes with the others; where nothing was made, the clip to the last bit."""
    if len(made) == len(work.notes) and all(a is b for a, b in zip(made, work.notes, strict=True)):
        return sorted([*made, *work.others], key=lambda note: (note.start_time, note.pitch)), 0
    return join(made, work.others, work.request.start, work.end)


def _changed(before: list[Note], after: list[Note]) -> int:
    """How many notes are new, or gone where that is more."""
    old, new = Counter(map(_fields, before)), Counter(map(_fields, after))
    return max((new - old).total(), (old - new).total())


def _fields(note: Note) -> tuple[int, float, float, float]:
    return note.pitch, note.start_time, note.duration, note.velocity
