"""What can be asked of a stream and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from engine.compose.bass.request import MOST_KICKS, Onset
from engine.compose.drums.request import KitAsked
from engine.compose.part.request import MOST_CHORDS, ChordAt
from engine.compose.request import ChordsContext, Numerator, Percent, Seed, Tempo, Text
from engine.compose.steer.request import Steer
from engine.notes import Note
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

__all__ = [
    "LAST_BAR",
    "LONGEST_BAR",
    "MACROS",
    "MACROS_OF_POINT",
    "MOST_BARS",
    "MOST_HARMONY_NOTES",
    "MOST_POINTS",
    "MOST_SIGNATURES",
    "ROLES",
    "ChordHeard",
    "MacroOption",
    "Macros",
    "Point",
    "Role",
    "SignatureFrom",
    "StreamBar",
    "StreamOptions",
    "StreamRequest",
    "StreamResult",
    "StreamStyle",
]

ROLES = ("bass", "melody", "arp", "chords", "drums")

MOST_BARS = 8
"""Bars that one request may ask for."""

LAST_BAR = 99_999
"""Number of the last bar there is: more than two days of music at 120 beats a minute."""

LONGEST_BAR = 128
"""Beats of the longest bar: 99/4 goes, 33/1 is told to be more than a stream plays."""

MOST_POINTS, MOST_SIGNATURES, MOST_HARMONY_NOTES = 128, 64, 2000

Role = Literal["bass", "melody", "arp", "chords", "drums"]
BarNumber = Annotated[int, Meta(ge=0, le=LAST_BAR)]


class Macros(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the nine macros stand, percent; where nobody has touched them a part plays as its style does.

    Attributes:
        density: how much is played.
        complexity: how far from the plainest it goes.
        tension: how much it wants to move on.
        energy: how hard it is played.
        brightness: how high and shining it lies.
        swing: 0 is the style's own, 100 is triplets.
        humanise: looseness of timing and loudness; 0 is on the grid.
        variation: how much bars differ from each other.
        surprise: how often, and how far, a bar departs from what was to come.
    """

    density: Percent = 50.0
    complexity: Percent = 35.0
    tension: Percent = 35.0
    energy: Percent = 50.0
    brightness: Percent = 50.0
    swing: Percent = 0.0
    humanise: Percent = 20.0
    variation: Percent = 25.0
    surprise: Percent = 0.0


MACROS = Macros.__struct_fields__


