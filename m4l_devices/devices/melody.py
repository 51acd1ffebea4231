"""Bandmate Melody: a MIDI effect that writes melodies into clips, continues them, or answers them."""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.part import OWN, PICTURE, MoreMenus, build_part, dial
from m4l_devices.patcher import Rect

SCRIPT = "melody.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Density": dial(0, 0),
    "Complexity": dial(1, 0),
    "Variation": dial(2, 0),
    "Tension": dial(0, 1),
    "Rests": dial(1, 1),
    "Leaps": Rect(188, 72, 44, 15),
    "Range": Rect(188, 99, 44, 15),
    "Swing": Rect(92, 126, 44, 15),
    "Swing Grid": Rect(92, 143, 44, 15),
    "Humanise": Rect(140, 126, 44, 15),
    "Continue": Rect(140, 147, 44, 15),
    "Contour": Rect(188, 126, 44, 15),
}
_LABELS = (
    ("Leaps", Rect(188, 60, 44, 12), True),
    ("Range", Rect(188, 87, 44, 12), True),
    ("Swing", Rect(92, 114, 44, 12), True),
    ("Human", Rect(140, 114, 44, 12), True),
    ("Contour", Rect(188, 114, 44, 12), True),
)


def build_melody(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    more = MoreMenus("Follows, own", (("Counter", "Phrase"), OWN), ("Counter",))
    return build_part("melody", _PLACES, _LABELS, bundles, more)
