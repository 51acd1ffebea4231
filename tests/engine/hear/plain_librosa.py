"""librosa with its loops in Python: what it defines is the same, and importing it takes a second.

Where its compiled loops are not kept yet, importing them takes half a minute of a processor; the tests that hold our
features against it ask for seconds of sound.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any
from unittest import mock

import numba
import numpy as np


def _as_it_is(*_: object, **__: object) -> Callable[[Any], Any]:
    return lambda function: function


def _each_value(*_: object, **__: object) -> Callable[[Any], Any]:
    return np.vectorize


with mock.patch.multiple(numba, vectorize=_each_value, guvectorize=_as_it_is, stencil=_as_it_is):
    import librosa

    # It imports its parts when they are first asked for.
    for part in ("util.utils", "core.audio", "core.pitch", "core.spectrum", "core.constantq", "feature.spectral"):
        importlib.import_module(f"librosa.{part}")

__all__ = ["librosa"]
