"""Bandmate Arp: a MIDI effect that writes arpeggios into clips."""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.part import PICTURE, build_part, dial
from m4l_devices.patcher import Rect

SCRIPT = "arp.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Figure": Rect(92, 18, 92, 15),
    "Rhythm": Rect(92, 35, 92, 15),
    "Rate": Rect(188, 18, 44, 15),
    "Octaves": Rect(188, 35, 44, 15),
    "Density": dial(0, 1),
    "Complexity": dial(1, 1),
    "Variation": dial(2, 1),
    "Swing": Rect(92, 126, 44, 15),
    "Humanise": Rect(140, 126, 44, 15),
    "Ratchets": Rect(188, 126, 44, 15),
    "Gate": Rect(120, 147, 64, 15),
}
_LABELS = (
    ("Figure, rhythm", Rect(92, 6, 92, 12), False),
    ("Rate", Rect(188, 6, 44, 12), False),
    ("Swing", Rect(92, 114, 44, 12), True),
    ("Human", Rect(140, 114, 44, 12), True),
    ("Ratchet", Rect(188, 114, 44, 12), True),
    ("Gate", Rect(92, 149, 26, 12), False),
)


def build_arp(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    return build_part("arp", _PLACES, _LABELS, bundles)
