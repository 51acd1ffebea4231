"""Drum patterns as tables: what each style plays on which step, and at which tempi it is written."""

from __future__ import annotations

from dataclasses import dataclass

KICK, RIM, SNARE, CLAP, CLOSED, PEDAL, OPEN, TOM, RIDE, TAMBOURINE, SHAKER = 36, 37, 38, 39, 42, 44, 46, 45, 51, 54, 70


@dataclass(frozen=True)
class Lane:
    """One drum.

    Attributes:
        pitch: General MIDI number.
        chances: Chance of a hit on each step of the bar.
        level: Loudness relative to the others.
        ghost: How much it likes hits beyond these.
        optional: Whether the style lives without it.
    """

    pitch: int
    chances: dict[int, float]
    level: float = 1.0
    ghost: float = 0.0
    optional: bool = False


@dataclass(frozen=True)
class Pattern:
    """One style.

    Attributes:
        tempo: Lowest and highest BPM it is written at.
        lanes: Its drums.
        beats: In a bar.
        steps: In a beat: 4, or 3 for triplets, or 2.
        swing: Share of a step that every second step may come late.
    """

    tempo: tuple[float, float]
    lanes: tuple[Lane, ...]
    beats: int = 4
    steps: int = 4
    swing: tuple[float, float] = (0.0, 0.0)


def _on(*steps: int, chance: float = 1.0) -> dict[int, float]:
    return dict.fromkeys(steps, chance)


def _every(step: int, first: int = 0, bar: int = 16, chance: float = 1.0) -> dict[int, float]:
    return dict.fromkeys(range(first, bar, step), chance)


_FOUR = Lane(KICK, _every(4), 1.15)
_BACKBEAT = Lane(SNARE, _on(4, 12), 1.05, ghost=0.3)

