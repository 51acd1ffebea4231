"""What every role brings to a stream: one bar as it is written, before anybody's hands."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Protocol

from engine.compose.dice import Dice
from engine.compose.spans import Span
from engine.compose.stream.harmony import Rounds
from engine.compose.stream.macros import Settings
from engine.notes import Note, beats_per_bar

__all__ = ["Scene", "Voice", "bent", "dice_of"]

_LAPSE, _UNDERSTUDIES = 7919, 4
"""Between the seeds of those who take over for a moment, prime so that neighbours of a seed do not share them; and how
many of them there are: few enough that what they draw can be kept."""


@lru_cache(maxsize=64)
def dice_of(seed: int) -> Dice:
    """The dice of a seed: one object, for what was worked out with dice is found sooner by the very same."""
    return Dice(seed)


class Scene:
    """The bar that is to be written, and all that does not move with the macros.

    Attributes:
        seed: of the part. dice: of the seed.
        number: of the bar. metre: numerator and denominator. tempo: beats per minute.
        rounds: the harmony; None for drums.
        kicks: for each bar of the kick's round, its onsets in beats from the bar's start; none: no kick is heard.
    """

    kicks: tuple[tuple[float, ...], ...] = ()

    def __init__(self, seed: int, number: int, metre: tuple[int, int], tempo: float, rounds: Rounds | None) -> None:
        self.seed, self.number, self.metre, self.tempo, self.rounds = seed, number, metre, tempo, rounds
        self.dice = dice_of(seed)
        self.beats = beats_per_bar(*metre)

    @property
    def origin(self) -> float:
        """Where the bar begins, beats from bar 0, had all bars been of its signature."""
        return self.number * self.beats

    @property
    def harmony(self) -> Rounds:
        """The harmony of a role that has one."""
        if self.rounds is None:
            raise ValueError("drums have no harmony")
        return self.rounds

    @cached_property
    def elsewhere(self) -> Dice:
        """The dice of one of those who take over where a bar departs."""
        return dice_of(self.seed + _LAPSE * self.who)

    @cached_property
    def who(self) -> int:
        """Number of the one who takes over in this bar, from 1."""
        return 1 + int(_UNDERSTUDIES * self.dice.uniform("understudy", self.number))

    def opening(self, phrase: int) -> int:
        """Number of the first bar of the phrase that the bar stands in.

        Args:
            phrase: bars of a phrase.
        """
        return self.number - self.number % phrase

    def chords(self) -> list[Span]:
        """The harmony of the bar, as it is written."""
        return list(self.harmony.within(self.number, 1, self.metre).spans)

    def mark(self, *more: object) -> tuple[object, ...]:
        """What the notes of a phrase hang on, besides the macros."""
        return (self.seed, self.metre, self.rounds.mark if self.rounds else "", self.kicks, *more)


class Voice(Protocol):
    """One role in one style, about to play one bar. Beats are counted as in ``Scene.origin``.

    Attributes:
        scene: the bar.
    """

    scene: Scene

    @property
    def alone(self) -> bool:
        """Whether what is struck ends what sounds; drums let each other ring."""

    def hand(self, now: Settings) -> tuple[float, int]:
        """How far off-beats lie behind, 0 straight to 1 triplets, and which: 8 or 16."""

    def before(self, base: Settings, /) -> list[Note]:
        """The bars of the phrase before this one, as they would have been."""

    def written(self, base: Settings, now: Settings, dice: Dice | None = None, /) -> list[Note]:
        """The notes of the bar, on the grid; they may last longer than it.

        Args:
            base: where the macros stand as the bar begins; the bars before it are taken to have stood there too.
            now: where they stand now.
            dice: of another part than the seed's, for one that takes over for a moment.
        """

    def filled(self, base: Settings, now: Settings, /) -> list[Note]:
        """The bar as a turn to the next one, to take its end from."""

    def substituted(self, base: Settings, now: Settings, /) -> list[Note]:
        """The bar over other chords; roles that follow a harmony others hear too stay with it."""
        return self.written(base, now)

    def heard(self, _base: Settings, _substituted: bool, /) -> list[Span]:
        """The chords of the bar, as they are written unless the role colours them; drums have none."""
        return self.scene.chords()


def bent(own: float, percent: float) -> float:
    """A style's own swing (0..1) with the macro's percent on top."""
    return own + (1.0 - own) * percent / 100.0
