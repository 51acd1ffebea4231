"""Bandmate Arrange: a MIDI effect that makes a song of the loop in one scene.

Left: form, length, where it goes, the action. Middle: two dials. Right: the song, its energy and who plays where.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.devices.frame import Layout, frame, hear_hub
from m4l_devices.devices.maker import Answers, Screen, wire_answers, wire_picture
from m4l_devices.devices.part import dial
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Rect

KIND = "mmmm"
SCRIPT = "arrange.js"
PICTURE = "energypanel.js"
BUNDLES = (SCRIPT, PICTURE)

_PLACES = {
    "Form": Rect(6, 18, 80, 15),
    "Length": Rect(6, 47, 80, 15),
    "To": Rect(6, 64, 80, 15),
    "Generate": Rect(6, 85, 80, 20),
    "Undo": Rect(6, 109, 38, 15),
    "Restore": Rect(48, 109, 38, 15),
    "Seed": Rect(48, 128, 38, 15),
    "Dice": Rect(6, 147, 38, 15),
    "Seed Lock": Rect(48, 147, 38, 15),
    "Contrast": dial(0, 0),
    "Variation": dial(0, 1),
    "Energy": Rect(92, 145, 44, 17),
}
_LABELS = (
    ("Form", Rect(6, 6, 80, 12), False),
    ("Length, place", Rect(6, 35, 80, 12), False),
    ("Seed", Rect(6, 130, 40, 12), False),
    ("Energy", Rect(92, 133, 44, 12), True),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Generate")
_ANSWERS = Answers(
    {"energy": "Energy", "seed": "Seed", "busy": "Generate"},
    "What the script shows: the curve as it was bent, the seed it drew, Generate or Cancel.",
)


def build_arrange(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "arrange", _LAYOUT, bundles[SCRIPT])
    patch, brain = begun.patch, begun.brain
    screen = Screen(
        bundles[PICTURE],
        Rect(142, 6, 252, 156),
        "Song",
        "The song or its plan: how its energy goes, its sections, and who plays in each. Press a section to go "
        "there; drag its curve up or down for more or less of the loop, double-click it to have it as the form does.",
        "The song; a press on a section goes there.",
    )
    hear_hub(patch, brain)
    wire_picture(patch, screen, brain)
    wire_answers(patch, _ANSWERS, begun.controls, brain)
    wire_midi_through(patch, (900, 460))
    return unfrozen(KIND, patch.to_json())
