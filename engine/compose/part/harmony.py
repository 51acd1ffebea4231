"""The harmony a part follows: chords in time, from whichever source tells them.

Chords in time go first, then the notes of another clip, then a progression in words; where nothing is given, one of a
style's stock, in the key of what surrounds the clip.
"""

from __future__ import annotations

from bisect import bisect_right
from hashlib import blake2s

import msgspec

from engine.compose.dice import Dice
from engine.compose.find_key import known_key, scale_of
from engine.compose.part.hear_chords import hear_chords
from engine.compose.part.named_chord import chord_of
from engine.compose.part.request import ChordAt, PartRequest
from engine.compose.request import ChordsContext, ChordSpan, ChordsRequest
from engine.compose.resolve import key_of, resolve
from engine.compose.spans import Span, lay_out
from engine.errors import InvalidValue
from engine.notes import beats_per_bar
from engine.theory.chords import Chord
from engine.theory.keys import Key
from engine.theory.symbols import read_symbol

__all__ = ["Harmony", "find_harmony", "take_id"]

_CLOSE = 1e-6


class Harmony(msgspec.Struct, frozen=True):
    """Which chord sounds when, and in which key.

    Attributes:
        key: the key of the whole.
        scale: its pitch classes, in rising order.
        spans: the chords in order, without gaps, from 0 to the part's length; a chord that lasts over a bar line may
            be one span for each bar.
        source: "chords", "notes", "progression" or "stock".
        text: the progression as a label shows it.
        notices: what was decided on the way.
    """

    key: Key
    scale: tuple[int, ...]
    spans: tuple[Span, ...]
    source: str
    text: str
    notices: tuple[str, ...]

    def index(self, beat: float) -> int:
        """Which span sounds at a beat; before the first and behind the last these themselves."""
        return max(0, bisect_right(self.spans, beat + _CLOSE, key=_start) - 1)

    def at(self, beat: float) -> Span:
        """The span that sounds at a beat."""
        return self.spans[self.index(beat)]

    def after(self, beat: float) -> Span | None:
        """The next span whose chord differs from the one at a beat, or None when it stays to the end."""
        return self.around(beat)[1]

    def around(self, beat: float) -> tuple[Span, Span | None]:
        """The span that sounds at a beat, and what ``after`` gives."""
        first = self.index(beat)
        now = self.spans[first]
        for place in range(first + 1, len(self.spans)):
            if self.spans[place].chord != now.chord:
                return now, self.spans[place]
        return now, None

    def told(self) -> list[ChordSpan]:
        """The chords for a reader: neighbours that sound the same are one. Pitches are left to who plays them."""
        out: list[ChordSpan] = []
        for span in self.spans:
            if out and out[-1].symbol == span.chord.symbol:
                out[-1] = msgspec.structs.replace(out[-1], duration=span.end - out[-1].start)
            else:
                out.append(ChordSpan(span.start, span.duration, span.chord.figure, span.chord.symbol, []))
        return out


def _start(span: Span) -> float:
    return span.start


def find_harmony(request: PartRequest, chord_style: str, length: float, dice: Dice) -> Harmony:
    """Finds the harmony of a part.

    Args:
        request: checked; its ``chords`` go before its ``harmony_notes``, these before its ``progression``.
        chord_style: id of the chord style whose stock is drawn from where no source is given.
        length: beats of the part.
        dice: of the take's seed; the same seed draws the same progression as the chord composer does.

    Returns:
        The harmony.

    Raises:
        InvalidValue: field "chords", "key", "mode" or "progression".
    """
    metre = (request.signature_numerator, request.signature_denominator)
    if request.chords:
        chords = [(at.start, at.start + at.duration, _read(at, place)) for place, at in enumerate(request.chords, 1)]
        return _in_time(chords, request, length, metre, "chords")
    if request.harmony_notes:
        heard = hear_chords(request.harmony_notes, metre)
        if heard:
            return _in_time(heard, request, length, metre, "notes")
    return _in_words(request, chord_style, length, dice)


def _read(at: ChordAt, place: int) -> Chord:
    if at.symbol and at.symbol.strip():
        try:
            return read_symbol(at.symbol.strip())
        except InvalidValue as wrong:
            raise InvalidValue("chords", at.symbol, f"Chord {place}: {wrong.hint}") from None
    tones = at.pitch_classes or []
    root = at.root if at.root is not None else at.bass if at.bass is not None and at.bass in tones else tones[0]
    return chord_of(root, tones, at.bass)


def _in_time(
    chords: list[tuple[float, float, Chord]],
    request: PartRequest,
    length: float,
    metre: tuple[int, int],
    source: str,
) -> Harmony:
    found = known_key(request.key, request.mode, _without_histogram(request.context))
    key = found.key if found else key_of([chord for _, _, chord in chords])
    where = "the clip that was listened to" if source == "notes" else "the chords"
    notices = found.notices if found else (f"Key: {key.name}, from {where}.",)
    bar = beats_per_bar(*metre)
    spans = _laid(sorted(chords, key=lambda one: one[0]), length, bar)
    text = " ".join(dict.fromkeys(span.chord.symbol for span in spans))
    return Harmony(key, scale_of(key, None), spans, source, text, notices)


def _without_histogram(context: ChordsContext | None) -> ChordsContext | None:
    """The chords themselves tell the key better than a count of what plays in the Set."""
    return None if context is None else msgspec.structs.replace(context, pitch_classes=None)


def _laid(chords: list[tuple[float, float, Chord]], length: float, bar: float) -> tuple[Span, ...]:
    """Chords repeated to fill the length; each stays until the next, the first reaches back to the start."""
    lap = max(bar, -(-(max(end for _, end, _ in chords) - _CLOSE) // bar) * bar)
    placed: list[tuple[float, Chord, int]] = []
    offset = 0.0
    while offset < length - _CLOSE:
        for place, (start, _, chord) in enumerate(chords):
            at = offset + start if placed else 0.0
            if placed and offset + start >= length - _CLOSE:
                break
            placed.append((at, chord, place))
        offset += lap
    spans: list[Span] = []
    for number, (start, chord, place) in enumerate(placed):
        end = placed[number + 1][0] if number + 1 < len(placed) else length
        if end - start > _CLOSE:
            spans.append(Span(start, end - start, chord, place, int((start + _CLOSE) // bar)))
    return tuple(spans)


def _in_words(request: PartRequest, chord_style: str, length: float, dice: Dice) -> Harmony:
    wanted = ChordsRequest(
        key=request.key,
        mode=request.mode,
        progression=request.progression,
        style=chord_style,
        bars=request.bars,
        tempo=request.tempo,
        signature_numerator=request.signature_numerator,
        signature_denominator=request.signature_denominator,
        context=request.context,
    )
    decisions = resolve(wanted, dice)
    metre = (request.signature_numerator, request.signature_denominator)
    spans = lay_out(decisions.bars, request.bars, metre, length, trim=not decisions.own)
    source = "progression" if decisions.own else "stock"
    return Harmony(decisions.key, decisions.scale, tuple(spans), source, decisions.name, decisions.notices)


def take_id(recipe: str, resolved: object, seed: int, length: float, *more: object) -> str:
    """The id of a take: equal for equal recipes, ten hexadecimal digits.

    Args:
        recipe: name and number of the generator ("bass/1"); changes when the same request makes other notes.
        resolved: the parameters as used.
        seed: the seed.
        length: beats.
        more: whatever else the notes hang on.
    """
    return blake2s(msgspec.json.encode([recipe, resolved, seed, length, *more]), digest_size=5).hexdigest()
