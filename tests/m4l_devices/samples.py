"""Stand-ins for the tests of this room."""

from pathlib import Path

from m4l_devices.amxd import Amxd
from m4l_devices.build import BUNDLES, assemble
from m4l_devices.devices.tools import NAMES
from m4l_devices.table import load_table

OUTLETS = {
    "chords.js": 3,
    "hub.js": 2,
    "listen.js": 4,
    "companion.js": 2,
    "arp.js": 4,
    "vary.js": 3,
    "humanise.js": 3,
    "drums.js": 3,
    "melody.js": 3,
    "bass.js": 3,
    "arrange.js": 2,
    "jam.js": 3,
    "macros.js": 2,
    "taste.js": 2,
}
# A tool has one outlet more for its Seed box or Groove menu, where it has one.
OUTLETS |= {
    f"{name}_tool.js": 4 if {"Seed", "Groove"} & {p.long for p in load_table(f"{name}_tool").parameters} else 3
    for name in NAMES
}
REAL_FILES = Path(__file__).parents[2].parent / "shared" / "data" / "amxd"
ROOT = Path(__file__).parents[2]


def bundles(extra: str = "") -> dict[str, str]:
    """Scripts that do nothing but declare their ports, in place of the real bundles."""
    return {name: f"autowatch = 0;\ninlets = 1;\noutlets = {OUTLETS.get(name, 1)};\n{extra}" for name in BUNDLES}


def devices() -> dict[str, Amxd]:
    return assemble(bundles())
