"""Bandmate Chords: a MIDI effect that writes progressions into clips.

Middle: the progression on top, under it five dials and Bars. Right: voicing, rhythm, and the picture.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd
from m4l_devices.devices.frame import Layout
from m4l_devices.devices.maker import COLUMN, COLUMN_LABELS, OFFERED, Answers, Screen, build_maker
from m4l_devices.patcher import Rect

SCRIPT = "chords.js"
PICTURE = "pianoroll.js"

_PLACES = COLUMN | {
    "Progression": Rect(92, 18, 140, 15),
    "Own Progression": Rect(118, 37, 114, 17),
    "Tension": Rect(92, 60, 44, 48),
    "Complexity": Rect(140, 60, 44, 48),
    "Movement": Rect(188, 60, 44, 48),
    "Density": Rect(92, 114, 44, 48),
    "Humanise": Rect(140, 114, 44, 48),
    "Bars": Rect(188, 126, 44, 15),
    "Audition": Rect(188, 147, 44, 15),
    "Voicing": Rect(238, 18, 66, 15),
    "Rhythm": Rect(308, 18, 66, 15),
}
_PICTURE_PLACE = Rect(238, 37, 136, 125)
_LABELS = (
    *COLUMN_LABELS,
    ("Progression", Rect(92, 6, 140, 12), False),
    ("Own", Rect(92, 40, 26, 12), False),
    ("Bars", Rect(188, 114, 44, 12), True),
    ("Voicing", Rect(238, 6, 66, 12), False),
    ("Rhythm", Rect(308, 6, 66, 12), False),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Generate")
_ANSWERS = Answers(
    {"progressions": "Progression", **OFFERED, "busy": "Generate"},
    "What the script shows: the style's progressions, the seed of its take, Generate or Cancel.",
)


def build_chords(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `SCRIPT` and `PICTURE`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    screen = Screen(
        bundles[PICTURE],
        _PICTURE_PLACE,
        "Chords",
        "What was written last, and how things stand. Press to hear it.",
        "The picture; a press on it plays the chords.",
    )
    return build_maker("chords", _LAYOUT, bundles[SCRIPT], screen, _ANSWERS)