class Point(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A point of the lanes: from here on these macros stand there, until a later point moves them.

    Attributes:
        beat: beats from the start of the first bar asked for, 0 or more.
        density, complexity, tension, energy, brightness, swing, humanise, variation, surprise: as in ``Macros``; what
            is left out stays where it is.
        tempo: beats per minute, heard from the next bar on.
        steer: as in the request; left out, it stays where it is.
    """

    beat: Annotated[float, Meta(ge=0)]
    density: Percent | None = None
    complexity: Percent | None = None
    tension: Percent | None = None
    energy: Percent | None = None
    brightness: Percent | None = None
    swing: Percent | None = None
    humanise: Percent | None = None
    variation: Percent | None = None
    surprise: Percent | None = None
    tempo: Tempo | None = None
    steer: Steer | None = None


MACROS_OF_POINT = slice(Point.__struct_fields__.index(MACROS[0]), Point.__struct_fields__.index(MACROS[-1]) + 1)
"""Where the macros stand among the fields of a point."""


class SignatureFrom(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time signature and the number of the bar from which it holds."""

    bar: BarNumber
    numerator: Numerator
    denominator: Literal[1, 2, 4, 8, 16]


class StreamRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some bars of a part that goes on for ever.

    Attributes:
        role: who plays: "bass", "melody", "arp", "chords" or "drums".
        style: a style of that role by id, or "auto" for the track's name and the tempo to decide.
        seed: the part; left out, one is drawn and told in the answer, to be sent with every later request.
        bar: number of the first bar wanted, counted from the start of the song, 0 first.
        bars: how many, 1..8.
        tempo: beats per minute when the first of them begins.
        signature_numerator: beats in the signature of the first of them and those after it, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16; a bar has 128 beats at most.
        signatures: changes of signature, in order of bars.
        macros: where they stand when the first bar begins.
        points: how they move from there, in order of beats.
        steer: where the knobs that steer the whole Set stand when the first bar begins; left out, at rest.
        key: a key in any usual spelling or a Camelot code; left out (or "follow"), it comes from ``context``, or from
            the chords.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        progression: "auto" for one of the style's stock; or own text, romans or chord names, a chord a bar or with
            ``|`` between bars. It goes round from bar 0 on. ``chords`` and ``harmony_notes`` go before it.
        chords: the harmony as chords in time; whole bars of them go round from bar 0 on.
        harmony_notes: notes of a clip from which the harmony is heard; they go round likewise.
        harmony_numerator: beats in the signature in which ``chords`` and ``harmony_notes`` are written; left out,
            they are read in that of each bar.
        harmony_denominator: of that signature.
        kick: for the bass, kick onsets in beats; whole bars go round from bar 0 on, read in each bar's signature.
            The line plays with them or between them, as its style does.
        kit: for drums, MIDI pitch by role or the pads of the track's own rack; left out, General MIDI.
        context: what surrounds the part.
    """

    role: Role
    style: Text = "auto"
    seed: Seed | None = None
    bar: BarNumber = 0
    bars: Annotated[int, Meta(ge=1, le=MOST_BARS)] = 1
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    signatures: Annotated[list[SignatureFrom], Meta(max_length=MOST_SIGNATURES)] | None = None
    macros: Macros = Macros()
    points: Annotated[list[Point], Meta(max_length=MOST_POINTS)] | None = None
    steer: Steer | None = None
    key: Text | None = None
    mode: Text | None = None
    progression: Annotated[str, Meta(max_length=LONGEST_PROGRESSION_TEXT)] = "auto"
    chords: Annotated[list[ChordAt], Meta(max_length=MOST_CHORDS)] | None = None
    harmony_notes: Annotated[list[Note], Meta(max_length=MOST_HARMONY_NOTES)] | None = None
    harmony_numerator: Numerator | None = None
    harmony_denominator: Literal[1, 2, 4, 8, 16] = 4
    kick: Annotated[list[Onset], Meta(max_length=MOST_KICKS)] | None = None
    kit: KitAsked | None = None
    context: ChordsContext | None = None


class ChordHeard(msgspec.Struct, frozen=True):
    """A chord of a bar: beats from the bar's start, beats it lasts in this bar, and its symbol."""

    start: float
    duration: float
    symbol: str


class StreamBar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar.

    What sounds when a bar begins is ``held`` and nothing else: of that, what sounds already goes on and what does not
    is struck, if it has a quarter of a beat or more to last; anything else ends, but for what would be over within a
    quarter of a beat anyway. A note ends where its pitch begins again. Whoever keeps to this hears the same bar after
    the one before it, after a jump, and in a loop.

    Attributes:
        bar: its number.
        take: id: equal ids, equal bars.
        notes: by start, then pitch; beats from the bar's start. All begin in the bar. What would go on sounding were
            nothing to change has a duration that reaches past the bar line.
        held: what sounds on from before, all from 0 for as long as it lasts.
        beats: length of the bar.
        rings: beats by which the longest note reaches past the bar line.
        signature_numerator, signature_denominator, tempo: as used.
        macros: where they stand when the bar begins.
        steer: likewise; None: at rest.
        parameters: what both came to, by the generator's own parameters.
        changes: beats from which later macros are followed, those of the grid.
        chords: the harmony of the bar; drums have none.
        surprise: what departs from what was to come: "" or "drop", "other", "fill", "substitute".
    """

    bar: int
    take: str
    notes: list[Note]
    held: list[Note]
    beats: float
    rings: float
    signature_numerator: int
    signature_denominator: int
    tempo: float
    macros: Macros
    steer: Steer | None = None
    parameters: dict[str, float]
    changes: list[float]
    chords: list[ChordHeard]
    surprise: str


class StreamResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        seed: of the part.
        role: as asked. style, style_name: in use; with "auto" it is for the asker to send the id from then on, else a
            tempo that moves may bring another one.
        key, camelot: in use; empty for drums.
        progression: the harmony as a label shows it. source: "chords", "notes", "progression", "stock" or "".
        bars: in order.
        notices: what was decided without being asked for.
        stretched: what learnt curves of the knobs are stretched by while this part plays; with ``steer.stretch`` it can
            be asked for.
    """

    seed: int
    role: str
    style: str
    style_name: str
    key: str
    camelot: str
    progression: str
    source: str
    bars: list[StreamBar]
    notices: list[str]
    stretched: dict[str, float] = {}


class StreamStyle(msgspec.Struct, frozen=True):
    """A style as a menu shows it: id and name."""

    id: str
    name: str


class MacroOption(msgspec.Struct, frozen=True):
    """A macro as a device shows it.

    Attributes:
        id: as in ``Macros``.
        usual: where it stands when nobody has touched it.
        words: what it does for this role.
        parameters: which of the generator's parameters it moves.
    """

    id: str
    usual: float
    words: str
    parameters: list[str]


class StreamOptions(msgspec.Struct, frozen=True):
    """The menus of a role: its styles in order, without "auto", and the nine macros."""

    role: str
    styles: list[StreamStyle]
    macros: list[MacroOption]
