"""Cymbals, hats and small percussion: noise, and tones that agree with no scale. One strike each, mono."""

from __future__ import annotations

import numpy as np

from engine.compose.kit.shelf import KitSound
from engine.compose.kit.signal import Floats, band, decay, driven, noise, seconds, tone

__all__ = ["clave", "cowbell", "crash", "hat", "perc", "ride", "rim", "shaker", "tambourine"]

_PLATE = (205.3, 304.4, 369.6, 522.7, 635.0, 803.0)
"""Hz of the six pulses that stand for a struck plate in analogue drum machines."""

_BELL = (1.0, 1.34, 1.71, 2.09, 2.56, 3.14, 3.77, 4.43, 5.2, 6.1)
"""Partials of a cymbal's bow, which agree with no harmonic series."""


def _plate(time: Floats, factor: float, seed: int) -> Floats:
    """Six pulses that beat against each other, at once tone and hiss."""
    phases = np.random.Generator(np.random.PCG64(seed)).random(len(_PLATE))
    pulses = [np.sign(tone(time, hertz * factor, phase)) for hertz, phase in zip(_PLATE, phases, strict=True)]
    return np.asarray(np.sum(pulses, axis=0) / len(_PLATE))


def hat(kit: KitSound, rate: int, force: float, seed: int, *, lasts: float, foot: bool = False) -> Floats:
    """A hi-hat.

    Args:
        kit: whose.
        rate: samples per second.
        force: 0..1.
        seed: of its noise.
        lasts: seconds of decay.
        foot: closed by the pedal: softer, darker, no stick.

    Returns:
        Shape (n,).
    """
    made = kit.hat
    time = seconds(lasts * 6 + 0.02, rate)
    metal = 0.7 * _plate(time, made.tone, seed) + 0.35 * noise(len(time), seed + 1)
    edge = made.low * (0.6 if foot else 0.8 + 0.2 * force)
    lit = band(metal, rate, edge, 9000 if foot else 9000 + 9000 * force, steep=3)
    shape = decay(time, lasts * (0.7 + 0.3 * force), 0.004 if foot else 0.0005)
    stick = 0.0 if foot else 0.8 * force * decay(time, 0.004)
    return lit * (shape + stick)


def ride(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A ride cymbal: the ping of the stick, then the wash; see ``hat`` for the arguments."""
    time = seconds(kit.metal.ride * 3.2, rate)
    phases = np.random.Generator(np.random.PCG64(seed)).random(len(_BELL))
    bow = np.zeros(len(time))
    for number, (partial, phase) in enumerate(zip(_BELL, phases, strict=True)):
        bow += tone(time, 1130.0 * partial, phase) * decay(time, kit.metal.ride / (1 + 0.35 * number)) / (1 + number)
    wash = band(noise(len(time), seed), rate, 4500, 7000 + 7000 * force) * decay(time, kit.metal.ride * 0.8, 0.002)
    ping = band(noise(len(time), seed + 1), rate, 2500, 9000) * decay(time, 0.006)
    return 0.5 * bow + (0.12 + 0.2 * force) * wash + 0.5 * force * ping


def crash(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A crash cymbal, which opens as it is hit; see ``hat`` for the arguments."""
    time = seconds(kit.metal.crash * 3.2, rate)
    metal = noise(len(time), seed) + 0.9 * _plate(time, 2.7 * kit.hat.tone, seed)
    dark = band(metal, rate, 900, 5200) * decay(time, kit.metal.crash * 0.7, 0.001)
    light = band(metal, rate, 3500, 6000 + 10000 * force) * decay(time, kit.metal.crash, 0.008)
    return 0.45 * dark + light


def shaker(_kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A shaker: seeds thrown back, then forth; see ``hat`` for the arguments."""
    time = seconds(0.16, rate)
    throw = np.exp(-(((time - 0.022) / 0.014) ** 2)) + 0.45 * np.exp(-(((time - 0.07) / 0.022) ** 2))
    return band(noise(len(time), seed), rate, 4200, 7500 + 6500 * force, steep=3) * throw


def tambourine(_kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """Jingles on a rim; see ``hat`` for the arguments."""
    time = seconds(0.35, rate)
    jingles = np.sum([tone(time, hertz, seed * 0.37) for hertz in (5430.0, 6210.0, 7380.0, 8890.0, 10130.0)], axis=0)
    hiss = band(noise(len(time), seed), rate, 6000, 9000 + 7000 * force)
    return np.asarray((0.12 * jingles + 0.6 * hiss) * (decay(time, 0.075) + 0.7 * force * decay(time, 0.01)))


def rim(kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A stick across the rim; see ``hat`` for the arguments."""
    time = seconds(0.12, rate)
    wood = tone(time, 478.0) * decay(time, 0.011) + 0.8 * tone(time, 1712.0) * decay(time, 0.008)
    click = band(noise(len(time), seed), rate, 1500, 4000 + 8000 * force) * decay(time, 0.003)
    return driven(wood + (0.3 + 0.6 * force) * click, 1.5 + kit.room)


def cowbell(_kit: KitSound, rate: int, force: float, _seed: int) -> Floats:
    """Two pulses a little more than a fifth apart; see ``hat`` for the arguments."""
    time = seconds(0.4, rate)
    pulses = np.sign(tone(time, 540.0)) + np.sign(tone(time, 800.0))
    lit = band(pulses, rate, 500, 2200 + 3500 * force)
    return lit * (0.6 * decay(time, 0.02) + 0.4 * decay(time, 0.09))


def clave(_kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """Two sticks of hard wood; see ``hat`` for the arguments."""
    time = seconds(0.1, rate)
    wood = tone(time, 2480.0) * decay(time, 0.017) + 0.2 * force * tone(time, 6130.0) * decay(time, 0.006)
    return wood + 0.15 * force * band(noise(len(time), seed), rate, 2000, 9000) * decay(time, 0.002)


def perc(_kit: KitSound, rate: int, force: float, seed: int) -> Floats:
    """A wood block; see ``hat`` for the arguments."""
    time = seconds(0.18, rate)
    hollow = tone(time, 835.0) * decay(time, 0.028) + 0.5 * tone(time, 1310.0) * decay(time, 0.018)
    knock = band(noise(len(time), seed), rate, 700, 2500 + 5000 * force) * decay(time, 0.004)
    return driven(hollow + 0.5 * force * knock, 1.1)
