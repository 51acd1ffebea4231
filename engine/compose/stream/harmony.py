"""The harmony of a part that goes on for ever: whole bars of chords that go round, from bar 0 on."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2s

import msgspec

from engine.compose.dice import Dice
from engine.compose.metre import divide
from engine.compose.part.harmony import Harmony, find_harmony
from engine.compose.part.request import PartRequest
from engine.compose.request import LONGEST_BEATS, ChordsRequest
from engine.compose.resolve import resolve
from engine.compose.spans import Span, lay_out
from engine.compose.stream.kept import Kept
from engine.compose.stream.request import StreamRequest
from engine.errors import InvalidValue
from engine.notes import beats_per_bar, whole_bars
from engine.theory.chords import Chord
from engine.theory.keys import Key

__all__ = ["Rounds", "rounds_of"]

_CLOSE = 1e-6
_SHORTEST = 0.2
"""Beats of the shortest chord of a bar; what the bar has no room for is left out."""

Piece = tuple[float, Chord, int]
"""A chord of a bar: beats from its start, what sounds, and which chord of the whole it is."""


class Rounds(msgspec.Struct, frozen=True, eq=False):
    """Bars of chords that go round.

    Attributes:
        key: the key of the whole.
        scale: its pitch classes, in rising order.
        bars: the bars of one round. ``shared``: their chords share each bar of the part, whatever its length; else
            they stand at their beats.
        shared: see ``bars``.
        own: whether somebody chose these chords; then nothing is put between them.
        source, text, notices: as in ``Harmony``.
        mark: tells this harmony from others.
    """

    key: Key
    scale: tuple[int, ...]
    bars: tuple[tuple[Piece, ...], ...]
    shared: bool
    own: bool
    source: str
    text: str
    notices: tuple[str, ...]
    mark: str

    def within(self, first: int, count: int, metre: tuple[int, int]) -> Harmony:
        """Some bars of it.

        Args:
            first: number of the first bar.
            count: bars, at least 1.
            metre: of all of them.

        Returns:
            Spans from the start of the first bar on, in beats from the start of bar 0.
        """
        spans: list[Span] = []
        beats = beats_per_bar(*metre)
        for number in range(first, first + count):
            begin = number * beats
            row = _in_bar(self.bars[number % len(self.bars)], self.shared, metre)
            for (start, chord, place), until in zip(row, [*(start for start, _, _ in row[1:]), beats], strict=True):
                spans.append(Span(begin + start, until - start, chord, place, number))
        return Harmony(self.key, self.scale, tuple(spans), self.source, self.text, self.notices)


@lru_cache(maxsize=2048)
def _in_bar(pieces: tuple[Piece, ...], shared: bool, metre: tuple[int, int]) -> tuple[Piece, ...]:
    """The chords of one bar as they fit into a bar of this signature."""
    beats = beats_per_bar(*metre)
    if not shared:
        return tuple(piece for piece in pieces if piece[0] < beats - _CLOSE)
    fitting = pieces[: max(1, int(beats / _SHORTEST))]
    starts, at = [], 0.0
    for length in divide(*metre, len(fitting)):
        starts.append(at)
        at += length
    return tuple((start, chord, place) for start, (_, chord, place) in zip(starts, fitting, strict=True))


_rounds: Kept[Rounds] = Kept(64)


def rounds_of(request: StreamRequest, metre: tuple[int, int], chord_style: str, dice: Dice) -> Rounds:
    """The harmony of a request.

    Args:
        request: checked, with a seed; its ``chords`` go before its ``harmony_notes``, these before its ``progression``.
        metre: of the bar in question; chords in time whose own signature is not told are read in it.
        chord_style: id of the chord style whose stock is drawn from where no source is given.
        dice: of the seed; the same seed draws the same progression as the chord composer does.

    Returns:
        The harmony; equal requests are given the same object.

    Raises:
        InvalidValue: field "chords", "harmony_notes", "key", "mode" or "progression".
    """
    written = metre
    if request.harmony_numerator is not None:
        written = (request.harmony_numerator, request.harmony_denominator)
    timed = bool(request.chords or request.harmony_notes)
    what = msgspec.json.encode(
        [
            *(request.key, request.mode, request.progression, request.chords, request.harmony_notes, request.context),
            *(chord_style, None if request.chords else request.seed, written if timed else None),
        ]
    )
    mark = blake2s(what, digest_size=8).hexdigest()
    return _rounds.get(mark, lambda: _found(request, written, chord_style, dice, mark))


def _found(request: StreamRequest, written: tuple[int, int], chord_style: str, dice: Dice, mark: str) -> Rounds:
    if request.chords or request.harmony_notes:
        found = _in_time(request, written)
        if found is not None:
            return _from_spans(found, written, mark)
    wanted = ChordsRequest(
        key=request.key, mode=request.mode, progression=request.progression, style=chord_style, context=request.context
    )
    decided = resolve(wanted, dice)
    # Refuses a bar that holds more chords than can be heard, as the composer of clips does.
    count = len(decided.bars)
    lay_out(decided.bars, count, (4, 4), 4.0 * count, trim=not decided.own)
    return Rounds(
        key=decided.key,
        scale=decided.scale,
        bars=_numbered(decided.bars),
        shared=True,
        own=decided.own,
        source="progression" if decided.own else "stock",
        text=decided.name,
        notices=decided.notices,
        mark=mark,
    )


def _numbered(bars: tuple[tuple[Chord, ...], ...]) -> tuple[tuple[Piece, ...], ...]:
    """Numbers the chords; one that stays over a bar line keeps its number."""
    out, place, last = [], -1, None
    for bar in bars:
        row = []
        for chord in bar:
            place += chord != last
            last = chord
            row.append((0.0, chord, place))
        out.append(tuple(row))
    return tuple(out)


def _in_time(request: StreamRequest, written: tuple[int, int]) -> Harmony | None:
    """One round of chords in time, or of what is heard in notes; None where nothing is heard."""
    field, end = "chords", max((at.start + at.duration for at in request.chords or ()), default=0.0)
    if not request.chords:
        field, end = "harmony_notes", max((note.end_time for note in request.harmony_notes or ()), default=0.0)
    bars = whole_bars(max(end, _CLOSE), *written)
    if bars > 64 or bars * beats_per_bar(*written) > LONGEST_BEATS:
        raise InvalidValue(field, end, f"The harmony goes round after 64 bars at most; this one lasts {bars}.")
    wanted = msgspec.structs.replace(
        PartRequest(),
        key=request.key,
        mode=request.mode,
        chords=request.chords,
        harmony_notes=request.harmony_notes,
        bars=bars,
        signature_numerator=written[0],
        signature_denominator=written[1],
        context=request.context,
    )
    found = find_harmony(wanted, "pop", bars * beats_per_bar(*written), Dice(0))
    return found if found.source in ("chords", "notes") else None


def _from_spans(found: Harmony, written: tuple[int, int], mark: str) -> Rounds:
    beats = beats_per_bar(*written)
    rows: list[tuple[Piece, ...]] = []
    for number in range(whole_bars(found.spans[-1].end, *written)):
        begin = number * beats
        here = [span for span in found.spans if span.start < begin + beats - _CLOSE and span.end > begin + _CLOSE]
        rows.append(tuple((max(0.0, span.start - begin), span.chord, span.place) for span in here))
    return Rounds(
        key=found.key,
        scale=found.scale,
        bars=tuple(rows),
        shared=False,
        own=True,
        source=found.source,
        text=found.text,
        notices=found.notices,
        mark=mark,
    )
