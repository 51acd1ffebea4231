"""Bandmate Macros: a MIDI effect whose four knobs steer every Bandmate device of the Set.

Above the dials, below them the picture: a row for each device that hears them, with a bar under each dial.
"""

from collections.abc import Mapping

from m4l_devices.amxd import Amxd, unfrozen
from m4l_devices.boxes import note, picture
from m4l_devices.devices.frame import Frame, Layout, frame, hear_board
from m4l_devices.devices.wiring import wire_midi_through
from m4l_devices.patcher import Rect

KIND = "mmmm"
SCRIPT = "macros.js"
PICTURE = "macrospanel.js"
BUNDLES = (SCRIPT, PICTURE)

_KNOBS = ("Energy", "Tension", "Darkness", "Groove")
_PLACES = {long: Rect(72 + 46 * each, 6, 44, 48) for each, long in enumerate(_KNOBS)}
_PICTURE_PLACE = Rect(6, 58, 248, 104)
_LABELS = (("Heard by", Rect(6, 42, 60, 12), False),)
_LAYOUT = Layout(_PLACES, _LABELS, main="")


def build_macros(bundles: Mapping[str, str]) -> Amxd:
    """Build the device.

    Args:
        bundles: File name in js/dist -> its text; needs `BUNDLES`.

    Raises:
        KeyError: A bundle is missing, or a control of the table has no place on the device.
        PatchError: A bundle does not declare its ports.
    """
    begun = frame(KIND, "macros", _LAYOUT, bundles[SCRIPT])
    hear_board(begun.patch, begun.brain)
    _wire_answers(bundles[PICTURE], begun)
    wire_midi_through(begun.patch, (900, 460))
    return unfrozen(KIND, begun.patch.to_json())


def _wire_answers(code: str, begun: Frame) -> None:
    patch = begun.patch
    patch.add(note("Who hears the knobs, and how things stand."), (20, 440))
    words = "Every Bandmate device that hears the knobs, with how strongly each of them moves it, and how things stand."
    drawn = patch.add(picture(code, _PICTURE_PLACE, "Macros", words), (20, 464))
    patch.connect(begun.brain, 0, drawn)
    patch.add(note("While another Macros steers, no knob is active."), (420, 440))
    patch.connect(begun.brain, 1, begun.active)
