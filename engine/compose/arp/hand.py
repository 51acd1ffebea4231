"""What lies under the fingers: a chord of the progression as pitches, near to where the hand is.

The way from one chord to the next is the shortest: of all close positions the one whose voices move least, with a pull
towards the middle of the register, so that a long progression does not wander off. It hangs on the chord before and
nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from engine.compose.dice import Dice
from engine.compose.shapes import voiced_tones
from engine.theory.chords import Chord

__all__ = ["as_played", "coloured", "finger"]

Pitches = tuple[int, ...]

_PULL = 0.05
"""Semitones of voice motion that a semitone away from the middle of the register is worth; four times that for two."""

_RUBBING, _WIDE = 1.0, 0.4
"""The same for two neighbours a second apart, and for each semitone that a hand has to stretch too far."""

_ROOT_FIRST = 2.0
"""The same for a first chord that does not begin on its lowest tone."""

# Complexity at which the tones a third, two and three thirds above a triad join, and how far chance moves it.
_JOINS = (("seventh", 52.0), ("ninth", 68.0), ("beyond", 84.0))
_JITTER = 12.0
_LOWEST, _HIGHEST = 12, 115


def coloured(chord: Chord, scale: tuple[int, ...], complexity: float, place: int, dice: Dice) -> tuple[int, ...]:
    """The pitch classes of a chord in thirds from its root, with what the Complexity knob adds from the key.

    Args:
        chord: as written; its own tones always stay.
        scale: pitch classes of the key.
        complexity: percent.
        place: which chord of the progression it is, so that it is coloured alike each time round.
        dice: of the take's seed.

    Returns:
        Pitch classes, root first, each once; added tones last.
    """
    tones = list(chord.pcs)
    for number, (kind, joins) in enumerate(_JOINS):
        if complexity < joins + _JITTER * (dice.uniform("colour", place, number) - 0.5):
            break
        wanted = {"seventh": (10, 11), "ninth": (14,), "beyond": (21, 17)}[kind]
        added = (chord.root + interval for interval in wanted)
        # A tone a semitone above one of the chord's grinds against it.
        fits = [tone % 12 for tone in added if tone % 12 in scale and not {(tone - 1) % 12, tone % 12} & set(tones)]
        tones.extend(fits[:1])
    return tuple(tones)


@lru_cache(maxsize=4096)
def finger(
    tones: tuple[int, ...], bass: int, voices: int, register: int, *, voicing: str, previous: Pitches | None
) -> Pitches:
    """Puts a chord under the fingers.

    Args:
        tones: pitch classes in thirds, root first.
        bass: pitch class that lies lowest when ``voicing`` is "root".
        voices: notes wanted, 1..8.
        register: MIDI number around which they should lie.
        voicing: "smooth" or "root".
        previous: the pitches before, to go on from; None at the beginning.

    Returns:
        ``voices`` pitches, lowest first.
    """
    kept = _kept(tones, voices)
    lowest = bass if bass in kept else tones[0]
    if voicing == "root" and bass not in kept:
        kept, lowest = (bass, *_kept(tones, voices - 1))[:voices], bass
    starts = (lowest,) if voicing == "root" else kept
    shapes = {way(kept, pc, voices) for pc in starts for way in (_close, _stacked)}
    before = tuple(sorted(previous)) if previous else ()
    return min([min(_placed(shape, lowest, register, before)) for shape in shapes])[1]


def _kept(tones: tuple[int, ...], voices: int) -> tuple[int, ...]:
    """The tones that tell most of a chord, when there are fewer voices than tones."""
    if len(tones) <= voices:
        return tones
    if voices < 3:
        return tones[:voices]
    intervals = tuple((tone - tones[0]) % 12 for tone in tones)
    chosen = {interval % 12 for interval in voiced_tones(tuple(sorted(intervals)), voices)}
    return tuple(tone for tone, interval in zip(tones, intervals, strict=True) if interval in chosen)[:voices]


def _close(tones: tuple[int, ...], base: int, voices: int) -> Pitches:
    """Tones stacked as closely as they go from a pitch on; what is wanted beyond them an octave higher."""
    rising = sorted({base + (tone - base) % 12 for tone in tones})
    return tuple(rising[voice % len(rising)] + 12 * (voice // len(rising)) for voice in range(voices))


def _stacked(tones: tuple[int, ...], base: int, voices: int) -> Pitches:
    """Tones in thirds from the one at a pitch on, so that a ninth lies above the seventh and not beside the root."""
    first = tones.index(base % 12)
    row = [base]
    for voice in range(1, voices):
        tone = tones[(first + voice) % len(tones)]
        row.append(row[-1] + ((tone - row[-1]) % 12 or 12))
    return tuple(row)


def _placed(shape: Pitches, lowest: int, register: int, before: Pitches) -> list[tuple[float, Pitches]]:
    """What a row of pitches costs in each octave that it can be played in."""
    voices, total = len(shape), sum(shape)
    rubbing = sum([b - a <= 2 for a, b in pairwise(shape)])
    awkward = _RUBBING * rubbing + _WIDE * max(0, shape[-1] - shape[0] - 12 * voices // 3)
    beginning = 0.0 if before else _ROOT_FIRST * (shape[0] % 12 != lowest)
    out = []
    for up in range(0, _HIGHEST - shape[-1] + 1, 12):
        if shape[0] + up < _LOWEST:
            continue
        row = tuple([pitch + up for pitch in shape])
        cost = _PULL * ((total + up * voices) / voices - register) ** 2 + awkward
        out.append((cost + (_moved(before, row) / voices if before else beginning), row))
    return out


def _moved(before: Pitches, row: Pitches) -> int:
    """Semitones that voices move, both rows lowest first."""
    # In order, for crossing voices would move farther; of unequal numbers each goes to the nearest.
    if len(before) == len(row):
        return sum([abs(a - b) for a, b in zip(before, row, strict=True)])
    return sum([min([abs(pitch - other) for other in before]) for pitch in row])


def as_played(pitches: Pitches, tones: tuple[int, ...]) -> Pitches:
    """The order in which a player would strike a chord: from its root on in thirds, an octave after the other.

    Args:
        pitches: lowest first.
        tones: pitch classes in thirds, root first.
    """
    order = {tone: place for place, tone in enumerate(tones)}
    met: dict[int, int] = {}
    keys = []
    for pitch in pitches:
        octave = met.get(pitch % 12, 0)
        met[pitch % 12] = octave + 1
        keys.append((octave, order.get(pitch % 12, -1), pitch))
    return tuple(pitch for _, _, pitch in sorted(keys))
