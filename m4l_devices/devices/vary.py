"""Bandmate Vary: a MIDI effect that makes variations of the clip one looks at."""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.frame import Layout
from m4l_devices.devices.maker import Answers, Screen, build_maker
from m4l_devices.patcher import Rect

SCRIPT = "vary.js"
PICTURE = "varyroll.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Kind": Rect(6, 18, 80, 15),
    "Keep": Rect(6, 47, 80, 15),
    "Vary": Rect(6, 66, 80, 20),
    "Previous": Rect(6, 90, 38, 15),
    "Next": Rect(48, 90, 38, 15),
    "Fill Slots": Rect(6, 147, 80, 15),
    "Undo": Rect(6, 128, 38, 15),
    "Restore": Rect(48, 128, 38, 15),
    "Distance": Rect(93, 6, 44, 48),
    "Count": Rect(92, 69, 46, 15),
    "Preview": Rect(6, 109, 50, 15),
    "Dice": Rect(58, 109, 28, 15),
    "Seed": Rect(92, 99, 46, 15),
    "Seed Lock": Rect(92, 116, 46, 15),
    "Macros": Rect(92, 147, 46, 15),
}
_LABELS = (
    ("Kind of clip", Rect(6, 6, 80, 12), False),
    ("Keep", Rect(6, 35, 80, 12), False),
    ("Count", Rect(92, 57, 46, 12), True),
    ("Seed", Rect(92, 87, 46, 12), True),
    ("Macros", Rect(92, 135, 46, 12), True),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Vary")
_ANSWERS = Answers({"seed": "Seed", "busy": "Vary"}, "What the script shows: the seed it drew, Vary or Cancel.")


def build_vary(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    screen = Screen(
        bundles[PICTURE],
        Rect(144, 6, 150, 156),
        "Vary",
        "The variation in the clip, how far it is from what was there, and how things stand. Press to hear it.",
        "The picture; a press on it plays what it shows.",
    )
    return build_maker("vary", _LAYOUT, bundles[SCRIPT], screen, _ANSWERS)
