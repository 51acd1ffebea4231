"""Bandmate Companion: a MIDI effect with buttons for the clip one looks at, MIDI or audio. One to a Set.

Left, 80 wide: Analyze, then the key and Fit to key, at the bottom the way back. Right: the card of the clip.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import label, note, obj, picture, script
from m4l_devices.devices.wiring import COLUMN, place_controls, wire_controls, wire_life, wire_midi_through
from m4l_devices.patcher import Patcher, Placed, Rect
from m4l_devices.table import load_table

KIND = "mmmm"
SCRIPT = "companion.js"
PICTURE = "companionpanel.js"

_PLACES = {
    "Analyze": Rect(6, 18, 80, 20),
    "Key": Rect(6, 66, 80, 15),
    "Mode": Rect(6, 83, 80, 15),
    "Fit to Key": Rect(6, 104, 80, 20),
    "Undo": Rect(6, 147, 38, 15),
    "Restore": Rect(48, 147, 38, 15),
}
_PICTURE_PLACE = Rect(92, 6, 122, 156)
_LABELS = (
    ("The clip you see", Rect(6, 6, 80, 12), False),
    ("Key, mode", Rect(6, 54, 80, 12), False),
)


def build_companion(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `SCRIPT` and `PICTURE`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    table = load_table("companion")
    patch = Patcher(KIND, table)
    controls = place_controls(patch, table, _PLACES, main="Analyze")
    for index, (text, place, centred) in enumerate(_LABELS):
        patch.add(label(text, place, centred), (20 + COLUMN * index, 130))
    brain = patch.add(script(bundles[SCRIPT]), (420, 400))
    patch.add(note("Start, and whether the device is on."), (20, 270))
    wire_controls(patch, table, controls, brain)
    active = wire_life(patch, table, controls, brain)
    patch.add(note("What the Hub says to all devices."), (420, 340))
    patch.connect(patch.add(obj("r bandmate.res"), (420, 364)), 0, brain)
    _wire_answers(patch, bundles[PICTURE], controls, active, brain)
    wire_midi_through(patch, (900, 460))
    return unfrozen(KIND, patch.to_json())


def _wire_answers(patch: Patcher, code: str, controls: dict[str, Placed], active: Placed, brain: Placed) -> None:
    patch.add(note("The clip, what was heard of it, and how things stand."), (20, 440))
    words = "The clip the buttons act on and what was heard of it: its key, how sure that is, what it may be instead."
    card = patch.add(picture(code, _PICTURE_PLACE, "Companion", words), (20, 464))
    patch.connect(brain, 0, card)
    patch.add(
        note("The button that was pressed says Cancel; while another Companion works, none is active."), (420, 440)
    )
    answers = patch.add(obj("route analyze fit active"), (420, 464))
    patch.connect(brain, 1, answers)
    for outlet, long in enumerate(("Analyze", "Fit to Key")):
        patch.connect(answers, outlet, controls[long])
    patch.connect(answers, 2, active)
