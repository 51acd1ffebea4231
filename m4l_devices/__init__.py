"""The faces: small declarations of Max for Live devices, the builder, and the built .amxd files."""

from pathlib import Path
from typing import NamedTuple

BUILT = Path(__file__).parent / "built"
"""Folder of the committed devices."""


class BuiltDevice(NamedTuple):
    """One device file that is ready to install.

    Attributes:
        name: What it is called, without the ending.
        kind: Kind code: "mmmm" for a MIDI effect (see `m4l_devices.amxd.KINDS`).
        path: The file.
    """

    name: str
    kind: str
    path: Path


def built_devices() -> list[BuiltDevice]:
    """List the devices that come with this installation, by name.

    Returns:
        Name, kind and path of each; the kind is read from the file itself.
    """
    found = []
    for path in sorted(BUILT.glob("*.amxd")):
        with path.open("rb") as file:
            # ampf and its length, then the four letters of the kind: the fixed start of every .amxd.
            kind = file.read(12)[8:].decode("latin-1")
        found.append(BuiltDevice(path.stem, kind, path))
    return found
