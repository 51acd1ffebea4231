"""Bandmate Arrange: a MIDI effect that makes a song of the loop in one scene.

Left: form, length, where it goes, the action. Middle: two dials. Right: the song, its energy and who plays where.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import note, obj, picture
from m4l_devices.devices.frame import Frame, Layout, frame, hear_hub
from m4l_devices.devices.maker import COLUMN
from m4l_devices.devices.part import dial
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Rect

KIND = "mmmm"
SCRIPT = "arrange.js"
PICTURE = "energypanel.js"
BUNDLES = (SCRIPT, PICTURE)

_COLUMN = {long: place for long, place in COLUMN.items() if long not in ("Style", "Key", "Mode")}
_PLACES = {
    **_COLUMN,
    "Form": Rect(6, 18, 80, 15),
    "Length": Rect(6, 47, 80, 15),
    "To": Rect(6, 64, 80, 15),
    "Contrast": dial(0, 0),
    "Variation": dial(0, 1),
    "Energy": Rect(92, 145, 44, 17),
}
_PICTURE_PLACE = Rect(142, 6, 252, 156)
_LABELS = (
    ("Form", Rect(6, 6, 80, 12), False),
    ("Length, place", Rect(6, 35, 80, 12), False),
    ("Seed", Rect(6, 130, 40, 12), False),
    ("Energy", Rect(92, 133, 44, 12), True),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Generate")
_ANSWERS = {"energy": "Energy", "seed": "Seed", "busy": "Generate"}
"""The script's word -> the control that shows it, in the order of the outlets."""


def build_arrange(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "arrange", _LAYOUT, bundles[SCRIPT])
    hear_hub(begun.patch, begun.brain)
    _wire_picture(bundles[PICTURE], begun)
    _wire_answers(begun)
    wire_midi_through(begun.patch, (900, 460))
    return unfrozen(KIND, begun.patch.to_json())


def _wire_picture(code: str, begun: Frame) -> None:
    patch = begun.patch
    patch.add(note("The song; a press on a section goes there."), (20, 440))
    words = (
        "The song or its plan: how its energy goes, its sections, and who plays in each. Press a section to go "
        "there; drag its curve up or down for more or less of the loop, double-click it to have it as the form does."
    )
    drawn = patch.add(picture(code, _PICTURE_PLACE, "Song", words), (20, 464))
    patch.connect(begun.brain, 0, drawn)
    patch.connect(drawn, 0, begun.brain)


def _wire_answers(begun: Frame) -> None:
    patch = begun.patch
    patch.add(
        note("What the script shows: the curve as it was bent, the seed it drew, Generate or Cancel."), (420, 440)
    )
    route = patch.add(obj(" ".join(["route", *_ANSWERS])), (420, 464))
    patch.connect(begun.brain, 1, route)
    for outlet, long in enumerate(_ANSWERS.values()):
        patch.connect(route, outlet, begun.controls[long])
