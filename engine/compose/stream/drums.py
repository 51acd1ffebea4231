"""Drums as a voice: every bar is a function of its number alone, so nothing is carried along."""

from __future__ import annotations

import msgspec
import numpy as np

from engine.compose.dice import Dice
from engine.compose.drums.bar import drum_bar
from engine.compose.drums.hits import Hit
from engine.compose.drums.plan import Plan, make_plan
from engine.compose.drums.request import DrumsRequest, LaneWish
from engine.compose.drums.roles import CYMBALS, ROLES
from engine.compose.drums.vocabulary import Genre
from engine.compose.spans import Span
from engine.compose.stream.kept import Kept
from engine.compose.stream.macros import Settings
from engine.compose.stream.voice import Scene, Voice, bent
from engine.notes import Note

__all__ = ["BACKBONE", "DrumsVoice"]

BACKBONE = frozenset({"kick", "sub", "snare", "clap", "rim"})
"""Roles that a bar keeps when its upper parts are drawn anew."""

_STEP = 0.25
_SECTION = 16
"""Bars after which the longest turns are played."""

_USUAL = DrumsRequest()
_KNOBS = ("density", "complexity", "variation", "fills", "ghosts")

_plans: Kept[Plan] = Kept(512)


class DrumsVoice(Voice):
    """See ``Voice``; the pitches are those of General MIDI."""

    alone = False

    def __init__(self, genre: Genre, scene: Scene) -> None:
        self.genre, self.scene = genre, scene

    def hand(self, now: Settings) -> tuple[float, int]:
        """See ``Voice``."""
        return bent(self.genre.swing, now["swing"]), self.genre.grid

    def before(self, _base: Settings) -> list[Note]:
        """See ``Voice``; a drum is struck and has sounded."""
        return []

    def written(self, _base: Settings, now: Settings, dice: Dice | None = None) -> list[Note]:
        """See ``Voice``."""
        scene = self.scene
        if dice is not None:
            return self._notes(drum_bar(self._plan(now, scene.who, dice), scene.number, dice))
        hits = drum_bar(self._plan(now), scene.number, scene.dice)
        if scene.dice.uniform("redraw", scene.number) < now["redraw"] / 100.0:
            # Another hand on what is above the beat; what carries the genre stays.
            other = drum_bar(self._plan(now, scene.who, scene.elsewhere), scene.number, scene.elsewhere)
            hits = sorted([*_on(hits, BACKBONE), *(hit for hit in other if hit.role not in BACKBONE)])
        return self._notes(hits)

    def filled(self, _base: Settings, now: Settings) -> list[Note]:
        """See ``Voice``: the last bar of some section, where the longest turns are."""
        plan = self._plan(now.but(fills=100.0))
        return self._notes(drum_bar(plan, _SECTION * self.scene.number + _SECTION - 1, self.scene.dice))

    def heard(self, _base: Settings, _substituted: bool) -> list[Span]:
        """See ``Voice``."""
        return []

    def _notes(self, hits: list[Hit]) -> list[Note]:
        origin, beats = self.scene.origin, self.scene.beats
        return [
            Note(ROLES[hit.role].pitch, origin + hit.step * _STEP, hit.length, hit.velocity)
            for hit in hits
            if hit.step * _STEP < beats
        ]

    def _plan(self, settings: Settings, who: int = 0, dice: Dice | None = None) -> Plan:
        """The plan of the seed, or of one who takes over."""
        key = self.scene.mark(self.genre.id, settings["complexity"], who)
        return self._set(_plans.get(key, lambda: self._drawn(settings, dice or self.scene.dice)), settings)

    def _drawn(self, settings: Settings, dice: Dice) -> Plan:
        """What is drawn; of the macros only Complexity has a say in it, the others in how much of it is heard."""
        numerator, denominator = self.scene.metre
        request = msgspec.structs.replace(
            _USUAL,
            complexity=settings["complexity"],
            signature_numerator=numerator,
            signature_denominator=denominator,
        )
        return make_plan(self.genre, request, dice)

    @staticmethod
    def _set(plan: Plan, settings: Settings) -> Plan:
        cymbals, density = settings["cymbals"], settings["density"]
        lanes = None if cymbals == 1.0 else {role: LaneWish(density=cymbals) for role in CYMBALS}
        voices = tuple(
            msgspec.structs.replace(voice, density=density * (cymbals if voice.role in CYMBALS else 1.0))
            for voice in plan.voices
        )
        return msgspec.structs.replace(
            plan,
            request=msgspec.structs.replace(plan.request, **settings.some(*_KNOBS), lanes=lanes),
            voices=voices,
            density=np.array([voice.density for voice in voices], dtype=np.float64).reshape(len(voices), 1),
        )


def _on(hits: list[Hit], roles: frozenset[str]) -> list[Hit]:
    return [hit for hit in hits if hit.role in roles]
