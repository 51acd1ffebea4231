"""The taste on the shelf: styles, rhythms, voicings and device tables, as data only.

Everything here is JSON inside the package, read once and kept. Callers share what they
are given, so nobody changes it: lists and objects come back as they lie on disk and are
to be read only. The shape of every file is written down in ``presets/schema``.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import msgspec

__all__ = ["load", "names", "read_bytes"]


def read_bytes(relative_name: str) -> bytes:
    """Reads one file of the package as it lies on disk.

    Args:
        relative_name: path below ``presets/`` with forward slashes, "styles/house.json".

    Returns:
        The file's bytes, UTF-8.

    Raises:
        ValueError: for a name that points outside the package.
        FileNotFoundError: when there is no such file.
    """
    parts = relative_name.split("/")
    # Names come from our own code, but a name is a path: keep it inside all the same.
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts):
        raise ValueError(f"{relative_name!r} is not the name of a preset file")
    return resources.files(__name__).joinpath(*parts).read_bytes()


@cache
def load(relative_name: str) -> Any:
    """Reads one JSON file, once per process.

    Args:
        relative_name: path below ``presets/``, with or without ``.json``.

    Returns:
        What the file holds; shared between callers and not to be changed.

    Raises:
        ValueError: for a name outside the package.
        FileNotFoundError: when there is no such file.
    """
    name = relative_name if relative_name.endswith(".json") else f"{relative_name}.json"
    return msgspec.json.decode(read_bytes(name))


@cache
def names(folder: str) -> tuple[str, ...]:
    """Lists the JSON files of a folder, without their ending, in alphabetical order.

    Args:
        folder: "styles", "devices" or "schema".

    Returns:
        Names such as "house"; feed ``f"{folder}/{name}"`` to ``load``.
    """
    found = resources.files(__name__).joinpath(folder).iterdir()
    return tuple(sorted(entry.name[:-5] for entry in found if entry.name.endswith(".json")))
