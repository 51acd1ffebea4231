"""What a transformation can be asked for, and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from engine.compose.checks import check_choice, check_notes, check_number, check_percent
from engine.compose.vary.request import ClipRequest, Notes, Percent, check_clip
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = ["GRIDS", "KINDS", "Kind", "TransformRequest", "TransformResult", "check_transform"]

Kind = Literal[
    "invert",
    "retrograde",
    "augment",
    "diminish",
    "fill_in",
    "thin_out",
    "reharmonise",
    "fit",
    "octave",
    "legato",
    "strum",
    "split",
    "merge",
    "swing",
    "quantise",
]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every transformation there is."""

GRIDS = {"1/4": 1.0, "1/8": 0.5, "1/16": 0.25, "1/32": 0.125, "1/8T": 1 / 3, "1/16T": 1 / 6}
"""Beats of each note value notes can be quantised to; T is a triplet."""

_Part = Literal["halves", "top", "bottom"]
_Direction = Literal["up", "down"]


class TransformRequest(ClipRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clip, and what to do to it or to a range of it.

    What ``amount`` means depends on ``kind``:

    * invert: how much of the range is turned upside down, from its end.
    * retrograde: how much of the range is played backwards, from its end.
    * augment, diminish: how much slower or faster; 100 is half or double speed. Of the whole clip the length changes
      with it; in a range what is stretched past its end is left out.
    * fill_in: share of the free places that get a note. thin_out: share of the notes that can go that do, weak ones
      first; one note of every bar stays.
    * reharmonise: share of the chords that become others with the same top note; the first of all changes last.
    * fit: share of the notes outside the key that move into it, strong ones first.
    * octave: share of the notes that move by ``octaves``, weak ones first.
    * legato: how far every note's end goes towards the next note.
    * strum: spread of a chord, of 120 ms.
    * split: share of the notes (of the chords, for "top" and "bottom") that are split, the longest first.
    * merge: longest rest between two notes of a pitch that are joined, percent of a beat.
    * swing: percent of full triplet swing; with ``source``, percent of the swing of that clip.
    * quantise: how far every note goes to the grid.

    Attributes:
        notes: the clip's notes, in any order.
        length: beats of the clip, counted from ``start``.
        role: what the clip is; "auto" finds out from its notes and the track's name.
        key: a key in any usual spelling or a Camelot code; left out (or "follow"), the key comes from ``context``,
            or is heard in the notes.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        chords: the harmony, where it is known; left out, it is heard in the notes.
        context: what surrounds the clip in the Set.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        start: beat at which the clip's first bar begins, on the time line of the notes.
        seed: repeats a result; left out, one is drawn and told in the answer.
        kind: what to do.
        amount: how much of it, percent; 0 changes nothing.
        range_start: only notes that begin from this beat on are changed; left out, from the clip's start.
        range_end: only notes that begin before this beat; left out, up to the clip's end.
        diatonic: invert: in the key rather than by semitones.
        axis: invert: pitch that stays where it is; left out, the middle of the notes.
        octaves: octave: how many, -4..4.
        direction: strum: which note comes first, the lowest ("up") or the highest.
        part: split: every note in "halves", or the "top" or "bottom" notes of chords kept and the others taken out.
        pieces: split: into how many a note is split, 2..16.
        grid: quantise: note value; T is a triplet. swing: "1/8" or "1/16", which off-beats swing.
        source: swing: notes of the clip whose swing is taken.
    """

    kind: Kind
    amount: Percent = 100.0
    range_start: float | None = None
    range_end: float | None = None
    diatonic: bool = True
    axis: Annotated[int, Meta(ge=0, le=127)] | None = None
    octaves: Annotated[int, Meta(ge=-4, le=4)] = 1
    direction: _Direction = "up"
    part: _Part = "halves"
    pieces: Annotated[int, Meta(ge=2, le=16)] = 2
    grid: Literal["1/4", "1/8", "1/16", "1/32", "1/8T", "1/16T"] = "1/16"
    source: Notes | None = None


class TransformResult(msgspec.Struct, frozen=True, kw_only=True):
    """The clip after a transformation.

    Attributes:
        notes: all of the clip, by start, then pitch; those outside the range as they were.
        length: beats of the clip; another only after augment and diminish of the whole.
        changed: how many of the notes are not as they were.
        removed: notes that were taken out, for another track; only after split into "top" or "bottom".
        take: id: the same for the same notes from the same recipe.
        seed: given or drawn.
        role: what the clip was taken for.
        key: name of the key that was used; null where none was.
        words: what was done, in a sentence.
        notices: what was decided without being asked for, and why nothing was done.
    """

    notes: list[Note]
    length: float
    changed: int
    removed: list[Note]
    take: str
    seed: int
    role: str
    key: str | None
    words: str
    notices: list[str]


def check_transform(request: TransformRequest) -> None:
    """Refuses a transformation that cannot be.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_clip(request)
    check_choice("kind", request.kind, KINDS)
    check_percent("amount", request.amount)
    if not isinstance(request.diatonic, bool):
        raise InvalidValue("diatonic", request.diatonic, "Use true or false.")
    if request.axis is not None:
        check_number("axis", request.axis, 0, 127, "Use a pitch from 0 to 127, or leave it out.", whole=True)
    check_number("octaves", request.octaves, -4, 4, "Use a whole number of octaves from -4 to 4.", whole=True)
    check_number("pieces", request.pieces, 2, 16, "Use a whole number of pieces from 2 to 16.", whole=True)
    _check_words(request)
    if request.source is not None:
        check_notes("source", request.source)
        if not request.source:
            raise InvalidValue("source", [], "The clip to take the swing from is empty: leave it out to set the swing.")


def _check_words(request: TransformRequest) -> None:
    fields: dict[str, tuple[Any, tuple[str, ...]]] = {
        "direction": (request.direction, get_args(_Direction)),
        "part": (request.part, get_args(_Part)),
        "grid": (request.grid, tuple(GRIDS)),
    }
    for field, (value, allowed) in fields.items():
        check_choice(field, value, allowed)
    if request.kind == "swing" and request.grid not in ("1/8", "1/16"):
        raise InvalidValue("grid", request.grid, "Only eighths and sixteenths swing: use 1/8 or 1/16.")