PATTERNS = {
    "house": Pattern(
        (116, 132),
        (
            _FOUR,
            Lane(CLAP, _on(4, 12), 0.9, optional=True),
            Lane(OPEN, _every(4, 2), 0.7, optional=True),
            Lane(CLOSED, _every(2, chance=0.8), 0.5, 0.5, optional=True),
            Lane(SHAKER, _every(1, chance=0.8), 0.4, optional=True),
        ),
        swing=(0.0, 0.25),
    ),
    "techno": Pattern(
        (124, 150),
        (
            _FOUR,
            Lane(OPEN, _every(4, 2), 0.7, optional=True),
            Lane(CLOSED, _every(1, chance=0.7), 0.45, optional=True),
            Lane(RIM, _on(3, 6, 11, 14, chance=0.4), 0.6, 0.6, optional=True),
        ),
    ),
    "trance": Pattern(
        (130, 145),
        (
            _FOUR,
            Lane(OPEN, _every(4, 2), 0.8),
            Lane(CLAP, _on(4, 12), 0.9, optional=True),
            Lane(CLOSED, _every(1), 0.4),
        ),
    ),
    "hiphop": Pattern(
        (72, 105),
        (
            Lane(KICK, {0: 1, 7: 0.6, 8: 0.67, 10: 0.4, 11: 0.4}, 1.1),
            Lane(SNARE, _on(4, 12), 1.05, ghost=0.4),
            Lane(CLOSED, _every(2), 0.6, 0.4),
        ),
        swing=(0.0, 0.5),
    ),
    "trap": Pattern(
        (125, 165),
        (
            Lane(KICK, {0: 1, 6: 0.5, 10: 0.5, 14: 0.3, 3: 0.2}, 1.15),
            Lane(CLAP, _on(8), 1.05),
            Lane(CLOSED, {**_every(2), **_every(2, 1, chance=0.25)}, 0.6),
            Lane(OPEN, {14: 0.3, 6: 0.2}, 0.6, optional=True),
        ),
    ),
    "drum and bass": Pattern(
        (164, 182),
        (
            Lane(KICK, _on(0, 10), 1.1),
            Lane(SNARE, _on(4, 12), 1.1, ghost=0.3),
            Lane(CLOSED, _every(2), 0.6, 0.3, optional=True),
            Lane(RIDE, _every(2), 0.5, optional=True),
        ),
    ),
    "jungle": Pattern(
        (155, 178),
        (
            Lane(KICK, {0: 0.95, 2: 0.4, 10: 0.6, 11: 0.3}, 1.05),
            Lane(SNARE, {4: 0.9, 12: 0.7, 7: 0.3, 9: 0.4, 14: 0.4}, 1.0, 0.5),
            Lane(CLOSED, _every(2), 0.6, 0.3),
        ),
        swing=(0.0, 0.2),
    ),
    "dubstep": Pattern(
        (136, 144),
        (
            Lane(KICK, {0: 1, 3: 0.3, 6: 0.3, 10: 0.3, 14: 0.2}, 1.1),
            Lane(SNARE, _on(8), 1.15),
            Lane(CLOSED, _every(2, chance=0.6), 0.5, 0.4),
        ),
        swing=(0.0, 0.3),
    ),
    "reggaeton": Pattern(
        (84, 102),
        (_FOUR, Lane(SNARE, _on(3, 6, 11, 14), 1.0), Lane(CLOSED, _every(2), 0.5, optional=True)),
    ),
    "breakbeat": Pattern(
        (104, 140),
        (
            Lane(KICK, {0: 1, 2: 0.4, 10: 0.8, 6: 0.3}, 1.1),
            Lane(SNARE, {4: 1, 12: 1, 7: 0.3, 9: 0.3}, 1.0, 0.3),
            Lane(CLOSED, _every(2), 0.6, 0.3),
        ),
        swing=(0.0, 0.3),
    ),
    "garage": Pattern(
        (126, 138),
        (
            Lane(KICK, {0: 1, 10: 0.8, 6: 0.3}, 1.1),
            Lane(CLAP, _on(4, 12), 1.0),
            Lane(CLOSED, _every(2, chance=0.8), 0.6, 0.5),
            Lane(OPEN, _every(4, 2, chance=0.5), 0.6),
        ),
        swing=(0.2, 0.55),
    ),
    "rock": Pattern(
        (76, 180),
        (
            Lane(KICK, {0: 1, 8: 0.8, 10: 0.5, 6: 0.2}, 1.1),
            _BACKBEAT,
            Lane(CLOSED, _every(2), 0.6, optional=True),
            Lane(RIDE, _every(2), 0.5, optional=True),
        ),
    ),
    "punk": Pattern(
        (160, 230),
        (Lane(KICK, {0: 1, 6: 0.5, 8: 0.9, 10: 0.4}, 1.1), _BACKBEAT, Lane(CLOSED, _every(2), 0.7)),
    ),
    "ballad": Pattern(
        (50, 82),
        (Lane(KICK, {0: 1, 8: 0.9, 7: 0.3}, 1.0), Lane(SNARE, _on(4, 12), 0.9), Lane(CLOSED, _every(2), 0.5)),
    ),
    "slow": Pattern(
        (36, 56),
        (
            Lane(KICK, {0: 1, 8: 0.8, 10: 0.4, 3: 0.2}, 1.0),
            Lane(SNARE, _on(4, 12), 0.9, 0.3),
            Lane(CLOSED, {**_every(2), **_every(1, chance=0.4)}, 0.5),
        ),
    ),
    "disco": Pattern(
        (108, 130),
        (_FOUR, Lane(SNARE, _on(4, 12), 0.95), Lane(OPEN, _every(4, 2), 0.7), Lane(CLOSED, _every(2), 0.5)),
    ),
    "funk": Pattern(
        (88, 120),
        (
            Lane(KICK, {0: 1, 3: 0.3, 6: 0.5, 10: 0.7, 13: 0.3}, 1.05),
            Lane(SNARE, _on(4, 12), 1.0, 0.8),
            Lane(CLOSED, _every(1, chance=0.85), 0.55),
        ),
        swing=(0.0, 0.25),
    ),
    "jazz": Pattern(
        (100, 280),
        (
            Lane(RIDE, {0: 1, 3: 0.9, 5: 0.9, 6: 1, 9: 0.9, 11: 0.9, 2: 0.05}, 0.8),
            Lane(PEDAL, _on(3, 9), 0.7),
            Lane(SNARE, {5: 0.2, 8: 0.2, 11: 0.15}, 0.5, 0.4, optional=True),
            Lane(KICK, {0: 0.5, 3: 0.3, 6: 0.5, 9: 0.3}, 0.5, optional=True),
        ),
        steps=3,
    ),
    "shuffle": Pattern(
        (80, 150),
        (
            Lane(KICK, {0: 1, 6: 0.9, 5: 0.3}, 1.05),
            Lane(SNARE, _on(3, 9), 1.0),
            Lane(CLOSED, {**_every(3, bar=12), **_every(3, 2, 12)}, 0.6),
        ),
        steps=3,
    ),
    "six eight": Pattern(
        (46, 100),
        (Lane(KICK, {0: 1, 5: 0.3}, 1.05), Lane(SNARE, _on(3), 1.0), Lane(CLOSED, _every(1, bar=6), 0.6)),
        beats=2,
        steps=3,
    ),
    "waltz": Pattern(
        (84, 200),
        (Lane(KICK, _on(0), 1.1), Lane(SNARE, _on(4, 8, chance=0.9), 0.7), Lane(CLOSED, _every(2, bar=12), 0.5)),
        beats=3,
    ),
    "five four": Pattern(
        (90, 180),
        (Lane(KICK, _on(0, 12), 1.1), Lane(SNARE, _on(8, 16), 0.9), Lane(CLOSED, _every(2, bar=20), 0.6)),
        beats=5,
    ),
    "seven eight": Pattern(
        (180, 280),
        (Lane(KICK, _on(0, 4), 1.1), Lane(SNARE, _on(8, 2), 0.9), Lane(CLOSED, _every(2, bar=14), 0.6)),
        beats=7,
        steps=2,
    ),
    "four on the floor": Pattern((90, 280), (_FOUR, Lane(TAMBOURINE, _every(4, 2), 0.4, optional=True))),
    "latin": Pattern(
        (90, 200),
        (
            Lane(KICK, {0: 0.7, 6: 0.8, 14: 0.6, 8: 0.4}, 1.0),
            Lane(RIM, {0: 1, 3: 0.9, 6: 0.9, 10: 0.9, 12: 0.9}, 0.9),
            Lane(SHAKER, _every(2), 0.5),
            Lane(TOM, {6: 0.4, 14: 0.5, 15: 0.3}, 0.7, 0.3),
        ),
    ),
    "afrobeat": Pattern(
        (96, 126),
        (
            Lane(KICK, {0: 1, 6: 0.6, 8: 0.6, 11: 0.4}, 1.0),
            Lane(SNARE, {4: 0.5, 7: 0.5, 12: 0.8, 15: 0.3}, 0.8, 0.5),
            Lane(CLOSED, _every(2), 0.6),
            Lane(SHAKER, _every(1), 0.4),
        ),
    ),
}
