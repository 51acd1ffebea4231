"""Chance that can be asked for twice: every random number is a function of a seed and a name.

A stream of random numbers would tie everything to the order of the questions: one more
note early on, and all that follows changes. Here each question carries its own name
("which variant", "bar 3, step 6"), so turning one knob leaves every other choice where it
was, and a bar sounds the same however many bars stand before it. The numbers come from
SplitMix64 (Steele, Lea and Flood 2014), integer arithmetic that gives the same bits on
every machine and in every version of Python and numpy.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["SEEDS", "Dice", "draw_seed"]

SEEDS = 2**31
"""Seeds are 0 .. SEEDS - 1: what Live and JSON hold without loss."""

_T = TypeVar("_T")
_MASK = 0xFFFFFFFFFFFFFFFF
_GOLDEN = 0x9E3779B97F4A7C15

_APART = 0x2545F4914F6CDD1D
"""Odd, so that a state times it is a bijection that keeps (1, 2) and (2, 1) apart."""

_STEP, _MIX_1, _MIX_2 = np.uint64(_GOLDEN), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_S11, _S27, _S30, _S31 = np.uint64(11), np.uint64(27), np.uint64(30), np.uint64(31)
_FOUR = np.arange(4, dtype=np.int64)


def draw_seed() -> int:
    """Draws a seed nobody can foresee; the one place where chance enters the engine.

    Returns:
        0..9999, the range the devices show and a person can write down.
    """
    return secrets.randbelow(10_000)


def _mix(state: int) -> int:
    state = (state + _GOLDEN) & _MASK
    state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
    return state ^ (state >> 31)


@lru_cache(maxsize=4096)
def _name_bits(name: str) -> int:
    bits = 0xCBF29CE484222325
    for byte in name.encode():
        bits = ((bits ^ byte) * 0x100000001B3) & _MASK
    return bits


@lru_cache(maxsize=8192)
def _named(root: int, name: str) -> int:
    return _mix(root ^ _name_bits(name))


@lru_cache(maxsize=8192)
def _bell(state: int, number: int) -> float:
    """One of ``Dice.several_bells``, by the state of its name."""
    first = state + 4 * number * _GOLDEN
    a, b, c, d = (_mix(first + step * _GOLDEN - _GOLDEN & _MASK) >> 11 for step in range(4))
    total = a * 2.0**-53 + b * 2.0**-53 + c * 2.0**-53 + d * 2.0**-53
    return (total - 2.0) * 1.7320508075688772


class Row:
    """Numbers of one name that are told apart by their last number; see ``Dice.row``."""

    __slots__ = ("_state",)

    def __init__(self, state: int) -> None:
        self._state = state * _APART

    def uniform(self, number: int) -> float:
        """A number in 0 <= x < 1; what ``Dice.uniform`` gives for the same name and numbers."""
        return (_mix(self._state + number & _MASK) >> 11) * 2.0**-53


class Dice:
    """Named random numbers of one seed.

    Args:
        seed: any whole number.
    """

    def __init__(self, seed: int) -> None:
        self._root = _mix(seed & _MASK)

    def __eq__(self, other: object) -> bool:
        """Whether all that is asked of both is answered alike."""
        return isinstance(other, Dice) and other._root == self._root

    def __hash__(self) -> int:
        """Dice of one seed are one key to what was worked out with them."""
        return self._root

    def _bits(self, name: str, numbers: tuple[int, ...]) -> int:
        state = _named(self._root, name)
        for number in numbers:
            state = _mix(state * _APART + number & _MASK)
        return state

    def uniform(self, name: str, *numbers: int) -> float:
        """A number in 0 <= x < 1 that belongs to this name and these numbers."""
        state = _named(self._root, name)
        for number in numbers:
            # ``_mix``, which is asked for here more often than all else together.
            state = (state * _APART + number + _GOLDEN) & _MASK
            state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
            state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
            state ^= state >> 31
        return (state >> 11) * 2.0**-53

    def bell(self, name: str, number: int) -> float:
        """The number that ``bells`` gives for this name and number, for those who ask for few of them, and again."""
        return _bell(_named(self._root, name), number)

    def row(self, name: str, *numbers: int) -> Row:
        """The numbers that belong to this name, these numbers and one more, for those who ask for many of them."""
        return Row(self._bits(name, numbers))

    def choice(self, name: str, weights: Mapping[_T, float]) -> _T:
        """Draws one key of a table of weights (above 0; need not sum to 1)."""
        mark = self.uniform(name) * sum(weights.values())
        for item, weight in weights.items():
            mark -= weight
            if mark < 0:
                return item
        return next(reversed(list(weights)))

    def index(self, name: str, weights: Sequence[float]) -> int:
        """Draws a position in a list of weights (above 0; need not sum to 1)."""
        return self.choice(name, dict(enumerate(weights)))

    def uniforms(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """Many numbers at once, one for each of ``numbers``.

        Args:
            name: what they are for.
            numbers: int64 array of any shape; equal numbers give equal results.

        Returns:
            float64 array of the same shape, 0 <= x < 1.
        """
        return _shares(self._many(name, numbers))

    def several_uniforms(self, names: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """``uniforms`` for several names in one go: shape (names, ...)."""
        states = np.array([self._bits(name, ()) for name in names], dtype=np.uint64)
        return _shares(_mixed(states.reshape(-1, *(1,) * numbers.ndim), numbers))

    def bells(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """Many bell-shaped numbers at once: mean 0, deviation 1, never beyond 3.5.

        Sums of four uniform numbers (Irwin and Hall): close to normal, and made of sums
        only, so every machine gets the same bits, which logarithms do not promise.
        """
        return np.asarray(self.several_bells((name,), numbers)[0], dtype=np.float64)

    def several_bells(self, names: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """``bells`` for several names in one go, which costs little more than for one.

        Args:
            names: what they are for.
            numbers: as for ``bells``; the same for every name.

        Returns:
            float64 array of shape (names, ...).
        """
        return self.rows_of_bells(names, numbers[None])

    def rows_of_bells(self, names: Sequence[str], numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        """``bells`` for several names in one go, each with numbers of its own.

        Args:
            names: what they are for; one that comes twice is asked twice.
            numbers: as for ``bells``, for each name, (names, ...); or for all of them, (1, ...).

        Returns:
            float64 array of shape (names, ...).
        """
        states = np.array([self._bits(name, ()) for name in names], dtype=np.uint64)
        quarters = numbers[..., None] * 4 + _FOUR
        four = _shares(_mixed(states.reshape(-1, *(1,) * (quarters.ndim - 1)), quarters))
        # One after the other, so that the order of the sums is fixed too.
        total = four[..., 0] + four[..., 1] + four[..., 2] + four[..., 3]
        return np.asarray((total - 2.0) * 1.7320508075688772, dtype=np.float64)

    def small_integers(self, name: str, rows: int, count: int, limit: int) -> NDArray[np.int64]:
        """Whole numbers in 0..limit-1, drawn at once.

        Args:
            name: what they are for.
            rows: how many batches; a batch does not change when there are more of them.
            count: how many in each, below 1000.
            limit: 1 .. 2**31.

        Returns:
            int64 array of shape (rows, count).
        """
        bits = self._many(name, np.arange(rows, dtype=np.int64)[:, None] * 1000 + np.arange(count, dtype=np.int64))
        return ((bits >> np.uint64(32)) * np.uint64(limit) >> np.uint64(32)).astype(np.int64)

    def _many(self, name: str, numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
        return _mixed(np.uint64(self._bits(name, ())), numbers)


def _mixed(state: np.uint64 | NDArray[np.uint64], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """SplitMix64's output for many steps from a state, or from each of several."""
    bits = state + numbers.astype(np.uint64) * _STEP
    bits = (bits ^ (bits >> _S30)) * _MIX_1
    bits = (bits ^ (bits >> _S27)) * _MIX_2
    return np.asarray(bits ^ (bits >> _S31), dtype=np.uint64)


def _shares(bits: NDArray[np.uint64]) -> NDArray[np.float64]:
    """64 random bits as numbers in 0 <= x < 1."""
    return (bits >> _S11).astype(np.float64) * 2.0**-53
