"""Chords as a voice: voiced and struck over a window of bars that goes round as the harmony does."""

from __future__ import annotations

import msgspec

from engine.compose.colour import Palette, colour
from engine.compose.dice import Dice
from engine.compose.inserts import insert_chords, suspend
from engine.compose.resolve import suiting
from engine.compose.rhythm import Feel, Strike, strikes
from engine.compose.spans import Span
from engine.compose.stock import Rhythm, Style, rhythms
from engine.compose.stream.kept import Kept
from engine.compose.stream.macros import Settings
from engine.compose.stream.substitute import substitute
from engine.compose.stream.voice import Scene, Voice, bent
from engine.compose.voice_leading import lead
from engine.compose.voicing import moved_register, table_for
from engine.notes import Note
from engine.theory.chords import Chord

__all__ = ["ChordsVoice"]

WINDOW, LONGEST = 4, 8
"""Bars over which voices are led: as many rounds of the harmony as go into four, one round of up to eight, or eight."""

_TOP = 5.0
"""Velocity by which a hand leans on the highest voice, which is the tune."""

_LATE = 3.0
"""Shares of a triplet's swing in one of the composer's, at full Humanise: there it is told in parts of an off-beat."""

_CLOSE = 1e-6


class _Window(msgspec.Struct, frozen=True):
    """Chords as they are to be struck: beats from the window's start, and the pitches of each of its spans."""

    spans: list[Span]
    rows: list[tuple[int, ...]]


_windows: Kept[_Window] = Kept(128)
_struck: Kept[list[Strike]] = Kept(128)


class ChordsVoice(Voice):
    """See ``Voice``."""

    alone = True

    def __init__(self, style: Style, scene: Scene) -> None:
        self.style, self.scene = style, scene
        self.rhythm: Rhythm = rhythms()[scene.dice.choice("rhythm", style.rhythms)]
        self.voicing = suiting(style, self.rhythm, scene.dice)
        lap = len(scene.harmony.bars)
        bars = WINDOW // lap * lap or min(lap, LONGEST)
        self.first = scene.opening(bars)
        # Where the harmony does not come round with the window, one bar more tells what the last one leads to.
        self.bars = bars + (lap > LONGEST)

    def hand(self, now: Settings) -> tuple[float, int]:
        """See ``Voice``."""
        own = min(1.0, _LATE * self.style.swing * now["humanise"] / 100.0)
        return bent(own, now["swing"]), self.style.subdivision

    def before(self, base: Settings) -> list[Note]:
        """See ``Voice``."""
        return self._notes(base, self.scene.dice, past=True)

    def written(self, _base: Settings, now: Settings, dice: Dice | None = None) -> list[Note]:
        """See ``Voice``."""
        if dice is None and self.scene.dice.uniform("redraw", self.scene.number) < now["redraw"] / 100.0:
            dice = self.scene.elsewhere
        return self._notes(now, dice or self.scene.dice)

    def filled(self, _base: Settings, now: Settings) -> list[Note]:
        """See ``Voice``."""
        return self._notes(now.but(density=100.0), self.scene.dice)

    def substituted(self, _base: Settings, now: Settings) -> list[Note]:
        """See ``Voice``: each chord of the bar gives way to one a third away that shares two tones with it."""
        return self._notes(now, self.scene.dice, substituted=True)

    def heard(self, base: Settings, substituted: bool) -> list[Span]:
        """See ``Voice``: as coloured, with chords that lead over."""
        begin, until = self.scene.origin - _CLOSE, self.scene.origin + self.scene.beats - _CLOSE
        shift = self.first * self.scene.beats
        spans = [
            msgspec.structs.replace(span, start=span.start + shift) for span in self._window(base, substituted).spans
        ]
        return [span for span in spans if begin <= span.start < until]

    def _notes(self, now: Settings, dice: Dice, *, substituted: bool = False, past: bool = False) -> list[Note]:
        """The notes of the bar, or with ``past`` of those of the window before it; beats from bar 0."""
        window = self._window(now, substituted)
        hits = self._strikes(window.spans, now, dice, substituted)
        begin, here = self.first * self.scene.beats, (self.scene.number - self.first) * self.scene.beats - _CLOSE
        low, high = (-_CLOSE, here) if past else (here, here + self.scene.beats)
        notes = []
        for hit in hits:
            if not low <= hit.start < high:
                continue
            row = window.rows[hit.span]
            for pitch in row:
                force = self.style.velocity + hit.accent + (_TOP if pitch == row[-1] else 0.0)
                notes.append(Note(pitch, begin + hit.start, hit.duration, min(127.0, max(1.0, force))))
        return notes

    def _key(self, values: tuple[float, ...], substituted: bool) -> tuple[object, ...]:
        return self.scene.mark(self.style.id, self.first, values, self.scene.number if substituted else -1)

    def _strikes(self, spans: list[Span], now: Settings, dice: Dice, substituted: bool) -> list[Strike]:
        def struck() -> list[Strike]:
            feel = Feel(self.style.subdivision, self.style.gate)
            return strikes(spans, self.rhythm, density=now["density"], metre=self.scene.metre, feel=feel, dice=dice)

        values = (now["density"], now["complexity"], now["tension"])
        who = 0 if dice is self.scene.dice else self.scene.who
        return _struck.get((*self._key(values, substituted), who), struck)

    def _window(self, now: Settings, substituted: bool) -> _Window:
        def made() -> _Window:
            spans = self._harmony(now, substituted)
            return _Window(spans, self._voiced(spans, now))

        values = (now["complexity"], now["tension"], now["movement"], now["register"])
        return _windows.get(self._key(values, substituted), made)

    def _harmony(self, now: Settings, substituted: bool) -> list[Span]:
        scene = self.scene
        begin = self.first * scene.beats
        palette = Palette(
            style=self.style,
            scale=scene.harmony.scale,
            complexity=now["complexity"],
            tension=now["tension"],
            quartal=self.voicing == "quartal",
            own=scene.harmony.own,
            dice=scene.dice,
        )
        spans = [
            msgspec.structs.replace(span, start=span.start - begin, bar=span.bar - self.first)
            for span in scene.harmony.within(self.first, self.bars, scene.metre).spans
        ]
        spans = insert_chords(spans, scene.harmony.key, scene.harmony.own, palette)
        if substituted:
            spans = [self._instead(span) for span in spans]
        coloured = [
            msgspec.structs.replace(span, chord=colour(span.chord, span.place, _falls(spans, index), palette))
            for index, span in enumerate(spans)
        ]
        return suspend(coloured, palette)

    def _instead(self, span: Span) -> Span:
        if self.first + span.bar != self.scene.number:
            return span
        chance = self.scene.dice.uniform("substitute", self.scene.number, span.place)
        chord: Chord = substitute(span.chord, self.scene.harmony.scale, chance)
        return msgspec.structs.replace(span, chord=chord)

    def _voiced(self, spans: list[Span], now: Settings) -> list[tuple[int, ...]]:
        register = moved_register(self.style.register, self.voicing, round(now["register"]))
        tables = [
            table_for(span.chord.root, span.chord.intervals, span.chord.bass, self.voicing, register) for span in spans
        ]
        return lead(tables, now["movement"], None, self.scene.dice)


def _falls(spans: list[Span], index: int) -> bool:
    """Whether the next root that differs lies a fifth below; a vamp on one chord leads to itself."""
    root = spans[index].chord.root
    for step in range(1, len(spans)):
        following = spans[(index + step) % len(spans)].chord.root
        if following != root:
            return (root - following) % 12 == 7
    return False
