"""What the devices for one part of a band have beside the left column: where they hear chords, and their picture.

Middle, three columns of 44: the part's own controls and the dials every part has; Preview stands at their foot. Right:
whose chords are followed, how many bars, own chords, and the picture.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.frame import Layout
from m4l_devices.devices.maker import COLUMN, COLUMN_LABELS, Answers, Screen, build_maker
from m4l_devices.patcher import Rect

PICTURE = "lineroll.js"

COLUMNS = (92, 140, 188)
"""Left edges of the three columns."""
ROWS = (6, 60, 114)
"""Tops of the three rows."""

_SHARED = {
    "Harmony": Rect(238, 18, 88, 15),
    "Bars": Rect(330, 18, 44, 15),
    "Own Progression": Rect(264, 37, 110, 17),
    "Preview": Rect(188, 147, 44, 15),
}
_LABELS = (
    ("Harmony", Rect(238, 6, 88, 12), False),
    ("Bars", Rect(330, 6, 44, 12), True),
    ("Own", Rect(238, 40, 26, 12), False),
)
_PICTURE_PLACE = Rect(238, 58, 136, 104)


def dial(column: int, row: int) -> Rect:
    """Give the place of a dial in the middle.

    Args:
        column: 0 to 2.
        row: 0 to 2.
    """
    return Rect(COLUMNS[column], ROWS[row], 44, 48)


def build_part(
    name: str,
    places: Mapping[str, Rect],
    labels: tuple[tuple[str, Rect, bool], ...],
    bundles: Mapping[str, str],
    menus: tuple[str, ...] = (),
) -> Amxd:
    """Build the device of a part.

    Args:
        name: Of its table in presets/devices, and of its bundled script.
        places: Long name -> place, for the controls in the middle.
        labels: Text, place, and whether it is centred, in the middle.
        bundles: File name in js/dist -> its text; needs `<name>.js` and `PICTURE`.
        menus: Long names of menus that the script fills, beside Harmony.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    layout = Layout(COLUMN | _SHARED | places, (*COLUMN_LABELS, *_LABELS, *labels), main="Generate")
    screen = Screen(
        bundles[PICTURE],
        _PICTURE_PLACE,
        name.capitalize(),
        "What was written or heard last, with the chords it follows, and how things stand. Press to hear it.",
        "The picture; a press on it plays what it shows.",
    )
    answers = Answers(
        {long.lower(): long for long in ("Harmony", *menus, "Seed")} | {"busy": "Generate"},
        "What the script shows: the Set's tracks, the seed it drew, Generate or Cancel.",
    )
    return build_maker(name, layout, bundles[f"{name}.js"], screen, answers)
