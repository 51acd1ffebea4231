"""The melody as a voice: phrases of four bars, each going on from the theme."""

from __future__ import annotations

import msgspec

from engine.compose.dice import Dice
from engine.compose.melody.before import Before, read_before
from engine.compose.melody.compose import plan_melody
from engine.compose.melody.request import MelodyRequest
from engine.compose.melody.singer import Memory, Plan, drawn_anew, open_memory, write_bar
from engine.compose.melody.slots import bar_of
from engine.compose.melody.style import Style
from engine.compose.stream.chain import Chain
from engine.compose.stream.kept import Kept
from engine.compose.stream.macros import Settings, settings_of
from engine.compose.stream.request import Macros
from engine.compose.stream.voice import Scene, Voice, bent
from engine.notes import Note

__all__ = ["MelodyVoice"]

PHRASE = 4
_USUAL = MelodyRequest()
_KNOBS = ("density", "complexity", "variation", "tension", "rests", "leaps", "humanise")

Bar = tuple[list[Note], Memory, Memory]


class _Song:
    """The song of one phrase, and what each of its bars remembers."""

    def __init__(self, plan: Plan, theme: Before | None, dice: Dice, first: int) -> None:
        self.plan, self.dice = plan, dice
        self.opening = open_memory(plan, theme, dice, first)
        self.bars: Chain[Bar] = Chain(first)

    def bar(self, number: int) -> tuple[list[Note], Memory]:
        """A bar, and what it was given."""
        notes, given, _ = self.bars.until(number + 1, self._write)[-1]
        return notes, given

    def _write(self, number: int, before: Bar | None) -> Bar:
        given = before[2] if before else self.opening
        notes, left = write_bar(number, self.plan, given, self.dice)
        return notes, given, left


_plans: Kept[Plan] = Kept(128)
_songs: Kept[_Song] = Kept(128)
_themes: Kept[Before | None] = Kept(64)


class MelodyVoice(Voice):
    """See ``Voice``."""

    alone = True

    def __init__(self, style: Style, scene: Scene) -> None:
        self.style, self.scene = style, scene

    def hand(self, now: Settings) -> tuple[float, int]:
        """See ``Voice``."""
        return bent(self.style.swing, now["swing"]), self.style.grid

    def before(self, _base: Settings) -> list[Note]:
        """See ``Voice``; no note of a melody reaches into the next bar."""
        return []

    def written(self, base: Settings, now: Settings, dice: Dice | None = None) -> list[Note]:
        """See ``Voice``."""
        number = self.scene.number
        song = self._song(base)
        notes, memory = song.bar(number)
        if dice is None and now.writing == base.writing:
            return notes
        # The same singer, whoever throws the dice.
        plan, dice = self._kept_plan(now), dice or self.scene.dice
        if number == song.bars.first:
            memory = open_memory(plan, self._theme(song.bars.first), dice, number)
        else:
            memory = drawn_anew(number, plan, song.bar(number - 1)[1].rhythm, memory, dice)
        return write_bar(number, plan, memory, dice)[0]

    def filled(self, base: Settings, now: Settings) -> list[Note]:
        """See ``Voice``."""
        return self.written(base, now.but(density=100.0, rests=0.0))

    def _song(self, settings: Settings) -> _Song:
        first = self.scene.opening(PHRASE)
        key = self.scene.mark(self.style.id, first, settings.writing)
        return _songs.get(key, lambda: _Song(self._kept_plan(settings), self._theme(first), self.scene.dice, first))

    def _kept_plan(self, settings: Settings) -> Plan:
        key = self.scene.mark(self.style.id, self.scene.opening(PHRASE), settings.writing)
        return _plans.get(key, lambda: self._plan(settings, self.scene.opening(PHRASE)))

    def _plan(self, settings: Settings, first: int) -> Plan:
        scene = self.scene
        harmony = scene.harmony.within(first, PHRASE + 1, scene.metre)
        shift = settings["register"]
        style = msgspec.structs.replace(self.style, centre=self.style.centre + shift) if shift else self.style
        request = msgspec.structs.replace(_USUAL, **settings.some(*_KNOBS))
        return plan_melody(request, style, harmony, bar_of(*scene.metre), scene.dice)

    def _theme(self, first: int) -> Before | None:
        """The first four bars with every macro where it stands by itself; the first phrase itself has none before."""
        return None if first == 0 else _themes.get(self.scene.mark(self.style.id), self._sung)

    def _sung(self) -> Before | None:
        usual = settings_of("melody", self.style.id, Macros())
        song = _Song(self._plan(usual, 0), None, self.scene.dice, 0)
        notes = [note for number in range(PHRASE) for note in song.bar(number)[0]]
        return read_before(notes, bar_of(*self.scene.metre))
