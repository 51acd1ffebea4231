"""Drums with a head: kick, 808, snare, toms, congas, clap. One strike each, mono, at its own pitch.

A harder blow bends the head farther, brings more of the beater and more of the upper partials: force changes the
timbre, not only the level. The recipes are the classic analogue ones: a falling sine and a burst of noise.
"""

from __future__ import annotations

import numpy as np

from engine.compose.kit.shelf import KitSound
from engine.compose.kit.signal import Floats, band, decay, driven, falling, noise, seconds, tone

__all__ = ["clap", "conga", "kick", "snare", "sub", "tom"]

_CLAP_HANDS = (0.0, 0.0105, 0.0215, 0.031)
"""Seconds at which the hands of a clap come together."""


def kick(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A bass drum.

    Args:
        kit: whose.
        rate: samples per second.
        force: 0..1.
        seed: of its noise.

    Returns:
        Shape (n,), peaks about 1.
    """
    made = kit.kick
    time = seconds(min(1.4, made.decay * 5.5 + 0.05), rate)
    above = made.above * (0.55 + 0.45 * force)
    head = falling(time, made.pitch, above, made.fall) * decay(time, made.decay * (0.75 + 0.25 * force), 0.0008)
    # A second, slower fall is what makes the blow sit low in the chest.
    head += 0.35 * falling(time, made.pitch * 1.5, above * 0.5, made.fall * 0.5) * decay(time, made.decay * 0.3)
    beater = band(noise(len(time), seed), rate, 1800, 9000) * decay(time, 0.0035, 0.0002)
    return driven(0.8 * head + made.click * force**1.3 * beater, made.drive * (0.6 + 0.4 * force))


def sub(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """An 808 at the kit's own pitch; see ``kick`` for the arguments."""
    made = kit.sub
    time = seconds(min(3.5, made.decay * 4.5), rate)
    body = falling(time, made.pitch, made.pitch * (0.8 + 1.2 * force), 0.011) * decay(time, made.decay, 0.0015)
    click = band(noise(len(time), seed), rate, 900, 4000) * decay(time, 0.003)
    return driven(body + 0.12 * force * click, made.drive * (0.5 + 0.5 * force))


def snare(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A snare drum; see ``kick`` for the arguments."""
    made = kit.snare
    time = seconds(made.wires * 6, rate)
    low = falling(time, made.pitch, made.pitch * 0.35 * force, 0.012)
    high = falling(time, made.pitch * 1.68, made.pitch * 0.3 * force, 0.01)
    shell = low * decay(time, made.decay) + 0.5 * high * decay(time, made.decay * 0.7)
    bright = made.bright * (0.5 + 0.5 * force)
    rattle = band(noise(len(time), seed), rate, 1200, bright)
    wires = rattle * (decay(time, made.wires * (0.6 + 0.4 * force)) + 0.6 * decay(time, 0.012))
    return driven(made.body * shell * (0.85 + 0.15 * force) + (0.5 + 0.4 * force) * wires, 1.2)


def clap(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """Several hands; see ``kick`` for the arguments."""
    made = kit.clap
    time = seconds(made.decay * 6 + 0.05, rate)
    hands = np.zeros(len(time))
    for at in _CLAP_HANDS:
        later = np.maximum(0.0, time - at)
        hands += (time >= at) * np.exp(-later / 0.0045)
    tail = (time >= _CLAP_HANDS[-1]) * np.exp(-np.maximum(0.0, time - _CLAP_HANDS[-1]) / made.decay)
    flesh = band(noise(len(time), seed), rate, made.low, made.high * (0.55 + 0.45 * force))
    return driven(flesh * (0.8 * hands + 0.55 * tail), 1.1)


def tom(kit: KitSound, rate: int, force: float, seed: int, *, up: float) -> Floats:
    """A tom; ``up`` is how much higher than the lowest it is tuned, as a factor. See ``kick`` for the rest."""
    made = kit.tom
    hertz = made.pitch * up
    time = seconds(made.decay * 5.5, rate)
    head = falling(time, hertz, hertz * (0.35 + 0.6 * force), 0.03) * decay(time, made.decay)
    head += 0.35 * force * falling(time, hertz * 1.59, hertz * 0.4, 0.02) * decay(time, made.decay * 0.4)
    stick = band(noise(len(time), seed), rate, 600, 5000) * decay(time, 0.008)
    return driven(head + 0.25 * force * stick, 1.2)


def conga(kit: KitSound, rate: int, force: float, seed: int, *, up: float) -> Floats:
    """A hand on a conga: ring when stroked, slap when hit; arguments as for ``tom``."""
    hertz = 178.0 * up
    time = seconds(0.55, rate)
    ring = falling(time, hertz, hertz * 0.12, 0.02) * decay(time, 0.13)
    ring += 0.3 * tone(time, hertz * 1.54) * decay(time, 0.06) + 0.15 * tone(time, hertz * 2.7) * decay(time, 0.03)
    slap = band(noise(len(time), seed), rate, 500, 1500 + 4500 * force) * decay(time, 0.012)
    return driven(ring + 0.7 * force**1.5 * slap, 1.0 + 0.2 * kit.room)
