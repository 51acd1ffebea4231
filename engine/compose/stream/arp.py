"""The arpeggio as a voice: the hand moves from chord to chord from the beginning of a phrase of four bars."""

from __future__ import annotations

import msgspec

from engine.compose.arp.compose import plan_arp
from engine.compose.arp.grips import Fingers, Grip, grips_of_chords
from engine.compose.arp.play import Carry, Manner, play_bar
from engine.compose.arp.rates import even
from engine.compose.arp.request import ArpRequest, ArpResolved
from engine.compose.arp.shelf import ArpStyle
from engine.compose.dice import Dice
from engine.compose.part.harmony import Harmony
from engine.compose.stream.chain import Chain
from engine.compose.stream.kept import Kept
from engine.compose.stream.macros import Settings
from engine.compose.stream.voice import Scene, Voice, bent
from engine.notes import Note

__all__ = ["ArpVoice"]

PHRASE = 4
_CLOSE = 1e-6
_LOWEST, _HIGHEST = 24, 96
_MOST_VOICES = 8

_USUAL = ArpRequest()
_KNOBS = ("density", "complexity", "variation", "ratchets", "accent_depth")

Bar = tuple[list[Note], Carry, Grip]


class _Hand:
    """The hand of one phrase, and what each of its bars leaves to the next."""

    def __init__(self, plan: tuple[ArpResolved, Manner, Fingers], harmony: Harmony, first: int) -> None:
        self.resolved, self.manner, self.fingers = plan
        self.harmony = harmony
        self.bars: Chain[Bar] = Chain(first)

    def past(self, number: int) -> list[Bar]:
        """The bars before one."""
        return self.bars.until(number, lambda bar, before: self.play(bar, _left_by(before)))

    def play(self, number: int, before: tuple[Carry, Grip | None]) -> Bar:
        """One bar, from what the bar before left."""
        carry, last = before
        edges = number * self.manner.bar, (number + 1) * self.manner.bar
        spans = [span for span in self.harmony.spans if span.start < edges[1] - _CLOSE and span.end > edges[0] + _CLOSE]
        grips = grips_of_chords(spans, self.fingers, last)
        notes, carry = play_bar(number, grips, self.manner, carry)
        return notes, carry, grips[-1]

    def left(self, number: int) -> tuple[Carry, Grip | None]:
        """What a bar is left by the one before."""
        bars = self.past(number)
        return _left_by(bars[-1] if bars else None)


def _left_by(bar: Bar | None) -> tuple[Carry, Grip | None]:
    return (Carry(), None) if bar is None else bar[1:]


_hands: Kept[_Hand] = Kept(128)


class ArpVoice(Voice):
    """See ``Voice``."""

    alone = True

    def __init__(self, style: ArpStyle, scene: Scene) -> None:
        self.style, self.scene = style, scene

    def hand(self, now: Settings) -> tuple[float, int]:
        """See ``Voice``; steps that are triplets already, or dotted, stay where they are."""
        rate = self._hand(now).resolved.rate
        return bent(self.style.swing, now["swing"]) if even(rate) else 0.0, self.style.grid

    def before(self, base: Settings) -> list[Note]:
        """See ``Voice``."""
        return [note for notes, _, _ in self._hand(base).past(self.scene.number) for note in notes]

    def written(self, base: Settings, now: Settings, dice: Dice | None = None) -> list[Note]:
        """See ``Voice``."""
        number = self.scene.number
        left = self._hand(base).left(number)
        hand = self._hand(now) if dice is None else self._opened(now, dice)
        return hand.play(number, left)[0]

    def filled(self, base: Settings, now: Settings) -> list[Note]:
        """See ``Voice``."""
        return self.written(base, now.but(density=100.0, ratchets=min(100.0, now["ratchets"] + 40.0)))

    def _hand(self, settings: Settings) -> _Hand:
        key = self.scene.mark(self.style.id, self.scene.opening(PHRASE), settings.writing)
        return _hands.get(key, lambda: self._opened(settings, self.scene.dice))

    def _opened(self, settings: Settings, dice: Dice) -> _Hand:
        scene, first = self.scene, self.scene.opening(PHRASE)
        harmony = scene.harmony.within(first, PHRASE, scene.metre)
        register = min(_HIGHEST, max(_LOWEST, self.style.register + round(settings["register"])))
        numerator, denominator = scene.metre
        request = msgspec.structs.replace(
            _USUAL,
            **settings.some(*_KNOBS),
            voices=min(_MOST_VOICES, self.style.voices + round(settings["voices"])),
            register=register,
            signature_numerator=numerator,
            signature_denominator=denominator,
        )
        return _Hand(plan_arp(request, self.style, harmony, dice), harmony, first)
