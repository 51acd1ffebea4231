"""Bandmate Companion: a MIDI effect with buttons for the clip one looks at, MIDI or audio. One to a Set.

Left, 80 wide: Analyze, then the key and Fit to key, Learn and what it is called, at the bottom the way back. Right: the
card of the clip.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import note, obj, picture
from m4l_devices.devices.frame import Frame, Layout, frame, hear_hub
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Patcher, Placed, Rect

KIND = "mmmm"
SCRIPT = "companion.js"
PICTURE = "companionpanel.js"

_PLACES = {
    "Analyze": Rect(6, 18, 80, 20),
    "Key": Rect(6, 53, 80, 15),
    "Mode": Rect(6, 70, 80, 15),
    "Fit to Key": Rect(6, 88, 80, 15),
    "Learn": Rect(6, 109, 80, 15),
    "Learn As": Rect(22, 127, 64, 15),
    "Undo": Rect(6, 147, 38, 15),
    "Restore": Rect(48, 147, 38, 15),
}
_PICTURE_PLACE = Rect(92, 6, 122, 156)
_LABELS = (
    ("The clip you see", Rect(6, 6, 80, 12), False),
    ("Key, mode", Rect(6, 41, 80, 12), False),
    ("as", Rect(6, 128, 15, 12), False),
)
_LAYOUT = Layout(_PLACES, _LABELS, main="Analyze")


def build_companion(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `SCRIPT` and `PICTURE`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "companion", _LAYOUT, bundles[SCRIPT])
    patch, brain = begun.patch, begun.brain
    hear_hub(patch, brain)
    _wire_answers(patch, bundles[PICTURE], begun, brain)
    wire_midi_through(patch, (900, 460))
    return unfrozen(KIND, patch.to_json())


def _wire_answers(patch: Patcher, code: str, begun: Frame, brain: Placed) -> None:
    patch.add(note("The clip, what was heard of it, and how things stand."), (20, 440))
    words = "The clip the buttons act on and what was heard of it: its key, how sure that is, what it may be instead."
    card = patch.add(picture(code, _PICTURE_PLACE, "Companion", words), (20, 464))
    patch.connect(brain, 0, card)
    patch.connect(card, 0, brain)
    patch.add(
        note("The button that was pressed says Cancel; while another Companion works, none is active."), (420, 440)
    )
    answers = patch.add(obj("route analyze fit learn active"), (420, 464))
    patch.connect(brain, 1, answers)
    for outlet, long in enumerate(("Analyze", "Fit to Key", "Learn")):
        patch.connect(answers, outlet, begun.controls[long])
    patch.connect(answers, 3, begun.active)
