"""Which pitch a note takes: a choice among all pitches in reach, weighed by what melodies of songs do.

What weighs: the interval and the one before it, the tone's role over the chord (and over a chord that comes while it
sounds), its degree in the key, its height in the range, and what stood at this place one, two and four bars ago.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from engine.compose.melody import buckets as of
from engine.compose.melody.character import Character
from engine.compose.melody.slots import STRONG, WEAK
from engine.compose.melody.weights import PitchWeights, weights
from engine.theory.chords import Chord
from engine.theory.keys import MODE_STEPS, Key

__all__ = ["OUTSIDE", "Moment", "Palette", "Table", "steps"]

OUTSIDE = -60.0
"""Log-weight of what is never taken while anything else is there."""

_RETURN, _ECHO = 1.4, 1.9
"""How much more readily than learnt a melody returns to the pitches of other bars, and to its intervals: what is made
up bar by bar has less to return to than what was written as a whole."""

_FIRM = 0.3
"""Log-weight of chord tones on strong beats besides what was learnt."""

_SIZES = tuple(of.interval_size(interval - 12) for interval in range(of.INTERVALS))
_FIVE_OUT = {False: (5, 11), True: (2, 8)}


class Palette(msgspec.Struct, frozen=True, gc=False):
    """What a take weighs differently from the songs.

    Attributes:
        key: the key. scale: its pitch classes.
        colour: log-weights of degrees above the tonic (12) that may be taken though they are foreign to the key; 0 for
            the others.
        back: how readily pitches of other bars return; 1 as learnt.
        free: how readily tones foreign to chord and key are taken between beats; ``OUTSIDE`` for never.
    """

    key: Key
    scale: tuple[int, ...]
    colour: tuple[float, ...]
    back: float
    free: float


class Moment(msgspec.Struct, frozen=True, gc=False):
    """Where a note stands.

    Attributes:
        weight: of its place in the bar. span: class of the time to the next onset. final: class of what follows.
        gap: class of the time since the onset before.
        chord: that sounds. coming: a chord that begins while the note sounds, or None. near: within half a beat.
        close: 0 inside a phrase; above 0 how strongly it wants to end at home, below 0 how strongly open.
        lean: how readily tones foreign to the chord are taken; 0 as learnt.
    """

    weight: int
    span: int
    final: int
    gap: int
    chord: Chord
    coming: Chord | None
    near: bool
    close: float
    lean: float


class Table:
    """A take's weights, with what was worked out kept for the next note.

    Attributes:
        sizes: log-weights of the 25 intervals by the character's leapiness and repeated notes.
        grams: by how many intervals were recognised; what followed them then.
        lag_pitch, lag_interval: see ``PitchWeights``, the character's in them.
    """

    def __init__(self, learnt: PitchWeights, who: Character, palette: Palette) -> None:
        """Takes the learnt weights, the character and what the request changes."""
        self.learnt, self.who, self.palette = learnt, who, palette
        self.tonic, self.minor = palette.key.tonic_pc, palette.key.minor_third
        self._like = _like(frozenset((pc - self.tonic) % 12 for pc in palette.scale), self.minor)
        self._roles: dict[tuple[int, int, float], list[float]] = {}
        self._classes: dict[tuple[int, float], list[float]] = {}
        sizes = [who.leap * weight for weight in learnt.leap]
        sizes[0] += who.same * learnt.same[0]
        self.sizes = [sizes[size] for size in _SIZES]
        back = palette.back * _RETURN
        self.grams = [
            palette.back * _ECHO * (gram + who.motif * motif)
            for gram, motif in zip(learnt.gram, learnt.motif, strict=True)
        ]
        self.lag_pitch = [
            back * (weight + who.motif * learnt.motif_lag[place // of.STREAKS])
            for place, weight in enumerate(learnt.lag_pitch)
        ]
        self.lag_interval = [back * weight for weight in learnt.lag_interval]
        low, high = who.low, who.high
        self._window = [learnt.window[of.window_of(pitch, low, high)] for pitch in range(low, high + 1)]
        self._heights: dict[tuple[int, float], list[float]] = {}

    def heights(self, aim: int, pull: float) -> list[float]:
        """Log-weights of the pitches from the lowest up, drawn to a height.

        Args:
            aim: height in sixteenths of the range, 0 lowest.
            pull: how strongly; 0 not at all.
        """
        known = self._heights.get((aim, pull))
        if known is None:
            last = len(self._window) - 1
            known = [weight - pull * (place / last - aim / 16) ** 2 for place, weight in enumerate(self._window)]
            self._heights[aim, pull] = known
        return known

    def tones(self, moment: Moment) -> tuple[list[float], tuple[int, ...]]:
        """Log-weights of the twelve pitch classes at a moment, and which of them are chord tones."""
        over = over_chord(moment.chord, self.palette.scale)
        by_role = self._by_role(moment.weight, moment.span, moment.lean)
        by_class = self._by_class(moment.final, moment.close)
        out = [by_role[role] + weight for role, weight in zip(over.roles, by_class, strict=True)]
        # Tones of neither chord nor key: a style's own colour, or passing where these are wanted; else none.
        stranger = self.palette.free if moment.weight > WEAK and moment.span <= 1 else OUTSIDE
        for pc in over.foreign:
            out[pc] += self.palette.colour[(pc - self.tonic) % 12] or stranger
        if moment.coming is not None:
            ahead, first = self.learnt.ahead, moment.near * of.ROLES
            coming = over_chord(moment.coming, self.palette.scale).roles
            out = [weight + ahead[first + role] for weight, role in zip(out, coming, strict=True)]
        return out, over.hits

    def _by_role(self, weight: int, span: int, lean: float) -> list[float]:
        """Log-weights of the roles over the chord."""
        known = self._roles.get((weight, span, lean))
        if known is None:
            first = (weight * of.SPANS + span) * of.ROLES
            chordal = self.who.tones * self.learnt.tones[weight] + (_FIRM if weight == STRONG else 0.0)
            leaning = lean * (1.0 if weight <= WEAK else 0.5)
            known = [
                self.learnt.tone[first + role] + (chordal if role < of.CHORD_ROLES else leaning)
                for role in range(of.ROLES)
            ]
            self._roles[weight, span, lean] = known
        return known

    def _by_class(self, final: int, close: float) -> list[float]:
        """Log-weights of the pitch classes by their degree in the key."""
        known = self._classes.get((final, close))
        if known is None:
            first = (self.minor * of.FINAL + final) * 12
            degrees = [(pc - self.tonic) % 12 for pc in range(12)]
            five = self.who.five * self.learnt.five[0]
            known = [
                self.learnt.degree[first + self._like[degree]]
                + (five if self._like[degree] in _FIVE_OUT[self.minor] else 0.0)
                + _closing(degree, self.minor, close)
                for degree in degrees
            ]
            self._classes[final, close] = known
        return known


@lru_cache(maxsize=1024)
def steps(motion: int, other: int, gap: int, weight: int) -> tuple[list[float], list[float]]:
    """Learnt log-weights of the 25 intervals, an octave down to an octave up, arriving off the chord, and on it.

    Args:
        motion: class of the interval before.
        other: direction of the one before that.
        gap: class of the time since the onset before.
        weight: of the place.
    """
    learnt = weights().pitch
    interval = learnt.interval[motion * of.INTERVALS : (motion + 1) * of.INTERVALS]
    size = learnt.size[gap * of.INTERVAL_SIZES : (gap + 1) * of.INTERVAL_SIZES]
    last = 1 if motion < 2 else 0 if motion % 2 else 2
    down, same, up = learnt.course[(other * 3 + last) * 3 : (other * 3 + last) * 3 + 3]
    course = (*(down,) * 12, same, *(up,) * 12)
    row = [one + turn + size[by] for one, turn, by in zip(interval, course, _SIZES, strict=True)]
    first = weight * 2 * of.INTERVAL_SIZES
    off, on = (learnt.landing[first + hit * of.INTERVAL_SIZES :] for hit in (0, 1))
    return (
        [one + off[by] for one, by in zip(row, _SIZES, strict=True)],
        [one + on[by] for one, by in zip(row, _SIZES, strict=True)],
    )


class _Over(msgspec.Struct, frozen=True, gc=False):
    """The twelve pitch classes over a chord: their roles, which are its tones, which are of neither chord nor key."""

    roles: tuple[int, ...]
    hits: tuple[int, ...]
    foreign: tuple[int, ...]


@lru_cache(maxsize=4096)
def over_chord(chord: Chord, scale: tuple[int, ...]) -> _Over:
    """How the pitch classes stand over a chord; see ``buckets.role_of``."""
    tones = chord.pcs
    roles = tuple(of.role_of(pc, chord.root, tones, scale) for pc in range(12))
    hits = tuple(int(role < of.CHORD_ROLES) for role in roles)
    return _Over(roles, hits, tuple(pc for pc, role in enumerate(roles) if role == of.FOREIGN))


@lru_cache(maxsize=256)
def _like(degrees: frozenset[int], minor: bool) -> tuple[int, ...]:
    """For each degree the one of plain major or minor that it stands for: the sixth of dorian is a sixth."""
    plain = MODE_STEPS["minor" if minor else "major"]
    return tuple(
        next((near for near in (degree - 1, degree + 1) if near in plain and near not in degrees), degree)
        if degree in degrees and degree not in plain
        else degree
        for degree in range(12)
    )


def _closing(degree: int, minor: bool, close: float) -> float:
    """Endings: home on the tonic or its third, open on the second, fifth or seventh."""
    if close > 0:
        return close * (1.0 if degree == 0 else 0.5 if degree == (3 if minor else 4) else 0.3 if degree == 7 else -0.4)
    return -close * (0.7 if degree in (2, 7, 10 if minor else 11) else -0.8 if degree == 0 else 0.0)
