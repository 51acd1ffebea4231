"""Builds the devices: `python -m m4l_devices.build [--check]`.

Reads the bundled scripts from js/dist (made by `npm --prefix js run bundle`) and writes m4l_devices/built.
With --check it writes nothing and says, with exit status 1, which files there are stale.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from m4l_devices import BUILT
from m4l_devices.amxd import Amxd, write
from m4l_devices.devices import (
    arp,
    arrange,
    bass,
    chords,
    companion,
    drums,
    hub,
    humanise,
    jam,
    listen,
    macros,
    melody,
    taste,
    tools,
    vary,
)
from m4l_devices.errors import PatchError
from m4l_devices.guidelines import violations
from m4l_devices.table import load_table

DIST = Path(__file__).parent.parent / "js" / "dist"
TABLES = {
    "Bandmate Hub.amxd": load_table("hub"),
    "Bandmate Chords.amxd": load_table("chords"),
    "Bandmate Listen.amxd": load_table("listen"),
    "Bandmate Companion.amxd": load_table("companion"),
    "Bandmate Arp.amxd": load_table("arp"),
    "Bandmate Vary.amxd": load_table("vary"),
    "Bandmate Humanise.amxd": load_table("humanise"),
    "Bandmate Drums.amxd": load_table("drums"),
    "Bandmate Melody.amxd": load_table("melody"),
    "Bandmate Bass.amxd": load_table("bass"),
    "Bandmate Arrange.amxd": load_table("arrange"),
    "Bandmate Jam.amxd": load_table("jam"),
    "Bandmate Macros.amxd": load_table("macros"),
    "Bandmate Taste.amxd": load_table("taste"),
    **{file: load_table(f"{name}_tool") for file, name in zip(tools.FILES, tools.NAMES, strict=True)},
}
"""File name of the device -> its controls."""
BUNDLES = (
    *(hub.NODE_FILE, hub.SCRIPT, hub.PICTURE),
    *(chords.SCRIPT, chords.PICTURE),
    *(listen.SCRIPT, listen.PANEL, listen.SPECTRUM),
    *(companion.SCRIPT, companion.PICTURE),
    *arp.BUNDLES,
    *vary.BUNDLES,
    *humanise.BUNDLES,
    *drums.BUNDLES,
    *melody.BUNDLES,
    *bass.BUNDLES,
    *arrange.BUNDLES,
    *jam.BUNDLES,
    *macros.BUNDLES,
    *taste.BUNDLES,
    *tools.BUNDLES,
)


def read_bundles(dist: Path) -> dict[str, str]:
    """Read the bundled scripts.

    Args:
        dist: The folder js/dist.

    Returns:
        File name -> text.

    Raises:
        PatchError: A bundle is missing.
    """
    missing = [name for name in BUNDLES if not (dist / name).is_file()]
    if missing:
        raise PatchError(
            f"the scripts {', '.join(missing)} are not bundled yet", str(dist), "Run `make bundle` (needs Node 20)."
        )
    return {name: (dist / name).read_text("utf-8") for name in BUNDLES}


def assemble(bundles: Mapping[str, str]) -> dict[str, Amxd]:
    """Build every device in memory.

    Args:
        bundles: File name -> text of the bundled scripts.

    Returns:
        File name of the device -> the device.
    """
    makers: tuple[Callable[[Mapping[str, str]], Amxd], ...] = (
        hub.build_hub,
        chords.build_chords,
        listen.build_listen,
        companion.build_companion,
        arp.build_arp,
        vary.build_vary,
        humanise.build_humanise,
        drums.build_drums,
        melody.build_melody,
        bass.build_bass,
        arrange.build_arrange,
        jam.build_jam,
        macros.build_macros,
        taste.build_taste,
        *tools.MAKERS,
    )
    return {name: make(bundles) for name, make in zip(TABLES, makers, strict=True)}


def build_devices(dist: Path) -> dict[str, bytes]:
    """Build every device and check it against the guidelines.

    Args:
        dist: The folder with the bundled scripts.

    Returns:
        File name of the device -> its bytes; the same bundles give the same bytes.

    Raises:
        PatchError: A bundle is missing, or a device breaks a rule of `m4l_devices.guidelines`.
    """
    built = {}
    for name, device in assemble(read_bundles(dist)).items():
        found = violations(device, TABLES[name])
        if found:
            raise PatchError(
                f"{len(found)} rules broken: " + "; ".join(str(one) for one in found),
                name,
                "Correct the declaration in m4l_devices/devices.",
            )
        built[name] = write(device)
    return built


def main(arguments: list[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: Words after the program's name; None takes them from the command line.

    Returns:
        Exit status: 1 when `--check` finds a stale file or nothing could be built.
    """
    parser = argparse.ArgumentParser(prog="python -m m4l_devices.build", description="Build the Max for Live devices.")
    parser.add_argument("--check", action="store_true", help="write nothing; say which built files are stale")
    check: bool = parser.parse_args(arguments).check
    say = sys.stdout.write
    try:
        built = build_devices(DIST)
    except PatchError as error:
        say(f"{error}\n")
        return 1
    BUILT.mkdir(exist_ok=True)
    stale = 0
    for name, data in built.items():
        path = BUILT / name
        same = path.is_file() and path.read_bytes() == data
        if check and not same:
            stale += 1
            say(f"{name} is stale: run `make devices`\n")
        elif not check:
            if not same:
                path.write_bytes(data)
            say(f"{path}  {len(data):,} bytes{' (unchanged)' if same else ''}\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
