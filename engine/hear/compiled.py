"""Compiled code, kept between runs: where it lies, that a damaged copy does no harm, and making it ahead of time.

`prepare` comes before anything that imports numba or numpy; a worker calls it first.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.settings import compiled_path

_MMAP_THRESHOLD = -3  # its number in malloc.h

_ONE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMBA_NUM_THREADS")


def prepare() -> None:
    """Say where compiled code is kept, and that each process has one thread; what the environment says already stays.

    Work is spread over processes, a file each; threads inside them would only wait for each other.
    """
    _give_back()
    for name in _ONE:
        os.environ.setdefault(name, "1")
    os.environ.setdefault("NUMBA_CACHE_DIR", str(_folder()))
    forgive()


def _give_back() -> None:
    """Let the C library give large arrays back to the system at once; elsewhere than in glibc nothing is done.

    By itself it keeps arrays of up to 32 MB for later, and five minutes of sound have many of 26 MB: 35 MB less at the
    peak, and no slower.
    """
    # Windows has no library without a name (TypeError), others no such function (AttributeError).
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, 1 << 24)


def forgive() -> None:
    """Make numba compile anew where its stored code is damaged or cannot be written; it would fail otherwise."""
    from numba.core import caching  # noqa: PLC0415 - reads the environment when imported

    files: Any = caching.IndexDataCacheFile
    if getattr(files, "forgives", False):
        return
    files.forgives = True
    files.load = _instead(files.load, None)
    files.save = _instead(files.save, None)
    files._load_index = _instead(files._load_index, {})


def _instead(method: Callable[..., Any], otherwise: Any) -> Callable[..., Any]:
    """A method that gives something else where it fails, whatever the damage."""

    def tried(*args: Any, **more: Any) -> Any:
        try:
            return method(*args, **more)
        except Exception:
            return otherwise if otherwise is None else type(otherwise)()

    return tried


def _folder() -> Path:
    """Bandmate's folder of compiled code, or one that lasts as long as the computer is on."""
    path = compiled_path()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(path, os.W_OK):
            return path
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="bandmate-numba-"))


def warm() -> None:
    """Compile, import and look up everything once: two seconds of clicks and notes are heard.

    The first call on a computer takes as long as compiling does; later ones load what lies in the folder.
    """
    import importlib  # noqa: PLC0415 - see below
    import pkgutil  # noqa: PLC0415

    import numpy as np  # noqa: PLC0415 - `prepare` has to come first

    import engine.hear  # noqa: PLC0415
    from engine.hear.analysis import analyze  # noqa: PLC0415
    from engine.hear.sound import Sound  # noqa: PLC0415

    for found in pkgutil.walk_packages(engine.hear.__path__, "engine.hear."):
        if found.name.endswith("kernels"):
            importlib.import_module(found.name).warm()
    time = np.arange(2 * 44_100) / 44_100
    notes = np.sin(2 * np.pi * 220 * time) * np.exp(-8 * (time % 0.5))
    analyze(Sound(np.stack([notes, 0.5 * notes], axis=1).astype(np.float32), 44_100))
