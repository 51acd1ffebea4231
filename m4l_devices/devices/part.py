"""What the devices for one part of a band have beside the left column: where they hear chords, and their picture.

Middle, three columns of 44: the part's own controls and the dials every part has; Preview stands at their foot. Right:
whose chords are followed, how many bars, own chords, and the picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from m4l_devices.amxd import Amxd
from m4l_devices.devices.frame import Layout
from m4l_devices.devices.maker import COLUMN, COLUMN_LABELS, OFFERED, Answers, Screen, Through, build_maker
from m4l_devices.patcher import Rect

PICTURE = "lineroll.js"

COLUMNS = (92, 140, 188)
"""Left edges of the three columns."""
ROWS = (6, 60, 114)
"""Tops of the three rows."""

_LEFT, _SPLIT, _RIGHT = 238, 320, 374
"""Left edge of what is at the right, the edge between its two columns of menus, its right edge."""
_HARMONY = Rect(_LEFT, 18, _SPLIT - 4 - _LEFT, 15)
_BARS = Rect(_SPLIT, 18, _RIGHT - _SPLIT, 15)
_SHARED = {"Preview": Rect(188, 147, 44, 15)}
_BARS_LABEL = ("Bars", Rect(_SPLIT, 6, _BARS.width, 12), True)
_FIRST_ROW, _ROW = 18, 17
"""Top of the first row of menus, and from one row to the next."""
_BOTTOM = 162


OWN = ("Own Style", "Own Amount")
"""Long names of the menu of the user's own styles and of how much of one there is to be."""
OWN_ANSWERS = {"own": "Own Style", "own_name": "Own Name"}
"""What a script shows of the user's own styles: the script's word -> long name of the control."""
OWN_ABLE = {"own_able": "Own Amount"}
"""How much of an own style there is to be looks inactive where none is chosen."""


@dataclass(frozen=True)
class MoreMenus:
    """More rows under Harmony and Bars.

    Attributes:
        label: What is written above the left ones.
        rows: Long names of what stands under Harmony and under Bars, row by row.
        tracks: Those of them that the script fills with tracks, too.
    """

    label: str
    rows: tuple[tuple[str, str], ...]
    tracks: tuple[str, ...] = ()


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
    more: MoreMenus | None = None,
    *,
    through: Through | None = None,
) -> Amxd:
    """Build the device of a part.

    Args:
        name: Of its table in presets/devices, and of its bundled script.
        places: Long name -> place, for the controls in the middle.
        labels: Text, place, and whether it is centred, in the middle.
        bundles: File name in js/dist -> its text; needs `<name>.js` and `PICTURE`.
        more: More rows of menus at the right.
        through: How the track's MIDI passes on; untouched when left out.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    rows = (("Harmony", "Bars"), *(more.rows if more else ()))
    tops = [_FIRST_ROW + _ROW * row for row in range(len(rows))]
    top = tops[-1] + _ROW + 2
    shared = _SHARED | {"Own Progression": Rect(264, top, 110, 17)}
    for (left, right), y in zip(rows, tops, strict=True):
        shared |= {left: replace(_HARMONY, y=y), right: replace(_BARS, y=y)}
    harmony = (more.label if more else "Harmony", Rect(_LEFT, 6, _HARMONY.width, 12), False)
    text = ("Text", Rect(238, top + 3, 26, 12), False)
    layout = Layout(
        {**COLUMN, **shared, **places}, (*COLUMN_LABELS, harmony, _BARS_LABEL, text, *labels), main="Generate"
    )
    screen = Screen(
        bundles[PICTURE],
        Rect(238, top + 21, 136, _BOTTOM - top - 21),
        name.capitalize(),
        "What was written or heard last, with the chords it follows, and how things stand. Press to hear it.",
        "The picture; a press on it plays what it shows.",
    )
    menus = ("Harmony", *(more.tracks if more else ()))
    own = OWN in rows
    answers = Answers(
        {long.lower(): long for long in menus} | OFFERED | (OWN_ANSWERS if own else {}) | {"busy": "Generate"},
        "What the script shows: the Set's tracks, the user's own styles, the seed of its take, Generate or Cancel.",
        OWN_ABLE if own else {},
    )
    return build_maker(name, layout, bundles[f"{name}.js"], screen, answers, through=through)
