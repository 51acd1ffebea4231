"""K-weighting of ITU-R BS.1770-4 at any sample rate, and how loud each channel counts."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue

_SHELF_HZ, _SHELF_DB, _SHELF_Q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
_HIGH_PASS_HZ, _HIGH_PASS_Q = 38.13547087602444, 0.5003270373238773
# The standard prints coefficients for 48 kHz only. These are the analogue filters that the bilinear transform turns
# into exactly those (to eight digits), so that it can be done again at another rate.

_SURROUND = 10**0.15  # +1.5 dB; the standard prints 1.41

_WEIGHTS: dict[int, tuple[float, ...]] = {
    1: (1.0,),
    2: (1.0, 1.0),
    3: (1.0, 1.0, 1.0),
    4: (1.0, 1.0, _SURROUND, _SURROUND),
    5: (1.0, 1.0, 1.0, _SURROUND, _SURROUND),
    6: (1.0, 1.0, 1.0, 0.0, _SURROUND, _SURROUND),
    7: (1.0, 1.0, 1.0, 0.0, 1.0, _SURROUND, _SURROUND),
    8: (1.0, 1.0, 1.0, 0.0, 1.0, 1.0, _SURROUND, _SURROUND),
}


def channel_weights(channels: int) -> tuple[float, ...]:
    """How much the energy of each channel counts, in the order of WAV files.

    Left, right, centre 1; LFE (fourth of six and more) 0; side and 5.1 surrounds +1.5 dB; behind the head 1
    (BS.1770-4, tables 3 and 4). Four channels are left, right and two surrounds; five are 5.0.

    Args:
        channels: 1 to 8.

    Raises:
        InvalidValue: for another number.
    """
    if channels not in _WEIGHTS:
        raise InvalidValue("channels", channels, "Loudness is defined for 1 to 8 channels.")
    return _WEIGHTS[channels]


@lru_cache(16)
def k_weighting(rate: int) -> NDArray[np.float64]:
    """The two filters of K-weighting: the head's high shelf, then a high pass.

    At rates so low that the shelf's corner does not fit below half the rate, the shelf is left out.

    Args:
        rate: Samples per second, above 0.

    Returns:
        Shape (2, 5): b0, b1, b2, a1, a2 of each stage, a0 being 1.

    Raises:
        InvalidValue: for a rate of zero or below.
    """
    if rate <= 0:
        raise InvalidValue("rate", rate, "A sample rate above 0.")
    flat = (1.0, 0.0, 0.0, 0.0, 0.0)
    shelf = _shelf(rate) if rate > 2.5 * _SHELF_HZ else flat
    high_pass = _high_pass(rate) if rate > 2.5 * _HIGH_PASS_HZ else flat
    return np.array([shelf, high_pass])


def _shelf(rate: int) -> tuple[float, ...]:
    k = math.tan(math.pi * _SHELF_HZ / rate)
    top = 10 ** (_SHELF_DB / 20)
    middle = top**0.4996667741545416
    a0 = 1 + k / _SHELF_Q + k * k
    b = (top + middle * k / _SHELF_Q + k * k, 2 * (k * k - top), top - middle * k / _SHELF_Q + k * k)
    return (*(value / a0 for value in b), 2 * (k * k - 1) / a0, (1 - k / _SHELF_Q + k * k) / a0)


def _high_pass(rate: int) -> tuple[float, ...]:
    k = math.tan(math.pi * _HIGH_PASS_HZ / rate)
    a0 = 1 + k / _HIGH_PASS_Q + k * k
    # The standard's second stage has b = 1, -2, 1 as it stands, without the division by a0.
    return (1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / _HIGH_PASS_Q + k * k) / a0)
