"""Bandmate Humanise: a MIDI effect that plays the clip one looks at as somebody would."""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.frame import Layout
from m4l_devices.devices.maker import Answers, Screen, build_maker
from m4l_devices.patcher import Rect

SCRIPT = "humanise.js"
PICTURE = "humaniseroll.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Amount": Rect(6, 6, 44, 48),
    "Timing": Rect(54, 6, 44, 48),
    "Velocity": Rect(6, 60, 44, 48),
    "Ghosts": Rect(54, 60, 44, 48),
    "Humanise": Rect(6, 118, 92, 20),
    "Undo": Rect(6, 147, 44, 15),
    "Restore": Rect(54, 147, 44, 15),
    "Player": Rect(104, 18, 46, 15),
    "Seed": Rect(152, 18, 32, 15),
    "Macros": Rect(186, 18, 38, 15),
    "Preview": Rect(104, 37, 44, 15),
    "Dice": Rect(152, 37, 34, 15),
    "Seed Lock": Rect(190, 37, 34, 15),
}
_LABELS = (
    ("Player", Rect(104, 6, 46, 12), False),
    ("Seed", Rect(152, 6, 32, 12), True),
    ("Macros", Rect(186, 6, 38, 12), True),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Humanise")
_ANSWERS = Answers({"seed": "Seed", "busy": "Humanise"}, "What the script shows: the seed it drew, Humanise or Cancel.")


def build_humanise(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    screen = Screen(
        bundles[PICTURE],
        Rect(104, 56, 120, 106),
        "Humanise",
        "The clip as it is played now, and how things stand. Press to hear it.",
        "The picture; a press on it plays what it shows.",
    )
    return build_maker("humanise", _LAYOUT, bundles[SCRIPT], screen, _ANSWERS)
