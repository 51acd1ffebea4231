"""The bass as a voice: its line goes on from the beginning of a phrase of four bars."""

from __future__ import annotations

import msgspec

from engine.compose.bass.bar import NOTHING_YET, Carry, play_bar
from engine.compose.bass.changes import Changes, read_changes
from engine.compose.bass.plan import Plan, metre_of
from engine.compose.bass.request import BassRequest
from engine.compose.bass.styles import BassStyle, Ghost, Hit, moved_style
from engine.compose.bass.walk_model import Character, walk_model
from engine.compose.dice import Dice
from engine.compose.stream.chain import Chain
from engine.compose.stream.kept import Kept
from engine.compose.stream.macros import Settings, settings_of
from engine.compose.stream.request import Macros
from engine.compose.stream.voice import Scene, Voice, bent
from engine.notes import Note

__all__ = ["BassVoice", "kicks_by_bar"]

PHRASE = 4
_CLOSE = 1e-6
_USUAL = BassRequest()
Bar = tuple[list[Note], Carry]
Slots = dict[int, tuple[tuple[Hit, ...], tuple[Ghost, ...]]]

_KNOBS = ("density", "complexity", "variation", "movement", "syncopation", "ghosts", "slide")


class _Line:
    """The line of one phrase, and where it stands as each of its bars begins."""

    def __init__(self, plan: Plan, first: int, lead: Carry) -> None:
        self.plan, self.lead = plan, lead
        self.character: Character = walk_model().character(plan.dice) if plan.style.line == "walk" else ()
        self.bars: Chain[Bar] = Chain(first)

    def past(self, number: int) -> list[Bar]:
        """The bars before one."""
        return self.bars.until(number, self._play)

    def carry(self, number: int) -> Carry:
        """What a bar is to be given."""
        bars = self.past(number)
        return bars[-1][1] if bars else self.lead

    def _play(self, number: int, before: Bar | None) -> Bar:
        return play_bar(number, self.plan, self.character, before[1] if before else self.lead)


_lines: Kept[_Line] = Kept(128)
_leads: Kept[Carry] = Kept(128)
_changes: Kept[Changes] = Kept(128)
_slots: Kept[Slots] = Kept(64)


class BassVoice(Voice):
    """See ``Voice``."""

    alone = True

    def __init__(self, style: BassStyle, scene: Scene) -> None:
        self.style, self.scene = style, scene

    def hand(self, now: Settings) -> tuple[float, int]:
        """See ``Voice``."""
        return bent(self.style.swing, now["swing"]), self.style.swing_grid

    def before(self, base: Settings) -> list[Note]:
        """See ``Voice``."""
        return [note for notes, _ in self._line(base).past(self.scene.number) for note in notes]

    def written(self, base: Settings, now: Settings, dice: Dice | None = None) -> list[Note]:
        """See ``Voice``."""
        carry = self._line(base).carry(self.scene.number)
        line = self._line(now)
        if dice is not None:
            first = self.scene.opening(PHRASE)
            line = _Line(self._plan(now, first, dice), first, NOTHING_YET)
        return play_bar(self.scene.number, line.plan, line.character, carry)[0]

    def filled(self, base: Settings, now: Settings) -> list[Note]:
        """See ``Voice``."""
        busy = now.but(density=100.0, complexity=min(100.0, now["complexity"] + 25.0))
        return self.written(base, busy)

    def _line(self, settings: Settings) -> _Line:
        first = self.scene.opening(PHRASE)
        key = self.scene.mark(self.style.id, first, settings.writing)
        return _lines.get(key, lambda: _Line(self._plan(settings, first, self.scene.dice), first, self._lead(settings)))

    def _lead(self, settings: Settings) -> Carry:
        """Where the line stands as the phrase begins.

        That is where the phrase before would leave it, begun from nothing, with every macro but Brightness where it
        stands by itself: lines thrown with the same dice soon walk together, wherever they began.
        """
        before, register = self.scene.opening(PHRASE) - PHRASE, round(settings["register"])
        if before < 0 or self.style.line != "walk":
            # A pattern begins on its root wherever the line was.
            return NOTHING_YET

        def walked() -> Carry:
            usual = settings_of("bass", self.style.id, Macros()).but(register=register)
            line = _Line(self._plan(usual, before, self.scene.dice), before, NOTHING_YET)
            return line.carry(before + PHRASE)

        return _leads.get(self.scene.mark(self.style.id, before, register), walked)

    def _plan(self, settings: Settings, first: int, dice: Dice) -> Plan:
        scene = self.scene
        metre = metre_of(*scene.metre)
        # A bar more than the phrase: the last one leads on to what comes.
        changes = _changes.get(
            scene.mark(first), lambda: read_changes(scene.harmony.within(first, PHRASE + 1, scene.metre))
        )
        # What patterns the seed draws does not hang on the macros.
        who = 0 if dice is scene.dice else scene.who
        slots = _slots.get(scene.mark(self.style.id, who), dict)
        return Plan(
            request=msgspec.structs.replace(_USUAL, **settings.some(*_KNOBS)),
            style=moved_style(self.style, round(settings["register"])),
            changes=changes,
            metre=metre,
            length=(first + PHRASE + 1) * metre.bar,
            kicks=scene.kicks,
            dice=dice,
            slots=slots,
            rows={},
        )


def kicks_by_bar(onsets: list[float], beats: float) -> tuple[tuple[float, ...], ...]:
    """Onsets of a kick by the bars of its round.

    Args:
        onsets: in beats, 0 or more, at least one.
        beats: of a bar.

    Returns:
        For each bar its onsets in beats from its start; bars without any are empty.
    """
    rows: list[set[float]] = [set() for _ in range(int((max(onsets) + _CLOSE) // beats) + 1)]
    for onset in onsets:
        bar = int((onset + _CLOSE) // beats)
        rows[bar].add(max(0.0, onset - bar * beats))
    return tuple(tuple(sorted(row)) for row in rows)
