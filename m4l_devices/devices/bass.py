"""Bandmate Bass: a MIDI effect that writes bass lines into clips."""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.part import OWN, PICTURE, MoreMenus, build_part, dial
from m4l_devices.patcher import Rect

SCRIPT = "bass.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Density": dial(0, 0),
    "Complexity": dial(1, 0),
    "Variation": dial(2, 0),
    "Movement": dial(0, 1),
    "Syncopation": dial(1, 1),
    "Ghosts": Rect(188, 72, 44, 15),
    "Slide": Rect(188, 99, 44, 15),
    "Swing": Rect(92, 126, 44, 15),
    "Swing Grid": Rect(92, 143, 44, 15),
    "Humanise": dial(1, 2),
    "Kick Lock": Rect(188, 126, 44, 15),
}
_LABELS = (
    ("Ghosts", Rect(188, 60, 44, 12), True),
    ("Slide", Rect(188, 87, 44, 12), True),
    ("Swing", Rect(92, 114, 44, 12), True),
    ("Kick", Rect(188, 114, 44, 12), True),
)


def build_bass(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    return build_part("bass", _PLACES, _LABELS, bundles, MoreMenus("Harmony, own", (OWN,)))
