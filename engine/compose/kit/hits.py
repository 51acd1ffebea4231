"""One strike of each role, ready to be mixed: levelled, placed between the speakers, in layers of force, kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.compose.drums.roles import ROLES
from engine.compose.kit import metals, skins
from engine.compose.kit.shelf import KitSound, kit_sounds
from engine.compose.kit.signal import Floats, band, decay, hit_loudness, noise, seconds

__all__ = [
    "ALTERNATES",
    "LAYERS",
    "LEVELS",
    "Stereo",
    "built_in_hit",
    "layer_of",
    "levelled",
    "loudness_gain",
    "panned",
]

Stereo = NDArray[np.float32]

LAYERS = 6
"""Steps of force between the softest and the hardest strike, each with a timbre of its own."""

ALTERNATES = 2
"""Strikes of the same force that take turns, so that no two in a row are the same samples."""

# How loud each role is felt beside the kick, dB, and where it stands, -1 (left) to 1 (right).
_STANDS: dict[str, tuple[float, float]] = {
    "kick": (0.0, 0.0),
    "sub": (-0.5, 0.0),
    "snare": (-1.5, 0.0),
    "clap": (-3.0, 0.0),
    "rim": (-7.5, -0.15),
    "hat": (-11.0, 0.22),
    "hat_low": (-13.0, 0.22),
    "open_hat": (-9.5, 0.22),
    "ride": (-10.5, 0.4),
    "crash": (-6.5, -0.35),
    "low_tom": (-3.5, 0.35),
    "mid_tom": (-3.5, 0.05),
    "high_tom": (-4.0, -0.28),
    "shaker": (-14.0, -0.4),
    "tambourine": (-12.0, -0.3),
    "cowbell": (-10.0, 0.3),
    "conga_low": (-6.5, -0.3),
    "conga_high": (-7.0, -0.18),
    "clave": (-11.0, 0.35),
    "perc": (-8.0, -0.45),
}
LEVELS = {role: level for role, (level, _) in _STANDS.items()}
"""How loud each role is felt beside the kick, dB."""

_FULL = 0.16
"""Loudness (as ``hit_loudness`` has it) of a kick at full velocity."""

_LOUDER = 1.7
"""Power with which velocity becomes level: half the velocity is 10 dB less."""

_ROOM_ROLES = frozenset({"snare", "clap", "rim", "low_tom", "mid_tom", "high_tom", "conga_low", "conga_high", "perc"})
_WIDE_ROLES = frozenset({"clap", "crash", "shaker", "tambourine"})
_ROOM_SECONDS = 0.34

Maker = Callable[[KitSound, int, float, int], Floats]
_MAKERS: dict[str, Maker] = {
    "kick": skins.kick,
    "sub": skins.sub,
    "snare": skins.snare,
    "clap": skins.clap,
    "rim": metals.rim,
    "hat": lambda kit, rate, force, seed: metals.hat(kit, rate, force, seed, lasts=kit.hat.decay),
    "hat_low": lambda kit, rate, force, seed: metals.hat(kit, rate, force, seed, lasts=kit.hat.decay * 1.2, foot=True),
    "open_hat": lambda kit, rate, force, seed: metals.hat(kit, rate, force, seed, lasts=kit.hat.open),
    "ride": metals.ride,
    "crash": metals.crash,
    "low_tom": lambda kit, rate, force, seed: skins.tom(kit, rate, force, seed, up=1.0),
    "mid_tom": lambda kit, rate, force, seed: skins.tom(kit, rate, force, seed, up=1.38),
    "high_tom": lambda kit, rate, force, seed: skins.tom(kit, rate, force, seed, up=1.85),
    "shaker": metals.shaker,
    "tambourine": metals.tambourine,
    "cowbell": metals.cowbell,
    "conga_low": lambda kit, rate, force, seed: skins.conga(kit, rate, force, seed, up=1.0),
    "conga_high": lambda kit, rate, force, seed: skins.conga(kit, rate, force, seed, up=1.34),
    "clave": metals.clave,
    "perc": metals.perc,
}


def layer_of(velocity: float) -> int:
    """The layer of force a velocity falls into, 0 (softest) to ``LAYERS`` - 1."""
    return min(LAYERS - 1, int(velocity / 128.0 * LAYERS))


def loudness_gain(role: str, velocity: float) -> float:
    """The factor on a levelled hit: what its role is worth in the mix and what its velocity asks for."""
    return float(_FULL * 10 ** (LEVELS.get(role, -8.0) / 20) * (velocity / 127.0) ** _LOUDER)


def levelled(sound: Floats, rate: int) -> Floats:
    """Brings a hit to a loudness of 1 as the ear weighs it; silence stays silence."""
    loud = hit_loudness(sound, rate)
    return sound / loud if loud > 1e-9 else sound


def panned(sound: Floats, role: str) -> Stereo:
    """Places a hit between the speakers, equally loud wherever it stands.

    Args:
        sound: shape (n,) or (n, 2).
        role: whose place.

    Returns:
        Shape (n, 2).
    """
    both = sound[:, None] * np.ones(2) if sound.ndim == 1 else sound
    angle = (1.0 + _STANDS.get(role, (0.0, 0.0))[1]) * np.pi / 4
    return np.asarray(both * (np.sqrt(2) * np.array([np.cos(angle), np.sin(angle)])), dtype=np.float32)


@lru_cache(maxsize=1024)
def built_in_hit(kit_id: str, role: str, layer: int, alternate: int, rate: int) -> Stereo:
    """One strike of the built-in kit.

    Args:
        kit_id: id of a built-in kit.
        role: one of ``engine.compose.drums.roles.ROLES``.
        layer: 0 to ``LAYERS`` - 1.
        alternate: 0 to ``ALTERNATES`` - 1.
        rate: samples per second.

    Returns:
        Shape (n, 2), of loudness 1; shared, not to be changed.
    """
    kit = kit_sounds()[kit_id]
    force = (layer + 0.7) / LAYERS
    seed = 1000 * list(ROLES).index(role) + 10 * alternate
    mono = _dulled(_MAKERS[role](kit, rate, force, seed), kit, rate)
    if role in _WIDE_ROLES:
        # The same strike with other noise on the other side: wide, and whole in mono.
        other = _dulled(_MAKERS[role](kit, rate, force, seed + 5), kit, rate)
        both = np.stack([0.8 * mono + 0.45 * other, 0.45 * mono + 0.8 * other], axis=1)
    else:
        both = mono[:, None] * np.ones(2)
    if role in _ROOM_ROLES and kit.room:
        both = _in_a_room(both, kit, rate)
    sound = panned(levelled(_ended(both, rate), rate), role)
    sound.setflags(write=False)
    return sound


def _dulled(sound: Floats, kit: KitSound, rate: int) -> Floats:
    return band(sound, rate, high=kit.high_cut, steep=3)


def _in_a_room(both: Floats, kit: KitSound, rate: int) -> Floats:
    room = _room(rate)
    size = 1 << int(len(both) + len(room) - 1).bit_length()
    spectrum = np.fft.rfft(both.mean(axis=1), size)[:, None] * np.fft.rfft(room, size, axis=0)
    wet = np.fft.irfft(spectrum, size, axis=0)[: len(both) + len(room) - 1]
    wet[: len(both)] = both + kit.room * wet[: len(both)]
    wet[len(both) :] *= kit.room
    return wet


@lru_cache(maxsize=4)
def _room(rate: int) -> Floats:
    """How a small room answers, shape (n, 2): noise that dies away, another on each side, nothing straight ahead."""
    time = seconds(_ROOM_SECONDS, rate)
    sides = [band(noise(len(time), seed), rate, 250, 5200) * decay(time, 0.07, 0.008) for seed in (71, 72)]
    room = np.stack(sides, axis=1)
    return np.asarray(room / np.sqrt((room**2).sum(axis=0)))


def _ended(sound: Floats, rate: int) -> Floats:
    """Cuts off what cannot be heard any more, and lets the rest end in silence."""
    level = np.abs(sound).max(axis=1)
    heard = np.flatnonzero(level > 10 ** (-72 / 20) * level.max())
    kept = sound[: int(heard[-1]) + 1].copy() if len(heard) else sound[:1].copy()
    fade = min(len(kept), round(0.006 * rate))
    kept[-fade:] *= np.linspace(1.0, 0.0, fade)[:, None]
    return kept
