"""The built-in kits as typed objects; see ``presets/kits.json``."""

from __future__ import annotations

from functools import cache

import msgspec

import presets
from engine import typed

__all__ = ["KitSound", "kit_sounds"]


class Kick(msgspec.Struct, frozen=True):
    """Hz it ends at, Hz above that where it begins, seconds of fall and decay, shares of click and drive."""

    pitch: float
    above: float
    fall: float
    decay: float
    click: float
    drive: float


class Snare(msgspec.Struct, frozen=True):
    """Hz and decay of its body, decay and upper edge (Hz) of its wires, share of the body."""

    pitch: float
    decay: float
    wires: float
    bright: float
    body: float


class Clap(msgspec.Struct, frozen=True):
    """Band in Hz and decay in seconds."""

    low: float
    high: float
    decay: float


class Hat(msgspec.Struct, frozen=True):
    """Factor on its metal's pitches, lower edge (Hz), decay closed and open."""

    tone: float
    low: float
    decay: float
    open: float


class Tom(msgspec.Struct, frozen=True):
    """Hz of the lowest and its decay."""

    pitch: float
    decay: float


class Sub(msgspec.Struct, frozen=True):
    """Hz, decay and drive of the 808."""

    pitch: float
    decay: float
    drive: float


class Metal(msgspec.Struct, frozen=True):
    """Decays of ride and crash, seconds."""

    ride: float
    crash: float


class KitSound(msgspec.Struct, frozen=True):
    """One built-in kit.

    Attributes:
        id, name, description: for menus.
        words: styles it goes with.
        kick, snare, clap, hat, tom, sub, metal: how each is built.
        high_cut: Hz above which the whole kit is dull.
        room: share of a small room behind snare, clap, toms and percussion.
    """

    id: str
    name: str
    description: str
    words: tuple[str, ...]
    kick: Kick
    snare: Snare
    clap: Clap
    hat: Hat
    tom: Tom
    sub: Sub
    metal: Metal
    high_cut: float
    room: float


@cache
def kit_sounds() -> dict[str, KitSound]:
    """Every built-in kit by id, in menu order."""
    return {kit.id: kit for kit in typed.convert(presets.load("kits"), list[KitSound])}
